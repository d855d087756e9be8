"""The household a claim is about, for whoever may see its benefits."""

from collections.abc import Iterable
from typing import Any

from chatdong.ground.households.queries import former_ids, household_row
from chatdong.policy.actor import Actor
from chatdong.policy.check import Where
from chatdong.policy.permissions import Permission
from chatdong.safetynet.benefits.models import Claim

Residents: Any = Claim._meta.get_field("resident").related_model
Homes: Any = Claim._meta.get_field("household").related_model
Circumstance: Any = Homes._meta.get_field("circumstances").related_model


def workers_of(household_id: int) -> frozenset[int]:
    """Accounts that answer for an open claim of a household."""
    return frozenset(Claim.objects.filter(household_id=household_id, closed_at=None).values_list("worker_id", flat=True))


def home_for(by: Actor, household_id: int, permission: Permission, owner_ids: Iterable[int] = ()) -> Any:
    """The household within reach. `owner_ids`: who answers for it in other apps, said by them.

    Raises:
        NotFound: there is none, or it is out of reach; the two look the same.
        Conflict: it became another household.
    """
    return household_row(by, household_id, permission, owner_ids={*owner_ids, *workers_of(household_id)})


def same_home(household_id: int) -> list[int]:
    """The household and those that were joined into it: what was written stays where it was written."""
    return [household_id, *former_ids(household_id)]


def former_homes(household_ids: Iterable[int]) -> dict[int, int]:
    """Every household that was joined into one of these, directly or through others, with the one it goes on as."""
    last = {pk: pk for pk in household_ids}
    found: dict[int, int] = {}
    while last:
        joined = Homes.objects.filter(merged_into_id__in=list(last)).values_list("id", "merged_into_id")
        last = {pk: last[into] for pk, into in joined if pk not in found}
        found |= last
    return found


def where_of(home: Any, owner_ids: Iterable[int] = ()) -> Where:
    """Where a household stands for the policy."""
    return Where(home.dong_id, frozenset({*owner_ids, *workers_of(home.pk)}), home.pk)
