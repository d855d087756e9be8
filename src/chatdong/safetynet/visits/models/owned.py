"""What somebody answers for: the shape shared by watches and leads, and the constraints that let nobody be dropped."""

from django.db import models
from django.db.models import F, Q

from chatdong.policy.check import Where
from chatdong.policy.models import Guarded
from chatdong.safetynet.visits.states import ClosureReason, NextStep, OwnedState

OWNED_PUBLIC = "id household dong state next_step next_at opened_at closed_at needs_second closure_asked_at version "
OWNED_PERSONAL = "worker closure_asked_by closure_confirmed_by "
OWNED_SENSITIVE = "closure closure_note "


class Owned(Guarded):
    """One household's open matter: one dong, one worker, one next step with a time, until a typed closure.

    The database holds it: an open row without a next step, a closed one without a reason, and a closure that needs a second
    person and has only one are refused. One open row a household.
    """

    household = models.ForeignKey("households.Household", models.PROTECT, verbose_name="가구", related_name="%(class)ss")
    dong = models.ForeignKey("places.Dong", models.PROTECT, verbose_name="행정동", related_name="+")
    worker = models.ForeignKey("accounts.Account", models.PROTECT, verbose_name="담당자", related_name="%(class)ss")
    state = models.CharField("상태", max_length=10, choices=OwnedState.choices, default=OwnedState.OPEN)
    next_step = models.CharField("다음 할 일", max_length=20, choices=NextStep.choices, blank=True)
    next_at = models.DateTimeField("다음 기한", null=True)
    opened_at = models.DateTimeField("시작한 때")
    closure = models.CharField("종결 사유", max_length=20, choices=ClosureReason.choices, blank=True)
    closure_note = models.CharField("종결 설명", max_length=500, blank=True)
    needs_second = models.BooleanField("두 번째 사람의 확인이 필요함", default=False)
    closure_asked_by = models.ForeignKey(
        "accounts.Account", models.PROTECT, verbose_name="종결을 올린 사람", null=True, related_name="+"
    )
    closure_asked_at = models.DateTimeField("종결을 올린 때", null=True)
    closure_confirmed_by = models.ForeignKey(
        "accounts.Account", models.PROTECT, verbose_name="종결을 확인한 사람", null=True, related_name="+"
    )
    closed_at = models.DateTimeField("종결한 때", null=True)
    version = models.PositiveIntegerField("판", default=1)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["household"], condition=~Q(state="closed"), name="uq_%(class)s_one_open_a_household"),
            models.CheckConstraint(
                condition=Q(state="closed") | (~Q(next_step="") & Q(next_at__isnull=False)),
                name="ck_%(class)s_open_has_next_step",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | (~Q(closure="") & Q(closed_at__isnull=False)),
                name="ck_%(class)s_closed_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | Q(needs_second=False)
                | (Q(closure_confirmed_by__isnull=False) & ~Q(closure_confirmed_by=F("closure_asked_by"))),
                name="ck_%(class)s_second_person",
            ),
        ]

    @property
    def where(self) -> Where:
        return Where(dong_id=self.dong_id, owner_ids=frozenset({self.worker_id}), household_id=self.household_id)
