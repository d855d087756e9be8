"""A household opened: the whole of what is known, in full, with a line in the log for each time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from chatdong.ground.households.models import Circumstance, Consent, Household, Resident
from chatdong.ground.households.queries.masked import age_of, age_text, in_order
from chatdong.ground.households.queries.rows import former_ids, now_called
from chatdong.kernel.errors import Invalid, NotFound
from chatdong.kernel.identity import phone_text
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.models import BrokenGlass
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read


@dataclass(frozen=True)
class ResidentCard:
    """One person in full. `age` is 만 나이 on the day of opening, None where the birth date is not known."""

    id: int
    name: str
    age: int | None
    age_text: str
    birth_date: date | None
    birth_year: int | None
    sex: str
    sex_label: str
    relation: str
    relation_label: str
    phone: str
    state: str
    state_label: str
    died_on: date | None
    moved_on: date | None


@dataclass(frozen=True)
class CircumstanceCard:
    """What makes it a household to visit; `until` is None while it lasts."""

    id: int
    kind: str
    label: str
    since: date
    until: date | None
    source: str
    resident_id: int | None


@dataclass(frozen=True)
class ConsentCard:
    """One consent, given and perhaps withdrawn."""

    id: int
    kind: str
    label: str
    text_version: str
    given_at: datetime
    way: str
    witness: str
    withdrawn_at: datetime | None
    resident_id: int | None


@dataclass(frozen=True)
class HouseholdFile:
    """A household in full. Where the address is hidden and the reader may not see it, nothing places it closer than its dong.

    `merged_ids` are the ids that were joined into this one; `glass_until` is set when it was opened by breaking the glass.
    """

    id: int
    dong_id: int
    dong_name: str
    gu_name: str
    tong: int | None
    ban: int | None
    legal_dong: str
    state: str
    state_label: str
    address: str
    address_hidden: bool
    may_see_address: bool
    detail: str
    dwelling: str
    dwelling_label: str
    lon: float | None
    lat: float | None
    phone: str
    two_workers: bool
    staff_note: str
    residents: tuple[ResidentCard, ...]
    circumstances: tuple[CircumstanceCard, ...]
    consents: tuple[ConsentCard, ...]
    version: int
    created_at: datetime
    changed_at: datetime
    is_outside_own_area: bool
    glass_until: datetime | None
    merged_ids: tuple[int, ...]


def access_household(
    *, by: Actor, household_id: int, at: datetime, purpose: str = "", owner_ids: Iterable[int] = ()
) -> HouseholdFile:
    """Open a household and log who opened it when, from where and what for.

    The id of a household that was joined with another opens that one. `owner_ids` are the accounts that answer for it (of its
    open lead or watch): they carry OWN reach and the right to see a hidden address. Outside one's own area, behind broken
    glass, the purpose is what is given here, else the reason for which the glass was broken.

    Raises:
        NotFound: there is none, or it is out of reach: the two look the same.
        Invalid: outside one's own area and no purpose told (field `purpose`).
    """
    found = now_called(household_id)
    row = Household.objects.select_related("dong__gu", "tong", "ban", "legal_dong").defer("tokens").get(pk=found)
    owners = frozenset(owner_ids)
    glass = None
    if not _inside(by, Permission.HOUSEHOLD_READ, row, owners):
        glass = _glass(by, {row.pk, household_id}, at)
        if glass is None:
            raise NotFound("가구를 찾을 수 없습니다.")
        purpose = purpose.strip() or glass.reason
        if not purpose:
            raise Invalid({"purpose": "우리 동 가구가 아닙니다. 왜 보는지 적어 주세요."})
    sees = not row.address_hidden or glass is not None or _inside(by, Permission.HIDDEN_ADDRESS_READ, row, owners)
    record_read(
        "household.read", by=by, at=at, household_id=row.pk, dong_id=row.dong_id, gu_id=row.dong.gu_id, why=purpose,
        details={"glass": glass.pk} if glass else {},
    )  # fmt: skip
    return _file(row, at, sees, glass)


def may_see_address(by: Actor, row: Household, owner_ids: Iterable[int] = ()) -> bool:
    """Whether a hidden address may be shown to the actor; always so where it is not hidden."""
    scope = reach(by, Permission.HIDDEN_ADDRESS_READ)
    return (
        not row.address_hidden
        or row.pk in scope.household_ids
        or _inside(by, Permission.HIDDEN_ADDRESS_READ, row, frozenset(owner_ids))
    )


def _inside(by: Actor, permission: Permission, row: Household, owners: frozenset[int]) -> bool:
    """Whether a right reaches the household without broken glass."""
    scope = reach(by, permission)
    return scope.everywhere or row.dong_id in scope.dong_ids or (scope.owner_id is not None and scope.owner_id in owners)


def _glass(by: Actor, household_ids: set[int], at: datetime) -> BrokenGlass | None:
    """The broken glass that is in force now. The table is asked again: what the actor carries may be hours old."""
    if by.account_id is None or not household_ids & by.broken:
        return None
    rows = BrokenGlass.objects.filter(
        account=by.account_id, household__in=household_ids, at__lte=at, until__gt=at, closed_at=None
    )
    return rows.order_by("-until").first()


def _file(row: Household, at: datetime, sees: bool, glass: BrokenGlass | None) -> HouseholdFile:
    residents = sorted(row.residents.all(), key=in_order)
    return HouseholdFile(
        id=row.pk,
        dong_id=row.dong_id,
        dong_name=row.dong.name,
        gu_name=row.dong.gu.name,
        tong=row.tong.number if sees and row.tong else None,
        ban=row.ban.number if sees and row.ban else None,
        legal_dong=row.legal_dong.name if sees and row.legal_dong else "",
        state=row.state,
        state_label=row.get_state_display(),
        address=row.road_address if sees else "",
        address_hidden=row.address_hidden,
        may_see_address=sees,
        detail=row.address_detail if sees else "",
        dwelling=row.dwelling if sees else "",
        dwelling_label=row.get_dwelling_display() if sees else "",
        lon=row.lon if sees else None,
        lat=row.lat if sees else None,
        phone=phone_text(row.phone) if row.phone else "",
        two_workers=row.two_workers,
        staff_note=row.staff_note if sees else "",
        residents=tuple(_resident(one, at.date()) for one in residents),
        circumstances=tuple(_circumstance(one) for one in row.circumstances.order_by("since", "id")),
        consents=tuple(_consent(one) for one in row.consents.order_by("given_at", "id")),
        version=row.version,
        created_at=row.created_at,
        changed_at=row.changed_at,
        is_outside_own_area=glass is not None,
        glass_until=glass.until if glass else None,
        merged_ids=tuple(former_ids(row.pk)),
    )


def _resident(one: Resident, on: date) -> ResidentCard:
    return ResidentCard(
        one.pk, one.name, age_of(one, on), age_text(one, on), one.birth_date, one.birth_year, one.sex, one.get_sex_display(),
        one.relation, one.get_relation_display(), phone_text(one.phone) if one.phone else "", one.state,
        one.get_state_display(), one.died_on, one.moved_on,
    )  # fmt: skip


def _circumstance(one: Circumstance) -> CircumstanceCard:
    return CircumstanceCard(one.pk, one.kind, one.get_kind_display(), one.since, one.until, one.source, one.resident_id)


def _consent(one: Consent) -> ConsentCard:
    return ConsentCard(
        one.pk, one.kind, one.get_kind_display(), one.text_version, one.given_at, one.way, one.witness, one.withdrawn_at,
        one.resident_id,
    )  # fmt: skip
