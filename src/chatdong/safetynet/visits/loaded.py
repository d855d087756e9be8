"""The rows of bulk loads: a year of visits for a demo, a city for measuring, or what a district brings from elsewhere."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class WatchRow:
    """One watch. A closed one says `closure` and `closed_at` and has no next step; an open one has both of these."""

    household_id: int
    dong_id: int
    worker_id: int
    grade: int
    opened_at: datetime
    suicide: bool = False
    reasons: tuple[str, ...] = ()
    next_step: str = "watch"
    next_at: datetime | None = None
    last_contact_at: datetime | None = None
    closure: str = ""
    closure_note: str = ""
    closed_at: datetime | None = None
    closure_asked_by_id: int | None = None
    closure_confirmed_by_id: int | None = None
    needs_second: bool = False


@dataclass(frozen=True)
class ContactRow:
    """One contact."""

    key: UUID
    household_id: int
    dong_id: int
    worker_id: int
    at: datetime
    way: str
    outcome: str
    met: tuple[int, ...] = ()
    seen: str = ""
    needs: tuple[str, ...] = ()
    left_notice: bool = False
    companion_id: int | None = None


@dataclass(frozen=True)
class TargetRow:
    """One target; `reached_at` is when its state was decided, None while it waits."""

    household_id: int
    dong_id: int
    cohort: str
    year: int
    due_from: date
    due_by: date
    enrolled_at: datetime
    resident_id: int | None = None
    worker_id: int | None = None
    month: int | None = None
    state: str = "waiting"
    reached_at: datetime | None = None


@dataclass(frozen=True)
class VisitRow:
    """One planned, made or canceled visit."""

    household_id: int
    dong_id: int
    worker_id: int
    planned_on: date
    planned_at: datetime
    kind: str = "watch"
    state: str = "planned"
    slot: str = "morning"
    note: str = ""
    companion_id: int | None = None
    planned_by: int | None = None
    canceled_at: datetime | None = None


@dataclass(frozen=True)
class AssessmentRow:
    """One grading."""

    household_id: int
    grade: int
    at: datetime
    suicide: bool = False
    reasons: tuple[str, ...] = ()
    note: str = ""
    by: int | None = None


@dataclass(frozen=True)
class UnreachedRow:
    """One search; an ended one says `ended_at`, and who signed why when it was stopped."""

    household_id: int
    dong_id: int
    worker_id: int
    opened_at: datetime
    next_way: str
    attempts: int
    rung: str = "worker"
    state: str = "open"
    next_band: str = ""
    next_at: datetime | None = None
    ended_at: datetime | None = None
    stopped_by_id: int | None = None
    stop_reason: str = ""


@dataclass(frozen=True)
class ActivityRow:
    """One activity for the self-check."""

    account_id: int
    dong_id: int | None
    kind: str
    on: date
    at: datetime
    note: str = ""
