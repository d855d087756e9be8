"""What is known of a household's open lead, and who answers for the household."""

from typing import Any

from chatdong.policy.actor import Actor
from chatdong.policy.check import Where, reach
from chatdong.policy.permissions import Permission
from chatdong.safetynet.discovery.models import Lead
from chatdong.safetynet.discovery.states import Urgency
from chatdong.safetynet.visits.models import Watch
from chatdong.safetynet.visits.queries import owners_of as visits_owners
from chatdong.safetynet.visits.states import Grade, OwnedState


def open_lead_of(household_id: int) -> Lead | None:
    """The household's open lead; there is at most one."""
    return Lead.objects.filter(household_id=household_id).exclude(state=OwnedState.CLOSED).select_related("worker").first()


def open_watch_of(household_id: int) -> Watch | None:
    """The household's open watch; there is at most one."""
    return Watch.objects.filter(household_id=household_id).exclude(state=OwnedState.CLOSED).first()


def worker_of_household(household_id: int) -> int | None:
    """Who already answers for a household: the worker of its open lead, else of its watch."""
    owned = open_lead_of(household_id) or open_watch_of(household_id)
    return None if owned is None else owned.worker_id


def needs_second_person(lead: Lead) -> bool:
    """Whether ending this lead needs a second person: high risk, suicide risk, or a report that asked for help at once."""
    watch = open_watch_of(lead.household_id)
    watched = watch is not None and (watch.grade == Grade.HIGH or watch.suicide)
    return watched or lead.urgency == Urgency.NOW


def owners_of(household_id: int) -> frozenset[int]:
    """The accounts that answer for anything open about a household: lead, watch, search, planned visits, targets."""
    lead = open_lead_of(household_id)
    return visits_owners(household_id) | (frozenset() if lead is None else frozenset({lead.worker_id}))


def may_place(by: Actor, household: Any) -> bool:
    """Whether the actor may learn where a household lives more closely than its dong; always so where that is not hidden."""
    if household is None or not household.address_hidden:
        return True
    return reach(by, Permission.HIDDEN_ADDRESS_READ).holds(where_of(household.pk, household.dong_id))


def where_of(household_id: int, dong_id: int) -> Where:
    """Where a household stands for rights: its dong, and everybody who answers for something of it."""
    return Where(dong_id=dong_id, owner_ids=owners_of(household_id), household_id=household_id)
