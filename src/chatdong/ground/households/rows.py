"""What comes in when households are registered: one by one at a desk, or many at once."""

from dataclasses import dataclass, field
from datetime import date, datetime

from chatdong.ground.households.states import Circumstances, ConsentKind, HouseholdState, ResidentState


@dataclass(frozen=True)
class NewResident:
    """One person to add. `birth_year` where only the year is known; phone in any writing."""

    name: str
    birth_date: date | None = None
    birth_year: int | None = None
    sex: str = ""
    relation: str = "other"
    phone: str = ""


@dataclass(frozen=True)
class LoadedResident(NewResident):
    """One person of a bulk load, who may have died or moved already."""

    state: str = ResidentState.LIVING
    died_on: date | None = None
    moved_on: date | None = None


@dataclass(frozen=True)
class LoadedCircumstance:
    """A circumstance of a bulk load; `resident` is the place of the person in the row's residents, None for the household."""

    kind: Circumstances | str
    since: date
    until: date | None = None
    source: str = ""
    resident: int | None = None


@dataclass(frozen=True)
class LoadedConsent:
    """A consent of a bulk load; `resident` as in `LoadedCircumstance`."""

    kind: ConsentKind | str
    text_version: str
    given_at: datetime
    way: str = ""
    resident: int | None = None


@dataclass(frozen=True)
class HouseholdRow:
    """One household of a bulk load, with row ids of places as they stand in the tables."""

    dong_id: int
    residents: tuple[NewResident, ...] = ()
    circumstances: tuple[LoadedCircumstance, ...] = ()
    consents: tuple[LoadedConsent, ...] = ()
    tong_id: int | None = None
    ban_id: int | None = None
    legal_dong_id: int | None = None
    state: str = HouseholdState.LIVING
    road_address: str = ""
    address_detail: str = ""
    dwelling: str = ""
    address_hidden: bool = False
    lon: float | None = None
    lat: float | None = None
    phone: str = ""
    two_workers: bool = False
    staff_note: str = ""
    created_at: datetime | None = field(default=None)
