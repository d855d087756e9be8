"""The official files about places, read into rows: code tables (KIKcd_H, KIKcd_B, KIKmix) and boundary GeoJSON.

A file that cannot be used is refused as a whole with `Invalid`, in Korean, naming the file, the line and what to do.
Source: 행정표준코드 (code.go.kr) file layouts; field names of vuski/admdongkor and of KOSTAT SGIS.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chatdong.kernel.errors import Invalid

CITY_NAMES = {"11": "서울특별시"}  # boundary files may leave the city out; others come from the code table
_NAMES = {
    "code": ("행정동코드", "행정기관코드", "법정동코드"),
    "legal": ("법정동코드",),
    "city": ("시도명",),
    "gu": ("시군구명",),
    "dong": ("읍면동명",),
    "ri": ("동리명",),
    "from": ("생성일자",),
    "to": ("말소일자",),
}
_END = {"", "99991231", "00000000"}


@dataclass(frozen=True)
class PlaceCode:
    """One line of a code table: a 시, a 자치구 or a dong by its code (10 digits), from a day until a day."""

    code: str
    city: str
    gu: str
    name: str
    valid_from: date
    valid_to: date | None = None
    line: int = 0

    @property
    def level(self) -> str:
        return "city" if self.code.endswith("00000000") else "gu" if self.code.endswith("00000") else "dong"


@dataclass(frozen=True)
class PartCode:
    """One line of KIKmix: an 행정동 covers a 법정동, from a day until a day."""

    dong_code: str
    legal_code: str
    valid_from: date
    valid_to: date | None = None
    line: int = 0


def refusal(name: str, line: int, what: str, do: str, unit: str = "줄") -> Invalid:
    """The one form in which a file is refused: which file, which line, what is wrong, what to do."""
    where = f"{name} {line}번째 {unit}" if line else name
    return Invalid({"": f"{where}: {what} {do}"})


def name_key(name: str) -> str:
    """A place's name as it is compared: 상일제1동 and 상일1동, 종로1.2.3.4가동 and 종로1·2·3·4가동 are one name."""
    return re.sub(r"제(?=\d)", "", re.sub(r"[\s.,·ㆍ‧・]", "", name))


def text_of(content: bytes, name: str) -> str:
    """The text of a file in UTF-8 (with or without BOM) or CP949. Raises Invalid for anything else."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refusal(name, 0, "글자를 읽을 수 없습니다.", "UTF-8이나 CP949(EUC-KR)로 저장한 텍스트 파일을 넣어 주세요.")


def read_codes(content: bytes, name: str) -> list[PlaceCode]:
    """KIKcd_H or KIKcd_B: one row a line. Raises Invalid with the line at fault."""
    rows = []
    for line, cells in _lines(content, name, ("code", "city", "gu", "dong", "from", "to")):
        if cells.get("ri"):
            continue  # 리 below an 읍·면: this software stops at the dong
        code = _code(cells["code"], name, line)
        label = cells["dong"] or cells["gu"] or cells["city"]
        if not label:
            raise refusal(name, line, "이름이 비어 있습니다.", "시도명·시군구명·읍면동명 가운데 하나는 적어 주세요.")
        start, end = _dates(cells, name, line)
        rows.append(PlaceCode(code, cells["city"], cells["gu"], label, start, end, line))
    return rows


def read_parts(content: bytes, name: str) -> list[PartCode]:
    """KIKmix: which 법정동 an 행정동 covers; the lines of a 시 or 구 as a whole are left out. Raises Invalid."""
    rows = []
    for line, cells in _lines(content, name, ("code", "legal", "from", "to")):
        dong, legal = _code(cells["code"], name, line), _code(cells["legal"], name, line)
        if dong.endswith("00000") or legal.endswith("00000"):
            continue
        rows.append(PartCode(dong, legal, *_dates(cells, name, line), line))
    return rows


def _lines(content: bytes, name: str, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    text = text_of(content, name)
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in first else ",", strict=True)
    columns: dict[str, int] = {}
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if not columns:
                columns = _columns(cells, name, needed)
                continue
            if len(cells) <= max(columns[key] for key in needed if key != "to"):
                raise refusal(name, reader.line_num, "칸이 모자랍니다.", "받은 파일을 고치지 말고 그대로 넣어 주세요.")
            yield reader.line_num, {key: cells[at] if at < len(cells) else "" for key, at in columns.items()}
    except csv.Error as error:
        raise refusal(
            name, reader.line_num, "표로 읽을 수 없습니다.", "탭이나 쉼표로 나눈 텍스트 파일인지 확인해 주세요."
        ) from error
    if not columns:
        raise refusal(name, 0, "빈 파일입니다.", "행정표준코드관리시스템에서 다시 받아 주세요.")


def _columns(header: list[str], name: str, needed: tuple[str, ...]) -> dict[str, int]:
    columns = {}
    for key, labels in _NAMES.items():
        for label in labels:
            if label in header:
                columns[key] = header.index(label)
                break
    missing = [" 또는 ".join(_NAMES[key]) for key in needed if key not in columns]
    if missing:
        raise refusal(name, 1, f"머리글에 {', '.join(missing)} 칸이 없습니다.", "첫 줄에 칸 이름이 있는 원래 파일을 넣어 주세요.")
    return columns


def _code(text: str, name: str, line: int) -> str:
    if not re.fullmatch(r"\d{10}", text):
        raise refusal(
            name, line, f"코드가 숫자 10자리가 아닙니다({text[:20]}).", "표 프로그램이 0을 지웠는지 원래 파일과 비교해 주세요."
        )
    return text


def _dates(cells: dict[str, str], name: str, line: int) -> tuple[date, date | None]:
    start = day_of(cells["from"])
    if start is None:
        raise refusal(
            name, line, f"생성일자를 읽을 수 없습니다({cells['from'][:20]}).", "20200101이나 2020-01-01처럼 적어 주세요."
        )
    if re.sub(r"\D", "", cells["to"]) in _END:
        return start, None
    end = day_of(cells["to"])
    if end is None or end <= start:
        raise refusal(name, line, f"말소일자가 맞지 않습니다({cells['to'][:20]}).", "생성일자보다 뒤의 날짜인지 확인해 주세요.")
    return start, end


def day_of(text: str) -> date | None:
    """A day written 20200101 or 2020-01-01; None where it is not one."""
    digits = re.sub(r"[-./\s]", "", text)
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])) if re.fullmatch(r"\d{8}", digits) else None
    except ValueError:
        return None
