"""Claims whose day has come, as lines of 오늘."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chatdong.policy.actor import Actor
from chatdong.policy.listing import Page
from chatdong.safetynet.benefits.queries import DueClaim, claims_due
from chatdong.safetynet.benefits.states import ClaimState
from chatdong.web.door.rulebook import catalog
from chatdong.web.staff.dues import due_of
from chatdong.web.staff.household_benefits_words import days_words
from chatdong.web.staff.lines import Line, name_and_age, order_of, place_of

# What is to be done next, by where the claim stands.
NEXT = {
    ClaimState.NOTED: "안내하기", ClaimState.TOLD: "신청했는지 확인", ClaimState.APPLIED: "결정 확인",
    ClaimState.REFUSED: "이의신청할지 확인", ClaimState.OBJECTED: "이의신청 결정 확인",
}  # fmt: skip


def read(*, by: Actor, at: datetime, mine: bool, after: str = "") -> Page[DueClaim]:
    """As every list behind 오늘 is read."""
    return claims_due(by=by, at=at, own=mine, after=after)


def line(row: DueClaim, now: datetime) -> Line:
    """One claim: whose, which benefit, what to do, until when."""
    known = catalog().pages.get(row.benefit)
    name = known.name if known else row.benefit
    what = _("혜택: %(name)s, %(next)s") % {
        "name": f"{name} ({row.whose})" if row.whose else name, "next": _(NEXT.get(ClaimState(row.state), row.state_label))
    }  # fmt: skip
    href = reverse("staff-household-benefits", args=(row.household_id,)) + f"#claim-{row.id}"
    return Line(
        kind="claim", title=name_and_age(row.masked), place=place_of(row.masked), what=what, due=due_of(row.next_on, now),
        order=order_of(row.next_on), href=reverse("staff-household", args=(row.household_id,)), action=_("혜택 보기"),
        action_href=href, household_id=row.household_id, worker_name=row.worker_name, detail=days_words(row.days_left),
    )  # fmt: skip
