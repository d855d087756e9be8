"""Uploaded discovery lists: their progress, their rows, and remembered columns."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from chatdong.ground.households.queries.masked import HIDDEN
from chatdong.kernel.errors import NotFound
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.listing import Page, keyset
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read
from chatdong.safetynet.discovery.models import ColumnMapping, DiscoveryList, ListRow
from chatdong.safetynet.discovery.queries.leads import may_place
from chatdong.safetynet.discovery.states import ListField, ListState, RowState

MOST_LISTS = 100
TOLD = (ListField.NAME, ListField.BIRTH, ListField.SEX)


@dataclass(frozen=True)
class ListCard:
    """One list and how far it is. `counts` by row state (`reported`, `same`, `faulty`); `percent` 0 to 100."""

    id: UUID
    name: str
    gu_id: int
    dong_id: int | None
    dong_name: str
    pathway: str
    pathway_label: str
    round_name: str
    columns: tuple[str, ...]
    mapping: dict[str, Any]
    problems: tuple[str, ...]
    state: str
    state_label: str
    total: int
    done: int
    counts: dict[str, int]
    uploaded_by: str
    uploaded_at: datetime
    finished_at: datetime | None

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0

    @property
    def is_loading(self) -> bool:
        return self.state == ListState.LOADING


@dataclass(frozen=True)
class ListRowLine:
    """One row as it stood in the file, and what became of it."""

    number: int
    cells: tuple[Any, ...]
    state: str
    state_label: str
    sentence: str
    report_id: int | None


def lists_in_reach(by: Actor) -> QuerySet[DiscoveryList]:
    """Lists of the actor's dong, and lists of the whole gu for its officers and whoever uploaded them."""
    scope = reach(by, Permission.LIST_LOAD)
    if scope.everywhere:  # its filter is empty, and an empty filter disappears in an "or"
        return DiscoveryList.objects.all()
    gus = [posting.gu_id for posting, how_far in by.grants(Permission.LIST_LOAD) if how_far.name == "GU" and posting.gu_id]
    own = Q(uploaded_by_id=by.account_id) if by.is_person and not scope.is_empty else Q(pk__in=())
    return DiscoveryList.objects.filter(scope.q() | Q(gu_id__in=gus) | own)


def lists_of(*, by: Actor) -> list[ListCard]:
    """The newest lists within reach."""
    rows = lists_in_reach(by).select_related("dong", "uploaded_by").order_by("-uploaded_at")
    return [_card(row) for row in rows[:MOST_LISTS]]


def list_card(*, by: Actor, list_id: UUID) -> ListCard:
    """One list. Raises NotFound for one that does not exist or is out of reach."""
    row = lists_in_reach(by).select_related("dong", "uploaded_by").filter(pk=list_id).first()
    if row is None:
        raise NotFound
    return _card(row)


def _card(row: DiscoveryList) -> ListCard:
    return ListCard(
        id=row.pk, name=row.name, gu_id=row.gu_id, dong_id=row.dong_id, dong_name=row.dong.name if row.dong else "",
        pathway=row.pathway, pathway_label=row.get_pathway_display(), round_name=row.round_name, columns=tuple(row.columns),
        mapping=row.mapping, problems=tuple(row.problems), state=row.state, state_label=row.get_state_display(), total=row.total,
        done=row.done,
        counts={str(state): int(row.counts.get(state, 0)) for state in RowState.values if state != RowState.WAITING},
        uploaded_by=row.uploaded_by.name, uploaded_at=row.uploaded_at, finished_at=row.finished_at,
    )  # fmt: skip


def list_rows(*, by: Actor, list_id: UUID, at: datetime, state: str = "", after: str = "", size: int = 50) -> Page[ListRowLine]:
    """The rows of a list, in the order of the file, logged as seen; `state` narrows to one (`faulty` makes the error sheet).

    Of somebody whose address is hidden from the actor only name, birth and sex are told.
    """
    card = list_card(by=by, list_id=list_id)
    rows = ListRow.objects.filter(list_id=card.id)
    if state:
        rows = rows.filter(state=state)

    told = {card.columns.index(str(column)) for field, column in card.mapping.items() if field in TOLD and column in card.columns}

    def shape(row: ListRow) -> ListRowLine:
        cells = tuple(row.cells)
        if not may_place(by, row.report.household if row.report is not None else None):
            cells = tuple(cell if place in told else HIDDEN for place, cell in enumerate(cells))
        return ListRowLine(row.number, cells, row.state, row.get_state_display(), row.sentence, row.report_id)

    page = keyset(rows.select_related("report__household"), ("number", "id"), shape, after, size)
    if page.rows:
        record_read(
            "list.rows",
            by=by,
            at=at,
            gu_id=card.gu_id,
            dong_id=card.dong_id,
            count=len(page.rows),
            details={"list": str(card.id)},
        )
    return page


def mapping_for(header: str, *, gu_id: int) -> dict[str, Any] | None:
    """The mapping that was remembered for files with this header in a gu."""
    row = ColumnMapping.objects.filter(gu_id=gu_id, header=header[:64]).first()
    return dict(row.mapping) if row else None


def lists_to_load() -> list[tuple[UUID, int]]:
    """Lists that are being loaded, oldest first, each with the account that uploaded it; for the job."""
    rows = DiscoveryList.objects.filter(state=ListState.LOADING).order_by("uploaded_at")
    return list(rows.values_list("id", "uploaded_by_id"))


def waiting_numbers(list_id: UUID, most: int) -> list[int]:
    """The next rows of a list that are still waiting."""
    rows = ListRow.objects.filter(list_id=list_id, state=RowState.WAITING).order_by("number")
    return list(rows.values_list("number", flat=True)[:most])
