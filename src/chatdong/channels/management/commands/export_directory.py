"""Write the directory of local services as HSDS 3: `python manage.py export_directory FILE.json|FILE.zip [--gu 서대문구]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chatdong.ground.places.queries import gus
from chatdong.kernel import clock
from chatdong.safetynet.benefits.hsds import package_of, profile_of
from chatdong.safetynet.benefits.queries import directory_of_gu


class Command(BaseCommand):
    """Nothing personal stands in it: organizations, places, hours and costs only."""

    help = "기관·서비스 목록을 Open Referral HSDS 3 파일로 내보냅니다(.json 또는 .zip)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="파일", help="끝이 .json이면 API 모양, .zip이면 CSV 표")
        parser.add_argument("--gu", default="", help="자치구 이름. 없으면 모두")

    def handle(self, *_args: Any, **options: Any) -> None:
        gu = next((gu for gu in gus(clock.today()) if gu.name == options["gu"]), None)
        if options["gu"] and gu is None:
            raise CommandError(f"{options['gu']}: 모르는 자치구입니다.")
        write = {".json": profile_of, ".zip": package_of}.get(options["file"].suffix.lower())
        if write is None:
            raise CommandError("파일 이름은 .json이나 .zip으로 끝나야 합니다.")
        directory, areas = directory_of_gu(gu.pk if gu else None)
        try:
            options["file"].write_bytes(write(directory, areas))
        except OSError as error:
            raise CommandError(f"{options['file']}: 쓸 수 없습니다. 폴더와 권한을 확인해 주세요.") from error
        self.stdout.write(f"기관 {len(directory.organizations):,}, 서비스 {len(directory.offerings):,}를 적었습니다.")
