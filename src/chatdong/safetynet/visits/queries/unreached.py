"""Searches for households that could not be reached, and what to try next at one."""

from datetime import datetime

from django.utils.translation import gettext as _

from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.listing import Page
from chatdong.policy.permissions import Permission
from chatdong.safetynet.visits.models import Unreached
from chatdong.safetynet.visits.queries.attempts import NextTry, attempts_of, next_try
from chatdong.safetynet.visits.queries.homes import home_at
from chatdong.safetynet.visits.queries.rows import DueRow, Fields, dress, page_of
from chatdong.safetynet.visits.states import Rung, Slot, UnreachedState, Way


def unreached_open(*, by: Actor, at: datetime, after: str = "", mine: bool = True, dong_id: int | None = None) -> Page[DueRow]:
    """Open searches, the earliest next attempt first."""
    scope = reach(by, Permission.VISIT_READ)
    rows = Unreached.objects.filter(scope.q(owner="worker_id"), state=UnreachedState.OPEN)
    if mine:
        rows = rows.filter(worker_id=by.account_id)
    if dong_id is not None:
        rows = rows.filter(dong_id=dong_id)
    return page_of(rows, ("next_at", "id"), after, lambda row: _about(row, at), event="unreached.list", by=by, at=at)


def search_of(household_id: int, *, at: datetime) -> DueRow | None:
    """The open search for one household, or None. For callers who have opened the household."""
    rows = Unreached.objects.filter(household_id=household_id, state=UnreachedState.OPEN).select_related("worker")
    return next(iter(dress(rows, lambda row: _about(row, at))), None)


def _about(row: Unreached, at: datetime) -> Fields:
    return {
        "kind": "unreached",
        "what": _("%(rung)s 단계") % {"rung": Rung(row.rung).label},
        "due_at": row.next_at,
        "overdue": row.next_at is not None and row.next_at < at,
        "detail": " · ".join(part for part in (str(Way(row.next_way).label), band_text(row.next_band)) if part),
        "attempts": row.attempts,
        "state": row.state,
    }


def band_text(band: str) -> str:
    """오전, 오후 or 저녁; empty where no band is said."""
    return str(Slot(band).label) if band else ""


def suggestion_for(household_id: int, *, at: datetime) -> NextTry | None:
    """What to try next at a household that did not answer last time; None where it did, or was never tried."""
    return next_try(attempts_of(household_id), at=at, gu_id=home_at(household_id).dong.gu_id)
