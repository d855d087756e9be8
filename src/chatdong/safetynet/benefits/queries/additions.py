"""What a gu gives of its own in the three situations: public figures, no household in them."""

from dataclasses import dataclass
from datetime import date

from chatdong.engines.eligibility import Value
from chatdong.safetynet.benefits.models import Addition
from chatdong.safetynet.benefits.queries.told import MONTHS, RECEIVED, Told
from chatdong.safetynet.benefits.states import Situation

OLD, BABY = 65 * MONTHS, MONTHS


@dataclass(frozen=True)
class AdditionCard:
    """One addition as a sheet shows it; `is_over` once its last day has gone by, `is_ahead` before its first."""

    id: int
    situation: str
    situation_label: str
    title: str
    text: str
    amount: int | None
    per: str
    source: str
    median_pct_at_most: int | None
    since: date
    until: date | None
    is_over: bool
    is_ahead: bool


def additions_of(gu_id: int, day: date, situation: str = "") -> tuple[AdditionCard, ...]:
    """A gu's additions, those in force and ahead first, the ended ones last; of one situation or all."""
    rows = Addition.objects.filter(gu_id=gu_id).order_by("situation", "since", "id")
    if situation:
        rows = rows.filter(situation=situation)
    cards = [
        AdditionCard(
            row.pk, row.situation, Situation(row.situation).label, row.title, row.text, row.amount, row.per, row.source,
            row.median_pct_at_most, row.since, row.until, row.until is not None and row.until < day, row.since > day,
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(cards, key=lambda card: card.is_over))


def additions_for(told: Told | None, gu_id: int, day: date) -> tuple[AdditionCard, ...]:
    """What the gu gives today in the situations that a household is known to be in: an older person, a baby, poverty."""
    if told is None:
        return ()
    ages = [_oldest(person.get("age_months")) for person in told.household.people]
    poor = told.receives & RECEIVED.keys() or any(told.household.facts.get(fact) == 1 for fact in RECEIVED.values())
    found = {
        Situation.OLDER: any(age is not None and age >= OLD for age in ages),
        Situation.NEWBORN: any(age is not None and age < BABY for age in ages),
        Situation.POVERTY: bool(poor),
    }
    cards = additions_of(gu_id, day)
    return tuple(one for one in cards if found[Situation(one.situation)] and not (one.is_over or one.is_ahead))


def _oldest(age: Value) -> int | None:
    return age[1] if isinstance(age, tuple) else None if age is None else int(age)
