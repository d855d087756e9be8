"""Deadlines of discovery: dated rules read through the clock engine."""

from datetime import date, datetime, timedelta

from chatdong.ground.places.queries import rule
from chatdong.safetynet.discovery.states import ClimbRung
from chatdong.safetynet.visits.queries.rules import due_at as due_by

RUNGS = (ClimbRung.WORKER, ClimbRung.TEAM_LEAD, ClimbRung.DONG_HEAD, ClimbRung.GU)


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
