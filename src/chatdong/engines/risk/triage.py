"""How soon a report has to be looked at, from its free text and the answers to a few plain questions.

Recall comes first. Words and answers only ever raise the urgency: a "no" never talks a danger word down, and adding
text never lowers it. The hotlines are shown at once, because sending a form makes nobody come.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from chatdong.engines.risk.danger import DANGER
from chatdong.engines.risk.hardship import HARDSHIP
from chatdong.engines.risk.signs import HOTLINES, Hotline, Sign, Urgency
from chatdong.kernel.hangul import plain

SIGNS: tuple[Sign, ...] = DANGER + HARDSHIP

_ELLIPSIS = re.compile(r"\.{2,}|…+")
_SENTENCE_END = re.compile(r"[.!?。]+(?=\s|$)")
_KEPT = re.compile(r"[0-9a-z가-힣ㄱ-ㅣ|]")
_FIRST_TO_CALL = ("119", "112")


class Answer(StrEnum):
    """What a reporter may say to a question."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the report form, what a yes means, and what "모르겠어요" means."""

    code: str
    text: str
    if_yes: Urgency
    if_unknown: Urgency
    hotlines: tuple[str, ...]
    sentence: str


QUESTIONS: dict[str, Question] = {
    row.code: row
    for row in (
        Question(
            "life_in_danger",
            "지금 목숨이 위험해 보이나요?",
            Urgency.NOW,
            Urgency.TODAY,
            ("119", "112"),
            "목숨이 위험해 보인다고 하셨어요. 지금 바로 119에 전화하세요.",
        ),
        Question(
            "being_hurt",
            "누가 때리거나 위협하고 있나요?",
            Urgency.NOW,
            Urgency.SOON,
            ("112", "1366"),
            "누가 때리거나 위협한다고 하셨어요. 지금 바로 112에 전화하세요.",
        ),
        Question(
            "wants_to_die",
            "죽고 싶다는 말을 하나요?",
            Urgency.NOW,
            Urgency.SOON,
            ("109", "119"),
            "죽고 싶다는 말을 한다고 하셨어요. 지금 바로 109에 전화하세요.",
        ),
        Question(
            "child_alone",
            "어린아이가 돌보는 사람 없이 있나요?",
            Urgency.NOW,
            Urgency.SOON,
            ("112",),
            "어린아이가 혼자 있다고 하셨어요. 지금 바로 112에 전화하세요.",
        ),
        Question(
            "not_seen",
            "며칠째 보이지 않나요?",
            Urgency.NOW,
            Urgency.SOON,
            ("119", "112"),
            "며칠째 보이지 않는다고 하셨어요. 119나 112에 확인을 부탁하세요.",
        ),
        Question(
            "no_food_or_heat",
            "먹을 것이 없거나 전기, 수도, 난방이 끊겼나요?",
            Urgency.TODAY,
            Urgency.SOON,
            ("129", "120"),
            "먹을 것이 없거나 전기, 수도, 난방이 끊겼다고 하셨어요. 오늘 확인해야 해요.",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Found:
    """Words of the report, as written, that made a sign."""

    words: str
    sign: str
    name: str
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class Triage:
    """The urgency, whom to call (in order), the words found (most urgent first) and what to show in plain Korean."""

    urgency: Urgency
    hotlines: tuple[Hotline, ...]
    found: tuple[Found, ...]
    sentence: str


def triage(text: str, answers: Mapping[str, str] | None = None, at_least: Urgency = Urgency.ROUTINE) -> Triage:
    """Judge a report. ``answers``: question code -> yes, no or unknown; codes this form does not know are ignored.

    ``at_least``: the floor of the channel it came by; a worried neighbor writes in ways no table foresees, so a
    report about somebody is best given SOON, and asks the questions besides.
    """
    squeezed, places = _squeeze(text)
    written = plain(text)
    found: list[Found] = []
    signs: list[Sign] = []
    for sign in SIGNS:
        spans = [match.span() for match in sign.regex.finditer(squeezed)]
        if spans:
            signs.append(sign)
        for start, end in spans:
            words = " ".join(written[places[start] : places[end - 1] + 1].split())
            found.append(Found(words, sign.code, sign.name, sign.urgency))
    raised = list(_raised(answers or {}))
    urgencies = [at_least] + [sign.urgency for sign in signs] + [urgency for _, urgency in raised]
    urgency = max(urgencies, key=lambda one: one.rank)
    top = [sign for sign in signs if sign.urgency is urgency]
    asked = [question for question, level in raised if level is urgency]
    return Triage(urgency, _hotlines(urgency, top, asked), _ordered(found), _sentence(urgency, top, asked, found))


def _squeeze(text: str) -> tuple[str, list[int]]:
    """The text in lower case without spaces and marks, "|" at sentence ends, and where each letter stood in ``plain(text)``."""
    written = plain(text)
    marked = _ELLIPSIS.sub(lambda dots: " " * len(dots[0]), written)
    marked = _SENTENCE_END.sub(lambda mark: "|" + " " * (len(mark[0]) - 1), marked.replace("|", " "))
    kept = [(char.lower(), place) for place, char in enumerate(marked) if _KEPT.match(char.lower())]
    return "".join(char for char, _ in kept), [place for _, place in kept]


def _raised(answers: Mapping[str, str]) -> Iterable[tuple[Question, Urgency]]:
    for code, question in QUESTIONS.items():
        if answers.get(code) == Answer.YES:
            yield question, question.if_yes
        elif answers.get(code) == Answer.UNKNOWN:
            yield question, question.if_unknown


def _hotlines(urgency: Urgency, signs: list[Sign], asked: list[Question]) -> tuple[Hotline, ...]:
    numbers = [number for sign in signs for number in sign.hotlines]
    numbers += [number for question in asked for number in question.hotlines]
    if urgency is Urgency.NOW:
        numbers = [*(one for one in _FIRST_TO_CALL if one in numbers), *numbers]
    return tuple(HOTLINES[number] for number in dict.fromkeys(numbers))


def _ordered(found: list[Found]) -> tuple[Found, ...]:
    return tuple(sorted(dict.fromkeys(found), key=lambda one: -one.urgency.rank))


def _sentence(urgency: Urgency, signs: list[Sign], asked: list[Question], found: list[Found]) -> str:
    sentences = list(dict.fromkeys([*(sign.sentence for sign in signs), *(_told(row, urgency) for row in asked)]))
    if not sentences:
        return "급한 위험을 뜻하는 말은 없어요. 차례대로 확인할게요."
    words = [one.words for one in found if one.urgency is urgency]
    quoted = f"'{words[0]}'라고 적으셨어요. " if words else ""
    return quoted + " ".join(sentences[:2])


def _told(question: Question, urgency: Urgency) -> str:
    if urgency is question.if_yes:
        return question.sentence
    return f"'{question.text}'에 모르겠다고 하셨어요. 확인해 볼게요."
