"""Hand-over between dong: the sender stays owner until the receiver accepts, and silence gives it back."""

import logging
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chatdong.ground.accounts.queries import answering_worker, holders, is_posted
from chatdong.ground.households.actions import settle
from chatdong.ground.messages.actions import tell
from chatdong.ground.messages.states import MessageKind
from chatdong.ground.places.queries import dongs, gu_of
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import at_dong, ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.policy.roles import Role
from chatdong.safetynet.benefits.actions import change_claim_hands
from chatdong.safetynet.discovery.actions.climbing import climb_batch
from chatdong.safetynet.discovery.actions.deputy import deputed, ensure_here, locked_household
from chatdong.safetynet.discovery.actions.leads import move_lead
from chatdong.safetynet.discovery.models import Handover, Lead
from chatdong.safetynet.discovery.queries.deadlines import due_by
from chatdong.safetynet.discovery.queries.handovers import summary_of
from chatdong.safetynet.discovery.queries.leads import where_of, worker_of_household
from chatdong.safetynet.discovery.queries.paths import TO_HANDOVERS, to_household
from chatdong.safetynet.discovery.states import About, HandoverState
from chatdong.safetynet.visits.actions import change_hands
from chatdong.safetynet.visits.states import OwnedState

log = logging.getLogger(__name__)


