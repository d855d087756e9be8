"""Phone numbers as lists hold them: Excel took the first zero, two in one cell, no area code."""

import re
from dataclasses import dataclass

from chatdong.kernel.hangul import plain
from chatdong.kernel.identity import phone_digits

_RUN = re.compile(r"\+?\(?\d[\d\s().·-]*\d")
_BETWEEN = re.compile(r"[,/;|&\n\t~]|\s{2,}|또는|혹은|및")


@dataclass(frozen=True)
class Phones:
    """The personal numbers found, digits only. `first` is "" when there is none; `note` says in Korean what was left out."""

    first: str = ""
    others: tuple[str, ...] = ()
    note: str = ""

    def __bool__(self) -> bool:
        return bool(self.first)

    @property
    def all(self) -> tuple[str, ...]:
        """Every number, the first one first."""
        return (self.first, *self.others) if self.first else ()


def normal_phones(value: object, area: str = "02") -> Phones:
    """The numbers in one cell. Idempotent over `first`.

    1012345678 gets its zero back, 82 becomes 0, a number without area code gets `area` ("" to leave such a number out).
    Public lines (112, 1588-0000) and numbers nobody has (010-0000-0000) belong to no person and are left out.
    """
    if value is None or isinstance(value, bool):
        return Phones()
    if isinstance(value, float):
        value = int(value) if value == value and abs(value) < 10**15 else ""
    text = plain(str(value)).strip().removesuffix(".0")
    if not text:
        return Phones()
    if area == "02" and re.fullmatch(r"2[2-9][0-9]{6}", text):  # 02-312-5678 that lost its zero, or 2312-5678 in Seoul
        return Phones("0" + text, ("02" + text,))
    found: list[str] = []
    left_out = False
    for piece in _BETWEEN.split(text):
        for run in _RUN.findall(piece):
            for phone in _phones_of(run, area):
                if _is_personal(phone):
                    found.append(phone)
                else:
                    left_out = True
    unique = tuple(dict.fromkeys(found))
    if unique:
        return Phones(unique[0], unique[1:])
    return Phones(note="대표번호이거나 없는 번호예요." if left_out else "전화번호로 읽을 수 없어요.")


def _phones_of(run: str, area: str) -> list[str]:
    digits = re.sub(r"[^0-9]", "", run)
    whole = _completed(digits, area)
    if whole:
        return [whole]
    words = [_completed(re.sub(r"[^0-9]", "", word), "") for word in run.split()]
    if len(words) > 1 and all(words):
        return [word for word in words if word]
    halves = [_completed(half, "") for half in (digits[: len(digits) // 2], digits[len(digits) // 2 :])]
    return [half for half in halves if half] if all(halves) and len(digits) >= 18 else []


def _completed(digits: str, area: str) -> str | None:
    """The number with the zero that a spreadsheet took, or with the area code that was not said."""
    known = phone_digits(digits)
    if known:
        return known
    if re.fullmatch(r"1[016789]\d{7,8}|2[2-9]\d{7}|(?:[3-6][1-5]|70|50\d)\d{7,8}", digits):
        return phone_digits("0" + digits)
    if area and re.fullmatch(r"[2-9]\d{6,7}", digits):
        return phone_digits(area + digits)
    return None


def _is_personal(phone: str) -> bool:
    return len(phone) > 8 and not re.search(r"(\d)\1{6,}$", phone)
