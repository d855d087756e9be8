"""The right figure on the right day: published thresholds to the won, the turn of the year, and what nobody has announced yet."""

from dataclasses import replace
from datetime import date

import pytest
from tests.engines.small_book import people

from chatdong.engines.eligibility import Household, Status, assess
from chatdong.engines.eligibility.book import Measure, RuleBook, Subject
from chatdong.engines.eligibility.formula import Scope, read_number
from chatdong.safetynet.benefits.catalog import catalog

TODAY = date(2026, 11, 22)
IN_2025, LAST, FIRST, IN_2026, LAST_OF_2026, IN_2027 = (
    date(2025, 7, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 1)
)  # fmt: skip


def worth(formula: str, size: int, day: date, own: str = "") -> object:
    """A formula over the catalog's figures for so many persons on a day."""
    book = catalog().book
    term = read_number(formula, Scope(book.facts, book.measures, book.parameters, own=own))
    measures = {**book.measures, "it": Measure("it", Subject.HOUSEHOLD, True, "값", term)}
    changed: RuleBook = replace(book, measures=measures, benefits={})
    return assess(changed.on(day, today=TODAY), Household({}, people(*[30] * size))).values["it"]


LIVING = "share(by_size(median_income), pct_living)"
VECTORS = [
    # 생계급여 선정기준, 보건복지부 고시
    *((LIVING, size, IN_2026, "", won) for size, won in enumerate((820_556, 1_343_773, 1_714_892, 2_078_316), 1)),
    *((LIVING, size, IN_2025, "", won) for size, won in enumerate((765_444, 1_258_451, 1_608_113, 1_951_287), 1)),
    # 한부모가족 아동양육비 65 %, 여성가족부 고시
    *(
        ("share(by_size(median_income), pct)", size, IN_2026, "single_parent_support", won)
        for size, won in enumerate((2_729_540, 3_483_373, 4_221_580, 4_911_867, 5_561_369), 2)
    ),
    # 기초연금 선정기준액
    ("pension_limit_single", 1, IN_2026, "", 2_470_000),
    ("pension_limit_couple", 1, IN_2026, "", 3_952_000),
    # 장기요양 재가급여 월 한도액
    *(
        (f"limit{grade}", 1, IN_2026, "ltc_insurance", won)
        for grade, won in (
            ("1", 2_512_900), ("2", 2_331_200), ("3", 1_528_200), ("4", 1_409_700), ("5", 1_208_900), ("_cognitive", 676_320)
        )
    ),
    # 기초연금 기준연금액과 부부 감액 뒤 두 사람 몫
    ("pension_amount", 1, IN_2026, "", 349_700),
    ("share(pension_amount, pension_couple_pct) * 2", 2, IN_2026, "", 559_520),
    # 에너지바우처 세대원 수별 연간 금액
    *(
        ("by_size(annual)", size, IN_2026, "energy_voucher", won)
        for size, won in enumerate((295_200, 407_500, 532_700, 701_300), 1)
    ),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "size", "day", "own", "expected"), VECTORS)
def test_a_published_figure(formula, size, day, own, expected):
    assert worth(formula, size, day, own) == expected


def test_next_years_medians_are_this_years_and_6_7_percent():
    """제80차 중앙생활보장위원회 의결: each size by itself, rounded to the won."""
    for size in range(1, 8):
        this, following = worth("by_size(median_income)", size, IN_2026), worth("by_size(median_income)", size, IN_2027)
        assert following == (this * 1067 + 500) // 1000


def test_a_family_larger_than_the_table_adds_the_last_step():
    seven, eight, nine = (worth("by_size(median_income)", size, IN_2026) for size in (7, 8, 9))
    assert nine - eight == eight - seven == 959_198


def living(day: date, income: int, size: int = 3) -> Status:
    """The Livelihood Benefit of a family that lives on a pension of so much and owns nothing."""
    book = catalog().book
    facts = {one.id: 0 for one in book.facts.values() if one.subject == Subject.HOUSEHOLD}
    nothing = {one.id: 0 for one in book.facts.values() if one.subject == Subject.PERSON and one.id != "age_months"}
    first, *others = people(*[40] * size, **nothing)
    told = Household(facts, (first | {"pension": income}, *others))
    return assess(book.on(day, today=TODAY), told).verdicts["living_benefit"].status


@pytest.mark.parametrize(
    ("day", "line"),
    [(IN_2025, 1_608_113), (LAST, 1_608_113), (FIRST, 1_714_892), (LAST_OF_2026, 1_714_892), (IN_2027, 1_829_789)],
)
def test_the_year_turns_at_midnight(day, line):
    assert living(day, line) == Status.ELIGIBLE
    assert living(day, line + 1) == Status.NOT_ELIGIBLE


def test_a_band_around_the_line_stays_open_and_its_ends_decide():
    book = catalog().book
    rules = book.on(IN_2026, today=TODAY)
    facts = {one.id: 0 for one in book.facts.values() if one.subject == Subject.HOUSEHOLD}
    nothing = {one.id: 0 for one in book.facts.values() if one.subject == Subject.PERSON}

    def of(pension) -> Status:
        one = nothing | {"age_months": 480, "pension": pension}
        return assess(rules, Household(facts, (one,))).verdicts["living_benefit"].status

    assert of((0, 820_556)) == Status.ELIGIBLE
    assert of((820_557, 2_000_000)) == Status.NOT_ELIGIBLE
    assert of((820_556, 820_557)) == Status.UNKNOWN
    assert of(None) == Status.UNKNOWN


def test_what_is_not_announced_for_next_year_is_the_districts_to_say():
    """기초연금의 2027년 선정기준액은 아직 고시되지 않았다: last year's is never used instead."""
    book = catalog().book
    assert "basic_pension" not in book.on(LAST_OF_2026, today=TODAY).unsure
    assert "pension_limit_single" in book.on(IN_2027, today=TODAY).unsure["basic_pension"]
    assert assess(book.on(IN_2027, today=TODAY), Household({}, people(70))).verdicts["basic_pension"].status == Status.CHECK


def test_a_book_that_nobody_checked_for_a_year_decides_nothing_by_figures():
    rules = catalog().book.on(IN_2026, today=date(2028, 1, 1))
    assert "living_benefit" in rules.unsure
    found = assess(rules, Household({}, people(40))).verdicts["living_benefit"]
    assert (found.status, found.amount) == (Status.CHECK, None)


def test_a_changed_figure_changes_the_answer():
    book = catalog().book
    pct = book.parameters["pct_living"]
    raised = replace(pct, figures=(replace(pct.figures[0], value=35),))
    changed = replace(book, parameters={**book.parameters, "pct_living": raised})
    told = Household({}, ({"age_months": 480},))
    before, after = (assess(one.on(IN_2026, today=TODAY), told).verdicts["living_benefit"].amount for one in (book, changed))
    assert (before, after) == ((0, 820_556), (0, 897_483))
