"""Every kind of condition: met, not met, at its border, and open; and the masks, persons, exclusions and days of a verdict."""

from dataclasses import replace
from datetime import date

import pytest
from tests.engines.small_book import DAY, FACTS, figure, home, people, rules_of, small_book, verdict

from chatdong.engines.eligibility import Household, Status, assess, fits, misfits
from chatdong.engines.eligibility.book import Confidence, Fact, Kind, Subject
from chatdong.engines.eligibility.criteria import CRITERIA
from chatdong.engines.eligibility.formula import Scope, read_condition

YES, NO, OPEN = Status.ELIGIBLE, Status.NOT_ELIGIBLE, Status.UNKNOWN
OLD_AND_ILL = {"anyone": {"all": [{"age": {"from": 65}}, {"is": "ill"}]}}

CASES = [
    ("is", {"is": "alone"}, home(alone=1), YES),
    ("is", {"is": "alone"}, home(alone=False), NO),
    ("is", {"is": "alone"}, home(), OPEN),
    ("one_of", {"one_of": {"what": "home", "options": ["jeonse", "rent"]}}, home(home=2), YES),
    ("one_of", {"one_of": {"what": "home", "options": ["jeonse", "rent"]}}, home(home=0), NO),
    ("one_of", {"one_of": {"what": "home", "options": ["own", "jeonse", "rent"]}}, home(home=(1, 2)), OPEN),
    ("at_most", {"at_most": {"what": "savings", "limit": 100}}, home(savings=100), YES),
    ("at_most", {"at_most": {"what": "savings", "limit": 100}}, home(savings=101), NO),
    ("at_most", {"at_most": {"what": "savings", "limit": 100}}, home(savings=(0, 100)), YES),
    ("at_most", {"at_most": {"what": "savings", "limit": 100}}, home(savings=(100, 101)), OPEN),
    ("at_most", {"at_most": {"what": "savings", "limit": 100}}, home(savings=(101, 900)), NO),
    ("below", {"below": {"what": "savings", "limit": 100}}, home(savings=99), YES),
    ("below", {"below": {"what": "savings", "limit": 100}}, home(savings=100), NO),
    ("below", {"below": {"what": "savings", "limit": 100}}, home(savings=(99, 100)), OPEN),
    ("at_least", {"at_least": {"what": "savings", "limit": 100}}, home(savings=100), YES),
    ("at_least", {"at_least": {"what": "savings", "limit": 100}}, home(savings=99), NO),
    ("at_least", {"at_least": {"what": "savings", "limit": 100}}, home(savings=(100, 101)), YES),
    ("above", {"above": {"what": "savings", "limit": 100}}, home(savings=101), YES),
    ("above", {"above": {"what": "savings", "limit": 100}}, home(savings=100), NO),
    ("above", {"above": {"what": "savings", "limit": 100}}, home(), OPEN),
    ("share_of_median", {"share_of_median": {"what": "savings", "at_most": 32}}, home(3, 4, 40, savings=1_714_892), YES),
    ("share_of_median", {"share_of_median": {"what": "savings", "at_most": 32}}, home(3, 4, 40, savings=1_714_893), NO),
    ("share_of_median", {"share_of_median": {"what": "savings", "above": 32}}, home(3, 4, 40, savings=1_714_892), NO),
    ("share_of_median", {"share_of_median": {"what": "savings", "above": 32}}, home(3, 4, 40, savings=1_714_893), YES),
    ("share_of_median", {"share_of_median": {"what": "savings", "at_most": 32}}, home(3, 4, 40), OPEN),
    ("age", {"anyone": {"age": {"from": 65, "to": 70}}}, home(65), YES),
    ("age", {"anyone": {"age": {"from": 65, "to": 70}}}, Household({}, ({"age_months": 70 * 12 + 11},)), YES),
    ("age", {"anyone": {"age": {"from": 65, "to": 70}}}, Household({}, ({"age_months": 71 * 12},)), NO),
    ("age", {"anyone": {"age": {"from": 65, "to": 70}}}, Household({}, ({"age_months": 65 * 12 - 1},)), NO),
    ("age", {"anyone": {"age": {"from": 65}}}, Household({}, ({"age_months": (700, 800)},)), OPEN),
    ("age_months", {"anyone": {"age_months": {"to": 23}}}, Household({}, ({"age_months": 23},)), YES),
    ("age_months", {"anyone": {"age_months": {"to": 23}}}, Household({}, ({"age_months": 24},)), NO),
    ("anyone", OLD_AND_ILL, Household({}, (*people(70, ill=1), *people(30, ill=0))), YES),
    ("anyone", OLD_AND_ILL, Household({}, (*people(70, ill=0), *people(30, ill=1))), NO),
    ("anyone", OLD_AND_ILL, Household({}, (*people(70), *people(30, ill=1))), OPEN),
    ("count", {"count": {"who": {"age": {"to": 17}}, "at_least": 2}}, home(40, 5, 7), YES),
    ("count", {"count": {"who": {"age": {"to": 17}}, "at_least": 2}}, home(40, 5, 18), NO),
    ("count", {"count": {"who": {"age": {"to": 17}}, "at_least": 2}}, home(40, 5, None), OPEN),
    ("count", {"count": {"who": {"age": {"to": 17}}, "at_most": 1}}, home(40, 5, 7), NO),
    ("all", {"all": [{"is": "alone"}, {"at_most": {"what": "savings", "limit": 5}}]}, home(alone=1, savings=5), YES),
    ("all", {"all": [{"is": "alone"}, {"at_most": {"what": "savings", "limit": 5}}]}, home(savings=6), NO),
    ("all", {"all": [{"is": "alone"}, {"at_most": {"what": "savings", "limit": 5}}]}, home(savings=5), OPEN),
    ("any", {"any": [{"is": "alone"}, {"at_most": {"what": "savings", "limit": 5}}]}, home(savings=5), YES),
    ("any", {"any": [{"is": "alone"}, {"at_most": {"what": "savings", "limit": 5}}]}, home(alone=0, savings=6), NO),
    ("any", {"any": [{"is": "alone"}, {"at_most": {"what": "savings", "limit": 5}}]}, home(savings=6), OPEN),
    ("not", {"not": {"is": "alone"}}, home(alone=0), YES),
    ("not", {"not": {"is": "alone"}}, home(alone=1), NO),
    ("not", {"not": {"is": "alone"}}, home(), OPEN),
    ("formula", {"formula": "savings * 2 <= debt + 10", "say": "빚이 많음"}, home(savings=10, debt=10), YES),
    ("formula", {"formula": "savings * 2 <= debt + 10", "say": "빚이 많음"}, home(savings=11, debt=11), NO),
    ("formula", {"formula": "savings * 2 <= debt + 10", "say": "빚이 많음"}, home(savings=11), OPEN),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "criterion", "household", "expected"), CASES)
