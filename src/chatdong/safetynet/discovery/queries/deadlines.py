"""Deadlines of discovery: dated rules read through the clock engine."""

from datetime import date, datetime, timedelta

from chatdong.engines import clocks
from chatdong.ground.places.queries import rule, work_calendar
from chatdong.kernel.clock import kst
from chatdong.safetynet.discovery.states import ClimbRung

RUNGS = (ClimbRung.WORKER, ClimbRung.TEAM_LEAD, ClimbRung.DONG_HEAD, ClimbRung.GU)


def due_by(key: str, *, since: datetime, gu_id: int | None) -> datetime:
    """When a promise of the rules (`first_contact.today`, `report.match` ...) given at a moment falls due.

    Raises KeyError for a rule that does not exist on that day.
    """
    promise = clocks.parse_promise(rule(key, on=kst(since).date(), gu_id=gu_id).value)
    return clocks.due(promise, since, work_calendar())


def first_contact_due(urgency: str, *, since: datetime, gu_id: int | None) -> datetime:
    """By when somebody must have been in touch."""
    return due_by(f"first_contact.{urgency}", since=since, gu_id=gu_id)


def report_due(urgency: str, *, since: datetime, gu_id: int | None) -> datetime:
    """By when an unmatched report must have found its household: never later than the first contact itself."""
    return min(first_contact_due(urgency, since=since, gu_id=gu_id), due_by("report.match", since=since, gu_id=gu_id))


def ladder_of(on: date, gu_id: int | None) -> dict[ClimbRung, timedelta]:
    """How long after a missed deadline each rung is told, in clock hours; the worker at once."""
    value = rule("ladder", on=on, gu_id=gu_id).value
    waits = {rung: timedelta(hours=float(value.get(f"{rung.value}_hours", 0))) for rung in RUNGS}
    waits[ClimbRung.WORKER] = timedelta(0)
    return waits
