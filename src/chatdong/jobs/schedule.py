"""The timetable: what runs by itself, how often, and which function it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django_tasks.base import Task

from chatdong.jobs.climb import climb_ladder, return_handovers
from chatdong.jobs.enroll import enroll
from chatdong.jobs.load_list import load_batch, pick_lists
from chatdong.jobs.match import match_waiting
from chatdong.jobs.prove import prove_all
from chatdong.jobs.queue import put_once
from chatdong.jobs.retain import retain
from chatdong.jobs.screen_district import pick_screenings, screen_district

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """One job: it runs once in each slot, that is every so long, or once a day from `at` o'clock (KST) on.

    A task goes through the queue; a plain function is light and runs in the timetable itself.
    """

    name: str
    job: Task | Callable[[], object]  # type: ignore[type-arg]
    every: timedelta
    at: time | None = None

    def slot(self, now: datetime) -> datetime:
        """The beginning of the slot in which a moment (KST) lies."""
        if self.at is None:
            return now - timedelta(seconds=now.timestamp() % self.every.total_seconds())
        today = datetime.combine(now.date(), self.at, tzinfo=now.tzinfo)
        return today if today <= now else today - DAY


TIMETABLE: tuple[Row, ...] = (
    Row("올린 명단 넣기", pick_lists, every=timedelta(seconds=2)),
    Row("시킨 일제 살핌 하기", pick_screenings, every=timedelta(seconds=5)),
    Row("기한 지난 일 알리기", climb_ladder, every=timedelta(minutes=1)),
    Row("답 없는 넘기기 되돌리기", return_handovers, every=timedelta(minutes=1)),
    Row("대조하지 못한 신고 다시 대조", match_waiting, every=timedelta(minutes=10)),
    Row("올해 방문 대상 올리기", enroll, every=DAY, at=time(1, 0)),
    Row("보관 기간 지난 것 지우기", retain, every=DAY, at=time(2, 0)),
    Row("한 사람도 빠짐없는지 점검", prove_all, every=DAY, at=time(2, 30)),
)

# Each of these may be done twice without harm, so that what a killed worker left is simply done again.
REPEATABLE = frozenset(row.job.module_path for row in TIMETABLE if isinstance(row.job, Task)) | {
    load_batch.module_path,
    screen_district.module_path,
}


class Clock:
    """Runs the timetable: each row once a slot, whoever else runs it too."""

    def __init__(self, rows: tuple[Row, ...] = TIMETABLE) -> None:
        self.rows = rows
        self._seen: dict[str, datetime] = {}

    def tick(self, now: datetime) -> list[str]:
        """Run what a new slot has begun for; the names of what was put or run. One that raises leaves the others running."""
        done: list[str] = []
        errors: list[Exception] = []
        for row in self.rows:
            slot = row.slot(now)
            if self._seen.get(row.name) == slot:
                continue
            try:
                if self._run(row, slot):
                    done.append(row.name)
                self._seen[row.name] = slot
            except Exception as error:
                errors.append(error)
        if errors:
            raise errors[0]
        return done

    @staticmethod
    def _run(row: Row, slot: datetime) -> bool:
        if isinstance(row.job, Task):
            return put_once(row.job, slot)
        row.job()
        return True
