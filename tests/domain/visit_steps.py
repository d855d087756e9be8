"""Short ways to do what tests of visits do all the time: grade a household, write down a contact, look at its watch."""

from datetime import datetime, timedelta
from uuid import uuid4

from chatdong.kernel.clock import KST
from chatdong.policy.actor import Actor
from chatdong.safetynet.visits.actions import assess_household, record_contact
from chatdong.safetynet.visits.models import Contact, Unreached, Watch
from chatdong.safetynet.visits.states import OwnedState

HIGH = ["no_food", "eviction"]
MEDIUM = ["untreated_illness", "lives_alone"]
LOW = ["lives_alone"]
SUICIDE = ["suicide_plan"]


def moment(day: int, hour: int, month: int = 3, year: int = 2026, minute: int = 0) -> datetime:
    """A moment near the world's now (Monday 2026-03-16 09:00 KST)."""
    return datetime(year, month, day, hour, minute, tzinfo=KST)


def grade(by: Actor, household, reasons: list[str], at: datetime, **rest):
    """Grade a household."""
    return assess_household(by=by, household_id=household.pk, reasons=reasons, at=at, **rest)


def contact(by: Actor, household, done_at: datetime, *, way: str = "visit", outcome: str = "met", **rest) -> Contact:
    """Write down a contact a minute after it was made, on a form of its own."""
    rest.setdefault("key", uuid4())
    rest.setdefault("at", done_at + timedelta(minutes=1))
    return record_contact(by=by, household_id=household.pk, done_at=done_at, way=way, outcome=outcome, **rest)


def watch(household) -> Watch | None:
    """The household's open watch."""
    return Watch.objects.filter(household_id=household.pk).exclude(state=OwnedState.CLOSED).first()


def search(household) -> Unreached | None:
    """The household's newest search."""
    return Unreached.objects.filter(household_id=household.pk).order_by("-id").first()


def residents(household) -> list[int]:
    """The ids of everybody in a household, in order."""
    return list(household.residents.order_by("id").values_list("id", flat=True))
