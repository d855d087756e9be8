"""Bringing in the public catalogs: entries to search beside ours, never rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chatdong.kernel.errors import Invalid
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.bulk import insert_rows
from chatdong.policy.check import ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.benefits.models import Entry
from chatdong.safetynet.benefits.publiclist import EntryRow
from chatdong.safetynet.benefits.states import EntrySource

FIELDS = (
    "name", "ministry", "area", "department", "summary", "targets", "criteria", "gives", "life_stages", "groups", "themes",
    "cycle", "way", "apply", "url", "year", "changed_on",
)  # fmt: skip
BATCH = 500


@dataclass(frozen=True)
class LoadedEntries:
    """What an import did. `problems` are Korean sentences about rows that could not be used."""

    added: int
    changed: int
    same: int
    gone: int
    problems: tuple[str, ...] = ()


@action
def load_entries(*, by: Actor, rows: Iterable[EntryRow], source: str, at: datetime, complete: bool = False) -> LoadedEntries:
    """Take over services of one catalog. The same rows again change nothing; several rows of one service are put together.

    With `complete` the rows are the whole catalog: an entry not among them is marked as gone (`gone_at`), and one that is among
    them again comes back. Raises Invalid (`source`; `rows` where a complete catalog would be empty), Forbidden.
    """
    ensure(by, Permission.DIRECTORY_WRITE)
    if source not in EntrySource.values:
        raise Invalid({"source": "어느 목록인지 골라 주세요."})
    merged = _merged(rows)
    if complete and not merged:
        raise Invalid({"rows": "전체 목록이라고 했지만 서비스가 하나도 없습니다. 아무것도 바꾸지 않았습니다."})
    known = {entry.serv_id: entry for entry in Entry.objects.select_for_update().filter(source=source)}
    new, changed, problems = [], [], []
    for serv_id, (told, weak, place) in merged.items():
        entry = known.get(serv_id)
        if entry is None:
            if told.get("name"):
                new.append(Entry(source=source, serv_id=serv_id, imported_at=at, **told))
            else:
                problems.append(f"{place}: 서비스 이름(servNm)이 없어 넣지 않았습니다({serv_id}).")
        elif _changed(entry, told, weak):
            entry.imported_at = at
            changed.append(entry)
    insert_rows(Entry, new)
    Entry.objects.bulk_update(changed, [*FIELDS, "imported_at", "gone_at"], batch_size=BATCH)
    gone = [entry.pk for key, entry in known.items() if complete and key not in merged and entry.gone_at is None]
    for start in range(0, len(gone), BATCH):
        Entry.objects.filter(pk__in=gone[start : start + BATCH]).update(gone_at=at)
    done = LoadedEntries(
        len(new), len(changed), len(merged) - len(new) - len(changed) - len(problems), len(gone), tuple(problems)
    )
    record(
        "entry.load", by=by, at=at, count=len(merged),
        details={"source": str(source), "added": done.added, "changed": done.changed, "gone": done.gone, "complete": complete},
    )  # fmt: skip
    return done


def _merged(rows: Iterable[EntryRow]) -> dict[str, tuple[dict[str, Any], set[str], str]]:
    """One set of fields a service: a list and a detail answer fill each other up; a later text wins over an earlier one."""
    merged: dict[str, tuple[dict[str, Any], set[str], str]] = {}
    for row in rows:
        told, weak, _place = merged.setdefault(row.serv_id, ({}, set(), row.place))
        for key, value in row.told.items():
            if key in row.weak and key in told and key not in weak:
                continue
            told[key] = value
            (weak.add if key in row.weak else weak.discard)(key)
    return merged


def _changed(entry: Entry, told: dict[str, Any], weak: set[str]) -> bool:
    """Take over what is said; whether anything became different."""
    before = [getattr(entry, name) for name in (*FIELDS, "gone_at")]
    for key, value in told.items():
        if key not in weak or not getattr(entry, key):
            setattr(entry, key, value)
    entry.gone_at = None
    return before != [getattr(entry, name) for name in (*FIELDS, "gone_at")]
