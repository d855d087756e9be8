"""What a person was told."""

from django.db.models import QuerySet

from chatdong.ground.messages.models import Message
from chatdong.policy.actor import Actor

MANY = 99


def messages_of(by: Actor, *, unread: bool = False) -> QuerySet[Message]:
    """The person's own messages, newest first."""
    rows = Message.objects.filter(account_id=by.account_id).order_by("-at", "-id")  # type: ignore[misc]
    return rows.filter(read_at=None) if unread else rows


def unread_count(by: Actor) -> int:
    """How many are unread; stops counting past 99."""
    return messages_of(by, unread=True)[: MANY + 1].count()
