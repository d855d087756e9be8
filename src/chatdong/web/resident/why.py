"""The English reasons of a benefit: a line for every condition with its figures, from the same terms as the Korean ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from chatdong.engines.eligibility import Verdict
from chatdong.engines.eligibility import terms as t
from chatdong.engines.eligibility.book import Benefit, Criterion
from chatdong.engines.eligibility.graph import FLIPPED, Node
from chatdong.engines.eligibility.reading_aloud import unit_of
from chatdong.web.resident.language import WON, label_of, money_range
from chatdong.web.resident.visit import Visit

MARKS = {(True, True): "○", (False, False): "×", (False, True): "?"}
RELATIONS = {"<=": "at most", "<": "below", ">=": "at least", ">": "above", "==": "exactly", "!=": "other than"}
ANYBODY = "누구나"
DEEPEST = 2


class Why(NamedTuple):
    """One condition: its sign, its sentence, what stands behind it, how deep it stands; `is_korean` on an English page."""

    mark: str
    text: str
    law: str
    depth: int
    is_korean: bool = False


def why_english(visit: Visit, benefit: Benefit, verdict: Verdict) -> tuple[Why, ...]:
    """The lines of one benefit, in the order of its conditions; the mark of each is the verdict's own."""
    teller = _Teller(visit, benefit)
    found: list[Why] = []
    for i, one in enumerate(benefit.criteria):
        mark = "×" if verdict.failed >> i & 1 else "?" if verdict.unknown >> i & 1 else "○"
        head, *rest = teller.lines(one, 0, False)
        found += [head._replace(mark=mark), *rest]
    return tuple(found)


@dataclass(frozen=True)
class _Teller:
    visit: Visit
    benefit: Benefit

    def lines(self, criterion: Criterion, depth: int, negated: bool) -> Iterator[Why]:
        """One condition and, of a group, what it is made of."""
        if criterion.kind == "not":
            yield from self.lines(criterion.items[0], depth, not negated)
            return
        text = criterion.label_en or self._text(criterion, negated)
        law = self.benefit.law if depth == 0 else ""
        if negated:
            text = f"{text}: must not be so" if text and criterion.limit is None else text
        yield Why(self._mark(criterion, negated), text or criterion.label or self.benefit.name, law, depth, is_korean=not text)
        if criterion.kind in ("any", "all") and depth < DEEPEST:
            for one in criterion.items:
                yield from self.lines(one, depth + 1, negated)

    def _mark(self, criterion: Criterion, negated: bool) -> str:
        """Of something asked of each person, whether it holds of anybody."""
        assessment, node = self.visit.flow.assessment, self._node(criterion)
        people = range(len(self.visit.told.people)) if node.of_person else (0,)
        ranges = [assessment.range_of(node, one) for one in people]
        low, high = max(one[0] for one in ranges), max(one[1] for one in ranges)
        return MARKS[(not high, not low) if negated else (bool(low), bool(high))]

    def _node(self, criterion: Criterion) -> Node:
        return self.visit.flow.assessment.program.graph.criteria[id(criterion)][0]

    def _text(self, criterion: Criterion, negated: bool) -> str:
        if criterion.kind in ("any", "all"):
            return "One of these" if (criterion.kind == "any") != negated else "All of these"
        if criterion.kind == "anyone":
            items = criterion.items[0].items if criterion.items[0].kind == "all" else criterion.items
            return "Somebody at home: " + ", ".join(filter(None, (one.label_en or self._text(one, False) for one in items)))
        if criterion.kind in ("age", "age_months"):
            return self._age(criterion)
        if criterion.kind == "one_of":
            return self._one_of(criterion)
        if criterion.kind == "entitled":
            pages = self.visit.catalog.pages
            asked = [one.benefit for one in t.walk(criterion.term) if isinstance(one, t.Entitled)]
            return "Gets " + " or ".join(pages[one].name_en or pages[one].name for one in asked)
        if criterion.label == ANYBODY:
            return "Open to anybody"
        return self._limit(criterion, negated) if criterion.limit is not None else self._labels(criterion.term)

    def _labels(self, term: t.Term) -> str:
        """What a term looks at."""
        book = self.visit.catalog.book
        known = [book.facts.get(one) or book.measures.get(one) for one in sorted(t.names(term))]
        return ", ".join(dict.fromkeys(one.label_en for one in known if one is not None and one.label_en))

    def _limit(self, criterion: Criterion, negated: bool) -> str:
        """Actual income: about ₩1,200,000 (at most ₩1,538,543)."""
        assert criterion.found is not None and criterion.limit is not None
        label = self._labels(criterion.found)
        _, found, limit, _ = self.visit.flow.assessment.program.graph.criteria[id(criterion)]
        assert found is not None and limit is not None
        rules = self.visit.flow.rules
        if not label or any(rules.doubt(one) for one in t.parameters(criterion.limit)) or found.of_person or limit.of_person:
            return label
        assessment = self.visit.flow.assessment
        (low, high), (least, most) = assessment.range_of(found, 0), assessment.range_of(limit, 0)
        relation = RELATIONS[FLIPPED[criterion.relation] if negated else criterion.relation]
        if unit_of(criterion.found, self.visit.catalog.book) != WON or least != most:
            return f"{label} ({relation} {least:,})" if least == most else label
        if low == high or high < found.most:
            told = f"₩{low:,}" if low == high else money_range(low, high, self.visit.language, self.visit.say)
        else:
            told = self.visit.say("아직 모름").lower()
        return f"{label}: {told} ({relation} ₩{least:,})"

    def _age(self, criterion: Criterion) -> str:
        graph = self.visit.flow.assessment.program.graph
        ends = []
        for one in criterion.term.items if isinstance(criterion.term, t.All) else (criterion.term,):
            assert isinstance(one, t.Compared)
            ends.append((RELATIONS[one.relation], graph.read(one.right, True).least))
        unit = " months" if criterion.kind == "age_months" else ""
        return "age " + " and ".join(f"{relation} {number:,}{unit}" for relation, number in ends)

    def _one_of(self, criterion: Criterion) -> str:
        assert isinstance(criterion.found, t.Named)
        fact = self.visit.catalog.book.facts[criterion.found.name]
        wanted = {
            one.right.value for one in t.walk(criterion.term) if isinstance(one, t.Compared) and isinstance(one.right, t.Number)
        }
        options = [label_of(one, self.visit.language) for place, one in enumerate(fact.options) if place in wanted]
        return f"{fact.label_en}: {' or '.join(options)}" if options else fact.label_en
