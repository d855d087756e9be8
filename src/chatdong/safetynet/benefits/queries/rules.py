"""The rule book in force: the newest released texts, else the files this software is delivered with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any

from chatdong.kernel.errors import NotFound
from chatdong.policy.actor import Actor
from chatdong.policy.check import may
from chatdong.policy.permissions import Permission
from chatdong.safetynet.benefits.catalog import Catalog, catalog
from chatdong.safetynet.benefits.catalog.standing import SAYS, Doubt, standings
from chatdong.safetynet.benefits.catalog.texts import catalog_of, texts_of
from chatdong.safetynet.benefits.models import FactSheet, Receipt, Release
from chatdong.safetynet.benefits.states import ReleaseState

LOOK_EVERY = timedelta(minutes=1)
WORTH_SHOWING = (Doubt.UNSOURCED, Doubt.MISSING, Doubt.LOW, Doubt.STALE, Doubt.EXPIRING)


@dataclass
class _Kept:
    """What this process holds: the release it read, and when it last asked whether there is a newer one."""

    release_id: int | None = None
    found: Catalog | None = None
    asked_at: datetime | None = None


_kept = _Kept()
_lock = Lock()


@dataclass(frozen=True)
class ReleaseCard:
    """A proposal or release as a screen shows it, without its texts."""

    id: int
    fingerprint: str
    changes: dict[str, Any]
    why: str
    state: str
    state_label: str
    proposed_by: int
    proposed_at: datetime
    decided_by: int | None
    decided_at: datetime | None
    is_own: bool


@dataclass(frozen=True)
class DoubtLine:
    """A figure that is not to be relied on, or soon will not be."""

    says: str
    label: str
    place: str
    benefits: tuple[str, ...]
    until: date | None


def catalog_in_force(*, at: datetime) -> Catalog:
    """The catalog that web and jobs answer with, kept in the process; whether there is a newer release is asked once a minute.

    Raises CatalogError where released texts cannot be read by this version of the software.
    """
    with _lock:
        if _kept.asked_at is not None and abs(at - _kept.asked_at) < LOOK_EVERY and _kept.found is not None:
            return _kept.found
        newest = Release.objects.filter(state=ReleaseState.RELEASED).order_by("-decided_at", "-id").values_list("id", flat=True)
        release_id = newest.first()
        if _kept.found is None or release_id != _kept.release_id:
            _kept.found = catalog() if release_id is None else catalog_of(Release.objects.get(pk=release_id).texts)
            _kept.release_id = release_id
        _kept.asked_at = at
        return _kept.found


def forget_catalog() -> None:
    """Ask anew the next time: this process has just released, or a test has another database."""
    with _lock:
        _kept.release_id, _kept.found, _kept.asked_at = None, None, None


def texts_in_force() -> dict[str, str]:
    """The files of the rule book in force."""
    row = Release.objects.filter(state=ReleaseState.RELEASED).order_by("-decided_at", "-id").first()
    return dict(row.texts) if row else texts_of()


def releases(*, by: Actor, most: int = 10) -> list[ReleaseCard]:
    """The newest proposals and releases, for those who may propose or release."""
    if not may(by, Permission.RULES_PROPOSE) and not may(by, Permission.RULES_RELEASE):
        raise NotFound
    rows = Release.objects.defer("texts").order_by("-id")[:most]
    return [_card(row, by) for row in rows]


def doubts_of(found: Catalog, today: date) -> list[DoubtLine]:
    """Figures that have no source, no value today, are low, old, or end soon without a next one."""
    names = found.book.benefits
    return [
        DoubtLine(
            SAYS[one.doubt], one.label, f"{one.place.file}:{one.place.line}",
            tuple(names[key].name for key in one.benefits if key in names), one.until,
        )
        for one in standings(found, today)
        if one.doubt in WORTH_SHOWING
    ]  # fmt: skip


def households_told(gu_ids: Iterable[int], most: int) -> list[int]:
    """Households of some gu of which something was told or is received, the newest first: those a change is tried on."""
    places = list(gu_ids)
    told = FactSheet.objects.filter(dong__gu_id__in=places).order_by("-id").values_list("household_id", flat=True)[:most]
    gets = Receipt.objects.filter(dong__gu_id__in=places, until=None).order_by("-id").values_list("household_id", flat=True)
    return list(dict.fromkeys([*told, *gets[:most]]))[:most]


def _card(row: Release, by: Actor) -> ReleaseCard:
    return ReleaseCard(
        row.pk, row.fingerprint, row.changes, row.why, row.state, row.get_state_display(), row.proposed_by, row.proposed_at,
        row.decided_by, row.decided_at, row.proposed_by == by.account_id,
    )  # fmt: skip
