"""The map's grades (C-06: 고·중·저위험군) from declared reasons, each with what it contributed. No black box.

Adding a reason never lowers the grade and never clears the suicide-risk sign.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from chatdong.engines.risk.reasons import BYPASSES, REASONS, Category, Weights


class Grade(StrEnum):
    """How closely a household is to be watched. ``rank`` orders them, 0 to 3."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """0 for NONE up to 3 for HIGH."""
        return list(Grade).index(self)

    @property
    def label(self) -> str:
        """The Korean name on the map."""
        return _LABELS[self]


_LABELS = {Grade.NONE: "해당 없음", Grade.LOW: "저위험", Grade.MEDIUM: "중위험", Grade.HIGH: "고위험"}


class UnknownReason(ValueError):
    """A reason code that is not in the table."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """A declared reason and the points it added."""

    code: str
    name: str
    category: Category
    points: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The grade, the suicide-risk sign (apart from the grade), every reason with its points, and rules that went past."""

    grade: Grade
    suicide: bool
    reasons: tuple[Contribution, ...]
    points: int
    bypasses: tuple[str, ...]
    sentence: str


def assess(reasons: Iterable[str], weights: Weights) -> Verdict:
    """Grade a household from the codes of its declared reasons; a code said twice counts once.

    UnknownReason when a code is not in the table: a reason nobody can read must not be dropped silently.
    """
    codes = frozenset(reasons)
    unknown = sorted(codes - REASONS.keys())
    if unknown:
        raise UnknownReason(f"표에 없는 까닭이에요: {', '.join(unknown)}")
    parts = tuple(
        sorted(
            (Contribution(row.code, row.name, row.category, weights.of(row)) for row in map(REASONS.get, codes) if row),
            key=lambda part: (-part.points, part.code),
        )
    )
    points = sum(part.points for part in parts)
    bypasses = tuple(bypass.because for bypass in BYPASSES if bypass.codes <= codes)
    suicide = any(REASONS[code].is_suicide for code in codes)
    grade = _grade(points, bool(parts), bool(bypasses), weights)
    return Verdict(grade, suicide, parts, points, bypasses, _sentence(grade, suicide, parts, points, bypasses))


def _grade(points: int, is_declared: bool, is_bypassed: bool, weights: Weights) -> Grade:
    if is_bypassed or points >= weights.high_from:
        return Grade.HIGH
    if points >= weights.medium_from:
        return Grade.MEDIUM
    return Grade.LOW if is_declared else Grade.NONE


def _sentence(grade: Grade, suicide: bool, parts: tuple[Contribution, ...], points: int, bypasses: tuple[str, ...]) -> str:
    if not parts:
        return "적어 둔 위험 까닭이 없어요."
    listed = ", ".join(f"{part.name}({part.points}점)" for part in parts)
    text = f"{grade.label}이에요. 까닭: {listed}, 모두 {points}점."
    if bypasses:
        text += " " + " ".join(bypasses)
    return text + (" 자살위험 표시를 함께 달아요." if suicide else "")
