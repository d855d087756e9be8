"""The household a visit is about: where it stands, who answers for it, and who lives there.

The ground's rows are reached through the foreign keys that point at them; nothing of theirs is written from here.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from chatdong.ground.households.queries import former_ids
from chatdong.ground.households.states import HouseholdState, ResidentState
from chatdong.kernel.errors import NotFound
from chatdong.policy.actor import Actor
from chatdong.policy.check import Where, reach
from chatdong.policy.permissions import Permission
from chatdong.safetynet.visits.models import Target, Unreached, Visit, Watch
from chatdong.safetynet.visits.states import OwnedState, TargetState, UnreachedState, VisitState

Households: Any = Watch._meta.get_field("household").related_model
Residents: Any = Target._meta.get_field("resident").related_model
Accounts: Any = Watch._meta.get_field("worker").related_model


def home_at(household_id: int) -> Any:
    """The household with its dong, whoever asks; for what has been or will be checked. Raises NotFound."""
    home = Households.objects.select_related("dong", "tong").filter(pk=household_id).first()
    if home is None:
        raise NotFound
    return home


def lock_home(household_id: int) -> Any:
    """The same, locked until the action ends: what is written about one household happens one after another."""
    home_at(household_id)
    Households.at(household_id)
    return home_at(household_id)


def owners_of(household_id: int) -> frozenset[int]:
    """The accounts that answer for anything open about a household here: watch, search, planned visits, targets."""
    found: set[int | None] = set(open_watches().filter(household_id=household_id).values_list("worker_id", flat=True))
    found |= set(
        Unreached.objects.filter(household_id=household_id, state=UnreachedState.OPEN).values_list("worker_id", flat=True)
    )
    planned = Visit.objects.filter(household_id=household_id, state=VisitState.PLANNED)
    for pair in planned.values_list("worker_id", "companion_id"):
        found |= set(pair)
    waiting = Target.objects.filter(household_id=household_id, state=TargetState.WAITING)
    found |= set(waiting.values_list("worker_id", flat=True))
    return frozenset(one for one in found if one is not None)


def where_of(home: Any, also: int | None = None) -> Where:
    """Where a household stands for the policy. `also`: who answers for it in another app (an open lead's worker)."""
    owners = owners_of(home.pk) | (frozenset() if also is None else frozenset({also}))
    return Where(dong_id=home.dong_id, owner_ids=owners, household_id=home.pk)


def readable_home(by: Actor, household_id: int, permission: Permission, also: int | None = None) -> Any:
    """A household within reach. Raises NotFound, which also stands for what is out of reach."""
    home = home_at(household_id)
    if not reach(by, permission).holds(where_of(home, also)):
        raise NotFound
    return home


def open_watches() -> QuerySet[Watch]:
    """Watches that are not closed."""
    return Watch.objects.filter(~Q(state=OwnedState.CLOSED))


def living(home: Any) -> list[Any]:
    """The residents who still live there."""
    return list(home.residents.filter(state=ResidentState.LIVING).order_by("id"))


def is_gone(home: Any) -> bool:
    """Whether nobody can be visited there any more."""
    return home.state in (HouseholdState.MOVED_OUT, HouseholdState.ENDED, HouseholdState.MERGED)


def same_home(household_id: int) -> list[int]:
    """The household and those that were merged into it: their records stay where they were written."""
    return [household_id, *former_ids(household_id)]


def names_of(account_ids: Iterable[int | None]) -> dict[int, str]:
    """The names of some accounts."""
    return dict(Accounts.objects.filter(pk__in={one for one in account_ids if one is not None}).values_list("id", "name"))
