"""Worked cases: households whose answer a person has worked out, kept beside the rule they prove."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chatdong.engines.eligibility import assess
from chatdong.engines.eligibility.book import Fact, RuleBook, Subject
from chatdong.engines.eligibility.facts import Household, Status, Value, fits
from chatdong.safetynet.benefits.catalog.fields import Fields

CASE = ("name", "day", "rest", "people", "given", "expect", "amount")
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Case:
    """One worked case of a benefit. `amount`: won, least and most; None where the case does not say."""

    benefit: str
    name: str
    day: date
    household: Household
    expect: Status
    amount: tuple[int, int] | None
    line: int


def read_case(fields: Fields, benefit: str, facts: Mapping[str, Fact]) -> Case | None:
    """A case as written; None where it cannot be used.

    `rest: none` (the default) means that every fact not given is 0, no or the first option; `unknown` that nobody told it.
    A person's `age` is in years; a value is a number, true/false, an option, [least, most] or null for unknown.
    """
    fields.only(*CASE)
    before = len(fields.reader.problems)
    rest = fields.choice("rest", ("none", "unknown")) if "rest" in fields.entry else "none"
    day = fields.day("day", must=True)
    expect = fields.choice("expect", tuple(one.value for one in Status))
    name = fields.text("name")
    people = []
    for line, one in fields.items("people", must=True):
        person = Fields(fields.reader, fields.file, one, line)
        people.append(_told(person, facts, Subject.PERSON, rest))
        if people[-1].get("age_months") is None and rest == "none":
            person.wrong("age", "a person without an age", "write age: in years, or age_months:")
    given = fields.inside("given")
    told = _told(given, facts, Subject.HOUSEHOLD, rest) if given else _rest(facts, Subject.HOUSEHOLD, rest)
    amount = _amount(fields)
    if len(fields.reader.problems) > before or day is None:
        return None
    return Case(benefit, name, day, Household(told, tuple(people)), Status(expect), amount, fields.entry.line)


def _rest(facts: Mapping[str, Fact], subject: Subject, rest: str) -> dict[str, Value]:
    if rest == "unknown":
        return {}
    return {key: 0 for key, one in facts.items() if one.subject == subject and key != "age_months"}


def _told(fields: Fields, facts: Mapping[str, Fact], subject: Subject, rest: str) -> dict[str, Value]:
    told = _rest(facts, subject, rest)
    for key, written in fields.entry.items():
        name, value = key, written
        if key == "age" and subject == Subject.PERSON:
            name, value = "age_months", _months(written)
        fact = facts.get(name)
        if fact is None or fact.subject != subject:
            fields.wrong(key, f"'{key}' is no fact of the {subject.value}", "see facts.yaml")
            continue
        try:
            told[name] = _value(fact, value)
        except (KeyError, TypeError, ValueError):
            fields.wrong(key, f"'{key}' cannot be {written!r}", _what_it_may_be(fact))
    return {key: value for key, value in told.items() if value is not None}


def _months(years: Any) -> Any:
    if isinstance(years, list) and len(years) == 2 and all(type(one) is int for one in years):
        return [years[0] * MONTHS, years[1] * MONTHS + MONTHS - 1]
    return years * MONTHS if type(years) is int else years


def _value(fact: Fact, written: Any) -> Value:
    if written is None:
        return None
    if isinstance(written, list):
        low, high = (int(one) for one in written)
        value: Value = (low, high)
    elif isinstance(written, str):
        value = fact.place_of(written)
    elif isinstance(written, int):
        value = int(written)
    else:
        raise TypeError
    if not fits(fact, value):
        raise ValueError
    return value


def _what_it_may_be(fact: Fact) -> str:
    if fact.options:
        return f"use one of {', '.join(one.id for one in fact.options)}"
    return f"use a whole number from {fact.least} to {fact.most}, true/false for yes/no, [least, most], or null for unknown"


def _amount(fields: Fields) -> tuple[int, int] | None:
    written = fields.entry.get("amount")
    if written is None:
        return None
    if type(written) is int:
        return (written, written)
    if isinstance(written, list) and len(written) == 2 and all(type(one) is int for one in written):
        return (written[0], written[1])
    fields.wrong("amount", "an amount is won, or [least, most]", "write amount: 820556")
    return None


def differences(book: RuleBook, cases: tuple[Case, ...]) -> Iterator[tuple[Case, str]]:
    """Cases whose answer is not the expected one, and what came out instead."""
    for case in cases:
        verdict = assess(book.on(case.day), case.household).verdicts[case.benefit]
        if verdict.status != case.expect:
            yield case, f"expected {case.expect.value}, came out {verdict.status.value}"
        elif case.amount is not None and verdict.amount != case.amount:
            yield case, f"expected the amount {_won(case.amount)}, came out {_won(verdict.amount)}"


def _won(amount: tuple[int, int] | None) -> str:
    if amount is None:
        return "none"
    return f"{amount[0]:,}" if amount[0] == amount[1] else f"{amount[0]:,} to {amount[1]:,}"
