"""Who is spoken of: ages in figures and words, marks of a kind of person, and what that does to the order of benefits."""

import numpy as np
import pytest

from chatdong.engines.situations import Help, Kind, People
from chatdong.engines.situations.people import AGAINST, TOLD, ages
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.catalog.sayings import SayingsError, sayings
from chatdong.safetynet.benefits.finding import find

KINDS = {
    "elder": Kind(("할머니", "손주"), (65, 120), ("young",), ("pension", "meal")),
    "young": Kind(("청년",), (19, 39), ("elder",), ("youth_rent",)),
    "child": Kind(("아이",), None, (), ("meal",)),
}
BENEFITS = ("pension", "meal", "youth_rent", "housing")
PEOPLE = People.of(KINDS, BENEFITS)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("75세입니다", [75]),
        ("일흔여덟이여", [78]),
        ("내 나이 칠십이다", [70]),
        ("60대 남성이에요", [60]),
        ("이십대 청년", [20]),
        ("스물여섯 취준생", [26]),
        ("팔순 어머니", [80]),
        ("고2예요", [17]),
        ("두 살 아이", [2]),
    ],
)
def test_an_age_is_read_in_figures_and_words(text, years):
    assert ages(text) == years


@pytest.mark.parametrize(
    "text", ["육십만원", "칠십년 살았소", "방세 이십오", "문자 서른 통", "세탁기 열두 대", "12세대", "열이 나요", "35도"]
)
def test_other_numbers_are_no_age(text):
    assert ages(text) == []


def test_kinds_are_told_by_words_and_by_age():
    assert PEOPLE.told("할머니 집이 추워요") == {"elder"}
    assert PEOPLE.told("스물다섯인데 월세가 비싸요") == {"young"}
    assert PEOPLE.told("월세가 비싸요") == frozenset()


def test_what_is_not_told_changes_nothing():
    assert PEOPLE.suits("월세가 비싸요").tolist() == [1, 1, 1, 1]


def test_help_for_the_kind_told_rises_and_for_its_opposite_falls():
    assert PEOPLE.suits("할머니가 굶어요") == pytest.approx([TOLD, TOLD, AGAINST, 1])
    # 급식은 아이 몫이기도 하니 떨어지지 않는다
    assert PEOPLE.suits("청년이 아이를 키워요") == pytest.approx([AGAINST, TOLD, TOLD, 1])


def test_two_told_kinds_do_not_speak_against_each_other():
    assert PEOPLE.suits("스물셋인데 할머니를 돌봐요") == pytest.approx([TOLD, TOLD, TOLD, 1])


def test_the_order_follows_the_person():
    ranked = Help.of({"rent": ["housing", "youth_rent"]}, ("rent",))
    suits = np.array([1.0, 1.4])
    assert [name for name, _, _ in ranked.rank(np.array([0.9]), 5)] == ["housing", "youth_rent"]
    assert [name for name, _, _ in ranked.rank(np.array([0.9]), 5, suits)] == ["youth_rent", "housing"]


def test_the_delivered_kinds_name_benefits_and_kinds_that_exist():
    kinds = sayings().people
    for name, kind in kinds.items():
        assert set(kind.benefits) <= set(catalog().pages), name
        assert set(kind.against) <= set(kinds) - {name}, name
        assert kind.words, name


def test_a_young_tenant_and_an_old_one_are_led_to_different_help():
    young = [hit.id for hit in find("스물다섯 자취생인데 월세가 부담돼요", 4).hits]
    old = [hit.id for hit in find("일흔다섯인데 월세가 부담돼요", 4).hits]
    assert "youth_rent_national" in young
    assert "youth_rent_national" not in old


def test_a_kind_without_its_parts_is_refused(tmp_path):
    (tmp_path / "situations").mkdir()
    (tmp_path / "nothing.yaml").write_text("says: |\n  안녕\n", encoding="utf-8")
    (tmp_path / "concepts.yaml").write_text("rent: 월세\n", encoding="utf-8")
    (tmp_path / "people.yaml").write_text("elder:\n  words: 할머니\n", encoding="utf-8")
    with pytest.raises(SayingsError, match="elder"):
        sayings(tmp_path)
