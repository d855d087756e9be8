"""Leads with their statuses, hand-overs between dong, and deadlines that passed."""

from django.db import models
from django.db.models import Q

from chatdong.policy.check import Where
from chatdong.policy.models import Guarded
from chatdong.policy.privacy import Fields
from chatdong.safetynet.discovery.states import About, ClimbRung, HandoverState, Pathway, Urgency
from chatdong.safetynet.visits.models import Owned
from chatdong.safetynet.visits.models.owned import OWNED_PERSONAL, OWNED_PUBLIC, OWNED_SENSITIVE
from chatdong.safetynet.visits.states import NextStep, OwnedState


class Lead(Owned):
    """발굴 건: one household somebody worries about, answered for by one worker of one dong until a typed closure.

    `registered_*` say when it stands in 행복e음 or 복지플랜시스템: only then does it count as 신규발굴 (B-22).
    """

    privacy = Fields(
        public=OWNED_PUBLIC + "urgency rank first_due_at first_contact_at pathway registered_in registered_on",
        personal=OWNED_PERSONAL + "registered_no",
        sensitive=OWNED_SENSITIVE,
    )

    pathway = models.CharField("발굴경로", max_length=20, choices=Pathway.choices)
    urgency = models.CharField("급한 정도", max_length=10, choices=Urgency.choices)
    rank = models.PositiveSmallIntegerField("차례", default=4)
    first_due_at = models.DateTimeField("첫 연락 기한")
    first_contact_at = models.DateTimeField("첫 연락", null=True)
    registered_in = models.CharField("등록한 시스템", max_length=20, blank=True)
    registered_no = models.CharField("등록번호", max_length=40, blank=True)
    registered_on = models.DateField("등록일", null=True)

    class Meta(Owned.Meta):
        abstract = False
        verbose_name = "발굴 건"
        indexes = [
            models.Index(fields=["dong", "rank", "next_at", "id"], condition=~Q(state="closed"), name="ix_lead_dong_rank"),
            models.Index(fields=["worker", "next_at", "id"], condition=~Q(state="closed"), name="ix_lead_worker_next"),
            models.Index(fields=["dong", "next_at", "id"], condition=~Q(state="closed"), name="ix_lead_dong_next"),
            models.Index(fields=["household", "-opened_at"], name="ix_lead_household"),
        ]


class LeadStatus(Guarded):
    """One change of a lead: state, step, worker or dong, by whom and why. Append-only."""

    append_only = True
    privacy = Fields(public="id lead state next_step next_at dong at", personal="worker by", sensitive="why")

    lead = models.ForeignKey(Lead, models.PROTECT, verbose_name="발굴 건", related_name="statuses")
    state = models.CharField("상태", max_length=10, choices=OwnedState.choices)
    next_step = models.CharField("다음 할 일", max_length=20, choices=NextStep.choices, blank=True)
    next_at = models.DateTimeField("다음 기한", null=True)
    dong = models.BigIntegerField("행정동")
    worker = models.BigIntegerField("담당자")
    by = models.BigIntegerField("한 사람", null=True)
    why = models.CharField("설명", max_length=300, blank=True)
    at = models.DateTimeField("때")  # type: ignore[assignment]

    class Meta:
        verbose_name = "발굴 건의 변화"
        indexes = [models.Index(fields=["lead", "id"], name="ix_lead_status_lead")]


class Handover(Guarded):
    """A household asked to be taken over by another dong, with all that is open about it.

    The sender stays owner until the receiver accepts; an unanswered one comes back at `due_at`. The receiver sees `summary`
    and nothing else before accepting.
    """

    privacy = Fields(
        public="id household from_dong to_dong state asked_at due_at answered_at",
        personal="asked_by answered_by from_worker to_worker answer",
        sensitive="reason summary",
    )

    household = models.ForeignKey("households.Household", models.PROTECT, verbose_name="가구", related_name="handovers")
    from_dong = models.ForeignKey("places.Dong", models.PROTECT, verbose_name="보내는 동", related_name="+")
    to_dong = models.ForeignKey("places.Dong", models.PROTECT, verbose_name="받는 동", related_name="+")
    from_worker = models.ForeignKey("accounts.Account", models.PROTECT, verbose_name="보내는 담당자", related_name="+")
    to_worker = models.ForeignKey(
        "accounts.Account", models.PROTECT, verbose_name="받는 담당자", null=True, blank=True, related_name="+"
    )
    reason = models.CharField("이유", max_length=300)
    summary = models.CharField("요약", max_length=300, blank=True)
    state = models.CharField("상태", max_length=10, choices=HandoverState.choices, default=HandoverState.ASKED)
    asked_by = models.ForeignKey("accounts.Account", models.PROTECT, verbose_name="올린 사람", related_name="+")
    asked_at = models.DateTimeField("올린 때")
    due_at = models.DateTimeField("답할 기한")
    answered_by = models.ForeignKey(
        "accounts.Account", models.PROTECT, verbose_name="답한 사람", null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("답한 때", null=True)
    answer = models.CharField("답", max_length=300, blank=True)

    class Meta:
        verbose_name = "넘기기"
        indexes = [
            models.Index(fields=["to_dong", "due_at", "id"], condition=Q(state="asked"), name="ix_handover_to"),
            models.Index(fields=["from_dong", "due_at", "id"], condition=Q(state="asked"), name="ix_handover_from"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["household"], condition=Q(state="asked"), name="uq_handover_one_asked"),
            models.CheckConstraint(condition=~Q(from_dong=models.F("to_dong")), name="ck_handover_other_dong"),
        ]

    @property
    def where_to(self) -> Where:
        return Where(dong_id=self.to_dong_id)

    @property
    def where_from(self) -> Where:
        return Where(dong_id=self.from_dong_id, owner_ids=frozenset({self.from_worker_id}), household_id=self.household_id)


class Breach(Guarded):
    """A deadline that passed, and who was told. Append-only: a promise missed stays missed."""

    append_only = True
    privacy = Fields(public="id about about_id household dong due_at at rung", personal="worker told")

    about = models.CharField("무엇", max_length=10, choices=About.choices)
    about_id = models.BigIntegerField("번호")
    household = models.BigIntegerField("가구", null=True)
    dong = models.ForeignKey("places.Dong", models.PROTECT, verbose_name="행정동", related_name="+")
    worker = models.BigIntegerField("담당자", null=True)
    due_at = models.DateTimeField("지난 기한")
    rung = models.CharField("알린 단계", max_length=10, choices=ClimbRung.choices)
    told = models.JSONField("알린 사람", default=list)
    at = models.DateTimeField("적은 때")  # type: ignore[assignment]

    class Meta:
        verbose_name = "지난 기한"
        indexes = [models.Index(fields=["dong", "-at"], name="ix_breach_dong")]
        constraints = [models.UniqueConstraint(fields=["about", "about_id", "due_at", "rung"], name="uq_breach_once")]
