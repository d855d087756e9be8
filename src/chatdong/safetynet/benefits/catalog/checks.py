"""What a rule may not be, whoever wrote it: numbers without a day and a source, benefits that ask for one another in a circle."""

from collections.abc import Iterator, Mapping

from chatdong.engines.eligibility.book import Benefit, Dated, in_order
from chatdong.engines.eligibility.terms import (
    Arithmetic,
    BySize,
    Choose,
    Compared,
    Greatest,
    Named,
    Number,
    Parameter,
    Term,
    benefits,
    parts,
    walk,
)  # fmt: skip

# Months of a year are no rule; 100 and 10,000 turn a percentage and a 만분율 into a share.
SMALL = 12
SHARES = frozenset({100, 10_000})
AGES = frozenset({"age", "age_months"})


def bare_numbers(term: Term) -> Iterator[int]:
    """Numbers of a term that must stand in a dated figure instead; ages are part of a condition's very text."""
    if isinstance(term, Number):
        if abs(term.value) > SMALL and term.value not in SHARES:
            yield term.value
        return
    sides = [term.left, term.right] if isinstance(term, Compared) else []
    of_age = any(isinstance(side, Named) and side.name in AGES for side in sides)
    for part in parts(term):
        if not (of_age and isinstance(part, Number)):
            yield from bare_numbers(part)


def weak_divisors(term: Term, figures: Mapping[str, Dated]) -> int:
    """How many divisions of a term might divide by less than one, on a day when a figure is missing at the latest."""
    divisors = [one.right for one in walk(term) if isinstance(one, Arithmetic) and one.operator == "//"]
    return sum(1 for one in divisors if not _is_positive(one, figures))


def _is_positive(term: Term, figures: Mapping[str, Dated]) -> bool:
    match term:
        case Number(value=value):
            return value > 0
        case Parameter(name=name) | BySize(name=name):
            values = [one.value for one in figures[name].figures]
            return all(min(one) > 0 if isinstance(one, tuple) else one > 0 for one in values)
        case Greatest(items=items):
            return any(_is_positive(one, figures) for one in items)
        case Choose(then=then, otherwise=otherwise):
            return _is_positive(then, figures) and _is_positive(otherwise, figures)
    return False


def mistakes(term: Term, figures: Mapping[str, Dated]) -> Iterator[tuple[str, str]]:
    """What is wrong with a term, and what to do about it."""
    for number in bare_numbers(term):
        yield f"the bare number {number}", "put it into parameters or tables/ with its day and source"
    if weak_divisors(term, figures):
        yield "a division by what may be below one", "divide by a number, a figure, or max(..., 1)"


def asked_by(benefit: Benefit) -> frozenset[str]:
    """Benefits whose verdict decides this one."""
    terms = [one.term for one in benefit.criteria] + ([benefit.amount.term] if benefit.amount else [])
    return frozenset().union(benefit.excluded_by, *(benefits(one) for one in terms))


def circles(book: Mapping[str, Benefit]) -> Iterator[tuple[str, str]]:
    """A benefit of every circle of benefits that ask for one another, and the circle in words."""
    left = {key: asked_by(one) for key, one in book.items()}
    while True:
        try:
            in_order(left)
        except ValueError as error:
            key = str(error).rsplit(" -> ", 1)[1]
            yield key, str(error)
            del left[key]
        else:
            return
