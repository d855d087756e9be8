"""What follows from a contact: the planned visit, the register, targets, the search, the watch."""

from datetime import date, datetime
from typing import Any

from chatdong.ground.households import actions as households
from chatdong.ground.households.states import HouseholdState
from chatdong.kernel.clock import kst
from chatdong.policy.actor import Actor
from chatdong.safetynet.visits.actions.closing import ask_or_close, needs_second_person
from chatdong.safetynet.visits.actions.comebacks import bring_back
from chatdong.safetynet.visits.actions.held import in_name_of, lock_watch
from chatdong.safetynet.visits.actions.searches import follow_attempts
from chatdong.safetynet.visits.models import Contact, Target, Unreached, Visit, Watch
from chatdong.safetynet.visits.queries.attempts import RUNG_STEP, last_answer
from chatdong.safetynet.visits.queries.homes import home_at, is_gone, living
from chatdong.safetynet.visits.queries.rules import next_visit_at
from chatdong.safetynet.visits.states import (
    GONE,
    ClosureReason,
    NextStep,
    Outcome,
    OwnedState,
    Rung,
    TargetState,
    VisitState,
    Way,
)

CLOSURE_OF = {
    Outcome.MOVED: ClosureReason.MOVED,
    Outcome.DIED: ClosureReason.DIED,
    Outcome.ADMITTED: ClosureReason.ADMITTED,
}
TARGET_OF = {
    Outcome.MET: TargetState.MET,
    Outcome.REFUSED: TargetState.REFUSED,
    Outcome.MOVED: TargetState.MOVED,
    Outcome.DIED: TargetState.DIED,
    Outcome.ADMITTED: TargetState.ADMITTED,
}
UNDECIDED = (TargetState.WAITING, TargetState.REFUSED)


def follow_contact(
    contact: Contact, *, home: Any, by: Actor, at: datetime, owner_id: int | None, corrected: Contact | None,
    gone_on: date | None = None,
) -> None:  # fmt: skip
    """Everything else that a contact changes, within its transaction. The household is locked by the caller."""
    _finish_visit(contact)
    if corrected is not None:
        Target.objects.filter(contact_id=corrected.pk).update(state=TargetState.WAITING, reached_at=None, contact=None)
        bring_back(corrected, home=home, by=by, at=at, owner_id=owner_id)
    concerned = _concerned(contact, home)
    all_gone = contact.outcome in GONE and _note_gone(contact, home, concerned, by, at, gone_on)
    _mark_targets(contact, home, concerned, all_gone)
    search = follow_attempts(home, at=at, worker_id=owner_id or contact.worker_id)
    watch = lock_watch(home.pk)
    if watch is not None:
        _move_watch(watch, contact, search, all_gone, by, at)


def _finish_visit(contact: Contact) -> None:
    planned = Visit.objects.filter(household_id=contact.household_id, state=VisitState.PLANNED)
    if contact.visit_id is not None:
        planned.filter(pk=contact.visit_id).update(state=VisitState.DONE)
    if contact.way != Way.VISIT:
        return
    # Whoever planned to go by this day has gone; what is planned for later stays.
    there = {contact.worker_id, contact.companion_id} - {None}
    planned.filter(planned_on__lte=kst(contact.at).date(), worker_id__in=there).update(state=VisitState.DONE)


def _concerned(contact: Contact, home: Any) -> list[Any]:
    """The residents a contact is about: those named, else, for a departure, everybody; else the only one there is."""
    people = living(home)
    if contact.met:
        return list(home.residents.filter(pk__in=contact.met))
    if contact.outcome in GONE or len(people) == 1:
        return people
    return []


def _note_gone(contact: Contact, home: Any, concerned: list[Any], by: Actor, at: datetime, gone_on: date | None = None) -> bool:
    """Bring deaths, moves and admissions into the register; is nobody left?"""
    actor, day = in_name_of(by), gone_on or kst(contact.at).date()
    staying = {one.pk for one in living(home)}
    for one in concerned:
        if one.pk not in staying:
            continue
        if contact.outcome == Outcome.DIED:
            households.note_death(by=actor, resident_id=one.pk, died_on=day, at=at)
        elif contact.outcome == Outcome.MOVED:
            households.note_move(by=actor, resident_id=one.pk, moved_on=day, at=at)
        else:
            households.note_admission(by=actor, resident_id=one.pk, admitted_on=day, at=at)
    if living(home):
        return False
    now = home_at(home.pk)
    if not is_gone(now):
        state = HouseholdState.MOVED_OUT if contact.outcome == Outcome.MOVED else HouseholdState.ENDED
        households.set_household_state(by=actor, household_id=home.pk, state=state, at=at, why=contact.outcome)
    return True


def _mark_targets(contact: Contact, home: Any, concerned: list[Any], all_gone: bool) -> None:
    """Mark what this contact decides. A call is no visit; a refusal may still become a meeting."""
    state = TARGET_OF.get(Outcome(contact.outcome))
    if state is None:
        return
    people = {one.pk for one in concerned}
    rows = Target.objects.select_for_update().filter(household_id=home.pk, state__in=UNDECIDED)
    if contact.outcome not in GONE:
        rows = rows.filter(due_from__lte=kst(contact.at).date())
    for row in rows:
        whole = row.resident_id is None
        if (whole and (contact.outcome not in GONE or all_gone)) or row.resident_id in people:
            row.state, row.reached_at, row.contact_id = state, contact.at, contact.pk
            row.save(update_fields=["state", "reached_at", "contact"])


def _move_watch(watch: Watch, contact: Contact, search: Unreached | None, all_gone: bool, by: Actor, at: datetime) -> None:
    answered_on, watch.last_contact_at = last_answer(watch.household_id)
    if all_gone and watch.state == OwnedState.OPEN:
        note = str(Outcome(contact.outcome).label)
        ask_or_close(watch, CLOSURE_OF[Outcome(contact.outcome)], note, by=by, at=at, second=needs_second_person(watch))
        return
    if watch.state == OwnedState.OPEN:
        step_from_contacts(watch, search, answered_on, at)
    watch.version += 1
    watch.save()


def step_from_contacts(watch: Watch, search: Unreached | None, answered_on: date | None, at: datetime) -> None:
    """The next step as the contacts say: the search's while one is open, else the rhythm from the last answer. Not saved."""
    if search is not None:
        watch.next_step, watch.next_at = RUNG_STEP[Rung(search.rung)], search.next_at
        return
    since = answered_on or kst(watch.opened_at).date()
    gu_id = home_at(watch.household_id).dong.gu_id
    watch.next_step = NextStep.WATCH
    watch.next_at = next_visit_at(watch.grade, watch.suicide, since, on=kst(at).date(), gu_id=gu_id)
