"""What a household may be owed and does not get, what it gets twice, and where its claims stand; each with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from chatdong.engines.eligibility import Assessment, Status, Verdict, assess, explain, next_questions
from chatdong.engines.eligibility.book import Rules
from chatdong.ground.households.states import ResidentState
from chatdong.kernel.clock import kst
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read
from chatdong.safetynet.benefits.catalog import Catalog
from chatdong.safetynet.benefits.catalog.pages import Page
from chatdong.safetynet.benefits.models import Claim, Receipt
from chatdong.safetynet.benefits.queries.homes import home_for, same_home
from chatdong.safetynet.benefits.queries.told import Told, told_of
from chatdong.safetynet.benefits.queries.whose import Double, Left, doubles_in, is_personal, left_for
from chatdong.safetynet.benefits.states import CLAIM_OPEN, ClaimState, DropReason

# Answers that a person should look at, the surest first.
ORDER = {Status.ELIGIBLE: 0, Status.CHECK: 1, Status.UNKNOWN: 2}
GONE = frozenset({ResidentState.DIED, ResidentState.MOVED})


@dataclass(frozen=True)
class ClaimCard:
    """A claim as a screen shows it. `days_left` counts to the objection day of a refusal.

    `resident_id` is whose it is, None for the household's; `is_gone` when that person died or moved away meanwhile.
    """

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
    resident_id: int | None
    is_personal: bool
    is_gone: bool


@dataclass(frozen=True)
class OwedCard:
    """One benefit that is not received: how sure, how much (won, least and most), why, who may have it, and its open claims.

    `who` are residents known to meet what it asks of a person; `to_note` are those for whom it can be taken up by one click:
    residents, or None for the household. Where others of the home receive it already, the amount is not told.
    """

    benefit: str
    page: Page
    status: Status
    amount: tuple[int, int] | None
    lines: tuple[object, ...]
    who: tuple[int, ...]
    claims: tuple[ClaimCard, ...]
    to_note: tuple[int | None, ...]


@dataclass(frozen=True)
class ReceiptCard:
    """A benefit received; `person` is a resident's id where it is one person's."""

    id: int
    benefit: str
    name: str
    since: date
    resident_id: int | None


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
    doubles = tuple(doubles_in([(one.benefit, one.resident_id) for one in receipts], catalog.book))
    if told is None:
        return Owed(None, (), (), doubles, receipts, open_claims, closed, (), catalog.book.fingerprint)
    rules = catalog.book.on(day)
    found = assess(rules, told.household)
    cards = list(_cards(rules, told, found, catalog, open_claims))
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
    rules: Rules, told: Told, found: Assessment, catalog: Catalog, open_claims: tuple[ClaimCard, ...]
) -> Iterable[OwedCard]:
    """Benefits that are not received and not ruled out, the surest and largest first."""
    for verdict in sorted((one for one in found.verdicts.values() if one.status in ORDER), key=_rank):
        rule = rules.book.benefits[verdict.benefit]
        met_by = tuple(told.resident_ids[place] for place in verdict.who)
        left = left_for(rule, met_by, told.resident_ids, told.got, rules.book)
        if left is None:
            continue
        claims = tuple(one for one in open_claims if one.benefit == verdict.benefit)
        yield OwedCard(
            verdict.benefit,
            catalog.pages[verdict.benefit],
            verdict.status,
            None if left.is_partly else verdict.amount,
            explain(rules, told.household, found, verdict.benefit),
            tuple(one for one in left.people if one in met_by) if left.people else met_by,
            claims,
            _to_note(left, claims),
        )


def _to_note(left: Left, claims: tuple[ClaimCard, ...]) -> tuple[int | None, ...]:
    """For whom no claim is open yet; one that is noted for the whole household stands for everybody."""
    taken = {one.resident_id for one in claims}
    if None in taken:
        return ()
    return tuple(one for one in left.people if one not in taken) if left.people else (None,)


def _rank(verdict: Verdict) -> tuple[int, int, str]:
    return ORDER[verdict.status], -(verdict.amount[1] if verdict.amount else 0), verdict.benefit


def claim_card(row: Claim, catalog: Catalog, day: date) -> ClaimCard:
    """A claim as a screen shows it, also of a benefit that the book does not know any more."""
    page, rule = catalog.pages.get(row.benefit), catalog.book.benefits.get(row.benefit)
    left = (row.objection_until - day).days if row.objection_until and row.state == ClaimState.REFUSED else None
    return ClaimCard(
        row.pk, row.benefit, page.name if page else row.benefit, row.state, ClaimState(row.state).label, row.worker.name,
        row.next_on, row.told_on, row.applied_on, row.system_number, row.system_on, row.decided_on, row.reason,
        row.objection_until, left, DropReason(row.drop).label if row.drop else "",
        row.closed_at is None and row.state in CLAIM_OPEN, row.resident_id, rule is not None and is_personal(rule),
        row.resident is not None and row.resident.state in GONE,
    )  # fmt: skip


def _claims(household_ids: list[int]) -> Iterable[Claim]:
    return Claim.objects.filter(household_id__in=household_ids).select_related("worker", "resident").order_by("next_on", "-id")


def _receipts(household_ids: list[int], catalog: Catalog, day: date) -> Iterable[ReceiptCard]:
    rows = Receipt.objects.filter(household_id__in=household_ids, since__lte=day).order_by("since", "id")
    for row in rows:
        if row.until is None or row.until >= day:
            page = catalog.pages.get(row.benefit)
            yield ReceiptCard(row.pk, row.benefit, page.name if page else row.benefit, row.since, row.resident_id)
