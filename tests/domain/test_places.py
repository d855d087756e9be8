"""Places: official files, dates, renames, successions, rules. The dong are counted from the table as of a day."""

import json
import os
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.places_files import CODES, LEGAL, MIX, collection, feature, square

from chatdong.ground.places import queries
from chatdong.ground.places.actions import (
    load_dong_codes,
    load_dong_parts,
    load_legal_codes,
    load_outlines,
    load_tongs,
    note_succession,
)
from chatdong.ground.places.models import City, Dong, DongPart, Gu, LegalDong, Outline, Succession
from chatdong.ground.places.official import PlaceCode, day_of, name_key, read_codes, read_parts
from chatdong.ground.places.states import Turn
from chatdong.kernel.clock import KST
from chatdong.kernel.errors import Conflict, Forbidden, Invalid
from chatdong.policy.actor import system
from chatdong.policy.models import Entry

pytestmark = pytest.mark.django_db
BY = system("시험")
AT = datetime(2026, 3, 16, 9, 0, tzinfo=KST)
BEFORE, AFTER = date(2018, 12, 31), date(2021, 7, 1)


def codes(text: str = CODES, name: str = "KIKcd_H.txt", encoding: str = "utf-8") -> list[PlaceCode]:
    return read_codes(text.encode(encoding), name)


def load(text: str = CODES, on: date = AFTER, **rest):
    return load_dong_codes(by=BY, rows=codes(text), on=on, at=AT, **rest)


def outlines(*features: dict, on: date = AFTER, source: str = "통계청 SGIS", **rest):
    return load_outlines(by=BY, collection=collection(*features), on=on, source=source, at=AT, **rest)


def test_dong_are_counted_as_of_a_day():
    load()
    assert [dong.name for dong in queries.dongs(BEFORE)] == ["오류2동", "강일동", "상일동"]
    assert queries.dongs(date(2020, 1, 1)).count() == 4
    assert [dong.name for dong in queries.dongs(AFTER)] == ["오류2동", "항동", "강일동", "상일제1동", "상일제2동"]
    assert (City.objects.count(), Gu.objects.count()) == (1, 2)
    assert Dong.objects.get(code="1153080000").gu.name == "구로구"


def test_loading_twice_changes_nothing():
    assert (load().added, Dong.objects.count()) == (6, 6)
    again = load()
    assert (again.added, again.renamed, again.ended, again.missing) == (0, 0, 0, [])
    assert again.same == 6
    assert Entry.objects.filter(event="places.load_dong_codes").count() == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize("delimiter", ["\t", ","])
def test_files_as_offices_save_them(encoding, delimiter):
    rows = codes(CODES.replace("\t", delimiter).replace("\n", "\r\n"), encoding=encoding)
    assert [row.name for row in rows][3] == "항동"
    assert rows[6].valid_to == date(2021, 7, 1)


def test_abolished_code_ends_and_a_dong_missing_from_the_file_is_only_named():
    load()
    ended = CODES.replace("강일동\t20090101\t", "강일동\t20090101\t20220101").replace(
        "1153080000\t서울특별시\t구로구\t항동\t20200101\t\n", ""
    )
    told = load(ended, on=date(2022, 1, 1))
    assert (told.ended, told.missing) == (1, ["항동"])
    assert Dong.objects.get(code="1174051500").valid_to == date(2022, 1, 1)
    assert Dong.objects.get(code="1153080000").valid_to is None
    assert load(ended, on=date(2022, 1, 1), complete=True).ended == 1
    assert Dong.objects.get(code="1153080000").valid_to == date(2022, 1, 1)


def test_rename_keeps_the_row_that_households_stand_in_and_remembers_the_old_name():
    load()
    row = Dong.objects.get(code="1174051500")
    outlines(feature(square(127.17, 37.56), adm_cd2="1174051500", adm_nm="서울특별시 강동구 강일동"), on=date(2019, 1, 1))
    renamed = CODES.replace("강일동\t20090101", "고덕강일동\t20090101")
    assert load(renamed, on=date(2024, 1, 1)).renamed == 1
    row.refresh_from_db()
    assert (row.name, row.valid_from) == ("고덕강일동", date(2024, 1, 1))
    past = Dong.objects.get(code="1174051500", name="강일동")
    assert (past.valid_from, past.valid_to) == (date(2009, 1, 1), date(2024, 1, 1))
    assert past.outlines.count() == 1
    assert queries.successors(past.pk, date(2025, 1, 1)) == [row]
    assert load(renamed, on=date(2024, 1, 1)).renamed == 0
    assert load(renamed, on=date(2025, 1, 1)).renamed == 0
    assert load(on=AFTER).renamed == 0, "an older file does not bring an old name back"
    assert [dong.name for dong in queries.dongs(date(2023, 12, 31), row.gu_id)] == ["강일동", "상일제1동", "상일제2동"]


