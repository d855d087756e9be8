"""Walk the hash chains of the log."""

from typing import Any

from django.core.management.base import BaseCommand

from chatdong.policy.record import broken_links


class Command(BaseCommand):
    """Prints each place where a line was changed, removed or put in between; ends with 1 when there is any."""

    help = "접속·처리 기록의 사슬을 검사합니다. 끊긴 곳이 있으면 1로 끝납니다."

    def handle(self, **options: Any) -> None:
        count = 0
        for broken in broken_links():
            count += 1
            self.stdout.write(f"{broken.chain} {broken.seq}\t{broken.sentence}")
        if count:
            self.stderr.write(f"기록이 맞지 않는 곳이 {count}곳 있습니다.")
            raise SystemExit(1)
        self.stdout.write("기록이 모두 이어져 있습니다.")
