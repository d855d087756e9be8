"""Reading a register: one line a person, the lines of one household sharing its number."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from chatdong.engines.linkage.normalize import normal_birth, normal_phones
from chatdong.ground.households.states import Circumstances, Dwelling, Relation, Sex
from chatdong.kernel.errors import Refusal

NEEDED = ("가구", "동", "이름")
KNOWN = (
    *NEEDED,
    "통",
    "반",
    "도로명주소",
    "상세주소",
    "집의형태",
    "생년월일",
    "성별",
    "관계",
    "전화",
    "사정",
    "주소비공개",
    "경도",
    "위도",
)
WORDS: Mapping[str, Mapping[str, str]] = {
    "성별": {
        "여": Sex.FEMALE,
        "여자": Sex.FEMALE,
        "여성": Sex.FEMALE,
        "남": Sex.MALE,
        "남자": Sex.MALE,
        "남성": Sex.MALE,
        "": "",
    },
    "관계": {str(label): value for value, label in Relation.choices} | {"본인": Relation.HEAD, "": Relation.OTHER},
    "집의형태": {str(label): value for value, label in Dwelling.choices} | {"": ""},
    "사정": {str(label): value for value, label in Circumstances.choices},
}


@dataclass
class ReadPerson:
    """One person as read."""

    name: str
    birth: date | None
    birth_year: int | None
    sex: str
    relation: str
    phone: str


@dataclass
class ReadHome:
    """One household as read, with the lines it came from."""

    number: str
    lines: list[int]
    cells: dict[str, str]
    people: list[ReadPerson] = field(default_factory=list)
    circumstances: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


def read_homes(path: Path, today: date) -> Iterator[ReadHome]:
    """The households of a file, as a stream; those with `faults` are not to be loaded.

    UTF-8 (with or without a mark) or CP949. Lines of one household stand together.

    Raises:
        Refusal: the file cannot be read, or lacks a column; the sentence says which.
    """
    with path.open(encoding=_encoding(path), newline="") as opened:
        lines = csv.DictReader(opened)
        header = [name.strip() for name in lines.fieldnames or ()]
        lines.fieldnames = header
        missing = [name for name in NEEDED if name not in header]
        if missing:
            raise Refusal(f"{path.name}: 머리글에 {', '.join(missing)} 칸이 없습니다. 쓸 수 있는 칸: {', '.join(KNOWN)}")
        if any("주민등록번호" in name for name in header):
            raise Refusal(
                f"{path.name}: 주민등록번호 칸이 있습니다. 이 칸을 지우고 다시 넣어 주세요. 주민등록번호는 받지 않습니다."
            )
        home: ReadHome | None = None
        for number, raw in enumerate(lines, start=2):
            cells = {name: " ".join((raw.get(name) or "").split()) for name in KNOWN}
            if home is None or cells["가구"] != home.number:
                if home is not None:
                    yield home
                home = ReadHome(cells["가구"], [], cells)
            home.lines.append(number)
            _add(home, cells, number, today)
        if home is not None:
            yield home


def _encoding(path: Path) -> str:
    try:
        with path.open("rb") as opened:
            start = opened.read(200_000)
    except OSError as error:
        raise Refusal(f"{path}: 파일을 열 수 없습니다.") from error
    for encoding in ("utf-8-sig", "cp949"):
        try:
            start[: start.rfind(b"\n") + 1 or None].decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise Refusal(f"{path.name}: 글자를 읽을 수 없습니다. 'CSV UTF-8'로 저장해 다시 넣어 주세요.")


def _add(home: ReadHome, cells: dict[str, str], line: int, today: date) -> None:
    def fault(what: str) -> None:
        home.faults.append(f"{line}번째 줄: {what}")

    if not cells["가구"]:
        fault("가구 번호가 없습니다.")
    birth = normal_birth(cells["생년월일"], today) if cells["생년월일"] else None
    # a year alone is a birth year only where nothing more was written: 20260231 is a mistake
    if birth is not None and birth.day is None and (birth.year is None or len(cells["생년월일"].rstrip("년생 ")) > 4):
        fault(f"생년월일을 읽을 수 없습니다({cells['생년월일']}).")
    phones = normal_phones(cells["전화"])
    if cells["전화"] and not phones.first:
        fault(f"전화번호를 읽을 수 없습니다({cells['전화']}).")
    for column in ("성별", "관계", "집의형태"):
        if cells[column] not in WORDS[column]:
            fault(f"{column} 칸의 '{cells[column]}'을 모릅니다. 쓸 수 있는 말: {', '.join(filter(None, WORDS[column]))}")
    for word in filter(None, cells["사정"].replace(",", " ").split()):
        if word in WORDS["사정"]:
            home.circumstances.add(WORDS["사정"][word])
        else:
            fault(f"사정 칸의 '{word}'을 모릅니다. 쓸 수 있는 말: {', '.join(WORDS['사정'])}")
    home.people.append(
        ReadPerson(
            cells["이름"], birth.day if birth else None, birth.year if birth else None, WORDS["성별"].get(cells["성별"], ""),
            WORDS["관계"].get(cells["관계"], Relation.OTHER), phones.first or "",
        )
    )  # fmt: skip
