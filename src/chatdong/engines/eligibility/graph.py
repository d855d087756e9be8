"""The rules of one day as one graph of values: equal parts stand in it once, figures are numbers, what cannot change is folded.

Every node is a range, least to most; yes/no is 0 to 1, so one arithmetic carries both, and Kleene logic is min and max of it.
Sums are kept flat, so that what stands on both sides cancels: an unknown counted twice would widen a range without reason.
"""

from collections.abc import Iterable
from typing import Any

from chatdong.engines.eligibility import terms as t
from chatdong.engines.eligibility.book import Benefit, Criterion, Fact, Rules, Subject
from chatdong.engines.eligibility.comparing import MIRRORED, bared
from chatdong.engines.eligibility.facts import bounds

WIDE = 10**14  # a figure that is not known lies somewhere below a hundred trillion won: times persons it still fits 64 bits
Cells = tuple[int, ...]  # the values of nodes in their order: node n's least at 2n, its most at 2n + 1
MANY = 10**4  # persons of one household
FLIPPED: dict[str, str] = {"<=": ">", ">": "<=", "<": ">=", ">=": "<", "==": "!=", "!=": "=="}


class Node:
    """One value: what makes it (`op`), of which nodes, and between which numbers it lies whatever is told.

    op: constant fact size sum times divide least greatest choose compare all any not by_size count total anyone unsure.
    held: the constant, the fact, the coefficients and the constant of a sum, the relation, the table of by_size.
    """

    __slots__ = ("at", "held", "is_exact", "least", "most", "of_person", "op", "parts")

    def __init__(self, op: str, parts: tuple["Node", ...], held: Any, of_person: bool, least: int, most: int) -> None:
        self.op, self.parts, self.held, self.of_person, self.least, self.most = op, parts, held, of_person, least, most
        self.at = -1
        self.is_exact: bool = op in ("constant", "size") or (op not in TOLD and all(one.is_exact for one in parts))


TOLD = {"count", "total", "anyone", "fact", "unsure"}  # rest on what somebody tells, whatever their parts are


