"""Which screen comes next, which came before, and what of a question is worth asking still."""

from dataclasses import dataclass
from functools import cached_property

from chatdong.engines.eligibility import Assessment, Household, Ranked, Status, assess, next_questions
from chatdong.engines.eligibility.book import Question, Rules
from chatdong.web.resident.answers import Told
from chatdong.web.resident.screens import LED_TO, Screen, Slot, Typed, first_screen, follows

MEMBERS = "members"


@dataclass(frozen=True)
class Flow:
    """One household on its way through the questions, on one day's rules."""

    rules: Rules
    told: Told

    @cached_property
    def household(self) -> Household:
        return self.told.household()

    @cached_property
    def assessment(self) -> Assessment:
        return assess(self.rules, self.household)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question but the first, which has a form of its own."""
        return {one.id: one for one in self.rules.book.questions if one.id != MEMBERS}

    def fitting(self) -> Told:
        """What was told without the answers that those living there now leave no question for.

        A child's wage; the one-parent family of somebody who now lives alone.
        """
        told = self.told
        for name, node in self.assessment.program.graph.asked.items():
            if name in told.home and not self.assessment.range_of(node)[1]:
                told = told.with_value(name, None, None)
            for person, one in enumerate(told.people):
                if name in one and not self.assessment.range_of(node, person)[1]:
                    told = told.with_value(name, person, None)
        return told

    @cached_property
    def worth_asking(self) -> tuple[Ranked, ...]:
        """Questions not answered that may still change something, those put off last."""
        found = next_questions(self.rules, self.household, self.assessment, (MEMBERS, *self.told.asked))
        return tuple(sorted(found, key=lambda one: one.question in self.told.later))

    def matters(self, facts: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the facts that may still change an open answer."""
        relevance = self.assessment.relevance
        needed = 0
        for key, verdict in self.assessment.verdicts.items():
            if verdict.status == Status.UNKNOWN:
                needed |= relevance.of(key)
        return tuple(one for one in facts if relevance.bit(one) & needed)

    def screen(self, question: str) -> Screen | None:
        """A question as it begins: what matters of it and what of it was told already; None when neither is left."""
        asked = self.questions[question]
        people = range(len(self.told.people))
        told = [
            name for name in asked.facts if name in self.told.home or any(name in self.told.people[person] for person in people)
        ]
        facts = self._with_bases({*self.matters(asked.facts), *told})
        found = first_screen(asked, facts, self.told, self.assessment, self.rules.book)
        return found if found.ticks or found.picks else None

    def _with_bases(self, facts: set[str]) -> set[str]:
        """The rent is asked together with the kind of home, never of somebody who owns theirs."""
        return facts | {LED_TO[one] for one in facts if one in LED_TO}

    def next(self) -> Screen | None:
        """The question that settles most; None when nothing open can be settled by one."""
        for one in self.worth_asking:
            if one.question in self.questions and (found := self.screen(one.question)):
                return found
        return None

    def before(self, question: str) -> str:
        """The question answered before this one; empty before the first."""
        asked = [one for one in (MEMBERS, *self.told.asked) if one != MEMBERS] if self.told.people else []
        place = asked.index(question) if question in asked else len(asked)
        return asked[place - 1] if place else MEMBERS if self.told.people else ""

    def after(self, question: str) -> Screen | None:
        """What follows an answered question: those answered after it again for somebody who went back, else the next."""
        asked = [one for one in self.told.asked if one in self.questions]
        place = asked.index(question) + 1 if question in asked else len(asked)
        for one in asked[place:]:
            if found := self.screen(one):
                return found
        return self.next()


def kept(told: Told, typed: Typed) -> Told:
    """What was told and what was typed now."""
    for slot, value in typed.values.items():
        told = told.with_value(slot.fact, slot.person, value)
    return told


def still_worth(flow: Flow, then: list[Slot]) -> list[Slot]:
    """Details that matter still, now that the answer before them is known; what was told is shown again to be changed."""
    found = []
    for slot in then:
        base = LED_TO.get(slot.fact)
        if base and slot.fact not in follows(base, flow.told.value(base, None), flow.rules.book.facts[base]):
            continue
        if flow.told.value(slot.fact, slot.person) is not None or flow.matters((slot.fact,)):
            found.append(slot)
    return found
