"""Which question settles most: only what can still change an open answer is asked, and first what brings most answers nearest.

A question is weighed by the benefits it may still change (relevance), each the more the fewer questions it still needs, and by
what a plain "nothing" or "no" would settle at once: most households have no debt and no crisis, so a question whose "no" closes
many benefits comes early.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from chatdong.engines.eligibility.book import Question, Rules, Subject
from chatdong.engines.eligibility.facts import Household, Status
from chatdong.engines.eligibility.interpret import Assessment, Program

TRIED = 6  # questions whose plain answer is tried out


class Ranked(NamedTuple):
    """A question still worth asking: its worth in benefits, the open ones it may change, and those of its facts that matter."""

    question: str
    settles: float
    benefits: tuple[str, ...]
    facts: tuple[str, ...] = ()


def next_questions(rules: Rules, household: Household, assessment: Assessment, asked: Collection[str]) -> tuple[Ranked, ...]:
    """Questions that may still change an open verdict, best first; those already asked (also with 모름) are left out."""
    matters = assessment.relevance
    needed = {one: matters.of(one) for one, verdict in assessment.verdicts.items() if verdict.status == Status.UNKNOWN}
    open_questions = [one for one in rules.book.questions if one.id not in asked]
    masks = {one.id: matters.mask(one.facts) for one in open_questions}
    weights = {key: 1 / max(sum(1 for mask in masks.values() if mask & need), 1) for key, need in needed.items()}
    found = []
    for question in open_questions:
        mask = masks[question.id]
        touched = tuple(key for key, need in needed.items() if need & mask)
        if touched:
            facts = tuple(one for one in question.facts if any(matters.bit(one) & needed[key] for key in touched))
            found.append(Ranked(question.id, sum(weights[key] for key in touched), touched, facts))
    found.sort(key=lambda one: -one.settles)
    return tuple(sorted(_tried(rules, household, assessment, found), key=lambda one: -one.settles))


def _tried(rules: Rules, household: Household, assessment: Assessment, found: list[Ranked]) -> Iterable[Ranked]:
    """What a plain answer settles is added to what a question is worth."""
    questions = {one.id: one for one in rules.book.questions}
    program = assessment.program
    before = _settled(program, assessment.cells)
    for place, one in enumerate(found):
        if place >= TRIED:
            yield one
            continue
        cells, _ = program.run(answered_no(rules, household, questions[one.question]))
        yield one._replace(settles=one.settles + _settled(program, cells) - before)


def answered_no(rules: Rules, household: Household, question: Question) -> Household:
    """The household as if the question had been answered with nothing, no, or the first option wherever nothing is told yet."""
    facts = dict(household.facts)
    people = [dict(one) for one in household.people]
    for name in question.facts:
        for told in (facts,) if rules.book.facts[name].subject == Subject.HOUSEHOLD else people:
            if told.get(name) is None:
                told[name] = rules.book.facts[name].least
    return Household(facts, tuple(people))


def _settled(program: Program, cells: tuple[int, ...]) -> int:
    return sum(1 for plan in program.plans if cells[plan.at] == cells[plan.at + 1])
