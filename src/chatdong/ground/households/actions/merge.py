"""Two rows that are one household: everything moves, nothing is deleted, both ids keep leading there."""

from datetime import datetime

from chatdong.ground.households.actions.indexed import reindex
from chatdong.ground.households.actions.rights import opened
from chatdong.ground.households.models import Circumstance, Household
from chatdong.ground.households.states import HOUSEHOLD_TURNS, HouseholdState
from chatdong.kernel.errors import Conflict, Invalid
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record


@action
def merge_rows(*, by: Actor, keep_id: int, drop_id: int, at: datetime) -> Household:
    """Join `drop_id` into `keep_id`: residents, consents and circumstances move over; the dropped row says what it became.

    An address that is hidden in either stays hidden, and so does a warning to go in pairs. What the kept row does not know is
    taken from the other one.

    Raises:
        Forbidden: HOUSEHOLD_MERGE is needed at both. NotFound.
        Conflict: one of them was joined before, or has ended. Invalid: twice the same.
    """
    if keep_id == drop_id:
        raise Invalid({"drop": "같은 가구입니다. 서로 다른 두 가구를 골라 주세요."})
    # Locked in one order, whichever of the two is kept, so that two such joins never wait for each other.
    rows = {pk: opened(by, pk, Permission.HOUSEHOLD_MERGE) for pk in sorted((keep_id, drop_id))}
    keep, drop = rows[keep_id], rows[drop_id]
    if HouseholdState.MERGED not in HOUSEHOLD_TURNS[drop.state]:
        raise Conflict(f"'{drop.get_state_display()}' 가구는 합칠 수 없습니다.")
    moved = {
        "residents": drop.residents.update(household=keep),
        "consents": drop.consents.update(household=keep),
        "circumstances": _move_circumstances(keep, drop, at),
    }
    keep.address_hidden = keep.address_hidden or drop.address_hidden
    keep.two_workers = keep.two_workers or drop.two_workers
    keep.phone, keep.staff_note = keep.phone or drop.phone, keep.staff_note or drop.staff_note
    if not keep.road_address:
        for name in ("road_address", "address_detail", "dwelling", "lon", "lat"):
            setattr(keep, name, getattr(drop, name))
    drop.state, drop.merged_into, drop.address_hidden = HouseholdState.MERGED, keep, keep.address_hidden
    for row in (drop, keep):
        reindex(row)
        row.version, row.changed_at = row.version + 1, at
        row.save()
    record(
        "household.merge", by=by, at=at, about=drop, household_id=keep.pk, subjects=(keep.pk, drop.pk), dong_id=keep.dong_id,
        details=moved,
    )  # fmt: skip
    return keep


def _move_circumstances(keep: Household, drop: Household, at: datetime) -> int:
    """One that both have goes over as ended today: the table holds one open of a kind for a household."""
    open_kinds = set(keep.circumstances.filter(until=None, resident=None).values_list("kind", flat=True))
    twice = Circumstance.objects.filter(household=drop, until=None, resident=None, kind__in=open_kinds)
    twice.update(until=at.date())
    return drop.circumstances.update(household=keep)
