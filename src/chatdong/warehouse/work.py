"""What is to be run: an expression, the files behind its tables, and what the result says of itself."""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import ibis
import ibis.expr.operations as ops
from ibis.expr.types import Table

from chatdong.warehouse.parquet import rows_of

DIALECTS = {"duckdb": "duckdb", "spark": "pyspark"}
# the SQL of a rule book takes seconds to write and is the same all night
_written_sql: dict[tuple[str, str], str] = {}


class Uneven(ValueError):
    """The result has not one row for each row of the first table: somebody would be dropped, or stand there twice."""


@dataclass(frozen=True)
class Work:
    """An expression over unbound tables. `key` names it: one key, one expression. `tables`: name -> a parquet file or folder.

    The result has one row (or `times` so many) for each row of the table named `one_row_each`. `about` is written beside it.
    """

    key: str
    expression: Callable[[], Table]
    tables: Mapping[str, Path]
    one_row_each: str
    about: Mapping[str, str] = field(default_factory=dict)
    times: int = 1

    @property
    def expected(self) -> int:
        """How many rows the result has."""
        return rows_of(self.tables[self.one_row_each]) * self.times

    @cached_property
    def built(self) -> Table:
        return self.expression()

    @cached_property
    def columns(self) -> dict[str, dict[str, str]]:
        """Column types (ibis names) that the expression expects, by table."""
        found = self.built.op().find(ops.UnboundTable)
        return {one.name: {name: str(kind) for name, kind in one.schema.items()} for one in found}


@dataclass(frozen=True)
class Written:
    """Where a result stands and how many rows it has."""

    folder: Path
    rows: int


def sql_of(work: Work, backend: str) -> str:
    """The work in the words of a backend ("duckdb", "spark"); written once for each key."""
    place = (work.key, backend)
    if place not in _written_sql:
        with _written_at_once():
            _written_sql[place] = str(ibis.to_sql(work.built, dialect=DIALECTS[backend], pretty=False))
    return _written_sql[place]


@contextmanager
def _written_at_once() -> Iterator[None]:
    """A rule book is a million small objects that all stay: nobody looks for rubbish among them meanwhile.

    Its layers are already as few as they can be: looking for those that could be one takes as long as all the rest.
    """
    fuses, collects = ibis.options.sql.fuse_selects, gc.isenabled()
    gc.disable()
    ibis.options.sql.fuse_selects = False
    try:
        yield
    finally:
        ibis.options.sql.fuse_selects = fuses
        if collects:
            gc.enable()
