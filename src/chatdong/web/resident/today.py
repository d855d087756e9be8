"""What to do today about the three most useful benefits, and which answers would settle the most of what is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from chatdong.engines.clocks import WorkCalendar
from chatdong.kernel import clock
from chatdong.kernel.hangul import particle
from chatdong.web.resident.language import Beside, Say, asked_of
from chatdong.web.resident.outcome import groups_of
from chatdong.web.resident.results import Card
from chatdong.web.resident.visit import Visit

MOST_ASKS = 4
NOTHING = "없"  # a paper that says there is none to bring
BY_PHONE = "전화"


@dataclass(frozen=True)
class Today:
    """Numbers and places with the benefits they are for, papers for all of them, and a sentence to say at the counter."""

    calls: tuple[tuple[str, tuple[str, ...]], ...]
    places: tuple[tuple[Beside, tuple[str, ...]], ...]
    papers: tuple[Beside, ...]
    sentence: str


class Ask(NamedTuple):
    """A question and how many open benefits hang on its answer."""

    question: str
    text: str
    hanging: int


def today_of(cards: Sequence[Card]) -> Today:
    """The most useful benefits as a list to be gone through today."""
    calls: dict[str, list[str]] = {}
    places: dict[Beside, list[str]] = {}
    for card in cards:
        if card.phone:
            calls.setdefault(card.phone, []).append(card.names[0])
        if card.where[1] != BY_PHONE:
            places.setdefault(card.where, []).append(card.names[0])
    papers = dict.fromkeys(paper for card in cards for paper in card.papers if not paper[1].startswith(NOTHING))
    return Today(
        tuple((phone, tuple(names)) for phone, names in calls.items()),
        tuple((place, tuple(names)) for place, names in places.items()),
        tuple(papers),
        sentence_of([card.names[1] for card in cards]),
    )


def sentence_of(names: Sequence[str]) -> str:
    """What to say, in Korean whatever the page's language: a clerk hears it."""
    return f"{', '.join(names)}{particle(names[-1], '을/를')} 받을 수 있는지 알아보러 왔어요." if names else ""


def opening(calendar: WorkCalendar, at: datetime, say: Say) -> str:
    """Whether the community center is open now, and if not, when it opens: nobody goes there in vain."""
    today, hours = at.date(), calendar.hours
    if calendar.is_working_day(today) and at < calendar.closes_at(today):
        told = {"opens": f"{hours.opens:%H:%M}", "closes": f"{hours.closes:%H:%M}"}
        return say("동주민센터는 오늘 %(opens)s부터 %(closes)s까지 엽니다.", **told)
    day = calendar.working_day_on_or_after(today + timedelta(days=1))
    when = {"day": clock.date_text(day), "opens": f"{hours.opens:%H:%M}"}
    return say("동주민센터는 지금 닫혀 있고 %(day)s %(opens)s에 엽니다. 120은 밤에도 받습니다.", **when)


def asks_of(visit: Visit) -> tuple[Ask, ...]:
    """The questions that most of the open benefits hang on, also those answered with 모름."""
    flow = visit.flow
    relevance = flow.assessment.relevance
    needed = [relevance.of(key) for key in groups_of(flow, visit.catalog).maybe]
    found = []
    for question in flow.questions.values():
        bits = 0
        for fact in question.facts:
            bits |= relevance.bit(fact)
        count = sum(1 for one in needed if one & bits)
        if count and flow.screen(question.id):
            found.append(Ask(question.id, asked_of(question, visit.language)[0], count))
    return tuple(sorted(found, key=lambda one: -one.hanging)[:MOST_ASKS])
