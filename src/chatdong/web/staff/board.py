"""동 현황판: what a dong has open, overdue and waiting, for those who lead it. Loads are shown by name, never ranked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from chatdong.ground.places.queries import dongs
from chatdong.kernel import clock
from chatdong.kernel.errors import NotFound
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.permissions import Permission as P
from chatdong.safetynet.discovery.queries import board
from chatdong.safetynet.visits.queries import board_cells
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.asked import number


@staff(P.BOARD_READ)
def show(request: HttpRequest) -> HttpResponse:
    """The board of one dong; who leads several chooses."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    places = _places(actor, at.date())
    asked = number(request.GET.get("dong"))
    dong = next((one for one in places if one.pk == asked), None) if asked is not None else next(iter(places), None)
    if dong is None:
        raise NotFound(_("그 동의 현황판을 찾을 수 없습니다."))
    whole = board(by=actor, at=at, dong_id=dong.pk)
    cells = board_cells(by=actor, at=at, dong_id=dong.pk)
    return page(
        request, "staff/board.html", dong=dong, places=[(one.pk, one.name) for one in places], board=whole, cells=cells,
        workers=_loads(whole, cells), now=at,
    )  # fmt: skip


def _places(actor: Actor, today: Any) -> list[Any]:
    within = reach(actor, P.BOARD_READ).dong_ids
    return [dong for gu_id in sorted(actor.gu_ids) for dong in dongs(today, gu_id) if dong.pk in within]


def _loads(whole: Any, cells: Any) -> list[dict[str, Any]]:
    """What each person carries, from both counts, by name; somebody who holds something and works elsewhere stands there too."""
    visits = {cell.worker_id: cell for cell in cells.workers}
    lines = [
        {
            "name": one.name, "role": one.role, "reports": one.reports, "leads": one.leads, "watches": one.watches,
            "unreached": one.unreached, "claims": one.claims, "overdue": one.overdue, "away": False,
            "planned": visits[one.worker_id].planned if one.worker_id in visits else 0,
            "targets": visits[one.worker_id].targets_overdue if one.worker_id in visits else 0,
        }
        for one in whole.workers
    ]  # fmt: skip
    here = {one.worker_id for one in whole.workers}
    lines += [
        {
            "name": cell.worker_name, "role": "", "reports": 0, "leads": 0, "watches": cell.watches,
            "unreached": cell.unreached, "claims": 0,
            "overdue": cell.overdue, "away": True, "planned": cell.planned, "targets": cell.targets_overdue,
        }
        for cell in cells.workers if cell.worker_id not in here
    ]  # fmt: skip
    return sorted(lines, key=lambda line: line["name"])


urlpatterns = [path("board/", show, name="staff-board")]
