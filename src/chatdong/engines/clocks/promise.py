"""A promise: within how much time, counted on what. "72시간 안에" is ``Promise(72, Unit.HOURS, Basis.CLOCK)``.

The founding documents promise a visit within 72 hours and do not say which hours, so the basis is part of the promise
and comes with it from a dated setting.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Unit(StrEnum):
    """What the amount of a promise counts."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


class Basis(StrEnum):
    """On what the time is counted.

    CIVIL_DAYS: 민법 제157조-제161조 (first day out, a last day on a Saturday or holiday moves on).
    PETITION: 민원처리법 제19조 (up to five days in office hours of eight a day, from six on in days with the first day in).
    """

    CLOCK = "clock"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    CIVIL_DAYS = "civil_days"
    PETITION = "petition"


_BY_UNIT: Mapping[Basis, frozenset[Unit]] = {
    Basis.CLOCK: frozenset({Unit.MINUTES, Unit.HOURS}),
    Basis.WORKING_HOURS: frozenset({Unit.MINUTES, Unit.HOURS}),
    Basis.WORKING_DAYS: frozenset({Unit.DAYS}),
    Basis.CALENDAR_DAYS: frozenset({Unit.DAYS}),
    Basis.CIVIL_DAYS: frozenset({Unit.DAYS}),
    Basis.PETITION: frozenset({Unit.DAYS}),
}

# short words a settings file may use; "working" and "calendar" are settled by the unit
_SHORT: Mapping[tuple[str, Unit], Basis] = {
    ("working", Unit.MINUTES): Basis.WORKING_HOURS,
    ("working", Unit.HOURS): Basis.WORKING_HOURS,
    ("working", Unit.DAYS): Basis.WORKING_DAYS,
    ("calendar", Unit.DAYS): Basis.CALENDAR_DAYS,
    ("civil", Unit.DAYS): Basis.CIVIL_DAYS,
}

_UNIT_NAMES = {Unit.MINUTES: "분", Unit.HOURS: "시간", Unit.DAYS: "일"}
_BASIS_WORDS: Mapping[Basis, str] = {
    Basis.CLOCK: "{n} 안에 (밤과 휴일도 셉니다)",
    Basis.WORKING_HOURS: "근무시간으로 {n} 안에 (밤과 휴일은 세지 않습니다)",
    Basis.WORKING_DAYS: "근무일로 {n} 안에 (주말과 공휴일은 세지 않습니다)",
    Basis.CALENDAR_DAYS: "{n} 안에 (주말과 공휴일도 셉니다)",
    Basis.CIVIL_DAYS: "{n} 안에 (마지막 날이 쉬는 날이면 다음 근무일까지)",
    Basis.PETITION: "민원처리 기간 {n} 안에 (토요일과 공휴일은 세지 않습니다)",
}


@dataclass(frozen=True, slots=True)
class Promise:
    """``amount`` of ``unit`` counted on ``basis``. ValueError when the amount is negative or unit and basis do not fit."""

    amount: int
    unit: Unit
    basis: Basis

    def __post_init__(self) -> None:
        if isinstance(self.amount, bool) or not isinstance(self.amount, int) or self.amount < 0:
            raise ValueError(f"기한은 0 이상의 정수여야 합니다: {self.amount!r}")
        if self.unit not in _BY_UNIT[self.basis]:
            raise ValueError(f"'{self.basis}' 기준은 '{self.unit}' 단위로 셀 수 없습니다.")
        if self.basis is Basis.PETITION and self.amount == 0:
            raise ValueError("민원처리 기간은 하루 이상이어야 합니다.")

    def counted_in(self, basis: Basis) -> "Promise":
        """The same amount on another basis, to show both due times of a 72-hour promise side by side."""
        return replace(self, basis=basis)

    def in_words(self) -> str:
        """The promise in plain Korean."""
        return _BASIS_WORDS[self.basis].format(n=f"{self.amount}{_UNIT_NAMES[self.unit]}")

    def short(self) -> str:
        """Only the amount: 72시간, 근무시간 4시간, 근무일 3일."""
        word = {Basis.WORKING_HOURS: "근무시간 ", Basis.WORKING_DAYS: "근무일 "}.get(self.basis, "")
        return f"{word}{self.amount}{_UNIT_NAMES[self.unit]}"

    def as_setting(self) -> dict[str, int | str]:
        """The dict that ``parse_promise`` reads back."""
        return {self.unit.value: self.amount, "basis": self.basis.value}


def parse_promise(setting: Mapping[str, object]) -> Promise:
    """Read a setting such as ``{"hours": 72, "basis": "clock"}``; ValueError in words when it cannot be understood.

    Exactly one of minutes, hours, days, and a basis: a full name of ``Basis`` or the short words working, calendar,
    civil. Other keys (valid_from, source) are left alone.
    """
    units = [unit for unit in Unit if unit.value in setting]
    if len(units) != 1:
        raise ValueError("기한에는 minutes, hours, days 가운데 하나만 있어야 합니다.")
    unit, word = units[0], str(setting.get("basis", ""))
    basis = _SHORT.get((word, unit))
    if basis is None:
        try:
            basis = Basis(word)
        except ValueError:
            raise ValueError(f"모르는 기한 기준입니다: {word!r}") from None
    return Promise(setting[unit.value], unit, basis)  # type: ignore[arg-type]  # the amount is checked there
