"""The team's board: what has no owner at work, what is overdue, and how much each person carries. No league table."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from chatdong.ground.accounts.queries import workers_of
from chatdong.kernel.errors import NotFound
from chatdong.policy.actor import Actor
from chatdong.policy.check import at_dong, may
from chatdong.policy.listing import capped
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read
from chatdong.safetynet.benefits.models import Claim
from chatdong.safetynet.discovery.models import Handover, Lead, Report
from chatdong.safetynet.discovery.queries.proof import Orphan, proof_of_dong
from chatdong.safetynet.discovery.states import HandoverState, ReportState
from chatdong.safetynet.visits.models import Unreached, Watch
from chatdong.safetynet.visits.queries import coverage
from chatdong.safetynet.visits.states import OwnedState, UnreachedState


@dataclass(frozen=True)
class Counted:
    """A number that stops: `more` says that there are more than `count`."""

    count: int
    more: bool = False

    @property
    def text(self) -> str:
        return f"{self.count}+" if self.more else str(self.count)


@dataclass(frozen=True)
class WorkerLine:
    """What one person of the dong carries, in name order."""

    worker_id: int
    name: str
    role: str
    reports: int
    leads: int
    watches: int
    unreached: int
    claims: int
    overdue: int


@dataclass(frozen=True)
class Board:
    """A dong at a glance. `unassigned` are things whose owner no longer works there; `coverage` are rows of visits.coverage."""

    dong_id: int
    unassigned: tuple[Orphan, ...]
    reports: Counted
    leads: Counted
    watches: Counted
    claims: Counted
    overdue_reports: Counted
    overdue_leads: Counted
    overdue_watches: Counted
    overdue_claims: Counted
    unreached: Counted
    closures: Counted
    handovers_in: Counted
    handovers_out: Counted
    workers: tuple[WorkerLine, ...]
    coverage: tuple[Any, ...]


def board(*, by: Actor, at: datetime, dong_id: int) -> Board:
    """The board of a dong. Raises NotFound outside one's reach."""
    if not may(by, Permission.BOARD_READ, at_dong(dong_id)):
        raise NotFound
    reports = Report.objects.filter(dong_id=dong_id, state__in=[ReportState.RECEIVED, ReportState.ASKING])
    leads = Lead.objects.filter(dong_id=dong_id).exclude(state=OwnedState.CLOSED)
    watches = Watch.objects.filter(dong_id=dong_id).exclude(state=OwnedState.CLOSED)
    unreached = Unreached.objects.filter(dong_id=dong_id, state=UnreachedState.OPEN)
    claims = Claim.objects.filter(dong_id=dong_id, closed_at=None)
    asked = Handover.objects.filter(state=HandoverState.ASKED)
    record_read("board.read", by=by, at=at, dong_id=dong_id)
    return Board(
        dong_id=dong_id,
        unassigned=tuple(proof_of_dong(dong_id, at=at)),
        reports=_capped(reports), leads=_capped(leads), watches=_capped(watches), claims=_capped(claims),
        overdue_reports=_capped(reports.filter(due_at__lt=at)), overdue_leads=_capped(leads.filter(next_at__lt=at)),
        overdue_watches=_capped(watches.filter(next_at__lt=at)), overdue_claims=_capped(claims.filter(due_at__lt=at)),
        unreached=_capped(unreached),
        closures=_capped(leads.filter(state=OwnedState.CLOSING)), handovers_in=_capped(asked.filter(to_dong_id=dong_id)),
        handovers_out=_capped(asked.filter(from_dong_id=dong_id)),
        workers=_workers(dong_id, at, reports, leads, watches, unreached, claims),
        coverage=tuple(coverage(by=by, year=at.year, on=at.date(), dong_id=dong_id)),
    )  # fmt: skip


def _capped(rows: QuerySet[Any]) -> Counted:
    return Counted(*capped(rows))


def _workers(
    dong_id: int, at: datetime, reports: QuerySet[Any], leads: QuerySet[Any], watches: QuerySet[Any], unreached: QuerySet[Any],
    claims: QuerySet[Any],
) -> tuple[WorkerLine, ...]:  # fmt: skip
    per = {
        "reports": _by_worker(reports), "leads": _by_worker(leads), "watches": _by_worker(watches),
        "unreached": _by_worker(unreached), "claims": _by_worker(claims),
    }  # fmt: skip
    late = [
        _by_worker(reports.filter(due_at__lt=at)),
        _by_worker(leads.filter(next_at__lt=at)),
        _by_worker(watches.filter(next_at__lt=at)),
        _by_worker(claims.filter(due_at__lt=at)),
    ]
    people: dict[int, Any] = {}
    for one in workers_of([dong_id], at.date()):
        people.setdefault(one.id, one)
    return tuple(
        WorkerLine(
            worker_id=one.id, name=one.name, role=one.role, overdue=sum(counts.get(one.id, 0) for counts in late),
            **{name: counts.get(one.id, 0) for name, counts in per.items()},
        )
        for one in people.values()
    )  # fmt: skip


def _by_worker(rows: QuerySet[Any]) -> dict[int, int]:
    return dict(rows.order_by().values_list("worker_id").annotate(many=Count("id")))
