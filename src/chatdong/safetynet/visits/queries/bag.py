"""One planned visit, and the list that goes into the visit bag."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from chatdong.ground.households.queries import Masked, masked_rows, representative
from chatdong.ground.households.states import ResidentState
from chatdong.kernel.clock import kst
from chatdong.kernel.errors import NotFound
from chatdong.kernel.identity import mask_name, phone_text
from chatdong.kernel.period import age_on
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read
from chatdong.safetynet.visits.models import Target, Visit
from chatdong.safetynet.visits.queries.homes import Residents
from chatdong.safetynet.visits.queries.rows import grades_of
from chatdong.safetynet.visits.states import Cohort, Grade, Slot, TargetState, VisitKind, VisitState

MOST = 100
NO_NAME = "이름 모름"


@dataclass(frozen=True)
class PlannedVisit:
    """A planned visit as its own screen shows it: the household masked."""

    id: int
    household_id: int
    masked: Masked
    dong_id: int
    planned_on: date
    slot: str
    slot_text: str
    kind_text: str
    worker_id: int
    worker_name: str
    companion_name: str
    note: str


def planned_visit(*, by: Actor, visit_id: int, at: datetime) -> PlannedVisit:
    """One planned visit within reach, logged. Raises NotFound for one that is over, out of reach, or not there."""
    row = _planned(by).filter(pk=visit_id).select_related("worker", "companion").first()
    if row is None:
        raise NotFound
    record_read("visit.read", by=by, at=at, household_id=row.household_id, dong_id=row.dong_id)
    return PlannedVisit(
        row.pk, row.household_id, masked_rows([row.household_id], kst(at).date())[row.household_id], row.dong_id, row.planned_on,
        row.slot, str(Slot(row.slot).label), str(VisitKind(row.kind).label), row.worker_id, row.worker.name,
        row.companion.name if row.companion else "", row.note,
    )  # fmt: skip


@dataclass(frozen=True)
class BagRow:
    """One line on paper. Where the address is hidden, the name is masked and neither address nor phone is there.

    `is_own`: whoever prints goes there, alone or along.
    """

    household_id: int
    planned_on: date
    slot_text: str
    kind: str
    kind_text: str
    name: str
    age_text: str
    address: str
    phone: str
    grade_text: str
    targets: tuple[str, ...]
    two_workers: bool
    hidden: bool
    worker_name: str
    companion_name: str
    note: str
    is_own: bool = False


@dataclass(frozen=True)
class Bag:
    """The list, and whether more were planned than one list takes."""

    rows: list[BagRow]
    more: bool


def visit_bag(*, by: Actor, at: datetime, on: date, days: int = 1, mine: bool = True) -> Bag:
    """The visits planned from a day on, in full, for paper; logged as a print with the households on it. At most 100."""
    rows = _planned(by).filter(planned_on__gte=on, planned_on__lt=on + timedelta(days=days))
    if mine:
        rows = rows.filter(Q(worker_id=by.account_id) | Q(companion_id=by.account_id))
    rows = rows.select_related("worker", "companion", "household__dong").order_by("planned_on", "id")
    found = list(rows[: MOST + 1])
    kept = sorted(found[:MOST], key=lambda row: (row.planned_on, Slot.values.index(row.slot), row.pk))
    ids = list(dict.fromkeys(row.household_id for row in kept))
    grades, targets = grades_of(ids), _targets(ids, kst(at).date())
    people = _people(ids)
    lines = [_line(row, people.get(row.household_id, []), grades, targets, kst(at).date(), by.account_id) for row in kept]
    if ids:
        record_read("visit.print", by=by, at=at, kind="print", subjects=tuple(ids), count=len(lines))
    return Bag(lines, len(found) > MOST)


def _planned(by: Actor) -> QuerySet[Visit]:
    scope = reach(by, Permission.VISIT_READ)
    return Visit.objects.filter(scope.q(owner=("worker_id", "companion_id")), state=VisitState.PLANNED)


def _people(household_ids: list[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for one in Residents.objects.filter(household_id__in=household_ids, state=ResidentState.LIVING):
        found.setdefault(one.household_id, []).append(one)
    return found


def _targets(household_ids: list[int], today: date) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Target.objects.filter(household_id__in=household_ids, state=TargetState.WAITING, due_from__lte=today)
    for household_id, cohort in rows.order_by("due_by").values_list("household_id", "cohort"):
        found.setdefault(household_id, []).append(str(Cohort(cohort).label))
    return found


def _line(
    row: Any, people: list[Any], grades: dict[int, tuple[int, bool]], targets: dict[int, list[str]], today: date,
    reader: int | None,
) -> BagRow:  # fmt: skip
    home = row.household
    first = representative(people)
    name = first.name if first and first.name else NO_NAME
    born = first.birth_date if first else None
    phone = (first.phone if first else "") or home.phone
    grade = grades.get(row.household_id)
    return BagRow(
        household_id=row.household_id, planned_on=row.planned_on, slot_text=str(Slot(row.slot).label), kind=row.kind,
        kind_text=str(VisitKind(row.kind).label), name=mask_name(name) if home.address_hidden else name,
        age_text=f"만 {age_on(born, today)}세" if born and born <= today else "",
        address="" if home.address_hidden else ", ".join(part for part in (home.road_address, home.address_detail) if part),
        phone="" if home.address_hidden or not phone else phone_text(phone),
        grade_text=str(Grade(grade[0]).label) if grade else "", targets=tuple(targets.get(row.household_id, ())),
        two_workers=home.two_workers, hidden=home.address_hidden, worker_name=row.worker.name,
        is_own=reader is not None and reader in (row.worker_id, row.companion_id),
        companion_name=row.companion.name if row.companion else "", note=row.note,
    )  # fmt: skip
