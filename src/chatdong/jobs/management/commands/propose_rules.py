"""Propose the rule book of a folder: who gains and loses is counted over everything known, then a second person releases it."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatdong.ground.accounts.queries import actor_of_id
from chatdong.kernel import clock
from chatdong.kernel.errors import Refusal
from chatdong.safetynet.benefits.actions.rules import propose_rules
from chatdong.safetynet.benefits.catalog import CatalogError
from chatdong.safetynet.benefits.catalog.korean import in_korean
from chatdong.safetynet.benefits.catalog.texts import texts_of


class Command(BaseCommand):
    """Fails with file, line and what to do where a file is wrong; nothing is proposed then."""

    help = "폴더의 지원 기준을 올립니다. 다른 사람이 화면에서 확인해야 시행됩니다."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="facts.yaml, benefits/, tables/ 등이 든 폴더")
        parser.add_argument("--why", required=True, help="바꾸는 까닭과 근거")
        parser.add_argument("--by", type=int, required=True, help="올리는 사람의 식별자(직원 번호)")
        parser.add_argument("--on", type=date.fromisoformat, help="이 날을 기준으로 견줍니다(2027-01-01). 없으면 오늘")

    def handle(self, **options: Any) -> None:
        at = clock.now()
        try:
            row = propose_rules(
                by=actor_of_id(options["by"], at=at), texts=texts_of(options["folder"]), why=options["why"],
                day=options["on"] or clock.today(), at=at, thorough=True,
            )  # fmt: skip
        except CatalogError as error:
            raise CommandError("\n".join(str(in_korean(one)) for one in error.problems)) from error
        except Refusal as error:
            raise CommandError(str(error)) from error
        for line in row.changes["words"]:
            self.stdout.write(line)
        self.stdout.write(f"알려진 {row.changes['known']}가구, 지어낸 {row.changes['invented']}가구에 견주었습니다.")
        for one in row.changes["benefits"]:
            self.stdout.write(f"{one['name']}: 새로 {one['known']['gains']}, 못 받게 됨 {one['known']['losses']}")
        self.stdout.write(f"올렸습니다({row.fingerprint[:12]}). 다른 사람이 /staff/rules/에서 확인해야 시행됩니다.")
