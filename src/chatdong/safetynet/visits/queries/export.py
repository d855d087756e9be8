"""What leaves the house as a file: watches and targets within the right to export, masked unless more is asked for.

A household whose address is hidden is never among them; how many were left out is told.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from chatdong.ground.households.queries import masked, representative
from chatdong.kernel.clock import date_text, kst, moment_text
from chatdong.kernel.identity import phone_text
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.listing import capped
from chatdong.policy.permissions import Permission
from chatdong.safetynet.visits.models import Target
from chatdong.safetynet.visits.queries.homes import Households, Residents, open_watches
from chatdong.safetynet.visits.queries.watches import reasons_in_words
from chatdong.safetynet.visits.states import Cohort, Grade, NextStep, TargetState

MOST = 50_000
CHUNK = 2_000
MASKED_COLUMNS = ("가구번호", "이름", "나이", "주소", "통")
FULL_COLUMNS = ("가구번호", "이름", "생년월일", "주소", "전화")


@dataclass(frozen=True)
class Exported:
    """The columns, the lines of text under them, and the households they are about; `hidden` were left out, `cut` says that
    more than 50,000 lines matched."""

    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    household_ids: tuple[int, ...]
    hidden: int
    cut: bool


def watches_to_export(*, by: Actor, at: datetime, dong_id: int | None = None, full: bool = False) -> Exported:
    """The open watches: grade, suicide risk, reasons, next step and its day, worker."""
    rows = _within(open_watches(), by, dong_id)

    def about(row: Any) -> tuple[str, ...]:
        reasons = (", ".join(name for _code, name in reasons_in_words(row.reasons)),) if full else ()
        last = date_text(row.last_contact_at) if row.last_contact_at else ""
        return (
            str(Grade(row.grade).label), "예" if row.suicide else "", *reasons, str(NextStep(row.next_step).label),
            moment_text(row.next_at), last, row.worker.name,
        )  # fmt: skip

    columns = ("위험군", "자살위험", *(("이유",) if full else ()), "다음 할 일", "다음 기한", "마지막 만남", "담당자")
    return exported(rows, columns, about, at=at, full=full)


def targets_to_export(*, by: Actor, at: datetime, dong_id: int | None = None, full: bool = False) -> Exported:
    """The targets of the year: group, unit, month of birth, window, and whether they were met."""
    rows = _within(Target.objects.filter(year=kst(at).year), by, dong_id)

    def about(row: Any) -> tuple[str, ...]:
        return (
            str(Cohort(row.cohort).label), row.unit, f"{row.month}월" if row.month else "", date_text(row.due_from),
            date_text(row.due_by), str(TargetState(row.state).label), row.worker.name if row.worker else "",
        )  # fmt: skip

    columns = ("대상군", "단위", "생일 달", "방문 시작", "방문 기한", "결과", "담당자")
    return exported(rows, columns, about, at=at, full=full)


def _within(rows: QuerySet[Any], by: Actor, dong_id: int | None) -> QuerySet[Any]:
    rows = rows.filter(reach(by, Permission.EXPORT).q(owner="worker_id")).select_related("dong", "worker")
    return rows if dong_id is None else rows.filter(dong_id=dong_id)


def exported(
    rows: QuerySet[Any], columns: Sequence[str], about: Callable[[Any], tuple[str, ...]], *, at: datetime, full: bool
) -> Exported:
    """Rows that have a household and a dong, as lines: the household first, then what `about` says. For callers who have
    narrowed the rows to the right to export."""
    hidden, _more = capped(rows.filter(household__address_hidden=True))
    found = list(rows.filter(household__address_hidden=False).order_by("dong__code", "id")[: MOST + 1])
    kept, lines = found[:MOST], []
    for start in range(0, len(kept), CHUNK):
        part = kept[start : start + CHUNK]
        homes = _homes([row.household_id for row in part], kst(at).date(), full)
        lines += [(row.dong.name, *homes[row.household_id], *about(row)) for row in part]
    ids = tuple(dict.fromkeys(row.household_id for row in kept))
    return Exported(("행정동", *(FULL_COLUMNS if full else MASKED_COLUMNS), *columns), lines, ids, hidden, len(found) > MOST)


def _homes(household_ids: Iterable[int], on: date, full: bool) -> dict[int, tuple[str, ...]]:
    ids = list(dict.fromkeys(household_ids))
    people: dict[int, list[Any]] = {}
    for one in Residents.objects.filter(household_id__in=ids):
        people.setdefault(one.household_id, []).append(one)
    rows = Households.objects.filter(pk__in=ids).select_related("dong__gu", "tong").defer("tokens")
    tell = _in_full if full else _masked
    return {row.pk: tell(row, people.get(row.pk, []), on) for row in rows}


def _masked(row: Any, people: list[Any], on: date) -> tuple[str, ...]:
    shown = masked(row, people, on)
    return (str(row.pk), shown.name, shown.age_text, shown.address, shown.tong)


def _in_full(row: Any, people: list[Any], on: date) -> tuple[str, ...]:
    first = representative(people)
    born = first.birth_date.isoformat() if first and first.birth_date else ""
    phone = (first.phone if first else "") or row.phone
    address = " ".join(part for part in (row.road_address, row.address_detail) if part)
    return (str(row.pk), first.name if first else "", born, address, phone_text(phone) if phone else "")
