"""방문율: how many of those due a visit were met, as of a day, by cohort and dong. Units are never added across."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from chatdong.engines import cohorts
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.permissions import Permission
from chatdong.safetynet.visits.models import Target
from chatdong.safetynet.visits.queries.watches import end_of
from chatdong.safetynet.visits.states import Cohort, TargetState

ENGINE_CODE = {
    Cohort.AGE_65: "age_65",
    Cohort.AGE_70: "age_70",
    Cohort.NEWBORN: "newborn",
    Cohort.POVERTY_CRISIS: "poverty",
}
GONE = (TargetState.MOVED, TargetState.DIED, TargetState.ADMITTED)


@dataclass(frozen=True)
class CoverageRow:
    """One cohort of one dong (or of all dong in reach, `dong_id` None).

    `denominator`: those whose visit window had opened by the day, without those who moved, died or were admitted before they
    could be met (`excluded`). Who refused stays in it (`refused`).
    """

    cohort: str
    label: str
    dong_id: int | None
    dong_name: str
    numerator: int
    denominator: int | None
    unit: str
    rate_text: str
    as_of: date
    refused: int
    excluded: int
    sentence: str
    source: str


def coverage(*, by: Actor, year: int, on: date, dong_id: int | None = None) -> list[CoverageRow]:
    """A line a cohort; with several dong in reach a line for all of them first, then one a dong in code order."""
    rows = Target.objects.filter(reach(by, Permission.COVERAGE_READ).q(owner="worker_id"), year=year, due_from__lte=on)
    if dong_id is not None:
        rows = rows.filter(dong_id=dong_id)
    decided = Q(reached_at__lte=end_of(on))
    cells = (
        rows.order_by("cohort", "dong__code")
        .values("cohort", "unit", "dong_id", "dong__name")
        .annotate(
            due=Count("id"),
            met=Count("id", filter=decided & Q(state=TargetState.MET)),
            refused=Count("id", filter=decided & Q(state=TargetState.REFUSED)),
            gone=Count("id", filter=decided & Q(state__in=GONE)),
        )
    )
    by_cohort: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for cell in cells:
        by_cohort[cell["cohort"]].append(dict(cell))
    found: list[CoverageRow] = []
    for cohort in Cohort:
        found += _lines(cohort, by_cohort[cohort.value], on)
    return found


def unit_of(cohort: str) -> str:
    """What a cohort is counted in: 명, 가정 or 가구."""
    return str(cohorts.COHORTS[ENGINE_CODE[Cohort(cohort)]].unit)


def _lines(cohort: Cohort, cells: list[dict[str, Any]], on: date) -> list[CoverageRow]:
    if not cells:
        nothing = cohorts.Coverage(0, 0, cohorts.Unit(unit_of(cohort)), on)
        return [_row(cohort, None, "", nothing, [])]
    parts = [cohorts.Coverage(cell["met"], cell["due"] - cell["gone"], cohorts.Unit(cell["unit"]), on) for cell in cells]
    lines = [_row(cohort, cell["dong_id"], cell["dong__name"], part, [cell]) for cell, part in zip(cells, parts, strict=True)]
    return lines if len(lines) == 1 else [_row(cohort, None, _("전체"), cohorts.coverage(parts), cells), *lines]


def _row(
    cohort: Cohort, dong_id: int | None, dong_name: str, figure: cohorts.Coverage, cells: Iterable[dict[str, Any]]
) -> CoverageRow:
    cells = list(cells)
    return CoverageRow(
        cohort=cohort.value,
        label=str(cohort.label),
        dong_id=dong_id,
        dong_name=dong_name,
        numerator=figure.numerator,
        denominator=figure.denominator,
        unit=figure.unit.value,
        rate_text=f"{figure.rate}%" if figure.rate != cohorts.NO_RATE else figure.rate,
        as_of=figure.as_of,
        refused=sum(cell["refused"] for cell in cells),
        excluded=sum(cell["gone"] for cell in cells),
        sentence=figure.sentence,
        source=cohorts.COHORTS[ENGINE_CODE[cohort]].source,
    )
