"""Every term: what it is worth when all is told, and between which ends it lies when not."""

from typing import get_args

import pytest
from tests.engines.small_book import figure, home, people, rules_of, small_book

from chatdong.engines.eligibility import Household, Value, assess
from chatdong.engines.eligibility import terms as t


def worth(formula: str, household: Household, **kept: object) -> Value:
    """What a household measure is worth."""
    book = small_book({}, kept.get("parameters"), {"it": ("household", formula, "값", "원")})
    return assess(rules_of(book), household).values["it"]


HALF = {"savings": (100, 200), "debt": (30, 50), "alone": None, "home": None}
NUMBERS = [
    ("7", 7, 7),
    ("savings", 150, (100, 200)),
    ("savings + debt", 190, (130, 250)),
    ("savings - debt", 110, (50, 170)),
    ("debt - savings", -110, (-170, -50)),
    ("savings * 3", 450, (300, 600)),
    ("savings * debt", 6000, (3000, 10000)),
    ("(debt - savings) * savings", -16500, (-34000, -5000)),
    ("savings // 7", 21, (14, 28)),
    ("(debt - savings) // 7", -16, (-25, -8)),
    ("savings // max(debt, 1)", 3, (2, 6)),
    ("(debt - savings) // max(debt, 1)", -3, (-6, -1)),
    ("share(savings, 33)", 50, (33, 66)),
    ("min(savings, 120)", 120, (100, 120)),
    ("min(savings, debt, 45)", 40, (30, 45)),
    ("max(savings, 120)", 150, (120, 200)),
    ("max(debt - savings, 0)", 0, 0),
    ("savings if alone else debt", 150, (30, 200)),
    ("savings if savings > 50 else 0", 150, (100, 200)),
    ("savings if savings > 500 else debt", 40, (30, 50)),
    ("1 if home == 'rent' else 2", 1, (1, 2)),
]


@pytest.mark.parametrize(("formula", "told", "half"), NUMBERS)
def test_a_number_and_its_ends(formula, told, half):
    full = home(savings=150, debt=40, alone=True, home=2)
    assert worth(formula, full) == told
    assert worth(formula, home(**HALF)) == half


TRUTHS = [
    ("savings < 150", 0, None), ("savings <= 150", 1, None), ("savings > 150", 0, None), ("savings >= 150", 1, None),
    ("savings == 150", 1, None), ("savings != 150", 0, None), ("savings < 201", 1, 1), ("savings <= 200", 1, 1),
    ("savings > 99", 1, 1), ("savings >= 100", 1, 1), ("savings < 100", 0, 0), ("savings > 200", 0, 0), ("savings == 99", 0, 0),
    ("savings != 99", 1, 1), ("alone", 1, None), ("not alone", 0, None), ("alone and savings > 250", 0, 0),
    ("alone or savings < 250", 1, 1), ("alone and savings < 250", 1, None), ("alone or not alone", 1, 1),
    ("alone and not alone", 0, 0),
    ("savings <= 150 or savings > 150", 1, 1), ("home == 'rent'", 1, None), ("home != 'rent'", 0, None), ("True", 1, 1),
    ("False or alone", 1, None),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "told", "half"), TRUTHS)
def test_a_yes_or_no_and_what_is_open(formula, told, half):
    assert worth(formula, home(savings=150, debt=40, alone=True, home=2)) == told
    assert worth(formula, home(**HALF)) == half


PERSONS = [
    ("count(True)", 3, 3),
    ("count(age >= 20)", 2, (1, 2)),
    ("count(earned > 100)", 1, (0, 3)),
    ("total(earned)", 300, (0, 30_000_000)),
    ("total(earned * 2 - 10)", 570, (-30, 59_999_970)),
    ("anyone(earned > 100)", 1, None),
    ("anyone(age >= 60)", 1, 1),
    ("anyone(earned > 20000000)", 0, 0),
]


@pytest.mark.parametrize(("formula", "told", "half"), PERSONS)
def test_what_is_counted_over_persons(formula, told, half):
    three = [{"age_months": 65 * 12, "earned": 300}, {"age_months": 21 * 12, "earned": 0}, {"age_months": 60, "earned": 0}]
    assert worth(formula, Household({}, tuple(three))) == told
    assert worth(formula, Household({}, ({"age_months": 65 * 12}, {"age_months": None}, {"age_months": (48, 60)}))) == half


def test_a_band_of_a_person_counts_in_the_total():
    two = ({"earned": (100, 200)}, {"earned": 50})
    assert worth("total(earned)", Household({}, two)) == (150, 250)


@pytest.mark.parametrize(("size", "expected"), [(1, 10), (2, 25), (3, 40), (4, 47), (6, 61)])
def test_a_figure_by_size_and_what_a_further_person_adds(size, expected):

    table = {"table": (figure([10, 25, 40], extra=7),)}
    assert worth("by_size(table)", home(*[40] * size), parameters=table) == expected


def test_a_figure_by_a_count_that_is_not_known_covers_every_count():

    table = {"table": (figure([30, 10, 20], extra=5),)}
    two = Household({}, people(30, None))
    assert worth("by_size(table, count(age < 18))", two, parameters=table) == (0, 30)
    assert worth("by_size(table, count(age >= 18))", Household({}, people(30, None, None)), parameters=table) == (10, 30)


def test_a_cap_meets_what_it_caps():
    """What is over the cap is x - min(x, cap): the unknown stands on both sides and must not widen the range."""
    assert worth("savings - min(savings, 120)", home(savings=(100, 200))) == (0, 80)
    assert worth("debt + savings - min(savings, 120) - debt", home(savings=(100, 200), debt=(1, 9))) == (0, 80)
    assert worth("500 - min(savings, 120)", home(savings=(100, 200))) == (380, 400)
    assert worth("savings + min(savings, 120)", home(savings=(100, 200))) == (200, 320)
    assert worth("savings - savings", home()) == 0


@pytest.mark.parametrize("household", [home(savings=150), home(savings=(100, 200)), home()])
def test_the_same_on_both_sides_decides(household):
    assert worth("savings + debt >= savings", household) == 1
    assert worth("savings < savings", household) == 0


def test_a_rule_that_divides_by_nothing_is_refused():
    with pytest.raises(ValueError, match="divides"):
        worth("savings // debt", home())


def test_every_kind_of_term_stands_in_these_tests():
    written = [one for one, _, _ in NUMBERS + TRUTHS + PERSONS] + ["by_size(median_income)", "median_income_one"]
    book = small_book(
        {"a": {"criteria": [{"is": "alone"}]}, "b": {"criteria": [{"entitled": "a"}]}},
        {"median_income_one": 5},
        {f"m{i}": ("household", text, "값", "원") for i, text in enumerate(written)},
    )
    terms = [one.term for one in book.measures.values()] + [one.criteria[0].term for one in book.benefits.values()]
    assert {type(part) for one in terms for part in t.walk(one)} == set(get_args(t.Term))


@pytest.mark.parametrize(
    ("base", "percent", "expected"),
    [(5_359_036, 32, 1_714_892), (150, 33, 50), (151, 33, 50), (152, 33, 50), (50, 1, 1), (49, 1, 0), (0, 50, 0)],
)
def test_a_share_rounds_half_up(base, percent, expected):
    assert worth(f"share({base}, {percent})", home()) == expected
