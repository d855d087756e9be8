"""Who comes onto a visit list in a period, each once: a person once a cohort, a family once a birth, a household once a year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from chatdong.engines.cohorts.people import Candidate
from chatdong.engines.cohorts.table import Cohort, Joining, Window, window_on
from chatdong.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Arrival:
    """One line of a visit list. ``ref``: resident or household, by the cohort's unit. ``month``: first day of the list's month.

    The visit is due from ``due_from`` to ``due_by``, both included. ``joined_on``: the day that put it on the list.
    """

    ref: str
    joined_on: date
    due_from: date
    due_by: date
    month: date
    reason: str


def arrivals(
    cohort: Cohort, people: Iterable[Candidate], period: Period, windows: Sequence[Window] | None = None
) -> list[Arrival]:
    """The arrivals of a cohort in a period, by due date. ``windows``: the district's own dated windows, else the row's.

    Each day of joining lies in exactly one part of a partition, so cutting a year into months (or any other parts)
    neither loses nor doubles anybody. ``people`` must be whole households, not only those of the period.
    """
    known, windows = tuple(people), tuple(windows or cohort.windows)
    found = [
        _arrival(joining, windows)
        for year in range(period.start.year, period.end.year + 1)
        for joining in cohort.joins(known, year, windows)
        if joining.on in period
    ]
    return sorted(found, key=lambda arrival: (arrival.due_by, arrival.joined_on, arrival.ref))


def _arrival(joining: Joining, windows: Sequence[Window]) -> Arrival:
    month = Period.month(joining.on.year, joining.on.month)
    window = window_on(windows, joining.window_from)
    by_month = window.days is None and not joining.is_late
    return Arrival(
        ref=joining.ref,
        joined_on=joining.on,
        due_from=month.start if by_month else joining.on,
        due_by=window.due_by(joining),
        month=month.start,
        reason=joining.reason,
    )
