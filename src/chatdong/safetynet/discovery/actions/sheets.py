"""The whole visit sheet of a household in one transaction: what was done, what it means, what comes next."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from chatdong.ground.households.states import HouseholdState
from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Invalid
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.discovery.actions.closures import ask_closure
from chatdong.safetynet.discovery.actions.deputy import deputed, ensure_here, locked_household
from chatdong.safetynet.discovery.actions.leads import apply_next, closed_again, keep
from chatdong.safetynet.discovery.models import Lead
from chatdong.safetynet.discovery.queries.leads import open_lead_of, open_watch_of, where_of
from chatdong.safetynet.discovery.states import Next
from chatdong.safetynet.visits.actions import (
    ask_watch_closure,
    assess_household,
    plan_visit,
    record_contact,
    set_watch_next,
)
from chatdong.safetynet.visits.models import Contact, Unreached
from chatdong.safetynet.visits.states import NOT_REACHED, ClosureReason, NextStep, Outcome, OwnedState, UnreachedState, VisitKind

GONE_AS: dict[str, ClosureReason] = {
    Outcome.MOVED: ClosureReason.MOVED,
    Outcome.DIED: ClosureReason.DIED,
    Outcome.ADMITTED: ClosureReason.ADMITTED,
}


@action
def record_visit_of(
    *, by: Actor, key: UUID, household_id: int, at: datetime, done_at: datetime, way: str, outcome: str, seen: str = "",
    needs: Sequence[str] = (), met: Sequence[int] = (), next: Next | None = None, reasons: list[str] | None = None,  # noqa: A002
    companion_id: int | None = None, visit_id: int | None = None, left_notice: bool = False,
    gone_on: date | None = None,
) -> Contact:  # fmt: skip
    """Record a visit or call with everything that follows: contact, first contact of the lead, grade, next step or closure.

    Sending the same `key` again changes nothing and gives the same contact.

    Raises:
        Invalid: what `record_contact`, `assess_household`, `set_lead_next` and `ask_closure` refuse, with their fields.
    """
    household = locked_household(household_id)
    ensure_here(by, Permission.VISIT_RECORD, Permission.VISIT_READ, where_of(household_id, household.dong_id))
    is_again, lead = Contact.objects.filter(key=key).exists(), open_lead_of(household_id)
    owner_id = lead.worker_id if lead is not None else None
    contact = record_contact(
        by=by, key=key, household_id=household_id, at=at, done_at=done_at, way=way, outcome=outcome, seen=seen, needs=needs,
        met=met, companion_id=companion_id, visit_id=visit_id, left_notice=left_notice, owner_id=owner_id,
        gone_on=gone_on,
    )  # fmt: skip
    if not is_again:
        if reasons is not None:
            assess_household(by=by, household_id=household_id, reasons=reasons, at=at, worker_id=owner_id)
        if lead is not None:
            _lead_after(Lead.at(lead.pk), by=by, at=at, done_at=done_at, outcome=outcome, then=next)
        elif next is not None:
            _watch_after(household_id, by=by, at=at, then=next, companion_id=companion_id)
    record("visit.sheet", by=by, at=at, about=contact, household_id=household_id, dong_id=contact.dong_id)
    return contact


def _lead_after(lead: Lead, *, by: Actor, at: datetime, done_at: datetime, outcome: str, then: Next | None) -> None:
    if outcome not in NOT_REACHED and lead.first_contact_at is None:
        lead.first_contact_at = done_at
        keep(lead, by=by, at=at, why="contacted")
    if then is None:
        then = _usual_next(lead, outcome, at)
        # What follows from the outcome alone is not the visitor's decision: a nurse who finds somebody dead is not held up.
        by = deputed(by)
    if then is None:
        return
    if lead.state == OwnedState.CLOSING:
        # Somebody was there again: what was asked before no longer holds, the sheet says what does.
        closed_again(lead, NextStep.VISIT, at)
        keep(lead, by=by, at=at, why="visited")
    if then.closure or then.step == NextStep.WATCH:
        closure = then.closure or ClosureReason.WATCHED
        ask_closure(by=by, lead_id=lead.pk, closure=closure, note=then.note, at=at)
        return
    if then.at is None:
        raise Invalid({"next_at": _("언제까지 할지 적어 주세요.")})
    apply_next(lead, then.step, then.at, at)
    keep(lead, by=by, at=at, why="next")


def _usual_next(lead: Lead, outcome: str, at: datetime) -> Next | None:
    """What follows when the sheet leaves it open: try again, close for a household that is gone; otherwise it must be said."""
    if outcome in GONE_AS and locked_household(lead.household_id).state in (HouseholdState.MOVED_OUT, HouseholdState.ENDED):
        return Next(closure=GONE_AS[outcome])
    if outcome in NOT_REACHED:
        search = Unreached.objects.filter(household_id=lead.household_id, state=UnreachedState.OPEN).first()
        until = search.next_at if search is not None and search.next_at is not None else at
        return Next(step=NextStep.TRY_AGAIN, at=max(until, at + timedelta(hours=1)))
    if lead.state == OwnedState.CLOSING:
        return None
    raise Invalid({"next_step": _("다음 할 일을 정해 주세요.")})


def _watch_after(household_id: int, *, by: Actor, at: datetime, then: Next, companion_id: int | None) -> None:
    watch = open_watch_of(household_id)
    if then.step == NextStep.WATCH:
        return
    if watch is None:
        if then.at is not None:
            # Nothing is open that could hold the next step: a planned visit does.
            day = kst(then.at).date()
            plan_visit(
                by=by, household_id=household_id, planned_on=day, kind=VisitKind.FOLLOW_UP, companion_id=companion_id, at=at
            )
        return
    if then.closure:
        if watch.state == OwnedState.OPEN:
            ask_watch_closure(by=by, watch_id=watch.pk, closure=then.closure, note=then.note, at=at)
    elif then.at is None:
        raise Invalid({"next_at": _("언제까지 할지 적어 주세요.")})
    else:
        set_watch_next(by=by, watch_id=watch.pk, next_step=then.step, next_at=then.at, at=at)
