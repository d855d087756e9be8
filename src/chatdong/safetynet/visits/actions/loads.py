"""Loading many rows of visits at once; one line in the log a run. The database's constraints hold as always."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.bulk import insert_rows
from chatdong.policy.check import ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.visits.loaded import (
    ActivityRow,
    AssessmentRow,
    ContactRow,
    TargetRow,
    UnreachedRow,
    VisitRow,
    WatchRow,
)
from chatdong.safetynet.visits.models import Activity, Assessment, Contact, Target, Unreached, Visit, Watch
from chatdong.safetynet.visits.queries.coverage import unit_of
from chatdong.safetynet.visits.queries.watches import kinds_of
from chatdong.safetynet.visits.states import OwnedState

Row = TypeVar("Row")
BATCH = 20_000


def _load(by: Actor, at: datetime, event: str, model: type[Any], rows: Iterable[Row], make: Callable[[Row], Any]) -> int:
    """The rows in batches, as a stream; how many were written."""
    ensure(by, Permission.DEMO_BUILD)
    stream, count = iter(rows), 0
    while batch := list(islice(stream, BATCH)):
        count += insert_rows(model, [make(row) for row in batch])
    record(event, by=by, at=at, count=count)
    return count


@action
def load_watches(*, by: Actor, rows: Iterable[WatchRow], at: datetime) -> int:
    """Load watches; returns how many. Kinds of blind spot follow from the reasons. Raises Forbidden, IntegrityError."""

    def make(row: WatchRow) -> Watch:
        is_closed = row.closed_at is not None
        fields = asdict(row) | {
            "reasons": list(row.reasons),
            "kinds": kinds_of(row.reasons),
            "state": OwnedState.CLOSED if is_closed else OwnedState.OPEN,
            "next_step": "" if is_closed else row.next_step,
            "next_at": None if is_closed else row.next_at,
            "closure_asked_at": row.closed_at,
        }
        return Watch(**fields)

    return _load(by, at, "watch.load", Watch, rows, make)


@action
def load_contacts(*, by: Actor, rows: Iterable[ContactRow], at: datetime) -> int:
    """Load contacts; returns how many. Nothing follows from them: watches and targets are loaded as they stand."""

    def make(row: ContactRow) -> Contact:
        return Contact(**asdict(row) | {"met": list(row.met), "needs": list(row.needs)})

    return _load(by, at, "contact.load", Contact, rows, make)


@action
def load_targets(*, by: Actor, rows: Iterable[TargetRow], at: datetime) -> int:
    """Load targets, each with the unit of its cohort; returns how many."""
    return _load(by, at, "target.load", Target, rows, lambda row: Target(**asdict(row), unit=unit_of(row.cohort)))


@action
def load_visits(*, by: Actor, rows: Iterable[VisitRow], at: datetime) -> int:
    """Load visits; returns how many."""
    return _load(by, at, "visit.load", Visit, rows, lambda row: Visit(**asdict(row)))


@action
def load_assessments(*, by: Actor, rows: Iterable[AssessmentRow], at: datetime) -> int:
    """Load gradings; returns how many."""
    return _load(
        by, at, "assessment.load", Assessment, rows, lambda row: Assessment(**asdict(row) | {"reasons": list(row.reasons)})
    )


@action
def load_unreached(*, by: Actor, rows: Iterable[UnreachedRow], at: datetime) -> int:
    """Load searches; returns how many."""
    return _load(by, at, "unreached.load", Unreached, rows, lambda row: Unreached(**asdict(row)))


@action
def load_activities(*, by: Actor, rows: Iterable[ActivityRow], at: datetime) -> int:
    """Load activities of the self-check; returns how many."""
    return _load(by, at, "activity.load", Activity, rows, lambda row: Activity(**asdict(row)))
