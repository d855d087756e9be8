"""Of whom a fact is asked at all: nobody asks a child about wages."""

from collections.abc import Mapping

from chatdong.engines.eligibility import Value
from chatdong.engines.eligibility.book import Rules, Subject
from chatdong.engines.eligibility.interpret import program_of


def asked_of(rules: Rules, person: Mapping[str, Value]) -> frozenset[str]:
    """Facts about a person that may be asked of this one, by what is known of age and sex; unknown age asks everything."""
    program = program_of(rules)
    cells = program.person(person.get, 1)
    found = set()
    for fact in rules.book.facts.values():
        if fact.subject == Subject.PERSON:
            node = program.graph.asked.get(fact.id)
            if node is None or (node.held if node.op == "constant" else cells[2 * node.at + 1]):
                found.add(fact.id)
    return frozenset(found)
