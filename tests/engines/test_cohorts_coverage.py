"""Coverage on the first-year figures (B-F10, B-F12 to B-F18), and the 1.2.3 self-check (C-03, C-12)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdong.engines.cohorts import Coverage, Goal, MixedUnits, Per, Unit, coverage, self_check
from chatdong.kernel.period import Period

DAY = date(2016, 6, 30)
# as printed; B-F12 prints 62.5 % and B-F13 57.7 %, which these counts do not give
TURNING_65 = Coverage(10_405, 16_945, Unit.PERSON, DAY)
TURNING_70 = Coverage(7_327, 12_637, Unit.PERSON, DAY)
OTHER_OLDER = Coverage(12_962, None, Unit.PERSON, DAY)
NEWBORN = Coverage(5_683, 27_069, Unit.FAMILY, DAY)
POVERTY = Coverage(61_984, 70_216, Unit.HOUSEHOLD, DAY)


@pytest.mark.parametrize(
    ("cell", "rate"),
    [(TURNING_65, "61.4"), (TURNING_70, "58.0"), (OTHER_OLDER, "-"), (NEWBORN, "21.0"), (POVERTY, "88.3")],
)
def test_rates_come_from_the_counts_and_not_from_the_slide(cell, rate):
    assert cell.rate == rate


def test_the_slides_rates_would_fit_denominators_one_digit_away():
    assert Coverage(10_405, 16_645, Unit.PERSON, DAY).rate == "62.5"
    assert Coverage(7_327, 12_697, Unit.PERSON, DAY).rate == "57.7"


def test_the_total_of_98_361_needs_mixed_units_and_is_refused():
    cells = [TURNING_65, TURNING_70, OTHER_OLDER, NEWBORN, POVERTY]
    assert sum(cell.numerator for cell in cells) == 98_361
    with pytest.raises(MixedUnits, match="가구, 가정, 명"):
        coverage(cells)
    with pytest.raises(MixedUnits):
        TURNING_65 + NEWBORN


def test_a_figure_without_a_unit_is_refused():
    with pytest.raises(MixedUnits):
        Coverage(61_984, 70_216, None, DAY)  # type: ignore[arg-type]


def test_persons_add_up_and_a_part_without_denominator_takes_it_from_the_sum():
    assert Coverage(17_732, 29_582, Unit.PERSON, DAY) == TURNING_65 + TURNING_70
    older = coverage([TURNING_65, TURNING_70, OTHER_OLDER])
    assert (older.numerator, older.denominator, older.rate) == (30_694, None, "-")


def test_a_sum_is_as_old_as_its_oldest_part():
    assert (TURNING_65 + Coverage(1, 1, Unit.PERSON, date(2016, 5, 31))).as_of == date(2016, 5, 31)


@pytest.mark.parametrize(
    ("numerator", "denominator", "rate"),
    [(0, 0, "-"), (0, 3, "0.0"), (3, 3, "100.0"), (1, 8, "12.5"), (1, 16, "6.3"), (1, 1600, "0.1"), (1, 2001, "0.0")],
)
def test_halves_round_up(numerator, denominator, rate):
    assert Coverage(numerator, denominator, Unit.CASE, DAY).rate == rate


@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 3), (1, -3)])
def test_negative_counts_are_refused(numerator, denominator):
    with pytest.raises(ValueError, match="0보다 작을"):
        Coverage(numerator, denominator, Unit.CASE, DAY)


def test_nothing_cannot_be_added():
    with pytest.raises(ValueError, match="더할 수가 없어요"):
        coverage([])


def test_more_visited_than_due_is_said_out_loud():
    odd = Coverage(4, 3, Unit.PERSON, DAY)
    assert not odd.is_sound
    assert "확인해 주세요" in odd.sentence
    assert "%" not in odd.sentence


def test_sentences_name_unit_and_day():
    assert TURNING_65.sentence == "2016. 6. 30. 기준 16,945명 가운데 10,405명 (61.4%)."
    assert "비율은 내지 않아요" in OTHER_OLDER.sentence


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=8))
def test_adding_keeps_every_count(pairs):
    total = coverage(Coverage(done, due, Unit.HOUSEHOLD, DAY) for done, due in pairs)
    assert total.numerator == sum(done for done, _ in pairs)
    assert total.denominator == sum(due for _, due in pairs)


HEAD = [
    Goal("home_visit", "가정방문", Per.DAY, 1, "C-03"),
    Goal("find_neighbor", "이웃(자원)찾기", Per.WEEK, 1, "C-03"),
    Goal("conference", "사례회의", Per.MONTH, 1, "C-03"),
]
PLANNER = [
    Goal("home_visit", "빈곤위기가정 방문", Per.DAY, 2, "C-12"),
    Goal("find_neighbor", "이웃(자원)찾기", Per.WEEK, 2, "C-12"),
    Goal("discovery", "사례발굴", Per.MONTH, 2, "C-12"),
]
WEDNESDAY = date(2026, 11, 18)


def test_a_dong_head_on_one_day():
    acts = {
        "home_visit": [WEDNESDAY, date(2026, 11, 17)],
        "find_neighbor": [date(2026, 11, 16)],
        "conference": [date(2026, 10, 30)],
    }
    lines = self_check(HEAD, acts, Period(WEDNESDAY, WEDNESDAY))
    assert [(line.done, line.expected, line.is_met) for line in lines] == [(1, 1, True), (1, 1, True), (0, 1, False)]
    assert lines[1].span == Period.week(WEDNESDAY)
    assert lines[2].span == Period.month(2026, 11)
    assert lines[2].sentence == "한 달 1번 사례회의: 1번 가운데 0번 했어요. 1번 남았어요."
    assert {line.source for line in lines} == {"C-03"}


def test_a_planner_over_a_week_and_a_month():
    week = self_check(PLANNER, {"home_visit": [WEDNESDAY] * 3}, Period.week(WEDNESDAY))
    assert [(line.done, line.expected) for line in week] == [(3, 10), (0, 2), (0, 2)]
    month = self_check(PLANNER, {"home_visit": [WEDNESDAY] * 3}, Period.month(2026, 11))
    assert [(line.done, line.expected) for line in month] == [(3, 42), (0, 8), (0, 2)]
    assert self_check(PLANNER, {}, Period.year(2026))[2].expected == 24


def test_days_off_ask_for_nothing():
    (line, *_) = self_check(PLANNER, {}, Period.week(date(2027, 2, 8)), days_off={date(2027, 2, 8), date(2027, 2, 9)})
    assert line.expected == 6
    (sunday, *_) = self_check(PLANNER, {}, Period(date(2026, 11, 22), date(2026, 11, 22)))
    assert (sunday.expected, sunday.is_met) == (0, True)


def test_a_line_names_nobody():
    (line, *_) = self_check(HEAD, {}, Period(WEDNESDAY, WEDNESDAY))
    assert set(type(line).__slots__) == {"code", "name", "per", "span", "done", "expected", "source"}
