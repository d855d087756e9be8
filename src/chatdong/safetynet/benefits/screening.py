"""What a run over the district makes of one household: what it may be owed, misses by little, or newly comes up to, ranked.

Pure: it is given what is known and answers with findings, each with its reason in words.
Nothing here decides about anybody (개인정보 보호법 §37의2).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from chatdong.engines.eligibility import Assessment, Household, Status, Value, Verdict, assess, explain
from chatdong.engines.eligibility.book import Benefit, Criterion, Rules
from chatdong.engines.eligibility.explain import Line
from chatdong.kernel.money import won_short
from chatdong.safetynet.benefits.catalog import Catalog
from chatdong.safetynet.benefits.population import aged
from chatdong.safetynet.benefits.queries.told import Told
from chatdong.safetynet.benefits.queries.whose import Double, left_for
from chatdong.safetynet.benefits.states import FoundKind

CRISES = ("crisis_income", "crisis_illness", "crisis_abuse", "crisis_disaster", "crisis_work", "crisis_housing", "crisis_death")
GRADES = {1: "high", 2: "medium", 3: "low"}
# What is paid once or for a day is set against what is paid a month, so that amounts can be ranked at all.
A_MONTH = {"month": 1.0, "year": 1 / 12, "quarter": 1 / 3, "once": 1 / 12, "day": 1.0, "hour": 1.0}
WHY = 300
ATTAINED = 100  # percent


@dataclass(frozen=True)
class Round:
    """The rules of one run: of its day, of the day it is compared with, and the dated settings. `back` are months since then."""

    catalog: Catalog
    rules: Rules
    compared: Rules | None
    near_percent: int
    ahead: int
    back: int
    points: Mapping[str, int]


@dataclass(frozen=True)
class Standing:
    """What other apps know of a household: its risk grade (1 high to 3 low), and whether anybody ever met or reached it."""

    grade: int | None = None
    is_met: bool = True


@dataclass(frozen=True)
class Found:
    """One line of a run's list, before it is written down."""

    benefit: str
    kind: FoundKind
    amount: tuple[int, int] | None
    need: int
    why: str


class _Looks:
    """One household assessed at the times of a run, each at most once and only where something asks for it."""

    def __init__(self, told: Told, at: Round) -> None:
        self.told, self.at = told, at

    @cached_property
    def now(self) -> Assessment:
        return assess(self.at.rules, self.told.household)

    @cached_property
    def later(self) -> Assessment:
        return assess(self.at.rules, _older(self.told.household, self.at.ahead))

    @cached_property
    def before(self) -> Assessment:
        return assess(self.at.rules, _older(self.told.household, -self.at.back))

    @cached_property
    def compared(self) -> Assessment:
        assert self.at.compared is not None
        return assess(self.at.compared, self.told.household)


def look_closely(told: Told, wanted: Collection[tuple[str, FoundKind]], at: Round, standing: Standing) -> Iterator[Found]:
    """Assess one household by the household's own interpreter and keep of `wanted` what really holds; at most one line a benefit.

    What it receives already, or what leaves no room beside what it receives, is no finding.
    """
    looks = _Looks(told, at)
    order = list(FoundKind)
    done: set[str] = set()
    for benefit, kind in sorted(wanted, key=lambda one: (one[0], -order.index(one[1]))):
        rule = at.rules.book.benefits[benefit]
        if benefit in done:
            continue
        verdicts = (looks.later if kind == FoundKind.BY_AGE else looks.now).verdicts
        met_by = [told.resident_ids[place] for place in verdicts[benefit].who]
        left = left_for(rule, met_by, told.resident_ids, told.got, at.rules.book)
        if left is None:
            continue
        said = _said(kind, rule, looks, at)
        if said is not None:
            done.add(benefit)
            amount = None if left.is_partly else said.amount
            yield ranked(replace(said, why=said.why[:WHY], amount=amount), told, at, standing)


def _said(kind: FoundKind, rule: Benefit, looks: _Looks, at: Round) -> Found | None:
    told, now = looks.told, looks.now
    verdict = now.verdicts[rule.id]
    if kind == FoundKind.NEAR:
        line = near(at.rules, told.household, now, rule, at.near_percent)
        return None if line is None else Found(rule.id, kind, None, 0, line.text)
    if kind == FoundKind.BY_AGE and verdict.status == Status.NOT_ELIGIBLE:
        return _comes_of_age(rule, looks.later.verdicts[rule.id], at)
    if verdict.status != Status.ELIGIBLE:
        return None
    if kind == FoundKind.BY_RULE:
        if at.compared is None or looks.compared.verdicts[rule.id].status != Status.NOT_ELIGIBLE:
            return None
        why = _("%(day)s 기준으로는 맞지 않았으나 바뀐 기준에는 맞습니다.") % {"day": at.compared.day.isoformat()}
    elif kind == FoundKind.BY_AGE:
        if not at.back:
            return None
        if looks.before.verdicts[rule.id].status != Status.NOT_ELIGIBLE:
            return None
        why = _("그사이 나이가 되어 새로 맞습니다.")
    else:
        why = ""
    return Found(rule.id, kind, verdict.amount, 0, " ".join(part for part in (why, reason(at.rules, told, now, rule)) if part))


