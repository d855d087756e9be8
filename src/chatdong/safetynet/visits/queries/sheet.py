"""The visit sheet: everything one person needs at one door, for the whole household."""

from dataclasses import dataclass
from datetime import date, datetime

from chatdong.kernel.clock import kst
from chatdong.kernel.errors import NotFound
from chatdong.kernel.period import age_on
from chatdong.policy.actor import Actor
from chatdong.policy.check import may
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read
from chatdong.safetynet.visits.models import Target, Visit
from chatdong.safetynet.visits.queries.attempts import NextTry, contacts_of
from chatdong.safetynet.visits.queries.homes import home_at, living, where_of
from chatdong.safetynet.visits.queries.safety import has_safety_plan
from chatdong.safetynet.visits.queries.unreached import suggestion_for
from chatdong.safetynet.visits.queries.watches import WatchCard, watch_of
from chatdong.safetynet.visits.states import Cohort, Outcome, Slot, TargetState, VisitKind, VisitState, Way

LAST_CONTACTS = 5


@dataclass(frozen=True)
class Member:
    """Somebody who lives there."""

    id: int
    name: str
    age: int | None
    sex: str
    relation: str


@dataclass(frozen=True)
class SheetTarget:
    """A target visit that this visit can also be."""

    id: int
    resident_id: int | None
    label: str
    due_by: date
    overdue: bool


@dataclass(frozen=True)
class SheetVisit:
    """A planned visit of the household."""

    id: int
    planned_on: date
    slot_text: str
    kind_text: str
    worker_id: int
    worker_name: str
    companion_id: int | None
    companion_name: str


@dataclass(frozen=True)
class SheetContact:
    """One of the last contacts."""

    id: int
    at: datetime
    way_text: str
    outcome: str
    outcome_text: str
    worker_name: str
    left_notice: bool


@dataclass(frozen=True)
class Sheet:
    """One sheet for a whole household; discovery adds the open lead. `suggestion` is None unless the last try failed."""

    household_id: int
    dong_id: int
    dong_name: str
    state: str
    version: int
    members: tuple[Member, ...]
    watch: WatchCard | None
    targets: tuple[SheetTarget, ...]
    visits: tuple[SheetVisit, ...]
    contacts: tuple[SheetContact, ...]
    suggestion: NextTry | None
    two_workers: bool
    staff_note: str
    has_safety_plan: bool
    may_read_safety_plan: bool


def visit_sheet(*, by: Actor, household_id: int, at: datetime, owner_id: int | None = None) -> Sheet:
    """The sheet of a household, logged as a read. `owner_id`: who answers for it elsewhere (an open lead's worker).

    Raises NotFound out of reach.
    """
    home = home_at(household_id)
    where = where_of(home, owner_id)
    if not may(by, Permission.VISIT_READ, where):
        raise NotFound
    today = kst(at).date()
    sheet = Sheet(
        household_id=home.pk, dong_id=home.dong_id, dong_name=home.dong.name, state=home.state, version=home.version,
        members=tuple(_member(one, today) for one in living(home)),
        watch=watch_of(home.pk), targets=_targets(home.pk, today), visits=_visits(home.pk), contacts=_contacts(home.pk),
        suggestion=suggestion_for(home.pk, at=at), two_workers=home.two_workers, staff_note=home.staff_note,
        has_safety_plan=has_safety_plan(home.pk),
        may_read_safety_plan=may(by, Permission.SAFETY_PLAN_READ, where),
    )  # fmt: skip
    record_read("visit_sheet.read", by=by, at=at, household_id=home.pk, dong_id=home.dong_id)
    return sheet


def due_at_home(household_id: int, *, at: datetime) -> tuple[tuple[SheetTarget, ...], tuple[SheetVisit, ...]]:
    """The targets that wait and the visits that are planned at one household. For callers who have opened it."""
    return _targets(household_id, kst(at).date()), _visits(household_id)


def _member(one: object, today: date) -> Member:
    born = one.birth_date  # type: ignore[attr-defined]
    age = age_on(born, today) if born is not None and born <= today else None
    return Member(one.pk, one.name, age, one.get_sex_display(), one.get_relation_display())  # type: ignore[attr-defined]


def _targets(household_id: int, today: date) -> tuple[SheetTarget, ...]:
    rows = Target.objects.filter(household_id=household_id, state=TargetState.WAITING, due_from__lte=today).order_by(
        "due_by", "id"
    )
    return tuple(
        SheetTarget(row.pk, row.resident_id, str(Cohort(row.cohort).label), row.due_by, row.due_by < today) for row in rows
    )


def _visits(household_id: int) -> tuple[SheetVisit, ...]:
    rows = Visit.objects.filter(household_id=household_id, state=VisitState.PLANNED).select_related("worker", "companion")
    return tuple(
        SheetVisit(
            row.pk, row.planned_on, str(Slot(row.slot).label), str(VisitKind(row.kind).label), row.worker_id, row.worker.name,
            row.companion_id, row.companion.name if row.companion else "",
        )
        for row in rows.order_by("planned_on", "id")
    )  # fmt: skip


def _contacts(household_id: int) -> tuple[SheetContact, ...]:
    rows = contacts_of(household_id).select_related("worker").order_by("-at", "-id")[:LAST_CONTACTS]
    return tuple(
        SheetContact(
            row.pk,
            row.at,
            str(Way(row.way).label),
            row.outcome,
            str(Outcome(row.outcome).label),
            row.worker.name,
            row.left_notice,
        )
        for row in rows
    )
