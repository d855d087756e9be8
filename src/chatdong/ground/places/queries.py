"""Where places are looked up, and the rules that hold in a gu on a day."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet

from chatdong.ground.places.models import Dong, ExtraDay, Gu, LegalDong, Outline, Setting, Succession, Tong


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
    """The dong that a dong has become by a day; itself where it still exists."""
    rows = Succession.objects.filter(before_id=dong_id, on__lte=on).select_related("after")
    return [row.after for row in rows] or [Dong.objects.get(pk=dong_id)]


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
