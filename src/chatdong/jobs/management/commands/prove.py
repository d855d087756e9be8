"""Prove now that nobody is dropped."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from chatdong.ground.places.queries import gu_by_code
from chatdong.kernel import clock
from chatdong.safetynet.discovery.queries import proof


class Command(BaseCommand):
    """Prints each thing that could be dropped and where to open it; ends with 1 when there is any."""

    help = "빠진 사람이 없는지 점검합니다. 하나라도 있으면 1로 끝납니다."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--gu", default="", metavar="코드", help="자치구 코드. 없으면 모두")

    def handle(self, *, gu: str, **options: Any) -> None:
        at = clock.now()
        found = gu_by_code(gu, at.date()) if gu else None
        orphans = proof(at=at, gu_id=found.pk if found else None)
        for one in orphans:
            self.stdout.write(f"{one.kind} {one.id}\t{one.sentence}\t{one.path}")
        if orphans:
            self.stderr.write(f"빠진 일이 {len(orphans)}건 있습니다.")
            raise SystemExit(1)
        self.stdout.write("빠진 일이 없습니다.")
