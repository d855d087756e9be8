"""What the team board of a dong shows of visits: counts for the dong and for each of its workers, without a ranking."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from chatdong.kernel.clock import kst
from chatdong.kernel.errors import NotFound
from chatdong.policy.actor import Actor
from chatdong.policy.check import at_dong, reach
from chatdong.policy.permissions import Permission
from chatdong.safetynet.visits.models import Target, Unreached, Visit
from chatdong.safetynet.visits.queries.homes import names_of, open_watches
from chatdong.safetynet.visits.states import Grade, OwnedState, TargetState, UnreachedState, VisitState

WEEK = timedelta(days=7)


@dataclass
class WorkerCell:
    """What one worker of the dong has open."""

    worker_id: int
    worker_name: str = ""
    watches: int = 0
    overdue: int = 0
    unreached: int = 0
    planned: int = 0
    targets_overdue: int = 0


@dataclass
class BoardCells:
    """The dong's own counts. `planned` are visits of the seven days from today on; `missed` were planned and not made."""

    high: int = 0
    medium: int = 0
    low: int = 0
    suicide: int = 0
    overdue: int = 0
    closing: int = 0
    unreached: int = 0
    planned: int = 0
    missed: int = 0
    targets_overdue: int = 0
    workers: list[WorkerCell] = field(default_factory=list)


def board_cells(*, by: Actor, at: datetime, dong_id: int) -> BoardCells:
    """The cells of one dong. Raises NotFound for a dong that the actor may not see as a board."""
    if not reach(by, Permission.BOARD_READ).holds(at_dong(dong_id)):
        raise NotFound
    today = kst(at).date()
    watches = open_watches().filter(dong_id=dong_id)
    visits = Visit.objects.filter(dong_id=dong_id, state=VisitState.PLANNED)
    soon = visits.filter(planned_on__gte=today, planned_on__lt=today + WEEK)
    searches = Unreached.objects.filter(dong_id=dong_id, state=UnreachedState.OPEN)
    late = Target.objects.filter(dong_id=dong_id, state=TargetState.WAITING, due_by__lt=today)
    whole = watches.aggregate(
        high=Count("id", filter=Q(grade=Grade.HIGH)), medium=Count("id", filter=Q(grade=Grade.MEDIUM)),
        low=Count("id", filter=Q(grade=Grade.LOW)), suicide=Count("id", filter=Q(suicide=True)),
        overdue=Count("id", filter=Q(next_at__lt=at)), closing=Count("id", filter=Q(state=OwnedState.CLOSING)),
    )  # fmt: skip
    cells = BoardCells(**whole, planned=soon.count(), missed=visits.filter(planned_on__lt=today).count())
    workers: dict[int, WorkerCell] = {}
    _spread(workers, "watches", watches)
    _spread(workers, "overdue", watches.filter(next_at__lt=at))
    _spread(workers, "unreached", searches)
    _spread(workers, "planned", soon)
    _spread(workers, "targets_overdue", late)
    cells.unreached = sum(cell.unreached for cell in workers.values())
    cells.targets_overdue = late.count()
    names = names_of(workers)
    for cell in workers.values():
        cell.worker_name = names[cell.worker_id]
    cells.workers = sorted(workers.values(), key=lambda cell: (cell.worker_name, cell.worker_id))
    return cells


def _spread(workers: dict[int, WorkerCell], name: str, rows: QuerySet) -> None:  # type: ignore[type-arg]
    counted = rows.filter(worker__isnull=False).order_by().values_list("worker_id").annotate(count=Count("id"))
    for worker_id, count in counted:
        setattr(workers.setdefault(worker_id, WorkerCell(worker_id)), name, count)
