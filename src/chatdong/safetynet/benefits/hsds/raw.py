"""Between tables of texts, as files hold them, and our rows: addresses, phones and terms are folded in and unfolded again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from chatdong.kernel.errors import Refusal
from chatdong.safetynet.benefits.hsds.columns import TABLES, Column, cleaned
from chatdong.safetynet.benefits.hsds.rows import Directory, Term

SITUATION, BENEFIT = "chatdong:situation", "chatdong:benefit"
FIELDS = {
    "organizations": "organizations", "locations": "locations", "services": "offerings", "service_at_locations": "places",
    "schedules": "schedules", "cost_options": "costs",
}  # fmt: skip
FOLDED = ("addresses", "phones", "accessibility", "attributes", "taxonomy_terms")
MOST_TOLD = 30
# Parts that come from several cells, in letters.
LONGEST = {"phone": 30, "address": 160, "dong": 40, "accessibility": 200, "description": 300}
# Parts of a repetition that we do not keep as such; they are written into the schedule's words.
_REPEATS = ("interval", "until", "count", "bymonthday", "byyearday", "byweekno")


@dataclass(frozen=True)
class Line:
    """One record of a file: its cells by HSDS column, and where it stands."""

    place: str
    cells: Mapping[str, str]

    def get(self, name: str) -> str:
        return cleaned(self.cells.get(name, ""))


Raw = dict[str, list[Line]]


class Mistakes(Refusal):
    """A directory file that cannot be used; `problems` are all mistakes, each with its place."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        more = f" 외 {len(self.problems) - MOST_TOLD}건" if len(self.problems) > MOST_TOLD else ""
        super().__init__("\n".join(self.problems[:MOST_TOLD]) + more, "file")


@dataclass
class _Reading:
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def directory_of(raw: Raw, notes: Iterable[str] = ()) -> Directory:
    """The rows of a file's tables. Raises Mistakes with everything that is wrong, each with its place."""
    reading = _Reading(notes=list(notes))
    folded = _folded(raw)
    rows = {FIELDS[table]: tuple(_rows(table, raw.get(table, []), folded, reading)) for table in TABLES}
    if reading.problems:
        raise Mistakes(reading.problems)
    if not any(rows.values()):
        raise Refusal("기관이나 서비스가 하나도 없는 파일입니다.", "file")
    return Directory(**rows, notes=tuple(reading.notes))


def _rows(table: str, lines: list[Line], folded: "_Folded", reading: _Reading) -> Iterable[Any]:
    kind, columns = TABLES[table]
    seen: dict[str, str] = {}
    for line in lines:
        if table == "schedules" and not (line.get("service_id") or line.get("service_at_location_id")):
            reading.notes.append(f"{line.place}: 서비스에 딸리지 않은 이용 시간이라 읽지 않았습니다.")
            continue
        values = _values(columns, line, reading)
        if values is None:
            continue
        key = values["key"]
        if key in seen:
            reading.problems.append(f"{line.place}: id가 {seen[key]}와 같습니다({key}).")
            continue
        seen[key] = line.place
        yield _with_parts(table, kind(**values, place=line.place), line, folded, reading)


def _values(columns: tuple[Column, ...], line: Line, reading: _Reading) -> dict[str, Any] | None:
    values: dict[str, Any] = {}
    before = len(reading.problems)
    for column in columns:
        text = line.get(column.theirs)
        if not text:
            if column.needed:
                reading.problems.append(f"{line.place}: {column.theirs} 칸이 비어 있습니다.")
            continue
        try:
            values[column.ours] = column.read(text)
        except ValueError as error:
            reading.problems.append(f"{line.place}: {column.theirs} - {error}({text[:40]}).")
    return values if len(reading.problems) == before else None


@dataclass(frozen=True)
class _Folded:
    """Addresses, phones, accessibility and terms by the id of what they belong to."""

    addresses: dict[str, list[Line]]
    phones: dict[str, list[Line]]
    accessibility: dict[str, list[Line]]
    attributes: dict[str, list[Line]]
    terms: dict[str, Line]


def _folded(raw: Raw) -> _Folded:
    def by(table: str, *names: str) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = {}
        for line in raw.get(table, []):
            # A phone that names several owners belongs to the nearest thing only.
            if key := next((line.get(name).lower() for name in names if line.get(name)), ""):
                found.setdefault(key, []).append(line)
        return found

    return _Folded(
        by("addresses", "location_id"), by("phones", "service_id", "location_id", "organization_id"),
        by("accessibility", "location_id"), by("attributes", "link_id"),
        {line.get("id").lower(): line for line in raw.get("taxonomy_terms", [])},
    )  # fmt: skip


