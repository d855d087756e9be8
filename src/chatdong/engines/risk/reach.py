"""Could not reach: a state of its own. Each attempt must differ from the one before, and after enough of them it climbs.

Worker, 통장, agencies, police welfare check: the rungs, the hour bands and the numbers come in as dated data. Nothing
here ever says "give up"; only a signed reason stops it, and that is not an engine's to decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chatdong.kernel.clock import kst
from chatdong.kernel.hangul import with_particle


class Way(StrEnum):
    """How contact was tried. ``label`` is the Korean name."""

    VISIT = "visit"
    PHONE = "phone"
    TEXT = "text"
    NOTE = "note"
    RELATIVE = "relative"

    @property
    def label(self) -> str:
        """The Korean name."""
        return _WAY_LABELS[self]


_WAY_LABELS = {
    Way.VISIT: "방문",
    Way.PHONE: "전화",
    Way.TEXT: "문자",
    Way.NOTE: "안내문",
    Way.RELATIVE: "가족이나 이웃에게 확인",
}


class Outcome(StrEnum):
    """What came of it, in the codes of a visit's outcome (korea_domain §3)."""

    MET = "met"
    ABSENT = "absent"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    MOVED = "moved"
    DIED = "died"
    ADMITTED = "admitted"
    BY_PHONE = "by_phone"


NOT_REACHED = frozenset({Outcome.ABSENT, Outcome.UNREACHABLE})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt: when (aware), how, who (an opaque reference) and what came of it."""

    at: datetime
    way: Way
    who: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class HourBand:
    """A part of the week: from ``start`` up to ``end`` o'clock, on weekends or on the other days."""

    code: str
    name: str
    start: int
    end: int
    is_weekend: bool = False

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies in the band, on a Korean clock."""
        local = kst(moment)
        return (local.weekday() >= 5) is self.is_weekend and self.start <= local.hour < self.end


@dataclass(frozen=True, slots=True)
class ReachRung:
    """Who takes it up once ``after`` differing attempts have failed."""

    code: str
    title: str
    after: int


@dataclass(frozen=True, slots=True)
class ReachSettings:
    """Bands and ways in the order of preference, the rungs lowest first, and after how many failed attempts in a row
    by one person somebody else should go. ValueError when a part is missing or the rungs do not climb.
    """

    bands: tuple[HourBand, ...]
    ways: tuple[Way, ...]
    rungs: tuple[ReachRung, ...]
    change_person_after: int = 2

    def __post_init__(self) -> None:
        if not self.bands or not self.ways or not self.rungs:
            raise ValueError("시간대, 방법, 단계가 하나 이상 있어야 해요.")
        if len(self.bands) * len(self.ways) < 2:
            raise ValueError("다르게 시도할 수 있게 시간대나 방법이 둘 이상 있어야 해요.")
        steps = [rung.after for rung in self.rungs]
        if steps[0] != 0 or steps != sorted(set(steps)):
            raise ValueError("단계는 0번부터 시작해 점점 커져야 해요.")

    def band_of(self, moment: datetime) -> str:
        """Code of the band of a moment; hours outside every band are one more band, "other"."""
        return next((band.code for band in self.bands if band.holds(moment)), "other")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to try next: it differs from the last attempt. ``other_person``: somebody else than ``last_who`` should go."""

    way: Way
    band: HourBand
    other_person: bool
    last_who: str | None
    rung: ReachRung
    sentence: str


def in_vain(attempts: Sequence[Attempt]) -> tuple[Attempt, ...]:
    """The failed attempts since somebody was last reached (or the household answered in any other way), in order."""
    row: list[Attempt] = []
    for attempt in sorted(attempts, key=lambda one: one.at):
        row = [*row, attempt] if attempt.outcome in NOT_REACHED else []
    return tuple(row)


def differs(attempt: Attempt, earlier: Sequence[Attempt], settings: ReachSettings) -> bool:
    """Whether hour band, way or person differs from the last failed attempt; True when there is none."""
    row = in_vain(earlier)
    return not row or _kind(attempt, settings) != _kind(row[-1], settings)


def attempts_counted(attempts: Sequence[Attempt], settings: ReachSettings) -> int:
    """How many failed attempts count: the same thing again, right after the last, is no new attempt."""
    row = in_vain(attempts)
    return sum(n == 0 or _kind(one, settings) != _kind(row[n - 1], settings) for n, one in enumerate(row))


def rung(attempts: Sequence[Attempt], settings: ReachSettings) -> ReachRung:
    """The highest rung that the failed attempts have reached."""
    tried = attempts_counted(attempts, settings)
    return next(step for step in reversed(settings.rungs) if step.after <= tried)


def next_attempt(attempts: Sequence[Attempt], settings: ReachSettings) -> Suggestion:
    """What to try next: the least tried hour band first, then the least tried way, never the last pair again."""
    row, step = in_vain(attempts), rung(attempts, settings)
    bands_tried = [settings.band_of(one.at) for one in row]
    ways_tried = [one.way for one in row]
    pairs_tried = list(zip(bands_tried, ways_tried, strict=True))
    options = [(band, way) for band in settings.bands for way in settings.ways]
    if row:
        options = [(band, way) for band, way in options if (band.code, way) != pairs_tried[-1]]
    band, way = min(
        options,
        key=lambda option: (
            pairs_tried.count((option[0].code, option[1])),
            bands_tried.count(option[0].code),
            ways_tried.count(option[1]),
            bool(row) and option[0].code == bands_tried[-1],
        ),
    )
    last = row[-settings.change_person_after :]
    other = len(last) == settings.change_person_after and len({one.who for one in last}) == 1
    who = row[-1].who if row else None
    return Suggestion(way, band, other, who, step, _sentence(len(row), band, way, other, step))


def _kind(attempt: Attempt, settings: ReachSettings) -> tuple[str, Way, str]:
    return settings.band_of(attempt.at), attempt.way, attempt.who


def _sentence(tried: int, band: HourBand, way: Way, other: bool, step: ReachRung) -> str:
    if not tried:
        return f"아직 시도하지 않았어요. {band.name}에 {way.label}부터 해 보세요."
    text = f"{tried}번 만나지 못했어요. 이번에는 지난번과 다르게 {band.name}에 {with_particle(way.label, '으로/로')} 해 보세요."
    if other:
        text += " 다른 사람이 해 보는 것이 좋아요."
    if step.after:
        text += f" 이제 {with_particle(step.title, '과/와')} 함께 확인할 때예요."
    return text
