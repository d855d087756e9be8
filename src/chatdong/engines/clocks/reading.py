"""What the clock of a promise shows at one moment, with a sentence for the screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from chatdong.engines.clocks.calendar import WorkCalendar
from chatdong.engines.clocks.due import due, elapsed, late_by
from chatdong.engines.clocks.pauses import Pause
from chatdong.engines.clocks.promise import Promise
from chatdong.kernel.clock import kst, moment_text

# without a setting the warning starts when a quarter of the promised time is left
LAST_PART = 4


class State(StrEnum):
    """MET: kept in time. MISSED: kept, but late; how late stays with it for good."""

    RUNNING = "running"
    SOON = "soon"
    OVERDUE = "overdue"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Reading:
    """State, due time and lateness (clock time, zero when not late), and the same in plain Korean."""

    state: State
    due_at: datetime
    late_by: timedelta
    sentence: str


def state(
    promise: Promise,
    since: datetime,
    now: datetime,
    calendar: WorkCalendar,
    pauses: Iterable[Pause] = (),
    *,
    met_at: datetime | None = None,
    soon: timedelta | None = None,
) -> Reading:
    """Read the clock of a promise given at ``since``.

    ``met_at``: when it was fulfilled. ``soon``: warn when no more than this is left to run (default: a quarter of the
    promise). A pause set after the due time does not hide that it is overdue. While paused, ``due_at`` is the due time
    if the pause ended now.
    """
    pauses, now = tuple(pauses), kst(now)
    seen_at = now if met_at is None else kst(met_at)
    due_at = due(promise, since, calendar, pauses, at=seen_at)
    late = late_by(due_at, seen_at)
    if met_at is not None:
        found = State.MISSED if late else State.MET
    elif late:
        found = State.OVERDUE
    elif any(pause.covers(now) for pause in pauses):
        found = State.PAUSED
    else:
        left = elapsed(promise, now, due_at, calendar, pauses)
        whole = elapsed(promise, since, due_at, calendar, pauses)
        near = left <= soon if soon is not None else left * LAST_PART <= whole
        found = State.SOON if near else State.RUNNING
    return Reading(found, due_at, late, _sentence(found, due_at, late, now, pauses))


def span_in_words(span: timedelta) -> str:
    """A length of time as people say it: 3일 4시간, 2시간 10분, 25분; below a minute: 1분 미만."""
    minutes = int(span.total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return f"{days}일 {hours}시간" if hours else f"{days}일"
    if hours:
        return f"{hours}시간 {rest}분" if rest else f"{hours}시간"
    return f"{rest}분" if rest else "1분 미만"


def _sentence(found: State, due_at: datetime, late: timedelta, now: datetime, pauses: tuple[Pause, ...]) -> str:
    until, lateness = moment_text(due_at), span_in_words(late)
    match found:
        case State.MET:
            return f"기한({until}) 안에 마쳤어요."
        case State.MISSED:
            return f"기한({until})보다 {lateness} 늦게 마쳤어요."
        case State.OVERDUE:
            return f"기한이 {lateness} 지났어요. 기한은 {until}이었어요."
        case State.PAUSED:
            why = ", ".join(dict.fromkeys(pause.reason.strip() for pause in pauses if pause.covers(now)))
            return f"잠시 멈춰 있어요. 까닭: {why}. 지금 다시 시작하면 기한은 {until}이에요."
        case State.SOON:
            return f"곧 기한이에요. {until}까지 {span_in_words(due_at - now)} 남았어요."
        case State.RUNNING:
            return f"{until}까지예요. {span_in_words(due_at - now)} 남았어요."
