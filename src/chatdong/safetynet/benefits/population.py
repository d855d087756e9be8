"""A gu's households as tables, and the rule book over all of them at once on DuckDB: which answers deserve a second look.

What comes out are candidates only. Each is then assessed like one household at a desk, so no list ever says what a screen denies.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from chatdong.engines.eligibility import Household, Status, Value, assess
from chatdong.engines.eligibility.book import Benefit, Kind, RuleBook, Rules, Subject
from chatdong.engines.eligibility.codes import CODES, STATUS, answer_column
from chatdong.engines.eligibility.columns import Columns
from chatdong.engines.eligibility.interpret import program_of
from chatdong.engines.eligibility.layers import HOUSEHOLD, reached
from chatdong.engines.eligibility.readings import Told as Shape
from chatdong.engines.eligibility.readings import TooLarge
from chatdong.safetynet.benefits.queries.told import Told
from chatdong.warehouse import Work
from chatdong.warehouse.on_duckdb import Limits, run

AGE = "age_months"
# What the register says of everybody. A benefit that looks at nothing else is known to be everybody's at that age.
REGISTERED = frozenset({AGE, "female"})
# A day's rules take DuckDB some seconds to plan, whether for ten households or a million: about what these cost one by one.
FEW = 3000
SETTLED = {Kind.YES_NO, Kind.CHOICE}
ARROW = {Kind.MONEY: pa.int64(), Kind.COUNT: pa.int32(), Kind.YES_NO: pa.bool_(), Kind.CHOICE: pa.int8()}


@dataclass
class Tables:
    """Writes households and people as parquet, batch by batch; once closed, people of any other time are made from them."""

    book: RuleBook
    folder: Path
    few: int = FEW
    rows: int = 0
    held: dict[int, Household] = field(default_factory=dict)
    _writers: dict[Subject, pq.ParquetWriter] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for subject in Subject:
            self._writers[subject] = pq.ParquetWriter(self._file(subject), schema(self.book, subject))

    def _file(self, subject: Subject) -> Path:
        return self.folder / f"{subject}.parquet"

    @property
    def households(self) -> Path:
        """Where the households stand."""
        return self._file(Subject.HOUSEHOLD)

    def people(self, months: int = 0) -> Path:
        """Where their people stand, each so many months older."""
        now = self._file(Subject.PERSON)
        if not months:
            return now
        other = self.folder / f"{Subject.PERSON}{months:+}.parquet"
        table = pq.read_table(now)
        for name in (f"{AGE}_lo", f"{AGE}_hi"):
            shifted = pc.max_element_wise(pc.add(table[name], months), 0, skip_nulls=False)
            table = table.set_column(table.schema.get_field_index(name), table.schema.field(name), shifted.cast(pa.int32()))
        pq.write_table(table, other)
        return other

    def add(self, households: Mapping[int, Told]) -> None:
        """Write a batch of households by id."""
        homes = [_row(hid, told.household.facts, self.book, Subject.HOUSEHOLD) for hid, told in households.items()]
        people = [
            _row(hid, person, self.book, Subject.PERSON) for hid, told in households.items() for person in told.household.people
        ]
        for subject, rows in ((Subject.HOUSEHOLD, homes), (Subject.PERSON, people)):
            if rows:
                self._writers[subject].write_table(pa.Table.from_pylist(rows, schema(self.book, subject)))
        self.rows += len(homes)
        self.held = {**self.held, **{hid: told.household for hid, told in households.items()}} if self.is_small else {}

    @property
    def is_small(self) -> bool:
        """Whether so few households are known that a database costs more time than it saves."""
        return self.rows <= self.few

    def close(self) -> None:
        """Finish the files."""
        for writer in self._writers.values():
            writer.close()


def aged(person: Mapping[str, Value], months: int) -> dict[str, Value]:
    """The same person so many months later (earlier, where negative); a child not yet born then counts as newborn."""
    age = person.get(AGE)
    if age is None or not months:
        return dict(person)
    shifted = tuple(max(end + months, 0) for end in age) if isinstance(age, tuple) else max(int(age) + months, 0)
    return {**person, AGE: shifted}  # type: ignore[dict-item]


def banded(book: RuleBook) -> frozenset[str]:
    """Facts that stand as a least and a most; the others are told or open."""
    return frozenset(key for key, fact in book.facts.items() if fact.kind not in SETTLED)


def schema(book: RuleBook, subject: Subject) -> pa.Schema:
    """The columns of a table, in the book's order."""
    shape = Shape(frozenset(book.facts), banded(book))
    own = [one for one in book.facts.values() if one.subject == subject]
    return pa.schema([(HOUSEHOLD, pa.int64()), *((name, ARROW[one.kind]) for one in own for name in shape.columns(one.id))])


