"""Where places are looked up, and the rules that hold in a gu on a day."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet

from chatdong.engines.clocks import WorkCalendar
from chatdong.ground.places.models import Dong, ExtraDay, Gu, LegalDong, Outline, Setting, Succession, Tong
from chatdong.policy.action import remembered


def in_force(on: date) -> Q:
    """The filter for places that exist on a day."""
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))


def dongs(on: date, gu_id: int | None = None) -> QuerySet[Dong]:
    """행정동 that exist on a day, in code order. How many there are is counted here and nowhere else."""
    found = Dong.objects.filter(in_force(on)).order_by("code")
    return found if gu_id is None else found.filter(gu_id=gu_id)


def gus(on: date) -> QuerySet[Gu]:
    """자치구 that exist on a day, in code order."""
    return Gu.objects.filter(in_force(on)).order_by("code")


def tongs_of(dong_id: int, on: date) -> QuerySet[Tong]:
    """The 통 of a dong on a day."""
    return Tong.objects.filter(in_force(on), dong_id=dong_id).order_by("number")


def legal_dongs_of(dong_id: int, on: date) -> QuerySet[LegalDong]:
    """The 법정동 that a dong covers on a day."""
    return LegalDong.objects.filter(parts__in=Dong.objects.get(pk=dong_id).parts.filter(in_force(on))).order_by("code")


def outlines(dong_ids: list[int], on: date) -> dict[str, Any]:
    """The outlines of some dong as a GeoJSON FeatureCollection, each with its id, name and code; the newest on the day."""
    newest: dict[int, Outline] = {}
    for outline in Outline.objects.filter(dong_id__in=dong_ids, valid_from__lte=on).select_related("dong").order_by("valid_from"):
        newest[outline.dong_id] = outline
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": outline.geometry,
                "properties": {
                    "id": outline.dong_id,
                    "name": outline.dong.name,
                    "code": outline.dong.code,
                    "source": outline.source,
                },
            }
            for outline in newest.values()
        ],
    }


def successors(dong_id: int, on: date) -> list[Dong]:
    """The dong that a dong has become by a day, in code order; itself among them where it still exists then (분동)."""
    found: dict[int, Dong] = {}
    waiting, seen = [dong_id], set[int]()
    while waiting:
        current = Dong.objects.get(pk=waiting.pop())
        seen.add(current.pk)
        if current.valid_to is None or current.valid_to > on:
            found[current.pk] = current
        rows = Succession.objects.filter(before=current, on__lte=on).values_list("after_id", flat=True)
        waiting += [after for after in rows if after not in seen]
    return sorted(found.values(), key=lambda dong: dong.code)


def has_places() -> bool:
    """Whether any gu was ever loaded: a fresh database has none."""
    return Gu.objects.exists()


def gu_by_code(code: str, on: date) -> Gu | None:
    """The 자치구 of a 행정표준코드 on a day; the first five digits are enough."""
    return Gu.objects.filter(in_force(on), code=code[:5] + "00000").first()


@dataclass(frozen=True)
class Rule:
    """A rule in force: its value, from when, and where it comes from."""

    key: str
    value: dict[str, Any]
    valid_from: date
    source: str


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """The rules that ship with the software (defaults.toml)."""
    rows = tomllib.loads((Path(__file__).parent / "defaults.toml").read_text(encoding="utf-8"))["setting"]
    return tuple(Rule(row["key"], row["value"], row["valid_from"], row["source"]) for row in rows)


def rule(key: str, on: date, gu_id: int | None = None) -> Rule:
    """The rule of a gu on a day: the gu's own newest row, else one for all gu, else the shipped one.

    Raises KeyError for a key that nothing defines on that day: a missing rule is never guessed.
    """
    return remembered(("rule", key, on, gu_id), lambda: _rule(key, on, gu_id))


def _rule(key: str, on: date, gu_id: int | None) -> Rule:
    rows = Setting.objects.filter(Q(gu_id=gu_id) | Q(gu=None), key=key, valid_from__lte=on).order_by("valid_from", "id")
    own = [row for row in rows if row.gu_id is not None] or list(rows)
    if own:
        newest = own[-1]
        return Rule(key, newest.value, newest.valid_from, newest.source)
    shipped = [row for row in shipped_rules() if row.key == key and row.valid_from <= on]
    if not shipped:
        raise KeyError(f"no rule {key!r} on {on}")
    return max(shipped, key=lambda row: row.valid_from)


def extra_days() -> dict[date, bool]:
    """Days the holiday library does not know: day -> is it off."""
    return dict(ExtraDay.objects.values_list("day", "is_off"))


def work_calendar() -> WorkCalendar:
    """Korean working days with the days a district added or took away."""
    return remembered("work_calendar", _work_calendar)


def _work_calendar() -> WorkCalendar:
    days = extra_days()
    return WorkCalendar(
        extra=tuple((day, "") for day, is_off in sorted(days.items()) if is_off),
        removed=frozenset(day for day, is_off in days.items() if not is_off),
    )


def gu_of(dong_id: int) -> int:
    """The gu of a dong, whether it still exists or not. Raises Dong.DoesNotExist."""
    return remembered(("gu", dong_id), lambda: Dong.objects.values_list("gu_id", flat=True).get(pk=dong_id))
