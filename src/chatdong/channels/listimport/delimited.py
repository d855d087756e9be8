"""Text tables: UTF-8 with or without a mark, CP949, UTF-16 as Excel writes "유니코드 텍스트"; comma, tab, semicolon or bar."""

import csv
import io
import re
from collections import Counter

from chatdong.channels.listimport.grid import MOST_ROWS, Grid, Row
from chatdong.kernel.errors import Refusal
from chatdong.kernel.hangul import nfc

_SEPARATORS = ",\t;|"
_SAMPLE = 30
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def grid_of_text(content: bytes) -> Grid:
    """The table in a text file. Raises Refusal when its letters or its quotes cannot be read."""
    text = _decoded(content)
    separator = _separator(text)
    rows = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
            if any(cell.strip() for cell in cells):
                rows.append(Row(number, tuple(" ".join(nfc(cell).split()) for cell in cells)))
            if len(rows) > MOST_ROWS + 100:
                break
    except csv.Error as error:
        raise Refusal("따옴표가 맞지 않아 표로 읽을 수 없습니다. 엑셀에서 .xlsx로 저장해 다시 올려 주세요.") from error
    return Grid("", tuple(rows))


def _decoded(content: bytes) -> str:
    encodings = ["utf-8-sig", "cp949"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise Refusal("글자를 읽을 수 없는 파일입니다. 엑셀에서 'CSV UTF-8'이나 .xlsx로 저장해 다시 올려 주세요.")


def _separator(text: str) -> str:
    """The separator that parts the first lines most evenly; a comma where nothing does."""
    sample = "\n".join(text.splitlines()[:_SAMPLE])
    best, most = ",", 0
    for separator in _SEPARATORS:
        try:
            widths = Counter(len(cells) for cells in csv.reader(io.StringIO(sample), delimiter=separator) if len(cells) > 1)
        except csv.Error:
            continue
        if widths:
            width, lines = widths.most_common(1)[0]
            if width * lines > most:
                best, most = separator, width * lines
    return best
