"""The 1.2.3 self-check (C-03: 복지동장·팀장 1/1/1, C-12: 복지플래너 2/2/2): one's own day, week and month against a goal.

It is a mirror for the person who did the work. A line names no person, so that lines cannot be ranked.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chatdong.kernel.period import Period


class Per(StrEnum):
    """The stretch a goal is set for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


_PER_NAMES = {Per.DAY: "하루", Per.WEEK: "한 주", Per.MONTH: "한 달"}


@dataclass(frozen=True, slots=True)
class Goal:
    """``target`` times a day, week or month. Goals come in as data with their source, such as C-12."""

    code: str
    name: str
    per: Per
    target: int
    source: str


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One goal against what was done in ``span``; ``expected`` is the target times the days, weeks or months in it."""

    code: str
    name: str
    per: Per
    span: Period
    done: int
    expected: int
    source: str

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        return self.done >= self.expected

    @property
    def sentence(self) -> str:
        """The line in plain Korean; what is missing is said as what is left."""
        text = f"{self.name}: {self.expected}번 가운데 {self.done}번 했어요."
        return text if self.is_met else f"{text} {self.expected - self.done}번 남았어요."


def self_check(
    goals: Iterable[Goal],
    counts: Mapping[str, Sequence[date]],
    period: Period,
    days_off: Collection[date] = (),
) -> list[CheckLine]:
    """One line a goal. ``counts``: goal code -> the day of each act, repeated when done twice.

    A period shorter than a goal's stretch is widened to the week (Monday to Sunday) or month of its last day; over a
    longer one the target counts for each working day (Monday to Friday without ``days_off``), each week whose Thursday
    lies in it (ISO 8601) and each month that begins in it.
    """
    lines = []
    for goal in goals:
        span, times = _span_and_times(goal.per, period, days_off)
        done = sum(day in span for day in counts.get(goal.code, ()))
        name = f"{_PER_NAMES[goal.per]} {goal.target}번 {goal.name}"
        lines.append(CheckLine(goal.code, name, goal.per, span, done, goal.target * times, goal.source))
    return lines


def _span_and_times(per: Per, period: Period, days_off: Collection[date]) -> tuple[Period, int]:
    if per is Per.DAY:
        return period, sum(day.weekday() < 5 and day not in days_off for day in period)
    if per is Per.WEEK:
        week = Period.week(period.end)
        if period.days <= 7:
            return week, 1
        return period, sum(day.weekday() == 3 for day in period)
    month = Period.month(period.end.year, period.end.month)
    if period.days <= 31 and period.start >= month.start:
        return month, 1
    return period, max(1, sum(day.day == 1 for day in period))
