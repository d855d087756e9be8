"""Messages: an action writes the row, a job or a screen delivers it. In-app for now; other ways come with their gateways."""

from django.db import models

from chatdong.ground.messages.states import MessageKind
from chatdong.policy.models import Guarded
from chatdong.policy.privacy import Fields


class Message(Guarded):
    """Something one person is told. `text` names no illness, benefit or address: others see the screen too."""

    privacy = Fields(public="id kind path urgent at read_at key", personal="account text household")

    account = models.ForeignKey("accounts.Account", models.CASCADE, verbose_name="받는 사람")
    kind = models.CharField("종류", max_length=12, choices=MessageKind.choices)
    text = models.CharField("내용", max_length=200)
    path = models.CharField("여는 곳", max_length=200, blank=True)
    household = models.BigIntegerField("가구", null=True)
    urgent = models.BooleanField("급함", default=False)
    at = models.DateTimeField("알린 때")  # type: ignore[assignment]
    read_at = models.DateTimeField("읽은 때", null=True)
    key = models.CharField("한 번만", max_length=120, unique=True)

    class Meta:
        verbose_name = "알림"
        indexes = [models.Index(fields=["account", "read_at", "at"], name="ix_message_account")]
