"""Leads: opened or joined, given to somebody, moved on, registered elsewhere."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from chatdong.ground.accounts.queries import is_posted
from chatdong.ground.messages.actions import tell
from chatdong.ground.messages.states import MessageKind
from chatdong.kernel.errors import Conflict, Invalid
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.discovery.actions.climbing import climb_household
from chatdong.safetynet.discovery.actions.deputy import ensure_here, locked_household, locked_lead
from chatdong.safetynet.discovery.models import Lead, LeadStatus
from chatdong.safetynet.discovery.queries.duty import gu_of, owner_for
from chatdong.safetynet.discovery.queries.leads import worker_of_household
from chatdong.safetynet.discovery.queries.paths import to_household
from chatdong.safetynet.discovery.queries.triage import more_urgent
from chatdong.safetynet.discovery.states import URGENCY_RANK, Pathway
from chatdong.safetynet.visits.states import NextStep, OwnedState

STEPS = frozenset(
    {NextStep.FIRST_CONTACT, NextStep.CALL, NextStep.VISIT, NextStep.TRY_AGAIN, NextStep.ASK_WARDEN, NextStep.ASK_AGENCY,
     NextStep.ASK_POLICE}
)  # fmt: skip


def note_status(lead: Lead, *, by: Actor, at: datetime, why: str = "") -> None:
    """Append what the lead now is; `why` is a code or a typed reason. Called inside an action."""
    LeadStatus.objects.create(
        lead=lead, state=lead.state, next_step=lead.next_step, next_at=lead.next_at, dong=lead.dong_id, worker=lead.worker_id,
        by=by.account_id, why=why[:300], at=at,
    )  # fmt: skip


def keep(lead: Lead, *, by: Actor, at: datetime, why: str = "") -> None:
    """Save a changed lead with its next version and status."""
    lead.version += 1
    lead.save()
    note_status(lead, by=by, at=at, why=why)


@action
def open_lead(
    *, by: Actor, household_id: int, pathway: str, urgency: str, due_at: datetime, at: datetime, worker_id: int | None = None,
) -> Lead:  # fmt: skip
    """Open a lead for a household, or join its open one: then it only ever gets more urgent and earlier.

    The worker is the one named, else who already answers for the household, else the dong's. A lead on its way to
    closure is taken back: something new was said. Raises Conflict when nobody works in the gu.
    """
    household = locked_household(household_id)
    ensure(by, Permission.REPORT_TRIAGE, household.where)
    lead = Lead.objects.select_for_update(of=("self",)).filter(household_id=household.pk).exclude(state=OwnedState.CLOSED).first()
    if lead is None:
        tong = household.tong.number if household.tong_id else None
        owner = owner_for(household.dong_id, at.date(), tong, prefer=worker_id or worker_of_household(household.pk))
        lead = Lead.objects.create(
            household_id=household.pk, dong_id=household.dong_id, worker_id=owner, state=OwnedState.OPEN,
            next_step=NextStep.FIRST_CONTACT, next_at=due_at, opened_at=at, pathway=Pathway(pathway), urgency=urgency,
            rank=URGENCY_RANK[urgency], first_due_at=due_at,
        )  # fmt: skip
        note_status(lead, by=by, at=at, why="opened")
        event, text = "lead.open", _("새 발굴 건을 맡았습니다. 첫 연락 기한을 확인해 주세요.")
    else:
        _join(lead, urgency, due_at)
        keep(lead, by=by, at=at, why="joined")
        event, text = "lead.join", _("맡은 발굴 건에 새 신고가 이어졌습니다.")
    tell([lead.worker_id], MessageKind.ASSIGNED, text, at=at, key=f"lead:{lead.pk}:{lead.version}",
         path=to_household(household.pk), household_id=household.pk, urgent=lead.rank <= 2)  # fmt: skip
    if due_at < at:
        climb_household(by=by, household_id=household.pk, at=at)
    record(event, by=by, at=at, about=lead, household_id=household.pk, dong_id=lead.dong_id, gu_id=gu_of(lead.dong_id))
    return lead


def _join(lead: Lead, urgency: str, due_at: datetime) -> None:
    lead.urgency = more_urgent(lead.urgency, urgency)
    lead.rank = URGENCY_RANK[lead.urgency]
    if lead.first_contact_at is None:
        lead.first_due_at = min(lead.first_due_at, due_at)
    if lead.state == OwnedState.CLOSING:
        closed_again(lead, NextStep.CALL, due_at)
    assert lead.next_at is not None
    lead.next_at = min(lead.next_at, due_at)


def closed_again(lead: Lead, next_step: str, next_at: datetime) -> None:
    """Take a closure back on the row: open again, with a step and a time, nothing left of the closure."""
    lead.state = OwnedState.OPEN
    lead.closure, lead.closure_note, lead.needs_second = "", "", False
    lead.closure_asked_by_id = lead.closure_confirmed_by_id = None
    lead.closure_asked_at = lead.closed_at = None
    lead.next_step, lead.next_at = next_step, next_at


@action
def set_lead_next(*, by: Actor, lead_id: int, next_step: str, next_at: datetime, at: datetime, why: str = "") -> Lead:
    """Say what happens next and until when.

    Raises:
        Invalid: no such step, or a time that has passed (fields `next_step`, `next_at`).
        Conflict: the lead is closed or waits for its closure.
    """
    lead = locked_lead(lead_id)
    ensure_here(by, Permission.LEAD_WORK, Permission.LEAD_READ, lead.where)
    must_be_open(lead)
    apply_next(lead, next_step, next_at, at)
    keep(lead, by=by, at=at, why=why or "next")
    record("lead.next", by=by, at=at, about=lead, household_id=lead.household_id, dong_id=lead.dong_id, why=str(next_step))
    return lead


def must_be_open(lead: Lead) -> None:
    """Raises Conflict unless the lead is OPEN."""
    if lead.state == OwnedState.CLOSED:
        raise Conflict(_("이미 종결된 발굴 건입니다."))
    if lead.state == OwnedState.CLOSING:
        raise Conflict(_("종결 확인을 기다리는 건입니다. 먼저 확인하거나 돌려보내 주세요."))


def apply_next(lead: Lead, next_step: str, next_at: datetime, at: datetime) -> None:
    """Set a next step on the row. Raises Invalid (fields `next_step`, `next_at`)."""
    if next_step not in STEPS:
        raise Invalid({"next_step": _("다음 할 일을 골라 주세요.")})
    if next_at <= at:
        raise Invalid({"next_at": _("다음 기한은 지금보다 뒤여야 합니다.")})
    if (next_at - at).days > 400:
        raise Invalid({"next_at": _("다음 기한이 너무 멉니다. 1년 안으로 정해 주세요.")})
    lead.next_step, lead.next_at = next_step, next_at


@action
def assign_lead(*, by: Actor, lead_id: int, worker_id: int, at: datetime) -> Lead:
    """Give a lead to another worker of its dong. Raises Invalid when that person is not posted there (field `worker`)."""
    lead = locked_lead(lead_id)
    ensure_here(by, Permission.LEAD_ASSIGN, Permission.LEAD_READ, lead.where)
    if lead.state == OwnedState.CLOSED:
        raise Conflict(_("이미 종결된 발굴 건입니다."))
    if not is_posted(worker_id, lead.dong_id, at.date()):
        raise Invalid({"worker": _("이 동에서 일하는 사람을 골라 주세요.")})
    lead.worker_id = worker_id
    keep(lead, by=by, at=at, why="assigned")
    _follow(lead)
    tell([worker_id], MessageKind.ASSIGNED, _("발굴 건을 새로 맡았습니다."), at=at, key=f"lead:{lead.pk}:{lead.version}",
         path=to_household(lead.household_id), household_id=lead.household_id, urgent=lead.rank <= 2)  # fmt: skip
    record("lead.assign", by=by, at=at, about=lead, household_id=lead.household_id, dong_id=lead.dong_id,
           details={"worker": worker_id})  # fmt: skip
    return lead


def _follow(lead: Lead) -> None:
    """The joined reports of a lead stand where it stands."""
    lead.reports.update(dong_id=lead.dong_id, worker_id=lead.worker_id)


def move_lead(lead: Lead, *, dong_id: int, worker_id: int, by: Actor, at: datetime, why: str) -> None:
    """Put a lead and its reports into a dong and a person's hands. Called inside an action, the household locked."""
    lead.dong_id, lead.worker_id = dong_id, worker_id
    keep(lead, by=by, at=at, why=why)
    _follow(lead)


@action
def register_lead(*, by: Actor, lead_id: int, system: str, number: str, on: date, at: datetime) -> Lead:
    """Note that the lead stands in 행복e음 or 복지플랜시스템: only then does it count as 신규발굴 (B-22).

    Raises Invalid for an empty system or number, or a day to come (fields `system`, `number`, `on`).
    """
    lead = locked_lead(lead_id)
    ensure_here(by, Permission.LEAD_WORK, Permission.LEAD_READ, lead.where)
    if not system.strip():
        raise Invalid({"system": _("어느 시스템인지 골라 주세요.")})
    if not number.strip():
        raise Invalid({"number": _("등록번호를 적어 주세요.")})
    if on > at.date():
        raise Invalid({"on": _("등록일이 오늘보다 뒤입니다.")})
    lead.registered_in, lead.registered_no, lead.registered_on = system.strip()[:20], number.strip()[:40], on
    lead.version += 1
    lead.save()
    note_status(lead, by=by, at=at, why="registered")
    record("lead.register", by=by, at=at, about=lead, household_id=lead.household_id, dong_id=lead.dong_id)
    return lead
