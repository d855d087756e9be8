"""The queue as the jobs see it: what was put when, and what a dead worker left behind."""

import os
import socket
from collections.abc import Collection
from datetime import datetime, timedelta
from secrets import token_hex

from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

# Every task of the project does a small piece and may be done twice; one that runs longer has lost its worker.
LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 5
GIVEN_UP = "일을 하던 프로세스가 여러 번 끊겨 더 하지 않습니다."


def worker_name() -> str:
    """A name for this process in the queue: host, process, and a part that no other process has."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{token_hex(4)}"


def is_waiting(task: Task, *args: object) -> bool:  # type: ignore[type-arg]
    """Whether the same work is in the queue or under way."""
    rows = DBTaskResult.objects.filter(task_path=task.module_path, status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    return any(row.args_kwargs.get("args") == list(args) for row in rows)


def failures_since(task: Task, moment: datetime, *args: object) -> int:  # type: ignore[type-arg]
    """How often the same work has failed since a moment."""
    rows = DBTaskResult.objects.filter(task_path=task.module_path, status=TaskResultStatus.FAILED, finished_at__gte=moment)
    return sum(row.args_kwargs.get("args") == list(args) for row in rows)


def was_put_since(task: Task, moment: datetime) -> bool:  # type: ignore[type-arg]
    """Whether a task was put into the queue at or after a moment."""
    return DBTaskResult.objects.filter(task_path=task.module_path, enqueued_at__gte=moment).exists()


def put_once(task: Task, since: datetime) -> bool:  # type: ignore[type-arg]
    """Put a task into the queue unless it was since a moment, or one is still there; whether it was put now."""
    if was_put_since(task, since) or is_waiting(task):
        return False
    task.enqueue()
    return True


def take_back(*, now: datetime, me: str, repeatable: Collection[str]) -> int:
    """Free what dead workers left running: back into the queue, or failed after too many attempts; how many.

    A worker of this machine whose process is gone is dead at once, any other when its lease is over. `repeatable` are the paths
    of tasks that may be done twice; others are failed.
    """
    freed = 0
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        worker = row.worker_ids[-1] if row.worker_ids else ""
        over = row.started_at is None or row.started_at < now - LEASE
        if worker == me or not (over or _is_dead(worker, me)):
            continue
        still = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at)
        if row.task_path in repeatable and len(row.worker_ids) < MOST_ATTEMPTS:
            freed += still.update(status=TaskResultStatus.READY, started_at=None)
        else:
            freed += still.update(
                status=TaskResultStatus.FAILED, finished_at=now, traceback=GIVEN_UP, exception_class_path="builtins.RuntimeError",
                return_value=None,
            )  # fmt: skip
    return freed


def _is_dead(worker: str, me: str) -> bool:
    """Whether a worker of this machine is gone. Of other machines nothing is known before the lease ends."""
    host, _, rest = worker.partition(":")
    process = rest.partition(":")[0]
    if host != me.partition(":")[0] or not process.isdecimal():
        return False
    if int(process) == os.getpid():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
