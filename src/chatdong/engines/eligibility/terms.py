"""The words a rule is made of: a small closed algebra over whole won, counts and yes/no, for every way of running it.

Whatever reads a rule (the interpreter of one household, the columns of a population) knows these classes and no others,
so one rule has one meaning. Numbers are whole (won, months, persons); division rounds down and is meant for what is not negative.
Person terms stand inside `Count`, `Total` and `Anyone` only and see person facts, person measures and parameters.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Operator = Literal["+", "-", "*", "//"]
Relation = Literal["<", "<=", ">", ">=", "==", "!="]


@dataclass(frozen=True, slots=True)
class Number:
    """A written number. Choices are numbers too: the place of the option in its fact, from 0."""

    value: int


@dataclass(frozen=True, slots=True)
class Truth:
    """Always or never."""

    value: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A fact or a measure by name; a number or a yes/no as it was declared."""

    name: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated figure by name: one whole number in force on the day asked for."""

    name: str


@dataclass(frozen=True, slots=True)
class BySize:
    """A dated figure that goes by a count (household size): values for 1..n, and what each further one adds."""

    name: str
    size: "Term"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """left operator right; `//` rounds down."""

    operator: Operator
    left: "Term"
    right: "Term"


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage of something, rounded half up to the won: (base * percent + 50) // 100, as thresholds are published."""

    base: "Term"
    percent: "Term"


@dataclass(frozen=True, slots=True)
class Least:
    items: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class Greatest:
    items: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class Choose:
    """`then` where the condition holds, else `otherwise`; both numbers."""

    condition: "Term"
    then: "Term"
    otherwise: "Term"


@dataclass(frozen=True, slots=True)
class Compared:
    relation: Relation
    left: "Term"
    right: "Term"


@dataclass(frozen=True, slots=True)
class All:
    items: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class Any:
    items: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class Not:
    item: "Term"


@dataclass(frozen=True, slots=True)
class Entitled:
    """Whether the household is likely to get another benefit of the book: that benefit's own verdict."""

    benefit: str


@dataclass(frozen=True, slots=True)
class Anyone:
    """Whether it holds for at least one person of the household."""

    condition: "Term"


@dataclass(frozen=True, slots=True)
class Count:
    """For how many persons it holds. `Count(Truth(True))` is the household's size."""

    condition: "Term"


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of a number over the persons."""

    value: "Term"


Term = (
    Number | Truth | Named | Parameter | BySize | Arithmetic | Share | Least | Greatest | Choose
    | Compared | All | Any | Not | Entitled | Anyone | Count | Total
)  # fmt: skip


def parts(term: Term) -> Iterator[Term]:
    """The terms that a term is directly made of."""
    for name in term.__slots__:
        value = getattr(term, name)
        if isinstance(value, tuple):
            yield from value
        elif not isinstance(value, (str, int)):
            yield value


def walk(term: Term) -> Iterator[Term]:
    """The term and everything inside it, outside first."""
    yield term
    for part in parts(term):
        yield from walk(part)


def names(term: Term) -> frozenset[str]:
    """Facts and measures that a term names, at any depth."""
    return frozenset(one.name for one in walk(term) if isinstance(one, Named))


def parameters(term: Term) -> frozenset[str]:
    """Dated figures that a term names, at any depth."""
    return frozenset(one.name for one in walk(term) if isinstance(one, (Parameter, BySize)))


def benefits(term: Term) -> frozenset[str]:
    """Benefits whose verdict a term asks for."""
    return frozenset(one.benefit for one in walk(term) if isinstance(one, Entitled))
