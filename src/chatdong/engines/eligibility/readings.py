"""How the nodes of a day's graph are read over tables: facts that may be missing, figures by size, aggregates over persons.

Persons are added up in one grouping only: what holds for somebody is a bit of a mask, what is counted a field of a packed sum, so
a household costs a few numbers however many conditions look at its persons.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import ibis
from ibis.expr.types import Table, Value

from chatdong.engines.eligibility import spans as s
from chatdong.engines.eligibility.book import Fact, Kind
from chatdong.engines.eligibility.graph import Graph, Node
from chatdong.engines.eligibility.layers import HOUSEHOLD, Get, reached

SIZE = "size"
AGGREGATES = ("anyone", "count", "total")
BITS = 62  # of a mask: the sign is never touched
FIELDS, FIELD = 4, 15  # of a packed sum: four counts of 15 bits, a household of up to 32,767 persons


@ibis.udf.agg.builtin(name="bit_or")
def bit_or(mask: int) -> int:  # type: ignore[empty-body]
    """All bits that stand in any row."""


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
        """A person's fact that may be missing also looks at whether it is asked of that person at all."""
        if node.op == "fact" and node.of_person and self.told.may_be_open(node.held.id) and node.held.id in self.graph.asked:
            return (self.graph.asked[node.held.id],)
        return (*node.parts[0].parts, node.parts[1]) if _is_split(node) else node.parts

    def is_free(self, node: Node) -> bool:
        return node.op in ("constant", "unsure", "size") or (node.op == "fact" and not self.told.may_be_open(node.held.id))

    def is_twice(self, node: Node) -> bool:
        return node.op in ("least", "greatest") and len(node.parts) == 2 and node not in self.seldom

    def work_out(self, node: Node, table: Table, get: Get) -> s.Span:
        """The span of a node. Raises TooLarge, unless a figure that nobody knows is the cause: then an end lies beyond."""
        if node.op == "size":
            size = table[SIZE]
            return s.span(size, size, node.least, node.most)
        if node.op == "fact":
            return self._fact(node, table, get)
        if max(abs(node.least), abs(node.most)) >= s.BEYOND and not any(one.op == "unsure" for one in reached([node])):
            raise TooLarge(f"'{node.op}' lies between {node.least} and {node.most}: 64 bits do not hold it")
        parts = [get(part) for part in self.within(node)]
        if node.op in ("least", "greatest"):
            return (s.least if node.op == "least" else s.greatest)(parts, of_columns=self.is_twice(node))
        return s.times_divided(*parts) if _is_split(node) else _worked_out(node, parts)

    def _fact(self, node: Node, table: Table, get: Get) -> s.Span:
        fact: Fact = node.held
        ends = [table[name] for name in self.told.columns(fact.id)]
        if not self.told.may_be_open(fact.id):
            return s.Span(ends[0], ends[0], node.least, node.most)
        is_yes_no = fact.kind == Kind.YES_NO
        least, most = (s.NEVER, s.ALWAYS) if is_yes_no else (s.whole(node.least), s.whole(node.most))
        if self.within(node):
            rest = s.constant_truth(bool(fact.otherwise)) if is_yes_no else s.whole(fact.otherwise)
            asked = get(self.graph.asked[fact.id])
            may_be_asked = s.truth(asked.hi, asked.hi)
            least, most = s.choose(may_be_asked, least, rest), s.choose(may_be_asked, most, rest)
        if is_yes_no:
            least, most = s.truth(least.lo, least.lo), s.truth(most.lo, most.lo)
        return s.span(s.known_or(ends[0], least.lo), s.known_or(ends[-1], most.lo), node.least, node.most)


def _is_split(node: Node) -> bool:
    """Whether it divides a product that 64 bits do not hold, though they hold the quotient."""
    if node.op != "divide" or node.parts[0].op != "times" or node.parts[0].most < s.BEYOND:
        return False
    return node.parts[1].op == "constant" and all(part.least >= 0 and part.most < s.BEYOND for part in node.parts[0].parts)


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


@dataclass(frozen=True)
class Packed:
    """Where an aggregate stands after the grouping, and how it is taken out again."""

    columns: tuple[str, ...]
    read: Callable[[Table], s.Span]


@dataclass
class Aggregates:
    """Packs what the persons' table works out, groups it, and tells where each aggregate went."""

    nodes: tuple[Node, ...]
    packed: dict[Node, Packed] = field(default_factory=dict)
    _cells: dict[str, list[s.Cell]] = field(default_factory=dict)

    def pack(self, found: Sequence[s.Span]) -> Mapping[str, s.Cell]:
        """The columns of a person's row; `found` are the spans of the nodes' parts."""
        for node, one in zip(self.nodes, found, strict=True):
            ends = [self._end(node, one.lo)]
            if not one.is_exact:
                ends.append(self._end(node, one.hi))
            self.packed[node] = _packed(node, ends)
        rows: dict[str, s.Cell] = {}
        for name, cells in self._cells.items():
            if name.startswith("total"):
                rows[name] = s.wide(cells[0])
                continue
            if name.startswith("any"):
                rows[name] = s.mask(cells, "int64")
            else:
                rows[name] = s.joined_bits([s.bit(cell, 1 << place * FIELD, "int64") for place, cell in enumerate(cells)])
        return rows

    def _end(self, node: Node, cell: s.Cell) -> tuple[str, int] | s.Cell:
        """The column and the place in it that one end of an aggregate gets; a constant needs none."""
        if not isinstance(cell, Value):
            return cell
        kind, room = {"anyone": ("any", BITS), "count": ("count", FIELDS), "total": ("total", 1)}[node.op]
        number = 0
        while len(self._cells.setdefault(f"{kind}{number}", [])) >= room:
            number += 1
        self._cells[f"{kind}{number}"].append(cell)
        return f"{kind}{number}", len(self._cells[f"{kind}{number}"]) - 1

    def group(self, people: Table) -> Table:
        """One row a household: its size and the packed columns."""
        found = {name: bit_or(people[name]) if name.startswith("any") else people[name].sum() for name in self._cells}
        # the database adds 64 bits up in 128: what a household's persons have fits
        sums = {name: one.cast("!int64") for name, one in found.items()}
        return people.group_by(HOUSEHOLD).aggregate(**{SIZE: people.count().cast("!int64")}, **sums)


def _packed(node: Node, ends: Sequence[tuple[str, int] | s.Cell]) -> Packed:
    columns = tuple(dict.fromkeys(one[0] for one in ends if isinstance(one, tuple)))
    if not columns or any(not isinstance(one, tuple) for one in ends):
        columns = (*columns, SIZE)

    def read(table: Table) -> s.Span:
        cells = [_taken_out(node, table, one) for one in ends]
        if node.op == "anyone":
            return s.truth(cells[0], cells[-1])
        return s.span(cells[0], cells[-1], node.least, node.most)

    return Packed(columns, read)


def _taken_out(node: Node, table: Table, end: tuple[str, int] | s.Cell) -> s.Cell:
    """One end of an aggregate for the household. What is the same for every person needs the household's size only."""
    if not isinstance(end, tuple):
        return end if node.op == "anyone" else table[SIZE] * int(end)
    column, place = table[end[0]], end[1]
    if node.op == "anyone":
        return (column & 2**place) != 0
    if node.op == "total":
        return column
    return (column >> FIELD * place if place else column) & (1 << FIELD) - 1
