"""A person leaves a dong: everything open goes to somebody else first, then the posting ends."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from chatdong.ground.accounts.actions import end_posting
from chatdong.ground.accounts.queries import holders, is_posted, postings_of, workers_of
from chatdong.ground.messages.actions import tell
from chatdong.ground.messages.states import MessageKind
from chatdong.ground.places.queries import dongs
from chatdong.kernel.errors import Conflict, Invalid
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import NOWHERE, at_dong, ensure, may
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.policy.roles import Role
from chatdong.safetynet.benefits.actions import release_claims
from chatdong.safetynet.discovery.actions.deputy import deputed, locked_household
from chatdong.safetynet.discovery.actions.leads import move_lead
from chatdong.safetynet.discovery.models import Handover, Lead, Report
from chatdong.safetynet.discovery.queries.duty import owner_for
from chatdong.safetynet.discovery.queries.paths import TO_BOARD
from chatdong.safetynet.discovery.queries.work import open_leads_of_worker, open_reports_of_worker
from chatdong.safetynet.discovery.states import HandoverState
from chatdong.safetynet.visits.actions import release_visits


@action
def release_worker(
    *, by: Actor, account_id: int, dong_id: int | None, to_account_id: int | None, on: date, at: datetime, reason: str = ""
) -> int:
    """Give everything a person answers for to somebody else and end the posting; how many things went over.

    `dong_id` is the dong that is left; None ends the postings at the gu. With `to_account_id` None each household goes to whoever
    answers for its 통 once the person is gone.

    Raises:
        Invalid: a day to come, or a receiver who does not work there (fields `on`, `to_account`).
        Conflict: the person has no such posting, or nobody else is left to answer: then nothing changes.
        Forbidden: neither STAFF_RELEASE nor ACCOUNT_GRANT there; at the gu, no ACCOUNT_GRANT.
    """
    right = Permission.ACCOUNT_GRANT if dong_id is None or may(by, Permission.ACCOUNT_GRANT, at_dong(dong_id)) else None
    ensure(by, right or Permission.STAFF_RELEASE, NOWHERE if dong_id is None else at_dong(dong_id))
    if on > at.date():
        raise Invalid({"on": _("아직 오지 않은 날입니다. 마치는 날에 해 주세요.")})
    ends = [posted for posted in postings_of(account_id, at.date()) if posted.dong_id == dong_id]
    if not ends:
        raise Conflict(_("이 자리에 발령된 직원이 아닙니다."))
    _ensure_somebody_stays(account_id, dong_id, {posted.gu_id for posted in ends}, at)
    for posted in ends:
        # Who may end a posting at the gu is asked there; in a dong it was asked above.
        end_posting(by=by if dong_id is None else deputed(by), posting_id=posted.pk, on=on, at=at, reason=reason)
    left = [dong_id] if dong_id is not None else [dong.pk for posted in ends for dong in dongs(at.date(), posted.gu_id)]
    moved = 0
    for one in left:
        # Whoever still works there otherwise, as an officer of the gu or in a second posting, keeps what is theirs.
        if not is_posted(account_id, one, at.date()):
            moved += _give_on(by, account_id, one, to_account_id, at)
    record("staff.release", by=by, at=at, dong_id=dong_id, gu_id=ends[0].gu_id, count=moved,
           details={"account": account_id, "to": to_account_id})  # fmt: skip
    return moved


def _ensure_somebody_stays(account_id: int, dong_id: int | None, gu_ids: set[int], at: datetime) -> None:
    if dong_id is not None and not any(one.id != account_id for one in workers_of([dong_id], at.date())):
        raise Conflict(_("이 동에 남는 직원이 없습니다. 먼저 다른 사람을 발령해 주세요."))
    for gu_id in gu_ids if dong_id is None else ():
        officers = set(holders(Role.GU_OFFICER, at.date(), gu_id=gu_id))
        if officers == {account_id}:
            raise Conflict(_("구에 남는 복지담당이 없습니다. 먼저 다른 사람을 발령해 주세요."))


def _give_on(by: Actor, account_id: int, dong_id: int, to_account_id: int | None, at: datetime) -> int:
    on, moved, told = at.date(), 0, set()
    if to_account_id is not None and (to_account_id == account_id or not is_posted(to_account_id, dong_id, on)):
        raise Invalid({"to_account": _("여기에서 일하는 다른 사람을 골라 주세요.")})

    def heir(tong: int | None) -> int:
        return to_account_id if to_account_id is not None else owner_for(dong_id, on, tong)

    for lead_id, household_id in open_leads_of_worker(account_id, dong_id).values_list("id", "household_id"):
        household = locked_household(household_id)
        to = heir(household.tong.number if household.tong_id else None)
        move_lead(Lead.at(lead_id), dong_id=dong_id, worker_id=to, by=by, at=at, why="release")
        told.add(to)
        moved += 1
    moved += release_claims(by=deputed(by), account_id=account_id, dong_id=dong_id, to_account_id=to_account_id, at=at)
    moved += release_visits(by=deputed(by), account_id=account_id, dong_id=dong_id, to_account_id=to_account_id, at=at)
    for report in Report.objects.select_for_update(of=("self",)).filter(pk__in=open_reports_of_worker(account_id, dong_id)):
        report.worker_id = heir(None)
        report.save()
        told.add(report.worker_id)
        moved += 1
    asked = Handover.objects.filter(state=HandoverState.ASKED)
    asked.filter(to_worker_id=account_id, to_dong_id=dong_id).update(to_worker_id=None)
    for row in asked.filter(from_worker_id=account_id, from_dong_id=dong_id):
        row.from_worker_id = heir(None)
        row.save()
    tell(told, MessageKind.ASSIGNED, _("떠난 동료의 일을 이어받았습니다. 오늘 할 일을 확인해 주세요."), at=at,
         key=f"release:{account_id}:{dong_id}:{at.isoformat()}", path=TO_BOARD)  # fmt: skip
    return moved
