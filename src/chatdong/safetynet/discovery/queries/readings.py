"""How one row of a discovery list is read, for the preview and for loading alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from chatdong.engines.linkage.births import normal_birth
from chatdong.engines.linkage.names import normal_name
from chatdong.engines.linkage.phones import normal_phones
from chatdong.safetynet.discovery.states import ListField, Subject, Urgency

URGENT_WORDS = {"지금": Urgency.NOW, "긴급": Urgency.TODAY, "오늘": Urgency.TODAY, "3일": Urgency.SOON, "일반": Urgency.ROUTINE}
FEMALE, MALE = {"여", "여자", "여성", "f", "female", "2", "4"}, {"남", "남자", "남성", "m", "male", "1", "3"}


@dataclass(frozen=True)
class RowReading:
    """What a row says. `fault` is the sentence of the error sheet, "" when the row can be loaded; `notes` are what was odd.

    `print` is equal for rows that say the same, whatever their place, spacing and cell types.
    """

    subject: Subject
    text: str
    urgency: str
    dong_name: str
    number: str
    rest: dict[str, str]
    notes: tuple[str, ...]
    fault: str
    print: str


def read_row(
    cells: Sequence[Any] | Mapping[str, Any], mapping: Mapping[str, Any], columns: Sequence[str], today: date
) -> RowReading:
    """Read one row. `mapping`: field -> column (place or name); `cells` are in the order of `columns` or keyed by them."""
    told = {field: _cell(cells, mapping[field], columns) for field in ListField.values if mapping.get(field) not in (None, "")}
    name = normal_name(told.get(ListField.NAME))
    birth = normal_birth(_number(told.get(ListField.BIRTH)), today)
    phones = normal_phones(_number(told.get(ListField.PHONE)))
    address, detail = _text(told.get(ListField.ADDRESS)), _text(told.get(ListField.DETAIL))
    reason = _text(told.get(ListField.REASON))
    notes = [note for note in (name.note, birth.note, phones.note) if note]
    subject = Subject(
        name=name.full[:60], birth=birth.day, birth_year=None if birth.day else birth.year, sex=_sex(told.get(ListField.SEX)),
        phone=phones.first, address=address[:160], detail=detail[:60],
    )  # fmt: skip
    used = {str(column) for column in mapping.values()}
    rest = {
        title: text for place, title in enumerate(columns)
        if title not in used and str(place) not in used and (text := _text(_cell(cells, place, columns)))
    }  # fmt: skip
    return RowReading(
        subject=subject, text=reason, urgency=_urgency(told.get(ListField.URGENCY)), dong_name=_text(told.get(ListField.DONG)),
        number=_text(told.get(ListField.NUMBER)), rest=rest, notes=tuple(notes), fault=_fault(subject, reason, told),
        print=_print(subject, reason, _text(told.get(ListField.NUMBER))),
    )  # fmt: skip


def _cell(cells: Sequence[Any] | Mapping[str, Any], column: Any, columns: Sequence[str]) -> Any:
    place = int(column) if str(column).isdecimal() and str(column) not in columns else None
    if place is None:
        if str(column) not in columns:
            return None
        place = list(columns).index(str(column))
    if isinstance(cells, Mapping):
        return cells.get(columns[place]) if place < len(columns) else None
    return cells[place] if place < len(cells) else None


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _text(value: Any) -> str:
    return "" if value is None else " ".join(str(_number(value)).split())


def _sex(value: Any) -> str:
    said = _text(value).lower()
    return "f" if said in FEMALE else "m" if said in MALE else ""


def _urgency(value: Any) -> str:
    said = _text(value)
    return next((str(urgency.value) for word, urgency in URGENT_WORDS.items() if word in said), "")


def _fault(subject: Subject, reason: str, told: Mapping[str, Any]) -> str:
    if not any(_text(value) for value in told.values()):
        return _("빈 줄입니다.")
    if not (subject.name or subject.phone or subject.address):
        return _("이름, 전화번호, 주소가 모두 없어 누구인지 알 수 없습니다. 하나라도 적어 주세요.")
    return ""


def _print(subject: Subject, reason: str, number: str) -> str:
    told = (
        subject.name,
        subject.birth,
        subject.birth_year,
        subject.sex,
        subject.phone,
        subject.address,
        subject.detail,
        reason,
        number,
    )
    return sha256("\x1f".join("" if one is None else str(one) for one in told).encode()).hexdigest()[:40]


def row_key(gu_id: int, pathway: str, round_name: str, fingerprint: str) -> str:
    """The report key of a row: the same words in the same round of a gu are one report, from whichever file they come."""
    digest = sha256(f"{pathway}\x1f{round_name}\x1f{fingerprint}".encode()).hexdigest()[:40]
    return f"list:{gu_id}:{digest}"


def header_of(columns: Sequence[str]) -> str:
    """What a remembered mapping is found by: equal for files whose columns have the same names in the same order."""
    return sha256("\x1f".join(" ".join(column.split()) for column in columns).encode()).hexdigest()
