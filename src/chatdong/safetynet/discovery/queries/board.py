"""The team's board: what has no owner at work, what is overdue, and how much each person carries. No league table."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

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

MOST = 999
Tally = dict[int, tuple[int, int]]


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
    held = {
        "reports": _tally(reports, "due_at", at), "leads": _tally(leads, "next_at", at),
        "watches": _tally(watches, "next_at", at), "claims": _tally(claims, "due_at", at),
    }  # fmt: skip
    all_of, late_of = ({name: _sum(tally, place) for name, tally in held.items()} for place in (0, 1))
    record_read("board.read", by=by, at=at, dong_id=dong_id)
    return Board(
        dong_id=dong_id,
        unassigned=tuple(proof_of_dong(dong_id, at=at)),
        reports=all_of["reports"], leads=all_of["leads"], watches=all_of["watches"], claims=all_of["claims"],
        overdue_reports=late_of["reports"], overdue_leads=late_of["leads"], overdue_watches=late_of["watches"],
        overdue_claims=late_of["claims"], unreached=_capped(unreached),
        closures=_capped(leads.filter(state=OwnedState.CLOSING)), handovers_in=_capped(asked.filter(to_dong_id=dong_id)),
        handovers_out=_capped(asked.filter(from_dong_id=dong_id)),
        workers=_workers(dong_id, at, held, unreached),
        coverage=tuple(coverage(by=by, year=at.year, on=at.date(), dong_id=dong_id)),
    )  # fmt: skip


def _capped(rows: QuerySet[Any]) -> Counted:
    return Counted(*capped(rows))


def _tally(rows: QuerySet[Any], due: str, at: datetime) -> Tally:
    """How many each person holds, and how many of them are overdue."""
    counted = (
        rows.order_by().values_list("worker_id").annotate(many=Count("id"), late=Count("id", filter=Q(**{f"{due}__lt": at})))
    )
    return {worker: (many, late) for worker, many, late in counted}


def _sum(tally: Tally, place: int) -> Counted:
    count = sum(one[place] for one in tally.values())
    return Counted(min(count, MOST), count > MOST)


def _workers(dong_id: int, at: datetime, held: dict[str, Tally], unreached: QuerySet[Any]) -> tuple[WorkerLine, ...]:
    searches = dict(unreached.order_by().values_list("worker_id").annotate(many=Count("id")))
    people: dict[int, Any] = {}
    for one in workers_of([dong_id], at.date()):
        people.setdefault(one.id, one)
    return tuple(
        WorkerLine(
            worker_id=one.id, name=one.name, role=one.role, unreached=searches.get(one.id, 0),
            overdue=sum(tally.get(one.id, (0, 0))[1] for tally in held.values()),
            **{name: tally.get(one.id, (0, 0))[0] for name, tally in held.items()},
        )
        for one in people.values()
    )  # fmt: skip
