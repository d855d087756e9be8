"""Who can be on a visit list, as the cohort engine reads them."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Q

from chatdong.engines import cohorts
from chatdong.ground.households.states import HouseholdState
from chatdong.ground.places.queries import rule
from chatdong.kernel.clock import kst
from chatdong.safetynet.visits.queries.homes import Households, Residents

ELDERS = (65, 70)
HERE = (HouseholdState.LIVING, HouseholdState.PROVISIONAL)
_CHUNK = 5000


def candidates(dong_id: int, year: int) -> tuple[list[cohorts.Candidate], dict[int, tuple[int, int | None]]]:
    """Whole households of a dong of which anybody may be on a list of the year, and household -> (dong id, 통 number).

    Households without known residents stand in with one candidate named after the household.
    """
    homes = _homes(dong_id, year)
    held = _circumstances(homes)
    found: list[cohorts.Candidate] = []
    seen: set[int] = set()
    ids = sorted(homes)
    for start in range(0, len(ids), _CHUNK):
        for row in Residents.objects.filter(household_id__in=ids[start : start + _CHUNK]).order_by("id"):
            found.append(_candidate(row, held, year))
            seen.add(row.household_id)
    found += [cohorts.Candidate(f"h{home}", str(home), None, tuple(held[home, None])) for home in ids if home not in seen]
    return found, homes


def _homes(dong_id: int, year: int) -> dict[int, tuple[int, int | None]]:
    years = [year - age for age in ELDERS] + [year, year - 1]
    people = Residents.objects.filter(household__dong_id=dong_id, household__state__in=HERE)
    spans = [Q(birth_date__range=(date(one, 1, 1), date(one, 12, 31))) for one in years]
    by_age = people.filter(Q(*spans, _connector=Q.OR))
    homes = Households.objects.filter(dong_id=dong_id, state__in=HERE)
    poor = homes.filter(circumstances__kind__in=[one.value for one in cohorts.Circumstance])
    rows = homes.filter(Q(pk__in=by_age.values("household_id")) | Q(pk__in=poor.values("pk")))
    return {pk: (dong, tong) for pk, dong, tong in rows.values_list("id", "dong_id", "tong__number")}


def _circumstances(homes: dict[int, Any]) -> dict[tuple[int, int | None], list[cohorts.Held]]:
    held: dict[tuple[int, int | None], list[cohorts.Held]] = defaultdict(list)
    known = {one.value for one in cohorts.Circumstance}
    ids = sorted(homes)
    for start in range(0, len(ids), _CHUNK):
        rows = Households.objects.filter(pk__in=ids[start : start + _CHUNK], circumstances__kind__in=known)
        columns = ("id", "circumstances__resident_id", "circumstances__kind", "circumstances__since", "circumstances__until")
        for home, resident, kind, since, until in rows.values_list(*columns):
            held[home, resident].append(cohorts.Held(cohorts.Circumstance(kind), since, until))
    return held


def _candidate(row: Any, held: dict[tuple[int, int | None], list[cohorts.Held]], year: int) -> cohorts.Candidate:
    # What holds for the household is said of everybody in it: the first one may have died or moved.
    own = held.get((row.household_id, row.pk), []) + held.get((row.household_id, None), [])
    came = kst(row.created_at).date()
    return cohorts.Candidate(
        ref=str(row.pk),
        household_ref=str(row.household_id),
        birth_date=row.birth_date,
        circumstances=tuple(own),
        came_on=came if came > date(year, 1, 1) else None,
        left_on=row.died_on or row.moved_on,
    )


def newborn_windows(year: int, gu_id: int | None) -> tuple[cohorts.Window, ...]:
    """The dated windows of a newborn visit that hold in a year and the one before (rule newborn.weeks)."""
    windows = {}
    for day in (date(year - 1, 1, 1), date(year, 1, 1), date(year, 12, 31)):
        held = rule("newborn.weeks", day, gu_id)
        windows[held.valid_from] = cohorts.Window(held.valid_from, held.source, days=int(held.value["weeks"]) * 7)
    return tuple(windows.values())
