"""Why: for every condition of a benefit one Korean line, ○ met, × not met, ? not known, with the figures, the law and its date.

A condition under "not" is turned inward (not all = one is not), so a mark always says whether it speaks for the benefit.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from chatdong.engines.eligibility import terms as t
from chatdong.engines.eligibility.book import Benefit, Criterion, Rules
from chatdong.engines.eligibility.facts import Household, Status, Value
from chatdong.engines.eligibility.graph import FLIPPED, Node
from chatdong.engines.eligibility.interpret import Assessment
from chatdong.engines.eligibility.phrases import HEADS, RELATIONS, TEXTS, number, span
from chatdong.engines.eligibility.reading_aloud import (
    labels_of,
    option_labels,
    person_in_words,
    sources_of,
    term_in_words,
    unit_of,
)
from chatdong.kernel.hangul import particle

Mark = Literal["○", "×", "?"]
MARKS: dict[tuple[bool, bool], Mark] = {(True, True): "○", (False, False): "×", (False, True): "?"}
MONTHS, YEARS = "개월", "세"
SHOWN_PEOPLE = 4  # of whom nothing can be said yet

_particle = lru_cache(4096)(particle)


class Line(NamedTuple):
    """One condition: `found` is held against `limit`; law and since are the figures'; person is a place in `people`."""

    mark: Mark
    text: str
    found: Value
    limit: Value
    law: str
    since: date | None
    depth: int
    person: int | None


class Step(NamedTuple):
    """One line of a worked-out measure: its name, its value or range, and the law."""

    measure: str
    label: str
    value: Value
    law: str


def head(status: Status, language: Literal["ko", "en"] = "ko") -> str:
    """The sentence above the lines. It never says that somebody will get it: a person decides (개인정보 보호법 §37의2)."""
    return HEADS[status][language == "en"]


def explain(
    rules: Rules, household: Household, assessment: Assessment, benefit_id: str, texts: Mapping[str, str] = TEXTS
) -> tuple[Line, ...]:
    """The lines of one benefit, in the order of its conditions. Raises KeyError for a benefit that is not in the book."""
    benefit = rules.book.benefits[benefit_id]
    teller = _Teller(rules, household, assessment, benefit, texts)
    return (*teller.doubts(), *(line for one in benefit.criteria for line in teller.lines(one, 0)), *teller.excluders())


def steps_of(rules: Rules, assessment: Assessment, measure: str) -> tuple[Step, ...]:
    """How a measure came about: each of its steps and itself last. Raises KeyError."""
    known = rules.book.measures
    return tuple(Step(one, known[one].label, assessment.values[one], known[one].cite) for one in (*known[measure].steps, measure))


