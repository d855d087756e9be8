"""The public welfare catalogs: XML answers of 중앙부처복지서비스 and 지자체복지서비스, and tables with the same columns.

Formats: 한국사회보장정보원 open data 15090532 (NationalWelfarelistV001, NationalWelfaredetailedV001) and 15108347
(LcgvWelfarelist, LcgvWelfaredetailed). A list answer holds many services in short, a detail answer one in full; both are read
alike: whatever element has a `servId` is a service. Nothing here is a rule: the texts stay in the catalog's own words.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from chatdong.kernel.errors import Refusal
from chatdong.kernel.hangul import nfc

NO_DATA = {"0", "00", "40"}
# How long each text may be, where the table says so; a longer one is cut and told.
LONGEST = {
    "name": 200, "ministry": 80, "area": 60, "department": 120, "life_stages": 200, "groups": 200, "themes": 200, "cycle": 60,
    "way": 60, "url": 300,
}  # fmt: skip
SOURCES = {
    "name": ("servNm",), "ministry": ("jurMnofNm",), "department": ("jurOrgNm", "bizChrDeptNm"),
    "summary": ("servDgst", "wlfareInfoOutlCn"), "targets": ("tgtrDtlCn", "sprtTrgtCn"), "criteria": ("slctCritCn",),
    "gives": ("alwServCn",), "cycle": ("sprtCycNm",), "way": ("srvPvsnNm",), "apply": ("aplyMtdCn",), "url": ("servDtlLink",),
}  # fmt: skip
CODED = {
    "life_stages": ("lifeArray", "lifeNmArray"), "groups": ("trgterIndvdlArray", "trgterIndvdlNmArray"),
    "themes": ("intrsThemaArray", "intrsThemaNmArray"),
}  # fmt: skip
# The catalogs' own code lists, for answers that give codes instead of names.
CODES: Mapping[str, Mapping[str, str]] = {
    "life_stages": {
        "001": "영유아", "002": "아동", "003": "청소년", "004": "청년", "005": "중장년", "006": "노년", "007": "임신·출산",
    },
    "groups": {
        "010": "다문화·탈북민", "020": "다자녀", "030": "보훈대상자", "040": "장애인", "050": "저소득", "060": "한부모·조손",
    },
    "themes": {
        "010": "신체건강", "020": "정신건강", "030": "생활지원", "040": "주거", "050": "일자리", "060": "문화·여가",
        "070": "안전·위기", "080": "임신·출산", "090": "보육", "100": "교육", "110": "입양·위탁", "120": "보호·돌봄",
        "130": "서민금융", "140": "법률",
    },
}  # fmt: skip
# Korean column names of exported tables.
COLUMNS = {
    "서비스아이디": "servId", "서비스ID": "servId", "서비스번호": "servId", "서비스명": "servNm", "소관부처명": "jurMnofNm",
    "부처명": "jurMnofNm", "소관조직명": "jurOrgNm", "부서명": "jurOrgNm", "담당부서명": "bizChrDeptNm",
    "사업담당부서명": "bizChrDeptNm", "시도명": "ctpvNm", "시군구명": "sggNm", "서비스요약": "servDgst", "서비스개요": "servDgst",
    "지원대상": "sprtTrgtCn", "지원대상내용": "sprtTrgtCn", "대상자상세내용": "tgtrDtlCn", "선정기준": "slctCritCn",
    "선정기준내용": "slctCritCn", "급여서비스내용": "alwServCn", "지원내용": "alwServCn", "생애주기": "lifeNmArray",
    "가구상황": "trgterIndvdlNmArray", "가구유형": "trgterIndvdlNmArray", "관심주제": "intrsThemaNmArray",
    "지원주기": "sprtCycNm",
    "제공유형": "srvPvsnNm", "서비스제공유형": "srvPvsnNm", "신청방법": "aplyMtdNm", "신청방법내용": "aplyMtdCn",
    "서비스URL": "servDtlLink", "사이트": "servDtlLink", "기준연도": "crtrYr", "최종수정일": "lastModYmd",
    "최종수정일자": "lastModYmd",
}  # fmt: skip
_BREAK, _MARK = re.compile(r"<br\s*/?>|</p>", re.I), re.compile(r"</?[A-Za-z][^<>]*>")


@dataclass(frozen=True)
class EntryRow:
    """One service as one file says it. `told` holds only fields the file fills; `weak` ones never replace a fuller text."""

    serv_id: str
    told: Mapping[str, Any]
    place: str
    weak: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Answer:
    """What a file holds. `total` is how many services its catalog says it has in all, 0 where it does not say."""

    rows: tuple[EntryRow, ...]
    total: int = 0
    problems: tuple[str, ...] = field(default=())


def read_answer(content: bytes, name: str) -> Answer:
    """The services of one XML answer. Raises Refusal where it is no answer at all, or an error told by the portal."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Refusal(f"{name}: XML로 읽을 수 없습니다. 공공데이터포털의 답을 그대로 저장한 파일인지 확인해 주세요.") from error
    _refuse_error(root, name)
    rows: list[EntryRow] = []
    problems: list[str] = []
    found = [element for element in root.iter() if any(_tag(child) == "servId" for child in element)]
    for number, element in enumerate(found, start=1):
        cells: dict[str, str] = {}
        for child in element:
            if text := _text_of(child):
                cells[_tag(child)] = f"{cells[_tag(child)]}\n{text}" if _tag(child) in cells else text
        _take(cells, f"{name} {number}번째 서비스", rows, problems)
    return Answer(tuple(rows), _whole(_first(root, "totalCount")), tuple(problems))


