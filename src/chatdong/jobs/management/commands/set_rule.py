"""Set a rule of a gu, or of all, from a day on."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatdong.ground.places import queries
from chatdong.ground.places.actions import set_rule
from chatdong.ground.places.official import day_of
from chatdong.kernel import clock
from chatdong.kernel.errors import Refusal
from chatdong.policy.actor import system


class Command(BaseCommand):
    """Without a value it shows the rule in force."""

    help = (
        "구의 설정(기한, 방문 주기 등)을 날짜부터 정합니다. "
        "예: set_rule first_contact.now hours=1 basis=clock --gu 11410 --source '구 내부 기준'"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", nargs="?", default="", help="항목. 적지 않으면 지금 있는 항목을 모두 보여 줍니다.")
        parser.add_argument(
            "value", nargs="*", metavar="이름=값", help="예: hours=2 basis=working. 적지 않으면 지금 값을 보여 줍니다."
        )
        parser.add_argument("--gu", default="", metavar="코드", help="자치구 코드(서대문구 11410). 없으면 모든 구")
        parser.add_argument("--from", dest="start", default="", metavar="날짜", help="적용일(20260101). 없으면 오늘")
        parser.add_argument("--source", default="", help="근거: 법령, 지침, 구 내부 기준")

    def handle(self, **options: Any) -> None:
        today = clock.today()
        start = day_of(options["start"]) if options["start"] else today
        if start is None:
            raise CommandError(f"적용일을 읽을 수 없습니다({options['start']}). 20260101처럼 적어 주세요.")
        gu = queries.gu_by_code(options["gu"], today) if options["gu"] else None
        if options["gu"] and gu is None:
            raise CommandError(f"{options['gu']} 코드의 자치구가 없습니다. import_places로 먼저 넣어 주세요.")
        gu_id = gu.pk if gu else None
        if options["value"]:
            try:
                set_rule(
                    by=system("설정"), gu_id=gu_id, key=options["key"], value=_parts(options["value"]), valid_from=start,
                    source=options["source"], at=clock.now(),
                )  # fmt: skip
            except Refusal as error:
                raise CommandError(str(error)) from error
        for key in [options["key"]] if options["key"] else sorted({rule.key for rule in queries.shipped_rules()}):
            self._show(key, gu_id, max(start, today))

    def _show(self, key: str, gu_id: int | None, on: Any) -> None:
        try:
            rule = queries.rule(key, on, gu_id)
        except KeyError as error:
            raise CommandError(f"{key}이라는 항목은 없습니다. 항목을 적지 않으면 모두 보여 줍니다.") from error
        value = " ".join(f"{part}={given}" for part, given in sorted(rule.value.items()))
        self.stdout.write(f"{key}: {value} ({clock.date_text(rule.valid_from)}부터, 근거: {rule.source})")


def _parts(words: list[str]) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    for word in words:
        name, is_given, text = word.partition("=")
        if not is_given or not name:
            raise CommandError(f"{word}: 이름=값 모양으로 적어 주세요. 예: hours=2")
        parts[name] = int(text) if text.lstrip("-").isdecimal() else text
    return parts
