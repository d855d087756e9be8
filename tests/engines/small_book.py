"""A rule book of a few lines for tests of the engine, with formulas and conditions as the catalog writes them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chatdong.engines.eligibility import Household, Verdict, assess
from chatdong.engines.eligibility.book import (
    Amount,
    Benefit,
    Confidence,
    Dated,
    Fact,
    Figure,
    Kind,
    Measure,
    Option,
    Question,
    RuleBook,
    Rules,
    Subject,
)  # fmt: skip
from chatdong.engines.eligibility.criteria import read_criterion
from chatdong.engines.eligibility.formula import FormulaError, Scope, read_condition, read_number

DAY = date(2026, 7, 1)
LONG_AGO = date(2020, 1, 1)
HOMES = (Option("own", "우리 집"), Option("jeonse", "전세"), Option("rent", "월세"))

FACTS = {
    one.id: one
    for one in (
        Fact("age_months", Subject.PERSON, Kind.COUNT, "나이(개월)", 0, 1499, unit="개월"),
        Fact("female", Subject.PERSON, Kind.YES_NO, "여성"),
        Fact("earned", Subject.PERSON, Kind.MONEY, "월급", 0, 10_000_000),
        Fact("ill", Subject.PERSON, Kind.YES_NO, "큰 병"),
        Fact("alone", Subject.HOUSEHOLD, Kind.YES_NO, "한부모"),
        Fact("savings", Subject.HOUSEHOLD, Kind.MONEY, "통장에 있는 돈", 0, 1_000_000_000),
        Fact("debt", Subject.HOUSEHOLD, Kind.MONEY, "빚", 0, 1_000_000_000),
        Fact("home", Subject.HOUSEHOLD, Kind.CHOICE, "사는 집", 0, 2, HOMES),
    )
}
MEASURES = {
    "age": ("person", "age_months // 12", "만 나이", "세"),
    "size": ("household", "count(True)", "가구원 수", "명"),
    "income": ("household", "total(earned)", "소득", "원"),
}
MEDIAN = {"median_income": [2_564_238, 4_199_292, 5_359_036, 6_494_738]}


def figure(value: int | list[int], **kept: Any) -> Figure:
    """A well-known figure unless told otherwise."""
    held = {"since": LONG_AGO, "cite": "고시", "verified_on": DAY, "confidence": Confidence.HIGH} | kept
    return Figure(value=tuple(value) if isinstance(value, list) else value, **held)


def small_book(
    benefits: Mapping[str, Mapping[str, Any]],
    parameters: Mapping[str, Any] | None = None,
    measures: Mapping[str, tuple[str, str, str, str]] | None = None,
    facts: Mapping[str, Fact] | None = None,
    questions: Mapping[str, tuple[str, ...]] | None = None,
) -> RuleBook:
    """A book; a benefit is {"criteria": [...]} and, at will, amount, excluded_by, since, until, name, income_tested."""
    facts = FACTS if facts is None else facts
    dated = {
        key: one
        if isinstance(one, Dated)
        else Dated(key, f"{key} 기준", tuple(one if isinstance(one, tuple) else (figure(one),)))
        for key, one in (MEDIAN | dict(parameters or {})).items()
    }
    known: dict[str, Measure] = {}
    for key, (subject, text, label, unit) in (MEASURES | dict(measures or {})).items():
        scope = Scope(facts, known, dated, subject=Subject(subject))
        try:
            term, is_number = read_number(text, scope), True
        except FormulaError:
            term, is_number = read_condition(text, scope), False
        known[key] = Measure(key, Subject(subject), is_number, label, term, cite=f"{label} 법", unit=unit)
    scope = Scope(facts, known, dated, frozenset(benefits))
    made = {key: _benefit(key, one, scope) for key, one in benefits.items()}
    asked = tuple(Question(key, told, f"{key}?", f"{key}?") for key, told in (questions or {}).items())
    return RuleBook(facts, asked, known, dated, made)


def _benefit(key: str, written: Mapping[str, Any], scope: Scope) -> Benefit:
    amount = Amount(read_number(written["amount"], scope), "month") if "amount" in written else None
    criteria = tuple(read_criterion(one, scope) for one in written["criteria"])
    others = {one: written[one] for one in ("excluded_by", "since", "until", "income_tested") if one in written}
    return Benefit(key, written.get("name", f"{key} 급여"), criteria, amount, law=f"{key} 법", **others)


def people(*ages: int | None, **told: Any) -> tuple[dict[str, Any], ...]:
    """Persons by full years, all telling the same otherwise."""
    return tuple(({} if age is None else {"age_months": age * 12}) | told for age in ages)


def home(*ages: int | None, **facts: Any) -> Household:
    """A household of persons by age, telling these facts."""
    return Household(facts, people(*(ages or (40,))))


def rules_of(book: RuleBook, day: date = DAY) -> Rules:
    """The rules on a day that figures are verified on."""
    return book.on(day, today=DAY)


def verdict(criteria: Any, household: Household, **kept: Any) -> Verdict:
    """The verdict of one benefit that has these conditions."""
    listed = criteria if isinstance(criteria, list) else [criteria]
    parameters, measures = kept.pop("parameters", None), kept.pop("measures", None)
    book = small_book({"it": {"criteria": listed} | kept}, parameters, measures)
    return assess(rules_of(book), household).verdicts["it"]
