"""Whose a benefit is: the whole household's, or that of each person who meets it and does not have it yet."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from chatdong.engines.eligibility.book import Benefit, RuleBook, Subject

# What is received: the benefit, and the resident it is noted for (None: the household as a whole).
Got = tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class Left:
    """Who may still have a benefit: residents, none for a household's own. `is_partly`: others of the home have it already."""

    people: tuple[int, ...] = ()
    is_partly: bool = False


@dataclass(frozen=True)
class Double:
    """Two benefits that are received and may not be combined, or one that is received twice."""

    first: str
    second: str
    says: str

    @property
    def is_twice(self) -> bool:
        return self.first == self.second


def is_personal(benefit: Benefit) -> bool:
    """Whether it is a person's (a pensioner's, a child's, a student's), not the household's."""
    return benefit.unit != Subject.HOUSEHOLD


def left_for(benefit: Benefit, met_by: Collection[int], living: Collection[int], got: Got, book: RuleBook) -> Left | None:
    """Who may still have it beside what is received; None where nobody may.

    `met_by` are residents known to meet what it asks of a person; where nobody is named, everybody who lives there may.
    """
    in_its_way = {benefit.id, *benefit.excluded_by, *benefit.not_with}
    holders = {who if _is_one_persons(key, who, book) else None for key, who in got if key in in_its_way}
    if not is_personal(benefit):
        return None if holders else Left()
    asked = tuple(met_by or living)
    people = tuple(one for one in asked if one not in holders)
    return None if None in holders or not people else Left(people, len(people) < len(asked))


def doubles_in(got: Iterable[tuple[str, int | None]], book: RuleBook) -> list[Double]:
    """What is received and may not be: pairs that exclude each other for the same person or the home, and the same one twice."""
    rows = sorted(((key, who) for key, who in got if key in book.benefits), key=lambda row: (row[0], row[1] or 0))
    found: dict[tuple[str, str], Double] = {}
    for place, (first, whose) in enumerate(rows):
        for second, other in rows[place + 1 :]:
            one, two = book.benefits[first], book.benefits[second]
            is_apart = whose is not None and other is not None and whose != other and is_personal(one) and is_personal(two)
            if is_apart:
                continue
            if first == second:
                found[first, second] = Double(first, second, one.name)
            elif {second} & {*one.not_with, *one.excluded_by} or {first} & {*two.not_with, *two.excluded_by}:
                found[first, second] = Double(first, second, f"{one.name} · {two.name}")
    return list(found.values())


def _is_one_persons(key: str, who: int | None, book: RuleBook) -> bool:
    return who is not None and key in book.benefits and is_personal(book.benefits[key])
