"""Forms that somebody began and has not sent: what they are called and where they go on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Unsent:
    """One unsent form."""

    title: str
    href: str
    saved_at: datetime


# The key of a draft -> its words and the screen it belongs to; the number in it is the household.
KEYS = (
    (re.compile(r"visit-(\d{1,18})"), "방문 기록", "staff-visit-record"),
    (re.compile(r"household-(\d{1,18})-change"), "가구 정보 고치기", "staff-household-change"),
    (re.compile(r"household-(\d{1,18})-grade"), "위험군 정하기", "staff-household-grade"),
    (re.compile(r"household-(\d{1,18})-safety"), "안전계획", "staff-household-safety"),
    (re.compile(r"report-new()"), "신고 접수", "staff-report-new"),
)


def unsent_of(drafts: Iterable[object], most: int = 5) -> list[Unsent]:
    """Drafts as lines, those of which the screen is known; at most some, in the order given.

    A household is told by its number alone: anybody can keep a draft under any number.
    """
    found = []
    for draft in drafts:
        for shape, words, name in KEYS:
            told = shape.fullmatch(draft.key)  # type: ignore[attr-defined]
            if told:
                number = told.group(1)
                title = _("%(what)s: 가구 %(number)s") % {"what": _(words), "number": number} if number else _(words)
                href = reverse(name, args=(int(number),) if number else ())
                found.append(Unsent(title, href, draft.saved_at))  # type: ignore[attr-defined]
    return found[:most]
