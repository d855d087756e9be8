"""Weighing and judging: what may be matched without a person, what must be asked, and how often that is right."""

import random
from collections import Counter, defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.register_and_list import dirty, person, register, stranger

from chatdong.engines.linkage.blocking import index_blocks, lookup_blocks
from chatdong.engines.linkage.person import Person, person_of
from chatdong.engines.linkage.verdict import Outcome, judge, probability
from chatdong.engines.linkage.weigh import weigh
from chatdong.engines.linkage.weights import WEIGHTS_2026, Level

TODAY = date(2026, 11, 21)
HOME = "서대문구 독립문로8길 13-2 302호"


def who(**cells) -> Person:
    return person_of(today=TODAY, **cells)


HONG = who(name="홍길동", birth="19560315", phone="010-1234-5678", address=HOME, sex="M", ref="hong")


@pytest.mark.parametrize(
    ("cells", "field", "level", "words"),
    [
        ({"name": "홍길동 할아버지"}, "name", Level.SAME, "이름이 같아요"),
        ({"name": "홍길덩"}, "name", Level.ONE_SLIP, "자모 하나"),
        ({"name": "HONG Gildong"}, "name", Level.ROMANIZED, "로마자"),
        ({"name": "홍OO"}, "name", Level.HIDDEN, "보이는 글자"),
        ({"name": "박철수"}, "name", Level.DIFFERENT, "이름이 달라요"),
        ({"birth": "560315"}, "birth", Level.SAME, "생년월일이 같아요"),
        ({"birth": "19560316"}, "birth", Level.ONE_DAY, "하루 달라요"),
        ({"birth": "19560325"}, "birth", Level.ONE_SLIP, "숫자 하나"),
        ({"birth": "19560205"}, "birth", Level.LUNAR, "음력"),
        ({"birth": "3/15/1956"}, "birth", Level.SAME, "같아요"),
        ({"birth": "1956"}, "birth", Level.SAME_YEAR, "해가 같아요"),
        ({"birth": "19700707"}, "birth", Level.DIFFERENT, "달라요"),
        ({"phone": 1012345678}, "phone", Level.SAME, "전화번호가 같아요 (가족이 함께 쓰는 번호일 수 있어요)"),
        ({"phone": "010-1234-5679"}, "phone", Level.ONE_SLIP, "숫자 하나"),
        ({"phone": "02-312-0000"}, "phone", Level.DIFFERENT, "바꿨을 수"),
        ({"address": "독립문로8길13-2 302호"}, "address", Level.HOME, "호수까지"),
        ({"address": "독립문로8길 13-2"}, "address", Level.BUILDING, "호수는 몰라요"),
        ({"address": "통일로 484"}, "address", Level.DIFFERENT, "이사"),
        ({"sex": "F"}, "sex", Level.DIFFERENT, "성별"),
    ],
)
def test_each_field_says_why(cells, field, level, words):
    weighing = weigh(who(**cells), HONG)
    assert weighing.level(field) is level
    assert [one.field for one in weighing.fields] == [field]
    assert words in weighing.reasons[0]
    speaks_for = level not in (Level.DIFFERENT,)
    assert (weighing.bits > 0) is speaks_for


def test_month_and_day_swapped_and_two_readings():
    known = who(birth="19560403")
    assert weigh(who(birth="19560304"), known).level("birth") is Level.SWAPPED
    assert weigh(who(birth="3/4/1956"), known).level("birth") is Level.ONE_READING
    assert weigh(who(birth="3/5/1956"), known).level("birth") is not Level.ONE_READING


def test_another_home_in_the_same_building_is_another_home():
    assert weigh(who(address="독립문로8길 13-2 303호"), HONG).level("address") is Level.DONG
    assert weigh(who(address="마포구 독립문로8길 13-2 302호"), HONG).level("address") is Level.DIFFERENT


def test_a_road_and_a_lot_are_not_held_against_each_other():
    assert weigh(who(address="천연동 98-1 302호"), HONG).level("address") is Level.UNKNOWN


