"""Each night: what was kept long enough goes (rules retention.*)."""

from collections.abc import Callable

from django.core.management import call_command
from django_tasks import task

from chatdong.ground.accounts.actions import purge_drafts
from chatdong.ground.households.actions import forget_households
from chatdong.ground.messages.actions import purge_messages
from chatdong.ground.places.queries import gus
from chatdong.kernel import clock
from chatdong.policy.actor import system
from chatdong.safetynet.discovery.actions import anonymize_reports, clear_lists
from chatdong.safetynet.discovery.queries.work import still_open

MOST_BATCHES = 1000


@task
def retain() -> dict[str, int]:
    """How many drafts, messages, reports, list rows and households were cleaned."""
    at, by = clock.now(), system("보관 기간")
    gone = {
        "drafts": purge_drafts(by=by, at=at),
        "messages": purge_messages(by=by, at=at),
        "reports": 0,
        "rows": 0,
        "households": 0,
    }
    for gu in gus(at.date()):
        gone["reports"] += _all(lambda gu_id=gu.pk: anonymize_reports(by=by, gu_id=gu_id, at=at))  # type: ignore[misc]
        gone["rows"] += clear_lists(by=by, gu_id=gu.pk, at=at)
        gone["households"] += _all(lambda gu_id=gu.pk: forget_households(by=by, gu_id=gu_id, at=at, spare=still_open))  # type: ignore[misc]
    # The queue's own table: what was done two days ago tells nobody anything.
    call_command("prune_db_task_results", min_age_days=2, verbosity=0)
    call_command("clearsessions", verbosity=0)
    return gone


def _all(batch: Callable[[], int]) -> int:
    total = 0
    for _ in range(MOST_BATCHES):
        done = batch()
        total += done
        if not done:
            break
    return total
