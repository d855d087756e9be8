"""A death, move or admission that was written down wrongly: whoever was taken out of the register and off the map comes back."""

from datetime import datetime
from typing import Any

from chatdong.ground.households import actions as households
from chatdong.ground.households.states import HouseholdState
from chatdong.policy.actor import Actor
from chatdong.safetynet.visits.actions.closing import reopen
from chatdong.safetynet.visits.actions.held import in_name_of, lock_watch
from chatdong.safetynet.visits.actions.watches import open_watch
from chatdong.safetynet.visits.models import Assessment, Contact, Watch
from chatdong.safetynet.visits.queries.homes import home_at, is_gone, same_home
from chatdong.safetynet.visits.states import GONE, Grade, OwnedState


def bring_back(corrected: Contact, *, home: Any, by: Actor, at: datetime, owner_id: int | None) -> None:
    """Undo what a wrong record of a departure changed: residents, household state, the watch. Nothing for other outcomes.

    The household is locked by the caller. Where the watch had been closed, a new one opens at the newest grade; where its
    closure was only asked for, the question is taken back. The caller sets the next step.
    """
    if corrected.outcome not in GONE:
        return
    actor = in_name_of(by)
    for one in home.residents.filter(pk__in=corrected.met, state=corrected.outcome):
        households.note_return(by=actor, resident_id=one.pk, at=at, was_wrong=True)
    if is_gone(home_at(home.pk)):
        households.set_household_state(by=actor, household_id=home.pk, state=HouseholdState.LIVING, at=at, why="written_wrongly")
    watch = lock_watch(home.pk)
    if watch is not None:
        if watch.state == OwnedState.CLOSING and watch.closure == corrected.outcome:
            reopen(watch)
            watch.save()
        return
    closed = Watch.objects.filter(household_id__in=same_home(home.pk), state=OwnedState.CLOSED).order_by("-closed_at").first()
    newest = Assessment.objects.filter(household_id__in=same_home(home.pk)).order_by("-at", "-id").first()
    if closed is not None and closed.closure == corrected.outcome and newest is not None and newest.grade != Grade.NONE:
        open_watch(home_at(home.pk), newest, by, at, owner_id)
