"""표준 지원표 (C-04): what a family in one of three situations may be owed, by bands of income, property, deposit and supporters.

Nothing is typed: every cell is the rule book's answer to a family of which only the bands are known. What a band leaves open is
shown as open, with the question that would settle it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from chatdong.engines.eligibility import Assessment, Household, Status, Value, assess
from chatdong.engines.eligibility.book import Rules

FILE = Path(__file__).parent / "catalog" / "standard.yaml"
AXES = ("income", "property", "deposit", "supporter")
MONTHS = 12
# What the bands say instead of the household's own words: no other income, and property is what the band says.
NOTHING_ELSE: Mapping[str, Value] = {"home_value": 0, "financial": 0, "debt": 0, "car": 0, "car_value": 0, "medical_expense": 0}
NO_WORK: Mapping[str, Value] = {"earned": 0, "business": 0, "pension": 0}


@dataclass(frozen=True)
class Band:
    """One step of an axis as the sheet names it."""

    id: str
    label: str
    written: Mapping[str, Any]


@dataclass(frozen=True)
class Example:
    """A situation and the family that stands for it."""

    id: str
    label: str
    people: tuple[Mapping[str, Value], ...]
    facts: Mapping[str, Value]


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
    """One cell: the benefits that are likely, open, to be asked at the district, and the family behind it."""

    situation: str
    bands: tuple[str, ...]
    likely: tuple[str, ...]
    open: tuple[str, ...]
    ask: tuple[str, ...]


@cache
def standard() -> Standard:
    """The situations and bands as the file has them."""
    written = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return Standard(
        tuple(
            Example(one["id"], one["label"], tuple(map(_person, one["people"])), one.get("facts", {}))
            for one in written["situations"]
        ),
        {axis: tuple(Band(one["id"], one["label"], one) for one in written[axis]) for axis in AXES},
    )


def family_of(rules: Rules, example: Example, bands: Mapping[str, Band]) -> Household:
    """The family of a cell: bands in place of figures, everything else unknown."""
    low, high = bands["income"].written["percent"]
    median = _median(rules, len(example.people))
    over = 1 if low else 0
    facts: dict[str, Value] = {
        **NOTHING_ELSE,
        **example.facts,
        "other_income": ((median * low + 50) // 100 + over, (median * high + 50) // 100),
        "other_property": tuple(bands["property"].written["won"]),
        "deposit": tuple(bands["deposit"].written["won"]),
    }
    for name, value in bands["supporter"].written["facts"].items():
        facts[name] = tuple(value) if isinstance(value, list) else value
    return Household(facts, tuple({**NO_WORK, **person} for person in example.people))


def cell_of(rules: Rules, example: Example, bands: Mapping[str, Band]) -> tuple[Household, Assessment]:
    """The family of a cell and what the rules say of it."""
    family = family_of(rules, example, bands)
    return family, assess(rules, family)


def matrix(rules: Rules) -> Iterator[Cell]:
    """All cells: 3 situations x 6 x 5 x 3 x 3 bands = 810."""
    for example, bands in standard().cells():
        verdicts = cell_of(rules, example, bands)[1].verdicts.values()

        def of(status: Status, found: Any = verdicts) -> tuple[str, ...]:
            return tuple(one.benefit for one in found if one.status == status)

        chosen = tuple(bands[axis].id for axis in AXES)
        yield Cell(example.id, chosen, of(Status.ELIGIBLE), of(Status.UNKNOWN), of(Status.CHECK))


def _median(rules: Rules, size: int) -> int:
    """The median income of a size on the rules' day. Raises KeyError where none is announced yet."""
    figure = rules.figures["median_income"]
    if not isinstance(figure.value, tuple):
        raise KeyError("median_income")
    known = figure.value
    return known[min(size, len(known)) - 1] + max(size - len(known), 0) * figure.extra


def _person(written: Mapping[str, int]) -> Mapping[str, Value]:
    months = written["months"] if "months" in written else written["age"] * MONTHS
    return {"age_months": months, **{key: value for key, value in written.items() if key not in ("age", "months")}}
