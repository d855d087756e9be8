"""How a line of an official file meets the rows already there: added, renamed, ended, or the same.

A renamed place keeps its row, so that the households and postings of a dong never stand in a place that is gone; what it was
called until then becomes a row of its own with the days on which that held.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chatdong.ground.places.models import Dong, Gu, Outline, Succession
from chatdong.ground.places.official import PlaceCode, name_key
from chatdong.ground.places.states import Turn
from chatdong.kernel.errors import Forbidden
from chatdong.policy.actor import Actor
from chatdong.policy.check import NOWHERE, ensure, reach
from chatdong.policy.permissions import Permission


@dataclass
class Loaded:
    """What a file changed: counts, and the names of dong that the table knows and the file does not."""

    added: int = 0
    renamed: int = 0
    ended: int = 0
    same: int = 0
    missing: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "added": self.added,
            "renamed": self.renamed,
            "ended": self.ended,
            "same": self.same,
            "missing": len(self.missing),
        }


def ensure_gus(by: Actor, permission: Permission, codes: Iterable[str]) -> None:
    """Places may be loaded by whoever holds the right, each gu's administrator for the own gu only. Raises Forbidden."""
    ensure(by, permission, NOWHERE)
    if reach(by, permission).everywhere:
        return
    own = set(Gu.objects.filter(id__in=sorted(by.gu_ids)).values_list("code", flat=True))
    if not {code[:5] + "00000" for code in codes} <= own:
        raise Forbidden("다른 구의 지역은 바꿀 수 없습니다. 우리 구의 줄만 남긴 파일을 넣어 주세요.")


class Shelf:
    """The rows of one table of places by code, oldest first, while a file is laid beside them."""

    def __init__(self, model: Any, codes: Iterable[str], tally: Loaded):
        self.model, self.tally = model, tally
        self.known: dict[str, list[Any]] = defaultdict(list)
        self.fresh: list[Any] = []
        cities = sorted({code[:2] for code in codes})
        for city in cities:
            for row in model.objects.filter(code__startswith=city).order_by("code", "valid_from"):
                self.known[row.code].append(row)

    def newest(self, code: str) -> Any:
        """The row of a code that counts now; None where the code is not known."""
        versions = self.known.get(code)
        return versions[-1] if versions else None

    def keep(self, row: PlaceCode, on: date, parents: Callable[[], dict[str, Any]]) -> Any:
        """Bring one line in. `on` is the day the file speaks of; a rename without a day of its own counts from there."""
        newest = self.newest(row.code)
        if newest is None or (newest.valid_to is not None and newest.valid_to <= row.valid_from):
            return self._add(row, parents())
        same = name_key(newest.name) == name_key(row.name)
        exact = next((old for old in self.known[row.code] if old.valid_from == row.valid_from), None)
        if exact is not None and exact is not newest and (row.valid_to is not None or same):
            self.tally.same += 1
            return newest
        if not same and row.valid_to is None:
            return self._rename(newest, row, row.valid_from if row.valid_from > newest.valid_from else on)
        return self._date(newest, row) if same else newest

    def _add(self, row: PlaceCode, parents: dict[str, Any]) -> Any:
        made = self.model(code=row.code, name=row.name, valid_from=row.valid_from, valid_to=row.valid_to, **parents)
        self.known[row.code].append(made)
        self.fresh.append(made)
        self.tally.added += 1
        return made

    def _date(self, newest: Any, row: PlaceCode) -> Any:
        before = (newest.valid_from, newest.valid_to)
        if row.valid_from < newest.valid_from and len(self.known[row.code]) == 1:
            newest.valid_from = row.valid_from
        if row.valid_to is not None and row.valid_to > newest.valid_from:
            newest.valid_to = row.valid_to
        if before == (newest.valid_from, newest.valid_to):
            self.tally.same += 1
            return newest
        if newest.pk is not None:
            newest.save()
        self.tally.ended += before[1] != newest.valid_to
        self.tally.same += before[1] == newest.valid_to
        return newest

    def _rename(self, newest: Any, row: PlaceCode, day: date) -> Any:
        if day < newest.valid_from:  # an older file than what is already known
            self.tally.same += 1
            return newest
        self.tally.renamed += 1
        name, start = newest.name, newest.valid_from
        newest.name, newest.valid_from = row.name, day
        newest.save()
        if day > start:
            self._remember(newest, name, start, day)
        return newest

    def _remember(self, newest: Any, name: str, start: date, day: date) -> None:
        """The row of what the place was called until it was renamed."""
        same = {
            f.attname: getattr(newest, f.attname)
            for f in self.model._meta.concrete_fields
            if f.attname not in {"id", "name", "valid_from", "valid_to"}
        }
        past = self.model.objects.create(**same, name=name, valid_from=start, valid_to=day)
        self.known[past.code].insert(-1, past)
        if self.model is not Dong:
            return
        Succession.objects.create(before=past, after=newest, on=day, turn=Turn.RENAME)
        for outline in newest.outlines.filter(valid_from__lt=day):
            Outline.objects.create(dong=past, geometry=outline.geometry, source=outline.source, valid_from=outline.valid_from)

    def end(self, row: Any, on: date) -> None:
        """A place that no longer exists from a day on."""
        row.valid_to = on
        row.save()
        self.tally.ended += 1

    def write(self) -> None:
        """Write the new rows, parents before children."""
        self.model.objects.bulk_create(self.fresh, batch_size=1000)
        self.fresh = []
