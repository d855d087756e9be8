"""How the nodes of a day's graph are read over the columns of a table: facts that may be missing, figures by size."""

from dataclasses import dataclass

import ibis
from ibis.expr.types import Table, Value

from chatdong.engines.eligibility import cells as c
from chatdong.engines.eligibility import spans as s
from chatdong.engines.eligibility.book import Fact, Kind
from chatdong.engines.eligibility.graph import Graph, Node
from chatdong.engines.eligibility.layers import Get, reached
from chatdong.engines.eligibility.packing import SIZE


class TooLarge(ValueError):
    """A rule whose values may not fit 64 bits within the bounds of its facts."""


@dataclass(frozen=True)
class Told:
    """Which facts a table may leave open (NULL), and which come as a band in two columns, name_lo and name_hi."""

    nullable: frozenset[str] = frozenset()
    banded: frozenset[str] = frozenset()

    def columns(self, fact: str) -> tuple[str, ...]:
        return (f"{fact}_lo", f"{fact}_hi") if fact in self.banded else (fact,)

    def may_be_open(self, fact: str) -> bool:
        return fact in self.nullable or fact in self.banded


@dataclass
class Facts:
    """Nodes over a table where facts stand as columns."""

    graph: Graph
    told: Told
    seldom: frozenset[Node] = frozenset()  # needed of few rows only: what they are worked out from stays inside a branch

    def columns(self, node: Node) -> tuple[str, ...]:
        if node.op == "size":
            return (SIZE,)
        return self.told.columns(node.held.id) if node.op == "fact" else ()

    def within(self, node: Node) -> tuple[Node, ...]:
        """A fact that may be missing also looks at whether it is asked of that person or household at all."""
        if node.op == "fact" and self.told.may_be_open(node.held.id) and node.held.id in self.graph.asked:
            return (self.graph.asked[node.held.id],)
        return (*node.parts[0].parts, node.parts[1]) if _is_split(node) else node.parts

    def is_free(self, node: Node) -> bool:
        return node.op in ("constant", "unsure", "size") or (node.op == "fact" and not self.told.may_be_open(node.held.id))

    def repeated(self, node: Node) -> tuple[Node, ...]:
        if node in self.seldom:
            return ()
        if _is_split(node):
            return node.parts[0].parts
        if node.op == "choose":
            return node.parts[:1]
        if node.op == "divide":
            return node.parts if node.parts[0].least < 0 and node.parts[1].op != "constant" else ()
        is_signed = node.op == "times" and any(one.least < 0 for one in node.parts)
        return node.parts if is_signed or self._is_bounded(node) else ()

    def _is_bounded(self, node: Node) -> bool:
        return node.op in ("least", "greatest") and len(node.parts) == 2

    def work_out(self, node: Node, table: Table, get: Get) -> s.Span:
        """The span of a node. Raises TooLarge, unless a figure that nobody knows is the cause: then an end lies beyond."""
        if node.op == "size":
            size = table[SIZE]
            return s.span(size, size, node.least, node.most)
        if node.op == "fact":
            return self._fact(node, table, get)
        if max(abs(node.least), abs(node.most)) >= c.BEYOND and not any(one.op == "unsure" for one in reached([node])):
            raise TooLarge(f"'{node.op}' lies between {node.least} and {node.most}: 64 bits do not hold it")
        parts = [get(part) for part in self.within(node)]
        if node.op in ("least", "greatest"):
            return (s.least if node.op == "least" else s.greatest)(
                parts, of_columns=self._is_bounded(node) and node not in self.seldom
            )
        return s.times_divided(*parts) if _is_split(node) else _worked_out(node, parts)

    def _fact(self, node: Node, table: Table, get: Get) -> s.Span:
        fact: Fact = node.held
        ends = [table[name] for name in self.told.columns(fact.id)]
        if not self.told.may_be_open(fact.id):
            return s.Span(ends[0], ends[0], node.least, node.most)
        asked = get(self.graph.asked[fact.id]).hi if self.within(node) else True
        rest = int(fact.otherwise)
        if len(ends) == 1 and fact.kind == Kind.YES_NO and not rest:
            return s.truth(*_yes_or_open(ends[0], asked))
        if len(ends) == 1 and fact.kind != Kind.YES_NO and rest == node.least == 0:
            return s.span(*_number_or_open(ends[0], node.most, asked), node.least, node.most)
        least, most = (False, True) if fact.kind == Kind.YES_NO else (node.least, node.most)
        assumed = [end if isinstance(asked, int) else c.pick(asked, end, type(end)(rest)) for end in (least, most)]
        lo, hi = (
            ibis.ifelse(told.isnull(), otherwise, told) for told, otherwise in zip((ends[0], ends[-1]), assumed, strict=True)
        )
        return s.span(lo, hi, node.least, node.most)


def _yes_or_open(told: Value, may_be: c.Cell) -> tuple[Value, Value]:
    """A yes/no that counts as no where it is not told, and as yes where it may be one.

    The upper end is a comparison of yes/no (lower, or not told), so that the database sees that it holds the lower end.
    """
    lo = ibis.ifelse(told.isnull(), False, told)
    return lo, lo >= (told.notnull() if may_be is True else ~c.and_([told.isnull(), may_be]))


def _number_or_open(told: Value, most: int, may_be: c.Cell) -> tuple[Value, Value]:
    """A number that counts as 0 where it is not told, and as the most where it may be one."""
    lo, kind = ibis.ifelse(told.isnull(), 0, told), c.kind_of(told)
    return lo, c.sized(lo, kind) | c.where(c.and_([told.isnull(), may_be]), most, kind)


def _is_split(node: Node) -> bool:
    """Whether it divides a product that 64 bits do not hold, though they hold the quotient."""
    if node.op != "divide" or node.parts[0].op != "times" or node.parts[0].most < c.BEYOND:
        return False
    return node.parts[1].op == "constant" and all(part.least >= 0 and part.most < c.BEYOND for part in node.parts[0].parts)


def _worked_out(node: Node, parts: list[s.Span]) -> s.Span:
    match node.op:
        case "constant":
            return s.whole(node.held)
        case "unsure":
            return s.truth(False, True) if node.most == 1 else s.Span(node.least, node.most, node.least, node.most)
        case "sum":
            return s.weighted(node.held[0], parts, node.held[1])
        case "times":
            return s.times(parts[0], parts[1])
        case "divide":
            return s.divided(parts[0], parts[1])
        case "choose":
            return s.choose(parts[0], parts[1], parts[2])
        case "compare":
            return s.compared(node.held, parts[0], parts[1])
        case "not":
            return s.negated(parts[0])
        case "by_size":
            return s.looked_up(parts[0], node.held[0], node.held[1])
        case "all":
            return s.every(parts)
        case "any":
            return s.some(parts)
    raise ValueError(f"columns cannot read '{node.op}'")
