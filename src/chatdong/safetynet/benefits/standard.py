"""표준 지원표 (C-04): what a family in one of three situations may be owed, by bands of income, property, deposit and supporters.

Nothing is typed: every cell is the rule book's answer to a family of which the bands are known and everything else is none.
What a band leaves open is shown as open, with the question that would settle it; what a visitor asks besides is tried out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from chatdong.engines.eligibility import Assessment, Household, Status, Value, assess
from chatdong.engines.eligibility.book import Fact, RuleBook, Rules, Subject
from chatdong.engines.eligibility.interpret import Plan, program_of

FILE = Path(__file__).parent / "catalog" / "standard.yaml"
AXES = ("income", "property", "deposit", "supporter")
MONTHS = 12


@dataclass(frozen=True)
class Band:
    """One step of an axis as the sheet names it."""

    id: str
    label: str
    written: Mapping[str, Any]


@dataclass(frozen=True)
class Ask:
    """What a visitor asks besides the bands: a fact, the answer that would add something, and of whom (None: the household)."""

    fact: str
    value: Any
    person: int | None


@dataclass(frozen=True)
class Example:
    """A situation and the family that stands for it."""

    id: str
    label: str
    who: str
    people: tuple[Mapping[str, Any], ...]
    facts: Mapping[str, Any]
    asks: tuple[Ask, ...]


@dataclass(frozen=True)
class Standard:
    """The situations and the bands of each axis, in the order of the file."""

    situations: tuple[Example, ...]
    axes: Mapping[str, tuple[Band, ...]]

    def cells(self) -> Iterator[tuple[Example, dict[str, Band]]]:
        """Every situation with every combination of bands."""
        for example in self.situations:
            for bands in product(*(self.axes[axis] for axis in AXES)):
                yield example, dict(zip(AXES, bands, strict=True))


@dataclass(frozen=True)
class Cell:
    """One cell: the benefits that are likely, open, and to be asked at the district."""

    situation: str
    bands: tuple[str, ...]
    likely: tuple[str, ...]
    open: tuple[str, ...]
    ask: tuple[str, ...]


@dataclass(frozen=True)
class Added:
    """What one more answer would add: the question's label, and benefits that become likely or may be."""

    label: str
    benefits: tuple[str, ...]


@cache
def standard() -> Standard:
    """The situations and bands as the file has them."""
    written = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return Standard(
        tuple(
            Example(
                one["id"], one["label"], one["who"], tuple(one["people"]), {**written["all"], **one.get("facts", {})},
                tuple(Ask(ask["fact"], ask.get("value", True), ask.get("person")) for ask in one["ask"]),
            )
            for one in written["situations"]
        ),
        {axis: tuple(Band(one["id"], one["label"], one) for one in written[axis]) for axis in AXES},
    )  # fmt: skip


def family_of(rules: Rules, example: Example, bands: Mapping[str, Band]) -> Household:
    """The family of a cell: bands in place of figures, what the file says, and none of everything else.

    Raises KeyError where no median income is announced for the day.
    """
    return Household(_facts(rules, example, bands), _people(rules.book, example))


def cell_of(rules: Rules, example: Example, bands: Mapping[str, Band]) -> tuple[Household, Assessment]:
    """The family of a cell and what the rules say of it."""
    family = family_of(rules, example, bands)
    return family, assess(rules, family)


def matrix(rules: Rules, cells: Iterable[tuple[Example, Mapping[str, Band]]] | None = None) -> Iterator[Cell]:
    """Some cells, or all: 3 situations x 6 x 5 x 3 x 3 bands = 810. Raises KeyError as `family_of`."""
    program = program_of(rules)
    known: dict[str, Any] = {}
    for example, bands in standard().cells() if cells is None else cells:
        if example.id not in known:
            people = _people(rules.book, example)
            rows = [program.person(one.get, len(people)) for one in people]
            known[example.id] = (list(zip(*rows, strict=True)), len(people))
        ranges = program.home(_facts(rules, example, bands).get, *known[example.id])
        found: dict[Status, list[str]] = {status: [] for status in Status}
        for plan in program.plans:
            found[_status(plan, ranges)].append(plan.benefit)
        chosen = tuple(bands[axis].id for axis in AXES)
        yield Cell(
            example.id, chosen, tuple(found[Status.ELIGIBLE]), tuple(found[Status.UNKNOWN]), tuple(found[Status.CHECK])
        )  # fmt: skip


