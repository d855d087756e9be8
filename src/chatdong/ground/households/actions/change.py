"""Correcting a household, its state, who may know its address, and the dong it stands in."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from chatdong.ground.households.actions.indexed import reindex
from chatdong.ground.households.actions.rights import locked, opened
from chatdong.ground.households.actions.typed import phone_typed, tong_and_ban
from chatdong.ground.households.models import Household
from chatdong.ground.households.queries.files import may_see_address
from chatdong.ground.households.states import HOUSEHOLD_TURNS, Dwelling, HouseholdState
from chatdong.ground.places.models import Dong, LegalDong
from chatdong.kernel.errors import Conflict, Forbidden, Invalid
from chatdong.kernel.hangul import nfc
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import at_dong, ensure, may
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record

PLACING = frozenset(
    {"road_address", "address_detail", "dwelling", "tong_number", "ban_number", "lon", "lat", "legal_dong_id", "staff_note"}
)
CHANGEABLE = PLACING | {"phone", "two_workers"}
_LIMITS = {"road_address": 120, "address_detail": 60, "staff_note": 300}


@action
def change_household(
    *, by: Actor, household_id: int, version: int, at: datetime, owner_ids: Iterable[int] = (), **fields: Any
) -> Household:
    """Correct what is known of a household: any of `CHANGEABLE`. `version` is the one the form was filled from.

    Raises:
        Conflict: somebody else changed it since.
        Forbidden: no HOUSEHOLD_EDIT there, or a field that places it while its address is hidden from the actor.
        Invalid: with the field at fault. NotFound. A field that is none of them is a ValueError.
    """
    unknown = set(fields) - CHANGEABLE
    if unknown:
        raise ValueError(f"a household has no {sorted(unknown)} to change")
    owners = tuple(owner_ids)
    row = opened(by, household_id, Permission.HOUSEHOLD_EDIT, owner_ids=owners)
    if row.version != version:
        raise Conflict("다른 사람이 먼저 바꿨습니다. 새로 열어 확인한 뒤 다시 적어 주세요.")
    if PLACING & set(fields) and not may_see_address(by, row, owners):
        raise Forbidden("주소 비공개 가구의 주소는 담당자와 팀장만 바꿀 수 있습니다.")
    changed = _set(row, fields, at)
    _keep(row, at)
    record("household.change", by=by, at=at, about=row, household_id=row.pk, dong_id=row.dong_id, details={"fields": changed})
    return row


def _set(row: Household, fields: dict[str, Any], at: datetime) -> list[str]:
    before = {name: getattr(row, name) for name in ("tong_id", "ban_id", *sorted(CHANGEABLE & _columns()))}
    for name, value in fields.items():
        if name in _LIMITS:
            value = nfc(value).strip()
            if len(value) > _LIMITS[name]:
                raise Invalid({name: f"{_LIMITS[name]}자까지 적을 수 있습니다."})
        elif name == "phone":
            value = phone_typed(value)
        elif name == "dwelling" and value not in Dwelling.values:
            raise Invalid({"dwelling": "집의 형태를 골라 주세요."})
        elif name == "legal_dong_id" and value is not None and not LegalDong.objects.filter(pk=value).exists():
            raise Invalid({"legal_dong": "없는 법정동입니다."})
        if name not in ("tong_number", "ban_number"):
            setattr(row, name, value)
    if "tong_number" in fields:
        row.tong_id, row.ban_id = tong_and_ban(row.dong_id, fields["tong_number"], fields.get("ban_number"), at.date())
    return sorted(name for name, value in before.items() if getattr(row, name) != value)


def _columns() -> set[str]:
    return {column.attname for column in Household._meta.concrete_fields}


def _keep(row: Household, at: datetime) -> None:
    reindex(row)
    row.version, row.changed_at = row.version + 1, at
    row.save()


@action
def set_household_state(
    *, by: Actor, household_id: int, state: HouseholdState, at: datetime, why: str, owner_ids: Iterable[int] = ()
) -> Household:
    """Turn a household's state along HOUSEHOLD_TURNS; the same state again changes nothing. `why` is a code or short reason.

    Raises:
        Conflict: this state cannot follow the present one (MERGED comes from `merge_rows` alone).
        Forbidden: none of HOUSEHOLD_EDIT, REPORT_TRIAGE and VISIT_RECORD there. NotFound.
    """
    rights = (Permission.HOUSEHOLD_EDIT, Permission.VISIT_RECORD, Permission.REPORT_TRIAGE)
    row = opened(by, household_id, *rights, owner_ids=owner_ids)
    if state != row.state:
        if state == HouseholdState.MERGED or state not in HOUSEHOLD_TURNS[row.state]:
            told = HouseholdState(state).label
            raise Conflict(f"'{row.get_state_display()}' 가구를 '{told}'(으)로 바꿀 수 없습니다.")
        row.state = state
        _keep(row, at)
    record(
        "household.state", by=by, at=at, about=row, household_id=row.pk, dong_id=row.dong_id, why=why,
        details={"state": str(state)},
    )  # fmt: skip
    return row


@action
def hide_address(
    *, by: Actor, household_id: int, hidden: bool, why: str, at: datetime, owner_ids: Iterable[int] = ()
) -> Household:
    """Hide where a household lives, or show it again; whoever shows it again must be allowed to see it. `why` is required.

    Raises:
        Forbidden, NotFound; Invalid without a reason (field `why`).
    """
    owners = tuple(owner_ids)
    row = opened(by, household_id, Permission.HOUSEHOLD_EDIT, owner_ids=owners)
    if not why.strip():
        raise Invalid({"why": "까닭을 적어 주세요."})
    if not hidden and not may_see_address(by, row, owners):
        raise Forbidden("주소 비공개는 담당자와 팀장만 풀 수 있습니다.")
    row.address_hidden = hidden
    _keep(row, at)
    event = "household.hide" if hidden else "household.show"
    record(event, by=by, at=at, about=row, household_id=row.pk, dong_id=row.dong_id, why=why.strip())
    return row


@action
def settle(
    *, by: Actor, household_id: int, dong_id: int, at: datetime, road_address: str | None = None,
    address_detail: str | None = None, tong_number: int | None = None, ban_number: int | None = None,
    lon: float | None = None, lat: float | None = None,
) -> Household:  # fmt: skip
    """Move a household to another dong: its row goes there and with it the right to read it. 통 and 반 are of the new dong.

    Without a new address the old one stays written (what is known), its point too. The dong it leaves does this (HOUSEHOLD_EDIT
    or HANDOVER_ASK there), or the dong that takes it over (HANDOVER_ANSWER there) after a hand-over that the caller has seen.

    Raises:
        Forbidden, NotFound, Invalid (field `dong`, `tong_number`, `ban_number`).
    """
    leaving = (Permission.HOUSEHOLD_EDIT, Permission.HANDOVER_ASK)
    taking = may(by, Permission.HANDOVER_ANSWER, at_dong(dong_id))
    row = _taken(by, household_id, dong_id) if taking else opened(by, household_id, *leaving)
    if not Dong.objects.filter(pk=dong_id).exists():
        raise Invalid({"dong": "없는 동입니다."})
    before = row.dong_id
    row.dong_id = dong_id
    row.tong_id, row.ban_id = tong_and_ban(dong_id, tong_number, ban_number, at.date())
    if road_address is not None:
        row.road_address, row.address_detail = nfc(road_address).strip()[:120], nfc(address_detail or "").strip()[:60]
        row.lon, row.lat, row.dwelling, row.legal_dong_id = lon, lat, "", None
    _keep(row, at)
    record("household.settle", by=by, at=at, about=row, household_id=row.pk, dong_id=dong_id, details={"from": before})
    return row


def _taken(by: Actor, household_id: int, dong_id: int) -> Household:
    """The row, opened by the right to take over at the dong where it will stand."""
    ensure(by, Permission.HANDOVER_ANSWER, at_dong(dong_id))
    return locked(household_id)
