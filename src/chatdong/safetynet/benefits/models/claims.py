"""What a household told, what it gets, and what it may be owed."""

from django.db import models
from django.db.models import F, Q

from chatdong.policy.check import Where
from chatdong.policy.models import Guarded
from chatdong.policy.privacy import Fields
from chatdong.safetynet.benefits.states import CLAIM_OPEN, ClaimState, DropReason, FactSource


class FactSheet(Guarded):
    """What a household told on a day; the newest holds. Append-only: what was believed before stays readable."""

    append_only = True
    privacy = Fields(public="id household dong told_at source", personal="noted_by", sensitive="facts people")

    household = models.ForeignKey("households.Household", models.PROTECT, verbose_name="가구", related_name="fact_sheets")
    dong = models.ForeignKey("places.Dong", models.PROTECT, verbose_name="행정동", related_name="+")
    # {fact: whole number | [low, high] | null}; people: {resident id: the same}. Facts are those of the catalog's facts.yaml.
    facts = models.JSONField("가구 사정", default=dict)
    people = models.JSONField("식구 사정", default=dict)
    source = models.CharField("출처", max_length=10, choices=FactSource.choices)
    told_at = models.DateTimeField("적은 때")
    noted_by = models.BigIntegerField("적은 사람", null=True)

    class Meta:
        verbose_name = "가구 사정표"
        indexes = [
            models.Index(fields=["household", "-id"], name="ix_factsheet_household"),
            models.Index(fields=["dong", "household"], name="ix_factsheet_dong"),
        ]

    @property
    def where(self) -> Where:
        return Where(dong_id=self.dong_id, household_id=self.household_id)


class Receipt(Guarded):
    """A benefit that a household gets, from a day until a day."""

    privacy = Fields(public="id household dong since until", personal="resident noted_by", sensitive="benefit source")

    household = models.ForeignKey("households.Household", models.PROTECT, verbose_name="가구", related_name="receipts")
    resident = models.ForeignKey("households.Resident", models.PROTECT, verbose_name="주민", null=True, related_name="receipts")
    dong = models.ForeignKey("places.Dong", models.PROTECT, verbose_name="행정동", related_name="+")
    benefit = models.CharField("혜택", max_length=60)
    since = models.DateField("부터")
    until = models.DateField("까지", null=True)
    source = models.CharField("출처", max_length=10, choices=FactSource.choices)
    noted_by = models.BigIntegerField("적은 사람", null=True)

    class Meta:
        verbose_name = "받는 혜택"
        indexes = [models.Index(fields=["dong", "benefit"], condition=Q(until=None), name="ix_receipt_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "benefit"], condition=Q(until=None, resident=None), name="uq_receipt_household"
            ),
            models.UniqueConstraint(
                fields=["household", "benefit", "resident"],
                condition=Q(until=None, resident__isnull=False),
                name="uq_receipt_resident",
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="ck_receipt_days"),
        ]

    @property
    def where(self) -> Where:
        return Where(dong_id=self.dong_id, household_id=self.household_id)


class Claim(Guarded):
    """One household's way to one benefit: to be told, applied for in 행복e음, decided, objected to. An open one has a day."""

    privacy = Fields(
        public="id household dong state next_on due_at opened_at closed_at version",
        personal="resident worker told_on applied_on system_number system_on decided_on objection_until objected_on",
        sensitive="benefit reason drop",
    )

    household = models.ForeignKey("households.Household", models.PROTECT, verbose_name="가구", related_name="claims")
    resident = models.ForeignKey("households.Resident", models.PROTECT, verbose_name="주민", null=True, related_name="claims")
    dong = models.ForeignKey("places.Dong", models.PROTECT, verbose_name="행정동", related_name="+")
    worker = models.ForeignKey("accounts.Account", models.PROTECT, verbose_name="담당자", related_name="claims")
    benefit = models.CharField("혜택", max_length=60)
    state = models.CharField("상태", max_length=10, choices=ClaimState.choices, default=ClaimState.NOTED)
    next_on = models.DateField("다음 날짜", null=True)
    # From then on it is late and climbs: the end of the next day, and for a refusal some days before its objection day.
    due_at = models.DateTimeField("알리는 때", null=True)
    told_on = models.DateField("안내한 날", null=True)
    applied_on = models.DateField("신청한 날", null=True)
    system_number = models.CharField("행복e음 등록번호", max_length=30, blank=True)
    system_on = models.DateField("행복e음 등록일", null=True)
    decided_on = models.DateField("결정을 안 날", null=True)
    reason = models.CharField("결정 이유", max_length=500, blank=True)
    objection_until = models.DateField("이의신청 기한", null=True)
    objected_on = models.DateField("이의신청한 날", null=True)
    drop = models.CharField("그만둔 까닭", max_length=14, choices=DropReason.choices, blank=True)
    opened_at = models.DateTimeField("올린 때")
    closed_at = models.DateTimeField("끝난 때", null=True)
    version = models.PositiveIntegerField("판", default=1)

    class Meta:
        verbose_name = "혜택 신청"
        indexes = [
            models.Index(fields=["worker", "next_on"], condition=Q(closed_at=None), name="ix_claim_worker_next"),
            models.Index(fields=["dong", "next_on"], condition=Q(closed_at=None), name="ix_claim_dong_next"),
            models.Index(fields=["household"], name="ix_claim_household"),
            models.Index(fields=["due_at"], condition=Q(closed_at=None), name="ix_claim_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "benefit"], condition=Q(closed_at=None, resident=None), name="uq_claim_household_open"
            ),
            models.UniqueConstraint(
                fields=["household", "benefit", "resident"],
                condition=Q(closed_at=None, resident__isnull=False),
                name="uq_claim_resident_open",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False)
                | (Q(state__in=sorted(CLAIM_OPEN)) & Q(next_on__isnull=False) & Q(due_at__isnull=False)),
                name="ck_claim_open_has_next_day",
            ),
            models.CheckConstraint(condition=~Q(state="dropped") | ~Q(drop=""), name="ck_claim_dropped_has_reason"),
            models.CheckConstraint(
                condition=~Q(state="refused") | Q(objection_until__isnull=False), name="ck_claim_refused_has_objection_day"
            ),
        ]

    @property
    def where(self) -> Where:
        return Where(dong_id=self.dong_id, owner_ids=frozenset({self.worker_id}), household_id=self.household_id)
