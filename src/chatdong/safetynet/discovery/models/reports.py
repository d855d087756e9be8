"""Reports of a worry, who reported, and the households they may be about."""

from django.db import models
from django.db.models import Q

from chatdong.policy.check import Where
from chatdong.policy.models import Guarded
from chatdong.policy.privacy import Fields
from chatdong.safetynet.discovery.states import MatchOutcome, Pathway, ReportClosure, ReportState, Urgency
from chatdong.safetynet.visits.states import NextStep


class Report(Guarded):
    """One report, from whichever way it came. What was said stays as it was said.

    `key` is the sender's own number: the same form, row or message twice is one report.
    """

    privacy = Fields(
        public="id key receipt pathway urgency state match dong household lead received_at due_at next_step closure closed_at "
        "anonymized_at",
        personal="worker subject_name subject_birth subject_birth_year subject_sex subject_phone subject_address "
        "subject_detail closed_by",
        sensitive="text words source details",
    )

    key = models.CharField("보낸 번호", max_length=80, unique=True)
    receipt = models.CharField("접수번호", max_length=12, unique=True)
    pathway = models.CharField("발굴경로", max_length=20, choices=Pathway.choices)
    source = models.CharField("명단·자료", max_length=100, blank=True)
    urgency = models.CharField("급한 정도", max_length=10, choices=Urgency.choices)
    words = models.JSONField("위험한 말", default=list)
    text = models.TextField("걱정되는 점", blank=True)
    details = models.JSONField("그 밖의 칸", default=dict)
    subject_name = models.CharField("이름", max_length=60, blank=True)
    subject_birth = models.DateField("생년월일", null=True, blank=True)
    subject_birth_year = models.PositiveSmallIntegerField("태어난 해", null=True, blank=True)
    subject_sex = models.CharField("성별", max_length=1, blank=True)
    subject_phone = models.CharField("전화", max_length=20, blank=True)
    subject_address = models.CharField("주소", max_length=160, blank=True)
    subject_detail = models.CharField("상세주소", max_length=60, blank=True)
    dong = models.ForeignKey("places.Dong", models.PROTECT, verbose_name="행정동", related_name="+")
    worker = models.ForeignKey("accounts.Account", models.PROTECT, verbose_name="담당자", related_name="reports")
    state = models.CharField("상태", max_length=10, choices=ReportState.choices, default=ReportState.RECEIVED)
    next_step = models.CharField("다음 할 일", max_length=20, choices=NextStep.choices, default=NextStep.MATCH)
    due_at = models.DateTimeField("기한")
    match = models.CharField("대조 결과", max_length=6, choices=MatchOutcome.choices, blank=True)
    household = models.ForeignKey(
        "households.Household", models.PROTECT, verbose_name="가구", null=True, blank=True, related_name="reports"
    )
    lead = models.ForeignKey(
        "discovery.Lead", models.PROTECT, verbose_name="발굴 건", null=True, blank=True, related_name="reports"
    )
    received_at = models.DateTimeField("받은 때")
    closure = models.CharField("종결 사유", max_length=20, choices=ReportClosure.choices, blank=True)
    closed_by = models.ForeignKey("accounts.Account", models.PROTECT, verbose_name="종결한 사람", null=True, related_name="+")
    closed_at = models.DateTimeField("종결한 때", null=True)
    anonymized_at = models.DateTimeField("이름을 지운 때", null=True)

    class Meta:
        verbose_name = "신고"
        indexes = [
            models.Index(
                fields=["dong", "due_at", "id"], condition=Q(state__in=["received", "asking"]), name="ix_report_dong_due"
            ),
            models.Index(
                fields=["worker", "due_at", "id"], condition=Q(state__in=["received", "asking"]), name="ix_report_worker_due"
            ),
            models.Index(fields=["dong", "-received_at"], name="ix_report_dong_received"),
            models.Index(fields=["household", "-received_at"], name="ix_report_household"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="joined") | (Q(lead__isnull=False) & Q(household__isnull=False)),
                name="ck_report_joined_has_lead",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | (~Q(closure="") & Q(closed_at__isnull=False)),
                name="ck_report_closed_has_reason",
            ),
        ]

    @property
    def where(self) -> Where:
        return Where(dong_id=self.dong_id, owner_ids=frozenset({self.worker_id}), household_id=self.household_id)


class Reporter(Guarded):
    """Who reported, where they said so. Apart from the report: only those allowed see it (사회보장급여법 §13)."""

    privacy = Fields(public="id report wants_answer", personal="category name phone relation")

    report = models.OneToOneField(Report, models.CASCADE, verbose_name="신고", related_name="reporter")
    category = models.CharField("누구", max_length=20, blank=True)
    name = models.CharField("이름", max_length=60, blank=True)
    phone = models.CharField("전화", max_length=20, blank=True)
    relation = models.CharField("관계", max_length=40, blank=True)
    wants_answer = models.BooleanField("답을 원함", default=False)

    class Meta:
        verbose_name = "신고한 사람"


class MatchCandidate(Guarded):
    """A household a report may be about, with the reasons, and what a person decided."""

    privacy = Fields(public="id report household score is_chosen decided_at", personal="resident reasons decided_by")

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="신고", related_name="candidates")
    household = models.ForeignKey("households.Household", models.PROTECT, verbose_name="가구", related_name="+")
    resident = models.ForeignKey("households.Resident", models.PROTECT, verbose_name="주민", null=True, related_name="+")
    score = models.FloatField("점수")
    reasons = models.JSONField("이유", default=list)
    is_chosen = models.BooleanField("고른 가구", null=True)
    decided_by = models.BigIntegerField("정한 사람", null=True)
    decided_at = models.DateTimeField("정한 때", null=True)

    class Meta:
        verbose_name = "같은 가구 후보"
        constraints = [models.UniqueConstraint(fields=["report", "household"], name="uq_candidate_once")]
