"""The result in words: a card for every benefit that may be had, why not for the others, and what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from chatdong.engines.eligibility import Status, Value, Verdict, explain, steps_of
from chatdong.engines.eligibility.book import Benefit, Kind, Subject
from chatdong.engines.eligibility.phrases import TEXTS, span
from chatdong.kernel.clock import date_text
from chatdong.safetynet.benefits.catalog.pages import Law
from chatdong.safetynet.benefits.catalog.sayings import sayings
from chatdong.web.resident.danger import is_urgent
from chatdong.web.resident.flow import MEMBERS, Flow
from chatdong.web.resident.language import (
    ENGLISH,
    Beside,
    asked_of,
    label_of,
    money_range,
    paper_of,
    person_of,
    place_of,
    way_of,
)
from chatdong.web.resident.outcome import Groups, groups_of, name_of
from chatdong.web.resident.screens import bands_of
from chatdong.web.resident.visit import Visit
from chatdong.web.resident.why import Why, why_english

RECOGNIZED = "recognized_income"
FIRST = 3


@dataclass(frozen=True)
class Card:
    """One benefit as the reader sees it. What is shown at a counter stands in Korean beside the page's language."""

    id: str
    names: Beside
    summary: str
    status: str
    amount: str
    amount_text: str
    missing: tuple[str, ...]
    why: tuple[Why, ...]
    laws: tuple[Law, ...]
    phone: str
    online: str
    where: Beside
    how: str
    how_is_korean: bool
    papers: tuple[Beside, ...]
    is_urgent: bool


@dataclass(frozen=True)
class Outcome:
    """`first` are the most useful three; then the groups with the other cards; `steps` show how 소득인정액 came about.

    The counts are of whole groups, with those that stand among the first.
    """

    first: tuple[Card, ...]
    likely: tuple[Card, ...]
    maybe: tuple[Card, ...]
    check: tuple[Card, ...]
    no: tuple[Card, ...]
    everyone: tuple[Card, ...]
    steps: tuple[tuple[str, str, str], ...]
    counts: tuple[int, int, int, int]


class Answered(NamedTuple):
    """One question and what was told, to be changed."""

    question: str
    text: str
    lines: tuple[str, ...]


def outcome(visit: Visit) -> Outcome:
    """The whole result of one household."""
    found: Groups = groups_of(visit.flow, visit.catalog)

    def cards(keys: tuple[str, ...]) -> tuple[Card, ...]:
        return tuple(_card(visit, one) for one in keys)

    first = _first(visit, found)
    likely, maybe = (tuple(one for one in keys if one not in first) for keys in (found.likely, found.maybe))
    return Outcome(
        first=cards(first),
        likely=cards(likely),
        maybe=cards(maybe),
        check=cards(found.check),
        no=cards(found.no),
        everyone=cards(found.everyone),
        steps=_steps(visit),
        counts=(len(found.likely), len(found.maybe), len(found.check), len(found.no)),
    )


def _first(visit: Visit, found: Groups) -> tuple[str, ...]:
    """The most useful: what answers the trouble told, likely or not yet known, before what is likely for anyone like this.

    Of a trouble's benefits those come first that whoever wrote the trouble down called the most helpful.
    """
    plight, pages = set(visit.told.plight), visit.catalog.pages
    answers = [key for key in found.maybe if plight & set(pages[key].situations)]
    helpful = sayings().benefits if plight else {}  # read from its files at the first search

    def order(key: str) -> tuple[int, int]:
        met = plight & set(pages[key].situations)
        ranks = [helpful[one].index(key) for one in met if key in helpful.get(one, ())]
        return -len(met), min(ranks, default=len(pages))

    return tuple(sorted((*found.likely, *answers), key=order)[:FIRST])


def _card(visit: Visit, key: str) -> Card:
    page, verdict = visit.catalog.pages[key], visit.flow.assessment.verdicts[key]
    benefit, language = visit.catalog.book.benefits[key], visit.language
    english = language == ENGLISH
    how = way_of(page.how, language)
    return Card(
        id=page.id,
        names=(name_of(page, language), page.name),
        summary=page.summary_en if english else page.summary,
        status=verdict.status,
        amount=amount_of(visit, benefit, verdict),
        amount_text=page.amount_text_en if english else page.amount_text,
        missing=_missing(visit, key) if verdict.status == Status.UNKNOWN else (),
        why=why_english(visit, benefit, verdict) if english else _why(visit.flow, key),
        laws=page.law,
        phone=page.phone,
        online=page.online,
        where=place_of(page.where, language),
        how=how,
        how_is_korean=english and how == page.how,
        papers=tuple(paper_of(one, language) for one in page.documents),
        is_urgent=is_urgent(visit, page),
    )


