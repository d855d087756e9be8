"""Stretches in which a promise lawfully does not run (서류 보완, 입원, 신청인의 요청), each with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chatdong.kernel.clock import kst


@dataclass(frozen=True, slots=True)
class Pause:
    """From ``start`` up to ``end``; ``end`` None means that it is still on. A pause without a reason is refused."""

    start: datetime
    end: datetime | None
    reason: str

    def __post_init__(self) -> None:
        start = kst(self.start)
        if self.end is not None and kst(self.end) < start:
            raise ValueError("멈춤이 시작보다 먼저 끝날 수 없습니다.")
        if not self.reason.strip():
            raise ValueError("멈춘 까닭을 적어야 합니다.")

    def covers(self, moment: datetime) -> bool:
        """Whether the promise rests at this moment; the end itself is running time again."""
        return self.start <= moment and (self.end is None or moment < self.end)


def rests(pauses: Iterable[Pause], at: datetime | None = None) -> tuple[tuple[datetime, datetime | None], ...]:
    """The pauses joined to stretches that do not overlap, in order; an open one is cut at ``at`` when that is given."""
    joined: list[tuple[datetime, datetime | None]] = []
    for pause in sorted(pauses, key=lambda one: one.start):
        start, end = kst(pause.start), kst(pause.end) if pause.end else None
        if end is None and at is not None:
            end = max(start, kst(at))
        if joined and (joined[-1][1] is None or start <= joined[-1][1]):
            last = joined[-1][1]
            joined[-1] = (joined[-1][0], None if last is None or end is None else max(last, end))
        else:
            joined.append((start, end))
    return tuple(joined)
