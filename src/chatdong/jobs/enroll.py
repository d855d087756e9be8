"""Each night: who is to be visited this year because of who they are comes onto the lists."""

from django_tasks import task

from chatdong.ground.places.queries import gus
from chatdong.kernel import clock
from chatdong.policy.actor import system
from chatdong.safetynet.visits.actions import enroll_targets


@task
def enroll() -> dict[str, int]:
    """How many were new, by the gu's code."""
    at = clock.now()
    return {
        gu.code: enroll_targets(by=system("방문 대상 올리기"), gu_id=gu.pk, year=at.year, on=at.date(), at=at)
        for gu in gus(at.date())
    }
