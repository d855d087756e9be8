"""Bringing a household into the register, and people into a household."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chatdong.ground.households.actions.indexed import reindex
from chatdong.ground.households.actions.rights import ensure_one, opened, opened_with
from chatdong.ground.households.actions.typed import phone_kept, phone_typed, resident_row, tong_and_ban
from chatdong.ground.households.models import Household, Resident
from chatdong.ground.households.rows import NewResident
from chatdong.ground.households.states import Dwelling, HouseholdState
from chatdong.ground.places.models import Dong
from chatdong.kernel.errors import Invalid
from chatdong.kernel.hangul import nfc
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import at_dong
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record

NEW_STATES = (HouseholdState.LIVING, HouseholdState.PROVISIONAL)


@action
def register_household(
    *, by: Actor, dong_id: int, at: datetime, road_address: str = "", address_detail: str = "", dwelling: str = "",
    tong_number: int | None = None, ban_number: int | None = None, lon: float | None = None, lat: float | None = None,
    state: HouseholdState = HouseholdState.LIVING, phone: str = "", residents: Sequence[NewResident] = (),
    address_hidden: bool = False, two_workers: bool = False, staff_note: str = "",
) -> Household:  # fmt: skip
    """Write a household and its residents into the register, at one dong.

    Raises:
        Forbidden: neither HOUSEHOLD_EDIT nor REPORT_TRIAGE at the dong.
        Invalid: no such dong, 통 or 반, a birth date that cannot be, a dwelling or state that is not in the lists.
    """
    ensure_one(by, (Permission.HOUSEHOLD_EDIT, Permission.REPORT_TRIAGE), at_dong(dong_id))
    if not Dong.objects.filter(pk=dong_id).exists():
        raise Invalid({"dong": "없는 동입니다."})
    if dwelling not in Dwelling.values or state not in NEW_STATES:
        raise Invalid({"dwelling": "집의 형태를 골라 주세요."})
    tong_id, ban_id = tong_and_ban(dong_id, tong_number, ban_number, at.date())
    row = Household(
        dong_id=dong_id, tong_id=tong_id, ban_id=ban_id, state=state, road_address=nfc(road_address).strip()[:120],
        address_detail=nfc(address_detail).strip()[:60], dwelling=dwelling, address_hidden=address_hidden, lon=lon, lat=lat,
        phone=phone_kept(phone), two_workers=two_workers, staff_note=staff_note[:300], created_at=at, changed_at=at,
    )  # fmt: skip
    row.save()
    for new in residents:
        resident = resident_row(new, at.date())
        resident.household, resident.created_at = row, at
        resident.save()
    reindex(row)
    _stand_with_building(row)
    row.save(update_fields=["tokens", "building_key", "lon", "lat", "tong_id"])
    record("household.register", by=by, at=at, about=row, household_id=row.pk, dong_id=dong_id, details={"state": str(state)})
    return row


def _stand_with_building(row: Household) -> None:
    """Give the household the point, and the 통 where none was said, of others known in the same building.

    A report brings an address and no coordinates; without a point it would be missing from the map until somebody edits it.
    """
    if row.address_hidden or not row.building_key or (row.lon is not None and row.tong_id is not None):
        return
    known = Household.objects.filter(dong_id=row.dong_id, building_key=row.building_key, address_hidden=False).exclude(pk=row.pk)
    neighbor = known.filter(lon__isnull=False, lat__isnull=False).order_by("id").first()
    if neighbor is None:
        return
    if row.lon is None or row.lat is None:
        row.lon, row.lat = neighbor.lon, neighbor.lat
    row.tong_id = row.tong_id or neighbor.tong_id


@action
def add_resident(*, by: Actor, household_id: int, new: NewResident, at: datetime) -> Resident:
    """A person who lives there too. Raises Invalid with the field at fault, NotFound, Forbidden."""
    household = opened(by, household_id, Permission.HOUSEHOLD_EDIT, Permission.REPORT_TRIAGE)
    row = resident_row(new, at.date())
    row.household, row.created_at = household, at
    row.save()
    _touch(household, at)
    record("resident.add", by=by, at=at, about=row, household_id=household.pk, dong_id=household.dong_id)
    return row


@action
def change_resident(*, by: Actor, resident_id: int, at: datetime, **fields: Any) -> Resident:
    """Correct a person's name, birth_date, birth_year, sex, relation or phone.

    Raises:
        Invalid: with the field at fault; a field that is not one of these is a ValueError.
    """
    unknown = set(fields) - {"name", "birth_date", "birth_year", "sex", "relation", "phone"}
    if unknown:
        raise ValueError(f"a resident has no {sorted(unknown)} to change")
    household, row = opened_with(by, resident_id, Permission.HOUSEHOLD_EDIT)
    if "phone" in fields:
        fields["phone"] = phone_typed(fields["phone"])
    if fields.get("birth_date") is not None:
        fields["birth_year"] = fields["birth_date"].year
    kept = {name: getattr(row, name) for name in ("name", "birth_date", "birth_year", "sex", "relation", "phone")}
    checked = resident_row(NewResident(**{**kept, **fields}), at.date())
    for name in kept:
        setattr(row, name, getattr(checked, name))
    row.save()
    _touch(household, at)
    record(
        "resident.change", by=by, at=at, about=row, household_id=household.pk, dong_id=household.dong_id,
        details={"fields": sorted(fields)},
    )  # fmt: skip
    return row


def _touch(household: Household, at: datetime) -> None:
    reindex(household)
    household.version, household.changed_at = household.version + 1, at
    household.save()
