"""Two households that are one, and households that are gone."""

from datetime import datetime

from django.utils.translation import gettext as _

from chatdong.ground.households.actions import merge_rows, set_household_state
from chatdong.ground.households.states import HouseholdState
from chatdong.kernel.errors import Conflict, Invalid
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.benefits.actions import join_claims
from chatdong.safetynet.discovery.actions.climbing import climb_household
from chatdong.safetynet.discovery.actions.closures import ask_closure
from chatdong.safetynet.discovery.actions.deputy import deputed, ensure_here, locked_household
from chatdong.safetynet.discovery.actions.handovers import end_asked
from chatdong.safetynet.discovery.actions.leads import closed_again, keep, move_lead
from chatdong.safetynet.discovery.models import Handover, Lead, MatchCandidate, Report
from chatdong.safetynet.discovery.queries.duty import gu_of, owner_for
from chatdong.safetynet.discovery.queries.leads import open_lead_of, open_watch_of, worker_of_household
from chatdong.safetynet.discovery.queries.triage import more_urgent
from chatdong.safetynet.discovery.states import URGENCY_RANK, HandoverState
from chatdong.safetynet.visits.actions import ask_watch_closure, join_household
from chatdong.safetynet.visits.states import ClosureReason, Outcome, OwnedState

GONE = {
    Outcome.DIED: (ClosureReason.DIED, HouseholdState.ENDED),
    Outcome.MOVED: (ClosureReason.MOVED, HouseholdState.MOVED_OUT),
    Outcome.ADMITTED: (ClosureReason.ADMITTED, HouseholdState.ENDED),
}


@action
def merge_households(*, by: Actor, keep_id: int, drop_id: int, at: datetime) -> None:
    """Make two rows of one household one: everything of `drop` moves to `keep`, whose dong and worker answer for it.

    Where both have an open lead, the one of `keep` goes on with the more urgent and earlier of both and the other is
    closed as joined. Both ids stay: `drop` points at `keep`.

    Raises:
        Invalid: the same household twice (field `drop`).
        Conflict: one of them was merged already, or lives elsewhere and waits for a hand-over.
    """
    if keep_id == drop_id:
        raise Invalid({"drop": _("서로 다른 두 가구를 골라 주세요.")})
    first, second = (locked_household(one) for one in sorted((keep_id, drop_id)))
    kept, dropped = (first, second) if first.pk == keep_id else (second, first)
    for row in (kept, dropped):
        ensure_here(by, Permission.HOUSEHOLD_MERGE, Permission.HOUSEHOLD_READ, row.where)
    if HouseholdState.MERGED in (kept.state, dropped.state):
        raise Conflict(_("이미 합쳐진 가구입니다. 새로 열어 확인해 주세요."))
    machine = deputed(by)
    for row in Handover.objects.select_for_update(of=("self",)).filter(household_id=drop_id, state=HandoverState.ASKED):
        end_asked(row, HandoverState.WITHDRAWN, at)
    worker_id = _worker(kept, drop_id, at)
    merge_rows(by=machine, keep_id=keep_id, drop_id=drop_id, at=at)
    join_household(by=machine, keep_id=keep_id, drop_id=drop_id, at=at)
    join_claims(by=machine, keep_id=keep_id, drop_id=drop_id, dong_id=kept.dong_id, worker_id=worker_id, at=at)
    _join_leads(keep_id, drop_id, dong_id=kept.dong_id, worker_id=worker_id, by=by, at=at)
    _move_rows(keep_id, drop_id)
    climb_household(by=by, household_id=keep_id, at=at)
    record("household.merge", by=by, at=at, about=kept, household_id=keep_id, dong_id=kept.dong_id, gu_id=gu_of(kept.dong_id),
           details={"drop": drop_id})  # fmt: skip


def _worker(kept: object, drop_id: int, at: datetime) -> int:
    """Whoever answers for the kept household, else for the dropped one where posted in the kept one's dong, else the dong's."""
    tong = kept.tong.number if kept.tong_id else None  # type: ignore[attr-defined]
    prefer = worker_of_household(kept.pk) or worker_of_household(drop_id)  # type: ignore[attr-defined]
    return owner_for(kept.dong_id, at.date(), tong, prefer=prefer)  # type: ignore[attr-defined]


