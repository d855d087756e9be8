"""Working days and office hours in Korea: 관공서의 공휴일에 관한 규정 with substitutes, elections and days a district adds.

The public holidays come from the PyPI package ``holidays``; a temporary holiday (임시공휴일) announced after its release,
or a day it has wrongly, is passed in as data. All times are aware and answered in Asia/Seoul.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType

import holidays

from chatdong.kernel.clock import KST, kst

ONE_DAY = timedelta(days=1)
# the longest run without one working day that is believable; beyond it the days passed in are wrong
LONGEST_CLOSURE = 366


@lru_cache(maxsize=256)
def public_holidays(year: int) -> MappingProxyType[date, str]:
    """Public holidays of one year with their Korean names (관공서의 공휴일에 관한 규정 제2조, 제3조)."""
    return MappingProxyType(dict(holidays.KR(years=year, language="ko").items()))


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Opening hours of one working day; ``lunch`` is the hour that does not count, or None when it does count.

    09:00-18:00 with lunch out makes the eight hours of 국가공무원 복무규정 제9조 and 민원처리법 제19조 제1항.
    """

    opens: time = time(9)
    closes: time = time(18)
    lunch: tuple[time, time] | None = (time(12), time(13))

    def __post_init__(self) -> None:
        marks = [self.opens, *(self.lunch or ()), self.closes]
        if marks != sorted(marks) or self.opens == self.closes:
            raise ValueError("근무시간은 여는 시각, 점심, 닫는 시각의 순서여야 합니다.")

    def spans(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The counted stretches of one working day, in order."""

        def at(clock: time) -> datetime:
            return datetime.combine(day, clock, tzinfo=KST)

        if self.lunch is None:
            return ((at(self.opens), at(self.closes)),)
        return ((at(self.opens), at(self.lunch[0])), (at(self.lunch[1]), at(self.closes)))


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days and hours an office works.

    ``extra``: days off beyond the package, with their name. ``removed``: public holidays of the package that are
    worked after all. A weekend stays a weekend. A day in both raises ValueError.
    """

    extra: tuple[tuple[date, str], ...] = ()
    removed: frozenset[date] = frozenset()
    hours: OfficeHours = field(default_factory=OfficeHours)

    def __post_init__(self) -> None:
        both = {day for day, _ in self.extra} & self.removed
        if both:
            raise ValueError(f"쉬는 날이면서 일하는 날일 수 없습니다: {min(both)}")

    def holiday_name(self, day: date) -> str | None:
        """Name of the holiday on this day, or None. Saturdays and Sundays are no holidays by themselves."""
        for extra_day, name in self.extra:
            if extra_day == day:
                return name
        if day in self.removed:
            return None
        return public_holidays(day.year).get(day)

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday and no holiday."""
        return day.weekday() < 5 and self.holiday_name(day) is None

    def working_day_on_or_after(self, day: date) -> date:
        """The day itself when it is worked, else the first working day after it."""
        return next(self._working_days(day, ONE_DAY))

    def working_day_on_or_before(self, day: date) -> date:
        """The day itself when it is worked, else the last working day before it."""
        return next(self._working_days(day, -ONE_DAY))

    def add_working_days(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, which is not counted; 0 gives the day or the next one worked."""
        if count < 0:
            raise ValueError("근무일 수는 0보다 작을 수 없습니다.")
        if count == 0:
            return self.working_day_on_or_after(day)
        days = self._working_days(day + ONE_DAY, ONE_DAY)
        for _ in range(count - 1):
            next(days)
        return next(days)

    def working_days(self, first: date, last: date) -> int:
        """How many working days lie from ``first`` to ``last``, both included."""
        return sum(self.is_working_day(first + ONE_DAY * step) for step in range((last - first).days + 1))

    def closes_at(self, day: date) -> datetime:
        """When the office closes on this day."""
        return datetime.combine(day, self.hours.closes, tzinfo=KST)

    def spans_from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Counted stretches from ``start`` on, without end; the first one may be cut by ``start``."""
        start = kst(start)
        for day in self._working_days(start.date(), ONE_DAY):
            for begin, end in self.hours.spans(day):
                if end > start:
                    yield max(begin, start), end

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Office time between two moments; zero when ``end`` is not after ``start``. Additive over adjoining stretches."""
        total, end = timedelta(), kst(end)
        for begin, stop in self.spans_from(start):
            if begin >= end:
                break
            total += min(stop, end) - begin
        return total

    def _working_days(self, day: date, step: timedelta) -> Iterator[date]:
        idle = 0
        while idle <= LONGEST_CLOSURE:
            if self.is_working_day(day):
                idle = 0
                yield day
            else:
                idle += 1
            day += step
        raise ValueError("일 년 넘게 근무일이 없는 달력입니다. 추가한 쉬는 날을 확인해 주세요.")
