"""How soon somebody must be in touch: the engine over the words, and never less than the caller said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chatdong.engines import risk
from chatdong.safetynet.discovery.states import URGENCY_RANK, Urgency


@dataclass(frozen=True)
class Triaged:
    """The urgency, the danger words as written with the sign they made, and whom to call at once (number, name)."""

    urgency: str
    words: list[dict[str, str]]
    hotlines: list[tuple[str, str]]
    sentence: str


def triaged(text: str, *, urgency: str | None = None, answers: Mapping[str, str] | None = None) -> Triaged:
    """Judge a report's words and answers; `urgency` is what the caller thinks and is never lowered."""
    found = risk.triage(text, answers)
    words = [{"words": one.words, "sign": one.sign, "name": one.name, "urgency": str(one.urgency.value)} for one in found.found]
    return Triaged(
        urgency=more_urgent(str(found.urgency.value), urgency or Urgency.ROUTINE.value),
        words=words,
        hotlines=[(line.number, line.name) for line in found.hotlines],
        sentence=found.sentence,
    )


def more_urgent(one: str, other: str) -> str:
    """The more urgent of two."""
    return min(one, other, key=lambda urgency: URGENCY_RANK[urgency])


def answers_in(details: Mapping[str, Any]) -> dict[str, str]:
    """The answers to the form's questions among a report's other fields."""
    answers = details.get("answers")
    return {str(code): str(answer) for code, answer in answers.items()} if isinstance(answers, Mapping) else {}
