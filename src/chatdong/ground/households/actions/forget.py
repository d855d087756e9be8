"""Forgetting who lived where, once the law's period after the end is over (사회보장급여법 §34)."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, ExtractYear

from chatdong.ground.households.models import Consent, Household, KnownName, Resident
from chatdong.ground.households.states import HouseholdState
from chatdong.ground.places.queries import rule
from chatdong.kernel.clock import KST
from chatdong.kernel.period import turns
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record

BATCH = 500
_BLANK: dict[str, Any] = {
    "road_address": "", "address_detail": "", "building_key": "", "phone": "", "staff_note": "", "tokens": [],
    "lon": None, "lat": None, "tong": None, "ban": None, "legal_dong": None,
}  # fmt: skip
Spare = Callable[[list[int]], Iterable[int]]


@action
def forget_households(*, by: Actor, gu_id: int, at: datetime, spare: Spare) -> int:
    """Take names, phones, addresses and birth days out of households that ended or moved away long enough ago.

    The rows stay, with year of birth and sex, so that figures do not change. `spare` is told ids and gives back those that
    something is still open for; only the apps above know. How many were forgotten, at most one batch.
    """
    ensure(by, Permission.RETENTION_RUN)
    ids = _old(gu_id, _years_before("retention.case_years", gu_id, at), spare)
    names = set(Resident.objects.filter(household_id__in=ids).exclude(name="").values_list("name", flat=True))
    people = Resident.objects.filter(household_id__in=ids)
    people.update(birth_year=Coalesce(F("birth_year"), ExtractYear("birth_date")))
    people.update(name="", phone="", birth_date=None)
    Household.objects.filter(pk__in=ids).update(**_BLANK)
    _unknow(gu_id, names)
    _forget_witnesses(gu_id, at)
    record("retention.households", by=by, at=at, gu_id=gu_id, count=len(ids))
    return len(ids)


def _old(gu_id: int, limit: datetime, spare: Spare) -> list[int]:
    """The next batch to forget; those that are spared do not stand in the way of the others."""
    gone = Q(state__in=(HouseholdState.ENDED, HouseholdState.MOVED_OUT, HouseholdState.MERGED))
    known = Q(residents__name__gt="") | ~Q(road_address="") | ~Q(phone="")
    rows = Household.objects.filter(gone, known, dong__gu_id=gu_id, changed_at__lt=limit).order_by("id").distinct()
    found: list[int] = []
    last = 0
    while len(found) < BATCH:
        ids = list(rows.filter(id__gt=last).values_list("id", flat=True)[:BATCH])
        found += sorted(set(ids) - set(spare(ids))) if ids else []
        if len(ids) < BATCH:
            break
        last = ids[-1]
    return found[:BATCH]


def _unknow(gu_id: int, names: set[str]) -> None:
    """A name nobody of the gu carries any more is not kept to compare with either."""
    still = Resident.objects.filter(name__in=names, household__dong__gu_id=gu_id).values_list("name", flat=True).distinct()
    KnownName.objects.filter(gu_id=gu_id, name__in=names - set(still)).delete()


def _forget_witnesses(gu_id: int, at: datetime) -> None:
    """Who witnessed a consent is proof for some years longer than the household itself."""
    limit = _years_before("retention.case_years", gu_id, _years_before("retention.consent_years", gu_id, at))
    ended = Consent.objects.filter(household__dong__gu_id=gu_id, household__changed_at__lt=limit)
    ended = ended.filter(household__state__in=(HouseholdState.ENDED, HouseholdState.MOVED_OUT)).exclude(witness="")
    Consent.objects.filter(pk__in=list(ended.values_list("id", flat=True)[:BATCH])).update(witness=Value(""))


def _years_before(key: str, gu_id: int, at: datetime) -> datetime:
    years = int(rule(key, on=at.date(), gu_id=gu_id).value["years"])
    day: date = turns(at.date(), -years)
    return datetime.combine(day, time(), KST)
