"""Forms that somebody began and has not sent: what they are called and where they go on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from chatdong.ground.households.queries import Masked, masked_rows


@dataclass(frozen=True)
class Unsent:
    """One unsent form."""

    title: str
    href: str
    saved_at: datetime


# The key of a draft -> its words and the screen it belongs to; the number in it is the household.
KEYS = (
    (re.compile(r"visit-(\d+)"), "방문 기록", "staff-visit-record"),
    (re.compile(r"household-(\d+)-change"), "가구 정보 고치기", "staff-household-change"),
    (re.compile(r"household-(\d+)-grade"), "위험군 정하기", "staff-household-grade"),
    (re.compile(r"household-(\d+)-safety"), "안전계획", "staff-household-safety"),
    (re.compile(r"report-new()"), "신고 접수", "staff-report-new"),
)


def unsent_of(drafts: Iterable[object], most: int = 5) -> list[Unsent]:
    """Drafts as lines, those of which the screen is known; at most some, newest first."""
    found = []
    for draft in drafts:
        for shape, words, name in KEYS:
            told = shape.fullmatch(draft.key)  # type: ignore[attr-defined]
            if told:
                found.append((_(words), name, told.group(1), draft.saved_at))  # type: ignore[attr-defined]
    found = found[:most]
    masks = masked_rows([int(number) for _words, _name, number, _at in found if number])
    lines = (_line(words, name, number, masks, at) for words, name, number, at in found)
    return [line for line in lines if line is not None]


def _line(words: str, name: str, number: str, masks: dict[int, Masked], at: datetime) -> Unsent | None:
    masked = masks.get(int(number)) if number else None
    try:
        href = reverse(name, args=(int(number),) if number else ())
    except NoReverseMatch:
        return None
    return Unsent(f"{words}: {masked.name}" if masked else words, href, at)
