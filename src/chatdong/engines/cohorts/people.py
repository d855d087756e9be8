"""Who can be on a visit list: a candidate with the few facts the lists ask for, and nothing more."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chatdong.kernel.period import Period


class Circumstance(StrEnum):
    """What puts a household into 빈곤위기가정 (B-10, B-21, C-20)."""

    BASIC_LIVELIHOOD = "basic_livelihood"
    NEAR_POOR = "near_poor"
    SINGLE_PARENT = "single_parent"
    ISOLATED = "isolated"


CIRCUMSTANCE_NAMES: dict[Circumstance, str] = {
    Circumstance.BASIC_LIVELIHOOD: "기초생활 수급",
    Circumstance.NEAR_POOR: "차상위",
    Circumstance.SINGLE_PARENT: "한부모",
    Circumstance.ISOLATED: "은둔·고립",
}


@dataclass(frozen=True, slots=True)
class Held:
    """A circumstance from ``since`` to ``until``, both included; None is open on that side."""

    circumstance: Circumstance
    since: date | None = None
    until: date | None = None

    def first_day_in(self, period: Period) -> date | None:
        """The first day of the period on which it held, or None."""
        first = max(self.since or period.start, period.start)
        last = min(self.until or period.end, period.end)
        return first if first <= last else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One resident. ``came_on``: moved in (None: always here). ``left_on``: last day here, by moving or by death."""

    ref: str
    household_ref: str
    birth_date: date | None
    circumstances: tuple[Held, ...] = ()
    came_on: date | None = None
    left_on: date | None = None

    def here_from(self, day: date) -> date | None:
        """The first day from ``day`` on that the person lives here, or None when gone by then."""
        first = max(self.came_on or day, day)
        return None if self.left_on is not None and self.left_on < first else first
