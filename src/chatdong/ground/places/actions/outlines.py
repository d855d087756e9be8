"""Loading dong boundaries, and noting which dong became which."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from chatdong.ground.places.actions.codes import bring_in
from chatdong.ground.places.actions.shelf import Loaded, Shelf, ensure_gus
from chatdong.ground.places.boundary import OutlineRow, read_outlines
from chatdong.ground.places.models import Dong, Outline, Succession
from chatdong.ground.places.official import PlaceCode, name_key, refusal
from chatdong.ground.places.queries import in_force
from chatdong.ground.places.states import Turn
from chatdong.kernel.errors import Conflict, Invalid
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record


@action
def load_outlines(
    *, by: Actor, collection: Any, on: date, source: str, at: datetime, name: str = "GeoJSON", only: str = ""
) -> Loaded:
    """Bring in dong boundaries of a day, with a point inside each. Dong, gu and city that are not known yet are added.

    `collection` is the GeoJSON FeatureCollection; `source` is shown on the map (통계청 SGIS asks to be named). A feature's own
    base_date wins over `on`; `only` takes dong whose code starts so. Loading the same file twice changes nothing.

    Raises:
        Invalid: a feature that cannot be used, or whose dong cannot be told.
        Forbidden: a dong of another gu than the actor's own.
    """
    if not source.strip():
        raise Invalid({"source": "경계의 출처를 적어 주세요. 지도에 함께 보입니다."})
    found = (row for row in read_outlines(collection, name) if not row.code or row.code.startswith(only))
    rows = [row for row in (_coded(row, row.valid_from or on, name) for row in found) if row.code.startswith(only)]
    codes = [row.code for row in rows]
    ensure_gus(by, Permission.PLACE_LOAD, codes)
    tally = Loaded()
    dongs = _dongs(rows, on, tally, name)
    held: dict[int, list[Outline]] = {}
    for outline in Outline.objects.filter(dong__code__in=codes).order_by("valid_from"):
        held.setdefault(outline.dong_id, []).append(outline)
    for row in rows:
        dong = dongs.newest(row.code)
        _lay(row, dong, held.get(dong.pk, []), row.valid_from or on, source)
    record("places.load_outlines", by=by, at=at, count=len(rows), details=tally.counts)
    return tally


def _coded(row: OutlineRow, on: date, name: str) -> OutlineRow:
    """The row with its 행정표준코드, looked up by Statistics Korea's number or by gu and name where the file has none."""
    if row.code:
        return row
    found = list(
        Dong.objects.filter(in_force(on), statistics_code__startswith=row.statistics_code[:7]).exclude(statistics_code="")
    )
    if not found and row.gu:
        near = Dong.objects.filter(in_force(on), gu__name=row.gu).select_related("gu")
        found = [dong for dong in near if name_key(dong.name) == name_key(row.name)]
    if len(found) != 1:
        raise refusal(
            name, row.number, f"{row.name}이(가) 어느 행정동인지 알 수 없습니다.",
            "행정동 코드 파일(KIKcd_H)을 먼저 넣거나, adm_cd2 칸이 있는 경계 파일을 넣어 주세요.", "도형",
        )  # fmt: skip
    return replace(row, code=found[0].code)


def _dongs(rows: list[OutlineRow], on: date, tally: Loaded, name: str) -> Shelf:
    codes = [row.code for row in rows]
    # Boundary files lag behind: what the code table ended stays ended.
    ended = set(Dong.objects.filter(code__in=codes).exclude(valid_to=None).values_list("code", flat=True))
    ended -= set(Dong.objects.filter(code__in=codes, valid_to=None).values_list("code", flat=True))
    lines = [
        PlaceCode(row.code, row.city, row.gu, row.name, row.valid_from or on, line=row.number)
        for row in rows
        if row.code not in ended
    ]
    return bring_in(Dong, lines, on, tally, name, "도형")


def _lay(row: OutlineRow, dong: Dong, held: list[Outline], on: date, source: str) -> None:
    """One outline from its day on, and the dong's point where no newer outline is known."""
    same_day = next((outline for outline in held if outline.valid_from == on), None)
    before = [outline for outline in held if outline.valid_from < on]
    if same_day is not None:
        if (same_day.geometry, same_day.source) != (row.geometry, source):
            same_day.geometry, same_day.source = row.geometry, source
            same_day.save()
    elif not before or before[-1].geometry != row.geometry:
        Outline.objects.create(dong=dong, geometry=row.geometry, source=source, valid_from=on)
    is_newest = not held or held[-1].valid_from <= on
    fresh = {
        **({"lon": row.lon, "lat": row.lat} if is_newest or dong.lon is None else {}),
        **({"statistics_code": row.statistics_code} if row.statistics_code else {}),
    }
    if any(getattr(dong, key) != value for key, value in fresh.items()):
        for key, value in fresh.items():
            setattr(dong, key, value)
        dong.save()


@action
def note_succession(*, by: Actor, before_code: str, after_code: str, on: date, turn: Turn, at: datetime) -> Succession:
    """Note that a dong became another on a day: 분동 (the old one goes on) or 통합 and 이름 바뀜 (the old one ends that day).

    A successor that the table knows only from a later day (a boundary file is younger than the dong) begins on `on`.
    Noting the same thing twice changes nothing.

    Raises:
        Invalid: a code that the table does not know (fields `before_code`, `after_code`), or the same dong twice.
        Conflict: the old dong did not exist any more on that day, or not yet.
        Forbidden: a dong of another gu than the actor's own.
    """
    ensure_gus(by, Permission.PLACE_LOAD, [before_code, after_code])
    if before_code == after_code:
        raise Invalid({"after_code": "같은 동입니다. 뒤 행정동의 코드를 다시 확인해 주세요."})
    before, after = (_known(code, field) for code, field in ((before_code, "before_code"), (after_code, "after_code")))
    noted = Succession.objects.filter(before=before, after=after, on=on).first()
    if noted is None:
        if before.valid_from >= on or (before.valid_to is not None and before.valid_to < on):
            raise Conflict(f"{before.name}은(는) 그날 있던 동이 아닙니다. 바뀐 날을 다시 확인해 주세요.")
        _set_days(before, after, on, turn)
        noted = Succession.objects.create(before=before, after=after, on=on, turn=turn)
    record(
        "places.note_succession", by=by, at=at, about=noted, dong_id=after.pk, details={"turn": str(turn), "on": on.isoformat()}
    )
    return noted


def _known(code: str, field: str) -> Dong:
    dong = Dong.objects.filter(code=code).order_by("valid_from").last()
    if dong is None:
        raise Invalid({field: f"{code} 코드의 행정동이 없습니다. 행정동 코드 파일(KIKcd_H)을 먼저 넣어 주세요."})
    return dong


def _set_days(before: Dong, after: Dong, on: date, turn: Turn) -> None:
    if turn is not Turn.SPLIT and before.valid_to is None:
        before.valid_to = on
        before.save()
    if after.valid_from > on or (after.valid_from < on and turn is Turn.SPLIT):
        after.valid_from = on
        after.save()