def test_spellings_of_one_name_are_no_rename():
    assert name_key("상일제1동") == name_key("상일1동")
    assert name_key("종로1.2.3.4가동") == name_key("종로1·2·3·4가동")
    assert name_key("제기동") == "제기동"
    load()
    assert load(CODES.replace("상일제1동", "상일1동")).renamed == 0


def test_history_lines_of_one_code_come_in_order():
    text = CODES + "1174060000\t서울특별시\t강동구\t암사동\t20000101\t19990101\n"
    with pytest.raises(Invalid, match=r"KIKcd_H\.txt 11번째 줄: 말소일자가 맞지 않습니다"):
        codes(text)
    text = (
        CODES
        + "1174060000\t서울특별시\t강동구\t새암사동\t20100101\t\n1174060000\t서울특별시\t강동구\t암사동\t19900101\t20050101\n"
    )
    load(text)
    assert list(Dong.objects.filter(code="1174060000").order_by("valid_from").values_list("name", "valid_to")) == [
        ("암사동", date(2005, 1, 1)), ("새암사동", None),
    ]  # fmt: skip
    assert load(text).added == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "빈 파일입니다"),
        ("이름,코드\n가,1\n", "1번째 줄: 머리글에 행정동코드"),
        (CODES.replace("1153080000", "115308000"), "5번째 줄: 코드가 숫자 10자리가 아닙니다"),
        (CODES.replace("20200101", "2020-13-01"), "5번째 줄: 생성일자를 읽을 수 없습니다"),
        (CODES.replace("\t항동\t20200101\t", ""), "5번째 줄: 칸이 모자랍니다"),
    ],
)
def test_bad_code_files_are_refused_with_file_line_and_what_to_do(text, says):
    with pytest.raises(Invalid, match=f"KIKcd_H.txt.*{says}.*(주세요|확인)"):
        codes(text)


def test_a_file_that_is_no_text_is_refused():
    with pytest.raises(Invalid, match=r"글자를 읽을 수 없습니다.*CP949"):
        read_codes(b"PK\x03\x04\xff\xfe\x80\x81", "KIKcd_H.xlsx")


def test_a_dong_without_its_gu_is_refused():
    alone = "행정동코드,시도명,시군구명,읍면동명,생성일자,말소일자\n1153080000,서울특별시,,항동,20200101,\n"
    with pytest.raises(Invalid, match="항동의 시와 구를 알 수 없습니다"):
        load(alone)
    assert not Dong.objects.exists()


def test_an_administrator_loads_the_own_gu_only(world, who):
    row = PlaceCode("1141099000", "서울특별시", "서대문구", "새동", date(2026, 1, 1))
    load_dong_codes(by=who("administrator"), rows=[row], on=world.today, at=world.now)
    other = PlaceCode("1144099000", "서울특별시", "마포구", "남의동", date(2026, 1, 1))
    with pytest.raises(Forbidden):
        load_dong_codes(by=who("administrator"), rows=[other], on=world.today, at=world.now)
    with pytest.raises(Forbidden):
        load_dong_codes(by=who("gu_officer"), rows=[row], on=world.today, at=world.now)
    assert not Dong.objects.filter(name="남의동").exists()


def test_legal_dong_and_which_dong_covers_them():
    load()
    told = load_legal_codes(by=BY, rows=read_codes(LEGAL.encode(), "KIKcd_B.txt"), on=AFTER, at=AT)
    assert (told.added, LegalDong.objects.count()) == (2, 2)
    parts = read_parts(MIX.encode(), "KIKmix.txt")
    assert load_dong_parts(by=BY, rows=parts, at=AT).added == 3
    assert load_dong_parts(by=BY, rows=parts, at=AT).same == 3
    assert DongPart.objects.count() == 3
    old = Dong.objects.get(name="오류2동")
    assert [row.name for row in queries.legal_dongs_of(old.pk, BEFORE)] == ["오류동", "항동"]
    assert [row.name for row in queries.legal_dongs_of(old.pk, AFTER)] == ["오류동"]


def test_a_part_of_an_unknown_dong_names_its_line():
    load()
    with pytest.raises(Invalid, match="KIKmix 3번째 줄: 1153010800 코드를 모릅니다"):
        load_dong_parts(by=BY, rows=read_parts(MIX.encode(), "KIKmix"), at=AT)


