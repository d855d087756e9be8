"""What is asked next: only what may still change an answer, what settles most first, and never again what was asked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random
from statistics import mean

import pytest
from bench.households import draw
from tests.engines.masked import masked, told_more
from tests.engines.small_book import figure, home, rules_of, small_book

from chatdong.engines.eligibility import Household, Status, assess, next_questions
from chatdong.engines.eligibility.book import Rules, Subject
from chatdong.safetynet.benefits.catalog import catalog

TODAY = date(2026, 11, 22)
ASK = {
    "alone": ("alone",),
    "money": ("savings", "debt"),
    "home": ("home",),
    "work": ("earned", "ill"),
    "members": ("age_months",),
}
POOR = {"at_most": {"what": "savings - debt", "limit": 100}}


def ranked(benefits, household, asked=(), **kept):
    """Questions in their order, by name."""
    rules = rules_of(small_book(benefits, questions=ASK, **kept))
    return next_questions(rules, household, assess(rules, household), asked)


def test_only_what_can_still_change_an_answer_is_asked():
    both = {"a": {"criteria": [{"is": "alone"}, POOR]}}
    assert {one.question for one in ranked(both, home())} == {"alone", "money"}
    assert ranked(both, home(alone=0)) == ()
    assert [one.question for one in ranked(both, home(alone=1, debt=0))] == ["money"]
    assert ranked(both, home(alone=1, debt=0))[0].facts == ("savings",)
    assert ranked(both, home(alone=1, debt=0, savings=5)) == ()


def test_a_branch_that_is_not_taken_is_not_asked_for():
    one = {"a": {"criteria": [{"at_most": {"what": "savings if alone else debt", "limit": 5}}]}}
    assert [part for part in ranked(one, home(alone=1)) if "debt" in part.facts] == []
    assert {fact for part in ranked(one, home()) for fact in part.facts} == {"alone", "savings", "debt"}


def test_what_another_value_outdoes_is_not_asked_for():
    one = {"a": {"criteria": [{"at_least": {"what": "max(savings, debt)", "limit": 500}}]}}
    assert ranked(one, home(savings=400))[0].facts == ("debt",)
    least = {"a": {"criteria": [{"at_most": {"what": "min(savings, debt)", "limit": 500}}]}}
    assert ranked(least, home(savings=600))[0].facts == ("debt",)
    assert ranked(least, home(savings=500)) == ()


def test_persons_are_asked_while_one_of_them_may_change_it():
    one = {"a": {"criteria": [{"anyone": {"all": [{"age": {"from": 65}}, {"is": "ill"}]}}]}}
    assert ranked(one, home(70, 30))[0].facts == ("ill",)
    assert ranked(one, home(30, 40)) == ()
    assert {part.question for part in ranked(one, home(None))} == {"members", "work"}


def test_another_benefit_is_asked_through():
    two = {"a": {"criteria": [{"is": "alone"}]}, "b": {"criteria": [{"entitled": "a"}, POOR]}}
    first, second = ranked(two, home())
    assert (first.question, set(first.benefits)) == ("alone", {"a", "b"})
    assert (second.question, second.benefits) == ("money", ("b",))
    assert first.settles > second.settles


def test_a_question_that_was_asked_is_not_asked_again_though_nobody_knew():
    both = {"a": {"criteria": [{"is": "alone"}, POOR]}}
    assert [one.question for one in ranked(both, home(), asked={"money"})] == ["alone"]
    assert ranked(both, home(alone=1), asked={"money"}) == ()


def test_what_only_the_district_knows_is_not_asked_for():
    unknown = {"line": (figure(5, until=date(2026, 1, 1)),)}
    two = {"a": {"criteria": [{"at_most": {"what": "savings", "limit": "line"}}]}, "b": {"criteria": [{"entitled": "a"}]}}
    assert ranked(two, home(), parameters=unknown) == ()


def test_the_question_that_settles_most_comes_first():
    many = {f"b{i}": {"criteria": [{"is": "alone"}]} for i in range(3)} | {"a": {"criteria": [POOR]}}
    found = ranked(many, home())
    assert [one.question for one in found] == ["alone", "money"]
    assert [len(one.benefits) for one in found] == [3, 1]


# --- the catalog


@pytest.fixture(scope="module")
def rules() -> Rules:
    return catalog().book.on(date(2026, 7, 1), today=TODAY)


def answered(rules: Rules, part: Household, full: Household, question: str) -> Household:
    """The household with one screen filled in."""
    facts, people = dict(part.facts), [dict(one) for one in part.people]
    for name in next(one.facts for one in rules.book.questions if one.id == question):
        if rules.book.facts[name].subject == Subject.HOUSEHOLD:
            facts[name] = full.facts[name]
        for told, known in zip(people, full.people, strict=True):
            if name in known:
                told[name] = known[name]
    return replace(part, facts=facts, people=tuple(people))


def asked_through(rules: Rules, full: Household) -> Iterator[tuple[int, int]]:
    """Open answers and single facts asked, after the first question (the members) and after each until none is left."""
    part = answered(rules, Household({}, tuple({} for _ in full.people)), full, "members")
    asked, facts = {"members"}, 2 * len(full.people)
    never = sum(one.status == Status.UNKNOWN for one in assess(rules, full).verdicts.values())
    while True:
        assessment = assess(rules, part)
        yield sum(one.status == Status.UNKNOWN for one in assessment.verdicts.values()) - never, facts
        found = next_questions(rules, part, assessment, asked)
        if not found:
            return
        best = found[0]
        asked.add(best.question)
        facts += sum(rules.book.facts[one].subject == Subject.HOUSEHOLD or len(assessment.asked_of(one)) for one in best.facts)
        part = answered(rules, part, full, best.question)


def test_every_fact_has_its_screen(rules):
    assert {fact for one in rules.book.questions for fact in one.facts} == set(rules.book.facts)


def test_asking_until_no_question_is_left_settles_everything(rules):
    for full in draw(4, 12, rules.book.facts):
        steps = list(asked_through(rules, full))
        assert steps[-1][0] == 0
        assert len(steps) <= len(rules.book.questions)


@pytest.mark.parametrize(("seed", "count"), [(9, 40), pytest.param(7, 300, marks=pytest.mark.slow)])
def test_thirteen_screens_settle_all_on_average(rules, seed, count):
    """The members' screen counts too; after twelve screens four open answers are the goal, and new benefits need room."""
    games = [list(asked_through(rules, full)) for full in draw(seed, count, rules.book.facts)]
    assert mean(len(one) for one in games) <= 13
    assert mean(one[min(11, len(one) - 1)][0] for one in games) <= 3.5


