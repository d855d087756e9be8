"""Who is to be visited this year because of who they are, and what a worker did besides visits."""

from django.db import models
from django.db.models import Q

from chatdong.policy.check import Where
from chatdong.policy.models import Guarded
from chatdong.policy.privacy import Fields
from chatdong.safetynet.visits.states import ActivityKind, Cohort, TargetState


class Target(Guarded):
    """One arrival in a target group (B-21): a resident or a family, once a cohort and year."""

    privacy = Fields(
        public="id household resident dong cohort year month due_from due_by state enrolled_at reached_at contact unit",
        personal="worker",
    )

    household = models.ForeignKey("households.Household", models.PROTECT, verbose_name="가구", related_name="targets")
    resident = models.ForeignKey(
        "households.Resident", models.PROTECT, verbose_name="주민", null=True, blank=True, related_name="targets"
    )
    dong = models.ForeignKey("places.Dong", models.PROTECT, verbose_name="행정동", related_name="+")
    worker = models.ForeignKey("accounts.Account", models.PROTECT, verbose_name="담당자", null=True, related_name="targets")
    cohort = models.CharField("대상군", max_length=20, choices=Cohort.choices)
    unit = models.CharField("단위", max_length=4)
    year = models.PositiveSmallIntegerField("해")
    month = models.PositiveSmallIntegerField("생일 달", null=True)
    due_from = models.DateField("방문 시작")
    due_by = models.DateField("방문 기한")
    state = models.CharField("상태", max_length=10, choices=TargetState.choices, default=TargetState.WAITING)
    enrolled_at = models.DateTimeField("올린 때")
    reached_at = models.DateTimeField("만난 때", null=True)
    contact = models.ForeignKey("visits.Contact", models.PROTECT, verbose_name="기록", null=True, related_name="+")

    class Meta:
        verbose_name = "보편방문 대상"
        indexes = [
            models.Index(fields=["dong", "cohort", "year", "state"], name="ix_target_coverage"),
            models.Index(fields=["dong", "due_by", "id"], condition=Q(state="waiting"), name="ix_target_dong_due"),
            models.Index(fields=["worker", "due_by", "id"], condition=Q(state="waiting"), name="ix_target_worker_due"),
            models.Index(fields=["household"], name="ix_target_household"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "year", "resident"], condition=Q(resident__isnull=False), name="uq_target_resident_once"
            ),
            models.UniqueConstraint(
                fields=["cohort", "year", "household"], condition=Q(resident=None), name="uq_target_household_once"
            ),
        ]

    @property
    def where(self) -> Where:
        owners = frozenset() if self.worker_id is None else frozenset({self.worker_id})
        return Where(dong_id=self.dong_id, owner_ids=owners, household_id=self.household_id)


class Activity(Guarded):
    """Something the 1.2.3 self-check counts and no other table knows (C-03, C-12)."""

    append_only = True
    privacy = Fields(public="id dong kind on at", personal="account note")

    account = models.ForeignKey("accounts.Account", models.PROTECT, verbose_name="직원", related_name="activities")
    dong = models.ForeignKey("places.Dong", models.PROTECT, verbose_name="행정동", null=True, related_name="+")
    kind = models.CharField("종류", max_length=20, choices=ActivityKind.choices)
    on = models.DateField("날짜")
    note = models.CharField("메모", max_length=200, blank=True)
    at = models.DateTimeField("적은 때")  # type: ignore[assignment]

    class Meta:
        verbose_name = "활동"
        indexes = [models.Index(fields=["account", "on"], name="ix_activity_account")]
