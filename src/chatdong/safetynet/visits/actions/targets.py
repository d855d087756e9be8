"""Putting those who are to be visited this year on the list, each once."""

from datetime import date, datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from chatdong.engines import cohorts
from chatdong.ground.accounts.queries import answering_worker
from chatdong.ground.places.queries import dongs
from chatdong.kernel.errors import Conflict, Invalid
from chatdong.kernel.period import Period
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import Where, ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.visits.models import Target
from chatdong.safetynet.visits.queries.coverage import ENGINE_CODE, unit_of
from chatdong.safetynet.visits.queries.people import candidates, newborn_windows
from chatdong.safetynet.visits.states import Cohort

BATCH = 1000


@action
def enroll_targets(*, by: Actor, year: int, on: date, at: datetime, gu_id: int | None = None, dong_id: int | None = None) -> int:
    """Write the targets of a year for a gu or a dong, as the register stands; returns how many are new.

    Doing it again adds only who has come since: a person once a cohort and year, a household or family likewise.

    Raises:
        Invalid: neither a gu nor a dong, or one that does not exist on the day.
        Forbidden: no TARGET_ENROLL.
    """
    ensure(by, Permission.TARGET_ENROLL, Where(dong_id=dong_id, gu_id=gu_id))
    places = dongs(on, gu_id) if dong_id is None else dongs(on).filter(pk=dong_id)
    if (gu_id is None and dong_id is None) or not places:
        raise Invalid({"dong": _("이 날 있는 구나 동을 골라 주세요.")})
    before, digest = _count(year, [dong.pk for dong in places]), sha256()
    for dong in places:
        rows = _rows(dong.pk, dong.gu_id, year, on, at)
        digest.update(repr([(row.cohort, row.household_id, row.resident_id) for row in rows]).encode())
        Target.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    count = _count(year, [dong.pk for dong in places]) - before
    record("target.enroll", by=by, at=at, gu_id=places[0].gu_id, dong_id=dong_id, count=count,
           details={"year": year, "input": digest.hexdigest()})  # fmt: skip
    return count


def _count(year: int, dong_ids: list[int]) -> int:
    return Target.objects.filter(year=year, dong_id__in=dong_ids).count()


def _rows(dong_id: int, gu_id: int, year: int, on: date, at: datetime) -> list[Target]:
    people, homes = candidates(dong_id, year)
    home_of = {one.ref: int(one.household_ref) for one in people}
    workers: dict[int | None, int | None] = {}
    rows = []
    for cohort in Cohort:
        known = cohorts.COHORTS[ENGINE_CODE[cohort]]
        windows = newborn_windows(year, gu_id) if cohort is Cohort.NEWBORN else None
        of_person = known.unit is cohorts.Unit.PERSON
        for arrival in cohorts.arrivals(known, people, Period.year(year), windows):
            home = home_of[arrival.ref] if of_person else int(arrival.ref)
            tong = homes[home][1]
            if tong not in workers:
                workers[tong] = _answering(dong_id, on, tong)
            rows.append(
                Target(
                    household_id=home, resident_id=int(arrival.ref) if of_person else None, dong_id=dong_id,
                    worker_id=workers[tong],
                    cohort=cohort, unit=unit_of(cohort), year=year, month=arrival.month.month if of_person else None,
                    due_from=arrival.due_from, due_by=arrival.due_by, enrolled_at=at,
                )
            )  # fmt: skip
    return rows


def _answering(dong_id: int, on: date, tong: int | None) -> int | None:
    try:
        return answering_worker(dong_id, on, tong).pk
    except Conflict:
        # A dong without staff keeps its list; the board shows these as nobody's.
        return None
