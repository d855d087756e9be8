"""Closing a lead: a typed reason, and a second person wherever the risk is high."""

from datetime import datetime

from django.utils.translation import gettext as _

from chatdong.ground.accounts.queries import holders
from chatdong.ground.messages.actions import tell
from chatdong.ground.messages.states import MessageKind
from chatdong.ground.places.queries import gu_of
from chatdong.kernel.errors import Conflict, Forbidden, Invalid
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.policy.roles import Role
from chatdong.safetynet.discovery.actions.deputy import ensure_here, locked_lead
from chatdong.safetynet.discovery.actions.leads import closed_again, keep, must_be_open
from chatdong.safetynet.discovery.models import Lead
from chatdong.safetynet.discovery.queries.deadlines import due_by
from chatdong.safetynet.discovery.queries.leads import needs_second_person, open_watch_of
from chatdong.safetynet.discovery.queries.paths import TO_CLOSURES, to_household
from chatdong.safetynet.visits.states import ClosureReason, NextStep, OwnedState

# JOINED and REGRADED are given by merging and grading, never chosen by a person.
CHOSEN = frozenset(ClosureReason.values) - {ClosureReason.JOINED, ClosureReason.REGRADED}


@action
def ask_closure(*, by: Actor, lead_id: int, closure: str, at: datetime, note: str = "") -> Lead:
    """End a lead, or ask a second person to: high risk, suicide risk, reports of "at once" and never having reached anybody.

    While that person has not answered, the worker stays owner, with the confirmation as next step and a deadline.

    Raises:
        Invalid: no such reason, or it lacks its note or its watch (fields `closure`, `note`).
        Conflict: the lead is closed, or waits already.
    """
    lead = locked_lead(lead_id)
    ensure_here(by, Permission.LEAD_WORK, Permission.LEAD_READ, lead.where)
    must_be_open(lead)
    _check(lead, closure, note)
    lead.closure, lead.closure_note = closure, note.strip()[:500]
    lead.closure_asked_by_id, lead.closure_asked_at = by.account_id, at
    lead.needs_second = needs_second_person(lead) or closure == ClosureReason.UNREACHED
    if lead.needs_second:
        lead.state, lead.next_step = OwnedState.CLOSING, NextStep.CONFIRM_CLOSURE
        lead.next_at = due_by("closure.confirm", since=at, gu_id=gu_of(lead.dong_id))
        tell(_confirmers(lead, at, but=by.account_id), MessageKind.CLOSURE, _("종결을 확인해 달라는 요청이 있습니다."), at=at,
             key=f"closure:{lead.pk}:{lead.version}", path=TO_CLOSURES, household_id=lead.household_id)  # fmt: skip
    else:
        _close(lead, at)
    keep(lead, by=by, at=at, why=str(closure))
    event = "lead.ask_closure" if lead.needs_second else "lead.close"
    record(event, by=by, at=at, about=lead, household_id=lead.household_id, dong_id=lead.dong_id, gu_id=gu_of(lead.dong_id),
           why=str(closure))  # fmt: skip
    return lead


def _check(lead: Lead, closure: str, note: str) -> None:
    if closure not in CHOSEN:
        raise Invalid({"closure": _("종결 사유를 골라 주세요.")})
    if closure == ClosureReason.WATCHED and open_watch_of(lead.household_id) is None:
        raise Invalid({"closure": _("먼저 위험군을 정해 복지방문지도에 올려 주세요. 그래야 주기적 방문으로 이어집니다.")})
    if closure in (ClosureReason.UNREACHED, ClosureReason.REFUSED, ClosureReason.NO_NEED) and not note.strip():
        raise Invalid({"note": _("왜 이렇게 종결하는지 적어 주세요.")})


def _close(lead: Lead, at: datetime) -> None:
    lead.state, lead.closed_at, lead.next_step, lead.next_at = OwnedState.CLOSED, at, "", None


def _confirmers(lead: Lead, at: datetime, but: int | None) -> list[int]:
    """Who may confirm in the dong, else in the gu; never the person who asked."""
    on = at.date()
    near = holders(Role.TEAM_LEAD, on, dong_id=lead.dong_id) + holders(Role.DONG_HEAD, on, dong_id=lead.dong_id)
    near = [account_id for account_id in near if account_id != but]
    return near or [one for one in holders(Role.GU_OFFICER, on, gu_id=gu_of(lead.dong_id)) if one != but]


@action
def confirm_closure(*, by: Actor, lead_id: int, at: datetime) -> Lead:
    """The second person agrees: the lead is closed.

    Raises:
        Forbidden: it is the person who asked.
        Conflict: nothing waits to be confirmed.
    """
    lead = locked_lead(lead_id)
    ensure_here(by, Permission.CLOSURE_CONFIRM, Permission.LEAD_READ, lead.where)
    must_wait(lead)
    if by.account_id is None or by.account_id == lead.closure_asked_by_id:
        raise Forbidden(_("종결을 올린 사람은 스스로 확인할 수 없습니다. 다른 사람이 확인해야 합니다."))
    lead.closure_confirmed_by_id = by.account_id
    _close(lead, at)
    keep(lead, by=by, at=at, why="confirmed")
    tell([lead.worker_id], MessageKind.CLOSURE, _("올린 종결이 확인되었습니다."), at=at, key=f"closed:{lead.pk}:{lead.version}",
         path=to_household(lead.household_id), household_id=lead.household_id)  # fmt: skip
    record("lead.confirm_closure", by=by, at=at, about=lead, household_id=lead.household_id, dong_id=lead.dong_id,
           why=lead.closure)  # fmt: skip
    return lead


@action
def refuse_closure(*, by: Actor, lead_id: int, why: str, at: datetime) -> Lead:
    """The second person does not agree: the lead is open again and the worker is to be in touch by the confirmation's deadline.

    Raises Invalid without a reason (field `why`), Conflict when nothing waits.
    """
    lead = locked_lead(lead_id)
    ensure_here(by, Permission.CLOSURE_CONFIRM, Permission.LEAD_READ, lead.where)
    must_wait(lead)
    if not why.strip():
        raise Invalid({"why": _("왜 돌려보내는지 적어 주세요.")})
    closed_again(lead, NextStep.VISIT, due_by("closure.confirm", since=at, gu_id=gu_of(lead.dong_id)))
    keep(lead, by=by, at=at, why=why.strip())
    tell([lead.worker_id], MessageKind.CLOSURE, _("올린 종결이 돌아왔습니다. 이유를 보고 다음 할 일을 정해 주세요."), at=at,
         key=f"reopened:{lead.pk}:{lead.version}", path=to_household(lead.household_id),
         household_id=lead.household_id)  # fmt: skip
    record("lead.refuse_closure", by=by, at=at, about=lead, household_id=lead.household_id, dong_id=lead.dong_id)
    return lead


def must_wait(lead: Lead) -> None:
    """Raises Conflict unless the lead waits for a second person."""
    if lead.state != OwnedState.CLOSING:
        raise Conflict(_("확인을 기다리는 종결이 아닙니다. 새로 열어 확인해 주세요."))
