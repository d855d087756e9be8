"""What an assessment comes to for the one who asked: groups of benefits, the likeliest help first, and the count so far."""

from dataclasses import dataclass
from functools import cache

from chatdong.engines.eligibility import Household, Status, Verdict, assess
from chatdong.engines.eligibility.book import Benefit, Kind, RuleBook, Rules
from chatdong.engines.eligibility.terms import names
from chatdong.safetynet.benefits.catalog import Catalog
from chatdong.safetynet.benefits.catalog.pages import Page
from chatdong.web.resident.flow import Flow
from chatdong.web.resident.language import ENGLISH

TOP = 3
CIVIL, CRISIS = "민간", "crisis_"
# A service for what was told stands among money as if it were this much a year: it is an order of cards, no figure is shown.
A_FIT, MOST_FITTING = 1_200_000, 3
# How often a sum may come in a year, so that sums of different kinds can be put in an order.
A_YEAR = {"month": 12, "quarter": 4, "year": 1, "once": 1, "day": 30, "hour": 100}


@dataclass(frozen=True)
class Tally:
    """The result so far: how many benefits stand where, and the names that come first."""

    likely: int
    open: int
    check: int
    no: int
    top: tuple[str, ...]


@dataclass(frozen=True)
class Groups:
    """Benefit ids by what can be said of them, each in its order; `everyone` are open to anybody whatever they tell."""

    likely: tuple[str, ...]
    maybe: tuple[str, ...]
    check: tuple[str, ...]
    no: tuple[str, ...]
    everyone: tuple[str, ...]


def name_of(page: Page, language: str) -> str:
    """A benefit's name."""
    return page.name_en or page.name if language == ENGLISH else page.name


def groups_of(flow: Flow, catalog: Catalog) -> Groups:
    """Every benefit in its group; those that answer what was told stand first."""
    anyones = for_everyone(flow.rules)
    by_status: dict[str, list[str]] = {status: [] for status in (*Status, "everyone")}
    told = _told_true(flow)
    for key, verdict in flow.assessment.verdicts.items():
        answers = set(catalog.pages[key].situations) & set(flow.told.plight)
        by_status["everyone" if key in anyones and not answers else verdict.status].append(key)
    for found in by_status.values():
        found.sort(key=lambda key: _order(key, flow, catalog, told))
    return Groups(
        *(tuple(by_status[one]) for one in (Status.ELIGIBLE, Status.UNKNOWN, Status.CHECK, Status.NOT_ELIGIBLE, "everyone"))
    )


def tally_of(flow: Flow, catalog: Catalog, language: str) -> Tally:
    """The counts and the first names; no explanation is made for it."""
    found = groups_of(flow, catalog)
    top = tuple(name_of(catalog.pages[one], language) for one in found.likely[:TOP])
    return Tally(len(found.likely), len(found.maybe), len(found.check), len(found.no), top)


def for_everyone(rules: Rules) -> frozenset[str]:
    """Benefits that a household of which nothing is known gets as well."""
    kept = rules.__dict__.setdefault("_for_everyone", None)
    if kept is None:
        verdicts = assess(rules, Household({}, ({},))).verdicts
        kept = rules.__dict__["_for_everyone"] = frozenset(key for key, one in verdicts.items() if one.status == Status.ELIGIBLE)
    return kept


def _order(key: str, flow: Flow, catalog: Catalog, told: frozenset[str]) -> tuple[float, float, float, str]:
    """What answers the words said, then public help in the crisis that was told, then what brings or fits most."""
    page, verdict = catalog.pages[key], flow.assessment.verdicts[key]
    looked_at = facts_of(flow.rules.book, key) & told
    plight = len(set(page.situations) & set(flow.told.plight))
    in_crisis = page.owner != CIVIL and is_for_crisis(flow.rules.book, key)
    fits = min(sum(1 for one in looked_at if not one.startswith(CRISIS)), MOST_FITTING)
    worth = _yearly(verdict, flow.rules.book.benefits[key]) + fits * A_FIT
    return -plight, -int(in_crisis), -worth, page.name


def _yearly(verdict: Verdict, benefit: Benefit) -> int:
    """Won a year, the middle of what it may be."""
    if verdict.amount is None or benefit.amount is None:
        return MOST_FITTING * A_FIT if benefit.income_tested else 0
    low, high = verdict.amount
    return (low + high) // 2 * A_YEAR.get(benefit.amount.per, 1)


def _told_true(flow: Flow) -> frozenset[str]:
    """What the household said it is or has, money apart."""
    found = set()
    for told in (flow.told.home, *flow.told.people):
        for name, value in told.items():
            fact = flow.rules.book.facts[name]
            if (fact.kind in (Kind.YES_NO, Kind.CHOICE)) and name != "female" and value and not isinstance(value, tuple):
                found.add(name)
    return frozenset(found)


@cache
def _measure_facts(book_id: str, name: str) -> frozenset[str]:
    book = _BOOKS[book_id]
    if name in book.facts:
        return frozenset((name,))
    return frozenset().union(*(_measure_facts(book_id, one) for one in names(book.measures[name].term)))


@cache
def _benefit_facts(book_id: str, benefit: str) -> frozenset[str]:
    found = (names(one.term) for one in _BOOKS[book_id].benefits[benefit].criteria)
    return frozenset().union(*(_measure_facts(book_id, name) for some in found for name in some))


@cache
def _is_for_crisis(book_id: str, benefit: str) -> bool:
    conditions = (names(one.term) for one in _BOOKS[book_id].benefits[benefit].criteria)
    looked_at = (frozenset().union(*(_measure_facts(book_id, name) for name in some)) for some in conditions if some)
    return any(all(one.startswith(CRISIS) for one in facts) for facts in looked_at)


_BOOKS: dict[str, RuleBook] = {}


def facts_of(book: RuleBook, benefit: str) -> frozenset[str]:
    """The facts that a benefit's conditions look at, through measures."""
    _BOOKS.setdefault(book.fingerprint, book)
    return _benefit_facts(book.fingerprint, benefit)


def is_for_crisis(book: RuleBook, benefit: str) -> bool:
    """Whether one of its conditions is a crisis and nothing else."""
    _BOOKS.setdefault(book.fingerprint, book)
    return _is_for_crisis(book.fingerprint, benefit)
