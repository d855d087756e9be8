"""Reports: taken in once whatever is sent twice, owned from the first second, closed only with a reason."""

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chatdong.ground.messages.actions import tell
from chatdong.ground.messages.states import MessageKind
from chatdong.ground.places.queries import dongs
from chatdong.kernel.errors import Conflict, Invalid
from chatdong.kernel.identity import human_code
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import ensure, may
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.discovery.actions.deputy import ensure_here, locked_report, machine_in
from chatdong.safetynet.discovery.actions.matching import match_report
from chatdong.safetynet.discovery.models import Report, Reporter
from chatdong.safetynet.discovery.queries.deadlines import report_due
from chatdong.safetynet.discovery.queries.duty import dong_for, gu_of, owner_for
from chatdong.safetynet.discovery.queries.paths import to_report
from chatdong.safetynet.discovery.queries.triage import answers_in, more_urgent, triaged
from chatdong.safetynet.discovery.states import (
    URGENCY_RANK,
    Pathway,
    ReportClosure,
    ReporterCard,
    ReportState,
    Subject,
    Urgency,
)
from chatdong.safetynet.visits.states import NextStep

log = logging.getLogger(__name__)
OPEN = (ReportState.RECEIVED, ReportState.ASKING)
MATCHER = "가구 대조"
TRIES = 5


@action
def submit_report(
    *, by: Actor, key: str, pathway: str, at: datetime, text: str = "", urgency: str | None = None, dong_id: int | None = None,
    subject: Subject | None = None, reporter: ReporterCard | None = None, source: str = "",
    details: Mapping[str, Any] | None = None, gu_id: int | None = None, pick: Callable[[int], int] = secrets.randbelow,
) -> Report:  # fmt: skip
    """Take a report in. The same `key` gives the same report, however often and however simultaneously it is sent.

    The words and the answers (`details["answers"]`) may raise the urgency, never lower it. Dong, owner and deadline are set
    before anything is compared, so that a report stands even when comparing fails.

    Raises:
        Invalid: an unknown pathway or urgency, or a dong that does not exist (fields `pathway`, `urgency`, `dong`, `key`).
        Conflict: nobody works in the whole gu.
    """
    ensure(by, Permission.REPORT_TRIAGE if may(by, Permission.REPORT_TRIAGE) else Permission.REPORT_SUBMIT)
    _check(key, pathway, urgency)
    known = Report.objects.filter(key=key).first()
    if known is None:
        subject, details = subject or Subject(), dict(details or {})
        known, is_new = _take_in(
            by=by, key=key, pathway=pathway, at=at, text=text, urgency=urgency, source=source, details=details, pick=pick,
            subject=subject if dong_id is None else replace(subject, dong_id=dong_id), gu_id=gu_id,
        )  # fmt: skip
        if is_new:
            _finish(known, by=by, at=at, reporter=reporter)
            return Report.objects.get(pk=known.pk)
    record("report.repeat", by=by, at=at, about=known, dong_id=known.dong_id, gu_id=gu_of(known.dong_id))
    return known


def _check(key: str, pathway: str, urgency: str | None) -> None:
    if not key or len(key) > 80:
        raise Invalid({"key": _("보낸 번호를 읽을 수 없습니다. 화면을 새로 열어 다시 보내 주세요.")})
    if pathway not in Pathway.values:
        raise Invalid({"pathway": _("발굴경로를 골라 주세요.")})
    if urgency and urgency not in Urgency.values:
        raise Invalid({"urgency": _("급한 정도를 골라 주세요.")})


def _take_in(
    *, by: Actor, key: str, pathway: str, at: datetime, text: str, urgency: str | None, source: str, details: dict[str, Any],
    pick: Callable[[int], int], subject: Subject, gu_id: int | None,
) -> tuple[Report, bool]:  # fmt: skip
    found = dong_for(subject, by=by, on=at.date(), gu_id=gu_id)
    # A person who worries enough to say so is answered within days, even where no word of theirs is known to be dangerous.
    floor = Urgency.ROUTINE if pathway == Pathway.BIG_DATA else Urgency.SOON
    judged = triaged(text, urgency=more_urgent(urgency or floor, floor), answers=answers_in(details))
    row = Report(
        key=key, pathway=pathway, source=source[:100], urgency=judged.urgency, words=judged.words, text=text,
        details=details | found.as_details(), subject_name=subject.name[:60], subject_birth=subject.birth,
        subject_birth_year=subject.birth_year, subject_sex=subject.sex[:1], subject_phone=subject.phone[:20],
        subject_address=subject.address[:160], subject_detail=subject.detail[:60], dong_id=found.dong_id,
        worker_id=owner_for(found.dong_id, at.date(), subject.tong_number), state=ReportState.RECEIVED,
        next_step=NextStep.MATCH, due_at=report_due(judged.urgency, since=at, gu_id=found.gu_id), received_at=at,
    )  # fmt: skip
    return _saved(row, pick)


