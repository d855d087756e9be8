"""What a gu gives of its own in the three situations: public figures, no household in them."""

from dataclasses import dataclass
from datetime import date

from chatdong.safetynet.benefits.models import Addition
from chatdong.safetynet.benefits.states import Situation


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
