"""A gu's own rules, extra days off, and the commands that load places."""

import json
from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from tests.places_files import CODES, LEGAL, MIX, collection, feature, square

from chatdong.ground.places import queries
from chatdong.ground.places.actions import note_extra_day, set_rule
from chatdong.ground.places.models import DongPart, LegalDong, Outline, Setting
from chatdong.kernel.clock import KST
from chatdong.kernel.errors import Forbidden, Invalid
from chatdong.policy.actor import system

pytestmark = pytest.mark.django_db
BY = system("시험")
AT = datetime(2026, 3, 16, 9, 0, tzinfo=KST)
AFTER = date(2021, 7, 1)


def test_a_gu_sets_its_own_rule_from_a_day(world, who):
    gu = world.gus["서대문구"].pk
    day = date(2026, 4, 1)
    told = {
        "gu_id": gu,
        "key": "first_contact.now",
        "value": {"hours": 1, "basis": "clock"},
        "valid_from": day,
        "source": "구 기준 3조",
    }
    by = who("administrator")
    assert set_rule(by=by, at=world.now, **told).pk == set_rule(by=by, at=world.now, **told).pk
    assert Setting.objects.count() == 1
    assert queries.rule("first_contact.now", date(2026, 3, 31), gu).value["hours"] == 2
    assert queries.rule("first_contact.now", day, gu).value["hours"] == 1
    assert queries.rule("first_contact.now", day, world.gus["마포구"].pk).value["hours"] == 2
    set_rule(by=BY, at=world.now, **{**told, "gu_id": None, "value": {"hours": 3, "basis": "clock"}})
    assert queries.rule("first_contact.now", day, gu).value["hours"] == 1, "the gu's own row wins"
    assert queries.rule("first_contact.now", day, world.gus["마포구"].pk).value["hours"] == 3
    set_rule(by=by, at=world.now, **{**told, "value": {"hours": 4, "basis": "clock"}})
    assert queries.rule("first_contact.now", day, gu).value["hours"] == 4, "corrected on the same day: the newer row counts"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"key": "no.such"}, "항목은 없습니다"),
        ({"value": {"hours": 1}}, "빠짐없이"),
        ({"value": {"hours": -1, "basis": "clock"}}, "0부터"),
        ({"value": {"hours": True, "basis": "clock"}}, "0부터"),
        ({"value": {"hours": 1, "basis": "moon"}}, "쓸 수 있는 말: civil, clock, working"),
        ({"source": " "}, "근거를"),
        ({"gu_id": 987654}, "자치구가 없습니다"),
    ],
)
def test_rules_that_cannot_be_are_refused(db, change, says):
    told = {
        "gu_id": None,
        "key": "first_contact.now",
        "value": {"hours": 1, "basis": "clock"},
        "valid_from": AFTER,
        "source": "구 기준",
    }
    with pytest.raises(Invalid, match=says):
        set_rule(by=BY, at=AT, **{**told, **change})
    assert not Setting.objects.exists()


def test_rules_of_another_gu_are_not_touched(world, who):
    told = {"key": "rhythm.high", "value": {"times": 2, "per": "week"}, "valid_from": AFTER, "source": "구 기준", "at": world.now}
    for gu_id in (world.gus["마포구"].pk, None):
        with pytest.raises(Forbidden):
            set_rule(by=who("administrator"), gu_id=gu_id, **told)
    with pytest.raises(Forbidden):
        set_rule(by=who("team_lead"), gu_id=world.gus["서대문구"].pk, **told)


def test_extra_days_are_noted_and_corrected():
    note_extra_day(by=BY, day=date(2026, 6, 3), name="지방선거", source="공직선거법 §34", at=AT)
    note_extra_day(by=BY, day=date(2026, 6, 3), name="지방선거", source="공직선거법 §34", is_off=False, at=AT)
    assert queries.extra_days() == {date(2026, 6, 3): False}
    with pytest.raises(Invalid, match="근거"):
        note_extra_day(by=BY, day=date(2026, 6, 4), name="임시공휴일", source="", at=AT)


def run(command: str, *args: str) -> str:
    out = StringIO()
    call_command(command, *args, stdout=out)
    return out.getvalue()


def test_the_command_loads_all_files_or_none(tmp_path):
    paths = {name: tmp_path / name for name in ("KIKcd_H.20210701.txt", "KIKcd_B.txt", "KIKmix.txt", "dong.geojson")}
    told = [CODES, LEGAL, MIX, json.dumps(collection(feature(square(126.8, 37.4), adm_cd2="1153080000", adm_nm="항동")))]
    for path, text in zip(paths.values(), told, strict=True):
        path.write_text(text, encoding="cp949")
    args = [
        word
        for pair in zip(("--codes-h", "--codes-b", "--mix", "--outlines"), map(str, paths.values()), strict=True)
        for word in pair
    ]
    said = run("import_places", *args)
    assert "더함 6" in said
    assert "행정동 5" in said
    assert (Outline.objects.count(), DongPart.objects.count()) == (1, 3)
    (tmp_path / "dong.geojson").write_text("{", encoding="utf-8")
    (tmp_path / "KIKcd_B.txt").write_text(LEGAL + "1153011300,서울특별시,구로구,궁동,,19880423,\n", encoding="utf-8")
    with pytest.raises(CommandError, match="GeoJSON으로 읽을 수 없습니다"):
        run("import_places", *args)
    assert not LegalDong.objects.filter(name="궁동").exists()


def test_the_command_says_what_to_do(tmp_path):
    with pytest.raises(CommandError, match="넣을 파일을 하나는"):
        run("import_places")
    with pytest.raises(CommandError, match="파일을 열 수 없습니다"):
        run("import_places", "--codes-h", str(tmp_path / "no.txt"))
    (tmp_path / "bad.txt").write_text("x", encoding="utf-8")
    with pytest.raises(CommandError, match=r"bad.txt 1번째 줄.*\n아무것도 넣지 않았습니다"):
        run("import_places", "--codes-h", str(tmp_path / "bad.txt"))


def test_the_command_takes_one_gu_only(tmp_path):
    path = tmp_path / "KIKcd_H.20210701.txt"
    path.write_text(CODES, encoding="utf-8")
    run("import_places", "--codes-h", str(path), "--only", "11530")
    assert [gu.name for gu in queries.gus(AFTER)] == ["구로구"]
    assert [dong.name for dong in queries.dongs(AFTER)] == ["오류2동", "항동"]


def test_the_rule_command(world):
    said = run("set_rule", "rhythm.high", "times=2", "per=week", "--gu", "11410", "--from", "20260101", "--source", "구 기준 7조")
    assert "rhythm.high: per=week times=2 (2026. 1. 1.부터, 근거: 구 기준 7조)" in said
    assert "first_contact.now: basis=clock hours=2" in run("set_rule")
    for args, says in (
        (["rhythm.high", "days"], "이름=값"),
        (["no.such"], "항목은 없습니다"),
        (["x", "--gu", "99999"], "자치구가 없습니다"),
    ):
        with pytest.raises(CommandError, match=says):
            run("set_rule", *args)
