"""HSDS as a tabular data package: a zip of CSV files, one a table. Files of a folder are given as their bytes by name."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from chatdong.kernel.errors import Refusal
from chatdong.safetynet.benefits.hsds.raw import Line, Raw, directory_of, raw_of
from chatdong.safetynet.benefits.hsds.rows import Directory

MOST_BYTES = 100 * 1024 * 1024
MOST_FILES = 200
MOST_LINES = 200_000
# The tables by file name; the specification has changed between one and several.
FILES = {
    "organization": "organizations", "organizations": "organizations", "location": "locations", "locations": "locations",
    "service": "services", "services": "services", "service_at_location": "service_at_locations",
    "service_at_locations": "service_at_locations", "schedule": "schedules", "schedules": "schedules",
    "cost_option": "cost_options", "cost_options": "cost_options", "address": "addresses", "addresses": "addresses",
    "phone": "phones", "phones": "phones", "accessibility": "accessibility", "attribute": "attributes",
    "attributes": "attributes", "taxonomy_term": "taxonomy_terms", "taxonomy_terms": "taxonomy_terms",
}  # fmt: skip
WRITTEN = {"service_at_locations": "service_at_location"}
_STAMP = (1980, 1, 1, 0, 0, 0)


def read_package(files: Mapping[str, bytes]) -> Directory:
    """The directory in CSV files by name. Raises Mistakes with every mistake and its place; Refusal when nothing can be read."""
    raw: Raw = {}
    notes = []
    for name in sorted(files):
        path = PurePosixPath(name)
        if path.suffix.lower() != ".csv" or path.name.startswith((".", "_")):
            continue
        table = FILES.get(path.stem.lower())
        lines = _lines(files[name], path.name)
        if table is None:
            if lines:
                notes.append(f"{path.name}: 보관하지 않는 표라 읽지 않았습니다({len(lines):,}줄).")
            continue
        if table in raw:
            raise Refusal(f"{path.name}: 같은 표가 두 번 들어 있습니다.", "file")
        raw[table] = lines
    if not raw:
        raise Refusal("organizations.csv나 services.csv 같은 HSDS 표가 들어 있지 않습니다.", "file")
    return directory_of(raw, notes)


def files_of_zip(content: bytes) -> dict[str, bytes]:
    """The CSV files of a zip by name. Raises Refusal for a broken, locked or swelling one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = [one for one in package.infolist() if one.filename.lower().endswith(".csv")]
            if any(one.flag_bits & 0x1 for one in entries):
                raise Refusal("암호가 걸린 압축 파일입니다. 암호를 풀어 다시 올려 주세요.", "file")
            if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > MOST_BYTES:
                raise Refusal("압축을 풀면 지나치게 커지는 파일이라 읽지 않았습니다.", "file")
            return {one.filename: package.read(one) for one in entries}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise Refusal("압축 파일이 깨져 있어 읽을 수 없습니다. 다시 만들어 올려 주세요.", "file") from error


def _lines(content: bytes, name: str) -> list[Line]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            text = content.decode("cp949")
        except UnicodeDecodeError:
            raise Refusal(f"{name}: 글자를 읽을 수 없습니다. UTF-8로 저장해 주세요.", "file") from error
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text, newline=""))
    lines: list[Line] = []
    try:
        header = [title.strip().lower() for title in next(reader, [])]
        # A record may run over several lines; the place is the line it begins on.
        begins = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append(Line(f"{name}:{begins}", dict(zip(header, cells, strict=False))))
            begins = reader.line_num + 1
            if len(lines) > MOST_LINES:
                raise Refusal(f"{name}: 줄이 너무 많습니다. {MOST_LINES:,}줄까지 읽습니다.", "file")
    except csv.Error as error:
        raise Refusal(f"{name}:{reader.line_num}: 따옴표가 맞지 않아 표로 읽을 수 없습니다.", "file") from error
    return lines


def package_of(directory: Directory, areas: Mapping[str, tuple[str, str]] | None = None) -> bytes:
    """A zip of CSV tables with their datapackage.json; the same directory gives the same bytes."""
    made = io.BytesIO()
    resources = []
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for table, lines in raw_of(directory, areas or {}).items():
            name = WRITTEN.get(table, table)
            columns = list(dict.fromkeys(column for line in lines for column in line.cells))
            if not columns:
                continue
            out = io.StringIO(newline="")
            writer = csv.DictWriter(out, columns, restval="", lineterminator="\r\n")
            writer.writeheader()
            writer.writerows(line.cells for line in lines)
            resources.append({"name": name, "path": f"{name}.csv", "schema": {"fields": [{"name": one} for one in columns]}})
            _put(package, f"{name}.csv", out.getvalue())
        head = {"name": "chatdong-directory", "profile": "tabular-data-package", "resources": resources}
        _put(package, "datapackage.json", json.dumps(head, ensure_ascii=False, indent=1))
    return made.getvalue()


def _put(package: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(entry, text.encode("utf-8"))
