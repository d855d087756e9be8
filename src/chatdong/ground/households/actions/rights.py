"""Opening a household for a change: locked, within reach, and not one that became another."""

from collections.abc import Iterable

from chatdong.ground.households.models import Household, Resident
from chatdong.ground.households.states import HouseholdState
from chatdong.kernel.errors import Conflict, NotFound
from chatdong.policy.actor import Actor
from chatdong.policy.check import Where, ensure, may
from chatdong.policy.permissions import Permission


def ensure_one(by: Actor, rights: tuple[Permission, ...], where: Where) -> None:
    """Refuse unless one of some rights holds here; the first one gives the reason. Raises Forbidden."""
    ensure(by, next((right for right in rights if may(by, right, where)), rights[0]), where)


def opened(by: Actor, household_id: int, *rights: Permission, owner_ids: Iterable[int] = ()) -> Household:
    """The household, locked until the action ends, for somebody who has one of the rights there.

    `owner_ids` are the accounts that answer for it; only the apps above know them.

    Raises:
        NotFound: there is none, or the actor may not even see it: the two look the same.
        Forbidden: the actor may see it, and no more.
        Conflict: it was joined with another one.
    """
    row = _row(household_id)
    where = Where(row.dong_id, frozenset(owner_ids), row.pk)
    if not any(may(by, right, where) for right in (*rights, Permission.HOUSEHOLD_READ)):
        raise NotFound("가구를 찾을 수 없습니다.")
    ensure_one(by, rights, where)
    return _standing(row)


def locked(household_id: int) -> Household:
    """The household, locked, for an action that has asked for its right already. Raises NotFound, Conflict."""
    return _standing(_row(household_id))


def _row(household_id: int) -> Household:
    try:
        return Household.at(household_id)
    except Household.DoesNotExist as error:
        raise NotFound("가구를 찾을 수 없습니다.") from error


def _standing(row: Household) -> Household:
    if row.state == HouseholdState.MERGED:
        raise Conflict("다른 가구와 합쳐진 가구입니다. 합쳐진 가구를 열어 주세요.")
    return row


def opened_with(by: Actor, resident_id: int, *rights: Permission, owner_ids: Iterable[int] = ()) -> tuple[Household, Resident]:
    """The household of a resident and the resident, locked in this order. Raises as `opened`."""
    household_id = Resident.objects.filter(pk=resident_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise NotFound("주민을 찾을 수 없습니다.")
    household = opened(by, household_id, *rights, owner_ids=owner_ids)
    return household, Resident.at(resident_id)