def _join_leads(keep_id: int, drop_id: int, *, dong_id: int, worker_id: int, by: Actor, at: datetime) -> None:
    mine, other = open_lead_of(keep_id), open_lead_of(drop_id)
    if other is None:
        return
    other = Lead.at(other.pk)
    if mine is None:
        other.household_id = keep_id
        move_lead(other, dong_id=dong_id, worker_id=worker_id, by=by, at=at, why="merged")
        Report.objects.filter(lead_id=other.pk).update(household_id=keep_id)
        return
    mine = Lead.at(mine.pk)
    if mine.state == OwnedState.CLOSING and other.state == OwnedState.OPEN:
        assert other.next_at is not None
        closed_again(mine, other.next_step, other.next_at)
    assert mine.next_at is not None and other.next_at is not None
    if other.state == OwnedState.OPEN and mine.state == OwnedState.OPEN and other.next_at < mine.next_at:
        mine.next_step, mine.next_at = other.next_step, other.next_at
    mine.urgency = more_urgent(mine.urgency, other.urgency)
    mine.rank = URGENCY_RANK[mine.urgency]
    mine.first_contact_at = min(filter(None, (mine.first_contact_at, other.first_contact_at)), default=None)
    mine.first_due_at = min(mine.first_due_at, other.first_due_at)
    other.state, other.closure, other.closed_at = OwnedState.CLOSED, ClosureReason.JOINED, at
    other.needs_second, other.closure_asked_by_id, other.closure_asked_at = False, by.account_id, at
    other.next_step, other.next_at = "", None
    keep(other, by=by, at=at, why=str(ClosureReason.JOINED))
    keep(mine, by=by, at=at, why="merged")
    Report.objects.filter(lead_id=other.pk).update(
        lead_id=mine.pk, household_id=keep_id, dong_id=mine.dong_id, worker_id=mine.worker_id
    )


def _move_rows(keep_id: int, drop_id: int) -> None:
    """History goes along: one household, one timeline."""
    Lead.objects.filter(household_id=drop_id).update(household_id=keep_id)
    Report.objects.filter(household_id=drop_id).update(household_id=keep_id)
    named_too = MatchCandidate.objects.filter(household_id=keep_id).values("report_id")
    MatchCandidate.objects.filter(
        household_id=drop_id, report_id__in=list(named_too.values_list("report_id", flat=True))
    ).delete()
    MatchCandidate.objects.filter(household_id=drop_id).update(household_id=keep_id)


@action
def note_household_gone(*, by: Actor, household_id: int, kind: str, at: datetime, note: str = "") -> None:
    """A whole household died, moved away or went into a home: its state says so and what is open is closed with that reason.

    High risk still needs a second person. Who moved within the city is handed over instead, so that nobody is lost on the way.

    Raises Invalid for another kind (field `kind`), Conflict for a merged household.
    """
    household = locked_household(household_id)
    ensure_here(by, Permission.HOUSEHOLD_EDIT, Permission.HOUSEHOLD_READ, household.where)
    if kind not in GONE:
        raise Invalid({"kind": _("사망, 이사, 시설입소 가운데 골라 주세요.")})
    closure, state = GONE[Outcome(kind)]
    told = note.strip() or str(Outcome(kind).label)
    if household.state != state:
        set_household_state(by=by, household_id=household_id, state=state, at=at, why=str(kind))
    lead = open_lead_of(household_id)
    if lead is not None and lead.state == OwnedState.OPEN:
        ask_closure(by=by, lead_id=lead.pk, closure=closure, note=told, at=at)
    watch = open_watch_of(household_id)
    if watch is not None and watch.state == OwnedState.OPEN:
        ask_watch_closure(by=by, watch_id=watch.pk, closure=closure, note=told, at=at)
    record("household.gone", by=by, at=at, about=household, household_id=household_id, dong_id=household.dong_id,
           gu_id=gu_of(household.dong_id), why=str(kind))  # fmt: skip
