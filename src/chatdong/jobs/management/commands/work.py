"""The worker: the timetable and the queue in one process."""

import logging
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from chatdong.jobs.queue import take_back, worker_name
from chatdong.jobs.schedule import REPEATABLE, TIMETABLE, Clock
from chatdong.kernel import clock

log = logging.getLogger(__name__)
PAUSE = 1.0
REAP_EVERY = 15


class OneByOne(Worker):
    """The queue's own worker, taking one task at a time so that the timetable is looked at in between."""

    def run_one(self) -> bool:
        """Run the next task; whether there was one."""
        self._run_tasks = 0
        self.run()
        return self._run_tasks > 0


class Command(BaseCommand):
    """Stops after the task in hand on SIGTERM; started again, it takes up what a killed one left."""

    help = "정해진 시각의 일과 기다리는 일을 합니다. 서버와 함께 하나 켜 둡니다."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="지금 할 일만 하고 끝냅니다.")
        parser.add_argument("--timetable", action="store_true", help="시간표만 보여 줍니다.")

    def handle(self, *, once: bool, timetable: bool, **options: Any) -> None:
        if timetable:
            for row in TIMETABLE:
                self.stdout.write(f"{row.name}\t{row.at or row.every}")
            return
        worker = OneByOne(
            queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=1,
            worker_id=worker_name(), excluded_queue_names=[],
        )  # fmt: skip
        worker.configure_signals()
        for name in ("django_tasks", "django_tasks_db"):
            # Each task is told three times otherwise, every minute of every day.
            logging.getLogger(name).setLevel(logging.WARNING)
        self._work(worker, Clock(), once)

    def _work(self, worker: OneByOne, timetable: Clock, once: bool) -> None:
        """Look at the clock, free what dead workers left, run one task; rest when there is none."""
        last_look = 0.0
        while worker.running:
            did = False
            try:
                timetable.tick(clock.now())
                if time.monotonic() - last_look >= REAP_EVERY or not last_look:
                    last_look = time.monotonic()
                    take_back(now=clock.now(), me=worker.worker_id, repeatable=REPEATABLE)
                did = worker.run_one()
            except OperationalError as error:
                log.warning("database busy", extra={"error": type(error).__name__})
            except Exception as error:
                log.error("timetable failed", extra={"error": type(error).__name__}, exc_info=True)
            if once and not did:
                return
            if worker.running and not did:
                close_old_connections()
                time.sleep(PAUSE)
