"""The rule book as plain values: facts, measures, dated figures and benefits, and what of it is in force on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from chatdong.engines.eligibility.terms import Term, benefits, names, parameters

# A figure that nobody has checked for a year is not shown as today's.
STALE_AFTER = timedelta(days=365)
# Days whose rules are kept ready; a server that runs for years must not keep every day it saw.
DAYS_KEPT = 64


class Subject(StrEnum):
    """Whom a fact or a measure is about."""

    HOUSEHOLD = "household"
    PERSON = "person"


class Kind(StrEnum):
    """What a fact's value is: whole won a month or in all, a count, a yes/no, the place of an option from 0."""

    MONEY = "money"
    COUNT = "count"
    YES_NO = "yes_no"
    CHOICE = "choice"


class Confidence(StrEnum):
    """How well a figure is known. A low one never decides."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice; its value is its place in the fact's options."""

    id: str
    label: str
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a household may tell: what it is, within which bounds it lies, and how to ask for it.

    `asked_when` says of whom it is asked at all; for others it is `otherwise` (a child earns nothing, who lives alone is no
    one-parent family). It may look at `age_months` and `female` only, of the person or counted over the household.
    `bands` are ranges a person may pick instead of a figure. Raises nothing.
    """

    id: str
    subject: Subject
    kind: Kind
    label: str
    least: int = 0
    most: int = 1
    options: tuple[Option, ...] = ()
    bands: tuple[tuple[int, int], ...] = ()
    asked_when: Term | None = None
    otherwise: int = 0
    label_en: str = ""
    hint: str = ""
    unit: str = ""

    def place_of(self, option: str) -> int:
        """The value of an option by its id. Raises KeyError."""
        for place, one in enumerate(self.options):
            if one.id == option:
                return place
        raise KeyError(option)


@dataclass(frozen=True, slots=True)
class Question:
    """One screen: what is asked in plain Korean and English, and the facts its answer tells."""

    id: str
    facts: tuple[str, ...]
    text: str
    text_en: str
    hint: str = ""
    hint_en: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number or yes/no worked out from facts, with its name, where it is written, and the steps a reader is shown."""

    id: str
    subject: Subject
    is_number: bool
    label: str
    term: Term
    cite: str = ""
    steps: tuple[str, ...] = ()
    label_en: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of a parameter from a day on: a whole number, or one for each size with what a further one adds."""

    since: date
    value: int | tuple[int, ...]
    cite: str
    verified_on: date
    confidence: Confidence
    until: date | None = None
    extra: int = 0
    link: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A parameter: its figures by the day they begin, oldest first."""

    id: str
    label: str
    figures: tuple[Figure, ...]
    unit: str = "won"

    def on(self, day: date) -> Figure | None:
        """The figure in force on a day; None where there is none: last year's never stands in for it."""
        found = [one for one in self.figures if one.since <= day and (one.until is None or day <= one.until)]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition of a benefit: the term that decides and the parts of the sentence that explains it.

    kind is a name of `criteria.CRITERIA`; `label` is what is looked at, `found` the term whose value is shown, `limit` what
    it is held against (None for a yes/no), `relation` how. A group (all, any, not, anyone) has `items`.
    """

    kind: str
    term: Term
    label: str = ""
    found: Term | None = None
    relation: str = ""
    limit: Term | None = None
    percent: Term | None = None
    items: tuple["Criterion", ...] = ()
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """What is paid: the term in won and how often (month, year, once, day, hour)."""

    term: Term
    per: str


@dataclass(frozen=True, slots=True)
class Benefit:
    """One benefit's rule. `criteria` are held all together; `excluded_by` are benefits that leave no room for this one.

    since/until: when it can be applied for at all. `not_with`: what may not be received at the same time. `income_tested`: more
    income never wins it.
    """

    id: str
    name: str
    criteria: tuple[Criterion, ...]
    amount: Amount | None = None
    since: date | None = None
    until: date | None = None
    excluded_by: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    law: str = ""
    unit: Subject | str = Subject.HOUSEHOLD
    income_tested: bool = False

    def is_offered(self, day: date) -> bool:
        """Whether one may apply on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class RuleBook:
    """Everything the rules say, for every day; `fingerprint` names this very text of it."""

    facts: Mapping[str, Fact]
    questions: tuple[Question, ...]
    measures: Mapping[str, Measure]
    parameters: Mapping[str, Dated]
    benefits: Mapping[str, Benefit]
    fingerprint: str = ""
    _kept: dict[tuple[date, date], "Rules"] = field(default_factory=dict, init=False, compare=False, repr=False)

    def on(self, day: date, *, today: date | None = None) -> "Rules":
        """The rules in force on a day, as far as they are known well enough today (default: that day)."""
        key = (day, today or day)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= DAYS_KEPT:
                self._kept.clear()
            found = self._kept[key] = Rules(self, *key)
        return found


