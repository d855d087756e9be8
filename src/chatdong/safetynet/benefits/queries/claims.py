"""Claims whose day has come: for 오늘, within reach."""

from dataclasses import dataclass
from datetime import date, datetime

from chatdong.kernel.clock import kst
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.listing import Page, keyset
from chatdong.policy.permissions import Permission
from chatdong.safetynet.benefits.models import Claim

PAGE_SIZE = 20


@dataclass(frozen=True)
class DueClaim:
    """A claim to go on with: no name and no address here, the household page shows them."""

    id: int
    household_id: int
    benefit: str
    state: str
    state_label: str
    next_on: date
    is_late: bool


def claims_due(*, by: Actor, at: datetime, own: bool = False, after: str = "", size: int = PAGE_SIZE) -> Page[DueClaim]:
    """Open claims whose next day is today or past, the oldest first; `own` narrows to those one answers for."""
    today = kst(at).date()
    scope = reach(by, Permission.BENEFIT_READ)
    rows = Claim.objects.filter(scope.q(owner="worker_id", household="household_id"), closed_at=None, next_on__lte=today)
    if own:
        rows = rows.filter(worker_id=by.account_id)

    def shape(row: Claim) -> DueClaim:
        day = row.next_on or today  # an open one has a day: the database holds it
        return DueClaim(row.pk, row.household_id, row.benefit, row.state, row.get_state_display(), day, day < today)

    return keyset(rows, ("next_on", "id"), shape, after, size)
