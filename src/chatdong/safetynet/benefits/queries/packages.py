"""For the paper of a day's visits: of each household, what to speak of and what to ask there, in a handful of queries for all.

Paper gets lost. It names benefits only, no amount, reason or person, and none that would tell of health, disability or
violence (개인정보 보호법 §23): these are counted, and looked up on the screen.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from chatdong.engines.eligibility import Status, assess, next_questions
from chatdong.engines.eligibility.book import RuleBook, Rules
from chatdong.engines.eligibility.terms import Named, Term, benefits, walk
from chatdong.kernel.clock import kst
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read
from chatdong.safetynet.benefits.catalog import Catalog
from chatdong.safetynet.benefits.models import Claim
from chatdong.safetynet.benefits.queries.homes import Homes
from chatdong.safetynet.benefits.queries.told import Told, told_of_many
from chatdong.safetynet.benefits.queries.whose import left_for

SENSITIVE = frozenset({
    "disability", "ltc_grade", "needs_daily_help", "dementia", "serious_illness", "in_hospital", "low_spirits", "pregnant",
    "trying_for_child", "crisis_illness", "crisis_abuse",
})  # fmt: skip
HEALTH_WORDS = (
    "장애", "치매", "환자", "질환", "정신", "마음", "중독", "도박", "임신", "난임", "자살", "폭력", "학대", "암", "요양", "범죄",
    "수술",
)  # fmt: skip
NAMED, ASKED = 4, 2


@dataclass(frozen=True)
class Package:
    """What to take along to one household: names of benefits, how many more the screen shows, and what to ask first."""

    names: tuple[str, ...]
    more: int
    ask: tuple[str, ...]


def packages_for(
    *, by: Actor, household_ids: Collection[int], catalog: Catalog, at: datetime, free: frozenset[str] = frozenset(),
    own_ids: Iterable[int] = (),
) -> dict[int, Package]:  # fmt: skip
    """The packages of those households that are within reach (BENEFIT_READ), by id; written to the log with whose they are.

    `free` are benefits that everybody may have. `own_ids`: those of them that the actor answers for, as the caller knows.
    """
    scope, day = reach(by, Permission.BENEFIT_READ), kst(at).date()
    own = list(own_ids) if scope.owner_id is not None else []
    seen = Homes.objects.filter(scope.q(dong="dong_id"), pk__in=list(household_ids)) | Homes.objects.filter(pk__in=own)
    ids = sorted(seen.values_list("id", flat=True).distinct())
    rules = catalog.book.on(day)
    # A screen that asks for anything of health is left out whole: its text would tell what it asks.
    questions = {one.id: one.text for one in catalog.book.questions if not set(one.facts) & SENSITIVE}
    claimed: dict[int, list[str]] = {}
    for home, benefit in Claim.objects.filter(household_id__in=ids, closed_at=None).values_list("household_id", "benefit"):
        claimed.setdefault(home, []).append(benefit)
    found = {
        home: _package(rules, told, catalog, questions, claimed.get(home, []), free)
        for home, told in told_of_many(ids, catalog.book, at=at, day=day).items()
    }
    if found:
        record_read("benefit.packages", by=by, at=at, subjects=tuple(sorted(found)), count=len(found))
    return found


def _package(
    rules: Rules, told: Told, catalog: Catalog, questions: dict[str, str], claimed: list[str], free: frozenset[str]
) -> Package:
    assessed = assess(rules, told.household)
    likely = [
        one for one in assessed.verdicts.values()
        if one.status == Status.ELIGIBLE and one.benefit not in free
        and left_for(
            rules.book.benefits[one.benefit], [told.resident_ids[place] for place in one.who], told.resident_ids, told.got,
            rules.book,
        )
    ]  # fmt: skip
    likely.sort(key=lambda one: (-(one.amount[1] if one.amount else 0), one.benefit))
    keys = list(dict.fromkeys([*claimed, *(one.benefit for one in likely)]))
    told_on_paper = [
        key for key in keys
        if key in catalog.book.benefits and not tells_of_health(catalog.book, key) and not names_health(catalog.pages[key].name)
    ]  # fmt: skip
    names = tuple(catalog.pages[key].name for key in told_on_paper[:NAMED])
    ranked = next_questions(rules, told.household, assessed, ())
    ask = tuple(questions[one.question] for one in ranked if one.question in questions)
    return Package(names, len(keys) - len(names), ask[:ASKED])


def names_health(name: str) -> bool:
    """Whether a benefit's name alone makes whoever reads the paper think of health, disability or violence."""
    return any(word in name for word in HEALTH_WORDS)


def tells_of_health(book: RuleBook, benefit: str) -> bool:
    """Whether to name a benefit is to tell of health, disability or violence: a condition of it asks for such a fact.

    That such a fact changes a sum (a deduction from the income) tells nothing.
    """
    kept: dict[str, bool] = book.__dict__.setdefault("_tells_of_health", {})
    if benefit not in kept:
        kept[benefit] = False  # what asks for itself in a circle tells nothing by that
        rule = book.benefits[benefit]
        asked = frozenset().union(*(benefits(one.term) for one in rule.criteria))
        kept[benefit] = any(_asks(one.term, book) for one in rule.criteria) or (
            bool(asked) and all(tells_of_health(book, one) for one in asked)
        )
    return kept[benefit]


def _asks(term: Term, book: RuleBook) -> bool:
    for part in walk(term):
        if isinstance(part, Named):
            measure = book.measures.get(part.name)
            if part.name in SENSITIVE or (measure is not None and not measure.is_number and _asks(measure.term, book)):
                return True
    return False