class Graph:
    """All nodes of one day's rules. `home` and `person` are in the order they can be worked out; `at` is a node's place there.

    Raises ValueError where a rule divides by what may be below one, or a person's rule looks at the household.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._known: dict[Any, Node] = {}
        self._read: dict[tuple[t.Term, bool], Node] = {}
        self.verdicts: dict[str, Node] = {}
        self.criteria: dict[int, tuple[Node, Node | None, Node | None, Node | None]] = {}
        self.amounts: dict[str, Node] = {}
        self.asked: dict[str, Node] = {}
        self.measures = {one.id: self.read(t.Named(one.id), False) for one in _of_household(rules)}
        for benefit in rules.benefits_in_order:
            self._benefit(benefit)
        self.home: list[Node] = []
        self.person: list[Node] = []
        self._place()

    def _benefit(self, benefit: Benefit) -> None:
        held = [self._criterion(one, False) for one in benefit.criteria]
        held += [_negated(self, self.verdicts[other]) for other in benefit.excluded_by]
        if not benefit.is_offered(self.rules.day):
            self.verdicts[benefit.id] = self.constant(0, False)
        elif benefit.id in self.rules.unsure:
            self.verdicts[benefit.id] = self._made("unsure", (), (benefit.id,), False)
        else:
            self.verdicts[benefit.id] = self._made("all", tuple(held), None, False)
        if benefit.amount is not None:
            self.amounts[benefit.id] = self.read(t.Greatest((benefit.amount.term, t.Number(0))), False)

    def _criterion(self, criterion: Criterion, of_person: bool) -> Node:
        node = self.read(criterion.term, of_person)
        asked = (criterion.found, criterion.limit, criterion.percent)
        shown = [None if one is None else self.read(one, of_person) for one in asked]
        self.criteria[id(criterion)] = (node, shown[0], shown[1], shown[2])
        inside = of_person or criterion.kind in ("anyone", "count")
        for item in criterion.items:
            self._criterion(item, inside)
        return node

    def constant(self, value: int, of_person: bool) -> Node:
        """A number that stands fast."""
        return self._kept("constant", (), int(value), of_person, int(value), int(value))

    def read(self, term: t.Term, of_person: bool) -> Node:
        """The node of a term, read once."""
        key = (term, of_person)
        if key not in self._read:
            self._read[key] = self._term(term, of_person)
        return self._read[key]

    def _term(self, term: t.Term, of_person: bool) -> Node:
        match term:
            case t.Number(value=value) | t.Truth(value=value):
                return self.constant(value, of_person)
            case t.Named(name=name):
                return self._named(name, of_person)
            case t.Parameter(name=name):
                return self._figure(name, None, of_person)
            case t.BySize(name=name, size=size):
                return self._figure(name, self.read(size, of_person), of_person)
            case t.Count(condition=inner) if self.read(inner, True).least == 1:
                return self._kept("size", (), None, of_person, 1, MANY)
            case t.Count(condition=inner) | t.Total(value=inner) | t.Anyone(condition=inner):
                op = {t.Count: "count", t.Total: "total", t.Anyone: "anyone"}[type(term)]
                return self._made(op, (self.read(inner, True),), None, of_person)
            case t.Entitled(benefit=name):
                return self.verdicts[name]
            case t.Not(item=item):
                return _negated(self, self.read(item, of_person))
        nodes = tuple(self.read(one, of_person) for one in t.parts(term))
        match term:
            case t.Arithmetic(operator="+"):
                return self.sum([(1, nodes[0]), (1, nodes[1])], 0, of_person)
            case t.Arithmetic(operator="-"):
                return self.sum([(1, nodes[0]), (-1, nodes[1])], 0, of_person)
            case t.Arithmetic(operator="*"):
                return self._made("times", nodes, None, of_person)
            case t.Arithmetic():
                return self._made("divide", nodes, None, of_person)
            case t.Share():
                product = self._made("times", nodes, None, of_person)
                parts = (self.sum([(1, product)], 50, of_person), self.constant(100, of_person))
                return self._made("divide", parts, None, of_person)
            case t.Compared(relation=relation):
                return self._compared(relation, nodes, of_person)
        op = {t.Least: "least", t.Greatest: "greatest", t.Choose: "choose", t.All: "all", t.Any: "any"}[type(term)]
        return self._made(op, nodes, None, of_person)

    def _named(self, name: str, of_person: bool) -> Node:
        book = self.rules.book
        known = book.facts.get(name) or book.measures[name]
        is_size = not isinstance(known, Fact) and known.term == t.Count(t.Truth(True))
        if of_person != (known.subject == Subject.PERSON) and not is_size:
            raise ValueError(f"'{name}' is about the {known.subject}: it cannot be looked at from there")
        if not isinstance(known, Fact):
            return self.read(known.term, of_person)
        if known.asked_when is not None:
            self.asked[name] = self.read(known.asked_when, of_person)
        return self._kept("fact", (), known, of_person, *bounds(known))

    def _figure(self, name: str, size: Node | None, of_person: bool) -> Node:
        if self.rules.doubt(name):
            return self._kept("unsure", (), name, of_person, 1, WIDE)
        figure = self.rules.figures[name]
        if size is None:
            return self.constant(figure.value, of_person)  # type: ignore[arg-type]
        return self._made("by_size", (size,), (figure.value, figure.extra), of_person)

    def _compared(self, relation: str, nodes: tuple[Node, ...], of_person: bool) -> Node:
        left, right = ({part for _, part in self._linear(one)[0]} for one in nodes)
        if left & right:
            nodes = (self.sum([(1, nodes[0]), (-1, nodes[1])], 0, of_person), self.constant(0, of_person))
        return self._made("compare", nodes, relation, of_person)

    def sum(self, items: Iterable[tuple[int, Node]], plus: int, of_person: bool) -> Node:
        """A sum of so many times each node, and a constant. `min(x, c)` meets `x` in it as `x - max(x - c, 0)` and cancels."""
        factors: dict[Node, int] = {}
        capped: dict[Node, Node] = {}

        def add(many: int, node: Node) -> int:
            if node.op == "least" and len(node.parts) == 2 and node.parts[1].op == "constant":
                x, limit = node.parts
                over = self.sum([(1, x)], -limit.held, of_person)
                rest = self._made("greatest", (over, self.constant(0, of_person)), None, of_person)
                capped[rest] = node
                factors[rest] = factors.get(rest, 0) - many
                return add(many, x)
            parts, constant = self._linear(node)
            if parts and parts[0][1] is node:
                factors[node] = factors.get(node, 0) + many
                return 0
            return many * constant + sum(add(many * factor, part) for factor, part in parts)

        plus += sum(add(many, node) for many, node in items)
        for rest, node in reversed(capped.items()):  # what met nothing is put back: the cap itself is the narrower range
            many = factors.get(rest, 0)
            parts, constant = self._linear(node.parts[0])
            if many and all(_holds(factors.get(part, 0), -many * factor) for factor, part in parts):
                for factor, part in parts:
                    factors[part] += many * factor
                factors[rest] = 0
                factors[node] = factors.get(node, 0) - many
                plus += many * constant
        kept = {node: many for node, many in factors.items() if many}
        if not kept:
            return self.constant(plus, of_person)
        if plus == 0 and list(kept.values()) == [1]:
            return next(iter(kept))
        return self._made("sum", tuple(kept), (tuple(kept.values()), plus), of_person)

    def _linear(self, node: Node) -> tuple[list[tuple[int, Node]], int]:
        if node.op == "constant":
            return [], node.held
        if node.op == "sum":
            return list(zip(node.held[0], node.parts, strict=True)), node.held[1]
        return [(1, node)], 0

    def _made(self, op: str, parts: tuple[Node, ...], held: Any, of_person: bool) -> Node:
        """The node, or the simpler one that it always equals."""
        if op in ("all", "any"):
            stops = int(op == "any")
            parts = tuple(dict.fromkeys(one for one in parts if not one.least == one.most == 1 - stops))
            is_settled = any(one.least == one.most == stops for one in parts)
            if is_settled or not parts or any(_negated(self, one) in parts for one in parts):
                return self.constant(stops if parts else 1 - stops, of_person)
        elif op in ("least", "greatest"):
            parts = _bounding(op, tuple(sorted(dict.fromkeys(parts), key=lambda one: one.op == "constant")))
        if len(parts) == 1 and op in ("all", "any", "least", "greatest"):
            return parts[0]
        if op == "choose" and (parts[0].least == parts[0].most or parts[1] is parts[2]):
            return parts[1] if parts[0].least else parts[2]
        if op == "compare" and parts[0].op == "constant":
            parts, held = (parts[1], parts[0]), MIRRORED[held]
        if op == "compare" and parts[1].op == "constant":
            held, left, limit = bared(held, parts[0], parts[1].held)
            parts = (left, self.constant(limit, of_person))
        if op == "divide" and parts[1].least < 1:
            raise ValueError("a rule divides by what may be below one")
        least, most = _range(op, parts, held)
        if least == most:
            return self.constant(least, of_person)
        return self._kept(op, parts, held, of_person, least, most)

    def _kept(self, op: str, parts: tuple[Node, ...], held: Any, of_person: bool, least: int, most: int) -> Node:
        key = (op, parts, held.id if isinstance(held, Fact) else held, of_person)
        if key not in self._known:
            self._known[key] = Node(op, parts, held, of_person, least, most)
        return self._known[key]

    def _place(self) -> None:
        """Only what somebody asks for gets a place, each after its parts."""
        shown = [one for group in self.criteria.values() for one in group if one is not None]
        waiting = [*self.measures.values(), *self.verdicts.values(), *self.amounts.values(), *shown]
        while waiting:
            node = waiting[-1]
            needed = [*node.parts, *([self.asked[node.held.id]] if node.op == "fact" and node.held.id in self.asked else [])]
            missing = [one for one in needed if one.at < 0]
            if missing:
                waiting += missing
                continue
            waiting.pop()
            if node.at < 0:
                places = self.person if node.of_person else self.home
                node.at = len(places)
                places.append(node)


def _of_household(rules: Rules) -> list[Any]:
    return [one for one in rules.measures_in_order if one.subject == Subject.HOUSEHOLD]


def _holds(whole: int, part: int) -> bool:
    """Whether so many of a thing are among so many, with the same sign."""
    return whole * part > 0 and abs(whole) >= abs(part)


def _negated(graph: Graph, node: Node) -> Node:
    if node.op == "constant":
        return graph.constant(1 - node.held, node.of_person)
    if node.op == "not":
        return node.parts[0]
    if node.op == "compare":
        return graph._made("compare", node.parts, FLIPPED[node.held], node.of_person)
    return graph._kept("not", (node,), None, node.of_person, 1 - node.most, 1 - node.least)


def _bounding(op: str, parts: tuple[Node, ...]) -> tuple[Node, ...]:
    """Parts that can be the least (greatest) at all; of constants only one can."""
    if op == "least":
        limit = min(one.most for one in parts)
        kept = [one for one in parts if one.least < limit or one.most == limit]
        rest = [one for one in kept if one.op != "constant"]
        return tuple(rest if any(one.most == limit for one in rest) else kept)
    limit = max(one.least for one in parts)
    kept = [one for one in parts if one.most > limit or one.least == limit]
    rest = [one for one in kept if one.op != "constant"]
    return tuple(rest if any(one.least == limit for one in rest) else kept)


def _range(op: str, parts: tuple[Node, ...], held: Any) -> tuple[int, int]:
    """Between which numbers it lies whatever is told."""
    lows, highs = [one.least for one in parts], [one.most for one in parts]
    match op:
        case "sum":
            ends = [(k * low, k * high) for k, low, high in zip(held[0], lows, highs, strict=True)]
            return held[1] + sum(map(min, ends)), held[1] + sum(map(max, ends))
        case "times":
            corners = [one * other for one in (lows[0], highs[0]) for other in (lows[1], highs[1])]
            return min(corners), max(corners)
        case "divide":
            corners = [one // other for one in (lows[0], highs[0]) for other in (lows[1], highs[1])]
            return min(corners), max(corners)
        case "least":
            return min(lows), min(highs)
        case "greatest":
            return max(lows), max(highs)
        case "choose":
            return min(lows[1:]), max(highs[1:])
        case "compare":
            return compare(held, lows[0], highs[0], lows[1], highs[1])
        case "by_size":
            values, extra = held
            return min(0, *values), values[-1] + MANY * extra if extra else max(values)
        case "count":
            return MANY * (lows[0] == 1), MANY * highs[0]
        case "total":
            return min(lows[0] * MANY, lows[0]), max(highs[0] * MANY, highs[0])
    return (min(lows), min(highs)) if op == "all" else (max(lows), max(highs)) if op in ("any", "anyone") else (0, 1)


def compare(relation: str, low: int, high: int, least: int, most: int) -> tuple[int, int]:
    """Whether a range stands so to another one: certainly, and possibly."""
    match relation:
        case "<=":
            return int(high <= least), int(low <= most)
        case "<":
            return int(high < least), int(low < most)
        case ">=":
            return int(low >= most), int(high >= least)
        case ">":
            return int(low > most), int(high > least)
    is_equal, may_be = int(low == high == least == most), int(low <= most and least <= high)
    return (is_equal, may_be) if relation == "==" else (1 - may_be, 1 - is_equal)
