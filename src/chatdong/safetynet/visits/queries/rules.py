"""The dated rules of visits, read into what the engines take: rhythms, attempts, points, working days."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, cast

from chatdong.engines import clocks, risk
from chatdong.ground.places.queries import rule, work_calendar
from chatdong.safetynet.visits.states import Grade, Outcome, Rung, Slot, Way

GRADE_OF = {
    risk.Grade.HIGH: Grade.HIGH,
    risk.Grade.MEDIUM: Grade.MEDIUM,
    risk.Grade.LOW: Grade.LOW,
    risk.Grade.NONE: Grade.NONE,
}
ENGINE_GRADE = {ours: theirs for theirs, ours in GRADE_OF.items()}
ENGINE_OUTCOME = {outcome: risk.Outcome("by_phone" if outcome is Outcome.PHONE else outcome.value) for outcome in Outcome}
RUNGS = (Rung.WORKER, Rung.WARDEN, Rung.AGENCY, Rung.POLICE)
_PER_OF_MONTHS = {1: "month", 3: "quarter", 12: "year"}


def rhythms_on(on: date, gu_id: int | None) -> dict[str, risk.Rhythm]:
    """The visiting rhythms of a gu on a day (rules rhythm.high, .medium, .low, .suicide).

    A rule says `{times, per}`, or one visit in so many `days` (up to 7) or `months` (1, 3 or 12).
    Raises ValueError for a rule that cannot be read: a grade without a rhythm would be dropped.
    """
    names = ("high", "medium", "low", risk.SUICIDE)
    return risk.parse_rhythms({name: _as_rhythm(rule(f"rhythm.{name}", on, gu_id).value) for name in names})


def _as_rhythm(value: Mapping[str, Any]) -> Mapping[str, object]:
    if "days" in value:
        # rounded up: a rhythm of four days must not become one of seven
        return {"times": -(-7 // int(value["days"])), "per": "week"}
    if "months" in value:
        return {"times": 1, "per": _PER_OF_MONTHS[int(value["months"])]}
    return value


def next_visit_at(grade: int, suicide: bool, since: date, *, on: date, gu_id: int | None) -> datetime:
    """By when the next visit of a watched household is due: the office's closing hour of the engine's day.

    `since` is the day of the last contact, or the day of the grading for a household never met.
    """
    calendar = work_calendar()
    day = risk.next_visit_by(ENGINE_GRADE[Grade(grade)], suicide, since, rhythms_on(on, gu_id), calendar)
    if day is None:
        raise ValueError("a household that is not watched has no next visit")
    return calendar.closes_at(day)


def due_at(key: str, *, since: datetime, gu_id: int | None) -> datetime:
    """When a promise of the rules, such as `closure.confirm`, falls due."""
    return clocks.due(clocks.parse_promise(rule(key, since.date(), gu_id).value), since, work_calendar())


def weights_on(on: date, gu_id: int | None) -> risk.Weights:
    """The points and limits of the grading (rule risk.weights)."""
    held = rule("risk.weights", on, gu_id)
    return risk.Weights(
        medium_from=int(held.value["medium_from"]),
        high_from=int(held.value["high_from"]),
        valid_from=held.valid_from,
        source=held.source,
        points=MappingProxyType({str(code): int(points) for code, points in held.value.get("points", {}).items()}),
    )


def reach_settings(on: date, gu_id: int | None) -> risk.ReachSettings:
    """How an unreached household is tried again: hour bands, ways, and how many attempts a rung (reach.attempts, reach.bands)."""
    step = int(rule("reach.attempts", on, gu_id).value["per_rung"])
    hours = rule("reach.bands", on, gu_id).value
    return risk.ReachSettings(
        bands=tuple(
            risk.HourBand(slot.value, str(slot.label), int(hours[slot.value][0]), int(hours[slot.value][1])) for slot in Slot
        ),
        ways=tuple(engine_way(way) for way in (Way.VISIT, Way.PHONE, Way.TEXT)),
        rungs=tuple(risk.ReachRung(rung.value, str(rung.label), step * number) for number, rung in enumerate(RUNGS)),
    )


def gap_hours(on: date, gu_id: int | None) -> int:
    """How many hours lie between two attempts (rule reach.attempts)."""
    return int(rule("reach.attempts", on, gu_id).value["gap_hours"])


def back_days(on: date, gu_id: int | None) -> int:
    """How many days back something done may still be written down (rule contact.back_days)."""
    return int(rule("contact.back_days", on, gu_id).value["days"])


def engine_way(way: str) -> risk.Way:
    # The engine compares ways and reads their label; it takes ours, which also knows the ways of the higher rungs.
    return cast(risk.Way, Way(way))
