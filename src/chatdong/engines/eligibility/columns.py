"""The rules of a day for a whole population: one ibis expression over the tables households and people, for every database alike.

households(hid, household facts) and people(hid, person facts) hold what is told, NULL where it is not. The result has one row
for each household with the columns of `codes`: for every benefit its status, which conditions are not met, and won.
The same answers as `interpret.assess`, because both are made from the same graph.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import ibis
from ibis.expr.types import Table

from chatdong.engines.eligibility import spans as s
from chatdong.engines.eligibility.book import Benefit, Fact, Kind, Rules, Subject
from chatdong.engines.eligibility.cells import Cell, room
from chatdong.engines.eligibility.codes import Answer, answer_column, answered, paid
from chatdong.engines.eligibility.facts import bounds
from chatdong.engines.eligibility.graph import Graph, Node
from chatdong.engines.eligibility.interpret import program_of
from chatdong.engines.eligibility.layers import HOUSEHOLD, Get, Layers, Output, reached
from chatdong.engines.eligibility.packing import AGGREGATES, SIZE, Aggregates, Packed
from chatdong.engines.eligibility.readings import Facts, Told


@dataclass(eq=False)
class Columns:
    """A day's rules as columns. `nullable` facts may be NULL, `banded` facts stand in name_lo and name_hi; the others never miss.

    `benefits`: only these (default: all). Raises readings.TooLarge where a rule's values may not fit 64 bits.
    """

    rules: Rules
    nullable: frozenset[str] = frozenset()
    banded: frozenset[str] = frozenset()
    benefits: tuple[str, ...] = ()
    answers: dict[str, Answer] = field(init=False, default_factory=dict)

    @property
    def key(self) -> str:
        """Names the rules, the day and the shape of the tables: under one key there is one expression."""
        days = f"{self.rules.day} {self.rules.today}"
        shape = (sorted(self.nullable), sorted(self.banded), self.benefits)
        return "|".join((self.rules.book.fingerprint, days, *(",".join(one) for one in shape)))

    @property
    def about(self) -> dict[str, str]:
        """What a result says of itself."""
        return {"rulebook": self.rules.book.fingerprint, "as_of": self.rules.day.isoformat()}

    @cached_property
    def told(self) -> Told:
        return Told(self.nullable, self.banded)

    @cached_property
    def graph(self) -> Graph:
        return program_of(self.rules).graph

    @cached_property
    def asked_for(self) -> tuple[Benefit, ...]:
        """The benefits answered, in the book's order."""
        book = self.rules.book.benefits
        return tuple(one for one in book.values() if not self.benefits or one.id in self.benefits)

    @cached_property
    def expression(self) -> Table:
        """The answers of every household, over the unbound tables `households` and `people`."""
        outputs = [one for benefit in self.asked_for for one in self._outputs(benefit)]
        told = self.told
        nodes = reached([node for one in outputs for node in one.needs])
        nodes = reached([*nodes, *(self.graph.asked[one] for one in self._asked_of_homes(nodes))])
        aggregates = Aggregates(tuple(node for node in nodes if node.op in AGGREGATES))
        joined = self.table(Subject.HOUSEHOLD).join(self._people(aggregates, told), HOUSEHOLD)
        amounts = [self.graph.amounts[one.id] for one in self.asked_for if one.id in self.graph.amounts]
        # an amount with one end is worked out where it is paid; two ends share what they rest on
        seldom = frozenset(one for one in amounts if not any(self._may_be_open(node, told) for node in reached([one])))
        return Layers(Homes(self.graph, told, seldom, aggregates.packed), outputs).build(joined)

    def _asked_of_homes(self, nodes: Sequence[Node]) -> list[str]:
        """Facts of the household that may be missing and are not asked of every household."""
        facts = (node.held.id for node in nodes if node.op == "fact" and not node.of_person)
        return [one for one in facts if one in self.graph.asked and self.told.may_be_open(one)]

    @staticmethod
    def _may_be_open(node: Node, told: Told) -> bool:
        return node.op == "unsure" or (node.op == "fact" and told.may_be_open(node.held.id))

    def _people(self, aggregates: Aggregates, told: Told) -> Table:
        """One row a household: its size and what its persons add up to."""
        people = self.table(Subject.PERSON)
        parts = tuple(node.parts[0] for node in aggregates.nodes)
        if any(node.op == "size" for node in reached(parts)):
            sizes = people.group_by(HOUSEHOLD).aggregate(**{SIZE: people.count().cast("!int16")})
            people = people.join(sizes, HOUSEHOLD)
        return aggregates.group(Layers(Facts(self.graph, told), [Output(parts, aggregates.pack)]).build(people))

    def table(self, subject: Subject) -> Table:
        """The unbound table of households or of people, with the columns that the rules look at."""
        columns = {name: _kind(fact) for fact in self.facts_of(subject) for name in self.told.columns(fact.id)}
        return ibis.table({HOUSEHOLD: "int64", **columns}, name="people" if subject == Subject.PERSON else "households")

    def facts_of(self, subject: Subject) -> list[Fact]:
        """The facts of households or of people that decide anything."""
        return [one for one in self.rules.book.facts.values() if one.subject == subject and one.id in self.looked_at]

    @cached_property
    def looked_at(self) -> frozenset[str]:
        """Facts that decide anything."""
        needs = [node for benefit in self.asked_for for node in self._roots(benefit)]
        nodes = reached(needs)
        asked = [self.graph.asked[node.held.id] for node in nodes if node.op == "fact" and node.held.id in self.graph.asked]
        return frozenset(node.held.id for node in (*nodes, *reached(asked)) if node.op == "fact")

    def _roots(self, benefit: Benefit) -> list[Node]:
        amount = [self.graph.amounts[benefit.id]] if benefit.id in self.graph.amounts else []
        return [self.graph.verdicts[benefit.id], *amount, *(self.graph.criteria[id(one)][0] for one in benefit.criteria)]

    def _outputs(self, benefit: Benefit) -> list[Output]:
        """What is written of one benefit; noted in `answers` once it is laid out."""
        verdict = self.graph.verdicts[benefit.id]
        self.answers[benefit.id] = Answer(benefit.id)
        criteria = tuple(self.graph.criteria[id(one)][0] for one in benefit.criteria)
        outputs = [
            Output((verdict, *criteria), lambda found: {answer_column(benefit.id): answered(verdict, found[0], found[1:])})
        ]
        if benefit.id in self.graph.amounts and verdict.op not in ("unsure", "constant"):

            def amount(found: Sequence[s.Span]) -> Mapping[str, Cell]:
                names = (f"{benefit.id}__amount",) if found[1].is_exact else (f"{benefit.id}__lo", f"{benefit.id}__hi")
                self.answers[benefit.id] = Answer(benefit.id, names)
                return {name: paid(found[0], found[1], end) for name, end in zip(names, (found[1].lo, found[1].hi), strict=False)}

            outputs.append(Output((verdict, self.graph.amounts[benefit.id]), amount))
        return outputs


def _kind(fact: Fact) -> str:
    """In which column a fact stands: a yes/no, or the smallest whole number that holds all that it may be."""
    return "boolean" if fact.kind == Kind.YES_NO else room(*bounds(fact))


@dataclass
class Homes(Facts):
    """Household nodes over households joined with what their persons add up to."""

    packed: Mapping[Node, Packed] = field(default_factory=dict)

    def columns(self, node: Node) -> tuple[str, ...]:
        return self.packed[node].columns if node in self.packed else super().columns(node)

    def within(self, node: Node) -> tuple[Node, ...]:
        return () if node in self.packed else super().within(node)

    def work_out(self, node: Node, table: Table, get: Get) -> s.Span:
        return self.packed[node].read(table) if node in self.packed else super().work_out(node, table, get)