def test_a_common_name_says_less():
    common, rare = who(name="김영희"), who(name="홍길동")
    assert weigh(common, common).bits < weigh(rare, rare).bits


def test_phone_and_home_of_one_household_count_once():
    both = weigh(who(phone="01012345678", address=HOME), HONG).bits
    assert both < weigh(who(phone="01012345678"), HONG).bits + WEIGHTS_2026.shared_evidence + 0.01


@pytest.mark.parametrize(
    "cells",
    [
        {"name": "홍길동", "birth": "19560315"},
        {"name": "홍길동", "phone": 1012345678},
        {"name": "홍길동", "address": HOME},
        {"name": "홍 길동 어르신", "birth": "560315", "phone": "02-999-9999"},
    ],
)
def test_two_of_four_with_the_name_are_sure(cells):
    verdict = judge(who(**cells), [HONG])
    assert (verdict.outcome, verdict.match) == (Outcome.SURE, "hong")
    assert verdict.because


@pytest.mark.parametrize(
    ("cells", "ask_for"),
    [
        ({"name": "홍길동"}, {"birth", "phone", "address"}),
        ({"name": "홍길동", "birth": "1956"}, {"birth", "phone", "address"}),
        ({"name": "홍OO", "birth": "19560315"}, {"name", "phone", "address"}),
        ({"address": HOME}, {"name", "birth", "phone"}),
        ({"phone": "01012345678"}, {"name", "birth", "address"}),
        ({"phone": "01012345678", "address": HOME}, set()),
        ({"name": "홍길동", "birth": "19560317", "address": "독립문로8길 13-2"}, set()),
        ({"name": "홍길덩", "birth": "19560315", "phone": "01012345678"}, set()),
        ({"name": "홍길동", "birth": "19700707", "phone": "01012345678"}, set()),
        ({"name": "홍길동", "phone": "01012345678", "sex": "F"}, set()),
    ],
)
def test_what_must_be_asked(cells, ask_for):
    verdict = judge(who(**cells), [HONG])
    assert verdict.outcome is Outcome.ASK
    assert verdict.match is None
    assert verdict.candidates[0].ref == "hong"
    assert verdict.because
    assert set(verdict.ask_for) == ask_for


def test_a_common_name_with_its_birth_date_is_asked_in_a_large_register():
    known = who(name="김영희", birth="19560315", phone="010-9999-8888", ref=1)
    report = who(name="김영희", birth="19560315", phone="010-7777-6666")
    assert judge(report, [known], register_size=9_400_000).outcome is Outcome.ASK
    assert judge(report, [known], register_size=1_000).outcome is Outcome.SURE


def test_two_who_are_alike_are_asked():
    again = who(name="홍길동", birth="19560315", phone="010-1234-5678", ref="again")
    verdict = judge(who(name="홍길동", birth="19560315"), [HONG, again])
    assert verdict.outcome is Outcome.ASK
    assert {one.ref for one in verdict.candidates} == {"hong", "again"}


def test_a_twin_is_not_the_other_twin():
    twin = who(name="김민준", birth="20150402", phone="010-1234-5678", address=HOME, ref="twin")
    for name in ("김민재", "김민지", "김민준이"):
        verdict = judge(who(name=name, birth="20150402", phone="010-1234-5678", address=HOME), [twin])
        assert verdict.outcome is not Outcome.SURE, name
    brother = who(name="김영제", birth="20170402", phone="010-1234-5678", address=HOME, ref="brother")
    assert judge(who(name="김영재", phone="010-1234-5678", address=HOME), [brother]).outcome is Outcome.ASK


def test_family_is_told_even_when_the_person_is_new():
    verdict = judge(who(name="박순자", birth="19600101", phone="010-1234-5678"), [HONG])
    assert verdict.outcome is Outcome.NEW
    assert [one.ref for one in verdict.same_home] == ["hong"]
    assert any("가족" in reason for reason in verdict.because)


def test_nobody_known_is_new():
    verdict = judge(who(name="홍길동", birth="19560315"), [])
    assert (verdict.outcome, verdict.candidates, verdict.same_home) == (Outcome.NEW, (), ())