def _with_parts(table: str, row: Any, line: Line, folded: _Folded, reading: _Reading) -> Any:
    """The row with what other tables say of it."""
    parts: dict[str, Any] = {}
    if table in ("organizations", "locations", "services"):
        parts["phone"] = _phone(folded.phones.get(row.key, []))
    if table == "locations":
        address = next((one for one in folded.addresses.get(row.key, []) if one.get("address_type") != "postal"), None)
        if address is not None:
            parts["address"] = " ".join(filter(None, (address.get("address_1"), address.get("address_2"))))
            parts["dong"] = address.get("region")
        parts["accessibility"] = next((one.get("description") for one in folded.accessibility.get(row.key, [])), "")
    if table == "services":
        parts |= _terms(folded, row.key, reading)
    if table == "schedules":
        told = [f"{name.upper()}={line.get(name)}" for name in _REPEATS if line.get(name) not in ("", "1" * (name == "interval"))]
        if told:
            parts["description"] = "; ".join(filter(None, (row.description, *told)))
    for name, text in parts.items():
        if len(text) > LONGEST.get(name, len(text)):
            reading.problems.append(f"{row.place}: {name} - {LONGEST[name]}자를 넘습니다({text[:40]}).")
    return replace(row, **parts)


def _phone(lines: list[Line]) -> str:
    for line in lines:
        if line.get("number") and line.get("type").lower() != "fax":
            return line.get("number") + (f" (내선 {line.get('extension')})" if line.get("extension") else "")
    return ""


def _terms(folded: _Folded, key: str, reading: _Reading) -> dict[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = {"situations": [], "benefits": [], "taxonomy": []}
    for line in folded.attributes.get(key, []):
        term = folded.terms.get(line.get("taxonomy_term_id").lower())
        if term is None:
            reading.problems.append(f"{line.place}: taxonomy_term_id - 파일에 없는 분류입니다({line.get('taxonomy_term_id')}).")
            continue
        taxonomy, code, name = term.get("taxonomy"), term.get("code"), term.get("name")
        kept = {SITUATION: "situations", BENEFIT: "benefits"}.get(taxonomy, "taxonomy")
        value = (taxonomy, code, name) if kept == "taxonomy" else code
        if value not in found[kept]:
            found[kept].append(value)
    return {name: tuple(values) for name, values in found.items()}


def raw_of(directory: Directory, areas: Mapping[str, tuple[str, str]]) -> Raw:
    """The tables of a directory. `areas` maps a location's id to (city, gu) for its address."""
    raw: Raw = {}
    for table, (_kind, columns) in TABLES.items():
        raw[table] = [
            Line("", {one.theirs: one.write(value) for one in columns if (value := getattr(row, one.ours)) not in (None, "")})
            for row in getattr(directory, FIELDS[table])
        ]
    raw |= {table: [] for table in FOLDED}
    for name, rows in (
        ("organization_id", directory.organizations), ("location_id", directory.locations), ("service_id", directory.offerings),
    ):  # fmt: skip
        for row in rows:  # type: ignore[attr-defined]
            if row.phone:
                raw["phones"].append(_line(row.key, "phone", {name: row.key, "number": row.phone, "type": "voice"}))
    for one in directory.locations:
        if one.address or one.dong:
            city, gu = areas.get(one.key, ("", ""))
            raw["addresses"].append(_line(one.key, "address", {
                "location_id": one.key, "address_1": one.address, "city": gu, "region": one.dong, "state_province": city,
                "postal_code": "", "country": "KR", "address_type": "physical",
            }))  # fmt: skip
        if one.accessibility:
            said = {"location_id": one.key, "description": one.accessibility}
            raw["accessibility"].append(_line(one.key, "accessibility", said))
    terms: dict[str, Line] = {}
    for service in directory.offerings:
        said_of = [
            *((SITUATION, one, one) for one in service.situations), *((BENEFIT, one, one) for one in service.benefits),
            *service.taxonomy,
        ]  # fmt: skip
        raw["attributes"] += [_attribute(service.key, term, terms) for term in said_of]
    raw["taxonomy_terms"] = list(terms.values())
    return raw


def _attribute(key: str, term: Term, terms: dict[str, Line]) -> Line:
    taxonomy, code, name = term
    line = _line("", repr(term), {"code": code, "name": name, "taxonomy": taxonomy})
    terms.setdefault(line.cells["id"], line)
    said = {"link_id": key, "taxonomy_term_id": line.cells["id"], "link_type": "attribute", "link_entity": "service"}
    return _line(key, repr(term), said)


def _line(owner: str, what: str, cells: dict[str, str]) -> Line:
    """A record that has no id with us; its id is always the same for the same thing."""
    return Line("", {"id": str(uuid5(NAMESPACE_URL, f"hsds:{owner}:{what}")), **cells})
