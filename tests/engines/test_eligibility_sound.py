"""What is said from a part of the facts stands when all are known: on rules made up by the machine and on the whole catalog."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from bench.households import draw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engines.masked import masked, told_more
from tests.engines.plainly import Plainly
from tests.engines.small_book import DAY, FACTS, figure, rules_of, small_book

from chatdong.engines.eligibility import Household, Status, assess
from chatdong.engines.eligibility import terms as t
from chatdong.engines.eligibility.book import Amount, Benefit, Criterion, Measure, RuleBook, Rules, Subject
from chatdong.engines.eligibility.formula import Scope, read_condition
from chatdong.safetynet.benefits.catalog import catalog

DECIDED = (Status.ELIGIBLE, Status.NOT_ELIGIBLE)
LEVELS = (0.1, 0.3, 0.5, 0.8)
TODAY = date(2026, 11, 22)

# --- rules made up by the machine

small = st.integers(-5, 30)
relations = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])


def numbers(
    names: tuple[str, ...], truths: st.SearchStrategy[t.Term], *more: st.SearchStrategy[t.Term]
) -> st.SearchStrategy[t.Term]:
    """Terms that give a number from facts of these names."""
    leaf = st.one_of(
        st.builds(t.Number, small), st.sampled_from([t.Named(one) for one in names]), st.just(t.Parameter("line")), *more
    )
    return st.recursive(
        leaf,
        lambda part: st.one_of(
            st.builds(t.Arithmetic, st.sampled_from(["+", "-", "*"]), part, part),
            st.builds(t.Arithmetic, st.just("//"), part, st.builds(t.Number, st.integers(1, 9))),
            st.builds(t.Share, part, st.builds(t.Number, st.integers(0, 200))),
            st.builds(t.Least, st.lists(part, min_size=2, max_size=3).map(tuple)),
            st.builds(t.Greatest, st.lists(part, min_size=2, max_size=3).map(tuple)),
            st.builds(t.Choose, truths, part, part),
        ),
        max_leaves=8,
    )


def truths(facts: tuple[str, ...], amounts: tuple[str, ...]) -> st.SearchStrategy[t.Term]:
    """Terms that give yes or no."""
    number = st.one_of(st.builds(t.Number, small), st.sampled_from([t.Named(one) for one in amounts]))
    leaf = st.one_of(st.builds(t.Compared, relations, number, number), st.sampled_from([t.Named(one) for one in facts]))
    return st.recursive(
        leaf,
        lambda part: st.one_of(
            st.builds(t.All, st.lists(part, min_size=1, max_size=3).map(tuple)),
            st.builds(t.Any, st.lists(part, min_size=1, max_size=3).map(tuple)),
            st.builds(t.Not, part),
        ),
        max_leaves=5,
    )


person_truth = truths(("ill", "female"), ("age_months", "earned"))
person_number = numbers(("age_months", "earned"), person_truth)
over_people = st.one_of(
    st.builds(t.Total, person_number),
    st.builds(t.Count, person_truth),
    st.builds(t.BySize, st.just("table"), st.builds(t.Count, person_truth)),
)
home_truth = truths(("alone",), ("savings", "debt", "home"))
home_number = numbers(("savings", "debt", "home"), home_truth, over_people)
conditions = st.one_of(st.builds(t.Compared, relations, home_number, home_number), home_truth, st.builds(t.Anyone, person_truth))

persons = st.fixed_dictionaries(
    {"age_months": st.integers(0, 40), "female": st.integers(0, 1), "earned": st.integers(0, 40), "ill": st.integers(0, 1)}
)
homes = st.builds(
    Household,
    st.fixed_dictionaries(
        {"alone": st.integers(0, 1), "savings": st.integers(0, 40), "debt": st.integers(0, 40), "home": st.integers(0, 2)}
    ),
    st.lists(persons, min_size=1, max_size=3).map(tuple),
)


def made_up(conditions: list[t.Term], amount: t.Term) -> RuleBook:
    """A book of one benefit that has these conditions, and one that it excludes."""
    criteria = tuple(Criterion("formula", one) for one in conditions)
    base = small_book({}, {"line": 10, "table": (figure([3, 9, 5], extra=2),)})
    benefits = {
        "it": Benefit("it", "그것", criteria, Amount(amount, "month")),
        "rest": Benefit("rest", "나머지", (Criterion("not", t.Not(t.Entitled("it"))),), excluded_by=("it",)),
    }
    measures = {**base.measures, "amount": Measure("amount", Subject.HOUSEHOLD, True, "금액", amount)}
    return RuleBook(base.facts, (), measures, base.parameters, benefits)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(conditions, min_size=1, max_size=3),
    home_number,
    st.lists(homes, min_size=3, max_size=3),
    st.randoms(use_true_random=False),
)
def test_any_rule_is_read_right_and_never_decided_wrong(conditions, amount, households, random):
    book = made_up(conditions, amount)
    rules = rules_of(book)
    for full in households:
        plainly = Plainly(rules, full)
        found = assess(rules, full)
        assert found.values["amount"] == plainly.value(amount)
        for key, benefit in book.benefits.items():
            assert found.verdicts[key].status == DECIDED[not plainly.eligible(benefit)]
        for hidden in LEVELS:
            part = masked(random, full, FACTS, hidden)
            check_part(rules, full, part, found)
            check_more(rules, part, told_more(random, full, part))


ASKED = {
    "earned": ("age_months >= 15", Subject.PERSON),
    "alone": ("count(True) >= 2 and anyone(age_months < 20)", Subject.HOUSEHOLD),
}
ASKED_OF_SOME = FACTS | {
    name: replace(FACTS[name], asked_when=read_condition(text, Scope(FACTS, {}, {}, subject=subject)))
    for name, (text, subject) in ASKED.items()
}


def as_asked(home: Household) -> Household:
    """The household with what it is not asked as it is then: nothing, no."""
    people = tuple(one if one["age_months"] >= 15 else one | {"earned": 0} for one in home.people)
    may_be = len(people) >= 2 and any(one["age_months"] < 20 for one in people)
    return Household(home.facts if may_be else {**home.facts, "alone": 0}, people)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(conditions, min_size=1, max_size=3),
    home_number,
    st.lists(homes.map(as_asked), min_size=3, max_size=3),
    st.randoms(use_true_random=False),
)
def test_what_is_not_asked_of_some_is_never_decided_wrong(conditions, amount, households, random):
    rules = rules_of(replace(made_up(conditions, amount), facts=ASKED_OF_SOME))
    for full in households:
        found = assess(rules, full)
        for hidden in LEVELS:
            part = masked(random, full, FACTS, hidden)
            check_part(rules, full, part, found)
            check_more(rules, part, told_more(random, full, part))


# --- the catalog


@pytest.fixture(scope="module")
def rules() -> Rules:
    return catalog().book.on(DAY, today=TODAY)


def check_part(rules, full, part, found) -> tuple[int, int]:
    """Nothing said from a part differs from what all facts say: how many cells were decided, of how many."""
    partly = assess(rules, part)
    decided = 0
    for key, verdict in partly.verdicts.items():
        whole = found.verdicts[key]
        if verdict.status in DECIDED:
            decided += 1
            assert verdict.status == whole.status, (key, full, part)
        assert not verdict.failed & ~whole.failed, (key, full, part)
        assert (verdict.status == Status.CHECK) == (whole.status == Status.CHECK)
        if verdict.amount and whole.amount:
            assert verdict.amount[0] <= whole.amount[0] <= whole.amount[1] <= verdict.amount[1], (key, full, part)
        assert set(verdict.who) <= set(whole.who)
    for name, value in partly.values.items():
        low, high = value if isinstance(value, tuple) else (value, value) if value is not None else (0, 1)
        least, most = told if isinstance(told := found.values[name], tuple) else (told, told)
        assert low <= least <= most <= high, (name, full, part)
    return decided, len(partly.verdicts)


def check_more(rules, part, more) -> None:
    """Answering more never unsettles, never takes a mark back and never widens an amount."""
    before, after = assess(rules, part).verdicts, assess(rules, more).verdicts
    for key, verdict in before.items():
        if verdict.status in DECIDED:
            assert after[key].status == verdict.status, (key, part, more)
        assert not verdict.failed & ~after[key].failed
        assert not after[key].unknown & ~verdict.unknown
        if verdict.amount and after[key].amount:
            assert verdict.amount[0] <= after[key].amount[0] <= after[key].amount[1] <= verdict.amount[1]


def play(rules: Rules, seed: int, count: int) -> tuple[int, int]:
    """Cells decided under random masks, and all cells."""
    random = Random(seed)
    decided = cells = 0
    for full in draw(seed, count, rules.book.facts):
        found = assess(rules, full)
        for hidden in LEVELS:
            part = masked(random, full, rules.book.facts, hidden)
            settled, asked = check_part(rules, full, part, found)
            check_more(rules, part, told_more(random, full, part))
            decided, cells = decided + settled, cells + asked
    return decided, cells


def test_a_part_of_the_facts_never_decides_wrong(rules):
    decided, cells = play(rules, 2, 25)
    assert decided > 5_000
    assert cells > decided


@pytest.mark.slow
def test_a_hundred_thousand_decisions_from_a_part_of_the_facts_all_stand(rules):
    decided, cells = play(rules, 20261122, 520)
    assert decided >= 100_000, f"{decided} of {cells}"


def test_the_catalog_is_read_as_it_is_written(rules):
    """Every benefit and every amount, for households that told everything, against a reading word by word."""
    for full in draw(5, 40, rules.book.facts):
        plainly, found = Plainly(rules, full), assess(rules, full).verdicts
        for key, benefit in rules.book.benefits.items():
            if key in rules.unsure or found[key].status == Status.UNKNOWN:
                assert key in rules.unsure or leans_on_unsure(rules, key), key
                continue
            assert (found[key].status == Status.ELIGIBLE) == plainly.eligible(benefit), (key, full)
            if found[key].amount:
                assert found[key].amount == (plainly.amount(benefit),) * 2


def leans_on_unsure(rules: Rules, key: str) -> bool:
    """Whether a benefit asks, itself or through another one, for one that only the district can tell."""
    return any(other in rules.unsure or leans_on_unsure(rules, other) for other in rules.asked_by(rules.book.benefits[key]))


RAISED = ("earned", "business", "pension")


def test_more_income_never_wins_an_income_tested_benefit(rules):
    """Unless it lost one that leaves no room for it, or that it asks not to have."""
    random = Random(3)
    tested = [one for one in rules.book.benefits.values() if one.income_tested]
    assert len(tested) >= 20
    for full in draw(11, 120, rules.book.facts):
        place = random.randrange(len(full.people))
        if full.people[place]["age_months"] < 228:
            continue
        raised = [dict(one) for one in full.people]
        name = random.choice(RAISED)
        raised[place][name] += random.choice([1, 100_000, 1_000_000, 5_000_000])
        before = assess(rules, full).verdicts
        after = assess(rules, Household(full.facts, tuple(raised))).verdicts
        lost = {key for key, one in before.items() if one.status == Status.ELIGIBLE and after[key].status != Status.ELIGIBLE}
        for benefit in tested:
            if after[benefit.id].status == Status.ELIGIBLE and before[benefit.id].status == Status.NOT_ELIGIBLE:
                assert lost & rules.asked_by(benefit), (benefit.id, name, full)