def test_outlines_make_what_is_not_known_and_put_the_point_inside():
    horseshoe = {
        "type": "Polygon",
        "coordinates": [[[127, 37.5], [127.03, 37.5], [127.03, 37.53], [127.02, 37.53], [127.02, 37.51], [127.01, 37.51],
                         [127.01, 37.53], [127, 37.53], [127, 37.5]]],
    }  # fmt: skip
    told = outlines(
        feature(horseshoe, adm_cd2="1153078000", adm_cd="1117063", adm_nm="서울특별시 구로구 오류2동", sggnm="구로구")
    )
    dong = Dong.objects.select_related("gu__city").get()
    assert (told.added, dong.name, dong.gu.name, dong.gu.city.name, dong.statistics_code) == (
        1, "오류2동", "구로구", "서울특별시", "1117063",
    )  # fmt: skip
    assert not (127.01 < dong.lon < 127.02 and dong.lat > 37.51), "the point lies in the mouth of the horseshoe"
    found = queries.outlines([dong.pk], AFTER)["features"][0]
    assert (found["geometry"], found["properties"]["source"]) == (horseshoe, "통계청 SGIS")


def test_outlines_twice_and_newer_ones():
    one = feature(square(126.8, 37.49), hjd_cd10="1153078000", kostat7="1117063", gu="구로구", dong="오류2동")
    outlines(one, on=BEFORE)
    assert outlines(one, on=BEFORE).same == 1
    outlines(one, on=AFTER)
    assert Outline.objects.count() == 1, "the same shape on a later day is no new outline"
    moved = feature(square(126.81, 37.49), hjd_cd10="1153078000", gu="구로구", dong="오류2동")
    outlines(moved, on=AFTER)
    dong = Dong.objects.get()
    assert Outline.objects.count() == 2
    assert dong.lon == pytest.approx(126.815)
    outlines(one, on=BEFORE)
    dong.refresh_from_db()
    assert dong.lon == pytest.approx(126.815), "an older file does not move the point back"
    assert queries.outlines([dong.pk], BEFORE)["features"][0]["geometry"] == square(126.8, 37.49)


def test_sgis_files_find_their_dong_by_number_or_by_name():
    load()
    outlines(feature(square(126.8, 37.49), adm_cd="11170630", adm_nm="서울특별시 구로구 오류2동", base_date="20200630"))
    dong = Dong.objects.get(name="오류2동")
    assert dong.statistics_code == "11170630"
    assert Outline.objects.get().valid_from == date(2020, 6, 30)
    outlines(feature(square(126.8, 37.48), adm_cd="11170630", adm_nm="오류2동"))
    assert dong.outlines.count() == 2
    with pytest.raises(Invalid, match="도형: 신도림동이"):
        outlines(feature(square(126.8, 37.4), adm_cd="11170510", adm_nm="신도림동"))


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"features": []}, "도형이 없습니다"),
        (["x"], "도형이 없습니다"),
        (collection({"type": "Feature", "geometry": square(126.8, 37.4)}), "1번째 도형: 설명"),
        (collection(feature(square(126.8, 37.4), adm_nm="항동")), "어느 동인지"),
        (collection(feature(square(126.8, 37.4), adm_cd2="11", adm_nm="항동")), "숫자 10자리가 아닙니다"),
        (collection(feature({"type": "Point", "coordinates": [1, 2]}, adm_cd2="1153080000", adm_nm="항동")), "면"),
        (collection(feature({"type": "Polygon", "coordinates": [["a"]]}, adm_cd2="1153080000", adm_nm="항동")), "좌표를"),
        (collection(feature(square(947000, 1940000), adm_cd2="1153080000", adm_nm="항동")), r"WGS84\(EPSG:4326\)"),
        (collection(*[feature(square(126.8, 37.4), adm_cd2="1153080000", adm_nm="항동")] * 2), "2번째 도형: 같은 행정동"),
        (collection(feature(square(126.8, 37.4), adm_cd2="2653080000", adm_nm="항동")), "시와 구를 알 수 없습니다"),
    ],
)
def test_bad_boundary_files_are_refused(broken, says):
    with pytest.raises(Invalid, match=says):
        load_outlines(by=BY, collection=broken, on=AFTER, source="통계청", at=AT)
    assert not Outline.objects.exists()


def test_a_boundary_that_crosses_itself_is_mended():
    bow = {"type": "Polygon", "coordinates": [[[126.8, 37.4], [126.82, 37.42], [126.82, 37.4], [126.8, 37.42], [126.8, 37.4]]]}
    outlines(feature(bow, adm_cd2="1153080000", adm_nm="서울특별시 구로구 항동"))
    assert Outline.objects.get().geometry["type"] == "MultiPolygon"