def test_a_larger_register_makes_it_less_likely():
    assert probability(20, 1_000) > probability(20, 1_000_000) > probability(15, 1_000_000)
    assert 0 <= probability(-10_000, 10) <= probability(10_000, 10) <= 1


CELLS = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(
            ["홍길동", "홍길순", "홍OO", "류용렬", "유용열", "KIM MINJUN", "김민준", "김", "", "남궁옥분", "남궁**"]
        ),
        "birth": st.sampled_from(
            ["19560315", "560315", "3/4/1956", "1956", "160315", "19560403", "음력 1956.2.5", "", "20160315"]
        ),
        "phone": st.sampled_from(["01012345678", "010-1234-5679", "023125678", ""]),
        "address": st.sampled_from([HOME, "독립문로8길 13-2", "천연동 98-1", "천연동", "마포구 독립문로8길 13-2 302호", ""]),
        "sex": st.sampled_from(["F", "M", ""]),
    },
)


@given(CELLS, CELLS)
def test_weighing_is_symmetric(one, other):
    here, there = weigh(who(**one), who(**other)), weigh(who(**other), who(**one))
    assert (here.bits, here.fields) == (there.bits, there.fields)


@given(CELLS, st.lists(CELLS, max_size=4))
def test_never_sure_without_two_told_fields_and_a_name(report, known):
    told = who(**report)
    verdict = judge(told, [who(**cells, ref=place) for place, cells in enumerate(known)], register_size=10)
    full = [bool(told.name) and not told.name.hidden, told.birth.day, told.phones, told.address.full]
    if verdict.outcome is Outcome.SURE:
        assert sum(map(bool, full)) >= 2
        assert full[0]
    assert (verdict.match is not None) == (verdict.outcome is Outcome.SURE)
    assert bool(verdict.candidates) == (verdict.outcome is not Outcome.NEW)


@given(CELLS)
def test_blocks_of_a_person_meet_themselves(cells):
    told = who(**cells)
    assert set(lookup_blocks(told)) <= set(index_blocks(told))


@pytest.fixture(scope="module")
def linked():
    """A dirty list of 2,000 judged against a register of 5,000: (right ref or None, verdict, candidates found)."""
    chance = random.Random(20261121)
    people = register(chance, 5_000)
    known = [person(cells, ref=place) for place, cells in enumerate(people)]
    index = defaultdict(set)
    for one in known:
        for token in index_blocks(one):
            index[token].add(one.ref)
    judged = []
    for _ in range(2_000):
        right = chance.randrange(len(people)) if chance.random() < 0.76 else None
        cells = stranger(chance, people) if right is None else people[right]
        report = person(dirty(chance, cells))
        found = set().union(*(index[token] for token in lookup_blocks(report)))
        judged.append((right, judge(report, [known[ref] for ref in found], register_size=len(known)), found))
    return judged


def test_a_sure_match_is_right_999_times_of_1000(linked):
    sure = [(right, verdict.match) for right, verdict, _ in linked if verdict.outcome is Outcome.SURE]
    assert len(sure) > 800
    assert sum(right == match for right, match in sure) / len(sure) >= 0.999
    assert sum(right is None for right, _ in sure) <= 1


def test_hardly_anybody_known_is_taken_for_new(linked):
    known = [(right, verdict, found) for right, verdict, found in linked if right is not None]
    assert sum(right in found for right, _, found in known) / len(known) >= 0.98
    outcomes = Counter(verdict.outcome for _, verdict, _ in known)
    assert outcomes[Outcome.NEW] / len(known) <= 0.02
    assert outcomes[Outcome.SURE] / len(known) >= 0.60


def test_whoever_is_asked_is_shown_the_right_person(linked):
    asked = [
        (right, [one.ref for one in verdict.candidates])
        for right, verdict, _ in linked
        if verdict.outcome is Outcome.ASK and right is not None
    ]
    assert sum(right in refs for right, refs in asked) / len(asked) >= 0.95