@dataclass
class _Teller:
    """Tells one benefit's conditions of one household."""

    rules: Rules
    household: Household
    assessment: Assessment
    benefit: Benefit
    texts: Mapping[str, str]

    def __post_init__(self) -> None:
        self._criteria = self.assessment.program.graph.criteria
        # kept with the table it was said in, so the place in memory that names the table is not given to another one
        _, self._kept = self.assessment.program.kept.setdefault(id(self.texts), (self.texts, {}))

    def _once(self, kind: str, criterion: Criterion, make: Callable[[], Any]) -> Any:
        """What is said of a condition whatever the household, made up once."""
        key = (kind, id(criterion))
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def lines(self, criterion: Criterion, depth: int, person: int | None = None, negated: bool = False) -> Iterator[Line]:
        """One condition and what it is made of."""
        if criterion.kind == "not":
            yield from self.lines(criterion.items[0], depth, person, not negated)
        elif criterion.kind in ("all", "any"):
            kind = {"all": "any", "any": "all"}[criterion.kind] if negated else criterion.kind
            yield self._line(criterion, self.texts[kind] if not criterion.label else criterion.label, depth, person, negated)
            for item in criterion.items:
                yield from self.lines(item, depth + 1, person, negated)
        elif criterion.kind == "anyone":
            yield from self._anyone(criterion, depth, negated)
        else:
            yield self._leaf(criterion, depth, person, negated)

    def _leaf(self, criterion: Criterion, depth: int, person: int | None, negated: bool) -> Line:
        if criterion.limit is not None:
            return self._limit(criterion, depth, person, negated)
        if criterion.kind in ("age", "age_months"):
            return self._age(criterion, depth, person, negated)
        if criterion.kind == "one_of":
            return self._one_of(criterion, depth, person, negated)
        if criterion.kind == "entitled":
            return self._entitled(criterion, depth, negated)
        return self._yes_no(criterion, depth, person, negated)

    def _range(self, node: Node, person: int | None) -> tuple[int, int]:
        return self.assessment.range_of(node, person or 0)

    def _mark(self, criterion: Criterion, person: int | None, negated: bool) -> Mark:
        low, high = self._range(self._criteria[id(criterion)][0], person)
        return MARKS[(not high, not low) if negated else (bool(low), bool(high))]

    def _line(
        self,
        criterion: Criterion,
        text: str,
        depth: int,
        person: int | None,
        negated: bool,
        found: Value = None,
        limit: Value = None,
    ) -> Line:
        law, since = self._once("sources", criterion, lambda: sources_of(criterion, self.rules))
        return Line(self._mark(criterion, person, negated), text, found, limit, law or self.benefit.law, since, depth, person)

    def _missing(self, node: Node, person: int | None) -> tuple[str, ...]:
        """Labels of the facts that nobody told and that leave a value open."""
        return labels_of(self.rules.book, self.assessment.missing(node, person or 0))

    def _found(self, node: Node, unit: str, person: int | None, missing: tuple[str, ...]) -> str:
        low, high = self._range(node, person)
        if low == high or not missing:
            return span(low, high, unit, self.texts)
        return self.texts["at_least"].format(low=number(low, unit)) if low > node.least else ""

    def _limit(self, criterion: Criterion, depth: int, person: int | None, negated: bool) -> Line:
        _, found, limit, percent = self._criteria[id(criterion)]
        assert found is not None and limit is not None
        unit, label, is_known, base = self._once("limit", criterion, lambda: self._limit_parts(criterion, limit))
        missing = self._missing(found, person)
        said = self.texts["found"].format(label=label, value=self._found(found, unit, person, missing)).strip()
        held = span(*self._range(limit, person), unit, self.texts) if is_known else self.texts["no_limit"]
        if percent is not None and base is not None:
            whole = number(self._range(base, person)[0], unit)
            held = self.texts["share"].format(limit=held, base=whole, percent=self._range(percent, person)[0])
        relation = RELATIONS[FLIPPED[criterion.relation] if negated else criterion.relation]
        is_open = self._mark(criterion, person, negated) == "?"
        text = self.texts["limit_open" if is_open else "limit"].format(
            found=said + _particle(said, "이/가"), limit=held, relation=relation
        )
        if is_open and missing and missing != (label,):
            text = self.texts["missing"].format(text=text, facts=", ".join(missing))
        values = self.assessment.at(found, True, person or 0), self.assessment.at(limit, True, person or 0) if is_known else None
        return self._line(criterion, text, depth, person, negated, *values)

    def _limit_parts(self, criterion: Criterion, limit: Node) -> tuple[str, str, bool, Node | None]:
        """The unit, what is looked at, whether the limit may decide today, and what it is a share of."""
        assert criterion.found is not None and criterion.limit is not None
        label = criterion.label or self.texts["counted"]
        if not criterion.label and criterion.kind != "count":
            label = term_in_words(criterion.found, self.rules, self.texts)
        is_known = not any(self.rules.doubt(one) for one in t.parameters(criterion.limit))
        base = (
            self.assessment.program.graph.read(criterion.limit.base, limit.of_person)
            if isinstance(criterion.limit, t.Share)
            else None
        )
        is_shown = is_known and base is not None and base.at >= 0
        return unit_of(criterion.found, self.rules.book), label, is_known, base if is_shown else None

    def _age(self, criterion: Criterion, depth: int, person: int | None, negated: bool) -> Line:
        found = self._criteria[id(criterion)][1]
        assert found is not None
        unit = MONTHS if criterion.kind == "age_months" else YEARS
        low, high = self._range(found, person)
        value = span(low, high, unit, self.texts) if (low, high) != (found.least, found.most) else self.texts["unknown"]
        held = self._once(f"age {negated}", criterion, lambda: self._age_limits(criterion, unit, negated))
        text = self.texts["choice"].format(label=criterion.label, found=value, options=held)
        return self._line(criterion, text, depth, person, negated, self.assessment.at(found, True, person or 0))

    def _age_limits(self, criterion: Criterion, unit: str, negated: bool) -> str:
        ends = []
        for one in criterion.term.items if isinstance(criterion.term, t.All) else (criterion.term,):
            assert isinstance(one, t.Compared)
            ends.append((number(self.assessment.program.graph.read(one.right, True).least, unit), one.relation))
        if len(ends) == 2 and ends[0][0] == ends[1][0]:
            return self.texts["is_not" if negated else "just"].format(text=ends[0][0])
        said = [f"{figure} {RELATIONS[FLIPPED[relation] if negated else relation]}" for figure, relation in ends]
        return (self.texts["or"] if negated else " ").join(said)

    def _one_of(self, criterion: Criterion, depth: int, person: int | None, negated: bool) -> Line:
        found = self._criteria[id(criterion)][1]
        assert found is not None and isinstance(criterion.found, t.Named)
        fact = self.rules.book.facts[criterion.found.name]
        held = self._once(f"options {negated}", criterion, lambda: self._options(criterion, negated))
        low, high = self._range(found, person)
        option = fact.options[low].label if low == high else ""
        text = self.texts["choice" if option else "choice_open"].format(label=criterion.label, found=option, options=held)
        return self._line(criterion, text, depth, person, negated, low if low == high else None)

    def _options(self, criterion: Criterion, negated: bool) -> str:
        options = option_labels(criterion.term, self.rules.book)
        if negated:
            return self.texts["none_of"].format(options="·".join(options))
        return self.texts["one_of" if len(options) > 1 else "just"].format(options="·".join(options), text="·".join(options))

    def _yes_no(self, criterion: Criterion, depth: int, person: int | None, negated: bool) -> Line:
        node = self._criteria[id(criterion)][0]
        low, high = self._range(node, person)
        label = self._once("label", criterion, lambda: self._label(criterion))
        text = self.texts["yes" if low else "open" if high else "no"].format(label=label)
        if negated:
            text = self.texts["must_be_no"].format(text=text)
        missing = self._missing(node, person)
        if missing and missing != (label,):
            text = self.texts["missing"].format(text=text, facts=", ".join(missing))
        return self._line(criterion, text, depth, person, negated, low if low == high else None)

    def _label(self, criterion: Criterion) -> str:
        is_said = any("가" <= letter <= "힣" for letter in criterion.label)
        return criterion.label if is_said else term_in_words(criterion.term, self.rules, self.texts)

    def _anyone(self, criterion: Criterion, depth: int, negated: bool) -> Iterator[Line]:
        item = criterion.items[0]
        ranges = [self._range(self._criteria[id(item)][0], person) for person in range(len(self.household.people))]
        holding = [i for i, (low, _) in enumerate(ranges) if low]
        waiting = [i for i, (_, high) in enumerate(ranges) if high]
        shown = holding or waiting or [self._nearest(item)]
        people = ", ".join(self._who(one) for one in shown[:SHOWN_PEOPLE])
        key = "who" if holding else "who_open" if waiting else "nobody"
        text = self.texts[f"{key}_label" if criterion.label else key].format(label=criterion.label, people=people)
        if negated:
            text = self.texts["must_be_no"].format(text=text)
        yield self._line(criterion, text, depth, holding[0] if holding else None, negated)
        if item.kind == "is" and item.label == criterion.label:
            return
        for one in item.items if item.kind == "all" and not negated else (item,):
            yield from self.lines(one, depth + 1, shown[0], negated)

    def _nearest(self, item: Criterion) -> int:
        """The person who misses least of it."""

        def met(person: int) -> int:
            return sum(self._range(self._criteria[id(one)][0], person)[1] for one in item.items or (item,))

        return max(range(len(self.household.people)), key=met)

    def _who(self, person: int) -> str:
        return person_in_words(self.household.people[person], self.texts)

    def _entitled(self, criterion: Criterion, depth: int, negated: bool) -> Line:
        book = self.rules.book.benefits
        asked, names = self._once("entitled", criterion, lambda: self._others(criterion))
        low, high = self._range(self._criteria[id(criterion)][0], None)
        held = ", ".join(book[one].name for one in asked if self.assessment.verdicts[one].status == Status.ELIGIBLE)
        text = self.texts["entitled" if low else "entitled_open" if high else "entitled_no"].format(
            names=names, particle=_particle(names, "을/를"), found=held
        )
        if negated:
            text = self.texts["must_be_no"].format(text=text)
        return self._line(criterion, text, depth, None, negated, low if low == high else None)

    def _others(self, criterion: Criterion) -> tuple[list[str], str]:
        asked = [one.benefit for one in t.walk(criterion.term) if isinstance(one, t.Entitled)]
        joined = "·".join(self.rules.book.benefits[one].name for one in asked)
        return asked, joined if len(asked) == 1 else self.texts["one_among"].format(names=joined)

    def doubts(self) -> Iterator[Line]:
        """Why the district must be asked, or that nobody may apply on this day."""
        day, law = self.rules.day, self.benefit.law
        if not self.benefit.is_offered(day):
            text = self.texts["not_offered"].format(since=self.benefit.since or "", until=self.benefit.until or "")
            yield Line("×", text, None, None, law, self.benefit.since, 0, None)
            return
        for one in self.rules.unsure.get(self.benefit.id, ()):
            label = self.rules.book.parameters[one].label if one in self.rules.book.parameters else one
            figure = self.rules.figures.get(one)
            text = self.texts[f"{self.rules.doubt(one)}_figure"].format(label=label)
            yield Line("?", text, None, None, figure.cite if figure else law, figure.since if figure else None, 0, None)

    def excluders(self) -> Iterator[Line]:
        """Benefits that leave no room for this one."""
        marks: dict[Status, tuple[Mark, str]] = {
            Status.ELIGIBLE: ("×", "excluded"),
            Status.NOT_ELIGIBLE: ("○", "excluded_no"),
            Status.UNKNOWN: ("?", "excluded_open"),
            Status.CHECK: ("?", "excluded_open"),
        }
        for one in self.benefit.excluded_by:
            name = self.rules.book.benefits[one].name
            mark, key = marks[self.assessment.verdicts[one].status]
            text = self.texts[key].format(name=name, particle=_particle(name, "과/와"))
            yield Line(mark, text, None, None, self.benefit.law, None, 0, None)
