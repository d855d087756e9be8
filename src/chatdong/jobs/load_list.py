"""Loading a discovery list: one batch a task, so that the clock runs on in between and a killed worker loses one at most."""

from datetime import timedelta
from uuid import UUID

from django_tasks import task

from chatdong.ground.accounts.queries import actor_of_id
from chatdong.jobs.queue import failures_since, is_waiting
from chatdong.kernel import clock
from chatdong.kernel.errors import Conflict
from chatdong.policy.actor import Actor, system
from chatdong.policy.check import may
from chatdong.policy.permissions import Permission
from chatdong.safetynet.discovery.actions import finish_list, load_rows
from chatdong.safetynet.discovery.queries import lists_to_load, waiting_numbers

BATCH = 200
REST = timedelta(minutes=10)
FAILURES = 3


def pick_lists() -> int:
    """Put a batch of each list that is being loaded into the queue, unless one is there already; how many.

    What failed three times within ten minutes rests for that long.
    """
    put, lately = 0, clock.now() - REST
    for list_id, _uploaded_by in lists_to_load():
        if not is_waiting(load_batch, str(list_id)) and failures_since(load_batch, lately, str(list_id)) < FAILURES:
            load_batch.enqueue(str(list_id))
            put += 1
    return put


@task
def load_batch(list_id: str) -> int:
    """Load the next rows of a list and queue the following ones; finish it when none wait. Doing it again changes nothing."""
    known = dict(lists_to_load())
    key = UUID(list_id)
    if key not in known:
        return 0
    at, by = clock.now(), _loader(known[key])
    numbers = waiting_numbers(key, BATCH)
    try:
        if numbers:
            done = load_rows(by=by, list_id=key, numbers=numbers, at=at)
            load_batch.enqueue(list_id)
            return done
        finish_list(by=by, list_id=key, at=at)
    except Conflict:
        # Another worker loaded these rows or finished the list meanwhile.
        return 0
    return 0


def _loader(account_id: int) -> Actor:
    """Whoever uploaded the list, so that the log names them; the machine where they no longer may."""
    by = actor_of_id(account_id, at=clock.now())
    return by if may(by, Permission.LIST_LOAD) else system("명단 넣기")