def amount_of(visit: Visit, benefit: Benefit, verdict: Verdict) -> str:
    """한 달에 약 30만~82만 원; empty where nothing is paid or nothing can be said yet."""
    if verdict.amount is None or benefit.amount is None or verdict.amount[1] <= 0:
        return ""
    per = {
        "month": "한 달에", "quarter": "석 달에", "year": "한 해에", "once": "한 번에", "day": "하루에", "hour": "한 시간에",
    }[benefit.amount.per]  # fmt: skip
    won = money_range(*verdict.amount, visit.language, visit.say)
    return f"{won} {visit.say(per)}" if visit.language == ENGLISH else f"{visit.say(per)} {won}"


def _missing(visit: Visit, key: str) -> tuple[str, ...]:
    """What would have to be told, in the words of the questions."""
    flow = visit.flow
    relevance = flow.assessment.relevance
    needed = relevance.of(key)
    facts = [one for name, one in visit.catalog.book.facts.items() if relevance.bit(name) & needed]
    return tuple(label_of(one, visit.language) for one in facts)


def _why(flow: Flow, key: str) -> tuple[Why, ...]:
    lines = explain(flow.rules, flow.household, flow.assessment, key)
    return tuple(
        Why(line.mark, line.text, f"{line.law}{f' ({date_text(line.since)}부터)' if line.since else ''}", min(line.depth, 3))
        for line in lines
    )


def _steps(visit: Visit) -> tuple[tuple[str, str, str], ...]:
    """소득인정액, step by step: name, value, law."""
    measures = visit.catalog.book.measures
    if RECOGNIZED not in measures:
        return ()
    steps = steps_of(visit.flow.rules, visit.flow.assessment, RECOGNIZED)
    return tuple((_step_name(visit, one.measure, one.label), _won(visit, one.value), one.law) for one in steps)


def _step_name(visit: Visit, measure: str, label: str) -> str:
    return visit.catalog.book.measures[measure].label_en or label if visit.language == ENGLISH else label


def _won(visit: Visit, value: Value) -> str:
    if value is None:
        return visit.say("아직 모름")
    low, high = value if isinstance(value, tuple) else (int(value), int(value))
    if low != high and high >= 100_000_000:
        return visit.say("아직 모름")
    return money_range(low, high, visit.language, visit.say) if low != high else f"{low:,}{visit.say('원')}"


def answered(visit: Visit) -> tuple[Answered, ...]:
    """What was answered, question by question, in the order it was asked."""
    book, told = visit.catalog.book, visit.told
    members = tuple(person_of(one, i, visit.say) for i, one in enumerate(told.people))
    texts = {one.id: asked_of(one, visit.language)[0] for one in book.questions}
    found = [Answered(MEMBERS, texts[MEMBERS], members)]
    for key in told.asked:
        if key in visit.flow.questions:
            found.append(Answered(key, texts[key], _lines(visit, visit.flow.questions[key].facts)))
    return tuple(found)


def _lines(visit: Visit, facts: Sequence[str]) -> tuple[str, ...]:
    book, told, say = visit.catalog.book, visit.told, visit.say
    found, is_told = [], False
    for name in facts:
        fact = book.facts[name]
        people = range(len(told.people)) if fact.subject == Subject.PERSON else (None,)
        for person in people:
            value = told.value(name, person)
            is_told = is_told or value is not None
            if value is None or value == fact.least:
                continue
            label = label_of(fact, visit.language)
            who = f"{person_of(told.people[person], person, say)}: " if person is not None and len(told.people) > 1 else ""
            found.append(f"{who}{label}{_value(visit, name, value)}")
    return tuple(found) or ((say("해당 없음") if is_told else say("모름")),)


def _value(visit: Visit, name: str, value: Value) -> str:
    fact = visit.catalog.book.facts[name]
    if fact.kind == Kind.YES_NO or value is None:
        return ""
    if fact.kind == Kind.CHOICE:
        return "" if isinstance(value, tuple) else f" — {label_of(fact.options[int(value)], visit.language)}"
    low, high = value if isinstance(value, tuple) else (int(value), int(value))
    if fact.kind != Kind.MONEY:
        return f" — {span(low, high, fact.unit, TEXTS)}"
    open_ended = bands_of(fact)[-1] == (low, high) if fact.bands else False
    if open_ended:
        return " — " + visit.say("%(won)s 넘음", won=money_range(low - 1, low - 1, visit.language, visit.say))
    return " — " + (money_range(low, high, visit.language, visit.say) if low != high else f"{low:,}{visit.say('원')}")
