"""What a danger sign is: words that people really write, how urgent they are, and who to call.

Patterns are regular expressions over the text without spaces. Two marks keep endings, particles and a few words in
between from hiding anything: "~" stands for up to eight letters of the same sentence, and "^" after an open syllable
for that syllable with any final consonant (때리^ is 때리, 때린, 때릴, 때립 ...).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

GAP = "[^|]{0,8}"
_FINALS = 27


class Urgency(StrEnum):
    """How soon somebody has to look. ``rank`` orders them, 0 for ROUTINE to 3 for NOW."""

    ROUTINE = "routine"
    SOON = "soon"
    TODAY = "today"
    NOW = "now"

    @property
    def rank(self) -> int:
        """0 for ROUTINE up to 3 for NOW."""
        return list(Urgency).index(self)

    @property
    def label(self) -> str:
        """The Korean name."""
        return _LABELS[self]


_LABELS = {
    Urgency.NOW: "지금 바로",
    Urgency.TODAY: "오늘 안에",
    Urgency.SOON: "곧",
    Urgency.ROUTINE: "보통",
}


@dataclass(frozen=True, slots=True)
class Hotline:
    """A number to print on the screen (korea_domain §11), whom it reaches, and when to call it."""

    number: str
    name: str
    when: str


HOTLINES: dict[str, Hotline] = {
    line.number: line
    for line in (
        Hotline("119", "소방·구급", "다치거나 쓰러졌을 때, 불이나 가스 냄새가 날 때"),
        Hotline("112", "경찰", "맞거나 위협받을 때, 아이가 학대받을 때, 사람이 없어졌을 때"),
        Hotline("109", "자살예방 상담", "죽고 싶다는 말을 할 때"),
        Hotline("1366", "여성긴급전화", "가정폭력이나 성폭력을 겪을 때"),
        Hotline("1577-1389", "노인보호전문기관", "어르신이 학대받을 때"),
        Hotline("1644-8295", "장애인권익옹호기관", "장애인이 학대받을 때"),
        Hotline("1388", "청소년 상담", "청소년이 집을 나왔거나 도움이 필요할 때"),
        Hotline("129", "보건복지 상담", "먹을 것, 잘 곳, 치료비가 없을 때"),
        Hotline("120", "다산콜", "어디에 물어야 할지 모를 때"),
        Hotline("132", "법률구조", "법률 도움이 필요할 때"),
        Hotline("1397", "서민금융", "빚 때문에 어려울 때"),
    )
}


def written_out(pattern: str) -> str:
    """A pattern of the table as a plain regular expression: both marks replaced, inside and outside of a class."""
    parts, in_class = [], False
    for place, char in enumerate(pattern):
        follows = pattern[place + 1 : place + 2]
        in_class = (in_class or char == "[") and char != "]"
        if char == "^" and pattern[place - 1 : place] != "[":
            continue
        if follows == "^" and "가" <= char <= "힣":
            span = f"{char}-{chr(ord(char) + _FINALS)}"
            parts.append(span if in_class else f"[{span}]")
        else:
            parts.append(GAP if char == "~" else char)
    return "".join(parts)


@dataclass(frozen=True)
class Sign:
    """One row: a kind of danger. ``hotlines`` are numbers of the table, the first to call first."""

    code: str
    name: str
    urgency: Urgency
    hotlines: tuple[str, ...]
    sentence: str
    patterns: tuple[str, ...]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """All patterns of the sign in one, compiled once."""
        return re.compile("|".join(f"(?:{written_out(pattern)})" for pattern in self.patterns))