def added_by_asking(rules: Rules, example: Example, bands: Mapping[str, Band]) -> tuple[Added, ...]:
    """What each further answer would add to a cell; answers that add nothing are left out."""
    family, before = cell_of(rules, example, bands)
    found = []
    for ask in example.asks:
        fact = rules.book.facts[ask.fact]
        told = {ask.fact: _value(fact, ask.value)}
        people = tuple(
            {**one, **told} if ask.person == place else one for place, one in enumerate(family.people)
        )  # fmt: skip
        facts = {**family.facts, **told} if ask.person is None else family.facts
        after = assess(rules, Household(facts, people))
        more = tuple(
            key for key, verdict in after.verdicts.items()
            if verdict.status in (Status.ELIGIBLE, Status.UNKNOWN) and before.verdicts[key].status == Status.NOT_ELIGIBLE
        )  # fmt: skip
        if more:
            found.append(Added(_said(fact, told[ask.fact], _person_text(example, ask.person)), more))
    return tuple(found)


def for_everybody(rules: Rules) -> frozenset[str]:
    """Benefits without any condition: whoever asks may have them, whatever they tell."""
    kept = rules.__dict__
    if "_for_everybody" not in kept:
        nothing = assess(rules, Household({}, ({},)))
        kept["_for_everybody"] = frozenset(
            key for key, verdict in nothing.verdicts.items() if verdict.status == Status.ELIGIBLE
        )  # fmt: skip
    return kept["_for_everybody"]


def _facts(rules: Rules, example: Example, bands: Mapping[str, Band]) -> dict[str, Value]:
    book = rules.book
    low, high = bands["income"].written["percent"]
    median = _median(rules, len(example.people))
    over = 1 if low else 0
    written = {**example.facts, **bands["supporter"].written["facts"]}
    return {
        **_nothing(book, Subject.HOUSEHOLD),
        **{name: _value(book.facts[name], value) for name, value in written.items()},
        "other_income": ((median * low + 50) // 100 + over, (median * high + 50) // 100),
        "other_property": tuple(bands["property"].written["won"]),
        "deposit": tuple(bands["deposit"].written["won"]),
    }


def _people(book: RuleBook, example: Example) -> tuple[dict[str, Value], ...]:
    none = _nothing(book, Subject.PERSON)
    people = []
    for one in example.people:
        months = one["months"] if "months" in one else one["age"] * MONTHS
        told = {name: _value(book.facts[name], value) for name, value in one.items() if name not in ("age", "months")}
        said = {name: _value(book.facts[name], value) for name, value in example.facts.items() if name in none}
        people.append({**none, **said, **told, "age_months": months})
    return tuple(people)


def _nothing(book: RuleBook, subject: Subject) -> dict[str, Value]:
    return {name: fact.otherwise for name, fact in book.facts.items() if fact.subject == subject}


def _value(fact: Fact, written: Any) -> Value:
    if isinstance(written, str):
        return fact.place_of(written)
    return tuple(written) if isinstance(written, list) else written  # type: ignore[return-value]


def _said(fact: Fact, value: Value, who: str) -> str:
    option = fact.options[value].label if fact.options and isinstance(value, int) else ""
    said = f"{fact.label}: {option}" if option else fact.label
    return f"{who}: {said}" if who else said


def _person_text(example: Example, person: int | None) -> str:
    """Of whom it is asked, where there is more than one person."""
    if person is None or len(example.people) == 1:
        return ""
    one = example.people[person]
    return f"{one['months']}개월 아기" if "months" in one else f"만 {one['age']}세"


def _status(plan: Plan, cells: tuple[int, ...]) -> Status:
    if cells[plan.at]:
        return Status.ELIGIBLE
    if plan.is_unsure:
        return Status.CHECK
    return Status.UNKNOWN if cells[plan.at + 1] else Status.NOT_ELIGIBLE


def _median(rules: Rules, size: int) -> int:
    """The median income of a size on the rules' day. Raises KeyError where none is announced yet."""
    figure = rules.figures["median_income"]
    if not isinstance(figure.value, tuple):
        raise KeyError("median_income")
    known = figure.value
    return known[min(size, len(known)) - 1] + max(size - len(known), 0) * figure.extra
