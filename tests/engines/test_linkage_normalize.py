"""The one normalizer: names, births, phones and addresses from dirty lists."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdong.engines.linkage.names import hidden_fits
from chatdong.engines.linkage.normalize import (
    Address,
    normal_address,
    normal_birth,
    normal_name,
    normal_phones,
    person_of,
    still_needed,
)
from chatdong.kernel.clock import KST

TODAY = date(2026, 11, 21)
MESS = st.text(
    st.one_of(
        st.sampled_from(" 김이박홍길동영희할머니씨님어르신엄마여사*○OXㅇ()（）0123-.,/주㈜故외명천연동로길호층번지산반지하Bb:"),
        st.characters(),
    ),
    max_size=25,
)


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("홍길동", "홍길동"), ("홍 길동 할머니", "홍길동"), ("김영희씨", "김영희"), ("㈜행복", "행복"), ("(주)행복", "행복"),
        ("김OO", "김**"), ("홍○동", "홍*동"), ("김ㅇㅇ", "김**"), ("박00", "박**"), ("김모씨", "김*"), ("김씨 할머니", "김"),
        ("KIM, Gildong", "KIM GILDONG"), ("Nguyễn Thị Hoa", "NGUYEN THI HOA"), ("홍길동(72세)", "홍길동"), ("김영희2", "김영희"),
        ("이해님", "이해님"), ("홍길동님", "홍길동"), ("김주민", "김주민"), ("남궁옥분 여사", "남궁옥분"),
        ("성명: 이순자", "이순자"),
        ("홍길동 외 2명", "홍길동"),
        ("故 김철수", "김철수"), ("홍길동 HONG", "홍길동"), ("박영자 어르신", "박영자"), ("ｋｉｍ ｂｏ", "KIM BO"),
    ],
)  # fmt: skip
def test_name(written, full):
    assert normal_name(written).full == full


@pytest.mark.parametrize("written", ["미상", "철수 엄마", "김영희네", "이름 모름", "-", "익명", "", None, "()"])
def test_no_name(written):
    name = normal_name(written)
    assert not name
    assert name.note or not str(written or "").strip("()")


def test_hidden_names_fit_what_they_hide():
    assert hidden_fits("홍*동", "홍길동")
    assert hidden_fits("김**", "김영")
    assert hidden_fits("김", "김영희")
    assert hidden_fits("남궁**", "남궁옥분")
    assert not hidden_fits("홍*동", "홍길순")
    assert not hidden_fits("이**", "김영희")


@pytest.mark.parametrize(
    ("latin", "hangul"),
    [("KIM GILDONG", "김길동"), ("Younghee Lee", "이영희"), ("PARK Chul Soo", "박철수"), ("Choi, Jin-ho", "최진호")],
)
def test_romanized_names_meet_their_hangul(latin, hangul):
    assert normal_name(latin).romanized == normal_name(hangul).romanized != ""


@given(MESS)
def test_a_normal_name_is_final(text):
    full = normal_name(text).full
    assert normal_name(full).full == full


@pytest.mark.parametrize(
    "written",
    ["19560315", "560315", "1956.3.15", "1956-03-15", "1956/3/15", "56.3.15", "1956년 3월 15일", "1956. 3. 15.", "560315-2******",
     "5603152", 19560315.0, 560315, datetime(1956, 3, 15, 9, tzinfo=KST), date(1956, 3, 15),
     "1956-03-15 00:00:00", "3/15/1956", "1956-15-03", "19561503"],
)  # fmt: skip
def test_birth(written):
    assert normal_birth(written, TODAY).day == date(1956, 3, 15)


def test_birth_from_an_excel_day_number():
    assert normal_birth(20530, TODAY).readings == (date(1956, 3, 16), date(2002, 5, 30))
    assert normal_birth(20560, TODAY).day == date(1956, 4, 15)
    assert normal_birth("20560.0", TODAY).day == date(1956, 4, 15)
    assert normal_birth(50315, TODAY).day == date(2005, 3, 15)


@pytest.mark.parametrize(
    ("written", "year", "readings", "word"),
    [
        ("160315", None, 2, "1916년인지 2016년인지"),
        ("3/4/1956", 1956, 2, "월과 일"),
        ("1956", 1956, 0, "해만"),
        ("56년생", 1956, 0, "해만"),
        ("19560000", 1956, 0, "해만"),
        ("20300101", None, 0, "오지 않은"),
        ("00000000", None, 0, "읽을 수 없"),
        ("18000101", None, 0, "읽을 수 없"),
        ("72세", None, 0, "나이"),
        ("모름", None, 0, "읽을 수 없"),
    ],
)
def test_a_birth_nobody_can_tell_says_why(written, year, readings, word):
    birth = normal_birth(written, TODAY)
    assert birth.day is None
    assert (birth.year, len(birth.readings)) == (year, readings)
    assert word in birth.note


def test_nothing_of_a_resident_number_but_the_date_is_kept():
    birth = normal_birth("150315-4123456", TODAY)
    assert birth.day == date(2015, 3, 15)
    assert "4123456" not in repr(birth)
    assert normal_birth("150315-2123456", TODAY).day == date(1915, 3, 15)


def test_lunar_is_told():
    birth = normal_birth("음력 1956.3.15", TODAY)
    assert birth.lunar and birth.day == date(1956, 3, 15)


@given(st.one_of(MESS, st.integers(), st.floats(allow_nan=True), st.dates(), st.none(), st.booleans()))
def test_any_cell_gives_a_birth_that_is_possible_and_final(cell):
    birth = normal_birth(cell, TODAY)
    assert all(date(1906, 1, 1) <= day <= TODAY for day in birth.readings)
    if birth.day:
        assert replace(normal_birth(birth.day, TODAY), lunar=False, note="") == replace(birth, lunar=False, note="")


@pytest.mark.parametrize(
    ("written", "first", "others"),
    [
        ("010-1234-5678", "01012345678", ()), (1012345678, "01012345678", ()), ("1012345678", "01012345678", ()),
        (1012345678.0, "01012345678", ()), ("+82 10 1234 5678", "01012345678", ()), ("010-1234-5678(아들)", "01012345678", ()),
        ("010-1234-5678, 02-312-5678", "01012345678", ("023125678",)),
        ("010 1234 5678/010.8765.4321", "01012345678", ("01087654321",)),
        ("01012345679 01087654321", "01012345679", ("01087654321",)),
        ("312-5678", "023125678", ()), ("2312-5678", "0223125678", ()),
        (23125678, "023125678", ("0223125678",)), ("031)123-4567", "0311234567", ()), (311234567, "0311234567", ()),
        ("0504-1234-5678", "050412345678", ()), ("집 02-312-5678 / 딸 010-1234-5678", "023125678", ("01012345678",)),
    ],
)  # fmt: skip
def test_phone(written, first, others):
    phones = normal_phones(written)
    assert (phones.first, phones.others) == (first, others)


@pytest.mark.parametrize("written", ["없음", "1588-1234", "010-0000-0000", "112", "12", "", None, float("nan")])
def test_no_phone_of_a_person(written):
    assert not normal_phones(written)
    assert normal_phones(written, area="").all == ()


@given(st.one_of(MESS, st.integers(), st.floats(), st.none()))
def test_a_normal_phone_is_final(cell):
    phones = normal_phones(cell)
    for phone in phones.all:
        assert normal_phones(phone).all == (phone,)


ADDRESSES = [
    ("서울특별시 서대문구 독립문로8길 13-2 302호", Address("서대문구", "", "독립문로8길", "13-2", unit="302")),
    ("서울특별시서대문구천연동독립문로8길13-2 302호", Address("서대문구", "천연동", "독립문로8길", "13-2", unit="302")),
    ("독립문로 8길 13-2", Address(road="독립문로8길", building_no="13-2")),
    ("통일로 12-302호", Address(road="통일로", building_no="12", unit="302")),
    (
        "통일로 484 101동 302호 (홍제동, 극동아파트)",
        Address(road="통일로", building_no="484", legal_dong="홍제동", unit="101-302"),
    ),
    ("통일로 484, 101-302", Address(road="통일로", building_no="484", unit="101-302")),
    ("남가좌2동 가재울미래로 36 105동1203호", Address("", "남가좌2동", "가재울미래로", "36", unit="105-1203")),
    ("연희로11가길 5 B01호", Address(road="연희로11가길", building_no="5", unit="B1", floor_flag="반지하")),
    ("세종대로 지하 175", Address(road="세종대로", building_no="지하175")),
    ("천연동 98-1번지 반지하 1호", Address("", "천연동", legal_dong="천연동", lot_no="98-1", unit="B1", floor_flag="반지하")),
    ("연희동 123번지 4호", Address("", "연희동", legal_dong="연희동", lot_no="123-4")),
    ("북아현동 산 1-5", Address("", "북아현동", legal_dong="북아현동", lot_no="산1-5")),
    ("서대문구 충정로3가 46 2층", Address("서대문구", "충정로3가", legal_dong="충정로3가", lot_no="46", unit="2F")),
    ("홍은제1동 12-3 옥탑방", Address("", "홍은제1동", legal_dong="홍은동", lot_no="12-3", unit="R", floor_flag="옥탑")),
    ("독립문로8길 13-2 가동 102호", Address(road="독립문로8길", building_no="13-2", unit="가-102")),
    ("서울 구로구 구로동 구로중앙로 5", Address("구로구", "구로동", "구로중앙로", "5")),
    ("연희동", Address("", "연희동")),
    ("98-1", Address()),
    ("", Address()),
]


@pytest.mark.parametrize(("written", "parts"), ADDRESSES)
def test_address(written, parts):
    assert normal_address(written) == parts


@pytest.mark.parametrize("written", [written for written, _ in ADDRESSES])
def test_a_normal_address_is_final(written):
    address = normal_address(written)
    assert normal_address(address.text) == address


GU = st.sampled_from(["", "서대문구", "중구", "동대문구"])
DONG = st.sampled_from(["", "천연동", "홍은1동", "남가좌2동", "충정로3가"])
ROAD = st.sampled_from(["독립문로8길", "통일로", "연희로11가길", "모래내로", "신촌로25안길", "세종대로", "이화여대7길"])
NUMBER = st.tuples(st.integers(1, 999), st.integers(0, 99)).map(lambda n: f"{n[0]}-{n[1]}" if n[1] else str(n[0]))
UNIT = st.one_of(
    st.just(""),
    st.integers(1, 3000).map(str),
    st.tuples(st.integers(101, 130), st.integers(101, 2500)).map(lambda n: f"{n[0]}-{n[1]}"),
)


@given(GU, DONG, ROAD, NUMBER, UNIT, st.booleans())
def test_a_road_address_is_read_back(gu, dong, road, number, unit, spaced):
    address = Address(gu, dong, road, number, unit=unit)
    text = address.text if spaced else address.text.replace(f"{gu} ", gu, 1) if gu else address.text
    assert normal_address(text) == address
    assert normal_address("서울특별시 " + address.text) == address


@given(MESS)
def test_any_text_gives_an_address(text):
    address = normal_address(text)
    assert normal_address(address.text).keys == address.keys


def test_a_lot_gets_its_road_from_the_official_table():
    table = {"천연동 98-1": "독립문로8길 13-2"}
    assert normal_address("천연동 98-1 302호", table).keys == ("독립문로8길 13-2", "천연동 98-1")


def test_what_is_still_needed():
    assert still_needed(person_of(name="김영희", today=TODAY)) == ("birth", "phone", "address")
    assert still_needed(person_of(name="김영희", birth="1956", address="통일로 484", today=TODAY)) == (
        "birth",
        "phone",
        "address",
    )
    assert still_needed(person_of(name="김OO", birth="19560315", today=TODAY)) == ("name", "phone", "address")
    assert still_needed(person_of(name="김영희", phone=1012345678, today=TODAY)) == ()
    assert still_needed(person_of(phone="010-1234-5678", address="통일로 484 302호", today=TODAY)) == ()
