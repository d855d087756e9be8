"""Korean time. `now` and `today` are the only clock reads of the project, and only doors may call them.

Everything below the doors gets `at` or `today` passed in. Seoul is UTC+9 without summer time since 1988.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

KST = ZoneInfo("Asia/Seoul")


def now() -> datetime:
    """This moment, aware, in Korean time."""
    return datetime.now(KST)


def today() -> date:
    """Today in Korea."""
    return now().date()


def kst(moment: datetime) -> datetime:
    """The same moment on a Korean clock. Raises ValueError for a naive one: nobody can know which clock it was read from."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be converted")
    return moment.astimezone(KST)


def date_text(day: date) -> str:
    """2026. 11. 21. (행정업무의 운영 및 혁신에 관한 규정 제7조). A moment is read on a Korean clock first."""
    if isinstance(day, datetime):
        day = kst(day).date()
    return f"{day.year}. {day.month}. {day.day}."


def time_text(moment: datetime) -> str:
    """14:05, on a Korean clock."""
    return kst(moment).strftime("%H:%M")


def moment_text(moment: datetime) -> str:
    """2026. 11. 21. 14:05, on a Korean clock."""
    return f"{date_text(moment)} {time_text(moment)}"


def span_text(start: date, end: date) -> str:
    """2026. 11. 1. ~ 11. 30.: the year is not said twice; both days belong to the span."""
    if start == end:
        return date_text(start)
    last = f"{end.month}. {end.day}." if start.year == end.year else date_text(end)
    return f"{date_text(start)} ~ {last}"
