"""What loading a directory would do: each row beside the one that is kept, and everything that stands in the way."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shapely import Point
from shapely.geometry import shape

from chatdong.ground.places.queries import dongs, outlines
from chatdong.safetynet.benefits.hsds.raw import Mistakes
from chatdong.safetynet.benefits.hsds.rows import Directory
from chatdong.safetynet.benefits.models import CostOption, Location, Offering, Organization, Schedule, ServiceAtLocation

BATCH = 500


@dataclass(frozen=True)
class Shelf:
    """One table: its rows in a directory, its model, plain fields, and references as (row's name, model's name, shelf)."""

    name: str
    label: str
    model: Any
    fields: tuple[str, ...]
    refs: tuple[tuple[str, str, str], ...] = ()


SHELVES = (
    Shelf("organizations", "기관", Organization, ("name", "description", "email", "website", "legal_status", "phone")),
    Shelf(
        "locations", "장소", Location, ("name", "lon", "lat", "address", "phone", "accessibility"),
        (("organization", "organization", "organizations"),),
    ),
    Shelf(
        "offerings", "서비스", Offering,
        ("name", "description", "status", "application", "fees", "eligibility", "minimum_age", "maximum_age", "url",
         "assured_date", "assurer_email", "phone", "situations", "benefits", "taxonomy"),
        (("organization", "organization", "organizations"),),
    ),
    Shelf(
        "places", "서비스 장소", ServiceAtLocation, ("description",),
        (("offering", "offering", "offerings"), ("location", "location", "locations")),
    ),
    Shelf(
        "schedules", "이용 시간", Schedule,
        ("valid_from", "valid_to", "dtstart", "freq", "byday", "opens_at", "closes_at", "description", "attending_type"),
        (("offering", "offering", "offerings"), ("at_place", "place", "places")),
    ),
    Shelf(
        "costs", "이용료", CostOption,
        ("valid_from", "valid_to", "option", "currency", "amount", "amount_description"),
        (("offering", "offering", "offerings"),),
    ),
)  # fmt: skip
# What belongs to a service as a whole: of a service in the file, what the file does not say is no more.
OF_OFFERING = {"places": "offering", "schedules": "offering", "costs": "offering"}


@dataclass(frozen=True)
class Step:
    """One row, the kept one where there is one, and the fields that differ."""

    row: Any
    kept: Any
    values: Mapping[str, Any]
    refs: Mapping[str, str]
    is_changed: bool


@dataclass(frozen=True)
class Count:
    """What would become of the rows of one table."""

    name: str
    label: str
    added: int
    changed: int
    same: int
    removed: int


@dataclass(frozen=True)
class Plan:
    """What a load would do. `removed` holds ids of kept rows that the file no longer has, by shelf."""

    steps: Mapping[str, tuple[Step, ...]]
    removed: Mapping[str, tuple[int, ...]]
    notes: tuple[str, ...]

    @property
    def counts(self) -> tuple[Count, ...]:
        return tuple(
            Count(
                shelf.name, shelf.label, sum(step.kept is None for step in self.steps[shelf.name]),
                sum(step.kept is not None and step.is_changed for step in self.steps[shelf.name]),
                sum(not step.is_changed for step in self.steps[shelf.name]), len(self.removed.get(shelf.name, ())),
            )
            for shelf in SHELVES
        )  # fmt: skip

    @property
    def is_idle(self) -> bool:
        """Nothing would change."""
        return not any(one.added or one.changed or one.removed for one in self.counts)


def directory_plan(
    directory: Directory, *, gu_id: int | None, day: date, situations: Collection[str], benefits: Collection[str]
) -> Plan:
    """Compare a directory with what is kept for a gu. `situations` and `benefits` are the ids our catalog knows.

    Raises Mistakes with every unknown reference, every unknown situation or benefit, and everything that belongs to another gu.
    """
    problems: list[str] = []
    kept = {shelf.name: _kept(shelf, directory) for shelf in SHELVES}
    removed = _removed(directory)
    gone = {(name, pk) for name, ids in removed.items() for pk in ids}
    known = {
        shelf.name: {row.key for row in getattr(directory, shelf.name)}
        | {key for key, one in kept[shelf.name].items() if (shelf.name, one.pk) not in gone}
        for shelf in SHELVES
    }
    finder = _Finder(gu_id, day)
    steps = {}
    for shelf in SHELVES:
        rows = getattr(directory, shelf.name)
        problems += _unknown(shelf, rows, known)
        problems += [
            f"{row.place}: 다른 자치구의 {shelf.label}입니다. 바꿀 수 없습니다({row.key})."
            for row in rows
            if row.key in kept[shelf.name] and not _is_ours(kept[shelf.name][row.key], gu_id)
        ]
        steps[shelf.name] = tuple(_step(shelf, row, kept[shelf.name].get(row.key), finder) for row in rows)
    problems += _unknown_links(directory, frozenset(situations), frozenset(benefits))
    problems += _twice_at_a_place(directory)
    if problems:
        raise Mistakes(problems)
    return Plan(steps, removed, directory.notes)


def _kept(shelf: Shelf, directory: Directory) -> dict[str, Any]:
    """Kept rows by key: those in the file and those it refers to."""
    wanted = {row.key for row in getattr(directory, shelf.name)}
    for other in SHELVES:
        for ours, _field, target in other.refs:
            if target == shelf.name:
                wanted |= {key for row in getattr(directory, other.name) if (key := getattr(row, ours))}
    keys = sorted(wanted)
    found: dict[str, Any] = {}
    related = [field for _ours, field, _target in shelf.refs]
    for start in range(0, len(keys), BATCH):
        rows = shelf.model.objects.filter(key__in=keys[start : start + BATCH]).select_related(*related, *_way_to_gu(shelf))
        found |= {row.key: row for row in rows}
    return found


def _way_to_gu(shelf: Shelf) -> tuple[str, ...]:
    return ("offering__organization",) if shelf.name in OF_OFFERING else ("dong",) if shelf.name == "locations" else ()


def _is_ours(kept: Any, gu_id: int | None) -> bool:
    if isinstance(kept, Organization):
        return kept.gu_id == gu_id
    if isinstance(kept, Location) and kept.organization is None:
        return kept.dong is None or kept.dong.gu_id == gu_id
    offering = kept if isinstance(kept, Offering | Location) else kept.offering
    return offering is None or offering.organization is None or offering.organization.gu_id == gu_id


def _removed(directory: Directory) -> dict[str, tuple[int, ...]]:
    keys = sorted(row.key for row in directory.offerings)
    found: dict[str, list[int]] = {name: [] for name in OF_OFFERING}
    for shelf in SHELVES:
        if shelf.name not in OF_OFFERING:
            continue
        stay = {row.key for row in getattr(directory, shelf.name)}
        ways = ("offering__key__in", "place__offering__key__in") if shelf.name == "schedules" else ("offering__key__in",)
        for start in range(0, len(keys), BATCH):
            for way in ways:
                rows = shelf.model.objects.filter(**{way: keys[start : start + BATCH]}).values_list("pk", "key")
                found[shelf.name] += [pk for pk, key in rows if key not in stay and pk not in found[shelf.name]]
    return {name: tuple(ids) for name, ids in found.items()}


def _unknown(shelf: Shelf, rows: Collection[Any], known: Mapping[str, set[str]]) -> Iterator[str]:
    labels = {one.name: one.label for one in SHELVES}
    for row in rows:
        for ours, _field, target in shelf.refs:
            key = getattr(row, ours)
            if key and key not in known[target]:
                yield f"{row.place}: 파일에도 지금 목록에도 없는 {labels[target]}을(를) 가리킵니다({key})."


def _unknown_links(directory: Directory, situations: frozenset[str], benefits: frozenset[str]) -> Iterator[str]:
    for row in directory.offerings:
        for key in (*(one for one in row.situations if one not in situations), *(b for b in row.benefits if b not in benefits)):
            yield f"{row.place}: 모르는 사정이나 혜택입니다({key})."


def _twice_at_a_place(directory: Directory) -> Iterator[str]:
    seen: dict[tuple[str, str], str] = {}
    for row in directory.places:
        if (row.offering, row.location) in seen:
            yield f"{row.place}: {seen[row.offering, row.location]}와 같은 서비스, 같은 장소입니다."
        seen.setdefault((row.offering, row.location), row.place)


def _step(shelf: Shelf, row: Any, kept: Any, finder: "_Finder") -> Step:
    values = {name: _plain(getattr(row, name)) for name in shelf.fields}
    if shelf.name == "locations":
        values["dong_id"] = finder.dong_of(row)
    refs = {field: getattr(row, ours) for ours, field, _target in shelf.refs}
    if kept is None:
        return Step(row, None, values, refs, True)
    same = all(getattr(kept, name) == value for name, value in values.items()) and all(
        (getattr(kept, field).key if getattr(kept, field) is not None else "") == key for field, key in refs.items()
    )
    return Step(row, kept, values, refs, not same)


def _plain(value: Any) -> Any:
    """Tuples as the lists that JSON keeps."""
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


class _Finder:
    """The dong of a location: by its name in the address, else by its point."""

    def __init__(self, gu_id: int | None, day: date) -> None:
        self.day = day
        self.by_name = {dong.name: dong.pk for dong in dongs(day, gu_id)} if gu_id is not None else {}
        self.shapes: list[tuple[Any, int]] | None = None

    def dong_of(self, row: Any) -> int | None:
        if row.dong in self.by_name:
            return self.by_name[row.dong]
        if row.lon is None or row.lat is None:
            return None
        if self.shapes is None:
            drawn = outlines(sorted(self.by_name.values()), self.day)["features"]
            self.shapes = [(shape(one["geometry"]), one["properties"]["id"]) for one in drawn]
        point = Point(row.lon, row.lat)
        return next((pk for outline, pk in self.shapes if outline.covers(point)), None)
