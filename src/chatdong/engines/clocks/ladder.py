"""The ladder a missed deadline climbs: 담당자, 팀장, 복지동장, 구. Who and after how long comes in as dated data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chatdong.engines.clocks.calendar import WorkCalendar
from chatdong.engines.clocks.due import due
from chatdong.engines.clocks.promise import Promise, parse_promise
from chatdong.kernel.clock import kst


@dataclass(frozen=True, slots=True)
class Rung:
    """Who is told (``to``: a code such as worker, ``title``: as shown) and how long after the due time."""

    to: str
    title: str
    after: Promise

    @property
    def sentence(self) -> str:
        """Why this person is told, in plain Korean."""
        if self.after.amount == 0:
            return f"기한이 지나 {self.title}에게 알려요."
        return f"기한이 지난 뒤 {self.after.short()} 넘게 처리되지 않아 {self.title}에게 알려요."


def parse_ladder(settings: Iterable[Mapping[str, object]]) -> tuple[Rung, ...]:
    """Read rungs such as ``{"to": "team_lead", "title": "팀장", "after": {"hours": 4, "basis": "working"}}``.

    ValueError when a rung is incomplete or somebody stands on two rungs.
    """
    rungs = []
    for row in settings:
        if not row.get("to") or not row.get("title") or not isinstance(row.get("after"), Mapping):
            raise ValueError("단계마다 to, title, after가 있어야 합니다.")
        rungs.append(Rung(str(row["to"]), str(row["title"]), parse_promise(row["after"])))  # type: ignore[arg-type]
    if len({rung.to for rung in rungs}) != len(rungs):
        raise ValueError("한 사람이 두 단계에 있을 수 없습니다.")
    return tuple(rungs)


def rung_times(
    due_at: datetime, ladder: Sequence[Rung], calendar: WorkCalendar | None = None
) -> tuple[tuple[Rung, datetime], ...]:
    """Each rung with the moment it is reached. A rung is never reached before the one below it."""
    calendar, reached, times = calendar or WorkCalendar(), kst(due_at), []
    for rung in ladder:
        moment = kst(due_at) if rung.after.amount == 0 else due(rung.after, due_at, calendar)
        reached = max(reached, moment)
        times.append((rung, reached))
    return tuple(times)


def rungs_due(due_at: datetime, now: datetime, ladder: Sequence[Rung], calendar: WorkCalendar | None = None) -> list[Rung]:
    """The rungs reached by ``now``, lowest first; none while the deadline has not passed."""
    now = kst(now)
    if now <= kst(due_at):
        return []
    return [rung for rung, moment in rung_times(due_at, ladder, calendar) if moment <= now]


def next_rung_at(
    due_at: datetime, now: datetime, ladder: Sequence[Rung], calendar: WorkCalendar | None = None
) -> datetime | None:
    """When the next rung above those already due is reached; None when the top is reached.

    Before the deadline has passed this is the first rung, which is never earlier than the deadline.
    """
    times = rung_times(due_at, ladder, calendar)
    reached = len(rungs_due(due_at, now, ladder, calendar))
    return times[reached][1] if reached < len(times) else None
