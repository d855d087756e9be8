"""How the figures stand on a day: which have no source, which nobody has checked well or lately, and which end soon."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from chatdong.engines.eligibility.book import STALE_AFTER, Confidence, Dated, Figure
from chatdong.safetynet.benefits.catalog import Catalog
from chatdong.safetynet.benefits.catalog.figures import Place

SOON = timedelta(days=60)
UNREAD = "확인 전"  # what authors write into a citation they have not seen themselves


class Doubt(StrEnum):
    """What keeps a figure from being relied on, or soon will."""

    UNSOURCED = "unsourced"
    MISSING = "missing"
    LOW = "low"
    STALE = "stale"
    EXPIRING = "expiring"
    UNREAD = "unread"


SAYS = {
    Doubt.UNSOURCED: "출처 없음",
    Doubt.MISSING: "오늘 쓸 값이 없음",
    Doubt.LOW: "확실하지 않음",
    Doubt.STALE: "확인한 지 1년이 지남",
    Doubt.EXPIRING: "곧 끝나고 다음 값이 없음",
    Doubt.UNREAD: "원문을 아직 못 봄",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One doubt about one figure; `benefits` are those that lean on it, `until` the last day it holds."""

    doubt: Doubt
    parameter: str
    label: str
    place: Place
    benefits: tuple[str, ...]
    until: date | None


def standings(catalog: Catalog, today: date) -> tuple[Standing, ...]:
    """Every doubt about every figure in force today, or missing today, by doubt and parameter."""
    used = _used(catalog, today)
    found = [
        Standing(doubt, key, one.label, catalog.places[key], used.get(key, ()), figure.until if figure else None)
        for key, one in catalog.book.parameters.items()
        for figure in [one.on(today)]
        for doubt in doubts(one, figure, today)
    ]
    order = list(Doubt)
    return tuple(sorted(found, key=lambda one: (order.index(one.doubt), one.parameter)))


def doubts(dated: Dated, figure: Figure | None, today: date) -> Iterator[Doubt]:
    """What is doubtful about the figure in force on a day (None: there is none)."""
    if any(not one.cite for one in dated.figures):
        yield Doubt.UNSOURCED
    if figure is None:
        yield Doubt.MISSING
        return
    if figure.confidence == Confidence.LOW:
        yield Doubt.LOW
    if today - figure.verified_on > STALE_AFTER:
        yield Doubt.STALE
    if figure.until and figure.until - today <= SOON and dated.on(figure.until + timedelta(days=1)) is None:
        yield Doubt.EXPIRING
    if UNREAD in figure.cite:
        yield Doubt.UNREAD


def _used(catalog: Catalog, today: date) -> Mapping[str, tuple[str, ...]]:
    rules = catalog.book.on(today)
    found: dict[str, tuple[str, ...]] = {}
    for key, benefit in catalog.book.benefits.items():
        for parameter in rules.parameters_of(benefit):
            found[parameter] = (*found.get(parameter, ()), key)
    return found