def test_a_screen_stays_small(rules):
    """Few screens are worth nothing if each is a form: seven facts at the most, four on average."""
    held = [len(one.facts) for one in rules.book.questions]
    assert max(held) <= 7
    assert mean(held) <= 4


HOMES = {
    "an old woman alone": ([{"age_months": 850, "female": 1}], {"members", "family"}),
    "a young man alone": ([{"age_months": 360, "female": 0}], {"members", "family", "care"}),
    "a young couple": ([{"age_months": 360, "female": 1}, {"age_months": 370, "female": 0}], {"members", "care"}),
    "a mother and her child": ([{"age_months": 430, "female": 1}, {"age_months": 60, "female": 0}], {"members", "care"}),
}


@pytest.mark.parametrize("name", HOMES)
def test_what_a_home_cannot_be_it_is_not_asked(rules, name):
    told, never = HOMES[name]
    part = Household({}, tuple(told))
    found = {one.question for one in next_questions(rules, part, assess(rules, part), ())}
    assert {one.id for one in rules.book.questions} - found == never


def test_an_answer_takes_questions_away_and_never_brings_one(rules):
    random = Random(5)
    fewer = 0
    for full in draw(13, 30, rules.book.facts):
        for hidden in (0.9, 0.6, 0.3):
            part = masked(random, full, rules.book.facts, hidden)
            more = told_more(random, full, part)
            before, after = (
                {fact for one in next_questions(rules, home, assess(rules, home), ()) for fact in one.facts}
                for home in (part, more)
            )
            assert after <= before, (part, more)
            fewer += len(before) - len(after)
    assert fewer > 200


def test_the_same_answers_lead_to_the_same_question(rules):
    for full in draw(3, 10, rules.book.facts):
        part = masked(Random(1), full, rules.book.facts, 0.6)
        again = Household(dict(reversed(part.facts.items())), tuple(dict(reversed(one.items())) for one in part.people))
        assert next_questions(rules, part, assess(rules, part), ()) == next_questions(rules, again, assess(rules, again), ())
