"""Getting one household within reach, for the apps above."""

from collections.abc import Iterable

from chatdong.ground.households.models import Household
from chatdong.ground.households.states import HouseholdState
from chatdong.kernel.errors import Conflict, NotFound
from chatdong.policy.actor import Actor
from chatdong.policy.check import Where, may
from chatdong.policy.permissions import Permission

_CHAIN = 20


def household_row(
    by: Actor, household_id: int, permission: Permission = Permission.HOUSEHOLD_READ, *, owner_ids: Iterable[int] = ()
) -> Household:
    """The row, for somebody who has a right there. `owner_ids` are the accounts that answer for it.

    Raises:
        NotFound: there is none, or it is out of reach: the two look the same.
        Conflict: it was joined with another household (`now_called` tells which).
    """
    row = Household.objects.select_related("dong__gu", "tong").filter(pk=household_id).first()
    if row is None or not may(by, permission, Where(row.dong_id, frozenset(owner_ids), row.pk)):
        raise NotFound("가구를 찾을 수 없습니다.")
    if row.state == HouseholdState.MERGED:
        raise Conflict("다른 가구와 합쳐진 가구입니다. 합쳐진 가구를 열어 주세요.")
    return row


def now_called(household_id: int) -> int:
    """The id under which a household goes on: its own, or that of the one it was joined with. Raises NotFound."""
    for _ in range(_CHAIN):
        found = Household.objects.filter(pk=household_id).values_list("merged_into_id", flat=True)
        if not found:
            raise NotFound("가구를 찾을 수 없습니다.")
        if found[0] is None:
            return household_id
        household_id = found[0]
    raise NotFound("가구를 찾을 수 없습니다.")


def former_ids(household_id: int) -> list[int]:
    """Every id that was joined into a household, directly or through others, in ascending order."""
    found: set[int] = set()
    last = {household_id}
    while last:
        last = set(Household.objects.filter(merged_into_id__in=last).values_list("id", flat=True)) - found
        found |= last
    return sorted(found)