def test_a_condition(kind, criterion, household, expected):
    found = verdict(criterion, household)
    assert found.status == expected
    assert (found.failed, found.unknown) == {YES: (0, 0), NO: (1, 0), OPEN: (0, 1)}[expected]


def test_every_kind_is_tried_each_way():
    tried = {(kind, expected) for kind, _, _, expected in CASES} | {("entitled", one) for one in (YES, NO, OPEN)}
    for kind in CRITERIA:
        assert {one for name, one in tried if name == kind} >= {YES, NO}, kind


@pytest.mark.parametrize(("household", "expected"), [(home(alone=1), YES), (home(alone=0), NO), (home(), OPEN)])
def test_another_benefits_verdict(household, expected):
    book = small_book({"b": {"criteria": [{"entitled": ["a"]}]}, "a": {"criteria": [{"is": "alone"}]}})
    assert assess(rules_of(book), household).verdicts["b"].status == expected


@pytest.mark.parametrize(
    ("household", "expected"), [(home(alone=1, savings=0), NO), (home(alone=0, savings=0), YES), (home(savings=0), OPEN)]
)
def test_a_benefit_that_leaves_no_room(household, expected):
    book = small_book(
        {
            "b": {"criteria": [{"at_most": {"what": "savings", "limit": 5}}], "excluded_by": ("a",)},
            "a": {"criteria": [{"is": "alone"}]},
        }
    )
    found = assess(rules_of(book), household).verdicts["b"]
    assert found.status == expected
    assert (found.failed, found.unknown) == (0, 0), "the benefit's own conditions are met"


def test_the_masks_name_the_conditions():
    listed = [{"is": "alone"}, {"at_most": {"what": "savings", "limit": 5}}, {"at_most": {"what": "debt", "limit": 5}}]
    found = verdict(listed, home(alone=0, debt=(0, 5)))
    assert (found.status, found.failed, found.unknown) == (NO, 0b001, 0b010)


def test_who_it_is_about():
    found = verdict([OLD_AND_ILL], Household({}, (*people(30, ill=1), *people(70, ill=1), *people(70), *people(80, ill=1))))
    assert found.who == (1, 3)
    assert verdict([{"not": OLD_AND_ILL}], Household({}, people(70, ill=1))).who == ()


def test_an_amount_lies_between_its_ends_and_never_below_nothing():
    rule = {"criteria": {"is": "alone"}, "amount": "1000 - savings"}
    assert verdict(household=home(alone=1, savings=300), **rule).amount == (700, 700)
    assert verdict(household=home(alone=1, savings=(300, 2000)), **rule).amount == (0, 700)
    assert verdict(household=home(savings=2000), **rule).amount == (0, 0)
    assert verdict(household=home(alone=0, savings=0), **rule).amount is None
    assert verdict([{"is": "alone"}], home(alone=1)).amount is None


