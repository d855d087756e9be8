"""One household at a time: how long its answers take, how long a question step, and how many questions until all is settled."""

import random
from collections.abc import Iterator
from dataclasses import replace
from statistics import mean
from time import perf_counter
from typing import NamedTuple

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
    until = round(mean(len(one.answers) for one in talks), 1)
    yield Row(f"questions until settled, mean of {asked} households", until, "", at_most=13)
    yield Row(f"benefits open after {AFTER} questions, mean", round(mean(one.open_after for one in talks), 1), "", at_most=4)
    yield Row("facts told until settled, mean", round(mean(one.told for one in talks), 1), "")
    held = [len(one.facts) for one in rules.book.questions]
    yield Row(f"facts on a question's screen, mean of {len(held)} screens", round(mean(held), 2), "")
    answers = [one for talk in talks for one in talk.answers]
    yield Row("answers that a screen still needs, mean (a fact counts for each person asked)", round(mean(answers), 2), "")


class Talk(NamedTuple):
    """One household's way through the questions: answers that each screen still needed, benefits open after twelve, all facts."""

    answers: list[int]
    open_after: int
    told: int


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


def _talk(rules: Rules, truth: Household) -> Talk:
    """Questions until nothing is open that a question may still settle.

    The first question is who lives there; a household knows everything that it is asked.
    """
    questions = {one.id: one for one in rules.book.questions}
    known = Household({}, tuple({} for _ in truth.people))
    asked: list[str] = []
    answers: list[int] = []
    open_after = 0
    while True:
        found = assess(rules, known)
        still = sum(verdict.status == Status.UNKNOWN for verdict in found.verdicts.values())
        if len(asked) <= AFTER:
            open_after = still
        ranked = next_questions(rules, known, found, asked) if still else ()
        if not ranked:
            return Talk(answers, open_after, len(known.facts) + sum(map(len, known.people)))
        best = ranked[0] if asked else next(one for one in ranked if one.question == "members")
        asked.append(best.question)
        of_home = [rules.book.facts[one].subject == Subject.HOUSEHOLD for one in best.facts]
        answers.append(sum(1 if home else len(found.asked_of(one)) for one, home in zip(best.facts, of_home, strict=True)))
        known = _answered(rules, known, truth, questions[best.question].facts)


def _answered(rules: Rules, known: Household, truth: Household, facts: tuple[str, ...]) -> Household:
    home, people = dict(known.facts), [dict(one) for one in known.people]
    for fact in facts:
        if rules.book.facts[fact].subject == Subject.HOUSEHOLD:
            home[fact] = truth.facts[fact]
        else:
            for one, told in zip(people, truth.people, strict=True):
                one[fact] = told[fact]
    return Household(home, tuple(people))
