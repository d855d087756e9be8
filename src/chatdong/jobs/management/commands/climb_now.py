"""Let missed deadlines climb now, without waiting for the timetable."""

from typing import Any

from django.core.management.base import BaseCommand

from chatdong.kernel import clock
from chatdong.policy.actor import system
from chatdong.safetynet.discovery.actions import climb, return_overdue_handovers


class Command(BaseCommand):
    """The same as the two jobs of every minute, in their order."""

    help = "기한이 지난 일을 지금 알리고, 답 없는 넘기기를 되돌립니다."

    def handle(self, **options: Any) -> None:
        at = clock.now()
        told = climb(by=system("기한 알림"), at=at)
        returned = return_overdue_handovers(by=system("넘기기 되돌림"), at=at)
        self.stdout.write(f"알린 단계 {told}건, 되돌린 넘기기 {returned}건")
