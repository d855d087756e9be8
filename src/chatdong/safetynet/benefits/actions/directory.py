"""Taking over a directory of local services (HSDS 3)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Forbidden
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.bulk import insert_rows
from chatdong.policy.check import ensure, reach
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.benefits.hsds.rows import Directory
from chatdong.safetynet.benefits.queries.directory_plan import SHELVES, Plan, Shelf, Step, directory_plan

BATCH = 500


@action
def load_directory(
    *, by: Actor, directory: Directory, gu_id: int | None, at: datetime, situations: Collection[str], benefits: Collection[str]
) -> Plan:
    """Take over organizations, places and services for a gu; returns what was done. The same directory again changes nothing.

    What the file does not name stays, except what belongs to a service it names: of that service the file says everything.
    `situations` and `benefits` are the ids our catalog knows.

    Raises:
        Mistakes: unknown references, unknown links, rows of another gu; every one with its place. Nothing is written.
        Forbidden: DIRECTORY_WRITE for the gu; without a gu only who reaches them all.
    """
    ensure_directory(by, gu_id)
    plan = directory_plan(directory, gu_id=gu_id, day=kst(at).date(), situations=situations, benefits=benefits)
    for shelf in reversed(SHELVES):
        gone = plan.removed.get(shelf.name, ())
        for start in range(0, len(gone), BATCH):
            shelf.model.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    ids: dict[str, dict[str, int]] = {}
    for shelf in SHELVES:
        _write(shelf, plan.steps[shelf.name], ids, gu_id, at)
    record(
        "directory.load", by=by, at=at, gu_id=gu_id, count=sum(len(steps) for steps in plan.steps.values()),
        details={one.name: [one.added, one.changed, one.removed] for one in plan.counts},
    )  # fmt: skip
    return plan


def ensure_directory(by: Actor, gu_id: int | None) -> None:
    """Refuse unless the actor may write the directory of this gu. Raises Forbidden."""
    ensure(by, Permission.DIRECTORY_WRITE)
    if not reach(by, Permission.DIRECTORY_WRITE).everywhere and gu_id not in by.gu_ids:
        raise Forbidden("우리 구의 기관과 서비스만 바꿀 수 있습니다.")


def _write(shelf: Shelf, steps: tuple[Step, ...], ids: dict[str, dict[str, int]], gu_id: int | None, at: datetime) -> None:
    """Write one table; `ids` gathers the row id of every key, for the tables that point here."""
    new: list[Any] = []
    changed: list[Any] = []
    for step in steps:
        if not step.is_changed:
            continue
        row: Any = step.kept if step.kept is not None else shelf.model(key=step.row.key)
        for name, value in step.values.items():
            setattr(row, name, value)
        for _ours, field, target in shelf.refs:
            setattr(row, f"{field}_id", _id_of(ids, target, step.refs[field]))
        if shelf.name == "organizations":
            row.gu_id, row.changed_at = gu_id, at
        (new if step.kept is None else changed).append(row)
    insert_rows(shelf.model, new)
    names = [field.name for field in shelf.model._meta.concrete_fields if field.name not in ("id", "key")]
    shelf.model.objects.bulk_update(changed, names, batch_size=BATCH)
    ids[shelf.name] = {row.key: row.pk for row in new}
    ids[shelf.name] |= {step.row.key: step.kept.pk for step in steps if step.kept is not None}


def _id_of(ids: dict[str, dict[str, int]], target: str, key: str) -> int | None:
    """The row of a key: of this load, else one that is kept already."""
    if not key:
        return None
    if key not in ids[target]:
        model = next(shelf.model for shelf in SHELVES if shelf.name == target)
        ids[target][key] = model.objects.values_list("pk", flat=True).get(key=key)
    return ids[target][key]
