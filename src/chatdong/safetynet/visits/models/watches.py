"""Risk grades with their reasons, the watch a household is under because of them, and safety plans."""

from django.db import models
from django.db.models import Q

from chatdong.policy.models import Guarded
from chatdong.policy.privacy import Fields
from chatdong.safetynet.visits.models.owned import OWNED_PERSONAL, OWNED_PUBLIC, OWNED_SENSITIVE, Owned
from chatdong.safetynet.visits.states import Grade


class Assessment(Guarded):
    """One grading of a household from declared reasons (codes of engines.risk). Append-only: the newest counts."""

    append_only = True
    privacy = Fields(public="id household at", personal="by", sensitive="grade suicide reasons note")

    household = models.ForeignKey("households.Household", models.PROTECT, verbose_name="가구", related_name="assessments")
    grade = models.PositiveSmallIntegerField("위험군", choices=Grade.choices)
    suicide = models.BooleanField("자살위험", default=False)
    reasons = models.JSONField("이유", default=list)
    note = models.CharField("설명", max_length=500, blank=True)
    by = models.BigIntegerField("정한 사람", null=True)
    at = models.DateTimeField("정한 때")  # type: ignore[assignment]

    class Meta:
        verbose_name = "위험군 판정"
        indexes = [models.Index(fields=["household", "-at"], name="ix_assessment_household")]


class Watch(Owned):
    """A household on the 복지방문지도: visited at the rhythm of its grade until a typed closure."""

    privacy = Fields(
        public=OWNED_PUBLIC + "last_contact_at",
        personal=OWNED_PERSONAL,
        sensitive=OWNED_SENSITIVE + "grade suicide reasons kinds",
    )

    grade = models.PositiveSmallIntegerField("위험군", choices=Grade.choices)
    suicide = models.BooleanField("자살위험", default=False)
    reasons = models.JSONField("이유", default=list)
    kinds = models.JSONField("사각지대 유형", default=list)
    last_contact_at = models.DateTimeField("마지막 만남", null=True)

    class Meta(Owned.Meta):
        abstract = False
        verbose_name = "복지방문지도 등재"
        indexes = [
            models.Index(fields=["dong", "next_at", "id"], condition=~Q(state="closed"), name="ix_watch_dong_next"),
            models.Index(fields=["worker", "next_at", "id"], condition=~Q(state="closed"), name="ix_watch_worker_next"),
            models.Index(fields=["dong", "grade", "next_at", "id"], condition=~Q(state="closed"), name="ix_watch_dong_grade"),
        ]


class SafetyPlan(Guarded):
    """안전계획 for a person at risk of suicide. Append-only: the newest applies; team lead and nurse both see it."""

    append_only = True
    privacy = Fields(
        public="id household resident at",
        personal="by",
        sensitive="warning_signs coping people professionals safer_place",
    )

    household = models.ForeignKey("households.Household", models.PROTECT, verbose_name="가구", related_name="safety_plans")
    resident = models.ForeignKey("households.Resident", models.PROTECT, verbose_name="주민", null=True, related_name="+")
    warning_signs = models.TextField("위험 신호")
    coping = models.TextField("스스로 할 수 있는 일", blank=True)
    people = models.TextField("함께 있어 줄 사람")
    professionals = models.TextField("연락할 기관")
    safer_place = models.TextField("위험한 물건 치우기", blank=True)
    by = models.BigIntegerField("쓴 사람", null=True)
    at = models.DateTimeField("쓴 때")  # type: ignore[assignment]

    class Meta:
        verbose_name = "안전계획"
        indexes = [models.Index(fields=["household", "-at"], name="ix_safety_plan_household")]
