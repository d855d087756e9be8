"""Deadlines: a promise, the calendar it is counted on, its pauses, and the ladder a missed one climbs."""

from chatdong.engines.clocks.calendar import OfficeHours, WorkCalendar, public_holidays
from chatdong.engines.clocks.due import StillPaused, due, elapsed, late_by
from chatdong.engines.clocks.ladder import Rung, next_rung_at, parse_ladder, rung_times, rungs_due
from chatdong.engines.clocks.pauses import Pause
from chatdong.engines.clocks.promise import Basis, Promise, Unit, parse_promise
from chatdong.engines.clocks.reading import Reading, State, span_in_words, state

__all__ = [
    "Basis",
    "OfficeHours",
    "Pause",
    "Promise",
    "Reading",
    "Rung",
    "State",
    "StillPaused",
    "Unit",
    "WorkCalendar",
    "due",
    "elapsed",
    "late_by",
    "next_rung_at",
    "parse_ladder",
    "parse_promise",
    "public_holidays",
    "rung_times",
    "rungs_due",
    "span_in_words",
    "state",
]
