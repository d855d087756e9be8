"""What loading a list would do, row by row, before anything is written: read and keyed by the same code as the loading."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import TextChoices

from chatdong.ground.places.queries import dongs
from chatdong.kernel.errors import Refusal
from chatdong.kernel.identity import mask_birth, mask_name, mask_phone
from chatdong.policy.actor import Actor
from chatdong.policy.record import record_read
from chatdong.safetynet.discovery.models import ListRow, Report
from chatdong.safetynet.discovery.queries.duty import dong_for
from chatdong.safetynet.discovery.queries.lists import ListCard, list_card
from chatdong.safetynet.discovery.queries.readings import RowReading, read_row, row_key

MOST_READ = 20_000
AT_ONCE = 500


class Outcome(TextChoices):
    """What would become of a row."""

    NEW = "new", "새 신고"
    SAME = "same", "이미 있는 줄"
    FAULTY = "faulty", "오류"


@dataclass(frozen=True)
class PreviewRow:
    """One row: masked, with what would become of it and why. `dong_name` is where a new report would go."""

    number: int
    outcome: str
    outcome_label: str
    sentence: str
    name: str
    birth: str
    phone: str
    has_address: bool
    dong_name: str


@dataclass(frozen=True)
class Preview:
    """Counts over all rows read (`read` of `total`) and one page of rows; `after` opens the next one, 0 at the end."""

    counts: dict[str, int]
    read: int
    total: int
    rows: list[PreviewRow]
    after: int


@dataclass(frozen=True)
class _Told:
    number: int
    outcome: Outcome
    sentence: str
    reading: RowReading


def preview_of(
    *, by: Actor, list_id: UUID, at: datetime, mapping: Mapping[str, Any] | None = None, outcome: str = "", after: int = 0,
    size: int = 50,
) -> Preview:  # fmt: skip
    """What loading would do with a list under its mapping, or under another one. The page is logged as seen.

    Raises NotFound for a list out of reach.
    """
    card = list_card(by=by, list_id=list_id)
    told = list(_told(card, card.mapping if mapping is None else mapping, at))
    wanted = [row for row in told if row.number > after and outcome in ("", row.outcome)]
    names = {dong.pk: dong.name for dong in dongs(at.date(), card.gu_id)}
    page = [_row(card, row, names, by, at) for row in wanted[:size]]
    if page:
        record_read(
            "list.preview", by=by, at=at, gu_id=card.gu_id, dong_id=card.dong_id, count=len(page), details={"list": str(card.id)}
        )
    counts = Counter(str(row.outcome) for row in told)
    return Preview(
        counts={value: counts[value] for value in Outcome.values},
        read=len(told),
        total=card.total,
        rows=page,
        after=page[-1].number if len(wanted) > size else 0,
    )


def _told(card: ListCard, mapping: Mapping[str, Any], at: datetime) -> Iterator[_Told]:
    first: dict[str, int] = {}
    lines = ListRow.objects.filter(list_id=card.id).order_by("number").values_list("number", "cells")[:MOST_READ]
    batch: list[tuple[int, RowReading, str]] = []
    for number, cells in lines.iterator(chunk_size=AT_ONCE):
        reading = read_row(cells, mapping, card.columns, at.date())
        batch.append((number, reading, row_key(card.gu_id, card.pathway, card.round_name, reading.print)))
        if len(batch) == AT_ONCE:
            yield from _judged(batch, first)
            batch = []
    yield from _judged(batch, first)


def _judged(batch: list[tuple[int, RowReading, str]], first: dict[str, int]) -> Iterator[_Told]:
    known = set(Report.objects.filter(key__in=[key for _number, _reading, key in batch]).values_list("key", flat=True))
    for number, reading, key in batch:
        if reading.fault:
            yield _Told(number, Outcome.FAULTY, reading.fault, reading)
        elif key in known:
            yield _Told(number, Outcome.SAME, "같은 내용이 이미 접수되어 있습니다.", reading)
        elif key in first:
            yield _Told(number, Outcome.SAME, f"{first[key]}번째 줄과 같은 내용입니다.", reading)
        else:
            first[key] = number
            yield _Told(number, Outcome.NEW, " ".join(reading.notes), reading)


def _row(card: ListCard, told: _Told, names: Mapping[int, str], by: Actor, at: datetime) -> PreviewRow:
    subject = told.reading.subject
    year = f"{subject.birth_year}" if subject.birth_year else ""
    return PreviewRow(
        number=told.number,
        outcome=told.outcome.value,
        outcome_label=str(told.outcome.label),
        sentence=told.sentence,
        name=mask_name(subject.name) if subject.name else "",
        birth=mask_birth(subject.birth) or year,
        phone=mask_phone(subject.phone) if subject.phone else "",
        has_address=bool(subject.address),
        dong_name=_dong_name(card, told, names, by, at) if told.outcome == Outcome.NEW else "",
    )


def _dong_name(card: ListCard, told: _Told, names: Mapping[int, str], by: Actor, at: datetime) -> str:
    if told.reading.dong_name in names.values():
        return told.reading.dong_name
    if card.dong_id is not None:
        return card.dong_name
    try:
        return names.get(dong_for(told.reading.subject, by=by, on=at.date(), gu_id=card.gu_id).dong_id, "")
    except Refusal:
        return ""
