"""One household at a time: how long its answers take, how long a question step, and how many questions until all is settled."""

import random
from collections.abc import Iterator
from dataclasses import replace
from statistics import mean
from time import perf_counter

from bench.households import draw
from bench.report import Row, timing_of
from chatdong.engines.eligibility import Household, Status, assess, explain, next_questions
from chatdong.engines.eligibility.book import Rules, Subject

SEED = 7
AFTER = 12


def rows(rules: Rules, *, small: bool) -> Iterator[Row]:
    """The figures of one household."""
    count, asked = (40, 15) if small else (300, 100)
    homes = draw(SEED, count, rules.book.facts)
    dice = random.Random(SEED)
    some = [_some(one, dice) for one in homes]
    benefits = len(rules.book.benefits)
    assess(rules, some[0])
    taken = [_milliseconds(lambda home=home: assess(rules, home)) for home in (*homes, *some)]
    timing = timing_of(taken)
    yield Row(f"one household, {benefits} benefits, p50", round(timing.median, 3), "ms", at_most=1)
    yield Row(f"one household, {benefits} benefits, p95", round(timing.p95, 3), "ms")
    steps = timing_of([_milliseconds(lambda home=home: _step(rules, home)) for home in some])
    yield Row(f"a question step with {benefits} explanations, p50", steps.median, "ms", at_most=20)
    yield Row(f"a question step with {benefits} explanations, p95", steps.p95, "ms", at_most=20)
    talks = [_talk(rules, home) for home in homes[:asked]]
    yield Row(f"questions until settled, mean of {asked} households", round(mean(one for one, _, _ in talks), 1), "", at_most=13)
    yield Row(f"benefits open after {AFTER} questions, mean", round(mean(one for _, one, _ in talks), 1), "", at_most=4)
    yield Row("facts told until settled, mean", round(mean(one for _, _, one in talks), 1), "")


def _milliseconds(call) -> float:
    began = perf_counter()
    call()
    return (perf_counter() - began) * 1000


def _some(home: Household, dice: random.Random) -> Household:
    """The household when it has told half of it."""

    def half(facts):
        return {name: value for name, value in facts.items() if dice.random() < 0.5 or name in ("age_months", "female")}

    return replace(home, facts=half(home.facts), people=tuple(map(half, home.people)))


def _step(rules: Rules, home: Household) -> None:
    """What one answer on the page costs: everything anew, every benefit explained, the next question."""
    found = assess(rules, home)
    for benefit in found.verdicts:
        explain(rules, home, found, benefit)
    next_questions(rules, home, found, ())


def _talk(rules: Rules, truth: Household) -> tuple[int, int, int]:
    """Questions until nothing is open that a question may still settle, benefits open after twelve, and facts told.

    The first question is who lives there; a household knows everything that it is asked.
    """
    questions = {one.id: one for one in rules.book.questions}
    known = Household({}, tuple({} for _ in truth.people))
    asked: list[str] = []
    open_after = 0
    while True:
        found = assess(rules, known)
        still = sum(verdict.status == Status.UNKNOWN for verdict in found.verdicts.values())
        if len(asked) <= AFTER:
            open_after = still
        ranked = next_questions(rules, known, found, asked) if still else ()
        if not ranked:
            return len(asked), open_after, len(known.facts) + sum(map(len, known.people))
        asked.append("members" if not asked else ranked[0].question)
        known = _answered(rules, known, truth, questions[asked[-1]].facts)


def _answered(rules: Rules, known: Household, truth: Household, facts: tuple[str, ...]) -> Household:
    home, people = dict(known.facts), [dict(one) for one in known.people]
    for fact in facts:
        if rules.book.facts[fact].subject == Subject.HOUSEHOLD:
            home[fact] = truth.facts[fact]
        else:
            for one, told in zip(people, truth.people, strict=True):
                one[fact] = told[fact]
    return Household(home, tuple(people))