@dataclass(frozen=True)
class Rules:
    """The rule book on one day: figures are single values; a benefit that leans on an unknown one is `unsure`."""

    book: RuleBook
    day: date
    today: date

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Figures in force by parameter, whatever their confidence; a parameter without one is missing."""
        return {key: found for key, one in self.book.parameters.items() if (found := one.on(self.day))}

    def doubt(self, parameter: str) -> str:
        """Why a figure may not decide: missing, low or stale; empty where it may."""
        figure = self.figures.get(parameter)
        if figure is None:
            return "missing"
        if figure.confidence == Confidence.LOW:
            return "low"
        return "stale" if self.today - figure.verified_on > STALE_AFTER else ""

    @cached_property
    def unsure(self) -> dict[str, tuple[str, ...]]:
        """Benefits that cannot be answered today and the parameters at fault: the answer is to ask the district.

        A benefit whose own conditions are well known is answered even where another one it names is unsure: that part is unknown.
        """
        found = {}
        for key, benefit in self.book.benefits.items():
            faults = tuple(sorted(one for one in self.parameters_of(benefit) if self.doubt(one)))
            if faults:
                found[key] = faults
        return found

    def parameters_of(self, benefit: Benefit) -> frozenset[str]:
        """Every parameter that decides a benefit or its amount, through its measures too."""
        terms = [one.term for one in benefit.criteria] + ([benefit.amount.term] if benefit.amount else [])
        return self.book_parameters(terms)

    def book_parameters(self, terms: Sequence[Term]) -> frozenset[str]:
        """Parameters that terms name, through the measures they name."""
        found: set[str] = set()
        seen: set[str] = set()
        waiting = list(terms)
        while waiting:
            term = waiting.pop()
            found |= parameters(term)
            for name in names(term) - seen:
                seen.add(name)
                if name in self.book.measures:
                    waiting.append(self.book.measures[name].term)
        return frozenset(found)

    @cached_property
    def measures_in_order(self) -> tuple[Measure, ...]:
        """Measures so that each stands after those it names."""
        return tuple(self.book.measures[key] for key in in_order({k: names(m.term) for k, m in self.book.measures.items()}))

    @cached_property
    def benefits_in_order(self) -> tuple[Benefit, ...]:
        """Benefits so that each stands after those whose verdict it asks for."""
        asked = {key: self.asked_by(one) for key, one in self.book.benefits.items()}
        return tuple(self.book.benefits[key] for key in in_order(asked))

    def asked_by(self, benefit: Benefit) -> frozenset[str]:
        """Benefits whose verdict decides this one."""
        terms = [one.term for one in benefit.criteria] + ([benefit.amount.term] if benefit.amount else [])
        return frozenset().union(benefit.excluded_by, *(benefits(one) for one in terms))


def in_order(needs: Mapping[str, frozenset[str]]) -> list[str]:
    """Keys so that each stands after those it needs (needs outside the mapping are ignored). Raises ValueError on a circle."""
    order: list[str] = []
    state: dict[str, int] = {}

    def place(key: str, path: tuple[str, ...]) -> None:
        if state.get(key) == 1:
            raise ValueError("a circle: " + " -> ".join((*path, key)))
        if key in state:
            return
        state[key] = 1
        for needed in sorted(needs[key]):
            if needed in needs:
                place(needed, (*path, key))
        state[key] = 2
        order.append(key)

    for key in needs:
        place(key, ())
    return order
