"""Lines of text as a file for a spreadsheet: no cell may begin a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

XLSX, CSV_UTF8, CSV_CP949 = "xlsx", "csv", "cp949"
MEDIA = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV_UTF8: "text/csv; charset=utf-8",
    CSV_CP949: "text/csv; charset=euc-kr",
}
# What a spreadsheet takes for the start of a formula (CWE-1236), a tab or line break before it included.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(text: str) -> str:
    """The text, with a quotation mark before it where a spreadsheet would calculate it."""
    return f"'{text}" if text.startswith(FORMULA) else text


def written(kind: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The file's bytes. Letters that CP949 does not know become question marks."""
    if kind == XLSX:
        return _workbook(columns, rows)
    out = StringIO(newline="")
    sheet = csv.writer(out)
    sheet.writerow(columns)
    sheet.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("cp949", "replace") if kind == CSV_CP949 else out.getvalue().encode("utf-8-sig")


def _workbook(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("명단")
    sheet.freeze_panes = "A2"
    heads = []
    for title in columns:
        cell = WriteOnlyCell(sheet, title)
        cell.font = Font(bold=True)
        heads.append(cell)
    sheet.append(heads)
    for row in rows:
        sheet.append([safe(cell) for cell in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()
