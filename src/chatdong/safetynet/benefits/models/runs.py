"""Runs over a district, what they found, releases of the rule book, and what a gu adds of its own."""

from django.db import models
from django.db.models import F, Q

from chatdong.policy.check import Where
from chatdong.policy.models import Guarded
from chatdong.policy.privacy import Fields
from chatdong.safetynet.benefits.states import FoundKind, FoundState, ReleaseState, ScreeningState, Situation


class Screening(Guarded):
    """One pass of the rule book over a gu's households as of a day."""

    privacy = Fields(
        public="id gu day compared_day fingerprint state asked_at begun_at finished_at households found done reached",
        personal="asked_by",
    )

    gu = models.ForeignKey("places.Gu", models.PROTECT, verbose_name="자치구", related_name="+")
    day = models.DateField("기준일")
    compared_day = models.DateField("견준 날", null=True)
    fingerprint = models.CharField("기준의 판", max_length=64)
    state = models.CharField("상태", max_length=10, choices=ScreeningState.choices, default=ScreeningState.ASKED)
    asked_by = models.BigIntegerField("시킨 사람", null=True)
    asked_at = models.DateTimeField("시킨 때")
    # What was told until then counts, for every slice of the run alike.
    begun_at = models.DateTimeField("시작한 때", null=True)
    finished_at = models.DateTimeField("끝난 때", null=True)
    households = models.PositiveIntegerField("가구 수", default=0)
    done = models.PositiveIntegerField("살핀 가구 수", default=0)
    found = models.PositiveIntegerField("찾은 건수", default=0)
    # The last household whose slice is written down: a killed run goes on behind it.
    reached = models.BigIntegerField("어디까지", default=0)

    class Meta:
        verbose_name = "일제 살핌"
        indexes = [models.Index(fields=["gu", "-id"], name="ix_screening_gu")]
        constraints = [
            models.UniqueConstraint(fields=["gu"], condition=Q(state__in=["asked", "running"]), name="uq_screening_one_at_a_time")
        ]


class Finding(Guarded):
    """One benefit of one household on a run's list. It waits for a person's decision."""

    privacy = Fields(
        public="id screening household dong state decided_at",
        personal="decided_by",
        sensitive="benefit kind amount_least amount_most need why decision",
    )

    screening = models.ForeignKey(Screening, models.PROTECT, verbose_name="일제 살핌", related_name="findings")
    household = models.ForeignKey("households.Household", models.PROTECT, verbose_name="가구", related_name="findings")
    dong = models.ForeignKey("places.Dong", models.PROTECT, verbose_name="행정동", related_name="+")
    benefit = models.CharField("혜택", max_length=60)
    kind = models.CharField("까닭", max_length=10, choices=FoundKind.choices)
    amount_least = models.BigIntegerField("금액(적게)", null=True)
    amount_most = models.BigIntegerField("금액(많게)", null=True)
    need = models.PositiveIntegerField("급한 정도", default=0)
    why = models.CharField("설명", max_length=300, blank=True)
    state = models.CharField("상태", max_length=10, choices=FoundState.choices, default=FoundState.WAITING)
    decided_by = models.BigIntegerField("정한 사람", null=True)
    decided_at = models.DateTimeField("정한 때", null=True)
    decision = models.CharField("정한 까닭", max_length=300, blank=True)

    class Meta:
        verbose_name = "살핌 결과"
        indexes = [
            models.Index(fields=["dong", "-need", "id"], condition=Q(state="waiting"), name="ix_finding_waiting"),
            models.Index(fields=["household", "state"], name="ix_finding_household"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["screening", "household", "benefit", "kind"], name="uq_finding_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["taken", "dismissed"]) | (Q(decided_by__isnull=False) & Q(decided_at__isnull=False)),
                name="ck_finding_decided_by_a_person",
            ),
        ]

    @property
    def where(self) -> Where:
        return Where(dong_id=self.dong_id, household_id=self.household_id)


class Release(Guarded):
    """A text of the rule book: files as proposed, who gains and loses, and the second person who let it take effect."""

    privacy = Fields(public="id fingerprint texts changes state why proposed_at decided_at", personal="proposed_by decided_by")

    fingerprint = models.CharField("기준의 판", max_length=64)
    texts = models.JSONField("기준 파일", default=dict)
    changes = models.JSONField("달라지는 것", default=dict)
    why = models.CharField("바꾸는 까닭", max_length=500)
    state = models.CharField("상태", max_length=10, choices=ReleaseState.choices, default=ReleaseState.PROPOSED)
    proposed_by = models.BigIntegerField("올린 사람")
    proposed_at = models.DateTimeField("올린 때")
    decided_by = models.BigIntegerField("확인한 사람", null=True)
    decided_at = models.DateTimeField("확인한 때", null=True)

    class Meta:
        verbose_name = "기준 바꿈"
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="proposed"), name="uq_release_one_proposed"),
            models.CheckConstraint(
                condition=Q(state="proposed") | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="ck_release_second_person",
            ),
        ]


class Addition(Guarded):
    """What a gu gives of its own in one of the three situations, from a day until a day (C-04)."""

    privacy = Fields(
        public="id gu situation title text amount per source median_pct_at_most since until noted_at", personal="noted_by"
    )

    gu = models.ForeignKey("places.Gu", models.PROTECT, verbose_name="자치구", related_name="+")
    situation = models.CharField("상황", max_length=10, choices=Situation.choices)
    title = models.CharField("이름", max_length=80)
    text = models.CharField("내용", max_length=300)
    amount = models.BigIntegerField("금액", null=True)
    per = models.CharField("주기", max_length=10, blank=True)
    source = models.CharField("근거", max_length=200)
    median_pct_at_most = models.PositiveSmallIntegerField("기준 중위소득 몇 % 이하", null=True)
    since = models.DateField("부터")
    until = models.DateField("까지", null=True)
    noted_by = models.BigIntegerField("적은 사람", null=True)
    noted_at = models.DateTimeField("적은 때")

    class Meta:
        verbose_name = "구의 추가 지원"
        indexes = [models.Index(fields=["gu", "situation", "since"], name="ix_addition_gu")]
        constraints = [models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="ck_addition_days")]
