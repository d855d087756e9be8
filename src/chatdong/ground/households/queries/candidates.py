"""Whom a reported person may be: everybody of a gu who shares a key, for linkage to weigh."""

from collections.abc import Iterable
from dataclasses import dataclass

from chatdong.engines.linkage.blocking import lookup_blocks
from chatdong.engines.linkage.person import Person
from chatdong.ground.households.indexing import Known, dong_token, gu_token, person
from chatdong.ground.households.models import Household, Resident
from chatdong.ground.households.queries.index import asked, found_ids
from chatdong.ground.households.states import HouseholdState

MOST = 500


@dataclass(frozen=True)
class KnownRef:
    """Whom a known person of linkage stands for. `resident_id` is None for a household of which nobody is known."""

    household_id: int
    resident_id: int | None
    dong_id: int
    state: str = ""
    household_state: str = ""


def candidates_for(person: Person, *, dong_ids: Iterable[int] = (), gu_id: int | None = None, most: int = MOST) -> list[Person]:
    """Known people who share a key with a reported one, within some dong or a gu, each with a `KnownRef` as its ref.

    System-wide within the gu, whatever the reach of the one who asks: a match must not hang on who happens to look. Joined
    households are left out; the dead and the moved are included and carry their state. A hidden address is not compared.
    """
    keys = lookup_blocks(person)
    places = [dong_token(dong_id) for dong_id in dong_ids] or ([gu_token(gu_id)] if gu_id is not None else [])
    if not keys:
        return []
    ids = found_ids(asked((), keys, places), 0, most)
    rows = Household.objects.filter(pk__in=ids).exclude(state=HouseholdState.MERGED).defer("tokens").order_by("id")
    people: dict[int, list[Resident]] = {}
    for resident in Resident.objects.filter(household_id__in=ids).order_by("id"):
        people.setdefault(resident.household_id, []).append(resident)
    return [known for row in rows for known in known_people(row, people.get(row.pk, []))]


def known_people(row: Household, residents: list[Resident]) -> list[Person]:
    """The people of a household as linkage compares them; one nameless person where nobody is known."""
    address = "" if row.address_hidden else f"{row.road_address} {row.address_detail}".strip()
    found = []
    for one in residents:
        ref = KnownRef(row.pk, one.pk, row.dong_id, one.state, row.state)
        known = Known(one.name, one.birth_date, one.birth_year, one.sex, one.phone, ref)
        found.append(person(known, row.phone, address))
    return found or [person(Known(ref=KnownRef(row.pk, None, row.dong_id, "", row.state)), row.phone, address)]
