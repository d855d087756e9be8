"""Load a district's register of households: `python manage.py import_people FILE.csv --gu 서대문구`."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chatdong.channels.peopleimport.read import WORDS, ReadHome, read_homes
from chatdong.engines.linkage.normalize import person_of
from chatdong.engines.linkage.verdict import Outcome, judge
from chatdong.ground.households.actions import load_households
from chatdong.ground.households.queries import candidates_for
from chatdong.ground.households.rows import HouseholdRow, LoadedCircumstance, NewResident
from chatdong.ground.places.queries import dongs, gus, tongs_of
from chatdong.kernel import clock
from chatdong.kernel.errors import Refusal
from chatdong.policy.actor import system

BATCH = 2000


class Command(BaseCommand):
    """A household that is known already is left as it is; a line that cannot be used is told and stops nobody else."""

    help = "가구 명부(CSV)를 넣습니다. 두 번 넣어도 같습니다. 칸은 docs/how-to/people.md에 있습니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--gu", required=True, help="자치구 이름")
        parser.add_argument("--try", action="store_true", dest="only_try", help="넣지 않고 살펴보기만 합니다.")

    def handle(self, *_args: Any, **options: Any) -> None:
        today = clock.today()
        gu = next((gu for gu in gus(today) if gu.name == options["gu"]), None)
        if gu is None:
            raise CommandError(f"{options['gu']}: 모르는 자치구입니다. 먼저 import_places로 지역을 넣어 주세요.")
        self.gu_id, self.by, self.counts = gu.pk, system("가구 명부 넣기"), {"넣음": 0, "이미 있음": 0, "오류": 0}
        self.dong_ids = {dong.name: dong.pk for dong in dongs(today, gu.pk)}
        self.tong_ids: dict[int, dict[int, int]] = {}
        faults: list[tuple[str, str]] = []
        try:
            homes = self._usable(read_homes(options["file"], today), faults)
            while batch := list(islice(homes, BATCH)):
                if not options["only_try"]:
                    load_households(by=self.by, rows=[self._row(home) for home in batch], at=clock.now())
                self.counts["넣음"] += len(batch)
                self.stdout.write(f"가구 {self.counts['넣음']:,} …")
        except Refusal as error:
            raise CommandError(str(error)) from error
        self.stdout.write(", ".join(f"{name} {count:,}" for name, count in self.counts.items()))
        if faults:
            self._tell(options["file"], faults)

    def _usable(self, homes: Iterable[ReadHome], faults: list[tuple[str, str]]) -> Iterator[ReadHome]:
        for home in homes:
            if home.cells["동"] not in self.dong_ids:
                home.faults.append(f"{home.lines[0]}번째 줄: 이 구에 없는 동입니다({home.cells['동']}).")
            if home.faults:
                self.counts["오류"] += 1
                faults += [(home.number, fault) for fault in home.faults]
            elif self._is_known(home):
                self.counts["이미 있음"] += 1
            else:
                yield home

    def _is_known(self, home: ReadHome) -> bool:
        first, today = home.people[0], clock.today()
        person = person_of(
            name=first.name, birth=first.birth or first.birth_year, phone=first.phone, sex=first.sex, today=today,
            address=f"{home.cells['도로명주소']} {home.cells['상세주소']}",
        )  # fmt: skip
        return judge(person, candidates_for(person, gu_id=self.gu_id)).outcome is Outcome.SURE

    def _row(self, home: ReadHome) -> HouseholdRow:
        cells, today = home.cells, clock.today()
        dong_id = self.dong_ids[cells["동"]]
        if dong_id not in self.tong_ids:
            self.tong_ids[dong_id] = dict(tongs_of(dong_id, today).values_list("number", "pk"))
        number = cells["통"].removesuffix("통")
        return HouseholdRow(
            dong_id=dong_id,
            residents=tuple(
                NewResident(one.name, one.birth, None if one.birth else one.birth_year, one.sex, one.relation, one.phone)
                for one in home.people
            ),
            circumstances=tuple(LoadedCircumstance(kind, today, source="가구 명부") for kind in sorted(home.circumstances)),
            tong_id=self.tong_ids[dong_id].get(int(number)) if number.isdigit() else None,
            road_address=cells["도로명주소"],
            address_detail=cells["상세주소"],
            dwelling=WORDS["집의형태"][cells["집의형태"]],
            address_hidden=cells["주소비공개"] in {"예", "Y", "y", "1", "비공개"},
            lon=_degrees(cells["경도"]),
            lat=_degrees(cells["위도"]),
            phone=home.people[0].phone,
        )

    def _tell(self, file: Path, faults: list[tuple[str, str]]) -> None:
        beside = file.with_name(f"{file.stem}.오류.csv")
        with beside.open("w", encoding="utf-8-sig", newline="") as opened:
            csv.writer(opened).writerows([("가구", "까닭"), *faults])
        self.stdout.write(f"넣지 못한 가구 {self.counts['오류']:,}곳의 까닭을 {beside}에 적었습니다.")


def _degrees(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
