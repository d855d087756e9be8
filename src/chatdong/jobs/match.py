"""Every ten minutes: reports that could not be compared when they came in are compared again."""

import logging

from django_tasks import task

from chatdong.kernel import clock
from chatdong.policy.actor import system
from chatdong.safetynet.discovery.actions import match_report
from chatdong.safetynet.discovery.queries import reports_to_match

log = logging.getLogger(__name__)


@task
def match_waiting() -> int:
    """How many were compared; one that fails again waits for a person or the next run."""
    done = 0
    for report_id in reports_to_match():
        try:
            match_report(by=system("가구 대조"), report_id=report_id, at=clock.now())
            done += 1
        except Exception as error:
            log.error("matching failed again", extra={"report": report_id, "error": type(error).__name__})
    return done
