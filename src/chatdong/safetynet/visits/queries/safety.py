"""Safety plans (안전계획): seen by those who may, and every look is written down."""

from dataclasses import dataclass
from datetime import datetime

from chatdong.policy.actor import Actor
from chatdong.policy.check import may
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read
from chatdong.safetynet.visits.models import SafetyPlan
from chatdong.safetynet.visits.queries.homes import home_at, names_of, readable_home, same_home, where_of


@dataclass(frozen=True)
class SafetyPlanCard:
    """The plan that applies now, with who wrote it when."""

    id: int
    household_id: int
    resident_id: int | None
    warning_signs: str
    coping: str
    people: str
    professionals: str
    safer_place: str
    written_by: str
    at: datetime


def safety_plan_of(*, by: Actor, household_id: int, at: datetime, owner_id: int | None = None) -> SafetyPlanCard | None:
    """The newest plan of a household, or None. The look is logged. Raises NotFound out of reach."""
    home = readable_home(by, household_id, Permission.SAFETY_PLAN_READ, owner_id)
    row = _newest(household_id)
    if row is None:
        return None
    record_read("safety_plan.read", by=by, at=at, household_id=household_id, dong_id=home.dong_id)
    return SafetyPlanCard(
        row.pk, row.household_id, row.resident_id, row.warning_signs, row.coping, row.people, row.professionals,
        row.safer_place, names_of([row.by]).get(row.by or 0, ""), row.at,
    )  # fmt: skip


def has_safety_plan(household_id: int) -> bool:
    """Whether one was ever written; says nothing of what it holds."""
    return _newest(household_id) is not None


def may_read_safety_plan(by: Actor, household_id: int, owner_id: int | None = None) -> bool:
    """Whether the household page offers to open the plan."""
    return may(by, Permission.SAFETY_PLAN_READ, where_of(home_at(household_id), owner_id))


def _newest(household_id: int) -> SafetyPlan | None:
    return SafetyPlan.objects.filter(household_id__in=same_home(household_id)).order_by("-at", "-id").first()
