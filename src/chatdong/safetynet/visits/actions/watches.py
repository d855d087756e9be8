"""Grading a household, and the watch that follows from it: its worker, its next step, its date."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from chatdong.engines import risk
from chatdong.ground.accounts.queries import holders
from chatdong.ground.messages.actions import tell
from chatdong.ground.messages.states import MessageKind
from chatdong.kernel.clock import date_text, kst
from chatdong.kernel.errors import Conflict, Invalid
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.policy.roles import Role
from chatdong.safetynet.visits.actions.closing import ask_or_close, needs_second_person, reopen
from chatdong.safetynet.visits.actions.held import ensure_lived_in, ensure_posted, found_watch, held_home, lock_watch, worker_for
from chatdong.safetynet.visits.actions.told import leads_of, page_path, tell_assigned
from chatdong.safetynet.visits.models import Assessment, Watch
from chatdong.safetynet.visits.queries.homes import home_at
from chatdong.safetynet.visits.queries.rules import GRADE_OF, next_visit_at, weights_on
from chatdong.safetynet.visits.queries.watches import kinds_of
from chatdong.safetynet.visits.states import ClosureReason, Grade, NextStep, OwnedState

STEPS = (NextStep.CALL, NextStep.VISIT, NextStep.WATCH, NextStep.TRY_AGAIN, NextStep.ASK_WARDEN, NextStep.ASK_AGENCY,
         NextStep.ASK_POLICE)  # fmt: skip


@action
def assess_household(
    *, by: Actor, household_id: int, reasons: Sequence[str], at: datetime, note: str = "", worker_id: int | None = None
) -> Assessment:
    """Grade a household from declared reasons (codes of engines.risk) and put it on the map, regrade it, or take it off.

    HIGH, MEDIUM and LOW open a watch or change its grade at once when it rises. A fall from HIGH, and the end of a suicide
    sign, wait in CLOSING for a second person; the watch keeps its grade until then. `worker_id`: who answers for the household
    elsewhere (an open lead's worker), said by discovery.

    Raises:
        Invalid: a reason that is not in the table (field `reasons`).
        Conflict: nobody lives there, or the household became another.
        NotFound, Forbidden: RISK_GRADE at the household.
    """
    home = held_home(by, household_id, Permission.RISK_GRADE, worker_id)
    ensure_lived_in(home)
    try:
        verdict = risk.assess(reasons, weights_on(kst(at).date(), home.dong.gu_id))
    except risk.UnknownReason as error:
        raise Invalid({"reasons": _("목록에 없는 이유입니다. 목록에서 골라 주세요.")}) from error
    assessment = Assessment.objects.create(
        household_id=home.pk, grade=GRADE_OF[verdict.grade], suicide=verdict.suicide, note=note.strip()[:500],
        reasons=[part.code for part in verdict.reasons], by=by.account_id, at=at,
    )  # fmt: skip
    watch = lock_watch(home.pk)
    if watch is None:
        if assessment.grade != Grade.NONE:
            open_watch(home, assessment, by, at, worker_id)
    elif _falls(watch, assessment):
        ask_or_close(watch, ClosureReason.REGRADED, assessment.note, by=by, at=at, second=True)
    elif assessment.grade == Grade.NONE:
        ask_or_close(watch, ClosureReason.REGRADED, assessment.note, by=by, at=at, second=needs_second_person(watch))
    else:
        regrade(watch, assessment, by=by, at=at)
    record(
        "household.assess", by=by, at=at, about=assessment, household_id=home.pk, dong_id=home.dong_id,
        details={"grade": int(assessment.grade)},
    )  # fmt: skip
    return assessment


def _falls(watch: Watch, assessment: Assessment) -> bool:
    return needs_second_person(watch) and (assessment.grade > watch.grade or (watch.suicide and not assessment.suicide))


def open_watch(home: Any, assessment: Assessment, by: Actor, at: datetime, said: int | None) -> Watch:
    """Put a household on the map at the grade of an assessment: with a worker, a next step and a date."""
    day = kst(at).date()
    watch = Watch(household_id=home.pk, dong_id=home.dong_id, worker_id=worker_for(home, day, said), opened_at=at)
    watch.next_step = NextStep.WATCH
    _carry(watch, assessment)
    watch.next_at = next_visit_at(watch.grade, watch.suicide, day, on=day, gu_id=home.dong.gu_id)
    watch.save()
    tell_assigned(watch.worker_id, by, home.pk, key=f"watch:{watch.pk}:opened", at=at)
    if watch.suicide:
        tell_of_suicide_risk(watch, assessment.pk, at)
    return watch


def regrade(watch: Watch, assessment: Assessment, *, by: Actor, at: datetime) -> None:
    """Give a watch the grade of an assessment. A stricter one never moves the next visit later, a looser one counts
    from the last contact; whoever was asked to confirm a fall need not any more.
    """
    newly_suicide = assessment.suicide and not watch.suicide
    is_looser = (assessment.grade, not assessment.suicide) > (watch.grade, not watch.suicide)
    day, gu_id = kst(at).date(), home_at(watch.household_id).dong.gu_id
    _carry(watch, assessment)
    if watch.state == OwnedState.CLOSING and watch.closure == ClosureReason.REGRADED:
        reopen(watch)
    if watch.state == OwnedState.OPEN:
        if is_looser:
            last = kst(watch.last_contact_at or watch.opened_at).date()
            watch.next_at = next_visit_at(watch.grade, watch.suicide, last, on=day, gu_id=gu_id)
        else:
            soonest = next_visit_at(watch.grade, watch.suicide, day, on=day, gu_id=gu_id)
            watch.next_at = min(watch.next_at or soonest, soonest)
        watch.next_step = watch.next_step if watch.next_step in STEPS else NextStep.WATCH
    watch.version += 1
    watch.save()
    if newly_suicide:
        tell_of_suicide_risk(watch, assessment.pk, at)


def _carry(watch: Watch, assessment: Assessment) -> None:
    watch.grade, watch.suicide = assessment.grade, assessment.suicide
    watch.reasons, watch.kinds = list(assessment.reasons), kinds_of(assessment.reasons)


def tell_of_suicide_risk(watch: Watch, number: int, at: datetime) -> None:
    """Team lead and nurse of the dong are both told, whoever graded (C-06); the text names nothing."""
    on = kst(at).date()
    told = [*holders(Role.TEAM_LEAD, on, dong_id=watch.dong_id), *holders(Role.NURSE, on, dong_id=watch.dong_id)]
    tell(
        told or leads_of(watch.dong_id, at), MessageKind.SAFETY,
        _("집중해서 살필 가구가 생겼습니다. 안전계획을 함께 확인해 주세요."), at=at, key=f"suicide:{watch.pk}:{number}",
        path=page_path(watch.household_id), household_id=watch.household_id, urgent=True,
    )  # fmt: skip


@action
def set_watch_next(*, by: Actor, watch_id: int, next_step: str, next_at: datetime, at: datetime) -> Watch:
    """Say what comes next for a watched household and by when: never in the past, never later than the rhythm allows from today.

    Raises:
        Invalid: fields `next_step`, `next_at`.
        Conflict: the closure waits for a second person.
        NotFound, Forbidden: VISIT_PLAN at the watch.
    """
    watch = found_watch(by, watch_id, Permission.VISIT_PLAN)
    if watch.state != OwnedState.OPEN:
        raise Conflict(_("종결 확인을 기다리는 중이라 다음 할 일을 바꿀 수 없습니다."))
    if next_step not in STEPS:
        raise Invalid({"next_step": _("다음 할 일을 목록에서 골라 주세요.")})
    if next_at <= at:
        raise Invalid({"next_at": _("지난 때로 정할 수 없습니다. 앞으로의 날을 골라 주세요.")})
    day, gu_id = kst(at).date(), home_at(watch.household_id).dong.gu_id
    latest = next_visit_at(watch.grade, watch.suicide, day, on=day, gu_id=gu_id)
    if next_at > latest:
        raise Invalid({"next_at": _("방문 주기보다 늦습니다. %(day)s까지로 정해 주세요.") % {"day": date_text(latest)}})
    watch.next_step, watch.next_at = next_step, next_at
    watch.version += 1
    watch.save()
    record("watch.next", by=by, at=at, about=watch, household_id=watch.household_id, dong_id=watch.dong_id,
           details={"step": str(next_step)})  # fmt: skip
    return watch


@action
def assign_watch(*, by: Actor, watch_id: int, worker_id: int, at: datetime) -> Watch:
    """Give a watched household to another worker of the dong, who is told. Raises Invalid (`worker_id`), NotFound, Forbidden."""
    watch = found_watch(by, watch_id, Permission.LEAD_ASSIGN)
    if watch.state == OwnedState.CLOSED:
        raise Conflict(_("이미 종결된 가구입니다."))
    ensure_posted(worker_id, watch.dong_id, kst(at).date(), "worker_id")
    watch.worker_id = worker_id
    watch.version += 1
    watch.save()
    tell_assigned(worker_id, by, watch.household_id, key=f"watch:{watch.pk}:{watch.version}", at=at)
    record("watch.assign", by=by, at=at, about=watch, household_id=watch.household_id, dong_id=watch.dong_id,
           details={"worker": worker_id})  # fmt: skip
    return watch
