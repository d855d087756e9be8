"""Coverage: how many of those due a visit were visited, as of a day, in one unit.

The first-year report adds persons, families and households to 98,361 "명" (B-F10, B-F18) and prints two rates that its
own counts do not give (B-F12, B-F13). Here neither can happen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from chatdong.engines.cohorts.table import Unit
from chatdong.kernel.clock import date_text

NO_RATE = "-"
_TENTH = Decimal("0.1")


class MixedUnits(ValueError):
    """명, 가구, 가정, 건 were about to be added."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """``numerator`` of ``denominator`` in ``unit`` as of a day. ``denominator`` None: nobody knows how many were due."""

    numerator: int
    denominator: int | None
    unit: Unit
    as_of: date

    def __post_init__(self) -> None:
        if not isinstance(self.unit, Unit):
            raise MixedUnits(f"단위를 알 수 없는 수는 셀 수 없어요: {self.unit!r}")
        if self.numerator < 0 or (self.denominator is not None and self.denominator < 0):
            raise ValueError("수는 0보다 작을 수 없어요.")

    @property
    def rate(self) -> str:
        """Per cent, one decimal, halves up: "61.4". "-" when there is no denominator or it is zero."""
        if not self.denominator:
            return NO_RATE
        return str((Decimal(self.numerator) * 100 / Decimal(self.denominator)).quantize(_TENTH, ROUND_HALF_UP))

    @property
    def is_sound(self) -> bool:
        """False when more were counted than were due: the figures do not reconcile and must be looked at."""
        return self.denominator is None or self.numerator <= self.denominator

    @property
    def sentence(self) -> str:
        """The figure with its unit and its day in plain Korean."""
        day = date_text(self.as_of)
        if self.denominator is None:
            return f"{day} 기준 {self.numerator:,}{self.unit}. 대상 수를 알 수 없어 비율은 내지 않아요."
        text = f"{day} 기준 {self.denominator:,}{self.unit} 가운데 {self.numerator:,}{self.unit}"
        if not self.is_sound:
            return f"{text}. 대상보다 많이 셌으니 확인해 주세요."
        return f"{text} ({self.rate}%)." if self.denominator else f"{text}."

    def __add__(self, other: "Coverage") -> "Coverage":
        if not isinstance(other, Coverage):
            return NotImplemented
        return coverage((self, other))


def coverage(cells: Iterable[Coverage]) -> Coverage:
    """The sum of several coverages, as of the oldest of their days. MixedUnits when the units differ.

    One part without a denominator leaves the sum without one: its visits would be set against others' targets.
    ValueError when there is nothing to add, because then there is no unit and no day either.
    """
    parts = tuple(cells)
    if not parts:
        raise ValueError("더할 수가 없어요.")
    units = sorted({part.unit.value for part in parts})
    if len(units) > 1:
        raise MixedUnits(f"단위가 다른 수는 더할 수 없어요: {', '.join(units)}")
    known = [part.denominator for part in parts if part.denominator is not None]
    return Coverage(
        numerator=sum(part.numerator for part in parts),
        denominator=sum(known) if len(known) == len(parts) else None,
        unit=parts[0].unit,
        as_of=min(part.as_of for part in parts),
    )
