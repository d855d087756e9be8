"""Watches: what is due, one household's own, and closures that wait for a second person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from chatdong.engines.risk import REASONS
from chatdong.kernel.clock import KST
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.listing import Page
from chatdong.policy.permissions import Permission
from chatdong.safetynet.visits.models import Watch
from chatdong.safetynet.visits.queries.homes import open_watches
from chatdong.safetynet.visits.queries.rows import DueRow, Fields, page_of
from chatdong.safetynet.visits.states import ClosureReason, Grade, NextStep, OwnedState


def end_of(day: date) -> datetime:
    """The last moment of a Korean day."""
    return datetime.combine(day, time.max, tzinfo=KST)


def watches_due(*, by: Actor, at: datetime, on: date | None = None, after: str = "", mine: bool = True) -> Page[DueRow]:
    """Watched households whose next step is due by the end of a day (today where none is said), the latest first due first."""
    scope = reach(by, Permission.VISIT_READ)
    rows = open_watches().filter(scope.q(owner="worker_id"), next_at__lte=end_of(on or at.date()))
    if mine:
        rows = rows.filter(worker_id=by.account_id)
    return page_of(rows, ("next_at", "id"), after, lambda row: _due(row, at), event="watch.list", by=by, at=at)


def _due(row: Watch, at: datetime) -> Fields:
    return {
        "kind": "watch",
        "what": str(NextStep(row.next_step).label),
        "due_at": row.next_at,
        "overdue": row.next_at is not None and row.next_at < at,
        "state": row.state,
    }


def watch_closures_waiting(*, by: Actor, at: datetime, after: str = "") -> Page[DueRow]:
    """Watches whose closure this person may confirm: within the right to confirm, and asked by somebody else."""
    rows = open_watches().filter(reach(by, Permission.CLOSURE_CONFIRM).q(owner="worker_id"), state=OwnedState.CLOSING)
    rows = rows.exclude(closure_asked_by_id=by.account_id)

    def about(row: Watch) -> Fields:
        return _due(row, at) | {"detail": str(ClosureReason(row.closure).label)}

    return page_of(rows, ("next_at", "id"), after, about, event="watch.closures", by=by, at=at)


@dataclass(frozen=True)
class WatchCard:
    """One household's open watch, as other parts of the safety net and the household page show it."""

    id: int
    household_id: int
    dong_id: int
    worker_id: int
    worker_name: str
    state: str
    state_text: str
    grade: int
    grade_text: str
    suicide: bool
    reasons: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...]
    next_step: str
    next_step_text: str
    next_at: datetime
    opened_at: datetime
    last_contact_at: datetime | None
    closure: str
    closure_text: str
    closure_note: str
    closure_asked_by_id: int | None
    needs_second: bool
    version: int


def watch_of(household_id: int) -> WatchCard | None:
    """The open watch of a household, or None. For callers who have checked the household."""
    row = open_watches().filter(household_id=household_id).select_related("worker").first()
    return card_of(row) if row else None


def watches_of(household_ids: Iterable[int]) -> dict[int, WatchCard]:
    """The open watches of several households."""
    rows = open_watches().filter(household_id__in=list(household_ids)).select_related("worker")
    return {row.household_id: card_of(row) for row in rows}


def card_of(row: Any) -> WatchCard:
    """A watch as a card."""
    return WatchCard(
        id=row.pk, household_id=row.household_id, dong_id=row.dong_id, worker_id=row.worker_id, worker_name=row.worker.name,
        state=row.state, state_text=str(OwnedState(row.state).label), grade=row.grade, grade_text=str(Grade(row.grade).label),
        suicide=row.suicide, reasons=reasons_in_words(row.reasons), kinds=tuple(row.kinds), next_step=row.next_step,
        next_step_text=str(NextStep(row.next_step).label), next_at=row.next_at, opened_at=row.opened_at,
        last_contact_at=row.last_contact_at, closure=row.closure,
        closure_text=str(ClosureReason(row.closure).label) if row.closure else "", closure_note=row.closure_note,
        closure_asked_by_id=row.closure_asked_by_id, needs_second=row.needs_second, version=row.version,
    )  # fmt: skip


def reasons_in_words(codes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Codes of reasons with their Korean names; a code that left the table is shown as it is."""
    return tuple((code, REASONS[code].name if code in REASONS else code) for code in codes)


def kinds_of(codes: Iterable[str]) -> list[str]:
    """The kinds of blind spot (사각지대 유형) that some reasons mean: the engine's categories, in the table's order."""
    held = {REASONS[code].category for code in codes if code in REASONS}
    return [category.name.lower() for category in type(next(iter(REASONS.values())).category) if category in held]


def kind_labels() -> dict[str, str]:
    """Every kind of blind spot with its Korean name, for a filter."""
    return {category.name.lower(): _(category.value) for category in type(next(iter(REASONS.values())).category)}
