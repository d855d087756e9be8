"""Asking to close a watch, and the second person's answer."""

from datetime import datetime

from django.utils.translation import gettext as _

from chatdong.ground.messages.actions import tell
from chatdong.ground.messages.states import MessageKind
from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Conflict, Forbidden, Invalid
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.visits.actions.closing import GONE_CLOSURES, ask_or_close, close, needs_second_person, reopen
from chatdong.safetynet.visits.actions.held import ensure_person, found_watch
from chatdong.safetynet.visits.actions.told import page_path
from chatdong.safetynet.visits.actions.watches import regrade
from chatdong.safetynet.visits.models import Assessment, Unreached, Watch
from chatdong.safetynet.visits.queries.homes import home_at
from chatdong.safetynet.visits.queries.rules import next_visit_at
from chatdong.safetynet.visits.states import ClosureReason, Grade, OwnedState, UnreachedState

# What a person may choose; the others come of merging, regrading, or belong to leads.
CLOSURES = (
    ClosureReason.GOAL_REACHED, ClosureReason.IMPROVED, ClosureReason.LINKED, ClosureReason.NO_NEED, ClosureReason.MOVED,
    ClosureReason.REFUSED, ClosureReason.DIED, ClosureReason.ADMITTED, ClosureReason.UNREACHED,
)  # fmt: skip


@action
def ask_watch_closure(*, by: Actor, watch_id: int, closure: str, note: str, at: datetime) -> Watch:
    """End a watch with a typed reason. High risk, suicide risk and 'never reached' wait for a second person.

    Raises:
        Invalid: fields `closure`, `note`.
        Conflict: it is closed or already asked, or the household is still being searched for.
        NotFound, Forbidden: RISK_GRADE at the watch.
    """
    watch = found_watch(by, watch_id, Permission.RISK_GRADE)
    if watch.state != OwnedState.OPEN:
        raise Conflict(_("이미 종결을 올렸거나 종결된 가구입니다."))
    if closure not in CLOSURES:
        raise Invalid({"closure": _("종결 사유를 목록에서 골라 주세요.")})
    second = needs_second_person(watch) or closure == ClosureReason.UNREACHED
    if second and closure not in GONE_CLOSURES and not note.strip():
        raise Invalid({"note": _("어떻게 확인했는지 적어 주세요. 다른 사람이 읽고 확인합니다.")})
    searched = Unreached.objects.filter(household_id=watch.household_id, state=UnreachedState.OPEN).exists()
    if searched and closure not in GONE_CLOSURES:
        raise Conflict(_("아직 찾는 중인 가구입니다. 연락이 되거나 책임자가 이유를 적고 멈춰야 종결할 수 있습니다."))
    ask_or_close(watch, ClosureReason(closure), note.strip(), by=by, at=at, second=second)
    record("watch.ask_closure", by=by, at=at, about=watch, household_id=watch.household_id, dong_id=watch.dong_id,
           details={"closure": str(closure), "second": second})  # fmt: skip
    return watch


@action
def confirm_watch_closure(*, by: Actor, watch_id: int, at: datetime) -> Watch:
    """The second person agrees: the watch closes, or takes the lower grade that was asked for.

    Raises:
        Forbidden: the one who asked, a machine, or no CLOSURE_CONFIRM at the watch.
        Conflict: nobody asked.
        NotFound: out of reach.
    """
    watch = _asked(by, watch_id)
    newest = Assessment.objects.filter(household_id=watch.household_id).order_by("-at", "-id").first()
    if watch.closure == ClosureReason.REGRADED and newest is not None and newest.grade != Grade.NONE:
        regrade(watch, newest, by=by, at=at)
        event = "watch.confirm_regrade"
    else:
        close(watch, at=at, confirmed_by=by.account_id)
        event = "watch.confirm_closure"
    record(event, by=by, at=at, about=watch, household_id=watch.household_id, dong_id=watch.dong_id)
    return watch


@action
def refuse_watch_closure(*, by: Actor, watch_id: int, why: str, at: datetime) -> Watch:
    """The second person does not agree: the watch goes on at its grade and rhythm, and its worker is told.

    Where a lower grade had been asked for, the grade that stays is written down anew, so that the newest grading is the one in
    force. Raises as `confirm_watch_closure`, and Invalid (`why`).
    """
    watch = _asked(by, watch_id)
    if not why.strip():
        raise Invalid({"why": _("돌려보내는 이유를 적어 주세요.")})
    if watch.closure == ClosureReason.REGRADED:
        Assessment.objects.create(
            household_id=watch.household_id, grade=watch.grade, suicide=watch.suicide, reasons=list(watch.reasons),
            note=why.strip()[:500], by=by.account_id, at=at,
        )  # fmt: skip
    reopen(watch)
    watch.closure_note = why.strip()[:500]
    day, last = kst(at).date(), kst(watch.last_contact_at or watch.opened_at).date()
    watch.next_at = next_visit_at(watch.grade, watch.suicide, last, on=day, gu_id=home_at(watch.household_id).dong.gu_id)
    watch.version += 1
    watch.save()
    tell(
        [watch.worker_id], MessageKind.CLOSURE, _("종결을 돌려보냈습니다. 이유를 확인해 주세요."), at=at,
        key=f"watch:{watch.pk}:refused:{watch.version}", path=page_path(watch.household_id), household_id=watch.household_id,
    )  # fmt: skip
    record("watch.refuse_closure", by=by, at=at, about=watch, household_id=watch.household_id, dong_id=watch.dong_id)
    return watch


def _asked(by: Actor, watch_id: int) -> Watch:
    watch = found_watch(by, watch_id, Permission.CLOSURE_CONFIRM)
    me = ensure_person(by)
    if watch.state != OwnedState.CLOSING:
        raise Conflict(_("종결 확인을 기다리는 가구가 아닙니다."))
    if watch.closure_asked_by_id == me:
        raise Forbidden(_("종결을 올린 사람은 확인할 수 없습니다. 다른 사람이 확인해야 합니다."))
    return watch
