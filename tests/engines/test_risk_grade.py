"""Grades from declared reasons: what each contributed, what goes straight to high, and that more never means less."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdong.engines.risk import BYPASSES, REASONS, Category, Grade, UnknownReason, Weights, assess

USUAL = Weights(medium_from=30, high_from=60, valid_from=date(2026, 1, 1), source="구 지침")


def test_the_table_is_whole():
    assert {row.category for row in REASONS.values()} == set(Category)
    for code, row in REASONS.items():
        assert row.code == code
        assert row.name
        assert row.source
        assert row.points > 0
    assert all(bypass.codes and bypass.codes <= REASONS.keys() and bypass.because for bypass in BYPASSES)


@pytest.mark.parametrize(
    ("reasons", "grade", "points"),
    [
        ([], Grade.NONE, 0),
        (["infant"], Grade.LOW, 5),
        (["lives_alone", "chronic_illness"], Grade.LOW, 20),
        (["lives_alone", "no_contact"], Grade.MEDIUM, 30),
        (["utilities_cut"], Grade.MEDIUM, 30),
        (["utilities_cut", "no_income"], Grade.MEDIUM, 55),
        (["utilities_cut", "no_food"], Grade.HIGH, 60),
        (["utilities_cut", "no_income", "lives_alone"], Grade.HIGH, 65),
    ],
)
def test_points_make_the_grade(reasons, grade, points):
    verdict = assess(reasons, USUAL)
    assert (verdict.grade, verdict.points, verdict.suicide) == (grade, points, False)
    assert sum(part.points for part in verdict.reasons) == points
    assert {part.code for part in verdict.reasons} == set(reasons)


@pytest.mark.parametrize(
    "reasons",
    [
        ["suicide_plan"],
        ["suicide_item"],
        ["domestic_violence"],
        ["child_abuse"],
        ["elder_abuse"],
        ["disabled_abuse"],
        ["homeless"],
        ["utilities_cut", "infant"],
        ["cannot_move", "no_food"],
    ],
)
def test_some_reasons_go_straight_to_high_whatever_the_points(reasons):
    nothing_counts = Weights(30, 60, date(2026, 1, 1), "모두 0점", points=dict.fromkeys(REASONS, 0))
    verdict = assess(reasons, nothing_counts)
    assert (verdict.grade, verdict.points) == (Grade.HIGH, 0)
    assert verdict.bypasses[0] in verdict.sentence


def test_suicide_is_a_sign_of_its_own():
    assert assess(["suicide_attempt"], USUAL).suicide
    assert "자살위험 표시" in assess(["suicide_attempt"], USUAL).sentence
    assert not assess(["domestic_violence"], USUAL).suicide


def test_the_sentence_shows_every_reason_with_its_points():
    verdict = assess(["lives_alone", "no_contact"], USUAL)
    assert verdict.sentence == "중위험이에요. 까닭: 연락하는 사람이 없음(20점), 혼자 삶(10점), 모두 30점."
    assert assess([], USUAL).sentence == "적어 둔 위험 까닭이 없어요."


def test_a_reason_said_twice_counts_once():
    assert assess(["lives_alone"] * 7, USUAL) == assess(["lives_alone"], USUAL)


def test_a_reason_nobody_can_read_is_refused():
    with pytest.raises(UnknownReason, match="spell_error"):
        assess(["lives_alone", "spell_error"], USUAL)


def test_a_district_sets_its_own_points():
    ours = Weights(30, 60, date(2026, 7, 1), "구 지침 2026-7", points={"lives_alone": 35})
    assert assess(["lives_alone"], ours).grade is Grade.MEDIUM
    assert assess(["infant"], ours).points == 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"medium_from": 0, "high_from": 60},
        {"medium_from": 61, "high_from": 60},
        {"medium_from": 30, "high_from": 60, "points": {"lives_alone": -1}},
        {"medium_from": 30, "high_from": 60, "points": {"spell_error": 1}},
    ],
)
def test_weights_that_would_break_the_rule_are_refused(wrong):
    with pytest.raises(ValueError):
        Weights(valid_from=date(2026, 1, 1), source="구 지침", **wrong)


codes = st.sets(st.sampled_from(sorted(REASONS)), max_size=6)
weights = st.builds(
    lambda limits, points: Weights(limits[0], limits[1], date(2026, 1, 1), "구 지침", points=points),
    st.lists(st.integers(1, 200), min_size=2, max_size=2).map(sorted),
    st.dictionaries(st.sampled_from(sorted(REASONS)), st.integers(0, 100), max_size=10),
)


@settings(max_examples=200)
@given(codes, codes, weights)
def test_more_reasons_never_lower_the_grade_or_clear_the_sign(some, more, setting):
    few, many = assess(some, setting), assess(some | more, setting)
    assert few.grade.rank <= many.grade.rank
    assert few.suicide <= many.suicide
    assert {part.code for part in few.reasons} <= {part.code for part in many.reasons}
    assert (many.grade is Grade.NONE) == (not some | more)
