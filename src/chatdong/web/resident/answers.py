"""What somebody told, as it travels in the page: compact JSON there and back, and the household it is for the rules.

Nothing of it is kept here. Choices travel by the id of their option, so that a shared link survives a new order of options.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from chatdong.engines.eligibility import Household, Value, fits
from chatdong.engines.eligibility.book import Fact, Kind, RuleBook, Subject

LONGEST = 8000
MOST_PEOPLE = 12
MOST_SITUATIONS = 12


@dataclass(frozen=True)
class Told:
    """Facts of the home and of each person by id; questions answered (in their order) and put off; situations found by words."""

    people: tuple[Mapping[str, Value], ...] = ()
    home: Mapping[str, Value] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    plight: tuple[str, ...] = ()

    def household(self) -> Household:
        """As the rules read it. Who lives alone has no spouse at home; nobody is asked that."""
        people = [dict(one) for one in self.people] or [{}]
        if len(people) == 1:
            people[0]["spouse"] = 0
        return Household(dict(self.home), tuple(people))

    def value(self, fact: str, person: int | None) -> Value:
        """What was told of the home (person None) or of a person."""
        return (self.home if person is None else self.people[person]).get(fact)

    def with_value(self, fact: str, person: int | None, value: Value) -> "Told":
        """The same with one more answer; None takes it back."""
        told = dict(self.home if person is None else self.people[person])
        told.pop(fact, None)
        if value is not None:
            told[fact] = value
        if person is None:
            return replace(self, home=told)
        return replace(self, people=tuple(told if i == person else one for i, one in enumerate(self.people)))

    def with_asked(self, question: str) -> "Told":
        """The question counts as answered, also with 모름."""
        asked = self.asked if question in self.asked else (*self.asked, question)
        return replace(self, asked=asked, later=tuple(one for one in self.later if one != question))

    def put_off(self, question: str) -> "Told":
        """나중에: asked once more when nothing else is left, then no more."""
        if question in self.later or question in self.asked:
            return self.with_asked(question)
        return replace(self, later=(*self.later, question))


@dataclass(frozen=True)
class Reading:
    """What could be read; `wrong` are the names of answers that could not; a text that is nothing of ours is `is_broken`."""

    told: Told
    wrong: tuple[str, ...] = ()
    is_broken: bool = False


def written(told: Told, book: RuleBook) -> str:
    """As the page carries it. Empty parts are left out."""
    parts: dict[str, Any] = {
        "p": [_plain(one, book) for one in told.people],
        "h": _plain(told.home, book),
        "a": list(told.asked),
        "l": list(told.later),
        "s": list(told.plight),
    }
    return json.dumps({key: part for key, part in parts.items() if part}, separators=(",", ":"), ensure_ascii=False)


def read(text: str, book: RuleBook, situations: Mapping[str, object]) -> Reading:
    """What a page sent back. Whatever cannot be right is left out and named; nothing raises."""
    if not text:
        return Reading(Told())
    try:
        parts = json.loads(text) if len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        parts = None
    if not isinstance(parts, dict) or set(parts) - {"p", "h", "a", "l", "s"}:
        return Reading(Told(), is_broken=True)
    people, home = parts.get("p", []), parts.get("h", {})
    if not isinstance(people, list) or len(people) > MOST_PEOPLE or not all(isinstance(one, dict) for one in (*people, home)):
        return Reading(Told(), is_broken=True)
    wrong: list[str] = []
    questions = {one.id for one in book.questions}
    told = Told(
        tuple(_facts(one, Subject.PERSON, book, wrong) for one in people),
        _facts(home, Subject.HOUSEHOLD, book, wrong),
        _names(parts.get("a", []), questions),
        _names(parts.get("l", []), questions),
        _names(parts.get("s", []), set(situations))[:MOST_SITUATIONS],
    )
    return Reading(told, tuple(dict.fromkeys(wrong)))


def _names(said: object, known: set[str]) -> tuple[str, ...]:
    listed = [one for one in said if isinstance(one, str)] if isinstance(said, list) else []
    return tuple(dict.fromkeys(one for one in listed if one in known))


def _plain(told: Mapping[str, Value], book: RuleBook) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in told.items():
        fact = book.facts[name]
        if fact.kind == Kind.CHOICE and not isinstance(value, tuple) and value is not None:
            found[name] = fact.options[int(value)].id
        elif value is not None:
            found[name] = list(value) if isinstance(value, tuple) else int(value)
    return found


def _facts(said: Mapping[str, Any], subject: Subject, book: RuleBook, wrong: list[str]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, plain in said.items():
        fact = book.facts.get(name)
        value = _value(plain, fact) if fact is not None and fact.subject == subject else None
        if value is None:
            wrong.append(str(name)[:60])
        else:
            found[name] = value
    return found


def _value(plain: object, fact: Fact) -> Value:
    """A value of a fact, None where it cannot be one."""
    value: Value = None
    if fact.kind == Kind.CHOICE:
        value = next((place for place, one in enumerate(fact.options) if one.id == plain), None)
    elif _is_number(plain):
        value = plain  # type: ignore[assignment]
    elif isinstance(plain, list) and len(plain) == 2 and all(_is_number(one) for one in plain):
        value = (plain[0], plain[1])
    return value if value is not None and fits(fact, value) else None


def _is_number(plain: object) -> bool:
    return isinstance(plain, int) and not isinstance(plain, bool)