def test_split_and_merge_with_their_day():
    old = feature(square(126.82, 37.48, 0.02), hjd_cd10="1153078000", gu="구로구", dong="오류2동")
    new = feature(square(126.83, 37.48), hjd_cd10="1153080000", gu="구로구", dong="항동")
    outlines(old, on=BEFORE)
    outlines(feature(square(126.82, 37.48), hjd_cd10="1153078000", gu="구로구", dong="오류2동"), new, on=date(2021, 4, 1))
    assert queries.dongs(date(2020, 6, 1)).count() == 1
    split = {"before_code": "1153078000", "after_code": "1153080000", "on": date(2020, 1, 1), "turn": Turn.SPLIT}
    first = note_succession(by=BY, at=AT, **split)
    assert note_succession(by=BY, at=AT, **split) == first
    assert Succession.objects.count() == 1
    assert [queries.dongs(day).count() for day in (BEFORE, date(2019, 12, 31), date(2020, 1, 1))] == [1, 1, 2]
    before = Dong.objects.get(code="1153078000")
    assert [dong.name for dong in queries.successors(before.pk, AFTER)] == ["오류2동", "항동"]
    assert [dong.name for dong in queries.successors(before.pk, BEFORE)] == ["오류2동"]
    note_succession(by=BY, before_code="1153080000", after_code="1153078000", on=date(2030, 1, 1), turn=Turn.MERGE, at=AT)
    gone = Dong.objects.get(code="1153080000")
    assert gone.valid_to == date(2030, 1, 1)
    assert [dong.name for dong in queries.successors(gone.pk, date(2031, 1, 1))] == ["오류2동"]


def test_successions_that_cannot_be_are_refused():
    load()
    with pytest.raises(Invalid, match="코드의 행정동이 없습니다"):
        note_succession(by=BY, before_code="9999999999", after_code="1153080000", on=AFTER, turn=Turn.SPLIT, at=AT)
    with pytest.raises(Invalid, match="같은 동입니다"):
        note_succession(by=BY, before_code="1153080000", after_code="1153080000", on=AFTER, turn=Turn.SPLIT, at=AT)
    with pytest.raises(Conflict):
        note_succession(by=BY, before_code="1153080000", after_code="1153078000", on=BEFORE, turn=Turn.MERGE, at=AT)


def test_tongs_and_bans():
    load()
    dong = Dong.objects.get(name="항동")
    assert load_tongs(by=BY, dong_id=dong.pk, tongs={1: 3, 2: 2}, on=AFTER, at=AT).added == 7
    assert load_tongs(by=BY, dong_id=dong.pk, tongs={1: 3, 2: 2}, on=AFTER, at=AT).added == 0
    assert load_tongs(by=BY, dong_id=dong.pk, tongs={2: 3}, on=AFTER, at=AT).added == 1
    assert [tong.bans.count() for tong in queries.tongs_of(dong.pk, AFTER)] == [3, 3]


def test_days_in_official_files():
    assert day_of("20200101") == day_of("2020-01-01") == day_of("2020. 01. 01") == date(2020, 1, 1)
    assert day_of("2020") is day_of("20201301") is day_of("") is None


SAMPLES = os.environ.get("CHATDONG_GEO_SAMPLES", "")


@pytest.mark.skipif(not SAMPLES, reason="data: CHATDONG_GEO_SAMPLES names no folder with Seoul's boundary files")
def test_seoul_has_424_dong_in_2018_and_425_after_hang_dong():
    for name, on in (("seoul_dongs_424_2018.geojson", BEFORE), ("seoul_dongs_425_202104.geojson", date(2021, 4, 1))):
        told = json.loads((Path(SAMPLES) / name).read_text(encoding="utf-8"))
        load_outlines(by=BY, collection=told, on=on, source="통계청 SGIS / vuski/admdongkor", at=AT, name=name)
    note_succession(by=BY, before_code="1153078000", after_code="1153080000", on=date(2020, 1, 1), turn=Turn.SPLIT, at=AT)
    assert [queries.dongs(day).count() for day in (BEFORE, date(2019, 12, 31), date(2020, 1, 1), date(2021, 4, 1))] == [
        424, 424, 425, 425,
    ]  # fmt: skip
    assert queries.gus(BEFORE).count() == 25
    gu = queries.gu_by_code("11410", BEFORE)
    assert queries.dongs(BEFORE, gu.pk).count() == 14
    assert not Dong.objects.filter(lon=None).exists()
