"""HSDS as JSON of its API profile: services with their organization, places, hours and costs inside one another."""

import json
from collections.abc import Mapping
from typing import Any

from chatdong.kernel.errors import Refusal
from chatdong.safetynet.benefits.hsds.raw import Line, directory_of, raw_of
from chatdong.safetynet.benefits.hsds.rows import Directory

# What stands inside what: key in the JSON, table, and the column that names the outer thing.
INSIDE: dict[str, tuple[tuple[str, str, str], ...]] = {
    "organizations": (
        ("services", "services", "organization_id"), ("locations", "locations", "organization_id"),
        ("phones", "phones", "organization_id"),
    ),
    "services": (
        ("service_at_locations", "service_at_locations", "service_id"), ("schedules", "schedules", "service_id"),
        ("cost_options", "cost_options", "service_id"), ("phones", "phones", "service_id"),
        ("attributes", "attributes", "link_id"),
    ),
    "service_at_locations": (("schedules", "schedules", "service_at_location_id"),),
    "locations": (
        ("addresses", "addresses", "location_id"), ("phones", "phones", "location_id"),
        ("accessibility", "accessibility", "location_id"),
    ),
}  # fmt: skip
# One thing inside another that the outer one points to.
POINTED = {
    "services": (("organization", "organizations", "organization_id"),),
    "service_at_locations": (("location", "locations", "location_id"), ("service", "services", "service_id")),
    "attributes": (("taxonomy_term", "taxonomy_terms", "taxonomy_term_id"),),
}
SERVICE_WORDS = {
    "organization", "organization_id", "service_at_locations", "cost_options", "program_id", "eligibility_description", "status",
}  # fmt: skip
DEEPEST = 8


def read_profile(content: bytes, name: str) -> Directory:
    """The directory in a JSON file: a service, an organization, a list or a page of them.

    Raises Mistakes with every mistake and its place; Refusal when it is no such JSON.
    """
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise Refusal(f"{name}{line}: JSON으로 읽을 수 없습니다. HSDS 3 API가 준 답인지 확인해 주세요.", "file") from error
    reading = _Reading()
    for table, key, value in _tops(told):
        for number, one in enumerate(value):
            if not isinstance(one, dict):
                raise Refusal(f"{name} {key}[{number}]: 묶음({{…}})이 아닙니다.", "file")
            kind = table or ("services" if SERVICE_WORDS & one.keys() else "organizations")
            reading.take(kind, one, f"{name} {key}[{number}]" if key or isinstance(told, list) else name, {}, 0)
    return directory_of({table: list(lines.values()) for table, lines in reading.found.items()})


def _tops(told: Any) -> list[tuple[str, str, list[Any]]]:
    """(table where it is known, key, objects) of the outermost lists."""
    if isinstance(told, list):
        return [("", "", told)]
    if not isinstance(told, dict):
        raise Refusal("HSDS의 서비스나 기관이 들어 있지 않은 JSON입니다.", "file")
    if "id" in told:
        return [("", "", [told])]
    lists = (("", "contents"), ("services", "services"), ("organizations", "organizations"), ("locations", "locations"))
    return [(table, key, told[key]) for table, key in lists if isinstance(told.get(key), list)]


class _Reading:
    """Objects taken apart into tables. The same object may stand inside several others; it is one record."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, Line]] = {}

    def take(self, table: str, told: Mapping[str, Any], place: str, outer: Mapping[str, str], depth: int) -> str:
        """Take an object and all inside it; returns its id."""
        if depth > DEEPEST:
            raise Refusal(f"{place}: 너무 깊이 들어 있습니다.", "file")
        cells = {key: _text(value) for key, value in told.items() if not isinstance(value, dict | list)} | dict(outer)
        key = cells.get("id", "").strip().lower()
        for name, table_in, column in POINTED.get(table, ()):
            if isinstance(told.get(name), dict):
                cells[column] = self.take(table_in, told[name], f"{place}.{name}", {}, depth + 1)
        lines = self.found.setdefault(table, {})
        known = lines.get(key) if key else None
        if known is None:
            lines[key or place] = Line(place, cells)
        else:
            lines[key] = Line(known.place, {**cells, **{name: text for name, text in known.cells.items() if text}})
        for name, table_in, column in INSIDE.get(table, ()):
            inner = told.get(name)
            for number, one in enumerate(inner if isinstance(inner, list) else []):
                if isinstance(one, dict):
                    self.take(table_in, one, f"{place}.{name}[{number}]", {column: key}, depth + 1)
        return key


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return ""
    return value if isinstance(value, str) else repr(value)


def profile_of(directory: Directory, areas: Mapping[str, tuple[str, str]] | None = None) -> bytes:
    """One page of full services. Organizations and places without a service stand beside them under their own keys."""
    raw = raw_of(directory, areas or {})
    held = {
        (table, column, key): list(group)
        for table, column in {(table, column) for inside in INSIDE.values() for _name, table, column in inside}
        for key, group in _grouped(raw[table], column).items()
    }
    by_id = {table: {line.cells["id"]: _cells(table, line, held) for line in lines} for table, lines in raw.items()}
    services = [_nested(one, by_id, held) for one in by_id["services"].values()]
    said = {one["organization_id"] for one in services}
    shown = {place["location_id"] for one in services for place in one["service_at_locations"]}
    left = [one for key, one in by_id["organizations"].items() if key not in said]
    lone = [one for key, one in by_id["locations"].items() if key not in shown]
    page = {
        "total_items": len(services), "total_pages": 1, "page_number": 1, "size": len(services), "first_page": True,
        "last_page": True, "empty": not services, "contents": services, "organizations": left, "locations": lone,
    }  # fmt: skip
    return json.dumps(page, ensure_ascii=False, indent=1).encode()


Held = dict[tuple[str, str, str], list[Line]]
# Columns that the specification gives as numbers.
_NUMBERS = {"latitude": float, "longitude": float, "minimum_age": int, "maximum_age": int, "amount": int}


def _grouped(lines: list[Line], column: str) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.cells.get(column, ""), []).append(line)
    return found


def _cells(table: str, line: Line, held: Held) -> dict[str, Any]:
    """A record with its numbers as numbers and its phones, addresses and accessibility inside it."""
    cells: dict[str, Any] = {name: _NUMBERS.get(name, str)(text) for name, text in line.cells.items()}
    for name, table_in, column in INSIDE.get(table, ()):
        if table_in in ("phones", "addresses", "accessibility"):
            cells[name] = [dict(one.cells) for one in held.get((table_in, column, cells["id"]), [])]
    return cells


def _nested(one: dict[str, Any], by_id: dict[str, dict[str, dict[str, Any]]], held: Held) -> dict[str, Any]:
    """A service with everything inside it."""

    def inside(table: str, column: str, key: str) -> list[dict[str, Any]]:
        return [by_id[table][line.cells["id"]] for line in held.get((table, column, key), [])]

    key = one["id"]
    places = [
        {
            **row,
            "location": by_id["locations"][row["location_id"]],
            "schedules": inside("schedules", "service_at_location_id", row["id"]),
        }
        for row in inside("service_at_locations", "service_id", key)
    ]
    return {
        **one,
        "organization": by_id["organizations"][one["organization_id"]],
        "service_at_locations": places,
        "schedules": [row for row in inside("schedules", "service_id", key) if not row.get("service_at_location_id")],
        "cost_options": inside("cost_options", "service_id", key),
        "attributes": [
            {**row, "taxonomy_term": by_id["taxonomy_terms"][row["taxonomy_term_id"]]}
            for row in inside("attributes", "link_id", key)
        ],
    }
