"""Loading the official code tables: 행정동 (KIKcd_H), 법정동 (KIKcd_B), which covers which (KIKmix), and 통·반."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from chatdong.ground.places.actions.shelf import Loaded, Shelf, ensure_gus
from chatdong.ground.places.models import Ban, City, Dong, DongPart, Gu, LegalDong, Tong
from chatdong.ground.places.official import CITY_NAMES, PartCode, PlaceCode, refusal
from chatdong.ground.places.queries import in_force
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record


@action
def load_dong_codes(
    *, by: Actor, rows: Iterable[PlaceCode], on: date, at: datetime, name: str = "KIKcd_H", complete: bool = False
) -> Loaded:
    """Bring in 시, 자치구 and 행정동 from KIKcd_H lines. Loading the same file twice changes nothing.

    A dong that the table knows in a gu of the file and the file does not name is listed in `missing`; with `complete` (the file
    names every dong of its gus) it ends on `on`.

    Raises:
        Invalid: a line's city or gu is neither in the file nor in the table.
        Forbidden: a line of another gu than the actor's own.
    """
    lines = sorted(rows, key=lambda row: (row.code, row.valid_from))
    ensure_gus(by, Permission.PLACE_LOAD, [row.code for row in lines if row.level != "city"])
    tally = Loaded()
    shelf = bring_in(Dong, lines, on, tally, name)
    _missing(shelf, lines, on, complete)
    record("places.load_dong_codes", by=by, at=at, count=len(lines), details=tally.counts)
    return tally


@action
def load_legal_codes(*, by: Actor, rows: Iterable[PlaceCode], on: date, at: datetime, name: str = "KIKcd_B") -> Loaded:
    """Bring in 법정동 from KIKcd_B lines (동·읍·면). Twice changes nothing. Raises as load_dong_codes."""
    lines = sorted(rows, key=lambda row: (row.code, row.valid_from))
    ensure_gus(by, Permission.PLACE_LOAD, [row.code for row in lines if row.level != "city"])
    tally = Loaded()
    bring_in(LegalDong, lines, on, tally, name)
    record("places.load_legal_codes", by=by, at=at, count=len(lines), details=tally.counts)
    return tally


def bring_in(
    model: type[Dong] | type[LegalDong], lines: list[PlaceCode], on: date, tally: Loaded, name: str, unit: str = "줄"
) -> Shelf:
    """Lay lines beside the table: cities and gus first, so that each dong finds its parents. Part of an action."""
    codes = [row.code for row in lines]
    cities, gus = Shelf(City, codes, Loaded()), Shelf(Gu, codes, Loaded())
    for row in lines:
        if row.level == "city":
            cities.keep(row, on, dict)
    for row in (row for row in lines if row.level != "city"):
        _parent_city(cities, row)
    cities.write()
    for row in (row for row in lines if row.level == "gu"):
        gus.keep(row, on, partial(_under, "city", cities, row.code[:2] + "00000000"))
    for row in (row for row in lines if row.level == "dong"):
        _parent_gu(gus, cities, row, name, unit)
    gus.write()
    shelf = Shelf(model, codes, tally)
    for row in (row for row in lines if row.level == "dong"):
        shelf.keep(row, on, partial(_under, "gu", gus, row.code[:5] + "00000"))
    shelf.write()
    return shelf


def _under(kind: str, shelf: Shelf, code: str) -> dict[str, Any]:
    return {kind: shelf.newest(code)}


def _parent_city(cities: Shelf, row: PlaceCode) -> None:
    code = row.code[:2] + "00000000"
    if cities.newest(code) is None:
        label = row.city or CITY_NAMES.get(row.code[:2], "")
        if label:
            cities.keep(PlaceCode(code, label, "", label, row.valid_from), row.valid_from, dict)


def _parent_gu(gus: Shelf, cities: Shelf, row: PlaceCode, name: str, unit: str) -> None:
    code = row.code[:5] + "00000"
    if gus.newest(code) is not None:
        return
    city = cities.newest(row.code[:2] + "00000000")
    if city is None or not row.gu:
        raise refusal(
            name, row.line, f"{row.name}의 시와 구를 알 수 없습니다.", "행정동 코드 파일(KIKcd_H) 전체를 먼저 넣어 주세요.", unit
        )
    gus.keep(PlaceCode(code, row.city, row.gu, row.gu, row.valid_from), row.valid_from, lambda: {"city": city})


def _missing(shelf: Shelf, lines: list[PlaceCode], on: date, complete: bool) -> None:
    named = {row.code for row in lines}
    covered = {row.code[:5] for row in lines if row.level == "dong"}
    for code, versions in list(shelf.known.items()):
        newest = versions[-1]
        stands = newest.valid_from < on and (newest.valid_to is None or newest.valid_to > on)
        if code not in named and code[:5] in covered and stands:
            shelf.tally.missing.append(newest.name)
            if complete:
                shelf.end(newest, on)


@action
def load_dong_parts(*, by: Actor, rows: Iterable[PartCode], at: datetime, name: str = "KIKmix") -> Loaded:
    """Bring in which 법정동 an 행정동 covers from KIKmix lines. Twice changes nothing.

    Raises:
        Invalid: a code that the tables do not know; the code tables have to be loaded first.
    """
    lines = list(rows)
    ensure_gus(by, Permission.PLACE_LOAD, [row.dong_code for row in lines])
    tally = Loaded()
    dongs, legal = (Shelf(model, [row.dong_code for row in lines], Loaded()) for model in (Dong, LegalDong))
    held = DongPart.objects.filter(dong__code__in={row.dong_code for row in lines})
    known = {(part.dong_id, part.legal_dong_id, part.valid_from): part for part in held}
    fresh = []
    for row in lines:
        dong, covered = dongs.newest(row.dong_code), legal.newest(row.legal_code)
        if dong is None or covered is None:
            lost = row.legal_code if dong is not None else row.dong_code
            raise refusal(
                name, row.line, f"{lost} 코드를 모릅니다.", "행정동(KIKcd_H)과 법정동(KIKcd_B) 파일을 먼저 넣어 주세요."
            )
        key = (dong.pk, covered.pk, row.valid_from)
        part = known.get(key)
        if part is None:
            known[key] = part = DongPart(dong=dong, legal_dong=covered, valid_from=row.valid_from, valid_to=row.valid_to)
            fresh.append(part)
            tally.added += 1
        elif row.valid_to is not None and part.valid_to != row.valid_to:
            part.valid_to = row.valid_to
            tally.ended += 1
            if part.pk is not None:
                part.save()
        else:
            tally.same += 1
    DongPart.objects.bulk_create(fresh, batch_size=1000)
    record("places.load_dong_parts", by=by, at=at, count=len(lines), details=tally.counts)
    return tally


@action
def load_tongs(*, by: Actor, dong_id: int, tongs: Mapping[int, int], on: date, at: datetime) -> Loaded:
    """Bring in the 통 of a dong, each with how many 반 it has (numbered from 1). Twice changes nothing; nothing is ended here.

    Raises:
        Forbidden: a dong of another gu than the actor's own.
    """
    dong = Dong.at(dong_id)
    ensure_gus(by, Permission.PLACE_LOAD, [dong.code])
    tally = Loaded()
    held = {tong.number: tong for tong in Tong.objects.filter(in_force(on), dong=dong)}
    fresh = [Tong(dong=dong, number=number, valid_from=on) for number in tongs if number not in held]
    held |= {tong.number: tong for tong in Tong.objects.bulk_create(fresh)}
    bans = set(Ban.objects.filter(in_force(on), tong__dong=dong).values_list("tong_id", "number"))
    wanted = [(held[number], ban) for number, count in tongs.items() for ban in range(1, count + 1)]
    made = Ban.objects.bulk_create(
        [Ban(tong=tong, number=ban, valid_from=on) for tong, ban in wanted if (tong.pk, ban) not in bans], batch_size=1000
    )
    tally.added, tally.same = len(fresh) + len(made), len(tongs) - len(fresh)
    record("places.load_tongs", by=by, at=at, dong_id=dong.pk, count=len(tongs), details=tally.counts)
    return tally
