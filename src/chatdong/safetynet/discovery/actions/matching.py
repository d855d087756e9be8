"""From a report to the household it is about: by the machine when sure, by a person otherwise."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from chatdong.engines.linkage.phones import normal_phones
from chatdong.ground.households.actions import NewResident, register_household
from chatdong.ground.households.queries import household_row
from chatdong.ground.households.states import HouseholdState
from chatdong.ground.places.queries import gu_of
from chatdong.kernel.errors import Conflict
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.discovery.actions.deputy import deputed, ensure_here, living_household, locked_report
from chatdong.safetynet.discovery.actions.leads import open_lead
from chatdong.safetynet.discovery.models import Lead, MatchCandidate, Report
from chatdong.safetynet.discovery.queries.deadlines import first_contact_due
from chatdong.safetynet.discovery.queries.matching import HouseholdCandidate, verdict_on
from chatdong.safetynet.discovery.states import MatchOutcome, ReportState
from chatdong.safetynet.visits.states import NextStep

OPEN = (ReportState.RECEIVED, ReportState.ASKING)


@action
def match_report(*, by: Actor, report_id: int, at: datetime) -> Report:
    """Compare a report with the register: sure joins the household, new opens one, doubt asks a person with the reasons.

    A report that is matched or closed meanwhile is left as it is.
    """
    report = locked_report(report_id)
    ensure_here(by, Permission.REPORT_TRIAGE, Permission.REPORT_READ, report.where)
    gu_id = gu_of(report.dong_id)
    if report.state in OPEN:
        verdict = verdict_on(report, gu_id=gu_id, today=at.date())
        _keep_candidates(report, verdict.candidates)
        report.match = verdict.outcome
        if verdict.outcome is MatchOutcome.SURE and verdict.household_id is not None:
            _join(report, verdict.household_id, by=by, at=at)
        elif verdict.outcome is MatchOutcome.NEW:
            _join(report, _new_household(report, by=by, at=at).pk, by=by, at=at)
        else:
            report.state = ReportState.ASKING
            report.details = report.details | {"match_because": list(verdict.because)}
            report.save()
    record("report.match", by=by, at=at, about=report, household_id=report.household_id, dong_id=report.dong_id, gu_id=gu_id,
           details={"outcome": report.match})  # fmt: skip
    return report


@action
def choose_match(*, by: Actor, report_id: int, household_id: int | None, at: datetime) -> Lead:
    """A person says which household a report is about; None makes a new one. Its open lead is joined, or one is opened.

    Raises:
        Conflict: the report is joined or closed already.
        NotFound: the household is none of the candidates and out of reach.
    """
    report = locked_report(report_id)
    ensure_here(by, Permission.REPORT_TRIAGE, Permission.REPORT_READ, report.where)
    if report.state not in OPEN:
        raise Conflict(_("이 신고는 이미 처리되었습니다. 새로 열어 확인해 주세요."))
    candidates = report.candidates.all()
    if household_id is None:
        household = _new_household(report, by=deputed(by), at=at)
        report.match = MatchOutcome.NEW
    else:
        if not candidates.filter(household_id=household_id).exists():
            household_row(by, household_id, Permission.HOUSEHOLD_READ)
        household = living_household(household_id)
        report.match = MatchOutcome.ASK if report.match != MatchOutcome.SURE else report.match
    candidates.update(is_chosen=False, decided_by=by.account_id, decided_at=at)
    candidates.filter(household_id=household_id).update(is_chosen=True)  # type: ignore[misc]
    lead = _join(report, household.pk, by=deputed(by), at=at)
    record("report.choose", by=by, at=at, about=report, household_id=household.pk, dong_id=report.dong_id,
           gu_id=gu_of(report.dong_id), details={"outcome": report.match})  # fmt: skip
    return lead


def _keep_candidates(report: Report, candidates: tuple[HouseholdCandidate, ...]) -> None:
    report.candidates.all().delete()
    MatchCandidate.objects.bulk_create(
        [
            MatchCandidate(report=report, household_id=one.household_id, resident_id=one.resident_id, score=one.score,
                           reasons=list(one.reasons))
            for one in candidates
        ]
    )  # fmt: skip


def _join(report: Report, household_id: int, *, by: Actor, at: datetime) -> Lead:
    household = living_household(household_id)
    due_at = first_contact_due(report.urgency, since=report.received_at, gu_id=gu_of(household.dong_id))
    lead = open_lead(by=by, household_id=household.pk, pathway=report.pathway, urgency=report.urgency, due_at=due_at, at=at)
    report.state, report.household_id, report.lead_id = ReportState.JOINED, household.pk, lead.pk
    report.dong_id, report.worker_id, report.next_step = lead.dong_id, lead.worker_id, NextStep.FIRST_CONTACT
    report.save()
    return lead


def _new_household(report: Report, *, by: Actor, at: datetime) -> Any:
    phones = normal_phones(report.subject_phone)
    residents = []
    if report.subject_name or report.subject_birth or report.subject_birth_year or phones:
        residents = [
            NewResident(
                name=report.subject_name, birth_date=report.subject_birth, birth_year=report.subject_birth_year,
                sex=report.subject_sex.lower(), phone=phones.first, relation="head",
            )
        ]  # fmt: skip
    return register_household(
        by=by, dong_id=report.dong_id, at=at, road_address=report.subject_address[:120], address_detail=report.subject_detail,
        state=HouseholdState.PROVISIONAL, residents=residents,
    )  # fmt: skip
