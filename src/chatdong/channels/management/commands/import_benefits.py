"""Bring in the public welfare catalogs: `python manage.py import_benefits FILE... --source central|local [--complete]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chatdong.channels.listimport.delimited import grid_of_text
from chatdong.channels.listimport.grid import MOST_BYTES
from chatdong.channels.listimport.kinds import Kind, kind_of
from chatdong.channels.listimport.workbook import grids_of_workbook
from chatdong.kernel import clock
from chatdong.kernel.errors import Refusal
from chatdong.policy.actor import system
from chatdong.safetynet.benefits.actions import load_entries
from chatdong.safetynet.benefits.publiclist import Answer, read_answer, read_table
from chatdong.safetynet.benefits.states import EntrySource

MOST_TOLD = 50


class Command(BaseCommand):
    """All files of one call come in together, or none of them. Nothing is fetched: a district downloads with its own key."""

    help = "중앙부처·지자체 복지서비스 목록(XML, CSV, 엑셀)을 넣습니다. 두 번 넣어도 같습니다. docs/how-to/directory.md"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="파일")
        parser.add_argument("--source", required=True, choices=EntrySource.values, help="central 중앙부처, local 지자체")
        parser.add_argument(
            "--complete", action="store_true", help="전체 목록입니다. 파일에 없는 서비스는 사라진 것으로 적습니다."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            answers = [self._read(path) for path in options["files"]]
            rows = [row for answer in answers for row in answer.rows]
            if options["complete"]:
                _refuse_part(answers, len({row.serv_id for row in rows}))
            done = load_entries(
                by=system("공공 목록 넣기"), rows=rows, source=options["source"], at=clock.now(), complete=options["complete"]
            )
        except Refusal as error:
            raise CommandError(f"{error}\n아무것도 넣지 않았습니다.") from error
        for sentence in (told := [*(one for answer in answers for one in answer.problems), *done.problems])[:MOST_TOLD]:
            self.stdout.write(sentence)
        if len(told) > MOST_TOLD:
            self.stdout.write(f"… 외 {len(told) - MOST_TOLD}건")
        self.stdout.write(
            f"{EntrySource(options['source']).label}: 더함 {done.added:,}, 바뀜 {done.changed:,}, 그대로 {done.same:,}, "
            f"사라짐 {done.gone:,}"
        )

    def _read(self, path: Path) -> Answer:
        try:
            if path.stat().st_size > MOST_BYTES:
                raise Refusal(f"{path.name}: {MOST_BYTES // 1024 // 1024}MB보다 큽니다. 나누어 넣어 주세요.")
            content = path.read_bytes()
        except OSError as error:
            raise Refusal(f"{path}: 파일을 열 수 없습니다. 경로와 읽기 권한을 확인해 주세요.") from error
        if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            return read_answer(content, path.name)
        grids = grids_of_workbook(content) if kind_of(content) is Kind.WORKBOOK else [grid_of_text(content)]
        rows = grids[0].rows if grids else ()
        if len(rows) < 2:
            raise Refusal(f"{path.name}: 머리글 아래에 줄이 없습니다.")
        return read_table(rows[0].cells, [(row.number, row.cells) for row in rows[1:]], path.name)


def _refuse_part(answers: list[Answer], held: int) -> None:
    """A part taken for the whole would mark the rest as gone."""
    total = max(answer.total for answer in answers)
    if held < total:
        raise Refusal(f"전체 {total:,}건 가운데 {held:,}건만 들어 있습니다. 나머지 쪽도 함께 넣거나 --complete를 빼 주세요.")
