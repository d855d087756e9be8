"""Boundary files (GeoJSON) read into outlines, in the field names that Korean boundary files use.

Known: vuski/admdongkor (adm_cd2, adm_cd, adm_nm, sgg, sggnm, sidonm), KOSTAT SGIS (adm_cd, adm_nm, base_date), and the short
form hjd_cd10, kostat7, sgg_cd5, gu, dong. Coordinates are longitude and latitude (WGS84).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from chatdong.ground.places.official import CITY_NAMES, day_of, refusal

KOREA = (124.0, 32.5, 132.5, 39.5)
_OWN = "행정동 경계 GeoJSON 파일인지 확인해 주세요."


@dataclass(frozen=True)
class OutlineRow:
    """One dong's boundary. `code` is empty where the file knows only Statistics Korea's number."""

    code: str
    statistics_code: str
    city: str
    gu: str
    name: str
    geometry: dict[str, Any]
    lon: float
    lat: float
    valid_from: date | None
    number: int


def read_outlines(collection: Any, name: str) -> list[OutlineRow]:
    """The outlines of a FeatureCollection, each with a point that lies inside. Raises Invalid with the feature at fault."""
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not features:
        raise refusal(name, 0, "도형이 없습니다.", _OWN)
    rows, seen = [], set()
    for number, feature in enumerate(features, start=1):
        row = _row(feature, name, number)
        key = row.code or row.statistics_code
        if key in seen:
            raise refusal(name, number, f"같은 행정동이 두 번 나옵니다({row.name}).", "겹치는 도형을 하나로 합쳐 주세요.", "도형")
        seen.add(key)
        rows.append(row)
    return rows


def _row(feature: Any, name: str, number: int) -> OutlineRow:
    told = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(told, dict):
        raise refusal(name, number, "설명(properties)이 없습니다.", _OWN, "도형")
    told = {key: str(value).strip() for key, value in told.items() if value is not None}
    words = told.get("adm_nm", "").split()
    label = told.get("dong") or (words[-1] if words else "")
    code = told.get("adm_cd2") or told.get("hjd_cd10") or ""
    statistics = told.get("kostat7") or told.get("adm_cd") or ""
    if not label or not (code or statistics):
        raise refusal(
            name,
            number,
            "어느 동인지 알 수 없습니다.",
            "adm_cd2(또는 adm_cd)와 adm_nm 칸이 있는 경계 파일을 넣어 주세요.",
            "도형",
        )
    if code and not (code.isdecimal() and len(code) == 10):
        raise refusal(
            name, number, f"행정동 코드가 숫자 10자리가 아닙니다({code[:20]}).", "adm_cd2 칸을 원래 파일과 비교해 주세요.", "도형"
        )
    geometry = _geometry(feature.get("geometry"), name, number)
    point = geometry.representative_point()
    return OutlineRow(
        code=code,
        statistics_code=statistics[:10],
        city=told.get("sidonm") or (words[0] if len(words) > 2 else "") or CITY_NAMES.get(code[:2], ""),
        gu=told.get("gu") or told.get("sggnm") or (" ".join(words[1:-1]) if len(words) > 2 else ""),
        name=label,
        geometry=_plain(mapping(geometry)),
        lon=round(point.x, 6),
        lat=round(point.y, 6),
        valid_from=day_of(told.get("base_date", "")),
        number=number,
    )


def _geometry(geometry: Any, name: str, number: int) -> BaseGeometry:
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        raise refusal(name, number, "면(Polygon) 도형이 아닙니다.", _OWN, "도형")
    try:
        found = shape(geometry)
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise refusal(name, number, "도형의 좌표를 읽을 수 없습니다.", "파일을 다시 받아 주세요.", "도형") from error
    found = shapely.force_2d(found if found.is_valid else _mended(found))
    if found.is_empty:
        raise refusal(name, number, "도형에 넓이가 없습니다.", "파일을 다시 받아 주세요.", "도형")
    west, south, east, north = found.bounds
    if not (KOREA[0] <= west and KOREA[1] <= south and east <= KOREA[2] and north <= KOREA[3]):
        raise refusal(
            name, number, "좌표가 우리나라의 경도·위도가 아닙니다.", "좌표계를 WGS84(EPSG:4326)로 바꾸어 넣어 주세요.", "도형"
        )
    return found


def _mended(geometry: BaseGeometry) -> BaseGeometry:
    """A boundary that crosses itself, as boundaries with the same area; lines and points left over are dropped."""
    parts = shapely.get_parts(shapely.make_valid(geometry))
    return shapely.union_all([part for part in parts if part.geom_type in {"Polygon", "MultiPolygon"}])


def _plain(geometry: Any) -> Any:
    """A GeoJSON geometry of lists only, as it comes back from the database."""
    if isinstance(geometry, dict):
        return {key: _plain(part) for key, part in geometry.items()}
    return [_plain(part) for part in geometry] if isinstance(geometry, tuple | list) else geometry