def _comes_of_age(rule: Benefit, verdict: Verdict, at: Round) -> Found | None:
    if verdict.status == Status.ELIGIBLE:
        why = _("%(months)d개월 안에 나이가 됩니다. 다른 기준에는 지금도 맞습니다.") % {"months": at.ahead}
    elif verdict.status == Status.UNKNOWN and rule.amount is not None:
        why = _("%(months)d개월 안에 나이가 됩니다. 소득과 재산을 여쭈면 받을 수 있는지 알 수 있습니다.") % {"months": at.ahead}
    else:
        return None
    return Found(rule.id, FoundKind.BY_AGE, verdict.amount if verdict.status == Status.ELIGIBLE else None, 0, why)


def near(rules: Rules, household: Household, found: Assessment, rule: Benefit, percent: int) -> Line | None:
    """The line of the one condition that fails, where it fails by at most so many percent of its limit and all others hold."""
    verdict = found.verdicts[rule.id]
    if verdict.status != Status.NOT_ELIGIBLE or verdict.failed.bit_count() != 1 or verdict.unknown:
        return None
    if any(found.verdicts[other].status == Status.ELIGIBLE for other in rule.excluded_by if other in found.verdicts):
        return None
    criterion = rule.criteria[verdict.failed.bit_length() - 1]
    if not may_be_near(criterion):
        return None
    _node, value, limit, _percent = found.program.graph.criteria[id(criterion)]
    assert value is not None and limit is not None
    has, needs = found.at(value), found.at(limit)
    if not isinstance(has, int) or not isinstance(needs, int) or abs(has - needs) * ATTAINED > needs * percent:
        return None
    failing = [line for line in explain(rules, household, found, rule.id) if line.mark == "×" and line.depth == 0]
    return failing[0] if failing else None


def may_be_near(criterion: Criterion) -> bool:
    """Whether a condition holds a sum of the household against a limit, so that one may miss it by little."""
    return criterion.limit is not None and criterion.found is not None and criterion.kind != "count"


def reason(rules: Rules, told: Told, found: Assessment, rule: Benefit) -> str:
    """The chief condition that is met, in words: one that holds a figure against a limit, else the first."""
    lines = [line for line in explain(rules, told.household, found, rule.id) if line.mark == "○"]
    figures = [line for line in lines if line.limit is not None]
    return (figures or lines)[0].text if lines else ""


def ranked(found: Found, told: Told, at: Round, standing: Standing) -> Found:
    """The finding with its points, each of them said in words behind the reason. The points are a dated setting of the gu."""
    parts: list[tuple[str, int]] = []
    if standing.grade in GRADES:
        names = {1: _("고위험 가구"), 2: _("중위험 가구"), 3: _("저위험 가구")}
        parts.append((names[standing.grade], at.points[GRADES[standing.grade]]))
    crises = sum(1 for fact in CRISES if told.household.facts.get(fact) == 1)
    if crises:
        parts.append((_("위기 사정 %(count)d가지") % {"count": crises}, crises * at.points["crisis"]))
    if not standing.is_met:
        parts.append((_("아직 만난 적 없음"), at.points["unmet"]))
    monthly = a_month(found, at)
    if monthly:
        amount = min(monthly // at.points["won_a_point"], at.points["amount_most"])
        parts.append((_("한 달 %(won)s쯤") % {"won": won_short(monthly)}, amount))
    said = ", ".join(f"{label} {score}" for label, score in parts)
    need = sum(score for _label, score in parts)
    tail = _("급한 정도 %(need)d: %(parts)s") % {"need": need, "parts": said} if parts else _("급한 정도 0")
    return replace(found, need=need, why=f"{found.why[: WHY - len(tail) - 3]} · {tail}".strip(" ·")[:WHY])


def said_apart(why: str) -> tuple[str, tuple[str, ...]]:
    """A finding's words as they were written down: the reason, and what its points come from, each with its points."""
    reason_, _between, tail = why.rpartition(_("급한 정도 "))
    _need, _colon, parts = tail.partition(": ")
    return reason_.strip(" ·"), tuple(one for one in parts.split(", ") if one)


def a_month(found: Found, at: Round) -> int:
    """The least that is paid, as won a month."""
    amount = at.rules.book.benefits[found.benefit].amount
    return int(found.amount[0] * A_MONTH.get(amount.per, 0)) if found.amount and amount else 0


def doubled(pair: Double, told: Told, at: Round, standing: Standing) -> Found:
    """Two benefits that are received and may not be combined, or one that is received twice."""
    why = _("%(names)s: 함께 받을 수 없는지 확인해 주세요.") % {"names": pair.says}
    if pair.is_twice:
        why = _("%(name)s: 두 번 받는 것으로 적혀 있습니다. 하나가 맞는지 확인해 주세요.") % {"name": pair.says}
    return ranked(Found(pair.second, FoundKind.DOUBLE, None, 0, why), told, at, standing)


def _older(household: Household, months: int) -> Household:
    people: tuple[Mapping[str, Value], ...] = tuple(aged(person, months) for person in household.people)
    return Household(household.facts, people)
