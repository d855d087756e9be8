"""Until when a claim is to be gone on with, and from when it is late and climbs to others."""

from datetime import date, datetime, time, timedelta

from chatdong.engines import clocks
from chatdong.ground.places.queries import rule, work_calendar
from chatdong.kernel.clock import KST, kst
from chatdong.safetynet.benefits.models import Claim

NOON, LAST_SECOND = time(12), time(23, 59, 59)


def set_next(row: Claim, on: date) -> None:
    """The next step is due on a day, or on the next working day: nobody climbs stairs because an office is closed."""
    row.next_on = work_calendar().working_day_on_or_after(on)
    row.due_at = _end_of(row.next_on)


def set_objection(row: Claim, decided_on: date, gu_id: int | None) -> None:
    """A refusal may be objected to until a day; it is late some days before, while the right can still be used."""
    row.objection_until = row.next_on = objection_day(decided_on, gu_id)
    warn = timedelta(days=int(rule("benefit.objection_warn", decided_on, gu_id).value["days"]))
    row.due_at = _end_of(work_calendar().working_day_on_or_before(row.objection_until - warn))


def clear_days(row: Claim) -> None:
    """Nothing is to be done any more."""
    row.next_on = row.due_at = None


def objection_day(decided_on: date, gu_id: int | None) -> date:
    """사회보장급여법 §17 with 민법 §157, §161: the first day is out, a last day on a holiday moves on to the next working day."""
    held = rule("benefit.objection_days", decided_on, gu_id).value
    promise = clocks.parse_promise({"basis": "civil", **held})
    return kst(clocks.due(promise, datetime.combine(decided_on, NOON, tzinfo=KST), work_calendar())).date()


def _end_of(day: date) -> datetime:
    return datetime.combine(day, LAST_SECOND, tzinfo=KST)
