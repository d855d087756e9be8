"""Planned visits, every contact that was made or tried, and the search for households that cannot be reached."""

from django.db import models
from django.db.models import Q

from chatdong.policy.check import Where
from chatdong.policy.models import Guarded
from chatdong.policy.privacy import Fields
from chatdong.safetynet.visits.states import Outcome, Rung, Slot, UnreachedState, VisitKind, VisitState, Way


class Visit(Guarded):
    """A visit somebody means to make on a day."""

    privacy = Fields(
        public="id household dong kind state planned_on slot planned_at canceled_at",
        personal="worker companion planned_by note",
    )

    household = models.ForeignKey("households.Household", models.PROTECT, verbose_name="가구", related_name="visits")
    dong = models.ForeignKey("places.Dong", models.PROTECT, verbose_name="행정동", related_name="+")
    worker = models.ForeignKey("accounts.Account", models.PROTECT, verbose_name="담당자", related_name="visits")
    companion = models.ForeignKey(
        "accounts.Account", models.PROTECT, verbose_name="함께 가는 사람", null=True, blank=True, related_name="+"
    )
    kind = models.CharField("종류", max_length=10, choices=VisitKind.choices)
    state = models.CharField("상태", max_length=10, choices=VisitState.choices, default=VisitState.PLANNED)
    planned_on = models.DateField("방문일")
    slot = models.CharField("시간대", max_length=10, choices=Slot.choices, default=Slot.MORNING)
    note = models.CharField("메모", max_length=200, blank=True)
    planned_by = models.BigIntegerField("잡은 사람", null=True)
    planned_at = models.DateTimeField("잡은 때")
    canceled_at = models.DateTimeField("취소한 때", null=True)

    class Meta:
        verbose_name = "방문 예정"
        indexes = [
            models.Index(fields=["worker", "planned_on", "id"], condition=Q(state="planned"), name="ix_visit_worker_day"),
            models.Index(fields=["dong", "planned_on", "id"], condition=Q(state="planned"), name="ix_visit_dong_day"),
            models.Index(fields=["household", "-planned_on"], name="ix_visit_household"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "worker", "planned_on"], condition=Q(state="planned"), name="uq_visit_one_a_day"
            )
        ]

    @property
    def where(self) -> Where:
        owners = frozenset(filter(None, (self.worker_id, self.companion_id)))
        return Where(dong_id=self.dong_id, owner_ids=owners, household_id=self.household_id)


class Contact(Guarded):
    """One contact made or tried: when, how, by whom, how it ended and what was seen. Append-only.

    `key` is the form's own number: sending the same form twice stores one contact.
    """

    append_only = True
    privacy = Fields(
        public="id key household dong visit at way outcome left_notice corrects",
        personal="worker companion",
        sensitive="met seen needs",
    )

    key = models.UUIDField("양식 번호", unique=True)
    household = models.ForeignKey("households.Household", models.PROTECT, verbose_name="가구", related_name="contacts")
    dong = models.ForeignKey("places.Dong", models.PROTECT, verbose_name="행정동", related_name="+")
    visit = models.ForeignKey(Visit, models.PROTECT, verbose_name="방문 예정", null=True, blank=True, related_name="contacts")
    worker = models.ForeignKey("accounts.Account", models.PROTECT, verbose_name="한 사람", related_name="contacts")
    companion = models.ForeignKey(
        "accounts.Account", models.PROTECT, verbose_name="함께 간 사람", null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField("한 때")  # type: ignore[assignment]
    way = models.CharField("방법", max_length=10, choices=Way.choices)
    outcome = models.CharField("결과", max_length=12, choices=Outcome.choices)
    met = models.JSONField("만난 주민", default=list)
    seen = models.TextField("보고 들은 것", blank=True)
    needs = models.JSONField("살펴본 것", default=list)
    left_notice = models.BooleanField("안내문을 남김", default=False)
    corrects = models.ForeignKey("self", models.PROTECT, verbose_name="고쳐 쓴 기록", null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "방문·연락 기록"
        indexes = [
            models.Index(fields=["household", "-at"], name="ix_contact_household"),
            models.Index(fields=["worker", "at"], name="ix_contact_worker"),
            models.Index(fields=["dong", "at"], name="ix_contact_dong"),
        ]


class Unreached(Guarded):
    """연락두절: the search for a household, which climbs by rungs and ends only when found or by a signed reason."""

    privacy = Fields(
        public="id household dong rung state attempts next_way next_band next_at opened_at ended_at",
        personal="worker stopped_by stop_reason",
    )

    household = models.ForeignKey("households.Household", models.PROTECT, verbose_name="가구", related_name="unreached")
    dong = models.ForeignKey("places.Dong", models.PROTECT, verbose_name="행정동", related_name="+")
    worker = models.ForeignKey("accounts.Account", models.PROTECT, verbose_name="담당자", related_name="unreached")
    rung = models.CharField("단계", max_length=10, choices=Rung.choices, default=Rung.WORKER)
    state = models.CharField("상태", max_length=10, choices=UnreachedState.choices, default=UnreachedState.OPEN)
    attempts = models.PositiveSmallIntegerField("시도", default=0)
    next_way = models.CharField("다음 방법", max_length=10, choices=Way.choices)
    next_band = models.CharField("다음 시간대", max_length=10, choices=Slot.choices, blank=True)
    next_at = models.DateTimeField("다음 기한", null=True)
    opened_at = models.DateTimeField("시작한 때")
    ended_at = models.DateTimeField("끝난 때", null=True)
    stopped_by = models.ForeignKey(
        "accounts.Account", models.PROTECT, verbose_name="서명한 사람", null=True, blank=True, related_name="+"
    )
    stop_reason = models.CharField("멈춘 이유", max_length=300, blank=True)

    class Meta:
        verbose_name = "연락두절"
        indexes = [models.Index(fields=["dong", "next_at", "id"], condition=Q(state="open"), name="ix_unreached_dong")]
        constraints = [
            models.UniqueConstraint(fields=["household"], condition=Q(state="open"), name="uq_unreached_one_open"),
            models.CheckConstraint(condition=~Q(state="open") | Q(next_at__isnull=False), name="ck_unreached_open_has_next"),
            models.CheckConstraint(
                condition=~Q(state="stopped") | (Q(stopped_by__isnull=False) & ~Q(stop_reason="")),
                name="ck_unreached_stop_signed",
            ),
        ]

    @property
    def where(self) -> Where:
        return Where(dong_id=self.dong_id, owner_ids=frozenset({self.worker_id}), household_id=self.household_id)
