"""Discovery lists: kept as they stood in the file, loaded in batches, every row a report or a sentence why not."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from chatdong.ground.messages.actions import tell
from chatdong.ground.messages.states import MessageKind
from chatdong.ground.places.queries import dongs
from chatdong.kernel.errors import Conflict, Invalid, NotFound, Refusal
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import Where, ensure, reach
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.discovery.actions.reports import submit_report
from chatdong.safetynet.discovery.models import ColumnMapping, DiscoveryList, ListRow, Report
from chatdong.safetynet.discovery.queries.paths import to_list
from chatdong.safetynet.discovery.queries.readings import RowReading, read_row, row_key
from chatdong.safetynet.discovery.states import ListField, ListState, Pathway, RowState

ROW_EVENT = "list.load"


def ensure_list(by: Actor, gu_id: int, dong_id: int | None) -> None:
    """Refuse unless the actor may load lists here: into the dong, or into any of the gu for a list of the whole gu."""
    if dong_id is not None or reach(by, Permission.LIST_LOAD).everywhere:
        ensure(by, Permission.LIST_LOAD, Where(dong_id=dong_id, gu_id=gu_id))
        return
    ensure(by, Permission.LIST_LOAD)
    if gu_id not in by.gu_ids or not _reaches_gu(by, gu_id):
        ensure(by, Permission.LIST_LOAD, Where(dong_id=None, gu_id=gu_id))


def _reaches_gu(by: Actor, gu_id: int) -> bool:
    """A list without a dong goes to all of a gu: only its officers, whose postings stand in no single dong, may load one."""
    return any(
        posting.gu_id == gu_id and posting.role in ("gu_officer", "system") for posting, _how in by.grants(Permission.LIST_LOAD)
    )


@action
def upload_list(
    *, by: Actor, gu_id: int, dong_id: int | None, name: str, size: int, digest: str, columns: Sequence[str],
    mapping: Mapping[str, Any], problems: Sequence[str], rows: Sequence[tuple[int, Sequence[Any]]], at: datetime,
    pathway: str = Pathway.BIG_DATA, round_name: str = "",
) -> DiscoveryList:  # fmt: skip
    """Keep an uploaded list: `rows` are (line in the file, cells in the order of `columns`). Nothing is reported yet.

    The same file again (same `digest` in the gu) takes the round of the first time, so that loading it changes nothing.

    Raises:
        Invalid: no rows, or a mapping that names no person (fields `file`, `mapping`, `pathway`).
    """
    ensure_list(by, gu_id, dong_id)
    if not rows:
        raise Invalid({"file": _("파일에 줄이 없습니다.")})
    if (pathway or Pathway.BIG_DATA) not in Pathway.values:
        raise Invalid({"pathway": _("발굴경로를 골라 주세요.")})
    before = (
        DiscoveryList.objects.filter(gu_id=gu_id, digest=digest)
        .exclude(state=ListState.DISCARDED)
        .order_by("uploaded_at")
        .first()
    )
    if before is not None:
        problems = [*problems, _("같은 파일을 전에 올린 적이 있습니다. 이미 접수된 줄은 다시 접수되지 않습니다.")]
    round_name = round_name.strip() or (before.round_name if before else f"{at.year}년 {at.month}월")
    row = DiscoveryList.objects.create(
        gu_id=gu_id, dong_id=dong_id, name=name[:200], size=size, digest=digest, pathway=pathway or Pathway.BIG_DATA,
        round_name=round_name[:60], columns=list(columns), mapping=_mapping(mapping), problems=list(problems),
        total=len(rows), uploaded_by_id=by.account_id, uploaded_at=at,  # type: ignore[misc]
    )  # fmt: skip
    ListRow.objects.bulk_create(
        [ListRow(list=row, number=number, cells=[_plain(cell) for cell in cells]) for number, cells in rows], batch_size=1000
    )
    record("list.upload", by=by, at=at, about=row, dong_id=dong_id, gu_id=gu_id, count=len(rows))
    return row


def _mapping(mapping: Mapping[str, Any]) -> dict[str, Any]:
    return {field: column for field, column in mapping.items() if field in ListField.values and column not in (None, "")}


def _plain(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date | datetime) else cell


def _locked(by: Actor, list_id: UUID) -> DiscoveryList:
    row = DiscoveryList.objects.select_for_update(of=("self",)).filter(pk=list_id).first()
    if row is None:
        raise NotFound
    ensure_list(by, row.gu_id, row.dong_id)
    return row


@action
def map_columns(*, by: Actor, list_id: UUID, mapping: Mapping[str, Any], at: datetime) -> DiscoveryList:
    """Say which column holds what. Raises Invalid (field `mapping`) when none tells a person, Conflict after loading began."""
    row = _locked(by, list_id)
    if row.state != ListState.UPLOADED:
        raise Conflict(_("이미 넣기 시작한 명단입니다."))
    row.mapping = _mapping(mapping)
    _check_mapping(row)
    row.save()
    record("list.map", by=by, at=at, about=row, dong_id=row.dong_id, gu_id=row.gu_id)
    return row


def _check_mapping(row: DiscoveryList) -> None:
    if not {ListField.NAME, ListField.PHONE, ListField.ADDRESS} & set(row.mapping):
        raise Invalid({"mapping": _("이름, 전화번호, 주소 가운데 하나는 어느 칸인지 알려 주세요.")})
    columns = [str(column) for column in row.mapping.values()]
    if len(set(columns)) != len(columns):
        raise Invalid({"mapping": _("한 칸을 두 가지로 고를 수 없습니다.")})


@action
def save_mapping(*, by: Actor, gu_id: int, name: str, header: str, mapping: Mapping[str, Any], at: datetime) -> ColumnMapping:
    """Remember a mapping for files with this header. Raises Invalid without a name (field `name`)."""
    ensure(by, Permission.LIST_LOAD)
    if gu_id not in by.gu_ids:
        ensure(by, Permission.LIST_LOAD, Where(gu_id=gu_id))
    if not name.strip():
        raise Invalid({"name": _("이름을 적어 주세요.")})
    row, _made = ColumnMapping.objects.update_or_create(
        gu_id=gu_id, header=header[:64],
        defaults={"name": name.strip()[:60], "mapping": _mapping(mapping), "saved_by": by.account_id, "saved_at": at},
    )  # fmt: skip
    record("list.save_mapping", by=by, at=at, about=row, gu_id=gu_id)
    return row


@action
def start_list(*, by: Actor, list_id: UUID, at: datetime) -> DiscoveryList:
    """Begin loading: a job goes on, batch by batch. Raises Conflict when it began already, Invalid as `map_columns`."""
    row = _locked(by, list_id)
    if row.state != ListState.UPLOADED:
        raise Conflict(_("이미 넣기 시작한 명단입니다."))
    _check_mapping(row)
    row.state = ListState.LOADING
    row.save()
    record("list.start", by=by, at=at, about=row, dong_id=row.dong_id, gu_id=row.gu_id, count=row.total)
    return row


@action
def load_rows(*, by: Actor, list_id: UUID, numbers: Sequence[int], at: datetime) -> int:
    """Load some rows in one transaction; how many of them were still waiting. A faulty row keeps its sentence and stops nobody.

    Raises Conflict unless the list is being loaded.
    """
    row = _locked(by, list_id)
    if row.state != ListState.LOADING:
        raise Conflict(_("넣는 중인 명단이 아닙니다."))
    dong_ids = {dong.name: dong.pk for dong in dongs(at.date(), row.gu_id)}
    waiting = list(ListRow.objects.select_for_update(of=("self",)).filter(
        list=row, number__in=list(numbers), state=RowState.WAITING).order_by("number"))  # fmt: skip
    for line in waiting:
        _load(row, line, dong_ids, by=by, at=at)
    row.done += len(waiting)
    row.counts = dict(Counter(row.counts) + Counter(str(line.state) for line in waiting))
    row.save()
    record(ROW_EVENT, by=by, at=at, about=row, dong_id=row.dong_id, gu_id=row.gu_id, count=len(waiting), details=dict(row.counts))
    return len(waiting)


def _load(row: DiscoveryList, line: ListRow, dong_ids: dict[str, int], *, by: Actor, at: datetime) -> None:
    try:
        reading = read_row(line.cells, row.mapping, row.columns, at.date())
        if reading.fault:
            line.state, line.sentence = RowState.FAULTY, reading.fault
        else:
            with transaction.atomic():
                _report(row, line, reading, dong_ids, by=by, at=at)
    except Refusal as refusal:
        line.state, line.sentence, line.report = RowState.FAULTY, str(refusal)[:300], None
    line.save()


def _report(row: DiscoveryList, line: ListRow, reading: RowReading, dong_ids: dict[str, int], *, by: Actor, at: datetime) -> None:
    key = row_key(row.gu_id, row.pathway, row.round_name, reading.print)
    known = Report.objects.filter(key=key).first()
    if known is not None:
        line.state, line.report, line.sentence = RowState.SAME, known, _("같은 내용이 이미 접수되어 있습니다.")
        return
    dong_id = dong_ids.get(reading.dong_name) or row.dong_id
    details = {
        "list": str(row.pk),
        "row": line.number,
        "number": reading.number,
        "cells": reading.rest,
        "notes": list(reading.notes),
    }
    line.report = submit_report(
        by=by, key=key, pathway=row.pathway, at=at, text=reading.text, urgency=reading.urgency or None, dong_id=dong_id,
        subject=reading.subject, source=f"{row.name} {row.round_name}".strip()[:100], gu_id=row.gu_id,
        details={name: value for name, value in details.items() if value},
    )  # fmt: skip
    line.state, line.sentence = RowState.REPORTED, " ".join(reading.notes)[:300]


@action
def finish_list(*, by: Actor, list_id: UUID, at: datetime) -> DiscoveryList:
    """Say that every row was loaded, and tell whoever uploaded it. Raises Conflict while rows wait."""
    row = _locked(by, list_id)
    if row.state != ListState.LOADING:
        raise Conflict(_("넣는 중인 명단이 아닙니다."))
    if row.rows.filter(state=RowState.WAITING).exists():
        raise Conflict(_("아직 넣지 않은 줄이 있습니다."))
    row.state, row.finished_at = ListState.LOADED, at
    row.save()
    tell([row.uploaded_by_id], MessageKind.LIST, _("올린 명단을 다 넣었습니다. 결과를 확인해 주세요."), at=at,
         key=f"list:{row.pk}", path=to_list(row.pk))  # fmt: skip
    record(
        "list.finish", by=by, at=at, about=row, dong_id=row.dong_id, gu_id=row.gu_id, count=row.total, details=dict(row.counts)
    )
    return row


@action
def discard_list(*, by: Actor, list_id: UUID, at: datetime) -> DiscoveryList:
    """Throw a list away before it is loaded; its rows go, the fact stays. Raises Conflict after loading began."""
    row = _locked(by, list_id)
    if row.state != ListState.UPLOADED:
        raise Conflict(_("이미 넣기 시작한 명단은 버릴 수 없습니다."))
    row.rows.all().delete()
    row.state, row.finished_at = ListState.DISCARDED, at
    row.save()
    record("list.discard", by=by, at=at, about=row, dong_id=row.dong_id, gu_id=row.gu_id, count=row.total)
    return row
