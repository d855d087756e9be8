"""What is known of a household for the rule book: what it told, what it gets, and what the register says of its people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chatdong.engines.eligibility import Household, Value
from chatdong.engines.eligibility.book import RuleBook
from chatdong.ground.households.states import Circumstances, Relation, ResidentState, Sex
from chatdong.kernel.clock import kst
from chatdong.safetynet.benefits.models import FactSheet, Receipt
from chatdong.safetynet.benefits.queries.homes import Circumstance, Residents, former_homes
from chatdong.safetynet.benefits.queries.whose import Got
from chatdong.safetynet.benefits.states import FactSource

MONTHS = 12
# What the register's circumstances say for certain. That one is not noted says nothing.
SAID_BY_REGISTER = {Circumstances.NEAR_POOR: "receives_near_poor", Circumstances.SINGLE_PARENT: "single_parent"}
# What receiving one of the five tells the rule book.
RECEIVED = {
    "living_benefit": "receives_living",
    "medical_benefit": "receives_medical",
    "housing_benefit": "receives_housing",
    "education_benefit": "receives_education",
    "near_poor_cert": "receives_near_poor",
}


@dataclass(frozen=True)
class Told:
    """One household as the rule book takes it, with who its persons are (resident ids in order) and where the facts come from."""

    household: Household
    resident_ids: tuple[int, ...]
    got: Got
    told_at: datetime | None
    source: str

    @property
    def receives(self) -> frozenset[str]:
        """The benefits that anybody of the home gets."""
        return frozenset(benefit for benefit, _who in self.got)


def told_of(home: Any, book: RuleBook, *, at: datetime) -> Told | None:
    """What is known today; None where nobody is known to live there. What nobody told is unknown, never nought.

    A sheet's values win over the register's; values of facts that the book does not know any more are left out.
    """
    return told_of_many([home.pk], book, at=at, day=kst(at).date()).get(home.pk)


def told_of_many(household_ids: Sequence[int], book: RuleBook, *, at: datetime, day: date) -> dict[int, Told]:
    """`told_of` for some hundreds of households in a handful of queries; those in which nobody lives are left out.

    Ages, receipts and circumstances are those of `day`, sheets those told until `at`.
    """
    now_of = {pk: pk for pk in household_ids} | former_homes(household_ids)
    people: dict[int, list[tuple[Any, ...]]] = {}
    living = Residents.objects.filter(household_id__in=list(household_ids), state=ResidentState.LIVING).order_by("id")
    for home, *row in living.values_list("household_id", "id", "birth_date", "birth_year", "sex", "relation"):
        people.setdefault(home, []).append(tuple(row))
    sheets = _newest_sheets(now_of, at)
    got = got_by(now_of, day)
    noted = _noted(household_ids, day)
    return {
        home: _told(rows, sheets.get(home), got.get(home, ()), noted.get(home, {}), book, day) for home, rows in people.items()
    }


def _told(
    people: list[tuple[Any, ...]], sheet: FactSheet | None, got: Got, noted: Mapping[str, Value],
    book: RuleBook, day: date,
) -> Told:  # fmt: skip
    facts = {**noted, **{RECEIVED[key]: 1 for key, _who in got if key in RECEIVED}}
    facts |= known(sheet.facts if sheet else {}, book)
    has_spouse = any(relation == Relation.SPOUSE for *_, relation in people)
    rows = []
    for pk, born, year, sex, relation in people:
        row: dict[str, Value] = {"age_months": age_months(born, year, day)}
        if sex:
            row["female"] = int(sex == Sex.FEMALE)
        if has_spouse and relation in (Relation.HEAD, Relation.SPOUSE):
            row["spouse"] = 1
        rows.append(row | known((sheet.people if sheet else {}).get(str(pk), {}), book))
    return Told(
        Household(facts, tuple(rows)),
        tuple(pk for pk, *_ in people),
        got,
        sheet.told_at if sheet else None,
        FactSource(sheet.source).label if sheet else "",
    )


def _newest_sheets(now_of: Mapping[int, int], at: datetime) -> dict[int, FactSheet]:
    """The newest sheet of each household, also of those that were joined into it."""
    rows = FactSheet.objects.filter(household_id__in=list(now_of), told_at__lte=at).order_by("told_at", "id")
    return {now_of[row.household_id]: row for row in rows}


def got_by(now_of: Mapping[int, int], day: date) -> dict[int, Got]:
    """What households get on a day, each receipt with its person; `now_of`: the household that each id goes on as."""
    found: dict[int, list[tuple[str, int | None]]] = {}
    for row in Receipt.objects.filter(household_id__in=list(now_of), since__lte=day).order_by("id"):
        if row.until is None or row.until >= day:
            found.setdefault(now_of[row.household_id], []).append((row.benefit, row.resident_id))
    return {home: tuple(rows) for home, rows in found.items()}


def known(values: dict[str, Any], book: RuleBook) -> dict[str, Value]:
    """Stored values as the engine takes them: a pair becomes a band, an unknown fact or value is left out."""
    found: dict[str, Value] = {}
    for key, value in values.items():
        if key in book.facts and value is not None:
            found[key] = tuple(value) if isinstance(value, list) else int(value)  # type: ignore[assignment]
    return found


def age_months(born: date | None, year: int | None, day: date) -> Value:
    """Completed months of life on a day; a band where only the year is known, None where nothing is. A birth ahead counts 0."""
    if born is not None:
        return _months(born, day)
    return None if year is None else (_months(date(year, MONTHS, 31), day), _months(date(year, 1, 1), day))


def _months(born: date, day: date) -> int:
    return max((day.year - born.year) * MONTHS + day.month - born.month - (day.day < born.day), 0)


def _noted(household_ids: Sequence[int], day: date) -> dict[int, dict[str, Value]]:
    rows = Circumstance.objects.filter(household_id__in=list(household_ids), kind__in=list(SAID_BY_REGISTER), since__lte=day)
    found: dict[int, dict[str, Value]] = {}
    for home, kind, until in rows.values_list("household_id", "kind", "until"):
        if until is None or until >= day:
            found.setdefault(home, {})[SAID_BY_REGISTER[Circumstances(kind)]] = 1
    return found
