"""The directory as rows that files are read into and written from; references are HSDS ids (UUIDs), values are Python's own.

`place` says where in a file a row stands, for what has to be told about it; it is no part of what the row says.
"""

from dataclasses import dataclass, field
from datetime import date, time

Term = tuple[str, str, str]  # taxonomy, code, name


@dataclass(frozen=True)
class OrganizationRow:
    """HSDS organization."""

    key: str
    name: str
    description: str = ""
    email: str = ""
    website: str = ""
    legal_status: str = ""
    phone: str = ""
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class LocationRow:
    """HSDS location with its first address, phone and accessibility. `dong` is the name of the 행정동 (address.region)."""

    key: str
    organization: str = ""
    name: str = ""
    lon: float | None = None
    lat: float | None = None
    address: str = ""
    dong: str = ""
    phone: str = ""
    accessibility: str = ""
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class OfferingRow:
    """HSDS service. `situations` and `benefits` are ids of our catalog, `taxonomy` all other terms. Ages in years."""

    key: str
    organization: str
    name: str
    description: str = ""
    status: str = "active"
    application: str = ""
    fees: str = ""
    eligibility: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    url: str = ""
    assured_date: date | None = None
    assurer_email: str = ""
    phone: str = ""
    situations: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    taxonomy: tuple[Term, ...] = ()
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class PlaceRow:
    """HSDS service_at_location."""

    key: str
    offering: str
    location: str
    description: str = ""
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class ScheduleRow:
    """HSDS schedule of a service, or of a service at one place. Times are Korean."""

    key: str
    offering: str = ""
    at_place: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    dtstart: date | None = None
    freq: str = ""
    byday: str = ""
    opens_at: time | None = None
    closes_at: time | None = None
    description: str = ""
    attending_type: str = ""
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class CostRow:
    """HSDS cost_option. `amount` in whole won."""

    key: str
    offering: str
    valid_from: date | None = None
    valid_to: date | None = None
    option: str = ""
    currency: str = "KRW"
    amount: int | None = None
    amount_description: str = ""
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class Directory:
    """A whole directory, or what a file holds of one. `notes` are Korean sentences about what was left out of a file."""

    organizations: tuple[OrganizationRow, ...] = ()
    locations: tuple[LocationRow, ...] = ()
    offerings: tuple[OfferingRow, ...] = ()
    places: tuple[PlaceRow, ...] = ()
    schedules: tuple[ScheduleRow, ...] = ()
    costs: tuple[CostRow, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)
