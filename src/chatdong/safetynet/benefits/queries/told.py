"""What is known of a household for the rule book: what it told, what it gets, and what the register says of its people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chatdong.engines.eligibility import Household, Value
from chatdong.engines.eligibility.book import RuleBook
from chatdong.ground.households.states import Circumstances, Relation, ResidentState, Sex
from chatdong.kernel.clock import kst
from chatdong.safetynet.benefits.models import FactSheet, Receipt
from chatdong.safetynet.benefits.queries.homes import Residents, same_home
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
    receives: frozenset[str]
    told_at: datetime | None
    source: str


def told_of(home: Any, book: RuleBook, *, at: datetime) -> Told | None:
    """What is known today; None where nobody is known to live there. What nobody told is unknown, never nought.

    A sheet's values win over the register's; values of facts that the book does not know any more are left out.
    """
    day = kst(at).date()
    people = list(
        Residents.objects.filter(household_id=home.pk, state=ResidentState.LIVING).order_by("id").values_list(
            "id", "birth_date", "birth_year", "sex", "relation"
        )
    )  # fmt: skip
    if not people:
        return None
    homes = same_home(home.pk)
    sheet = FactSheet.objects.filter(household_id__in=homes, told_at__lte=at).order_by("-told_at", "-id").first()
    receives = received_by(homes, day)
    facts = {**_noted(home, day), **{RECEIVED[key]: 1 for key in receives if key in RECEIVED}}
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
        receives,
        sheet.told_at if sheet else None,
        FactSource(sheet.source).label if sheet else "",
    )


def received_by(household_ids: Iterable[int], day: date) -> frozenset[str]:
    """Benefits that a household gets on a day."""
    open_rows = Receipt.objects.filter(household_id__in=list(household_ids), since__lte=day)
    return frozenset(row.benefit for row in open_rows if row.until is None or row.until >= day)


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


def _noted(home: Any, day: date) -> dict[str, Value]:
    rows = home.circumstances.filter(kind__in=list(SAID_BY_REGISTER), since__lte=day).values_list("kind", "until")
    return {SAID_BY_REGISTER[Circumstances(kind)]: 1 for kind, until in rows if until is None or until >= day}
