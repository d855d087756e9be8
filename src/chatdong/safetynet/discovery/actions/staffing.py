"""A person leaves a dong: everything open goes to somebody else first, then the posting ends."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from chatdong.ground.accounts.actions import end_posting
from chatdong.ground.accounts.queries import is_posted, postings_of, workers_of
from chatdong.ground.messages.actions import tell
from chatdong.ground.messages.states import MessageKind
from chatdong.kernel.errors import Conflict, Invalid
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import at_dong, ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.discovery.actions.deputy import deputed, locked_household
from chatdong.safetynet.discovery.actions.leads import move_lead
from chatdong.safetynet.discovery.models import Handover, Lead, Report
from chatdong.safetynet.discovery.queries.duty import gu_of, owner_for
from chatdong.safetynet.discovery.queries.paths import TO_BOARD
from chatdong.safetynet.discovery.queries.work import open_leads_of_worker, open_reports_of_worker
from chatdong.safetynet.discovery.states import HandoverState
from chatdong.safetynet.visits.actions import release_visits


@action
def release_worker(
    *, by: Actor, account_id: int, dong_id: int, to_account_id: int | None, on: date, at: datetime, reason: str = ""
) -> int:
    """Give everything a person answers for in a dong to somebody else and end the posting there; how many things went over.

    With `to_account_id` None each household goes to whoever answers for its 통 once the person is gone.

    Raises:
        Invalid: a day to come, or a receiver who does not work in the dong (fields `on`, `to_account`).
        Conflict: the person has no posting in the dong, or nobody else is left to answer: then nothing changes.
    """
    ensure(by, Permission.STAFF_RELEASE, at_dong(dong_id))
    if on > at.date():
        raise Invalid({"on": _("아직 오지 않은 날입니다. 마치는 날에 해 주세요.")})
    ends = [posted for posted in postings_of(account_id, at.date()) if posted.dong_id == dong_id]
    if not ends:
        raise Conflict(_("이 동에 발령된 직원이 아닙니다."))
    if to_account_id is not None and (to_account_id == account_id or not is_posted(to_account_id, dong_id, at.date())):
        raise Invalid({"to_account": _("이 동에서 일하는 다른 사람을 골라 주세요.")})
    if not any(one.id != account_id for one in workers_of([dong_id], at.date())):
        raise Conflict(_("이 동에 남는 직원이 없습니다. 먼저 다른 사람을 발령해 주세요."))
    machine = deputed(by)
    for posted in ends:
        end_posting(by=machine, posting_id=posted.pk, on=on, at=at, reason=reason)
    if is_posted(account_id, dong_id, at.date()):
        # An officer of the gu may still answer here: what is theirs stays theirs.
        record("staff.release", by=by, at=at, dong_id=dong_id, gu_id=gu_of(dong_id), details={"account": account_id, "moved": 0})
        return 0
    moved = _give_on(by, account_id, dong_id, to_account_id, at)
    record("staff.release", by=by, at=at, dong_id=dong_id, gu_id=gu_of(dong_id), count=moved,
           details={"account": account_id, "to": to_account_id})  # fmt: skip
    return moved


def _give_on(by: Actor, account_id: int, dong_id: int, to_account_id: int | None, at: datetime) -> int:
    on, moved, told = at.date(), 0, set()

    def heir(tong: int | None) -> int:
        return to_account_id if to_account_id is not None else owner_for(dong_id, on, tong)

    for lead_id, household_id in open_leads_of_worker(account_id, dong_id).values_list("id", "household_id"):
        household = locked_household(household_id)
        to = heir(household.tong.number if household.tong_id else None)
        move_lead(Lead.at(lead_id), dong_id=dong_id, worker_id=to, by=by, at=at, why="release")
        told.add(to)
        moved += 1
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
