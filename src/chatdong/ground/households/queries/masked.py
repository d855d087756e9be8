"""A household as any list shows it: masked, and placed no closer than its dong where the address is hidden."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from chatdong.ground.households.models import Household, Resident
from chatdong.ground.households.states import Relation, ResidentState
from chatdong.kernel.identity import mask_address, mask_name
from chatdong.kernel.period import age_on

NO_NAME = "이름 모름"
HIDDEN = "주소 비공개"
GONE = (ResidentState.DIED, ResidentState.MOVED)


@dataclass(frozen=True)
class Masked:
    """What a list may show of a household. `tong` is "3통", "" where unknown or hidden; `age_text` is "만 82세" or "1941년생"."""

    household_id: int
    name: str
    address: str
    dong_name: str
    tong: str
    age_text: str
    hidden: bool = False
    state: str = ""


def masked_rows(household_ids: Iterable[int], on: date | None = None) -> dict[int, Masked]:
    """The masked form of some households by id, in two queries. Without a day, the year of birth stands for the age."""
    ids = list(dict.fromkeys(household_ids))
    rows = Household.objects.filter(pk__in=ids).select_related("dong__gu", "tong").defer("tokens")
    by_household: dict[int, list[Resident]] = {}
    for resident in Resident.objects.filter(household_id__in=ids):
        by_household.setdefault(resident.household_id, []).append(resident)
    return {row.pk: masked(row, by_household.get(row.pk, ()), on) for row in rows}


def masked_names(household_ids: Iterable[int]) -> dict[int, str]:
    """The masked name of whoever stands for each household, in one query: for a map with thousands of points."""
    columns = ("household_id", "name", "state", "relation", "id")
    first: dict[int, tuple[tuple[bool, bool, bool, int], str]] = {}
    for home, name, state, relation, pk in Resident.objects.filter(household_id__in=list(household_ids)).values_list(*columns):
        order = (state in GONE, not name, relation != Relation.HEAD, pk)
        if home not in first or order < first[home][0]:
            first[home] = (order, name)
    return {home: mask_name(name) if name else NO_NAME for home, (_order, name) in first.items()}


def masked(row: Household, residents: Sequence[Resident], on: date | None = None) -> Masked:
    """One household in its masked form; `row` with its dong, gu and tong at hand."""
    first = representative(residents)
    return Masked(
        household_id=row.pk,
        name=(mask_name(first.name) if first and first.name else NO_NAME),
        address=address_shown(row),
        dong_name=row.dong.name,
        tong="" if row.address_hidden or row.tong is None else str(row.tong),
        age_text=age_text(first, on) if first else "",
        hidden=row.address_hidden,
        state=row.state,
    )


def address_shown(row: Household) -> str:
    """The masked address, or that it is hidden."""
    return HIDDEN if row.address_hidden else mask_address(row.dong.gu.name, row.dong.name)


def representative(residents: Sequence[Resident]) -> Resident | None:
    """Who stands for a household: somebody who lives there before somebody who left, the head first, named ones first."""
    return min(residents, key=in_order, default=None)


def in_order(one: Resident) -> tuple[bool, bool, bool, int]:
    """The order in which the people of a household are shown."""
    return one.state in GONE, not one.name, one.relation != Relation.HEAD, one.pk


def age_of(resident: Resident, on: date) -> int | None:
    """만 나이 on a day (on the day of death for the dead); None where the birth date is not known."""
    day = min(on, resident.died_on) if resident.died_on else on
    return age_on(resident.birth_date, day) if resident.birth_date and resident.birth_date <= day else None


def age_text(resident: Resident, on: date | None) -> str:
    """만 82세, else 1941년생, else nothing."""
    age = age_of(resident, on) if on is not None else None
    if age is not None:
        return f"만 {age}세"
    year = resident.birth_date.year if resident.birth_date else resident.birth_year
    return f"{year}년생" if year else ""
