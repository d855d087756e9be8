"""One household against the rules of a day: written once as straight-line Python, then run in well under a millisecond.

A range is worked out for everything (least, most): what is answered from a band or an unknown stands whatever it turns out to be.
Where an unknown counts twice in one condition its range may be too wide: then the answer waits, it is never wrong.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from chatdong.engines.eligibility.book import Benefit, Criterion, Rules
from chatdong.engines.eligibility.facts import Household, Status, Value, Verdict
from chatdong.engines.eligibility.graph import Cells, Graph, Node
from chatdong.engines.eligibility.relevance import Relevance


class Plan(NamedTuple):
    """Where a benefit's answer stands among the cells."""

    benefit: str
    at: int
    amount: int
    bits: tuple[tuple[int, int], ...]
    who: tuple[int, ...]
    is_unsure: bool


@dataclass(eq=False)
class Assessment:
    """Verdicts by benefit, and the household's measures: a number, a range, None where a yes/no is open."""

    verdicts: dict[str, Verdict]
    household: Household
    program: "Program"
    cells: Cells
    rows: list[Cells] = field(repr=False)
    kept: dict[Any, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def values(self) -> dict[str, Value]:
        """Measures by name."""
        measures = self.program.graph.rules.book.measures
        return {name: self.at(node, measures[name].is_number) for name, node in self.program.graph.measures.items()}

    @cached_property
    def relevance(self) -> Relevance:
        """Which facts can still change what."""
        return Relevance(self.program.graph, self.cells, self.rows)

    @cached_property
    def untold(self) -> frozenset[str]:
        """Facts that the household, or a person of whom they are asked, has not told at all."""
        facts, people = self.household.facts, self.household.people
        graph = self.program.graph
        asked = [(facts, self.cells, graph.home), *((*one, graph.person) for one in zip(people, self.rows, strict=True))]
        return frozenset(
            node.held.id
            for told, row, nodes in asked
            for node in nodes
            if node.op == "fact" and row[2 * node.at] != row[2 * node.at + 1] and told.get(node.held.id) is None
        )

    def asked_of(self, fact: str) -> tuple[int, ...]:
        """Persons of whom a fact is open: a child is not asked what it earns."""
        nodes = [one for one in self.program.graph.person if one.op == "fact" and one.held.id == fact]
        return tuple(i for i, row in enumerate(self.rows) for one in nodes if row[2 * one.at] != row[2 * one.at + 1])

    def missing(self, node: Node, person: int = 0) -> tuple[str, ...]:
        """Facts that nobody told and that leave a value open, in the order of the book."""
        key = (node, person if node.of_person else 0)
        if key not in self.kept:
            low, high = self.range_of(node, person)
            open_facts = self.relevance.facts_of(node, person) if low != high else ()
            self.kept[key] = tuple(one for one in open_facts if one in self.untold)
        return self.kept[key]

    def range_of(self, node: Node, person: int = 0) -> tuple[int, int]:
        """Least and most of a node."""
        cells = self.rows[person] if node.of_person else self.cells
        return int(cells[2 * node.at]), int(cells[2 * node.at + 1])

    def at(self, node: Node, is_number: bool = True, person: int = 0) -> Value:
        """A node's value: a whole number where it is settled, else its range, for a yes/no None."""
        low, high = self.range_of(node, person)
        return low if low == high else (low, high) if is_number else None


@dataclass(eq=False)
class Program:
    """The rules of a day ready to run: `person` and `home` are made functions, `plans` say where each benefit's answer stands."""

    graph: Graph
    person: Callable[[Callable[[str], Value], int], Cells]
    home: Callable[[Callable[[str], Value], list[Cells], int], Cells]
    plans: tuple[Plan, ...]
    kept: dict[Any, Any] = field(default_factory=dict, repr=False)  # what is said of the rules whatever the household (explain)

    def run(self, household: Household) -> tuple[Cells, list[Cells]]:
        """The cells of the household and of each person."""
        size = len(household.people)
        rows = [self.person(one.get, size) for one in household.people]
        return self.home(household.facts.get, list(zip(*rows, strict=True)), size), rows


def assess(rules: Rules, household: Household) -> Assessment:
    """Every benefit of the day for one household, from what it told so far."""
    program = program_of(rules)
    cells, rows = program.run(household)
    return Assessment({plan.benefit: _verdict(plan, cells, rows) for plan in program.plans}, household, program, cells, rows)


def program_of(rules: Rules) -> Program:
    """The day's rules made ready, kept with the rules themselves and gone with them."""
    kept = rules.__dict__
    if "_program" not in kept:
        kept["_program"] = compiled(rules)
    return kept["_program"]


def compiled(rules: Rules) -> Program:
    """Writes the rules out. Raises ValueError on a rule that cannot be run (graph.Graph)."""
    graph = Graph(rules)
    names: dict[str, Any] = {"hull": _by_size}
    exec(compile(_source(graph, names), f"<rules of {rules.day}>", "exec"), names)
    plans = tuple(_plan(graph, benefit) for benefit in rules.book.benefits.values())
    return Program(graph, names["person"], names["home"], plans)


def _plan(graph: Graph, benefit: Benefit) -> Plan:
    bits = tuple((1 << i, 2 * graph.criteria[id(one)][0].at) for i, one in enumerate(benefit.criteria))
    who = tuple(dict.fromkeys(2 * node.at for one in benefit.criteria for node in _whom(graph, one)))
    amount = 2 * graph.amounts[benefit.id].at if benefit.id in graph.amounts else -1
    is_unsure = benefit.id in graph.rules.unsure and benefit.is_offered(graph.rules.day)
    return Plan(benefit.id, 2 * graph.verdicts[benefit.id].at, amount, bits, who, is_unsure)


def _whom(graph: Graph, criterion: Criterion) -> list[Node]:
    """What a person must meet in the conditions about somebody; a condition that nobody may meet names nobody."""
    if criterion.kind in ("anyone", "count"):
        return [graph.criteria[id(criterion.items[0])][0]]
    return [node for one in criterion.items if criterion.kind != "not" for node in _whom(graph, one)]


def _verdict(plan: Plan, cells: Cells, rows: list[Cells]) -> Verdict:
    benefit, at, amount, bits, asked, is_unsure = plan
    failed = unknown = 0
    if cells[at]:
        status = Status.ELIGIBLE
    else:
        for bit, place in bits:
            if not cells[place + 1]:
                failed |= bit
            elif not cells[place]:
                unknown |= bit
        status = Status.CHECK if is_unsure else Status.UNKNOWN if cells[at + 1] else Status.NOT_ELIGIBLE
    won = None
    if amount >= 0 and (status is Status.ELIGIBLE or status is Status.UNKNOWN):
        won = (cells[amount], cells[amount + 1])
    who = tuple(i for i, row in enumerate(rows) if any(row[place] for place in asked)) if asked else ()
    return Verdict(benefit, status, won, failed, unknown, who)


def _source(graph: Graph, names: dict[str, Any]) -> str:
    """Two functions, one line or a few a node; `names` gets the tables they look into."""
    lines = []
    for title, nodes in (("person(told, size)", graph.person), ("home(told, columns, size)", graph.home)):
        lines.append(f"def {title}:")
        for node in nodes:
            lines += [f"    {line}" for line in _written(node, graph, names)]
        lines.append(f"    return ({' '.join(f'{_low(one)}, {_high(one)},' for one in nodes)})")
    return "\n".join(lines)


def _low(node: Node) -> str:
    return str(node.held) if node.op == "constant" else f"a{node.at}"


def _high(node: Node) -> str:
    return str(node.held) if node.op == "constant" else f"a{node.at}" if node.is_exact else f"b{node.at}"


def _written(node: Node, graph: Graph, names: dict[str, Any]) -> list[str]:
    a, b = _low(node), _high(node)
    if node.op == "constant":
        return []
    if node.op == "size":
        return [f"{a} = size"]
    if node.op == "unsure":
        return [f"{a} = {node.least}; {b} = {node.most}"]
    if node.op == "fact":
        return _told(node, graph)
    if node.op == "by_size":
        names[f"table{node.at}{'p' * node.of_person}"] = node.held
        call = f"hull(table{node.at}{'p' * node.of_person}, {_low(node.parts[0])}, {_high(node.parts[0])})"
        return [f"{a} = {call}[0]" if node.is_exact else f"{a}, {b} = {call}"]
    if node.op == "choose":
        return _chosen(node)
    if node.op == "times" and min(one.least for one in node.parts) < 0 and not node.is_exact:
        ends = [f"{x} * {y}" for x in _ends(node.parts[0]) for y in _ends(node.parts[1])]
        return [f"c = ({', '.join(ends)}); {a} = min(c); {b} = max(c)"]
    low, high = WRITERS[node.op](node)
    return [f"{a} = {low}"] if node.is_exact else [f"{a} = {low}; {b} = {high}"]


def _ends(node: Node) -> tuple[str, ...]:
    return tuple(dict.fromkeys((_low(node), _high(node))))


def _told(node: Node, graph: Graph) -> list[str]:
    a, b, fact = _low(node), _high(node), node.held
    unknown = f"{a} = {node.least}; {b} = {node.most}"
    lines = [f"x = told({fact.id!r})", "if x is None:"]
    if fact.id in graph.asked:
        lines += [f"    if {_high(graph.asked[fact.id])}: {unknown}", f"    else: {a} = {b} = {fact.otherwise}"]
    else:
        lines += [f"    {unknown}"]
    return [*lines, f"elif x.__class__ is tuple: {a}, {b} = x", f"else: {a} = {b} = x"]


def _chosen(node: Node) -> list[str]:
    a, b = _low(node), _high(node)
    condition, then, otherwise = node.parts
    if node.is_exact:
        return [f"{a} = {_low(then)} if {_low(condition)} else {_low(otherwise)}"]
    low = f"{_low(then)} if {_low(then)} < {_low(otherwise)} else {_low(otherwise)}"
    high = f"{_high(then)} if {_high(then)} > {_high(otherwise)} else {_high(otherwise)}"
    return [
        f"if {_low(condition)}: {a} = {_low(then)}; {b} = {_high(then)}",
        f"elif not {_high(condition)}: {a} = {_low(otherwise)}; {b} = {_high(otherwise)}",
        f"else: {a} = {low}; {b} = {high}",
    ]


def _summed(node: Node) -> tuple[str, str]:
    ends = []
    for first, second in ((_low, _high), (_high, _low)):
        factors, plus = node.held
        text = "".join(
            f" {'+' if k > 0 else '-'} {(first if k > 0 else second)(part)}{f' * {abs(k)}' if abs(k) > 1 else ''}"
            for k, part in zip(factors, node.parts, strict=True)
        )
        ends.append(f"{plus}{text}" if plus else text.removeprefix(" + ").strip())
    return ends[0], ends[1]


def _extreme(node: Node) -> tuple[str, str]:
    sign, name = ("<", "min") if node.op == "least" else (">", "max")
    ends = []
    for end in (_low, _high):
        first, *others = items = [end(one) for one in node.parts]
        is_pair = len(items) == 2
        ends.append(f"{first} if {first} {sign} {others[0]} else {others[0]}" if is_pair else f"{name}({', '.join(items)})")
    return ends[0], ends[1]


def _divided(node: Node) -> tuple[str, str]:
    """Rounds down; by what is at least one. A bigger divisor brings a number nearer to zero from either side."""
    x, y = node.parts
    if y.is_exact or x.least >= 0:
        return f"({_low(x)}) // {_high(y)}", f"({_high(x)}) // {_low(y)}"
    pairs = [f"{one} // {other}" for one in _ends(x) for other in _ends(y)]
    return f"min({', '.join(pairs)})", f"max({', '.join(pairs)})"


def _compared(node: Node) -> tuple[str, str]:
    x, y = node.parts
    relation: str = node.held
    if relation in ("<=", "<"):
        return f"{_high(x)} {relation} {_low(y)}", f"{_low(x)} {relation} {_high(y)}"
    if relation in (">=", ">"):
        return f"{_low(x)} {relation} {_high(y)}", f"{_high(x)} {relation} {_low(y)}"
    surely = f"{_low(x)} == {_high(x)} == {_low(y)} == {_high(y)}"
    maybe = f"{_low(x)} <= {_high(y)} and {_low(y)} <= {_high(x)}"
    return (surely, maybe) if relation == "==" else (f"not ({maybe})", f"not ({surely})")


def _joined(node: Node) -> tuple[str, str]:
    word = " and " if node.op == "all" else " or "
    return word.join(map(_low, node.parts)), word.join(map(_high, node.parts))


def _over_people(node: Node) -> tuple[str, str]:
    place = 2 * node.parts[0].at
    if node.op == "anyone":
        return f"1 in columns[{place}]", f"1 in columns[{place + 1}]"
    return f"sum(columns[{place}])", f"sum(columns[{place + 1}])"


WRITERS: Mapping[str, Callable[[Node], tuple[str, str]]] = {
    "sum": _summed,
    "times": lambda node: (" * ".join(map(_low, node.parts)), " * ".join(map(_high, node.parts))),
    "divide": _divided,
    "least": _extreme,
    "greatest": _extreme,
    "compare": _compared,
    "all": _joined,
    "any": _joined,
    "not": lambda node: (f"not {_high(node.parts[0])}", f"not {_low(node.parts[0])}"),
    "count": _over_people,
    "total": _over_people,
    "anyone": _over_people,
}


def _by_size(table: tuple[tuple[int, ...], int], low: int, high: int) -> tuple[int, int]:
    """A figure by count, over every count it may be; none is 0, and beyond the table each further one adds `extra`."""
    values, extra = table
    found = [
        0 if size < 1 else values[size - 1] if size <= len(values) else values[-1] + (size - len(values)) * extra
        for size in range(low, high + 1)
    ]
    return min(found), max(found)
