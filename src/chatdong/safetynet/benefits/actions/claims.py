"""A household's way to one benefit: noted, told, applied for, decided, objected to, or given up with a reason."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from chatdong.engines.eligibility.book import Benefit, RuleBook
from chatdong.ground.accounts.queries import answering_worker, is_posted
from chatdong.ground.households.states import ResidentState
from chatdong.ground.places.queries import gu_of, rule
from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Conflict, Invalid, NotFound
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.record import record
from chatdong.safetynet.benefits.actions.claim_days import clear_days, set_next, set_objection
from chatdong.safetynet.benefits.actions.told import held, whose
from chatdong.safetynet.benefits.models import Claim, Receipt
from chatdong.safetynet.benefits.queries.homes import same_home
from chatdong.safetynet.benefits.queries.whose import is_personal
from chatdong.safetynet.benefits.states import CLAIM_TURNS, ClaimState, DropReason, FactSource

NUMBER_LENGTH = 30


@action
def note_claim(
    *, by: Actor, household_id: int, benefit: str, book: RuleBook, at: datetime, resident_id: int | None = None,
    worker_id: int | None = None, owner_ids: Iterable[int] = (),
) -> Claim:  # fmt: skip
    """Note that a benefit may be owed, as something to tell the household. An open one for the same benefit is returned.

    `resident_id`: whose it is, where the benefit is a person's; without one it is the whole household's.

    Raises:
        Invalid: `benefit`, `resident` (of another household, gone, or the benefit is the household's).
        Conflict: nobody works in the dong or its gu; one is open for the whole household, or for one of its persons.
        NotFound, Forbidden: BENEFIT_WORK at the household.
    """
    home = held(by, household_id, owner_ids)
    if benefit not in book.benefits:
        raise Invalid({"benefit": _("목록에서 혜택을 골라 주세요.")})
    if resident_id is not None:
        _one_of(home, resident_id, book.benefits[benefit])
    day = kst(at).date()
    open_ones = Claim.objects.filter(household_id__in=same_home(home.pk), benefit=benefit, closed_at=None)
    found = open_ones.filter(**whose(resident_id)).first()
    if found is None and (open_ones.exists() if resident_id is None else open_ones.filter(resident=None).exists()):
        raise Conflict(_("이 혜택은 이미 진행 중입니다. 누구의 신청인지 그 건에서 확인해 주세요."))
    row = found or Claim(
        household=home, benefit=benefit, **whose(resident_id), dong_id=home.dong_id,
        worker_id=_worker(by, home, day, worker_id), opened_at=at,
    )  # fmt: skip
    if found is None:
        set_next(row, day + _days("benefit.follow_days", home, day))
        row.save()
    record(
        "claim.note", by=by, at=at, about=row, household_id=home.pk, dong_id=home.dong_id,
        details={"benefit": benefit, "new": found is None},
    )  # fmt: skip
    return row


@action
def name_claim(
    *, by: Actor, claim_id: int, resident_id: int, book: RuleBook, at: datetime, owner_ids: Iterable[int] = ()
) -> Claim:
    """Say whose an open claim is that was noted for the whole household. Raises Invalid (`resident`), Conflict, NotFound."""
    row, home = _locked(by, claim_id, owner_ids)
    if row.closed_at is not None or row.resident_id is not None:
        raise Conflict(_("지금 상태에서는 할 수 없는 일입니다. 그사이 바뀌었는지 확인해 주세요."))
    if row.benefit not in book.benefits:
        raise Conflict(_("지금 기준에는 없는 혜택입니다."))
    _one_of(home, resident_id, book.benefits[row.benefit])
    if Claim.objects.filter(household_id=row.household_id, benefit=row.benefit, resident_id=resident_id, closed_at=None).exists():
        raise Conflict(_("이 분의 신청이 이미 진행 중입니다."))
    row.resident_id = resident_id
    return _kept("claim.name", row, by, at)


@action
def tell_claim(*, by: Actor, claim_id: int, on: date, at: datetime, owner_ids: Iterable[int] = ()) -> Claim:
    """The household was told. It is looked at again after the follow-up days. Raises Invalid, Conflict, NotFound, Forbidden."""
    row, home = _turned(by, claim_id, ClaimState.TOLD, owner_ids)
    _not_ahead("on", on, at)
    row.told_on = on
    set_next(row, on + _days("benefit.follow_days", home, on))
    return _kept("claim.tell", row, by, at)


@action
def apply_claim(
    *, by: Actor, claim_id: int, on: date, at: datetime, system_number: str = "", system_on: date | None = None,
    owner_ids: Iterable[int] = (),
) -> Claim:  # fmt: skip
    """It was applied for, with the number and day of 행복e음 where they are known. The next day is that of the decision.

    Raises Invalid (`on`, `system_number`, `system_on`), Conflict, NotFound, Forbidden.
    """
    row, home = _turned(by, claim_id, ClaimState.APPLIED, owner_ids)
    _not_ahead("on", on, at)
    row.applied_on = on
    set_next(row, on + _days("benefit.decision_days", home, on))
    _number(row, system_number, system_on, at)
    return _kept("claim.apply", row, by, at)


@action
def number_claim(
    *, by: Actor, claim_id: int, system_number: str, system_on: date | None, at: datetime, owner_ids: Iterable[int] = ()
) -> Claim:
    """Write down or correct the number and day of 행복e음 of something applied for. Raises Invalid, Conflict, NotFound."""
    row, _home = _locked(by, claim_id, owner_ids)
    if row.applied_on is None:
        raise Conflict(_("아직 신청하지 않은 혜택입니다."))
    _number(row, system_number, system_on, at)
    return _kept("claim.number", row, by, at)


@action
def decide_claim(
    *, by: Actor, claim_id: int, is_granted: bool, on: date, at: datetime, reason: str = "", owner_ids: Iterable[int] = ()
) -> Claim:
    """The decision came. A grant begins a receipt; a refusal needs its reason and keeps the claim open until the objection day.

    Raises Invalid (`on`, `reason`), Conflict, NotFound, Forbidden. Law: 사회보장급여법 §17.
    """
    row, home = _turned(by, claim_id, ClaimState.GRANTED if is_granted else ClaimState.REFUSED, owner_ids)
    _not_ahead("on", on, at)
    if row.applied_on and on < row.applied_on:
        raise Invalid({"on": _("신청한 날보다 앞선 날입니다.")})
    row.decided_on, row.reason = on, " ".join(reason.split())[:500]
    if is_granted:
        row.closed_at = at
        clear_days(row)
        Receipt.objects.get_or_create(
            household=home, benefit=row.benefit, until=None, **whose(row.resident_id),
            defaults={"dong_id": home.dong_id, "since": on, "source": FactSource.REGISTER, "noted_by": by.account_id},
        )  # fmt: skip
    else:
        if not row.reason:
            raise Invalid({"reason": _("왜 받지 못하게 되었는지 적어 주세요.")})
        set_objection(row, on, gu_of(home.dong_id))
    return _kept("claim.decide", row, by, at, granted=is_granted)


@action
def object_claim(*, by: Actor, claim_id: int, on: date, at: datetime, owner_ids: Iterable[int] = ()) -> Claim:
    """The household objects to a refusal within its days. Raises Invalid (`on`), Conflict, NotFound, Forbidden."""
    row, home = _turned(by, claim_id, ClaimState.OBJECTED, owner_ids)
    _not_ahead("on", on, at)
    if row.objection_until and on > row.objection_until:
        raise Invalid({"on": _("이의신청 기한이 지난 날입니다.")})
    row.objected_on = on
    set_next(row, on + _days("benefit.decision_days", home, on))
    return _kept("claim.object", row, by, at)


@action
def drop_claim(*, by: Actor, claim_id: int, reason: str, at: datetime, owner_ids: Iterable[int] = ()) -> Claim:
    """Give a claim up with a typed reason. Raises Invalid (`reason`), Conflict, NotFound, Forbidden."""
    row, _home = _turned(by, claim_id, ClaimState.DROPPED, owner_ids)
    if reason not in DropReason.values:
        raise Invalid({"reason": _("그만두는 까닭을 골라 주세요.")})
    row.drop, row.closed_at = reason, at
    clear_days(row)
    return _kept("claim.drop", row, by, at, reason=str(reason))


def _one_of(home: Any, resident_id: int, benefit: Benefit) -> None:
    """Raises Invalid unless the benefit is a person's and the person is of the household and not gone."""
    if not is_personal(benefit):
        raise Invalid({"resident": _("가구가 함께 받는 혜택입니다. 사람을 고르지 않습니다.")})
    if not home.residents.filter(pk=resident_id).exclude(state__in=[ResidentState.DIED, ResidentState.MOVED]).exists():
        raise Invalid({"resident": _("이 가구의 사람을 골라 주세요.")})


def _locked(by: Actor, claim_id: int, owner_ids: Iterable[int]) -> tuple[Claim, Any]:
    household_id = Claim.objects.filter(pk=claim_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise NotFound
    home = held(by, household_id, owner_ids)
    return Claim.at(claim_id), home


def _turned(by: Actor, claim_id: int, state: ClaimState, owner_ids: Iterable[int]) -> tuple[Claim, Any]:
    row, home = _locked(by, claim_id, owner_ids)
    if row.closed_at is not None or state not in CLAIM_TURNS[row.state]:
        raise Conflict(_("지금 상태에서는 할 수 없는 일입니다. 그사이 바뀌었는지 확인해 주세요."))
    row.state = state
    return row, home


def _kept(event: str, row: Claim, by: Actor, at: datetime, **details: Any) -> Claim:
    row.version += 1
    row.save()
    record(
        event, by=by, at=at, about=row, household_id=row.household_id, dong_id=row.dong_id,
        details={"benefit": row.benefit, "state": str(row.state), **details},
    )  # fmt: skip
    return row


def _number(row: Claim, number: str, on: date | None, at: datetime) -> None:
    number = "".join(number.split())
    if len(number) > NUMBER_LENGTH:
        raise Invalid({"system_number": _("등록번호가 너무 깁니다.")})
    if on is not None:
        _not_ahead("system_on", on, at)
    row.system_number, row.system_on = number, on


def _not_ahead(field: str, on: date, at: datetime) -> None:
    if on > kst(at).date():
        raise Invalid({field: _("오늘까지의 날을 적어 주세요.")})


def _days(key: str, home: Any, day: date) -> timedelta:
    return timedelta(days=int(rule(key, day, gu_of(home.dong_id)).value["days"]))


def _worker(by: Actor, home: Any, day: date, said: int | None) -> int:
    """Who answers for the claim: the one said, else whoever writes and works there, else the dong's answering worker."""
    for one in (said, by.account_id):
        if one is not None and is_posted(one, home.dong_id, day):
            return one
    return answering_worker(home.dong_id, day, home.tong.number if home.tong_id else None).pk
