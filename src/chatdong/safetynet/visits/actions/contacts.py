"""Writing down a contact: once a form, whatever happens to the connection."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chatdong.engines import risk
from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Conflict, Forbidden, Invalid
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import may
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.visits.actions.aftermath import follow_contact
from chatdong.safetynet.visits.actions.held import ensure_not_merged, ensure_person, ensure_posted, held_home
from chatdong.safetynet.visits.models import Contact, Visit
from chatdong.safetynet.visits.queries.attempts import as_attempt, attempts_of, contacts_of
from chatdong.safetynet.visits.queries.homes import living, same_home, where_of
from chatdong.safetynet.visits.queries.rules import back_days, reach_settings
from chatdong.safetynet.visits.states import GONE, NOT_REACHED, Outcome, VisitState, Way

SEEN_MOST = 5000
NEEDS_MOST = 40


@dataclass(frozen=True)
class Form:
    """What was sent, in the shape in which it is stored; two forms are the same when these are."""

    household_id: int
    worker_id: int
    companion_id: int | None
    visit_id: int | None
    at: datetime
    way: str
    outcome: str
    met: list[int]
    seen: str
    needs: list[str]
    left_notice: bool
    corrects_id: int | None


@action
def record_contact(
    *, by: Actor, key: UUID, household_id: int, at: datetime, done_at: datetime, way: str, outcome: str, seen: str = "",
    needs: Sequence[str] = (), met: Sequence[int] = (), companion_id: int | None = None, visit_id: int | None = None,
    left_notice: bool = False, corrects_id: int | None = None, owner_id: int | None = None, gone_on: date | None = None,
) -> Contact:  # fmt: skip
    """Write down that somebody was visited, called or tried, and all that follows from it.

    `key` is the form's own number: the same form sent again, even by two connections at once, stores one contact and returns it.
    `met` are ids of residents: those met, or those who died, moved or were admitted (none: the whole household).
    `corrects_id` names an earlier contact that this one takes the place of. `owner_id`: who answers for the household elsewhere
    (an open lead's worker), said by discovery. `gone_on`: the day somebody died, moved or was admitted, where it was another.

    What follows: the planned visit is done, targets are marked, the search for the unreached opens, climbs or finds, the register
    follows deaths, moves and admissions, and the watch gets its next visit by the rhythm of its grade.

    Raises:
        Invalid: at the field at fault. After a failed attempt the next must differ (`way` or `at`).
        Conflict: the key was used for something else, the planned visit is over, the record was corrected already, or the
            household became another.
        NotFound, Forbidden: VISIT_RECORD at the household.
    """
    home = held_home(by, household_id, Permission.VISIT_RECORD, owner_id)
    form = Form(
        household_id=home.pk, worker_id=ensure_person(by), companion_id=companion_id, visit_id=visit_id, at=done_at, way=str(way),
        outcome=str(outcome), met=sorted(set(met)), seen=seen.strip(), needs=list(dict.fromkeys(needs)), left_notice=left_notice,
        corrects_id=corrects_id,
    )  # fmt: skip
    stored = _stored(key)
    if stored is None:
        ensure_not_merged(home)
        _ensure_sound(form, home, at)
        if gone_on is not None and gone_on > kst(done_at).date():
            raise Invalid({"gone_on": _("아직 오지 않은 날입니다. 날짜를 다시 확인해 주세요.")})
        corrected = _ensure_correctable(form, by, home, owner_id)
        if corrected is None:
            _ensure_differs(form, home, at)
        stored, is_new = _store(key, _spelled_out(form, home, corrected), home)
        if is_new:
            follow_contact(stored, home=home, by=by, at=at, owner_id=owner_id, corrected=corrected, gone_on=gone_on)
            record("contact.record", by=by, at=at, about=stored, household_id=home.pk, dong_id=home.dong_id,
                   details={"way": form.way, "outcome": form.outcome, "corrects": corrects_id})  # fmt: skip
            return stored
    _ensure_same(stored, form)
    record("contact.again", by=by, at=at, about=stored, household_id=stored.household_id, dong_id=stored.dong_id)
    return stored


def _stored(key: UUID) -> Contact | None:
    return Contact.objects.filter(key=key).first()


def _store(key: UUID, form: Form, home: Any) -> tuple[Contact, bool]:
    try:
        with transaction.atomic():
            return Contact.objects.create(key=key, dong_id=home.dong_id, **asdict(form)), True
    except IntegrityError:
        # Another connection sent the same form at the same moment and was first.
        twin = _stored(key)
        if twin is None:
            raise
        return twin, False


def _spelled_out(form: Form, home: Any, corrected: Contact | None) -> Form:
    """Where the whole household is gone, who that was is written down: a correction has to know."""
    if form.outcome not in GONE or form.met:
        return form
    wrongly_gone = corrected.met if corrected is not None and corrected.outcome in GONE else []
    return replace(form, met=sorted({*wrongly_gone, *(one.pk for one in living(home))}))


def _ensure_same(stored: Contact, form: Form) -> None:
    sent = asdict(form)
    if form.outcome in GONE and not form.met:
        sent["met"] = stored.met
    if {name: getattr(stored, name) for name in sent} != sent:
        raise Conflict(_("같은 번호의 양식이 다른 내용으로 이미 저장되어 있습니다. 새로 열어 확인해 주세요."))


def _ensure_sound(form: Form, home: Any, at: datetime) -> None:
    wrong: dict[str, str] = {}
    if form.way not in Way.values:
        wrong["way"] = _("어떻게 연락했는지 골라 주세요.")
    if form.outcome not in Outcome.values:
        wrong["outcome"] = _("어떻게 되었는지 골라 주세요.")
    elif (form.way, form.outcome) in ((Way.PHONE, Outcome.MET), (Way.VISIT, Outcome.PHONE)):
        wrong["outcome"] = _("전화로는 '전화상담', 방문으로는 '만남'을 골라 주세요.")
    days = back_days(kst(at).date(), home.dong.gu_id)
    if form.at > at:
        wrong["done_at"] = _("아직 오지 않은 때입니다. 한 때를 다시 확인해 주세요.")
    elif form.at < at - timedelta(days=days):
        wrong["done_at"] = _("%(days)d일보다 오래된 일은 적을 수 없습니다.") % {"days": days}
    known = set(home.residents.filter(pk__in=form.met).values_list("id", flat=True))
    if known != set(form.met):
        wrong["met"] = _("이 가구의 사람을 골라 주세요.")
    if len(form.seen) > SEEN_MOST:
        wrong["seen"] = _("5,000자 안으로 적어 주세요.")
    if len(form.needs) > NEEDS_MOST or any(not isinstance(need, str) or len(need) > NEEDS_MOST for need in form.needs):
        wrong["needs"] = _("살펴본 것을 목록에서 골라 주세요.")
    if wrong:
        raise Invalid(wrong)
    _ensure_company(form, home, at)


def _ensure_company(form: Form, home: Any, at: datetime) -> None:
    if form.companion_id is not None:
        if form.companion_id == form.worker_id:
            raise Invalid({"companion_id": _("함께 간 다른 사람을 골라 주세요.")})
        ensure_posted(form.companion_id, home.dong_id, kst(at).date(), "companion_id")
    if form.visit_id is not None:
        visit = Visit.objects.filter(pk=form.visit_id, household_id=home.pk).first()
        if visit is None:
            raise Invalid({"visit_id": _("이 가구의 방문 예정이 아닙니다.")})
        if visit.state != VisitState.PLANNED and form.corrects_id is None:
            raise Conflict(_("이미 마쳤거나 취소한 방문입니다."))


def _ensure_correctable(form: Form, by: Actor, home: Any, owner_id: int | None) -> Contact | None:
    if form.corrects_id is None:
        return None
    earlier = Contact.objects.filter(pk=form.corrects_id, household_id__in=same_home(home.pk)).first()
    if earlier is None:
        raise Invalid({"corrects_id": _("이 가구의 기록이 아닙니다.")})
    if not contacts_of(home.pk).filter(pk=earlier.pk).exists():
        raise Conflict(_("이미 고쳐 쓴 기록입니다. 새로 열어 확인해 주세요."))
    own = earlier.worker_id == by.account_id
    if not own and not may(by, Permission.CLOSURE_CONFIRM, where_of(home, owner_id)):
        raise Forbidden(_("기록한 사람이나 팀장만 고쳐 쓸 수 있습니다."))
    return earlier


def _ensure_differs(form: Form, home: Any, at: datetime) -> None:
    if form.outcome not in NOT_REACHED:
        return
    earlier = [one for one in attempts_of(home.pk) if one.at <= form.at]
    attempt = as_attempt(form.at, form.way, form.worker_id, form.outcome)
    if not risk.differs(attempt, earlier, reach_settings(kst(at).date(), home.dong.gu_id)):
        raise Invalid(
            {
                "way": _("지난번과 같은 시간대에 같은 방법으로 다시 했습니다. 다른 방법으로 해 보세요."),
                "at": _("같은 방법이라면 다른 시간대에 해 보세요. 다른 사람이 해도 됩니다."),
            }
        )
