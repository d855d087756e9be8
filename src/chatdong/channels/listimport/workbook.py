"""The sheets of an .xlsx as text, read as a stream: values and cached formula results, merged and hidden parts told.

The XML is read here and not by openpyxl: its full mode needs fifty times the file's size in memory, its streaming mode knows
nothing of merged or hidden cells, and both stop at the slips that report tools make in styles. Format: ECMA-376 part 1 §18.
"""

import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any
from zlib import error as ZlibError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from chatdong.channels.listimport.grid import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Grid, Row, numbers_text
from chatdong.channels.listimport.kinds import SAVE_AGAIN
from chatdong.kernel.errors import Refusal
from chatdong.kernel.hangul import nfc

_BROKEN = (
    zipfile.BadZipFile, ParseError, DefusedXmlException, ZlibError, EOFError, KeyError, ValueError, IndexError, OverflowError,
    NotImplementedError, RuntimeError, OSError,
)  # fmt: skip
# Dates of East Asian Excel that openpyxl's table of built-in formats leaves out (ECMA-376 §18.8.30).
_KOREAN_DATES = {*range(27, 37), *range(50, 59)}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_ROW = 1_048_576


@dataclass
class _Styles:
    dates: set[int] = field(default_factory=set)
    epoch: datetime = WINDOWS_EPOCH


@dataclass
class _Seen:
    """What is told about a sheet besides its values."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    no_value: list[int] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)


def grids_of_workbook(content: bytes) -> list[Grid]:
    """Every sheet that holds something, in the file's order. Raises Refusal when the file is broken or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            strings, styles = _strings(package), _styles(package)
            grids = [_grid(package, name, path, strings, styles) for name, path in _sheets(package, styles)]
    except _BROKEN as error:
        raise Refusal(f"파일이 깨져 있어 읽을 수 없습니다. {SAVE_AGAIN}") from error
    return [grid for grid in grids if grid.rows]


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _ended(stream: IO[bytes], *tags: str) -> Iterator[Any]:
    """Elements of some tags as they end; everything else is let go at once."""
    for _event, element in iterparse(stream, events=("end",), forbid_dtd=True):
        if _tag(element) in tags:
            yield element


def _sheets(package: zipfile.ZipFile, styles: _Styles) -> list[tuple[str, str]]:
    """(name, path) of each worksheet; chart sheets and deeply hidden ones are left out."""
    targets = {}
    with package.open("xl/_rels/workbook.xml.rels") as stream:
        for row in _ended(stream, "Relationship"):
            if str(row.get("Type", "")).endswith("/worksheet"):
                targets[row.get("Id")] = str(row.get("Target", ""))
    sheets = []
    with package.open("xl/workbook.xml") as stream:
        for row in _ended(stream, "sheet", "workbookPr"):
            if _tag(row) == "workbookPr":
                if row.get("date1904") in ("1", "true"):
                    styles.epoch = MAC_EPOCH
                continue
            key = next((value for name, value in row.attrib.items() if name.endswith("}id")), "")
            if key in targets and row.get("state") != "veryHidden":
                target = targets[key]
                sheets.append((str(row.get("name", "")), target.lstrip("/") if target.startswith("/") else f"xl/{target}"))
    return sheets


