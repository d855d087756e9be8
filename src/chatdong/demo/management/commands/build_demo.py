"""Build the demo in an empty database: `python manage.py build_demo [--households N] [--seed S]`."""

from argparse import ArgumentParser
from datetime import datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chatdong.demo.people import PASSWORD
from chatdong.demo.staff import NAMED
from chatdong.demo.year import build
from chatdong.ground.accounts.states import PostedRole
from chatdong.ground.places.queries import gus
from chatdong.kernel import clock


class Command(BaseCommand):
    help = "지어낸 사람들로 시연용 서대문구를 만듭니다 (10만 가구부터는 서울 전체)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--households", type=int, default=3000)
        parser.add_argument("--seed", type=int, default=1004)
        parser.add_argument("--at", help="이때인 것처럼 만듭니다 (예: 2026-11-20T18:00)")

    def handle(self, *_args: Any, **options: Any) -> None:
        at = clock.kst(datetime.fromisoformat(options["at"]).replace(tzinfo=clock.KST)) if options["at"] else clock.now()
        if gus(at.date()).exists():
            raise CommandError("이미 자료가 있는 데이터베이스입니다. 시연은 빈 데이터베이스에만 만듭니다.")
        if not 14 <= options["households"] <= 4_400_000:
            raise CommandError("가구 수는 14에서 4,400,000 사이여야 합니다.")
        at = max(at, datetime.combine(at.date(), time(0), clock.KST))
        made = build(households=options["households"], seed=options["seed"], at=at, say=self.stdout.write)
        self.stdout.write(", ".join(f"{name} {count:,}" for name, count in made.items()))
        roles = dict(PostedRole.choices)
        for role, login_id in NAMED.items():
            self.stdout.write(f"  {roles[role]:　<9} {login_id} / {PASSWORD}")
