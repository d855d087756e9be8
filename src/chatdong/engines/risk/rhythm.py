"""How often a household on the map is visited, and by which day the next visit is due. Rhythms come in as dated data.

korea_domain §3: high weekly, medium monthly, low quarterly, suicide risk twice a week.
"""

import calendar as months
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from chatdong.engines.risk.grade import Grade

SUICIDE = "suicide"
_ONE_DAY = timedelta(days=1)


class WorkingDays(Protocol):
    """The one question a rhythm asks of a calendar."""

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on this day."""
        ...


class Per(StrEnum):
    """The stretch a rhythm divides."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_PER_NAMES = {Per.WEEK: "주", Per.MONTH: "달", Per.QUARTER: "분기", Per.YEAR: "해"}
_MONTHS = {Per.MONTH: 1, Per.QUARTER: 3, Per.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """``times`` a week, month, quarter or year. ValueError when that is not 1 to 7 a week, or not 1 to 12 otherwise."""

    times: int
    per: Per

    def __post_init__(self) -> None:
        if not 1 <= self.times <= (7 if self.per is Per.WEEK else 12):
            raise ValueError(f"지킬 수 없는 방문 주기예요: {self.per} {self.times}번")

    def after(self, day: date) -> date:
        """The calendar day by which the next visit is due; uneven parts are rounded down, so never too late."""
        if self.per is Per.WEEK:
            return day + timedelta(days=7 // self.times)
        span = _add_months(day, _MONTHS[self.per]) - day
        return day + max(span // self.times, _ONE_DAY)

    def in_words(self) -> str:
        """주 2번, 달마다 한 번 and so on."""
        return f"{_PER_NAMES[self.per]}마다 {self.times}번"


def parse_rhythms(setting: Mapping[str, Mapping[str, object]]) -> dict[str, Rhythm]:
    """Read ``{"high": {"times": 1, "per": "week"}, ..., "suicide": {"times": 2, "per": "week"}}``.

    ValueError when high, medium, low or suicide is missing or cannot be read: a grade without a rhythm would be dropped.
    """
    needed = {Grade.HIGH.value, Grade.MEDIUM.value, Grade.LOW.value, SUICIDE}
    missing = sorted(needed - setting.keys())
    if missing:
        raise ValueError(f"방문 주기가 없어요: {', '.join(missing)}")
    rhythms = {}
    for name in sorted(needed):
        row = setting[name]
        try:
            rhythms[name] = Rhythm(int(str(row["times"])), Per(str(row["per"])))
        except KeyError as gap:
            raise ValueError(f"{name} 방문 주기에 {gap.args[0]} 값이 없어요.") from None
    return rhythms


def next_visit_by(
    grade: Grade, suicide: bool, last_contact: date, rhythms: Mapping[str, Rhythm], calendar: WorkingDays
) -> date | None:
    """The working day by which the next visit is due; None only for grade NONE without suicide risk.

    A day off moves it to the working day before, so that no rhythm is stretched by a holiday; when that would not be
    after the last contact, to the first working day after it. For a household never met pass the day it was graded.
    """
    names = ([grade.value] if grade is not Grade.NONE else []) + ([SUICIDE] if suicide else [])
    if not names:
        return None
    day = min(rhythms[name].after(last_contact) for name in names)
    while day > last_contact and not calendar.is_working_day(day):
        day -= _ONE_DAY
    if day > last_contact:
        return day
    day = last_contact + _ONE_DAY
    while not calendar.is_working_day(day):
        day += _ONE_DAY
    return day


def _add_months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))
