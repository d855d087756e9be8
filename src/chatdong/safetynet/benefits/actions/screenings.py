"""A run over the district from its asking to its list, and what a person decides about each line of it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chatdong.ground.places.queries import gu_of
from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import ensure, may
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.policy.roles import Reach
from chatdong.safetynet.benefits.models import Finding, Screening
from chatdong.safetynet.benefits.queries.screenings import UNDER_WAY
from chatdong.safetynet.benefits.screening import Found
from chatdong.safetynet.benefits.states import FOUND_TURNS, FoundState, ScreeningState

ROWS = 1000
FURTHEST_BACK = 3  # years of figures that the catalog carries


@action
def ask_screening(*, by: Actor, gu_id: int, day: date, compared_day: date | None, fingerprint: str, at: datetime) -> Screening:
    """Ask for a run over a gu. A job does it. One at a time in each gu.

    Raises:
        Invalid: `day` lies ahead by more than a year or far back, `compared_day` is not before it.
        Conflict: a run is under way.
        Forbidden: SCREENING_RUN at the gu.
    """
    ensure(by, Permission.SCREENING_RUN)
    _ensure_gu(by, gu_id)
    today = kst(at).date()
    if abs(day.year - today.year) > FURTHEST_BACK or (day - today).days > 366:
        raise Invalid({"day": _("기준일은 오늘에서 1년 안으로 정해 주세요.")})
    if compared_day is not None and not 0 <= day.year - compared_day.year <= FURTHEST_BACK:
        raise Invalid({"compared_day": _("견줄 날은 기준일 앞 3년 안에서 정해 주세요.")})
    if compared_day is not None and compared_day >= day:
        raise Invalid({"compared_day": _("견줄 날은 기준일보다 앞이어야 합니다.")})
    try:
        with transaction.atomic():
            row = Screening.objects.create(
                gu_id=gu_id, day=day, compared_day=compared_day, fingerprint=fingerprint, asked_by=by.account_id, asked_at=at
            )
    except IntegrityError as error:
        raise Conflict(_("이미 살피고 있습니다. 끝난 뒤에 다시 해 주세요.")) from error
    record("screening.ask", by=by, at=at, about=row, gu_id=gu_id, details={"day": day.isoformat()})
    return row


@action
def begin_screening(*, by: Actor, screening_id: int, fingerprint: str, households: int, at: datetime) -> Screening:
    """Begin a run, or begin it anew where other rules came into force on its way: nothing of what was found stays.

    Raises Conflict where it is over.
    """
    ensure(by, Permission.SCREENING_RUN)
    row = _under_way(screening_id)
    Finding.objects.filter(screening=row).delete()
    row.state, row.fingerprint, row.households, row.begun_at = ScreeningState.RUNNING, fingerprint, households, at
    row.done = row.found = row.reached = 0
    row.save()
    record("screening.begin", by=by, at=at, about=row, gu_id=row.gu_id, count=households)
    return row


@action
def keep_findings(
    *, by: Actor, screening_id: int, fingerprint: str, before: int, reached: int, looked_at: int,
    found: Sequence[tuple[int, int, Found]], at: datetime,
) -> int:  # fmt: skip
    """Write down one slice: what was found in the households after `before` up to `reached`: (household, dong, finding).

    All of it or nothing: a slice that is cut off is looked at again, and two that look at the same one are not both kept.
    How many households are done now. Raises Conflict where another attempt wrote this slice or began anew, or it is over.
    """
    ensure(by, Permission.SCREENING_RUN)
    row = _under_way(screening_id)
    if (row.reached, row.fingerprint, row.state) != (before, fingerprint, ScreeningState.RUNNING) or reached <= before:
        raise Conflict(_("다른 작업이 이 살핌을 새로 시작했습니다."))
    Finding.objects.bulk_create(
        [
            Finding(
                screening=row, household_id=home, dong_id=dong, benefit=one.benefit, kind=one.kind, need=one.need, why=one.why,
                amount_least=one.amount[0] if one.amount else None, amount_most=one.amount[1] if one.amount else None,
            )
            for home, dong, one in found
        ],
        batch_size=ROWS,
    )  # fmt: skip
    row.done, row.found, row.reached = row.done + looked_at, row.found + len(found), reached
    row.save()
    record("screening.keep", by=by, at=at, about=row, gu_id=row.gu_id, count=len(found))
    return row.done


@action
def finish_screening(*, by: Actor, screening_id: int, before: int, at: datetime) -> Screening:
    """Open the list to the dong. What earlier runs left waiting is replaced by it. Raises Conflict as `keep_findings` does."""
    ensure(by, Permission.SCREENING_RUN)
    row = _under_way(screening_id)
    if row.reached != before or row.state != ScreeningState.RUNNING:
        raise Conflict(_("다른 작업이 이 살핌을 새로 시작했습니다."))
    earlier = Finding.objects.filter(screening__gu=row.gu_id, state=FoundState.WAITING).exclude(screening=row)
    stale = earlier.update(state=FoundState.STALE)
    row.state, row.finished_at = ScreeningState.DONE, at
    row.save()
    record("screening.finish", by=by, at=at, about=row, gu_id=row.gu_id, count=row.found, details={"stale": stale})
    return row


@action
def fail_screening(*, by: Actor, screening_id: int, at: datetime) -> Screening:
    """Give a run up: nothing of it is shown, and another may be asked for. Raises Conflict where it is over."""
    ensure(by, Permission.SCREENING_RUN)
    row = _under_way(screening_id)
    Finding.objects.filter(screening=row).delete()
    row.state, row.finished_at, row.found, row.done, row.reached = ScreeningState.FAILED, at, 0, 0, 0
    row.save()
    record("screening.fail", by=by, at=at, about=row, gu_id=row.gu_id)
    return row


@action
def mark_taken(*, by: Actor, finding_id: int, at: datetime, with_others: bool = False) -> Finding:
    """A person decides that somebody is to look into it; whoever calls opens the lead in the same transaction.

    `with_others`: together with what else was found in the household, as the person saw it there.

    Raises NotFound out of reach, Forbidden (SCREENING_DECIDE in the dong), Conflict (decided already, or replaced).
    """
    row = _decided(by, finding_id, FoundState.TAKEN, at, "")
    _others_too(by, row, FoundState.TAKEN, at, "", with_others)
    return row


@action
def dismiss_finding(*, by: Actor, finding_id: int, reason: str, at: datetime, with_others: bool = False) -> Finding:
    """A person decides that nothing is to be done, and says why; `with_others` as in `mark_taken`.

    Raises Invalid (`reason`) and what `mark_taken` raises.
    """
    reason = " ".join(reason.split())[:300]
    row = _decided(by, finding_id, FoundState.DISMISSED, at, reason)
    if not reason:
        raise Invalid({"reason": _("올리지 않는 까닭을 적어 주세요.")})
    _others_too(by, row, FoundState.DISMISSED, at, reason, with_others)
    return row


def _others_too(by: Actor, row: Finding, state: FoundState, at: datetime, decision: str, is_asked: bool) -> None:
    """The same decision about what else waits in the household, each written down by itself."""
    if is_asked:
        waiting = Finding.objects.filter(household_id=row.household_id, dong_id=row.dong_id, state=FoundState.WAITING)
        done = waiting.filter(screening__state=ScreeningState.DONE).order_by("id")
        for finding_id in list(done.values_list("id", flat=True)):
            _decided(by, finding_id, state, at, decision)


def _decided(by: Actor, finding_id: int, state: FoundState, at: datetime, decision: str) -> Finding:
    row: Any = Finding.objects.select_for_update(of=("self",)).filter(pk=finding_id).first()
    if row is None or not may(by, Permission.SCREENING_READ, row.where):
        raise NotFound
    ensure(by, Permission.SCREENING_DECIDE, row.where)
    if state not in FOUND_TURNS[row.state] or row.screening.state != ScreeningState.DONE:
        raise Conflict(_("이미 정했거나 새 결과로 바뀐 건입니다."))
    row.state, row.decided_by, row.decided_at, row.decision = state, by.account_id, at, decision
    row.save()
    record(
        f"finding.{state.value}", by=by, at=at, about=row, household_id=row.household_id, dong_id=row.dong_id,
        gu_id=gu_of(row.dong_id), details={"benefit": row.benefit, "kind": str(row.kind)},
    )  # fmt: skip
    return row


def _under_way(screening_id: int) -> Screening:
    row = Screening.objects.select_for_update(of=("self",)).filter(pk=screening_id).first()
    if row is None:
        raise NotFound
    if row.state not in UNDER_WAY:
        raise Conflict(_("이미 끝난 살핌입니다."))
    return row


def _ensure_gu(by: Actor, gu_id: int) -> None:
    for posting, how_far in by.grants(Permission.SCREENING_RUN):
        if how_far is Reach.CITY or (how_far is Reach.GU and posting.gu_id == gu_id):
            return
    raise Forbidden(_("담당하는 구가 아니어서 할 수 없습니다."))
