"""The first person of a gu: `python manage.py make_administrator LOGIN --name 이름 --gu 구`; they post everybody else."""

from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chatdong.ground.accounts.actions import open_account, post_person
from chatdong.ground.accounts.states import PostedRole
from chatdong.ground.places.queries import gus
from chatdong.kernel import clock
from chatdong.kernel.errors import Refusal
from chatdong.policy.actor import system


class Command(BaseCommand):
    help = "구의 첫 운영담당 계정을 만듭니다. 비밀번호는 물어봅니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login_id")
        parser.add_argument("--name", required=True)
        parser.add_argument("--gu", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        at = clock.now()
        gu = next((gu for gu in gus(at.date()) if gu.name == options["gu"]), None)
        if gu is None:
            raise CommandError(f"{options['gu']}: 모르는 자치구입니다. 먼저 import_places로 지역을 넣어 주세요.")
        password = getpass("비밀번호 (10자 이상): ")
        if password != getpass("한 번 더: "):
            raise CommandError("두 비밀번호가 다릅니다.")
        by = system("첫 운영담당")
        try:
            account = open_account(by=by, login_id=options["login_id"], name=options["name"], password=password, at=at)
            post_person(by=by, account=account, role=PostedRole.ADMINISTRATOR, gu_id=gu.pk, dong_id=None, on=at.date(), at=at)
        except Refusal as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{account.name}님이 로그인하면 '직원·발령'에서 다른 직원을 발령할 수 있습니다.")