def read_table(header: Sequence[str], lines: Sequence[tuple[int, Sequence[str]]], name: str) -> Answer:
    """The services of a table: `lines` are (line number, cells). Raises Refusal when no column holds the service's number."""
    tags = [COLUMNS.get("".join(title.split()), "".join(title.split())) for title in header]
    if "servId" not in tags:
        raise Refusal(f"{name}: 서비스 번호 칸이 없습니다. 머리글에 '서비스아이디'나 'servId'가 있어야 합니다.")
    rows: list[EntryRow] = []
    problems: list[str] = []
    for number, line in lines:
        cells = {tag: text for tag, cell in zip(tags, line, strict=False) if (text := _cleaned(cell))}
        if cells:
            _take(cells, f"{name} {number}번째 줄", rows, problems)
    return Answer(tuple(rows), 0, tuple(problems))


def _take(cells: Mapping[str, str], place: str, rows: list[EntryRow], problems: list[str]) -> None:
    serv_id = "".join(cells.get("servId", "").split())
    if not serv_id or len(serv_id) > 20:
        problems.append(f"{place}: 서비스 번호(servId)를 읽을 수 없어 넣지 않았습니다.")
        return
    told: dict[str, Any] = {
        key: text for key, tags in SOURCES.items() if (text := next((cells[tag] for tag in tags if tag in cells), ""))
    }
    told |= {key: text for key, tags in CODED.items() if (text := _named(key, cells, tags))}
    if area := " ".join(filter(None, (cells.get("ctpvNm", ""), cells.get("sggNm", "")))):
        told["area"] = area
    weak = frozenset[str]()
    if "apply" not in told and (short := cells.get("aplyMtdNm") or cells.get("applmetList")):
        told["apply"], weak = short, frozenset({"apply"} if "aplyMtdNm" in cells else ())
    for key, tag, read in _READ:
        if tag in cells:
            if (value := read(cells[tag])) is None:
                problems.append(f"{place}: {tag}를 읽을 수 없어 비워 두었습니다({cells[tag][:20]}).")
            else:
                told[key] = value
    if "url" in told and not told["url"].startswith(("https://", "http://")):
        problems.append(f"{place}: 누리집 주소가 http로 시작하지 않아 넣지 않았습니다.")
        del told["url"]
    for key, most in LONGEST.items():
        if len(told.get(key, "")) > most:
            told[key] = told[key][: most - 1] + "…"
            problems.append(f"{place}: 글이 길어 {most}자에서 잘랐습니다({key}).")
    rows.append(EntryRow(serv_id, told, place, weak))


def _refuse_error(root: Any, name: str) -> None:
    """The portal says its errors in two shapes: its gateway's (returnAuthMsg) and the service's (resultCode)."""
    said = _first(root, "returnAuthMsg") or _first(root, "errMsg")
    code = _first(root, "resultCode")
    if not said and code and code not in NO_DATA:
        said = _first(root, "resultMessage") or code
    if said:
        raise Refusal(
            f"{name}: 공공데이터포털이 오류로 답한 파일입니다({said[:80]}). 인증키와 하루 호출 수를 확인해 다시 받아 주세요."
        )


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _first(root: Any, tag: str) -> str:
    return next((str(element.text or "").strip() for element in root.iter() if _tag(element) == tag), "")


def _text_of(element: Any) -> str:
    """A text, or for a list inside (applmetList) the names and links of its items."""
    if len(element) == 0:
        return _cleaned(element.text or "")
    said = {_tag(child): _cleaned(child.text or "") for child in element}
    return " ".join(filter(None, (said.get("servSeDetailNm", ""), said.get("servSeDetailLink", ""))))


def _cleaned(text: str) -> str:
    """A text without marks of HTML; lines are kept."""
    plain = _MARK.sub("", _BREAK.sub("\n", unescape(nfc(text))))
    lines = [" ".join(line.replace("\0", "").split()) for line in plain.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _named(key: str, cells: Mapping[str, str], tags: Sequence[str]) -> str:
    said = next((cells[tag] for tag in tags if tag in cells), "")
    return ", ".join(CODES[key].get(one, one) for one in map(str.strip, re.split(r"[,|\n]", said)) if one)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"(19|20)\d\d", text) else None


def _day(text: str) -> date | None:
    digits = re.sub(r"\D", "", text)[:8]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


_READ: tuple[tuple[str, str, Callable[[str], Any]], ...] = (("year", "crtrYr", _year), ("changed_on", "lastModYmd", _day))
