"""How a watch ends: at once for medium and low risk, with a second person for high risk (CLOSING)."""

from datetime import datetime

from django.utils.translation import gettext as _

from chatdong.ground.messages.actions import tell
from chatdong.ground.messages.states import MessageKind
from chatdong.policy.actor import Actor
from chatdong.safetynet.visits.actions.told import leads_of, page_path
from chatdong.safetynet.visits.models import Unreached, Watch
from chatdong.safetynet.visits.queries.homes import home_at
from chatdong.safetynet.visits.queries.rules import due_at
from chatdong.safetynet.visits.states import OWNED_TURNS, ClosureReason, Grade, NextStep, OwnedState, UnreachedState

GONE_CLOSURES = (ClosureReason.MOVED, ClosureReason.DIED, ClosureReason.ADMITTED)


def needs_second_person(watch: Watch) -> bool:
    """High risk and suicide risk never end by one person's word."""
    return watch.grade == Grade.HIGH or watch.suicide


def ask_or_close(watch: Watch, closure: ClosureReason, note: str, *, by: Actor, at: datetime, second: bool) -> None:
    """Close the watch, or ask for the second person and tell who may confirm. The watch is saved."""
    watch.closure, watch.closure_note = closure, note[:500]
    watch.closure_asked_by_id, watch.closure_asked_at = by.account_id, at
    watch.needs_second = second
    if not second:
        close(watch, at=at)
        return
    turn(watch, OwnedState.CLOSING)
    watch.next_step = NextStep.CONFIRM_CLOSURE
    watch.next_at = due_at("closure.confirm", since=at, gu_id=home_at(watch.household_id).dong.gu_id)
    watch.version += 1
    watch.save()
    tell(
        leads_of(watch.dong_id, at, besides=by.account_id), MessageKind.CLOSURE, _("종결을 확인할 가구가 있습니다."),
        at=at, key=f"watch:{watch.pk}:closing:{watch.version}", path=page_path(watch.household_id),
        household_id=watch.household_id,
    )  # fmt: skip


def close(watch: Watch, *, at: datetime, confirmed_by: int | None = None) -> None:
    """Close for good; a search for somebody who is known to be gone ends with it. The watch is saved."""
    turn(watch, OwnedState.CLOSED)
    watch.next_step, watch.next_at = "", None
    watch.closed_at, watch.closure_confirmed_by_id = at, confirmed_by
    watch.version += 1
    watch.save()
    if watch.closure in GONE_CLOSURES:
        searches = Unreached.objects.filter(household_id=watch.household_id, state=UnreachedState.OPEN)
        searches.update(state=UnreachedState.FOUND, ended_at=at)


def reopen(watch: Watch) -> None:
    """Back to OPEN, the closure forgotten; the caller sets the next step and saves."""
    turn(watch, OwnedState.OPEN)
    watch.closure, watch.needs_second = "", False
    watch.closure_asked_by_id = watch.closure_asked_at = None
    watch.next_step = NextStep.WATCH


def turn(watch: Watch, state: OwnedState) -> None:
    """Move to a state that may follow. Asking again while the answer is awaited changes what is asked."""
    if watch.state != state and state not in OWNED_TURNS[watch.state]:
        raise ValueError(f"a watch cannot go from {watch.state} to {state}")
    watch.state = state
