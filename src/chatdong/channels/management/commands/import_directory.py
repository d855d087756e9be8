"""Bring in a directory of local services (HSDS 3): `python manage.py import_directory FILE --gu 서대문구 [--try]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chatdong.ground.places.queries import gus
from chatdong.kernel import clock
from chatdong.kernel.errors import Refusal
from chatdong.policy.actor import system
from chatdong.safetynet.benefits.actions import load_directory
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.hsds import Directory, read_directory, read_package
from chatdong.safetynet.benefits.queries import directory_plan


class Command(BaseCommand):
    """A JSON file, a zip, or a folder of CSV tables; it comes in whole or not at all."""

    help = "기관·서비스 목록(Open Referral HSDS 3)을 넣습니다. 두 번 넣어도 같습니다. docs/how-to/directory.md"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="파일", help="JSON, zip, 또는 CSV 표가 든 폴더")
        parser.add_argument("--gu", required=True, help="자치구 이름")
        parser.add_argument("--try", action="store_true", dest="only_try", help="넣지 않고 살펴보기만 합니다.")

    def handle(self, *_args: Any, **options: Any) -> None:
        today = clock.today()
        gu = next((gu for gu in gus(today) if gu.name == options["gu"]), None)
        if gu is None:
            raise CommandError(f"{options['gu']}: 모르는 자치구입니다. 먼저 import_places로 지역을 넣어 주세요.")
        known = catalog()
        try:
            directory = _read(options["file"])
            if options["only_try"]:
                plan = directory_plan(
                    directory, gu_id=gu.pk, day=today, situations=known.situations, benefits=known.book.benefits
                )
            else:
                plan = load_directory(
                    by=system("복지기관 넣기"), directory=directory, gu_id=gu.pk, at=clock.now(), situations=known.situations,
                    benefits=known.book.benefits,
                )  # fmt: skip
        except Refusal as error:
            raise CommandError(f"{error}\n아무것도 넣지 않았습니다.") from error
        for note in plan.notes:
            self.stdout.write(note)
        for one in plan.counts:
            self.stdout.write(
                f"{one.label}: 더함 {one.added:,}, 바뀜 {one.changed:,}, 그대로 {one.same:,}, 없어짐 {one.removed:,}"
            )


def _read(path: Path) -> Directory:
    try:
        if path.is_dir():
            return read_package({one.name: one.read_bytes() for one in sorted(path.glob("*.csv"))})
        return read_directory(path.read_bytes(), path.name)
    except OSError as error:
        raise Refusal(f"{path}: 파일을 열 수 없습니다. 경로와 읽기 권한을 확인해 주세요.") from error
