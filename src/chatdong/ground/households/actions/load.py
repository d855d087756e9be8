"""Loading many households at once: a people file, a demo, a city."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import connections

from chatdong.ground.households.actions.indexed import know_names
from chatdong.ground.households.actions.typed import phone_kept, resident_row
from chatdong.ground.households.indexing import Known, building_of, tokens_of
from chatdong.ground.households.models import Circumstance, Consent, Household, Resident
from chatdong.ground.households.rows import HouseholdRow
from chatdong.ground.places.models import Dong
from chatdong.kernel.errors import Invalid
from chatdong.kernel.hangul import nfc
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.bulk import insert_rows
from chatdong.policy.check import at_dong, ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record

BATCH = 2_000
COPY_BATCH = 20_000
MAKE_INDEX = "CREATE INDEX IF NOT EXISTS ix_household_tokens ON households_household USING gin (tokens) WITH (fastupdate = off)"


@action
def load_households(*, by: Actor, rows: Iterable[HouseholdRow], at: datetime) -> list[int]:
    """Write many households with all that belongs to them, in one transaction; the ids come back in the order of the rows.

    The rows are read as a stream, 2,000 at a time (20,000 through COPY on PostgreSQL). One record is written for the run.

    Raises:
        Forbidden: HOUSEHOLD_EDIT is needed in every dong of the rows. Invalid: no such dong, an impossible birth date.
    """
    ensure(by, Permission.HOUSEHOLD_EDIT)
    run = _Run(by, at)
    size = COPY_BATCH if run.copies else BATCH
    stream = iter(rows)
    while batch := list(islice(stream, size)):
        run.write(batch)
    record("household.load", by=by, at=at, count=len(run.ids), details={"dongs": len(run.gus), "residents": run.residents})
    return run.ids


@action
def search_index_off(*, by: Actor, at: datetime) -> None:
    """Take the token index away before loads of a whole city; searching is slow until `search_index_on`. PostgreSQL only."""
    ensure(by, Permission.DEMO_BUILD)
    _alter("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED", "DROP INDEX IF EXISTS ix_household_tokens")
    record("household.index_off", by=by, at=at)


@action
def search_index_on(*, by: Actor, at: datetime) -> None:
    """Make the token index where it is missing, and let the planner see what was loaded. PostgreSQL only."""
    ensure(by, Permission.DEMO_BUILD)
    _alter(
        "SET CONSTRAINTS ALL IMMEDIATE",  # rows of the same transaction that are yet to be checked would forbid the index
        "SET CONSTRAINTS ALL DEFERRED",
        "SET LOCAL maintenance_work_mem = '512MB'",
        MAKE_INDEX,
        "ANALYZE households_household",
    )
    record("household.index_on", by=by, at=at)


def _alter(*statements: str) -> None:
    connection = connections[Household.objects.db]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


class _Run:
    """One load: the dong seen so far with their gu, the names remembered so far, the ids written."""

    def __init__(self, by: Actor, at: datetime) -> None:
        self.by, self.at = by, at
        self.ids: list[int] = []
        self.residents = 0
        self.gus: dict[int, int] = {}
        self.names: dict[int, set[str]] = {}
        self.copies = connections[Household.objects.db].vendor == "postgresql"

    def write(self, batch: list[HouseholdRow]) -> None:
        """One batch: the households first, then what belongs to them, by their ids."""
        self._places({row.dong_id for row in batch} - self.gus.keys())
        households: list[Household] = []
        residents: list[list[Resident]] = []
        fresh: dict[int, set[str]] = {}
        for row in batch:
            people = [resident_row(one, self.at.date()) for one in row.residents]
            household = self._household(row, people)
            households.append(household)
            residents.append(people)
            fresh.setdefault(self.gus[row.dong_id], set()).update(one.name for one in people)
        insert_rows(Household, households)
        for household, people in zip(households, residents, strict=True):
            for one in people:
                one.household_id, one.created_at = household.pk, household.created_at
        everybody = [one for people in residents for one in people]
        insert_rows(Resident, everybody)
        insert_rows(Circumstance, list(_circumstances(batch, households, residents, self.by)))
        insert_rows(Consent, list(_consents(batch, households, residents, self.by)))
        for gu_id, names in fresh.items():
            known = self.names.setdefault(gu_id, set())
            know_names(gu_id, names - known)
            known |= names
        self.ids += [household.pk for household in households]
        self.residents += len(everybody)

    def _places(self, dong_ids: set[int]) -> None:
        for dong_id in sorted(dong_ids):
            ensure(self.by, Permission.HOUSEHOLD_EDIT, at_dong(dong_id))
        self.gus |= dict(Dong.objects.filter(pk__in=dong_ids).values_list("id", "gu_id"))
        if dong_ids - self.gus.keys():
            raise Invalid({"dong": "없는 동이 들어 있습니다."})

    def _household(self, row: HouseholdRow, people: list[Resident]) -> Household:
        road, detail = nfc(row.road_address).strip()[:120], nfc(row.address_detail).strip()[:60]
        phone = phone_kept(row.phone)
        tokens = tokens_of(
            dong_id=row.dong_id, gu_id=self.gus[row.dong_id], phone=phone, road=road, detail=detail,
            hidden=row.address_hidden,
            residents=[Known(one.name, one.birth_date, one.birth_year, one.sex, one.phone) for one in people],
        )  # fmt: skip
        created = row.created_at or self.at
        return Household(
            dong_id=row.dong_id, tong_id=row.tong_id, ban_id=row.ban_id, legal_dong_id=row.legal_dong_id, state=row.state,
            road_address=road, address_detail=detail, dwelling=row.dwelling, building_key=building_of(road),
            address_hidden=row.address_hidden, lon=row.lon, lat=row.lat, phone=phone, two_workers=row.two_workers,
            staff_note=row.staff_note[:300], tokens=tokens, created_at=created, changed_at=created,
        )  # fmt: skip


def _circumstances(
    batch: list[HouseholdRow], households: list[Household], residents: list[list[Resident]], by: Actor
) -> Iterator[Circumstance]:
    for row, household, people in zip(batch, households, residents, strict=True):
        for one in row.circumstances:
            yield Circumstance(
                household_id=household.pk, resident_id=None if one.resident is None else people[one.resident].pk,
                kind=one.kind, since=one.since, until=one.until, source=one.source[:100], noted_by=by.account_id,
            )  # fmt: skip


def _consents(
    batch: list[HouseholdRow], households: list[Household], residents: list[list[Resident]], by: Actor
) -> Iterator[Consent]:
    for row, household, people in zip(batch, households, residents, strict=True):
        for one in row.consents:
            yield Consent(
                household_id=household.pk, resident_id=None if one.resident is None else people[one.resident].pk,
                kind=one.kind, text_version=one.text_version, given_at=one.given_at, way=one.way, noted_by=by.account_id,
            )  # fmt: skip
