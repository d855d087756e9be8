"""The rows of every list of visits: masked, with the household's grade, and one line in the log a page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet

from chatdong.ground.households.queries import Masked, masked_rows
from chatdong.kernel.clock import kst
from chatdong.policy.actor import Actor
from chatdong.policy.listing import PAGE, Page, keyset
from chatdong.policy.record import record_read
from chatdong.safetynet.visits.queries.homes import open_watches
from chatdong.safetynet.visits.states import Grade


@dataclass(frozen=True)
class DueRow:
    """One line of a list: what is due for which household, by whom, until when. `due_at` or `due_on` is set, not both."""

    kind: str
    id: int
    household_id: int
    masked: Masked
    what: str
    worker_id: int | None
    worker_name: str
    dong_id: int
    due_at: datetime | None = None
    due_on: date | None = None
    grade: int | None = None
    suicide: bool = False
    overdue: bool = False
    detail: str = ""
    attempts: int = 0
    state: str = ""

    @property
    def grade_text(self) -> str:
        """고위험, 중위험 or 저위험; empty for a household that is not watched."""
        return str(Grade(self.grade).label) if self.grade is not None else ""


Fields = dict[str, Any]


def page_of(
    rows: QuerySet[Any], columns: tuple[str, ...], after: str, about: Callable[[Any], Fields], *, event: str, by: Actor,
    at: datetime, size: int = PAGE,
) -> Page[DueRow]:  # fmt: skip
    """One page of `rows` (each with household, dong and worker), dressed with one query for masks and one for grades."""
    page = keyset(rows.select_related("worker"), columns, lambda row: row, after, size)
    dressed = dress(page.rows, about, kst(at).date())
    if dressed:
        subjects = tuple(dict.fromkeys(row.household_id for row in dressed))
        record_read(event, by=by, at=at, subjects=subjects, count=len(dressed))
    return Page(dressed, page.after)


def dress(rows: Iterable[Any], about: Callable[[Any], Fields], on: date | None = None) -> list[DueRow]:
    """Rows for the screen; `about` says what differs from kind to kind."""
    found: list[Model] = list(rows)
    ids = list(dict.fromkeys(row.household_id for row in found))  # type: ignore[attr-defined]
    if not ids:
        return []
    masked, grades = masked_rows(ids, on), grades_of(ids)
    return [_row(row, masked[row.household_id], grades, about(row)) for row in found]  # type: ignore[attr-defined]


def _row(row: Any, masked: Masked, grades: dict[int, tuple[int, bool]], fields: Fields) -> DueRow:
    grade, suicide = grades.get(row.household_id, (None, False))
    return DueRow(
        id=row.pk,
        household_id=row.household_id,
        masked=masked,
        worker_id=row.worker_id,
        worker_name=row.worker.name if row.worker_id else "",
        dong_id=row.dong_id,
        grade=grade,
        suicide=suicide,
        **fields,
    )


def grades_of(household_ids: Iterable[int]) -> dict[int, tuple[int, bool]]:
    """Grade and suicide risk of the watched ones among some households."""
    rows = open_watches().filter(household_id__in=list(household_ids))
    return {household: (grade, suicide) for household, grade, suicide in rows.values_list("household_id", "grade", "suicide")}
