"""The workbook of the rows that could not be loaded, to be mended and uploaded again."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from chatdong.safetynet.discovery.queries import ListRowLine

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_XML = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF])


def harmless(text: str) -> str:
    """A text that no spreadsheet runs as a formula: one that starts like a formula gets an apostrophe in front (CWE-1236)."""
    text = text.translate(_NOT_IN_XML)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def error_sheet(columns: Sequence[str], rows: Iterable[ListRowLine]) -> bytes:
    """An .xlsx: the file's own columns, then the line in the file and the reason in words."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("오류")
    header = [*columns, "파일의 줄", "오류 이유"]
    for place in range(1, len(header)):
        sheet.column_dimensions[get_column_letter(place)].width = 16
    sheet.column_dimensions[get_column_letter(len(header))].width = 60
    sheet.freeze_panes = "A2"
    bold = []
    for text in header:
        cell = WriteOnlyCell(sheet, value=harmless(text))
        cell.font = Font(bold=True)
        bold.append(cell)
    sheet.append(bold)
    for row in rows:
        sheet.append([*(harmless(str(cell)) for cell in row.cells), row.number, harmless(row.sentence)])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