def _saved(row: Report, pick: Callable[[int], int]) -> tuple[Report, bool]:
    """The row saved under a fresh receipt number, or the one that somebody else saved under its key meanwhile."""
    for _again in range(TRIES):
        row.receipt = human_code(pick)
        try:
            with transaction.atomic():
                row.pk = None
                row.save(force_insert=True)
            return row, True
        except IntegrityError:
            same = Report.objects.filter(key=row.key).first()
            if same is not None:
                return same, False
            if not Report.objects.filter(receipt=row.receipt).exists():
                raise
    raise Conflict(_("접수번호를 만들지 못했습니다. 다시 보내 주세요."))


def _finish(report: Report, *, by: Actor, at: datetime, reporter: ReporterCard | None) -> None:
    if reporter is not None and any((reporter.category, reporter.name, reporter.phone, reporter.relation)):
        Reporter.objects.create(
            report=report, category=reporter.category[:20], name=reporter.name[:60], phone=reporter.phone[:20],
            relation=reporter.relation[:40], wants_answer=reporter.wants_answer,
        )  # fmt: skip
    record("report.submit", by=by, at=at, about=report, dong_id=report.dong_id, gu_id=gu_of(report.dong_id),
           details={"pathway": report.pathway, "urgency": report.urgency})  # fmt: skip
    try:
        match_report(by=machine_in(gu_of(report.dong_id), MATCHER), report_id=report.pk, at=at)
    except Exception as error:
        # The report stands with its owner and deadline; a person, or the next run of the job, compares it.
        log.error("matching failed", extra={"report": report.pk, "error": type(error).__name__})
    after = Report.objects.get(pk=report.pk)
    if after.state in OPEN:
        tell([after.worker_id], MessageKind.ASSIGNED, _("새 신고가 들어왔습니다. 어느 가구인지 확인해 주세요."), at=at,
             key=f"report:{after.pk}", path=to_report(after.pk), urgent=URGENCY_RANK[after.urgency] <= 2)  # fmt: skip


@action
def close_report(*, by: Actor, report_id: int, closure: str, at: datetime, note: str = "") -> Report:
    """End a report that leads to no household, with a reason.

    Raises:
        Invalid: no such reason, or none written for an urgent report (fields `closure`, `note`).
        Conflict: it is joined to a lead or closed already.
    """
    report = locked_report(report_id)
    ensure_here(by, Permission.REPORT_TRIAGE, Permission.REPORT_READ, report.where)
    must_be_unmatched(report)
    if closure not in ReportClosure.values:
        raise Invalid({"closure": _("종결 사유를 골라 주세요.")})
    if URGENCY_RANK[report.urgency] <= 2 and not note.strip():
        raise Invalid({"note": _("급한 신고입니다. 왜 종결하는지 적어 주세요.")})
    report.state, report.closure, report.closed_by_id, report.closed_at = ReportState.CLOSED, closure, by.account_id, at
    report.details = report.details | ({"closure_note": note.strip()[:300]} if note.strip() else {})
    report.save()
    record("report.close", by=by, at=at, about=report, dong_id=report.dong_id, why=str(closure))
    return report


def must_be_unmatched(report: Report) -> None:
    """Raises Conflict for a report that is carried by a lead or closed."""
    if report.state == ReportState.JOINED:
        raise Conflict(_("이미 발굴 건에 이어진 신고입니다."))
    if report.state == ReportState.CLOSED:
        raise Conflict(_("이미 종결된 신고입니다."))


@action
def redirect_report(*, by: Actor, report_id: int, dong_id: int, at: datetime) -> Report:
    """Send an unmatched report to the dong it belongs to; its deadline stays, and it has the new dong's owner at once.

    Raises:
        Invalid: no such dong, or the same one (field `dong`).
        Conflict: the report is matched or closed, or nobody works there.
    """
    report = locked_report(report_id)
    ensure_here(by, Permission.REPORT_TRIAGE, Permission.REPORT_READ, report.where)
    must_be_unmatched(report)
    to = dongs(at.date()).filter(pk=dong_id).first()
    if to is None or to.pk == report.dong_id:
        raise Invalid({"dong": _("보낼 동을 골라 주세요.")})
    before = report.dong_id
    report.dong_id, report.worker_id = to.pk, owner_for(to.pk, at.date())
    report.details = {key: value for key, value in report.details.items() if not key.startswith("dong_")}
    report.details |= {"dong_by": "redirect", "dong_before": before}
    report.save()
    tell([report.worker_id], MessageKind.ASSIGNED, _("다른 동에서 신고를 보냈습니다. 어느 가구인지 확인해 주세요."), at=at,
         key=f"report:{report.pk}:{to.pk}:{at.isoformat()}", path=to_report(report.pk),
         urgent=URGENCY_RANK[report.urgency] <= 2)  # fmt: skip
    record("report.redirect", by=by, at=at, about=report, dong_id=to.pk, gu_id=to.gu_id, details={"from": before})
    if gu_of(before) != to.gu_id:
        match_report(by=machine_in(to.gu_id, MATCHER), report_id=report.pk, at=at)
        report = Report.objects.get(pk=report.pk)
    return report
