"""Lays a graph's nodes out over one table: what is needed more than once becomes a column, in as few layers as its needs allow.

Databases do not look for what two formulas share, so a shared part is a column that is computed once; a column is dropped in the
layer after which nothing needs it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import ibis
from ibis.expr.types import Table, Value

from chatdong.engines.eligibility.cells import Cell
from chatdong.engines.eligibility.graph import Node
from chatdong.engines.eligibility.spans import Span

HOUSEHOLD = "hid"
Get = Callable[[Node], Span]


class Reading(Protocol):
    """How nodes are read over one table."""

    def columns(self, node: Node) -> tuple[str, ...]:
        """The table's own columns that a node looks at itself."""

    def within(self, node: Node) -> tuple[Node, ...]:
        """The nodes it is worked out from."""

    def is_free(self, node: Node) -> bool:
        """Whether it costs nothing to look at it again: a constant, a column as it stands."""

    def repeated(self, node: Node) -> tuple[Node, ...]:
        """The parts that its expression has more than once, so that they are better columns."""

    def work_out(self, node: Node, table: Table, get: Get) -> Span:
        """Its span, from its columns and from the spans of the nodes within."""


@dataclass(frozen=True)
class Output:
    """Columns worked out from nodes; `make` gets their spans in order."""

    needs: tuple[Node, ...]
    make: Callable[[Sequence[Span]], Mapping[str, Cell]]


class Layers:
    """The plan of one table; `build` carries it out."""

    def __init__(self, reading: Reading, outputs: Iterable[Output]) -> None:
        self.reading = reading
        self.outputs = tuple(outputs)
        uses: Counter[Node] = Counter()
        self.inside: dict[Node, tuple[Node, ...]] = {}
        waiting = [node for output in self.outputs for node in dict.fromkeys(output.needs)]
        while waiting:
            node = waiting.pop()
            uses[node] += 1
            if node not in self.inside:
                self.inside[node] = tuple(dict.fromkeys(reading.within(node)))
                waiting += (*self.inside[node], *dict.fromkeys(reading.repeated(node)))
        shared = [node for node in self.inside if uses[node] > 1 and not reading.is_free(node)]
        self.kept = {node: f"c{place}" for place, node in enumerate(shared)}
        self.depths: dict[Node, int] = {}
        self.spans: dict[Node, Span] = {}

    def depth(self, node: Node) -> int:
        """The layer in which a node is worked out: one after the last column that it needs."""
        if node not in self.depths:
            self.depths[node] = max((self.depth(part) + (part in self.kept) for part in self.inside[node]), default=0)
        return self.depths[node]

    def build(self, table: Table) -> Table:
        """The table with its household number and the outputs' columns, nothing else."""
        steps: dict[int, list[Node | Output]] = {}
        for node in self.kept:
            steps.setdefault(self.depth(node), []).append(node)
        for output in self.outputs:
            due = max((self.depth(one) + (one in self.kept) for one in output.needs), default=0)
            steps.setdefault(due, []).append(output)
        needed = self._needed_until(steps)
        ready: set[str] = set()
        for layer in sorted(steps):
            new: dict[str, Value] = {}
            for step in steps[layer]:
                if isinstance(step, Output):
                    found = {one: self.span(one, table) for one in dict.fromkeys(step.needs)}
                    made = step.make([found[one] for one in step.needs])
                    ready |= set(made)
                    new |= {name: cell if isinstance(cell, Value) else ibis.literal(cell) for name, cell in made.items()}
                else:
                    new |= self._kept_columns(step, table)
            passed = [one for one in table.columns if one == HOUSEHOLD or one in ready or needed.get(one, -1) > layer]
            table = table.select(*passed, **new)
        return table

    def _kept_columns(self, node: Node, table: Table) -> dict[str, Value]:
        found = self.reading.work_out(node, table, lambda part: self.span(part, table))
        self.spans[node] = found
        ends = {"lo": found.lo} if found.is_exact else {"lo": found.lo, "hi": found.hi}
        return {f"{self.kept[node]}_{end}": cell for end, cell in ends.items() if isinstance(cell, Value)}

    def span(self, node: Node, table: Table) -> Span:
        """A node over the table of a layer: its columns where it has some, else worked out."""
        if node not in self.spans:
            return self.reading.work_out(node, table, lambda part: self.span(part, table))
        found, name = self.spans[node], self.kept[node]
        lo = table[f"{name}_lo"] if isinstance(found.lo, Value) else found.lo
        if found.is_exact:
            return Span(lo, lo, found.least, found.most)
        return Span(lo, table[f"{name}_hi"] if isinstance(found.hi, Value) else found.hi, found.least, found.most)

    def _needed_until(self, steps: Mapping[int, Sequence[Node | Output]]) -> dict[str, int]:
        """The last layer in which each column is looked at."""
        found: dict[str, int] = {}
        for layer in sorted(steps):
            waiting: list[Node] = []
            for step in steps[layer]:
                if isinstance(step, Output):
                    waiting += step.needs
                else:
                    waiting += self.inside[step]
                    found |= dict.fromkeys(self.reading.columns(step), layer)
            seen: set[Node] = set()
            while waiting:
                node = waiting.pop()
                if node in seen:
                    continue
                seen.add(node)
                if node in self.kept:
                    found |= {f"{self.kept[node]}_lo": layer, f"{self.kept[node]}_hi": layer}
                else:
                    found |= dict.fromkeys(self.reading.columns(node), layer)
                    waiting += self.inside[node]
        return found


def reached(roots: Iterable[Node]) -> list[Node]:
    """The nodes and all that they are worked out from, each once."""
    found: dict[Node, None] = {}
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found[node] = None
            waiting += node.parts
    return list(found)
