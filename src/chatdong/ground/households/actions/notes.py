"""Circumstances of a household, and consents: given and withdrawn, never overwritten."""

from collections.abc import Iterable
from datetime import date, datetime

from chatdong.ground.households.actions.rights import opened
from chatdong.ground.households.models import Circumstance, Consent, Household, Resident
from chatdong.ground.households.states import Circumstances, ConsentKind
from chatdong.kernel.errors import Conflict, Invalid, NotFound
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record

_NOTING = (Permission.HOUSEHOLD_EDIT, Permission.VISIT_RECORD, Permission.RISK_GRADE, Permission.REPORT_TRIAGE)


@action
def note_circumstance(
    *, by: Actor, household_id: int, kind: Circumstances | str, since: date, at: datetime, resident_id: int | None = None,
    source: str = "", owner_ids: Iterable[int] = (),
) -> Circumstance:  # fmt: skip
    """Something that makes a household (or one of its people) one to visit, from a day on. One that lasts comes back.

    Raises:
        Invalid: an unknown kind or a day yet to come. Forbidden, NotFound.
    """
    household = opened(by, household_id, *_NOTING, owner_ids=owner_ids)
    if kind not in Circumstances.values:
        raise Invalid({"kind": "사정을 골라 주세요."})
    if since > at.date():
        raise Invalid({"since": "아직 오지 않은 날입니다."})
    resident = _of(household, resident_id)
    row = household.circumstances.filter(kind=kind, resident=resident, until=None).first()
    if row is None:
        row = Circumstance.objects.create(
            household=household, resident=resident, kind=kind, since=since, source=source[:100], noted_by=by.account_id
        )
    record("circumstance.note", by=by, at=at, about=row, household_id=household.pk, dong_id=household.dong_id)
    return row


@action
def end_circumstance(
    *, by: Actor, circumstance_id: int, until: date, at: datetime, owner_ids: Iterable[int] = ()
) -> Circumstance:
    """It no longer holds from a day on. Raises Invalid for a day before it began, Conflict where it has ended, NotFound."""
    row, household = _row(Circumstance, by, circumstance_id, _NOTING, owner_ids)
    if row.until is not None:
        raise Conflict("이미 끝난 사정입니다.")
    if until < row.since or until > at.date():
        raise Invalid({"until": "끝난 날을 다시 확인해 주세요."})
    row.until = until
    row.save()
    record("circumstance.end", by=by, at=at, about=row, household_id=household.pk, dong_id=household.dong_id)
    return row


@action
def give_consent(
    *, by: Actor, household_id: int, kind: ConsentKind | str, text_version: str, way: str, at: datetime,
    resident_id: int | None = None, witness: str = "", owner_ids: Iterable[int] = (),
) -> Consent:  # fmt: skip
    """Write down a consent, each kind apart, with the version of the text that was read (개인정보 보호법 §22).

    A consent to the same version that still holds is returned, not doubled. Raises Invalid (fields `kind`, `text_version`,
    `way`), Forbidden, NotFound.
    """
    household = opened(by, household_id, Permission.CONSENT_RECORD, owner_ids=owner_ids)
    if kind not in ConsentKind.values:
        raise Invalid({"kind": "무엇에 동의했는지 골라 주세요."})
    if not text_version.strip() or not way.strip():
        empty = "text_version" if not text_version.strip() else "way"
        raise Invalid({empty: "동의문의 판과 동의한 방법을 적어 주세요."})
    resident = _of(household, resident_id)
    holding = household.consents.filter(kind=kind, resident=resident, withdrawn_at=None)
    row = holding.filter(text_version=text_version.strip()[:20]).first()
    if row is None:
        row = Consent.objects.create(
            household=household, resident=resident, kind=kind, text_version=text_version.strip()[:20], given_at=at,
            way=way.strip()[:20], witness=witness.strip()[:40], noted_by=by.account_id,
        )  # fmt: skip
    record(
        "consent.give", by=by, at=at, about=row, household_id=household.pk, dong_id=household.dong_id,
        details={"kind": str(kind), "version": row.text_version},
    )  # fmt: skip
    return row


@action
def withdraw_consent(*, by: Actor, consent_id: int, at: datetime, owner_ids: Iterable[int] = ()) -> Consent:
    """A consent is withdrawn; the row stays and says when. Raises Conflict where it was before, Forbidden, NotFound."""
    row, household = _row(Consent, by, consent_id, (Permission.CONSENT_RECORD,), owner_ids)
    if row.withdrawn_at is not None:
        raise Conflict("이미 거둔 동의입니다.")
    row.withdrawn_at, row.withdrawn_by = at, by.account_id
    row.save()
    record(
        "consent.withdraw", by=by, at=at, about=row, household_id=household.pk, dong_id=household.dong_id,
        details={"kind": row.kind},
    )  # fmt: skip
    return row


def _of(household: Household, resident_id: int | None) -> Resident | None:
    resident = household.residents.filter(pk=resident_id).first() if resident_id is not None else None
    if resident is None and resident_id is not None:
        raise Invalid({"resident": "이 가구의 주민이 아닙니다."})
    return resident


def _row(
    model: type[Circumstance] | type[Consent], by: Actor, pk: int, rights: tuple[Permission, ...], owner_ids: Iterable[int]
) -> tuple:
    """A row and its household, both locked, the household first."""
    household_id = model.objects.filter(pk=pk).values_list("household_id", flat=True).first()
    if household_id is None:
        raise NotFound()
    household = opened(by, household_id, *rights, owner_ids=owner_ids)
    return model.at(pk), household