def test_a_benefit_is_offered_from_its_first_to_its_last_day():
    rule = {"criteria": [{"is": "alone"}], "since": date(2026, 3, 2), "until": date(2026, 7, 1)}
    book = small_book({"it": rule})
    told = home(alone=1)
    expected = {date(2026, 3, 1): NO, date(2026, 3, 2): YES, date(2026, 7, 1): YES, date(2026, 7, 2): NO}
    assert {day: assess(book.on(day, today=DAY), told).verdicts["it"].status for day in expected} == expected


DOUBTFUL = {
    "missing": (figure(100, until=date(2026, 6, 30)),),
    "low": (figure(100, confidence=Confidence.LOW),),
    "stale": (figure(100, verified_on=date(2025, 6, 30)),),
}


@pytest.mark.parametrize("doubt", DOUBTFUL)
def test_a_doubtful_figure_never_decides(doubt):
    book = small_book(
        {
            "it": {"criteria": [{"at_most": {"what": "savings", "limit": "line"}}], "amount": "50"},
            "through": {"criteria": [{"is": "near_line"}]},
            "paid": {"criteria": [{"is": "alone"}], "amount": "line"},
            "after": {"criteria": [{"entitled": "it"}]},
            "either": {"criteria": [{"any": [{"is": "alone"}, {"entitled": "it"}]}]},
            "beside": {"criteria": [{"is": "alone"}], "excluded_by": ("it",)},
            "over": {"criteria": [{"is": "alone"}], "until": date(2026, 1, 1), "amount": "line"},
        },
        {"line": DOUBTFUL[doubt]},
        {"near_line": ("household", "savings <= line * 2", "기준 가까이", "")},
    )
    rules = rules_of(book)
    assert rules.doubt("line") == doubt
    found = assess(rules, home(alone=1, savings=0)).verdicts
    assert {key: one.status for key, one in found.items()} == {
        "it": Status.CHECK, "through": Status.CHECK, "paid": Status.CHECK, "after": OPEN, "either": YES,
        "beside": OPEN, "over": NO,
    }  # fmt: skip
    assert found["it"].amount is found["paid"].amount is None
    assert assess(rules, home(alone=0)).verdicts["beside"].status == NO


def test_a_figure_verified_a_year_ago_still_decides():
    book = small_book(
        {"it": {"criteria": [{"at_most": {"what": "savings", "limit": "line"}}]}},
        {"line": (figure(100, verified_on=date(2025, 7, 1)),)},
    )
    assert assess(rules_of(book), home(savings=100)).verdicts["it"].status == YES


def _asked_of_grown() -> dict[str, Fact]:
    scope = Scope(FACTS, {}, {}, subject=Subject.PERSON)
    return FACTS | {"earned": replace(FACTS["earned"], asked_when=read_condition("age_months >= 180", scope))}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"age_months": 60}, 0),
        ({"age_months": 180}, (0, 10_000_000)),
        ({"age_months": (100, 200)}, (0, 10_000_000)),
        ({}, (0, 10_000_000)),
        ({"age_months": 60, "earned": 5}, 5),
        ({"age_months": 60, "earned": None}, 0),
    ],
)
def test_a_fact_that_is_not_asked_of_a_person_is_otherwise(told, expected):
    book = small_book({}, facts=_asked_of_grown())
    assert assess(rules_of(book), Household({}, (told,))).values["income"] == expected


ASKED_OF_FAMILIES = "count(True) >= 2 and anyone(age_months < 288)"


@pytest.mark.parametrize(
    ("household", "expected"),
    [
        (home(70), NO),
        (home(None), NO),
        (home(40, 50), NO),
        (home(40, 23), OPEN),
        (home(40, None), OPEN),
        (home(40, 23, alone=0), NO),
        (home(70, alone=1), YES),
    ],
)
def test_a_fact_that_is_not_asked_of_a_home_is_otherwise(household, expected):
    asked = read_condition(ASKED_OF_FAMILIES, Scope(FACTS, {}, {}))
    book = small_book({"it": {"criteria": [{"is": "alone"}]}}, facts=FACTS | {"alone": replace(FACTS["alone"], asked_when=asked)})
    found = assess(rules_of(book), household)
    assert found.verdicts["it"].status == expected
    assert ("alone" in found.untold) == (expected == OPEN)


def test_a_household_has_a_person():
    with pytest.raises(ValueError, match="at least one"):
        Household({}, ())


def test_what_does_not_fit_is_named():
    facts = small_book({}).facts
    told = Household({"savings": -1, "debt": (5, 4), "home": 3, "nothing": 1, "alone": True}, ({"earned": (0, 10**9)},))
    assert sorted(misfits(facts, told)) == ["debt", "earned", "home", "nothing", "savings"]
    assert fits(Fact("x", Subject.HOUSEHOLD, Kind.YES_NO, "x"), None)


def test_a_persons_rule_may_not_look_at_the_household():
    with pytest.raises(Exception, match="household"):
        verdict([{"anyone": {"at_most": {"what": "earned", "limit": "savings"}}}], home())
