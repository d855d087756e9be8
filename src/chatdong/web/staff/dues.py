"""Deadlines in words: how late, how soon, on which day; one way for every staff screen."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from chatdong.engines.clocks.reading import span_in_words
from chatdong.kernel.clock import date_text, kst, time_text

WEEKDAYS = "월화수목금토일"


@dataclass(frozen=True)
class Due:
    """What `due_badge` of web/ui takes: state `overdue` `soon` `later`, its words, how late, and the moment for machines."""

    state: str
    text: str
    late: str
    iso: str

    @property
    def is_overdue(self) -> bool:
        return self.state == "overdue"


def due_of(when: datetime | date | None, now: datetime) -> Due | None:
    """A deadline as seen now. A day is due until its end; None stays None."""
    if when is None:
        return None
    if isinstance(when, datetime):
        return _moment(kst(when), kst(now))
    return _day(when, kst(now).date())


def _moment(when: datetime, now: datetime) -> Due:
    if when < now:
        return Due("overdue", "", span_in_words(now - when), when.isoformat())
    text = _("%(day)s %(time)s까지") % {"day": day_text(when.date(), now.date()), "time": time_text(when)}
    return Due("soon" if when.date() == now.date() else "later", text, "", when.isoformat())


def _day(when: date, today: date) -> Due:
    if when < today:
        return Due("overdue", "", _("%(days)d일") % {"days": (today - when).days}, when.isoformat())
    text = _("%(day)s까지") % {"day": day_text(when, today)}
    return Due("soon" if when == today else "later", text, "", when.isoformat())


def day_text(day: date, today: date) -> str:
    """오늘, 내일, 3. 20.(금), or with its year where that is another one."""
    if day == today:
        return _("오늘")
    if day == today + timedelta(days=1):
        return _("내일")
    text = f"{day.month}. {day.day}." if day.year == today.year else date_text(day)
    return f"{text}({WEEKDAYS[day.weekday()]})"


def day_and_week(day: date) -> str:
    """2026. 11. 21.(토)."""
    return f"{date_text(day)}({WEEKDAYS[day.weekday()]})"
