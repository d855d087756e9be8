"""Which households of a gu deserve a second look, for which benefit and why: sifted from the answers about all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from chatdong.engines.eligibility import Status
from chatdong.engines.eligibility.book import Benefit
from chatdong.safetynet.benefits.population import (
    AGE,
    REGISTERED,
    Answers,
    Tables,
    among,
    answers,
    ids_where,
    looks_at,
    unfit,
)
from chatdong.safetynet.benefits.queries.told import Told
from chatdong.safetynet.benefits.queries.whose import Double, doubles_in
from chatdong.safetynet.benefits.screening import Round, may_be_near
from chatdong.safetynet.benefits.states import FoundKind
from chatdong.warehouse.on_duckdb import Limits

YEAR = 12
Wanted = dict[int, set[tuple[str, FoundKind]]]
NO, YES = Status.NOT_ELIGIBLE, Status.ELIGIBLE


@dataclass
class Noted:
    """What is kept in mind of households while their tables are written.

    known: something beside ages was told, noted or is received. turning: somebody comes to the gu's age within the months ahead.
    """

    age: int
    ahead: int
    known: set[int] = field(default_factory=set)
    turning: set[int] = field(default_factory=set)
    doubles: dict[int, list[Double]] = field(default_factory=dict)

    def note(self, households: Mapping[int, Told], at: Round) -> None:
        """Keep what matters of a batch."""
        for hid, told in households.items():
            if told.receives or told.told_at or told.household.facts:
                self.known.add(hid)
            if any(self._turns(person.get(AGE)) for person in told.household.people):
                self.turning.add(hid)
            if len(told.got) > 1 and (pairs := doubles_in(told.got, at.catalog.book)):
                self.doubles[hid] = pairs

    def _turns(self, age: object) -> bool:
        low, high = age if isinstance(age, tuple) else (age, age)
        return isinstance(low, int) and isinstance(high, int) and low < self.age * YEAR <= high + self.ahead


@dataclass(frozen=True)
class _Times:
    """The same households now, some months later, some months earlier, and now under the rules they are compared with."""

    now: Answers
    later: Answers
    before: Answers | None
    compared: Answers | None


def sift(at: Round, tables: Tables, noted: Noted, folder: Path, limits: Limits | None = None) -> Wanted:
    """Households with the benefits to look at closely. Raises what the warehouse raises."""
    times = _Times(
        answers(at.rules, tables, 0, folder / "now", limits),
        answers(at.rules, tables, at.ahead, folder / "later", limits),
        answers(at.rules, tables, -at.back, folder / "before", limits) if at.back else None,
        answers(at.compared, tables, 0, folder / "compared", limits) if at.compared else None,
    )
    ids = times.now.ids
    is_known, is_turning = among(ids, noted.known), among(ids, noted.turning)
    alone: frozenset[str] = frozenset()
    if not tables.is_small:
        alone = unfit(at.rules) | (unfit(at.compared) if at.compared else frozenset())
    wanted: Wanted = {}
    for benefit in at.rules.book.benefits.values():
        facts = looks_at(at.rules, benefit)
        if not facts or not benefit.is_offered(at.rules.day) or not is_missed(benefit):
            continue  # what everybody has is nobody's news
        if benefit.id in alone:
            _want(wanted, sorted(noted.known), benefit.id, FoundKind.OWED)
            continue
        if facts - REGISTERED:
            _owed(wanted, benefit, times, is_known)
        if facts - REGISTERED or benefit.amount is not None:
            _by_age(wanted, benefit, times, is_turning)
            _by_rule(wanted, benefit, times, is_known)
    for hid in noted.doubles:
        wanted.setdefault(hid, set())
    return wanted


def is_missed(benefit: Benefit) -> bool:
    """Whether going without it is a loss that a list should tell of: it pays money, or is kept for those with little."""
    return benefit.amount is not None or benefit.income_tested


def _owed(wanted: Wanted, benefit: Benefit, times: _Times, is_known: pa.ChunkedArray) -> None:
    now = times.now
    _want(wanted, ids_where(now.ids, is_known, now.is_(benefit.id, YES)), benefit.id, FoundKind.OWED)
    bits = [1 << place for place, one in enumerate(benefit.criteria) if may_be_near(one)]
    if bits:
        only = pc.is_in(now.failed(benefit.id), pa.array(bits, pa.int64()))
        _want(wanted, ids_where(now.ids, is_known, now.is_(benefit.id, NO), only), benefit.id, FoundKind.NEAR)


def _by_age(wanted: Wanted, benefit: Benefit, times: _Times, is_turning: pa.ChunkedArray) -> None:
    now, later = times.now, times.later
    not_yet = now.is_(benefit.id, NO)
    _want(wanted, ids_where(now.ids, not_yet, later.is_(benefit.id, YES)), benefit.id, FoundKind.BY_AGE)
    if benefit.amount is not None:
        may = later.is_(benefit.id, Status.UNKNOWN)
        _want(wanted, ids_where(now.ids, not_yet, is_turning, may), benefit.id, FoundKind.BY_AGE)
    if times.before is not None:
        was_not = times.before.is_(benefit.id, NO)
        _want(wanted, ids_where(now.ids, was_not, now.is_(benefit.id, YES)), benefit.id, FoundKind.BY_AGE)


def _by_rule(wanted: Wanted, benefit: Benefit, times: _Times, is_known: pa.ChunkedArray) -> None:
    if times.compared is None:
        return
    conditions = [times.now.is_(benefit.id, YES), times.compared.is_(benefit.id, NO)]
    if benefit.amount is None:
        conditions.append(is_known)
    _want(wanted, ids_where(times.now.ids, *conditions), benefit.id, FoundKind.BY_RULE)


def _want(wanted: Wanted, ids: list[int], benefit: str, kind: FoundKind) -> None:
    for hid in ids:
        wanted.setdefault(hid, set()).add((benefit, kind))
