"""What a household may be owed and does not get, what it gets twice, and where its claims stand; each with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from chatdong.engines.eligibility import Assessment, Status, Verdict, assess, explain, next_questions
from chatdong.engines.eligibility.book import Benefit, Rules
from chatdong.kernel.clock import kst
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read
from chatdong.safetynet.benefits.catalog import Catalog
from chatdong.safetynet.benefits.catalog.pages import Page
from chatdong.safetynet.benefits.models import Claim, Receipt
from chatdong.safetynet.benefits.queries.homes import home_for, same_home
from chatdong.safetynet.benefits.queries.told import Told, told_of
from chatdong.safetynet.benefits.states import CLAIM_OPEN, ClaimState, DropReason

# Answers that a person should look at, the surest first.
ORDER = {Status.ELIGIBLE: 0, Status.CHECK: 1, Status.UNKNOWN: 2}


@dataclass(frozen=True)
class ClaimCard:
    """A claim as a screen shows it. `days_left` counts to the objection day of a refusal."""

    id: int
    benefit: str
    name: str
    state: str
    state_label: str
    worker: str
    next_on: date | None
    told_on: date | None
    applied_on: date | None
    system_number: str
    system_on: date | None
    decided_on: date | None
    reason: str
    objection_until: date | None
    days_left: int | None
    drop_label: str
    is_open: bool


@dataclass(frozen=True)
class OwedCard:
    """One benefit that is not received: how sure, how much (won, least and most), why, and its open claim if there is one."""

    benefit: str
    page: Page
    status: Status
    amount: tuple[int, int] | None
    lines: tuple[object, ...]
    who: tuple[int, ...]
    claim: ClaimCard | None


@dataclass(frozen=True)
class ReceiptCard:
    """A benefit received; `person` is a resident's id where it is one person's."""

    id: int
    benefit: str
    name: str
    since: date
    resident_id: int | None


@dataclass(frozen=True)
class Double:
    """Two benefits that the household gets and may not combine."""

    first: str
    second: str
    says: str


@dataclass(frozen=True)
class Owed:
    """Everything about one household's benefits on a day."""

    told: Told | None
    likely: tuple[OwedCard, ...]
    maybe: tuple[OwedCard, ...]
    doubles: tuple[Double, ...]
    receipts: tuple[ReceiptCard, ...]
    claims: tuple[ClaimCard, ...]
    closed: tuple[ClaimCard, ...]
    questions: tuple[str, ...]
    fingerprint: str


def owed_of(*, by: Actor, household_id: int, catalog: Catalog, at: datetime, owner_ids: Iterable[int] = ()) -> Owed:
    """A household's benefits, opened and written to the log. Nothing is decided here: it points, a person decides.

    Raises NotFound out of reach (BENEFIT_READ), Conflict for a household that became another.
    """
    home = home_for(by, household_id, Permission.BENEFIT_READ, owner_ids)
    record_read("benefit.owed", by=by, at=at, household_id=home.pk, dong_id=home.dong_id)
    day = kst(at).date()
    homes = same_home(home.pk)
    claims = [claim_card(row, catalog, day) for row in _claims(homes)]
    receipts = tuple(_receipts(homes, catalog, day))
    told = told_of(home, catalog.book, at=at)
    open_claims = tuple(one for one in claims if one.is_open)
    closed = tuple(one for one in claims if not one.is_open)
    doubles = tuple(doubles_in([one.benefit for one in receipts], catalog))
    if told is None:
        return Owed(None, (), (), doubles, receipts, open_claims, closed, (), catalog.book.fingerprint)
    rules = catalog.book.on(day)
    found = assess(rules, told.household)
    cards = list(_cards(rules, told, found, catalog, {one.benefit: one for one in open_claims}))
    return Owed(
        told,
        tuple(one for one in cards if one.status == Status.ELIGIBLE),
        tuple(one for one in cards if one.status != Status.ELIGIBLE),
        doubles,
        receipts,
        open_claims,
        closed,
        tuple(one.question for one in next_questions(rules, told.household, found, ())),
        catalog.book.fingerprint,
    )


def _cards(
    rules: Rules, told: Told, found: Assessment, catalog: Catalog, open_claims: dict[str, ClaimCard]
) -> Iterable[OwedCard]:
    """Benefits that are not received and not ruled out, the surest and largest first."""
    waiting = [
        verdict
        for key, verdict in found.verdicts.items()
        if verdict.status in ORDER and key not in told.receives and not _blocked(rules.book.benefits[key], told.receives)
    ]
    for verdict in sorted(waiting, key=_rank):
        yield OwedCard(
            verdict.benefit,
            catalog.pages[verdict.benefit],
            verdict.status,
            verdict.amount,
            explain(rules, told.household, found, verdict.benefit),
            tuple(told.resident_ids[place] for place in verdict.who),
            open_claims.get(verdict.benefit),
        )


def _rank(verdict: Verdict) -> tuple[int, int, str]:
    return ORDER[verdict.status], -(verdict.amount[1] if verdict.amount else 0), verdict.benefit


def _blocked(benefit: Benefit, receives: frozenset[str]) -> bool:
    """Whether what is received leaves no room for it."""
    return bool(receives & {*benefit.excluded_by, *benefit.not_with})


def doubles_in(received: Iterable[str], catalog: Catalog) -> Iterable[Double]:
    """Pairs that are received and may not be combined, each once."""
    keys = sorted(set(received) & set(catalog.book.benefits))
    for place, first in enumerate(keys):
        for second in keys[place + 1 :]:
            one, other = catalog.book.benefits[first], catalog.book.benefits[second]
            if second in one.not_with or first in other.not_with or second in one.excluded_by or first in other.excluded_by:
                yield Double(first, second, f"{one.name} · {other.name}")


def claim_card(row: Claim, catalog: Catalog, day: date) -> ClaimCard:
    """A claim as a screen shows it, also of a benefit that the book does not know any more."""
    page = catalog.pages.get(row.benefit)
    left = (row.objection_until - day).days if row.objection_until and row.state == ClaimState.REFUSED else None
    return ClaimCard(
        row.pk, row.benefit, page.name if page else row.benefit, row.state, ClaimState(row.state).label, row.worker.name,
        row.next_on, row.told_on, row.applied_on, row.system_number, row.system_on, row.decided_on, row.reason,
        row.objection_until, left, DropReason(row.drop).label if row.drop else "",
        row.closed_at is None and row.state in CLAIM_OPEN,
    )  # fmt: skip


def _claims(household_ids: list[int]) -> Iterable[Claim]:
    return Claim.objects.filter(household_id__in=household_ids).select_related("worker").order_by("next_on", "-id")


def _receipts(household_ids: list[int], catalog: Catalog, day: date) -> Iterable[ReceiptCard]:
    rows = Receipt.objects.filter(household_id__in=household_ids, since__lte=day).order_by("since", "id")
    for row in rows:
        if row.until is None or row.until >= day:
            page = catalog.pages.get(row.benefit)
            yield ReceiptCard(row.pk, row.benefit, page.name if page else row.benefit, row.since, row.resident_id)
