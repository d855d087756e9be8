"""Claims whose day has come: for 오늘, within reach; and what a household's own page says of its claims in short."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from chatdong.ground.households.queries import Masked, masked_rows, now_called
from chatdong.ground.households.states import HouseholdState, ResidentState
from chatdong.ground.places.queries import rule
from chatdong.kernel.clock import kst
from chatdong.kernel.identity import mask_name
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.listing import Page, keyset
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read
from chatdong.safetynet.benefits.models import Claim, Receipt
from chatdong.safetynet.benefits.queries.homes import same_home
from chatdong.safetynet.benefits.states import ClaimState

PAGE_SIZE = 20
GONE = (ResidentState.DIED, ResidentState.MOVED)


@dataclass(frozen=True)
class DueClaim:
    """A claim to go on with, its household masked. `household_id` is the one that goes on where two were joined.

    `whose` is the masked name of the person it is for; `days_left` counts to the objection day of a refusal.
    """

    id: int
    household_id: int
    masked: Masked
    benefit: str
    state: str
    state_label: str
    worker_name: str
    next_on: date
    is_late: bool
    whose: str = ""
    days_left: int | None = None


@dataclass(frozen=True)
class HomeClaims:
    """A household's open claims in short: how many, and the earliest next day."""

    count: int
    next_on: date | None


def claims_due(*, by: Actor, at: datetime, own: bool = False, after: str = "", size: int = PAGE_SIZE) -> Page[DueClaim]:
    """Open claims whose next day is today or past, the oldest first; `own` narrows to those one answers for.

    A refusal comes back before its objection day, not on it: as many days ahead as one follows up otherwise (사회보장급여법 §17).
    So does a claim for somebody who died or moved away: it is to be ended. The list is written to the log.
    """
    today = kst(at).date()
    ahead = today + timedelta(days=int(rule("benefit.follow_days", today).value["days"]))
    scope = reach(by, Permission.BENEFIT_READ)
    due = Q(next_on__lte=today) | Q(next_on__lte=ahead, state=ClaimState.REFUSED) | Q(resident__state__in=GONE)
    rows = Claim.objects.filter(scope.q(owner="worker_id", household="household_id"), due, closed_at=None)
    if own:
        rows = rows.filter(worker_id=by.account_id)
    page = keyset(rows.select_related("worker", "resident"), ("next_on", "id"), lambda row: row, after, size)
    masks = _masked([row.household_id for row in page.rows], today)
    if page.rows:
        homes = tuple(dict.fromkeys(one.household_id for one in masks.values()))
        record_read("claim.list", by=by, at=at, subjects=homes, count=len(page.rows))

    def shape(row: Claim) -> DueClaim:
        day, masked = row.next_on or today, masks[row.household_id]  # an open one has a day: the database holds it
        return DueClaim(
            row.pk, masked.household_id, masked, row.benefit, row.state, row.get_state_display(), row.worker.name, day,
            day < today or (row.due_at is not None and row.due_at < at), mask_name(row.resident.name) if row.resident else "",
            (row.objection_until - today).days if row.objection_until and row.state == ClaimState.REFUSED else None,
        )  # fmt: skip

    return Page([shape(row) for row in page.rows], page.after)


def claims_at_home(household_id: int) -> HomeClaims:
    """For the page of a household that is open already: the opening was checked and written down there."""
    days = list(
        Claim.objects.filter(household_id__in=same_home(household_id), closed_at=None).values_list("next_on", flat=True)
    )  # fmt: skip
    return HomeClaims(len(days), min((day for day in days if day), default=None))


def is_claim_of(household_id: int, claim_id: int) -> bool:
    """Whether a claim is this household's, also where it was written under one that was joined with it."""
    return Claim.objects.filter(pk=claim_id, household_id__in=same_home(household_id)).exists()


def is_receipt_of(household_id: int, receipt_id: int) -> bool:
    """Whether a receipt is this household's, as `is_claim_of`."""
    return Receipt.objects.filter(pk=receipt_id, household_id__in=same_home(household_id)).exists()


def _masked(household_ids: list[int], today: date) -> dict[int, Masked]:
    """The masked household by the id it was written under: one that was joined is shown as the one it is now."""
    masks = masked_rows(household_ids, today)
    now = {key: now_called(key) for key, one in masks.items() if one.state == HouseholdState.MERGED}
    kept = masked_rows(now.values(), today) if now else {}
    return {key: kept[now[key]] if key in now else one for key, one in masks.items()}
