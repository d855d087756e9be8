"""Which facts can still change a value: only open values are gone through, from the value down to what nobody told."""

from collections.abc import Iterable

from chatdong.engines.eligibility.graph import Cells, Graph, Node


class Relevance:
    """Which facts can still change a value, as bits: open values only are gone through, each once."""

    def __init__(self, graph: Graph, cells: Cells, rows: list[Cells]) -> None:
        self._graph, self._cells, self._rows = graph, cells, rows
        self._bits = {name: 1 << place for place, name in enumerate(graph.rules.book.facts)}
        self._home: dict[int, int] = {}
        self._person: list[dict[int, int]] = [{} for _ in rows]

    def bit(self, fact: str) -> int:
        """A fact's bit."""
        return self._bits[fact]

    def mask(self, facts: Iterable[str]) -> int:
        """The bits of several facts."""
        return sum(self._bits[one] for one in facts)

    def of(self, benefit: str) -> int:
        """The facts that can still change a benefit's verdict."""
        return self._of(self._graph.verdicts[benefit], self._cells, self._home)

    def facts_of(self, node: Node, person: int = 0) -> tuple[str, ...]:
        """The facts that leave a value open, in the order of the book."""
        found = (
            self._of(node, self._rows[person], self._person[person])
            if node.of_person
            else self._of(node, self._cells, self._home)
        )
        return tuple(name for name, bit in self._bits.items() if found & bit)

    def _of(self, node: Node, cells: Cells, known: dict[int, int]) -> int:
        at = node.at
        if at in known:
            return known[at]
        if cells[2 * at] == cells[2 * at + 1]:
            return 0
        if node.op == "fact":
            found = self._bits[node.held.id]
            if (condition := self._graph.asked.get(node.held.id)) is not None:
                found |= self._of(condition, cells, known)
        elif node.op in ("count", "total", "anyone"):
            found = 0
            for row, of_person in zip(self._rows, self._person, strict=True):
                found |= self._of(node.parts[0], row, of_person)
        else:
            found = 0
            for part in _live(node, cells):
                found |= self._of(part, cells, known)
        known[at] = found
        return found


def _live(node: Node, cells: Cells) -> Iterable[Node]:
    """The parts that can still move a value: not the branch that is not taken, not what another one always outdoes."""
    if node.op == "choose":
        condition, then, otherwise = node.parts
        at = 2 * condition.at
        if cells[at]:
            return (then,)
        return (otherwise,) if not cells[at + 1] else node.parts
    if node.op == "least":
        limit = cells[2 * node.at + 1]
        return [one for one in node.parts if cells[2 * one.at] < limit]
    if node.op == "greatest":
        limit = cells[2 * node.at]
        return [one for one in node.parts if cells[2 * one.at + 1] > limit]
    return node.parts
