"""복지방문지도 (C-06): the watched households as points, and the same as a table.

A hidden address is never on the map nor in its table, and no filter closer than the dong touches its count.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from chatdong.kernel.errors import Invalid
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.listing import Page, capped
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read
from chatdong.safetynet.visits.models import Watch
from chatdong.safetynet.visits.queries.homes import open_watches
from chatdong.safetynet.visits.queries.rows import DueRow, Fields, page_of
from chatdong.safetynet.visits.queries.watches import kind_labels
from chatdong.safetynet.visits.states import Grade, NextStep

MOST = 3000
RHYTHMS = {
    "high": Q(grade=Grade.HIGH, suicide=False),
    "medium": Q(grade=Grade.MEDIUM, suicide=False),
    "low": Q(grade=Grade.LOW, suicide=False),
    "suicide": Q(suicide=True),
}
_COLUMNS = ("household_id", "household__lon", "household__lat", "grade", "suicide", "next_at")


@dataclass(frozen=True)
class Point:
    """One household on the map: what is drawn, and nothing more. `label` says color and shape in words."""

    household_id: int
    lon: float
    lat: float
    grade: int
    suicide: bool
    overdue: bool
    next_at: datetime
    label: str


@dataclass(frozen=True)
class MapData:
    """The points, how many hidden addresses and how many without a place on the map were left out, and all together.

    `capped`: more than `MOST` points match; narrow the filter.
    """

    points: list[Point]
    hidden_count: int
    unplaced_count: int
    total: int
    capped: bool


@dataclass(frozen=True)
class MapCounts:
    """How many the map shows of each kind, and how many are left out because the address is hidden or has no place."""

    high: int
    medium: int
    low: int
    suicide: int
    overdue: int
    total: int
    unplaced: int
    hidden: int


@dataclass(frozen=True)
class Filter:
    """What the map is narrowed to."""

    dong_id: int | None = None
    tong: int | None = None
    grade: int | None = None
    rhythm: str | None = None
    kind: str | None = None
    overdue: bool = False
    suicide: bool = False


def map_points(
    *, by: Actor, at: datetime, dong_id: int | None = None, tong: int | None = None, grade: int | None = None,
    rhythm: str | None = None, kind: str | None = None, overdue: bool = False, suicide: bool = False,
) -> MapData:  # fmt: skip
    """The map of what the actor may see. `tong` is the number of a 통, `kind` a code of `kind_labels()`.

    One line in the log with the households shown. Raises Invalid for a filter that does not exist.
    """
    narrowed = Filter(dong_id, tong, grade, rhythm, kind, overdue, suicide)
    rows, hidden = _shown(by, at, narrowed), _hidden(by, at, narrowed)
    placed = rows.filter(household__lon__isnull=False, household__lat__isnull=False)
    found = list(placed.order_by("grade", "next_at", "id").values_list(*_COLUMNS)[: MOST + 1])
    points = [_point(row, at) for row in found[:MOST]]
    unplaced, _more = capped(rows.filter(Q(household__lon=None) | Q(household__lat=None)))
    if points:
        record_read(
            "map.read", by=by, at=at, subjects=tuple(point.household_id for point in points), count=len(points), dong_id=dong_id
        )
    return MapData(points, hidden, unplaced, len(points) + hidden + unplaced, len(found) > MOST)


def map_counts(
    *, by: Actor, at: datetime, dong_id: int | None = None, tong: int | None = None, grade: int | None = None,
    rhythm: str | None = None, kind: str | None = None, overdue: bool = False, suicide: bool = False,
) -> MapCounts:  # fmt: skip
    """The counts of the same households as `map_points`, without reading anybody. Raises Invalid as it does."""
    narrowed = Filter(dong_id, tong, grade, rhythm, kind, overdue, suicide)
    nowhere = Q(household__lon=None) | Q(household__lat=None)
    found = _shown(by, at, narrowed).aggregate(
        high=Count("id", filter=Q(grade=Grade.HIGH)), medium=Count("id", filter=Q(grade=Grade.MEDIUM)),
        low=Count("id", filter=Q(grade=Grade.LOW)), suicide=Count("id", filter=Q(suicide=True)),
        overdue=Count("id", filter=Q(next_at__lt=at)), total=Count("id"), unplaced=Count("id", filter=nowhere),
    )  # fmt: skip
    return MapCounts(**found, hidden=_hidden(by, at, narrowed))


def map_table(
    *, by: Actor, at: datetime, dong_id: int | None = None, tong: int | None = None, grade: int | None = None,
    rhythm: str | None = None, kind: str | None = None, overdue: bool = False, suicide: bool = False, after: str = "",
) -> Page[DueRow]:  # fmt: skip
    """The same households as a table, those without a place on the map included, the earliest next visit first."""
    rows = _shown(by, at, Filter(dong_id, tong, grade, rhythm, kind, overdue, suicide))

    def about(row: Watch) -> Fields:
        late = row.next_at is not None and row.next_at < at
        what = str(NextStep(row.next_step).label)
        return {"kind": "watch", "what": what, "due_at": row.next_at, "overdue": late, "state": row.state}

    return page_of(rows, ("next_at", "id"), after, about, event="map.table", by=by, at=at)


def _point(row: tuple[int, float, float, int, bool, datetime], at: datetime) -> Point:
    household_id, lon, lat, grade, suicide, next_at = row
    overdue = next_at < at
    words = [str(Grade(grade).label)]
    words += [_("자살위험")] if suicide else []
    words += [_("방문 기한 지남")] if overdue else []
    return Point(household_id, lon, lat, grade, suicide, overdue, next_at, ", ".join(words))


def _shown(by: Actor, at: datetime, narrowed: Filter) -> QuerySet[Watch]:
    rows = _scoped(by, at, narrowed).filter(household__address_hidden=False)
    return rows if narrowed.tong is None else rows.filter(household__tong__number=narrowed.tong)


def _hidden(by: Actor, at: datetime, narrowed: Filter) -> int:
    # The 통 is left out on purpose: a count that changes with it would say where somebody hides.
    count, _more = capped(_scoped(by, at, narrowed).filter(household__address_hidden=True))
    return count


def _scoped(by: Actor, at: datetime, narrowed: Filter) -> QuerySet[Watch]:
    rows = open_watches().filter(reach(by, Permission.MAP_READ).q(owner="worker_id"))
    if narrowed.dong_id is not None:
        rows = rows.filter(dong_id=narrowed.dong_id)
    if narrowed.grade is not None:
        if narrowed.grade not in Grade.values:
            raise Invalid({"grade": "없는 위험군입니다. 목록에서 골라 주세요."})
        rows = rows.filter(grade=narrowed.grade)
    if narrowed.rhythm:
        if narrowed.rhythm not in RHYTHMS:
            raise Invalid({"rhythm": "없는 방문 주기입니다. 목록에서 골라 주세요."})
        rows = rows.filter(RHYTHMS[narrowed.rhythm])
    if narrowed.kind:
        if narrowed.kind not in kind_labels():
            raise Invalid({"kind": "없는 사각지대 유형입니다. 목록에서 골라 주세요."})
        # The list is a handful of codes from a table; as text it reads the same on both databases.
        rows = rows.annotate(kinds_text=Cast("kinds", TextField())).filter(kinds_text__contains=f'"{narrowed.kind}"')
    if narrowed.overdue:
        rows = rows.filter(next_at__lt=at)
    return rows.filter(suicide=True) if narrowed.suicide else rows
