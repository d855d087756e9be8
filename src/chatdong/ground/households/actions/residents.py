"""What befalls a resident: death, moving away, going into a home or hospital, and coming back."""

from collections.abc import Iterable
from datetime import date, datetime

from chatdong.ground.households.actions.rights import opened_with
from chatdong.ground.households.models import Household, Resident
from chatdong.ground.households.states import ResidentState
from chatdong.kernel.errors import Conflict, Invalid
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record

_RIGHTS = (Permission.HOUSEHOLD_EDIT, Permission.VISIT_RECORD, Permission.REPORT_TRIAGE)


@action
def note_death(*, by: Actor, resident_id: int, died_on: date, at: datetime, owner_ids: Iterable[int] = ()) -> Resident:
    """A resident has died. Told twice, the first day stays. The household's state is for the caller to turn.

    Raises:
        Invalid: a day that is yet to come or before birth (field `died_on`). Forbidden, NotFound.
    """
    household, row = opened_with(by, resident_id, *_RIGHTS, owner_ids=owner_ids)
    if died_on > at.date() or (row.birth_date and died_on < row.birth_date):
        raise Invalid({"died_on": "사망일을 다시 확인해 주세요."})
    if row.state != ResidentState.DIED:
        row.state, row.died_on = ResidentState.DIED, died_on
        row.save()
        _changed(household, at)
    record("resident.died", by=by, at=at, about=row, household_id=household.pk, dong_id=household.dong_id)
    return row


@action
def note_move(*, by: Actor, resident_id: int, moved_on: date, at: datetime, owner_ids: Iterable[int] = ()) -> Resident:
    """A resident has moved away. Raises Conflict for somebody who has died, Invalid for a day yet to come."""
    return _leave(by, resident_id, ResidentState.MOVED, moved_on, at, owner_ids)


@action
def note_admission(*, by: Actor, resident_id: int, admitted_on: date, at: datetime, owner_ids: Iterable[int] = ()) -> Resident:
    """A resident lives in a home or hospital for now. Raises as `note_move`."""
    return _leave(by, resident_id, ResidentState.ADMITTED, admitted_on, at, owner_ids)


@action
def note_return(*, by: Actor, resident_id: int, at: datetime, owner_ids: Iterable[int] = (), was_wrong: bool = False) -> Resident:
    """Somebody who had left lives there again. Raises Conflict for somebody who has died, unless that `was_wrong`ly written."""
    household, row = opened_with(by, resident_id, *_RIGHTS, owner_ids=owner_ids)
    if was_wrong:
        row.died_on = None
    else:
        _alive(row)
    row.state, row.moved_on = ResidentState.LIVING, None
    row.save()
    _changed(household, at)
    record("resident.returned", by=by, at=at, about=row, household_id=household.pk, dong_id=household.dong_id)
    return row


def _leave(by: Actor, resident_id: int, state: ResidentState, on: date, at: datetime, owner_ids: Iterable[int]) -> Resident:
    household, row = opened_with(by, resident_id, *_RIGHTS, owner_ids=owner_ids)
    _alive(row)
    if on > at.date():
        raise Invalid({"moved_on": "날짜를 다시 확인해 주세요."})
    if row.state != state:
        row.state, row.moved_on = state, on
        row.save()
        _changed(household, at)
    record(f"resident.{state}", by=by, at=at, about=row, household_id=household.pk, dong_id=household.dong_id)
    return row


def _alive(row: Resident) -> None:
    if row.state == ResidentState.DIED:
        raise Conflict("사망으로 적힌 주민입니다.")


def _changed(household: Household, at: datetime) -> None:
    household.version, household.changed_at = household.version + 1, at
    household.save(update_fields=["version", "changed_at"])
