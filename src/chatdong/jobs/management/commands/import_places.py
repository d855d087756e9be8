"""Bring in the official files about places: code tables and dong boundaries."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from chatdong.ground.places import actions, queries
from chatdong.ground.places.official import day_of, read_codes, read_parts, text_of
from chatdong.kernel import clock
from chatdong.kernel.errors import Refusal
from chatdong.policy.actor import system

MOST_BYTES = 300 * 1024 * 1024


class Command(BaseCommand):
    """All files of one call come in together, or none of them."""

    help = "행정표준코드 파일(KIKcd_H, KIKcd_B, KIKmix)과 동 경계(GeoJSON)를 넣습니다. 두 번 넣어도 같습니다."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--codes-h", type=Path, metavar="파일", help="행정동 코드 KIKcd_H (탭이나 쉼표로 나눈 텍스트)")
        parser.add_argument("--codes-b", type=Path, metavar="파일", help="법정동 코드 KIKcd_B")
        parser.add_argument("--mix", type=Path, metavar="파일", help="행정동과 법정동의 대응 KIKmix")
        parser.add_argument("--outlines", type=Path, metavar="파일", help="동 경계 GeoJSON (vuski/admdongkor, 통계청 SGIS)")
        parser.add_argument("--source", default="통계청 SGIS / vuski/admdongkor", help="경계의 출처. 지도에 함께 보입니다.")
        parser.add_argument(
            "--on", default="", metavar="날짜", help="파일의 기준일(20210701). 없으면 파일 이름의 날짜, 그것도 없으면 오늘"
        )
        parser.add_argument("--only", default="", metavar="앞자리", help="이 숫자로 시작하는 코드만 (서울 11, 서대문구 11410)")
        parser.add_argument("--complete", action="store_true", help="행정동 파일에 없는 동은 기준일에 없어진 것으로 적습니다.")

    def handle(self, **options: Any) -> None:
        steps: list[tuple[str, Callable[[Path, date, str], actions.Loaded]]] = [
            ("codes_h", self._codes_h), ("codes_b", self._codes_b), ("mix", self._mix), ("outlines", self._outlines),
        ]  # fmt: skip
        if not any(options[key] for key, _ in steps):
            raise CommandError("넣을 파일을 하나는 적어 주세요. 예: --codes-h KIKcd_H.20210701.txt")
        self.options, self.at, self.by = options, clock.now(), system("지역 넣기")
        try:
            with transaction.atomic():
                for key, step in steps:
                    if options[key]:
                        self._say(options[key], step(options[key], self._day(options[key]), options["only"]))
        except Refusal as error:
            raise CommandError(f"{error}\n아무것도 넣지 않았습니다.") from error
        today = clock.today()
        self.stdout.write(
            f"오늘({clock.date_text(today)}) 있는 곳: 자치구 {queries.gus(today).count()}, 행정동 {queries.dongs(today).count()}"
        )

    def _say(self, path: Path, told: actions.Loaded) -> None:
        self.stdout.write(f"{path.name}: 더함 {told.added}, 이름 바뀜 {told.renamed}, 끝남 {told.ended}, 그대로 {told.same}")
        if told.missing:
            names = ", ".join(told.missing[:20]) + (" …" if len(told.missing) > 20 else "")
            what = (
                "없어진 것으로 적었습니다"
                if self.options["complete"]
                else "그대로 두었습니다. 없어진 동이라면 --complete를 붙여 주세요"
            )
            self.stdout.write(f"  파일에 없는 동 {len(told.missing)}곳: {names}. {what}.")

    def _day(self, path: Path) -> date:
        told = self.options["on"]
        if told:
            day = day_of(told)
            if day is None:
                raise CommandError(f"기준일을 읽을 수 없습니다({told}). 20210701처럼 적어 주세요.")
            return day
        found = re.search(r"(?<!\d)(20\d{6})(?!\d)", path.name)
        return (day_of(found[1]) if found else None) or clock.today()

    def _content(self, path: Path) -> bytes:
        try:
            if path.stat().st_size > MOST_BYTES:
                raise CommandError(f"{path.name}: 300 MB보다 큽니다. 한 시·도씩 나누어 넣어 주세요.")
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: 파일을 열 수 없습니다. 경로와 읽기 권한을 확인해 주세요.") from error

    def _codes_h(self, path: Path, on: date, only: str) -> actions.Loaded:
        rows = [row for row in read_codes(self._content(path), path.name) if row.code.startswith(only[: _level(row.code)])]
        return actions.load_dong_codes(
            by=self.by, rows=rows, on=on, at=self.at, name=path.name, complete=self.options["complete"]
        )

    def _codes_b(self, path: Path, on: date, only: str) -> actions.Loaded:
        rows = [row for row in read_codes(self._content(path), path.name) if row.code.startswith(only[: _level(row.code)])]
        return actions.load_legal_codes(by=self.by, rows=rows, on=on, at=self.at, name=path.name)

    def _mix(self, path: Path, on: date, only: str) -> actions.Loaded:
        rows = [row for row in read_parts(self._content(path), path.name) if row.dong_code.startswith(only)]
        return actions.load_dong_parts(by=self.by, rows=rows, at=self.at, name=path.name)

    def _outlines(self, path: Path, on: date, only: str) -> actions.Loaded:
        try:
            collection = json.loads(text_of(self._content(path), path.name))
        except (json.JSONDecodeError, RecursionError) as error:
            raise CommandError(
                f"{path.name}: GeoJSON으로 읽을 수 없습니다. 행정동 경계 GeoJSON 파일인지 확인해 주세요."
            ) from error
        return actions.load_outlines(
            by=self.by, collection=collection, on=on, source=self.options["source"], at=self.at, name=path.name, only=only
        )


def _level(code: str) -> int:
    """How many leading digits of a code say where it is: 2 for a city's own line, 5 for a gu's, 10 for a dong's."""
    return 2 if code.endswith("00000000") else 5 if code.endswith("00000") else 10
