"""Look through the figures of the benefits' rule book: what has no source, is not well known, is old or ends soon."""

from collections import Counter
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatdong.kernel import clock
from chatdong.safetynet.benefits.catalog import read
from chatdong.safetynet.benefits.catalog.standing import SAYS, Doubt, Standing, standings

SHARED = 3  # a figure that more benefits lean on is told once, not under each of them


class Command(BaseCommand):
    """Fails where a file is wrong or a number has no source; what is only old or unsure is told, and the answers say so too."""

    help = "복지제도 기준의 출처, 확인한 날, 끝나는 날을 살핍니다. 잘못 적힌 파일이 있으면 실패합니다."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, metavar="날짜", help="이 날을 기준으로 (2026-11-22). 없으면 오늘")
        parser.add_argument("--all", action="store_true", help="원문을 아직 못 본 것까지 하나하나 보입니다.")

    def handle(self, **options: Any) -> None:
        found, problems = read()
        today = options["on"] or clock.today()
        told = standings(found, today)
        for name, ones in by_benefit(told, with_unread=options["all"]).items():
            self.stdout.write(found.book.benefits[name].name + f" ({name})" if name in found.book.benefits else name)
            for one in ones:
                ends = f", {clock.date_text(one.until)}까지" if one.doubt == Doubt.EXPIRING and one.until else ""
                self.stdout.write(f"  {SAYS[one.doubt]}: {one.label} ({one.place.file}:{one.place.line}{ends})")
        for problem in problems:
            self.stdout.write(str(problem))
        counts = Counter(one.doubt for one in told)
        unsure = found.book.on(today, today=today).unsure
        self.stdout.write(f"{clock.date_text(today)} 기준, 제도 {len(found.book.benefits)}, 기준 값 {len(found.book.parameters)}")
        self.stdout.write(", ".join(f"{SAYS[one]} {counts[one]}" for one in Doubt))
        self.stdout.write(f"오늘 '구청에 확인'이라고 답하는 제도 {len(unsure)}, 잘못 적힌 곳 {len(problems)}")
        if problems or counts[Doubt.UNSOURCED]:
            raise CommandError("고칠 곳이 있습니다.")


def by_benefit(told: tuple[Standing, ...], *, with_unread: bool) -> dict[str, list[Standing]]:
    """Doubts under the benefit that leans on the figure; those that many lean on stand together at the front."""
    shared = "여러 제도가 함께 쓰는 값"
    found: dict[str, list[Standing]] = {shared: []}
    for one in told:
        if one.doubt == Doubt.UNREAD and not with_unread:
            continue
        for name in one.benefits if 0 < len(one.benefits) <= SHARED else [shared]:
            found.setdefault(name, []).append(one)
    return {name: ones for name, ones in found.items() if ones}