@action
def ask_handover(
    *, by: Actor, household_id: int, to_dong_id: int, reason: str, at: datetime, to_worker_id: int | None = None
) -> Handover:
    """Ask another dong to take a household over with all that is open about it. Nothing changes hands yet.

    Raises:
        Invalid: fields `reason`, `to_dong` (none, or the same one), `to_worker` (does not work there).
        Conflict: a hand-over of the household waits already, or nobody works in the receiving dong's gu.
    """
    household = locked_household(household_id)
    ensure_here(by, Permission.HANDOVER_ASK, Permission.HOUSEHOLD_READ, where_of(household.pk, household.dong_id))
    to_dong = dongs(at.date()).filter(pk=to_dong_id).first()
    _check(household, to_dong, reason, to_worker_id, at)
    assert to_dong is not None
    if Handover.objects.filter(household_id=household.pk, state=HandoverState.ASKED).exists():
        raise Conflict(_("이미 넘기기를 요청한 가구입니다. 답을 기다리거나 먼저 거둬들여 주세요."))
    answering_worker(to_dong.pk, at.date())
    try:
        with transaction.atomic():
            row = Handover.objects.create(  # type: ignore[misc]
                household_id=household.pk, from_dong_id=household.dong_id, to_dong_id=to_dong.pk,
                from_worker_id=worker_of_household(household.pk) or by.account_id, to_worker_id=to_worker_id,
                reason=reason.strip()[:300], summary=summary_of(household.pk, at.date()), asked_by_id=by.account_id, asked_at=at,
                due_at=due_by("handover.answer", since=at, gu_id=to_dong.gu_id),
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(_("이미 넘기기를 요청한 가구입니다.")) from error
    tell(receivers(row, at), MessageKind.HANDOVER, _("다른 동에서 가구를 넘겨받아 달라고 합니다. 기한 안에 답해 주세요."), at=at,
         key=f"handover:{row.pk}:ask", path=TO_HANDOVERS)  # fmt: skip
    record("handover.ask", by=by, at=at, about=row, household_id=household.pk, dong_id=row.from_dong_id,
           gu_id=household.dong.gu_id, details={"to": to_dong.pk})  # fmt: skip
    return row


def _check(household: object, to_dong: object, reason: str, to_worker_id: int | None, at: datetime) -> None:
    if not reason.strip():
        raise Invalid({"reason": _("왜 넘기는지 적어 주세요.")})
    if to_dong is None or to_dong.pk == household.dong_id:  # type: ignore[attr-defined]
        raise Invalid({"to_dong": _("넘겨받을 동을 골라 주세요.")})
    if household.state == "merged":  # type: ignore[attr-defined]
        raise Conflict(_("다른 가구와 합쳐진 가구입니다."))
    if to_worker_id is not None and not is_posted(to_worker_id, to_dong.pk, at.date()):  # type: ignore[attr-defined]
        raise Invalid({"to_worker": _("받는 동에서 일하는 사람을 골라 주세요.")})


def receivers(row: Handover, at: datetime) -> list[int]:
    """Who is told of a hand-over in the receiving dong: those who may answer it; the gu where there are none."""
    on, dong_id = at.date(), row.to_dong_id
    near = holders(Role.TEAM_LEAD, on, dong_id=dong_id) + holders(Role.DONG_HEAD, on, dong_id=dong_id)
    near = near or holders(Role.GU_OFFICER, on, gu_id=gu_of(dong_id))
    return [*near, row.to_worker_id] if row.to_worker_id is not None else near


def _locked(handover_id: int) -> Handover:
    """The hand-over, locked after its household."""
    household_id = Handover.objects.filter(pk=handover_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise NotFound
    locked_household(household_id)
    return Handover.at(handover_id)


def _must_wait(row: Handover) -> None:
    if row.state != HandoverState.ASKED:
        raise Conflict(_("이미 끝난 요청입니다(%(state)s). 새로 열어 확인해 주세요.") % {"state": row.get_state_display()})


@action
def accept_handover(*, by: Actor, handover_id: int, at: datetime, worker_id: int | None = None) -> Handover:
    """Take the household over: its dong, lead, reports, watch, visits, targets and search change hands together, or nothing does.

    Raises:
        Conflict: the request is no longer open.
        Invalid: the chosen worker does not work in the receiving dong (field `worker`).
    """
    row = _locked(handover_id)
    ensure_here(by, Permission.HANDOVER_ANSWER, Permission.HANDOVER_ASK, row.where_to)
    _must_wait(row)
    if worker_id is not None and not is_posted(worker_id, row.to_dong_id, at.date()):
        raise Invalid({"worker": _("받는 동에서 일하는 사람을 골라 주세요.")})
    worker_id = worker_id or _still_posted(row, at) or answering_worker(row.to_dong_id, at.date()).pk
    row.state, row.answered_by_id, row.answered_at, row.to_worker_id = HandoverState.ACCEPTED, by.account_id, at, worker_id
    row.save()
    carry(by=by, household_id=row.household_id, dong_id=row.to_dong_id, worker_id=worker_id, at=at, why="handover")
    tell([row.asked_by_id, row.from_worker_id], MessageKind.HANDOVER, _("넘긴 가구를 다른 동이 넘겨받았습니다."), at=at,
         key=f"handover:{row.pk}:accept", path=TO_HANDOVERS)  # fmt: skip
    tell([worker_id], MessageKind.ASSIGNED, _("넘겨받은 가구를 맡았습니다. 다음 할 일을 확인해 주세요."), at=at,
         key=f"handover:{row.pk}:mine", path=to_household(row.household_id), household_id=row.household_id)  # fmt: skip
    record("handover.accept", by=by, at=at, about=row, household_id=row.household_id, dong_id=row.to_dong_id,
           gu_id=gu_of(row.to_dong_id), details={"from": row.from_dong_id})  # fmt: skip
    return row


def _still_posted(row: Handover, at: datetime) -> int | None:
    named = row.to_worker_id
    return named if named is not None and is_posted(named, row.to_dong_id, at.date()) else None


def carry(*, by: Actor, household_id: int, dong_id: int, worker_id: int, at: datetime, why: str) -> None:
    """Move a household with everything open about it into a dong and a person's hands. Called inside an action."""
    machine = deputed(by)
    settle(by=machine, household_id=household_id, dong_id=dong_id, at=at)
    change_hands(by=machine, household_id=household_id, dong_id=dong_id, worker_id=worker_id, at=at)
    change_claim_hands(by=machine, household_id=household_id, dong_id=dong_id, worker_id=worker_id, at=at)
    for lead in Lead.objects.select_for_update(of=("self",)).filter(household_id=household_id).exclude(state=OwnedState.CLOSED):
        move_lead(lead, dong_id=dong_id, worker_id=worker_id, by=by, at=at, why=why)


@action
def refuse_handover(*, by: Actor, handover_id: int, answer: str, at: datetime) -> Handover:
    """Send the request back with an answer; the sender, owner all along, is told. Raises Invalid without one (`answer`)."""
    row = _locked(handover_id)
    ensure_here(by, Permission.HANDOVER_ANSWER, Permission.HANDOVER_ASK, row.where_to)
    _must_wait(row)
    if not answer.strip():
        raise Invalid({"answer": _("왜 받지 않는지 적어 주세요.")})
    row.state, row.answer = HandoverState.REFUSED, answer.strip()[:300]
    row.answered_by_id, row.answered_at = by.account_id, at
    row.save()
    tell([row.asked_by_id, row.from_worker_id], MessageKind.HANDOVER, _("넘기기 요청이 돌아왔습니다. 답을 확인해 주세요."), at=at,
         key=f"handover:{row.pk}:refuse", path=to_household(row.household_id), household_id=row.household_id)  # fmt: skip
    record("handover.refuse", by=by, at=at, about=row, household_id=row.household_id, dong_id=row.to_dong_id,
           gu_id=gu_of(row.to_dong_id))  # fmt: skip
    return row


@action
def withdraw_handover(*, by: Actor, handover_id: int, at: datetime) -> Handover:
    """The sender takes the request back. Raises Conflict when it was answered meanwhile."""
    row = _locked(handover_id)
    ensure_here(by, Permission.HANDOVER_ASK, Permission.HOUSEHOLD_READ, row.where_from)
    _must_wait(row)
    end_asked(row, HandoverState.WITHDRAWN, at)
    record("handover.withdraw", by=by, at=at, about=row, household_id=row.household_id, dong_id=row.from_dong_id)
    return row


def end_asked(row: Handover, state: HandoverState, at: datetime) -> None:
    """End a waiting request without an answer and tell both sides. Called inside an action."""
    row.state, row.answered_at = state, at
    row.save()
    text = (
        _("넘기기 요청의 답할 기한이 지나 보낸 동에 그대로 남습니다.")
        if state == HandoverState.RETURNED
        else _("넘기기 요청이 거둬졌습니다.")
    )
    tell([row.asked_by_id, row.from_worker_id, *receivers(row, at)], MessageKind.HANDOVER, text, at=at,
         key=f"handover:{row.pk}:{state}", path=TO_HANDOVERS)  # fmt: skip


def return_overdue_handovers(*, by: Actor, at: datetime) -> int:
    """Every unanswered request whose deadline has passed comes back, each in its own transaction; how many did."""
    overdue = Handover.objects.filter(state=HandoverState.ASKED, due_at__lt=at).order_by("due_at", "id")
    returned = 0
    for handover_id in overdue.values_list("id", flat=True):
        try:
            return_handover(by=by, handover_id=handover_id, at=at)
            returned += 1
        except Conflict:
            log.info("hand-over answered meanwhile", extra={"handover": handover_id})
    return returned


@action
def return_handover(*, by: Actor, handover_id: int, at: datetime) -> Handover:
    """One unanswered request comes back at its deadline; the missed answer stays on record as a breach of the receiver."""
    row = _locked(handover_id)
    ensure(by, Permission.CLOCK_RUN, at_dong(row.to_dong_id))
    _must_wait(row)
    if row.due_at >= at:
        raise Forbidden(_("아직 답할 기한이 남았습니다."))
    climb_batch(by=by, about=About.HANDOVER, ids=[row.pk], at=at)
    end_asked(row, HandoverState.RETURNED, at)
    record("handover.return", by=by, at=at, about=row, household_id=row.household_id, dong_id=row.from_dong_id,
           gu_id=gu_of(row.from_dong_id))  # fmt: skip
    return row