def _row(hid: int, facts: Mapping[str, Value], book: RuleBook, subject: Subject) -> dict[str, Any]:
    row: dict[str, Any] = {HOUSEHOLD: hid}
    for name, value in facts.items():
        fact = book.facts.get(name)
        if fact is None or fact.subject != subject or value is None:
            continue
        low, high = value if isinstance(value, tuple) else (int(value), int(value))
        if fact.kind not in SETTLED:
            row[f"{name}_lo"], row[f"{name}_hi"] = low, high
        elif low == high:
            row[name] = bool(low) if fact.kind == Kind.YES_NO else low
    return row


@dataclass(frozen=True)
class Answers:
    """What the rules of a day say of every household: a table by household id in ascending order."""

    table: pa.Table

    @property
    def ids(self) -> pa.ChunkedArray:
        return self.table[HOUSEHOLD]

    def is_(self, benefit: str, *statuses: Status) -> pa.ChunkedArray:
        """Per household: does the benefit stand at one of these?"""
        found = pc.bit_wise_and(self._column(benefit), 2**STATUS - 1)
        return pc.is_in(found, pa.array([CODES[one] for one in statuses], pa.int64()))

    def failed(self, benefit: str) -> pa.ChunkedArray:
        """Per household: the mask of conditions that are not met."""
        return pc.shift_right(self._column(benefit), STATUS)

    def _column(self, benefit: str) -> pa.ChunkedArray:
        return self.table[answer_column(benefit)].cast(pa.int64())


def answers(rules: Rules, tables: Tables, months: int, to: Path, limits: Limits | None = None) -> Answers:
    """The rules of a day over the tables, with ages so many months later. Raises warehouse.Uneven, duckdb.Error."""
    if tables.is_small:
        return Answers(_one_by_one(rules, tables.held, months))
    columns = columns_of(rules)
    work = Work(
        columns.key,
        lambda: columns.expression,
        {"households": tables.households, "people": tables.people(months)},
        "households",
        columns.about,
    )
    written = run(work, to, limits)
    return Answers(pq.read_table(written.folder).sort_by(HOUSEHOLD))


def _one_by_one(rules: Rules, households: Mapping[int, Household], months: int) -> pa.Table:
    """The same table from the household's own interpreter."""
    columns: dict[str, list[int]] = {HOUSEHOLD: sorted(households)}
    for hid in columns[HOUSEHOLD]:
        home = households[hid]
        found = assess(rules, Household(home.facts, tuple(aged(person, months) for person in home.people)))
        for key, verdict in found.verdicts.items():
            columns.setdefault(answer_column(key), []).append(CODES[verdict.status] | verdict.failed << STATUS)
    return pa.table({name: pa.chunked_array([values], pa.int64()) for name, values in columns.items()})


def columns_of(rules: Rules) -> Columns:
    """The rules of a day as columns, kept with them. A benefit whose figures do not fit 64 bits is left out: `unfit` names it."""
    kept = rules.__dict__
    if "_columns" not in kept:
        kept["_columns"] = _columns(rules)
    columns: Columns = kept["_columns"]
    return columns


def _columns(rules: Rules) -> Columns:
    shape = (frozenset(rules.book.facts), banded(rules.book))
    whole = Columns(rules, *shape)
    try:
        whole.expression  # noqa: B018
    except TooLarge:
        return Columns(rules, *shape, tuple(key for key in rules.book.benefits if _fits(rules, key)))
    return whole


def unfit(rules: Rules) -> frozenset[str]:
    """Benefits that are to be assessed one household at a time."""
    return frozenset(rules.book.benefits) - {one.id for one in columns_of(rules).asked_for}


def _fits(rules: Rules, benefit: str) -> bool:
    try:
        Columns(rules, frozenset(rules.book.facts), banded(rules.book), (benefit,)).expression  # noqa: B018
    except TooLarge:
        return False
    return True


def looks_at(rules: Rules, benefit: Benefit) -> frozenset[str]:
    """Facts that decide a benefit on a day."""
    graph = program_of(rules).graph
    return frozenset(node.held.id for node in reached([graph.verdicts[benefit.id]]) if node.op == "fact")


def ids_where(ids: pa.ChunkedArray, *conditions: pa.ChunkedArray) -> list[int]:
    """Households for which every condition holds."""
    held = conditions[0]
    for one in conditions[1:]:
        held = pc.and_(held, one)
    found: list[int] = ids.filter(held).to_pylist()
    return found


def among(ids: pa.ChunkedArray, some: Iterable[int]) -> pa.ChunkedArray:
    """Per household: is it one of these?"""
    return pc.is_in(ids, pa.array(sorted(some), pa.int64()))


def batches(ids: Sequence[int], size: int) -> Iterator[list[int]]:
    """The ids a number at a time."""
    for start in range(0, len(ids), size):
        yield list(ids[start : start + size])