def _strings(package: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in package.namelist():
        return []
    with package.open("xl/sharedStrings.xml") as stream:
        return [_rich_text(item) for item in _freed(_ended(stream, "si"))]


def _freed(elements: Iterator[Any]) -> Iterator[Any]:
    for element in elements:
        yield element
        element.clear()


def _rich_text(item: Any) -> str:
    """The text of a string: its own, or of its runs; how it is pronounced (rPh) is no part of it."""
    parts = []
    for child in item:
        if _tag(child) == "t":
            parts.append(child.text or "")
        elif _tag(child) == "r":
            parts += [grandchild.text or "" for grandchild in child if _tag(grandchild) == "t"]
    return "".join(parts)


def _styles(package: zipfile.ZipFile) -> _Styles:
    styles = _Styles()
    if "xl/styles.xml" not in package.namelist():
        return styles
    own: dict[int, str] = {}
    with package.open("xl/styles.xml") as stream:
        for row in _ended(stream, "numFmt", "cellXfs"):
            if _tag(row) == "numFmt":
                own[int(row.get("numFmtId", "0"))] = row.get("formatCode", "")
                continue
            for place, style in enumerate(row):
                number = int(style.get("numFmtId", "0"))
                if number in _KOREAN_DATES or is_date_format(own.get(number) or BUILTIN_FORMATS.get(number, "")):
                    styles.dates.add(place)
    return styles


def _grid(package: zipfile.ZipFile, name: str, path: str, strings: list[str], styles: _Styles) -> Grid:
    seen, rows = _Seen(), dict[int, dict[int, str]]()
    with package.open(path) as stream:
        last = 0
        for element in _ended(stream, "row", "col", "mergeCell"):
            match _tag(element):
                case "row":
                    last = int(element.get("r", last + 1))
                    if not 1 <= last <= _LAST_ROW:
                        raise ValueError(last)
                    cells = _cells(element, last, strings, styles, seen)
                    if cells:
                        rows[last] = cells
                        if element.get("hidden") in ("1", "true"):
                            seen.hidden_rows.append(last)
                    element.clear()
                case "col" if element.get("hidden") in ("1", "true"):
                    seen.hidden_columns += 1
                case "mergeCell":
                    left, top, right, bottom = range_boundaries(element.get("ref", ""))
                    seen.merged.append((left or 1, top or 1, right or 1, bottom or 1))
            if len(rows) > MOST_ROWS + 100:
                raise Refusal(f"줄이 너무 많습니다. 한 번에 {MOST_ROWS:,}줄까지 올릴 수 있습니다. 나누어 올려 주세요.")
    filled = _fill_down(rows, seen)
    width = max((max(cells) for cells in rows.values()), default=0)
    shaped = tuple(Row(number, tuple(cells.get(at, "") for at in range(1, width + 1))) for number, cells in sorted(rows.items()))
    return Grid(name, shaped, tuple(_notes(seen, filled)))


def _cells(row: Any, number: int, strings: list[str], styles: _Styles, seen: _Seen) -> dict[int, str]:
    found, column = {}, 0
    for cell in row:
        if _tag(cell) != "c":
            continue
        letters = re.match(r"[A-Z]+", cell.get("r", ""))
        column = column_index_from_string(letters[0]) if letters else column + 1
        text = _text(cell, number, strings, styles, seen)
        if text:
            if column > MOST_COLUMNS:
                raise Refusal(f"칸이 너무 많습니다. {MOST_COLUMNS}칸까지 읽습니다. 필요 없는 칸을 지우고 다시 올려 주세요.")
            found[column] = text[:LONGEST_CELL]
    return found


def _text(cell: Any, number: int, strings: list[str], styles: _Styles, seen: _Seen) -> str:
    value, has_formula, inline = "", False, ""
    for child in cell:
        match _tag(child):
            case "v":
                value = child.text or ""
            case "f":
                has_formula = True
            case "is":
                inline = _rich_text(child)
    kind = cell.get("t", "n")
    if has_formula and not value:
        seen.no_value.append(number)
        return ""
    match kind:
        case "s":
            text = strings[int(value)] if value else ""
        case "inlineStr":
            text = inline
        case "e":
            seen.errors.append(number)
            text = value
        case "n" if value:
            text = _number_text(value, int(cell.get("s", "0")) in styles.dates, styles.epoch)
        case _:
            text = value
    return " ".join(nfc(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)).split())


def _number_text(value: str, is_date: bool, epoch: datetime) -> str:
    """A number as a person would read it: whole ones without ".0" or "E9", dates as 1956-03-12."""
    number = float(value)
    if is_date and 1 <= number < 2_958_466:
        moment = from_excel(number, epoch)
        if isinstance(moment, datetime):
            return moment.strftime("%Y-%m-%d") if not (moment.hour or moment.minute) else moment.strftime("%Y-%m-%d %H:%M")
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else value


def _fill_down(rows: dict[int, dict[int, str]], seen: _Seen) -> int:
    """Give each row under a merged cell the value that stands on top of it; returns how many cells were filled."""
    filled, visited, numbers = 0, 0, sorted(rows)
    for left, top, _right, bottom in seen.merged:
        value = rows.get(top, {}).get(left, "")
        if not value or bottom == top:
            continue
        under = numbers[bisect_right(numbers, top) : bisect_right(numbers, bottom)]
        visited += len(under)
        if visited > MOST_ROWS * MOST_COLUMNS:
            raise ValueError("merged cells lie over one another")
        for number in under:
            if left not in rows[number]:
                rows[number][left] = value
                filled += 1
    return filled


def _notes(seen: _Seen, filled: int) -> Iterator[str]:
    if filled:
        yield f"합쳐진 칸이 있어 아래 {filled}칸을 위의 값으로 채웠습니다."
    if seen.hidden_rows:
        count = len(seen.hidden_rows)
        yield f"숨긴 줄 {count}개도 함께 읽었습니다(줄 {numbers_text(seen.hidden_rows)}). 필요 없으면 지우고 다시 올려 주세요."
    if seen.hidden_columns:
        yield "숨긴 칸도 함께 읽었습니다. 필요 없으면 칸 맞춤에서 빼 주세요."
    if seen.no_value:
        rows = sorted(set(seen.no_value))
        yield f"수식만 있고 계산된 값이 없는 칸이 있습니다(줄 {numbers_text(rows)}). 엑셀에서 한 번 열어 저장하면 값이 생깁니다."
    if seen.errors:
        yield f"#N/A 같은 계산 오류가 든 칸이 있습니다(줄 {numbers_text(sorted(set(seen.errors)))})."
