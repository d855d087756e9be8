"""Yes/no and counts in few bytes: what persons add up to goes through one grouping as a few numbers; masks are built of bytes.

A database computes column by column, some thousand rows at a time: eight bytes for every bit would not stay in the processor's
cache, one byte for seven of them does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import ibis
from ibis.expr.types import Table, Value

from chatdong.engines.eligibility.cells import Cell, wide
from chatdong.engines.eligibility.graph import Node
from chatdong.engines.eligibility.layers import HOUSEHOLD
from chatdong.engines.eligibility.spans import Span, span, truth

SIZE = "size"
AGGREGATES = ("anyone", "count", "total")
BYTE = 7  # bits of a byte whose sign is never touched
BITS = 9 * BYTE  # of a mask in 64 bits
FIELDS, FIELD = 4, 15  # of a packed sum: four counts of 15 bits, a household of up to 32,767 persons


@ibis.udf.agg.builtin(name="bit_or")
def bit_or(mask: int) -> int:  # type: ignore[empty-body]
    """All bits that stand in any row."""


def bit(cell: Cell, number: int, kind: str) -> Value:
    """The number where a yes/no holds, else 0. Minus one is all ones: no multiplication, no branch, nothing to overflow."""
    return ibis.literal(number * bool(cell), kind) if isinstance(cell, int) else -cell.cast(kind) & number


def mask(cells: Sequence[Cell], kind: str) -> Value:
    """Bit i where yes/no i holds, as a number of this kind."""
    groups = []
    for first in range(0, len(cells), BYTE):
        group = cells[first : first + BYTE]
        some = [bit(cell, 1 << place, "int8") for place, cell in enumerate(group) if not (isinstance(cell, int) and not cell)]
        if some:
            found = joined_bits(some).cast(f"!{kind}")
            groups.append(found * (1 << first) if first else found)
    return joined_bits(groups) if groups else ibis.literal(0, kind)


def counted(cells: Sequence[Cell]) -> Value:
    """Field i is 1 where yes/no i holds: two fields in four bytes, then four in eight."""
    pairs = []
    for first in range(0, len(cells), 2):
        fields = [bit(cell, 1 << FIELD * place, "int32") for place, cell in enumerate(cells[first : first + 2])]
        pairs.append(joined_bits(fields).cast("!int64"))
    return pairs[0] if len(pairs) == 1 else pairs[0] | pairs[1] * (1 << 2 * FIELD)


def joined_bits(numbers: Sequence[Value]) -> Value:
    """Numbers without a common bit as one: a balanced tree, so that no database meets a hundred parentheses."""
    if len(numbers) == 1:
        return numbers[0]
    half = len(numbers) // 2
    return joined_bits(numbers[:half]) | joined_bits(numbers[half:])


@dataclass(frozen=True)
class Packed:
    """Where an aggregate stands after the grouping, and how it is taken out again."""

    columns: tuple[str, ...]
    read: Callable[[Table], Span]


@dataclass(frozen=True)
class Place:
    """Where one end of an aggregate stands: the column and, for a bit, which."""

    column: str
    number: int = 0


@dataclass
class Aggregates:
    """Packs what the persons' table works out, groups it, and tells where each aggregate went."""

    nodes: tuple[Node, ...]
    packed: dict[Node, Packed] = field(default_factory=dict)
    _cells: dict[str, list[Cell]] = field(default_factory=dict)

    def pack(self, found: Sequence[Span]) -> Mapping[str, Cell]:
        """The columns of a person's row; `found` are the spans of the nodes' parts."""
        for node, one in zip(self.nodes, found, strict=True):
            ends = [self._end(node, one.lo)]
            if not one.is_exact:
                ends.append(self._end(node, one.hi))
            self.packed[node] = _packed(node, ends)
        made: dict[str, Callable[[Sequence[Cell]], Cell]] = {
            "any": lambda cells: mask(cells, "int64"),
            "count": counted,
            "total": lambda cells: cells[0],
        }
        return {name: made[name.rstrip("0123456789")](cells) for name, cells in self._cells.items()}

    def _end(self, node: Node, cell: Cell) -> Place | Cell:
        """The place that one end of an aggregate gets; a constant needs none."""
        if not isinstance(cell, Value):
            return cell
        kind, room = {"anyone": ("any", BITS), "count": ("count", FIELDS), "total": ("total", 1)}[node.op]
        number = 0
        while len(self._cells.setdefault(f"{kind}{number}", [])) >= room:
            number += 1
        self._cells[f"{kind}{number}"].append(cell)
        place = len(self._cells[f"{kind}{number}"]) - 1
        if node.op == "anyone":
            return Place(f"any{number}_{place // BYTE}", 1 << place % BYTE)
        return Place(f"total{number}" if node.op == "total" else f"count{number}_{place}")

    def group(self, people: Table) -> Table:
        """One row a household: its size, sums, counts, and the masks byte by byte."""
        found = {name: bit_or(people[name]) if name.startswith("any") else people[name].sum() for name in self._cells}
        # the database adds 64 bits up in 128: what a household's persons have fits
        sums = {name: one.cast("!int64") for name, one in found.items()}
        homes = people.group_by(HOUSEHOLD).aggregate(**{SIZE: people.count().cast("!int16")}, **sums)
        taken: dict[str, Value] = {}
        for name, cells in self._cells.items():
            if name.startswith("any"):
                for place in range(-(-len(cells) // BYTE)):
                    taken[f"{name}_{place}"] = (_shifted(homes[name], BYTE * place) & 2**BYTE - 1).cast("!int8")
            elif name.startswith("count"):
                for place in range(len(cells)):
                    taken[f"{name}_{place}"] = (_shifted(homes[name], FIELD * place) & 2**FIELD - 1).cast("!int16")
        return homes.select(HOUSEHOLD, SIZE, *(name for name in self._cells if name.startswith("total")), **taken)


def _shifted(column: Value, by: int) -> Value:
    return column >> by if by else column


def _packed(node: Node, ends: Sequence[Place | Cell]) -> Packed:
    columns = tuple(dict.fromkeys(one.column for one in ends if isinstance(one, Place)))
    if len(columns) < len(ends):
        columns = (*columns, SIZE)

    def read(table: Table) -> Span:
        cells = [_taken_out(node, table, one) for one in ends]
        if node.op == "anyone":
            return truth(cells[0], cells[-1])
        return span(cells[0], cells[-1], node.least, node.most)

    return Packed(columns, read)


def _taken_out(node: Node, table: Table, end: Place | Cell) -> Cell:
    """One end of an aggregate for the household. What is the same for every person needs the household's size only."""
    if not isinstance(end, Place):
        return end if node.op == "anyone" else wide(table[SIZE]) * int(end)
    column = table[end.column]
    return (column & end.number) != 0 if end.number else column
