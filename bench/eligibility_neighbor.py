"""The same benefits in OpenFisca-Core: variables written from the rule book's terms, as a person would write them with numpy.

Its conventions are kept: money is `float` (32 bits), counts and choices are `int` (32 bits), what is not told is 0, a figure is
looked up in its dated parameters. It answers yes or no; why, and what is missing, it cannot say.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from chatdong.engines.eligibility import terms as t
from chatdong.engines.eligibility.book import Dated, Kind, Rules, Subject
from chatdong.engines.eligibility.codes import answer_column

VALUE_TYPES: dict[Kind, type] = {Kind.MONEY: float, Kind.COUNT: int, Kind.CHOICE: int, Kind.YES_NO: bool}


def answer(rules: Rules, benefits: Iterable[str], tables: Path, to: Path) -> int:
    """Answer the benefits for every household and write them as parquet. Returns the number of households."""
    chosen = tuple(benefits)
    system = written(rules, chosen)
    period = rules.day.strftime("%Y-%m")
    homes, people = (pq.read_table(tables / f"{name}.parquet") for name in ("households", "people"))
    hids = homes["hid"].to_numpy()
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", np.arange(people.num_rows))
    entity = builder.declare_entity("household", hids)
    builder.join_with_persons(entity, people["hid"].to_numpy(), np.full(people.num_rows, "member"))
    simulation = builder.build(system)
    for table in (homes, people):
        for name in table.column_names:
            if name in system.variables:
                simulation.set_input(name, period, _told(table[name]))
    del homes, people
    columns = {"hid": hids}
    for one in chosen:
        is_eligible = simulation.calculate(one, period)
        columns[answer_column(one)] = is_eligible.astype(np.int8)
        if rules.book.benefits[one].amount is not None:
            # nothing where it is ruled out, in 32 bits where they hold it: written as cheaply as ours
            paid = np.where(is_eligible, simulation.calculate(f"{one}__amount", period), 0)
            columns[f"{one}__amount"] = paid.astype(np.int32 if paid.max(initial=0) < 2**31 - 2**7 else np.int64)
    to.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), to / "part-0000.parquet", row_group_size=122_880)
    return len(hids)


def _told(column: pa.ChunkedArray) -> np.ndarray:
    """What is not told is 0 or no: there is no other way to leave it open."""
    return column.fill_null(False if pa.types.is_boolean(column.type) else 0).to_numpy()


def written(rules: Rules, benefits: tuple[str, ...]) -> TaxBenefitSystem:
    """The system with its entities, dated parameters, and one variable for each fact, measure and benefit that is needed."""
    household = build_entity(
        key="household", plural="households", label="가구", roles=[{"key": "member", "plural": "members", "label": "가구원"}]
    )
    person = build_entity(key="person", plural="persons", label="사람", is_person=True)
    entities = {Subject.HOUSEHOLD: household, Subject.PERSON: person}
    system = TaxBenefitSystem([household, person])
    book = rules.book
    system.parameters = ParameterNode("", data={_plain(key): _dated(one) for key, one in book.parameters.items()})
    roots = [one for key in benefits for one in _terms(rules, key)]
    for name in _named(rules, roots):
        fact, measure = book.facts.get(name), book.measures.get(name)
        if fact is not None:
            system.add_variable(_variable(name, entities[fact.subject], VALUE_TYPES[fact.kind], None))
        elif measure is not None:
            kind = (int if name == "size" or _counts(measure.term) else float) if measure.is_number else bool
            system.add_variable(
                _variable(name, entities[measure.subject], kind, Writer(rules, measure.subject).formula(measure.term))
            )
    for key in benefits:
        benefit, writer = book.benefits[key], Writer(rules, Subject.HOUSEHOLD)
        held = t.All((*(one.term for one in benefit.criteria), *(t.Not(t.Entitled(one)) for one in benefit.excluded_by)))
        system.add_variable(_variable(key, household, bool, writer.formula(held)))
        if benefit.amount is not None:
            paid = t.Greatest((benefit.amount.term, t.Number(0)))
            system.add_variable(_variable(f"{key}__amount", household, float, writer.formula(paid)))
    return system


def _terms(rules: Rules, key: str) -> list[t.Term]:
    benefit = rules.book.benefits[key]
    return [*(one.term for one in benefit.criteria), *([benefit.amount.term] if benefit.amount else [])]


def _named(rules: Rules, roots: Iterable[t.Term]) -> list[str]:
    """Facts and measures at any depth."""
    found: dict[str, None] = {}
    waiting = [name for one in roots for name in sorted(t.names(one))]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            measure = rules.book.measures.get(name)
            waiting += sorted(t.names(measure.term)) if measure else []
    return list(found)


def _counts(term: t.Term) -> bool:
    """Whether a measure is a count, or a whole number of months or years: an `int` there."""
    return isinstance(term, t.Count) or (
        isinstance(term, t.Arithmetic) and term.operator == "//" and term.left == t.Named("age_months")
    )


def _variable(name: str, entity: Any, kind: type, formula: Callable[..., Any] | None) -> type[Variable]:
    body: dict[str, Any] = {"value_type": kind, "entity": entity, "definition_period": MONTH, "label": name}
    return type(name, (Variable,), body | ({"formula": formula} if formula else {}))


def _plain(parameter: str) -> str:
    return parameter.replace(".", "__")


def _dated(one: Dated) -> dict[str, Any]:
    """A parameter by its dates; one that goes by size has a branch for each size and one for what a further one adds."""
    if not any(isinstance(figure.value, tuple) for figure in one.figures):
        return {"values": {figure.since.isoformat(): {"value": figure.value} for figure in one.figures}}
    sizes = max(len(figure.value) for figure in one.figures if isinstance(figure.value, tuple))
    found: dict[str, Any] = {"extra": {"values": {figure.since.isoformat(): {"value": figure.extra} for figure in one.figures}}}
    for place in range(sizes):
        values = {
            figure.since.isoformat(): {"value": figure.value[min(place, len(figure.value) - 1)]}
            for figure in one.figures
            if isinstance(figure.value, tuple)
        }
        found[f"size_{place + 1}"] = {"values": values}
    return found


def by_size(node: Any, size: np.ndarray, sizes: int) -> np.ndarray:
    """A figure by count; nothing for none."""
    table = np.array([0, *(getattr(node, f"size_{place + 1}") for place in range(sizes))], dtype=np.float64)
    size = np.asarray(size, dtype=np.int64)
    return table[np.clip(size, 0, sizes)] + np.maximum(size - sizes, 0) * node.extra


class Writer:
    """Writes a term as the Python of a formula: `household('rent', period) <= parameters(period).cap`."""

    def __init__(self, rules: Rules, subject: Subject) -> None:
        self.rules, self.subject = rules, subject

    def formula(self, term: t.Term) -> Callable[..., Any]:
        """The formula; every name is fetched once, at its top."""
        who = "person" if self.subject == Subject.PERSON else "household"
        self.lines: dict[str, str] = {}
        text = self.write(term, self.subject == Subject.PERSON)
        body = [f"    {name} = {value}" for name, value in self.lines.items()]
        source = "\n".join([f"def formula({who}, period, parameters):", "    figures = parameters(period)", *body])
        source += f"\n    return np.broadcast_to({text}, ({who}.count,))"
        scope: dict[str, Any] = {"np": np, "by_size": by_size}
        exec(source, scope)
        return scope["formula"]

    def write(self, term: t.Term, of_person: bool) -> str:
        match term:
            case t.Number(value=value) | t.Truth(value=value):
                return str(value)
            case t.Named(name=name):
                return self._name(name, of_person)
            case t.Parameter(name=name):
                return f"figures.{_plain(name)}"
            case t.BySize(name=name, size=size):
                sizes = max(len(one.value) for one in self.rules.book.parameters[name].figures if isinstance(one.value, tuple))
                return f"by_size(figures.{_plain(name)}, {self.write(size, of_person)}, {sizes})"
            case t.Count(condition=t.Truth(value=True)):
                return "household.nb_persons()"
            case t.Entitled(benefit=name):
                return self._fetch(name, f"household('{name}', period)")
            case t.Anyone(condition=inner) | t.Count(condition=inner) | t.Total(value=inner):
                return f"household.{'any' if isinstance(term, t.Anyone) else 'sum'}({self.write(inner, True)})"
        return self._made(term, [self.write(one, of_person) for one in t.parts(term)])

    def _made(self, term: t.Term, parts: list[str]) -> str:
        match term:
            case t.Arithmetic(operator="//"):
                return f"np.floor({parts[0]} / {parts[1]})"
            case t.Arithmetic(operator=operator) | t.Compared(relation=operator):
                return f"({parts[0]} {operator} {parts[1]})"
            case t.Share():
                return f"np.floor(({parts[0]} * {parts[1]} + 50) / 100)"
            case t.Least() | t.Greatest():
                name = "minimum" if isinstance(term, t.Least) else "maximum"
                return _nested(f"np.{name}", parts)
            case t.Choose():
                return f"np.where({', '.join(parts)})"
            case t.All() | t.Any():
                return _nested(f"np.logical_{'and' if isinstance(term, t.All) else 'or'}", parts)
            case t.Not():
                return f"np.logical_not({parts[0]})"
        raise ValueError(f"{term} has no words in numpy")

    def _name(self, name: str, of_person: bool) -> str:
        known: Mapping[str, Any] = {**self.rules.book.facts, **self.rules.book.measures}
        if known[name].subject == Subject.PERSON:
            source = "person" if self.subject == Subject.PERSON else "household.members"
            return self._fetch(f"of_person_{name}", f"{source}('{name}', period)")
        if not of_person:
            return self._fetch(name, f"household('{name}', period)")
        if self.subject == Subject.PERSON:
            return self._fetch(f"of_home_{name}", f"person.household('{name}', period)")
        return self._fetch(f"of_home_{name}", f"household.project(household('{name}', period))")

    def _fetch(self, name: str, text: str) -> str:
        self.lines[name] = text
        return name


def _nested(function: str, parts: list[str]) -> str:
    text = parts[0]
    for part in parts[1:]:
        text = f"{function}({text}, {part})"
    return text
