"""Every minute: missed deadlines climb, and hand-overs that nobody answered come back."""

from django_tasks import task

from chatdong.kernel import clock
from chatdong.policy.actor import system
from chatdong.safetynet.discovery.actions import climb, return_overdue_handovers


@task(priority=50)
def climb_ladder() -> int:
    """How many rungs were told."""
    return climb(by=system("기한 알림"), at=clock.now())


@task(priority=40)
def return_handovers() -> int:
    """How many requests came back."""
    return return_overdue_handovers(by=system("넘기기 되돌림"), at=clock.now())
