"""Files as districts send them, made on the spot."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

HEADER = ["연번", "행정동", "성명", "생년월일", "연락처", "주소", "발굴사유"]


def workbook(*sheets: tuple[str, Sequence[Sequence[Any]]], merged: Sequence[str] = (), hidden_rows: Sequence[int] = ()) -> bytes:
    """An .xlsx with the named sheets; `merged` and `hidden_rows` are of the first one."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    first = book.worksheets[0]
    for place in merged:
        first.merge_cells(place)
    for row in hidden_rows:
        first.row_dimensions[row].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def text(rows: Sequence[Sequence[str]], encoding: str = "utf-8", separator: str = ",") -> bytes:
    """A delimited file."""
    return "\r\n".join(separator.join(row) for row in rows).encode(encoding)


def package(**members: bytes) -> bytes:
    """A zip with some members; "__" in a name stands for a slash and "_dot_" for a dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()
