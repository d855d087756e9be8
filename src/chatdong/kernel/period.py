"""Spans of whole days, and age.

A `Period` includes both its first and its last day, as Korean documents write it: 2026. 11. 1. ~ 11. 30.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chatdong.kernel.clock import span_text


@dataclass(frozen=True, order=True)
class Period:
    """From `start` to `end`, both included. Raises ValueError when it would end before it starts."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    @classmethod
    def year(cls, year: int) -> "Period":
        """1 January to 31 December; also the fiscal year of local government (지방회계법 제6조)."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> "Period":
        """Quarter 1 to 4, starting in January, April, July and October. Raises ValueError for another number."""
        if quarter not in (1, 2, 3, 4):
            raise ValueError(f"there is no quarter {quarter}")
        return cls(date(year, quarter * 3 - 2, 1), cls.month(year, quarter * 3).end)

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """A calendar month."""
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def week(cls, day: date) -> "Period":
        """Monday to Sunday of the week that `day` is in."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, monday + timedelta(days=6))

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __iter__(self) -> Iterator[date]:
        return (self.start + timedelta(days=n) for n in range(self.days))

    def __str__(self) -> str:
        return span_text(self.start, self.end)

    def contains(self, day: date) -> bool:
        """Whether a day belongs to the period."""
        return day in self

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share at least one day."""
        return self.start <= other.end and other.start <= self.end

    @property
    def days(self) -> int:
        """How many days, both ends counted."""
        return (self.end - self.start).days + 1


def turns(birth: date, age: int) -> date:
    """The first day on which somebody is `age` years old (만 나이).

    Source: 민법 제158조 and 제160조. Born on 29 February, a year without that day is completed at the end of the 28th,
    so the new age begins on 1 March.
    """
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:
        return date(birth.year + age, 3, 1)


def age_on(birth: date, day: date) -> int:
    """만 나이 in completed years on a day (행정기본법 제7조의2). Raises ValueError for a day before birth."""
    if day < birth:
        raise ValueError(f"{day} is before birth ({birth})")
    years = day.year - birth.year
    return years if turns(birth, years) <= day else years - 1
