"""What goes into an assessment and what comes out: a household that tells as much as it likes, and a verdict per benefit.

A value is a whole number (yes/no are 1 and 0, a choice is the place of its option), a band (both ends included) or None: unknown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from chatdong.engines.eligibility.book import Fact

Value = int | bool | tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Household:
    """Facts of the household and of each of its persons, by fact id; missing is unknown. Raises ValueError without a person."""

    facts: Mapping[str, Value]
    people: tuple[Mapping[str, Value], ...]

    def __post_init__(self) -> None:
        if not self.people:
            raise ValueError("a household has at least one person")


class Status(StrEnum):
    """What can be said about one benefit today. CHECK: a figure is missing, low or stale, so the district is asked."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    UNKNOWN = "unknown"
    CHECK = "check"


class Verdict(NamedTuple):
    """One benefit's answer. It points; a person decides (개인정보 보호법 §37의2).

    amount: won, least and most, where the benefit pays money and is not ruled out. failed/unknown: bit i is set where condition
    i of the benefit is false / undecided. who: persons for whom an `anyone` or `count` condition certainly holds.
    """

    benefit: str
    status: Status
    amount: tuple[int, int] | None
    failed: int
    unknown: int
    who: tuple[int, ...]


def fits(fact: Fact, value: Value) -> bool:
    """Whether a told value lies within what the fact may be; unknown always does."""
    if value is None:
        return True
    low, high = value if isinstance(value, tuple) else (int(value), int(value))
    least, most = bounds(fact)
    return least <= low <= high <= most


def bounds(fact: Fact) -> tuple[int, int]:
    """Least and most that a fact may be, also of whom it is not asked."""
    most = len(fact.options) - 1 if fact.options else fact.most
    return min(fact.least, fact.otherwise), max(most, fact.otherwise)


def misfits(facts: Mapping[str, Fact], household: Household) -> Iterator[str]:
    """Names of told facts that are not in the book or out of bounds; a door refuses them before it assesses."""
    for told in (household.facts, *household.people):
        for name, value in told.items():
            fact = facts.get(name)
            if fact is None or not fits(fact, value):
                yield name
