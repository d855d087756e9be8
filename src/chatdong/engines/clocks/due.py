"""When a promise falls due, how much of it has run, and how late it is. All answers in Asia/Seoul.

Promises in minutes and hours run on the clock or on office time, and stand still while paused. Promises in days end
with a day: at the close of the office (working days, petitions) or at 23:59:59 (calendar and civil days); a day whose
end falls into a pause is not counted. So a promise never falls due inside a pause.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from chatdong.engines.clocks.calendar import ONE_DAY, WorkCalendar
from chatdong.engines.clocks.pauses import Pause, rests
from chatdong.engines.clocks.promise import Basis, Promise, Unit
from chatdong.kernel.clock import KST, kst

Rest = tuple[datetime, datetime | None]

# 민원처리법 제19조 제1항: one day is eight office hours; from six days on it is counted in days (제2항)
PETITION_DAY = timedelta(hours=8)
PETITION_HOURS_UP_TO = 5

_NEVER = datetime(9998, 12, 31, tzinfo=KST)
_LAST_SECOND = time(23, 59, 59)
_OFFICE = frozenset({Basis.WORKING_HOURS, Basis.WORKING_DAYS, Basis.PETITION})


class StillPaused(ValueError):
    """A pause is still open and would be reached before the promise ends, so there is no due time to give."""


def due(
    promise: Promise,
    since: datetime,
    calendar: WorkCalendar,
    pauses: Iterable[Pause] = (),
    *,
    at: datetime | None = None,
) -> datetime:
    """The last moment at which the promise is kept.

    An open pause is taken to end at ``at``; without ``at`` it raises StillPaused unless the promise ends before it.
    Later ``since``, larger amounts and more pauses never make it earlier.
    """
    since, stops = kst(since), rests(pauses, at)
    budget = _budget(promise)
    if budget is None:
        return _end_of_day_counted(promise, since, calendar, stops)
    for begin, end in _running(promise.basis, since, calendar, stops):
        if budget <= end - begin:
            return begin + budget
        budget -= end - begin
    raise StillPaused("멈춤이 끝나지 않아 기한을 정할 수 없습니다.")


def elapsed(
    promise: Promise, since: datetime, until: datetime, calendar: WorkCalendar, pauses: Iterable[Pause] = ()
) -> timedelta:
    """How much time of the promise has run from ``since`` to ``until``: clock time or office time, without pauses."""
    total, until = timedelta(), kst(until)
    for begin, end in _running(promise.basis, kst(since), calendar, rests(pauses)):
        if begin >= until:
            break
        total += min(end, until) - begin
    return total


def late_by(due_at: datetime, at: datetime) -> timedelta:
    """How late it is at this moment, by the clock; zero up to and including ``due_at``.

    Always clock time, whatever the basis: the person waits through nights and holidays too.
    """
    return max(kst(at) - kst(due_at), timedelta())


def _budget(promise: Promise) -> timedelta | None:
    """The running time promised, or None when the promise counts whole days."""
    if promise.unit is Unit.MINUTES:
        return timedelta(minutes=promise.amount)
    if promise.unit is Unit.HOURS:
        return timedelta(hours=promise.amount)
    if promise.basis is Basis.PETITION and promise.amount <= PETITION_HOURS_UP_TO:
        return PETITION_DAY * promise.amount
    return None


def _running(
    basis: Basis, since: datetime, calendar: WorkCalendar, stops: tuple[Rest, ...]
) -> Iterator[tuple[datetime, datetime]]:
    """The stretches in which the promise runs: of the clock or of the office, less the pauses."""
    stretches = calendar.spans_from(since) if basis in _OFFICE else iter([(since, _NEVER)])
    for begin, end in stretches:
        for rest_from, rest_to in stops:
            if rest_to is not None and rest_to <= begin:
                continue
            if rest_from >= end:
                break
            if rest_from > begin:
                yield begin, rest_from
            if rest_to is None:
                return
            begin = min(rest_to, end)
        if begin < end:
            yield begin, end


def _end_of_day_counted(promise: Promise, since: datetime, calendar: WorkCalendar, stops: tuple[Rest, ...]) -> datetime:
    """The end of the last day of a promise in days; the first day is out, except for petitions (제19조 제2항)."""
    office = promise.basis in _OFFICE
    first_day_in = promise.amount == 0 or promise.basis is Basis.PETITION or _starts_at_midnight(promise, since)
    left, day = max(promise.amount, 1), since.date() if first_day_in else since.date() + ONE_DAY
    while True:
        end = calendar.closes_at(day) if office else datetime.combine(day, _LAST_SECOND, tzinfo=KST)
        if stops and stops[-1][1] is None and end >= stops[-1][0]:
            raise StillPaused("멈춤이 끝나지 않아 기한을 정할 수 없습니다.")
        usable = end >= since or promise.basis is Basis.PETITION
        if usable and _counts(promise, day, left, calendar) and not _rests_at(end, stops):
            left -= 1
        if left <= 0:
            return end
        day += ONE_DAY


def _starts_at_midnight(promise: Promise, since: datetime) -> bool:
    """민법 제157조 단서: a term that starts at midnight counts its first day."""
    return promise.basis is Basis.CIVIL_DAYS and since.time() == time()


def _counts(promise: Promise, day: date, left: int, calendar: WorkCalendar) -> bool:
    if promise.basis is Basis.CALENDAR_DAYS or (promise.basis is Basis.CIVIL_DAYS and left > 1):
        return True
    # 민법 제161조: only the last day of a civil term has to be a working day
    return calendar.is_working_day(day)


def _rests_at(moment: datetime, stops: tuple[Rest, ...]) -> bool:
    return any(start <= moment and (end is None or moment < end) for start, end in stops)
