"""DuckDB: one machine, within the memory it is given; a city of four million households fits two cores and a few gigabytes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from chatdong.warehouse.parquet import ROW_GROUP, files_of, rows_of, written_whole
from chatdong.warehouse.work import Uneven, Work, Written, sql_of

TYPES = {"int8": "TINYINT", "int16": "SMALLINT", "int32": "INTEGER", "int64": "BIGINT", "boolean": "BOOLEAN"}
TYPES |= {f"u{name}": f"U{kind}" for name, kind in TYPES.items() if name.startswith("int")}
# different values of a column that are worth a list of their own: beyond, the list costs more time than it saves bytes
LISTED = 1000


@dataclass(frozen=True)
class Limits:
    """What a run may take: memory, threads, where it may spill, and how many rows of the key it takes at once (0: all)."""

    memory: str = "3GB"
    threads: int = 0
    spill: Path | None = None
    at_once: int = 0
    compression: str = "zstd, COMPRESSION_LEVEL 1"


def run(work: Work, to: Path, limits: Limits | None = None) -> Written:
    """Write the result as a folder of parquet files. Raises work.Uneven, FileNotFoundError, duckdb.Error."""
    limits = limits or Limits()
    sql, rows = sql_of(work, "duckdb"), 0
    with written_whole(to, work.about) as folder, _connected(limits) as link:
        folder.mkdir()
        for part, where in enumerate(_parts(link, work, limits.at_once)):
            _show_tables(link, work, where)
            file = folder / f"part-{part:04}.parquet"
            counted = link.execute(f"COPY ({sql}) TO {_text(file)} ({_options(work, limits)})").fetchone()
            rows += counted[0] if counted else 0
        if rows != work.expected:
            raise Uneven(f"{rows:,} rows for {work.expected:,} of '{work.one_row_each}'")
    return Written(to, rows)


@contextmanager
def _connected(limits: Limits) -> Iterator[duckdb.DuckDBPyConnection]:
    link = duckdb.connect()
    try:
        link.execute(f"SET memory_limit = {_text(limits.memory)}")
        link.execute(f"SET threads = {limits.threads or os.cpu_count() or 1}")
        link.execute("SET preserve_insertion_order = false")
        if limits.spill:
            link.execute(f"SET temp_directory = {_text(limits.spill)}")
        # whole division of what is not negative, under the name that Spark has for it
        link.execute("CREATE TEMP MACRO div(dividend, divisor) AS dividend // divisor")
        yield link
    finally:
        link.close()


def _parts(link: duckdb.DuckDBPyConnection, work: Work, at_once: int) -> list[str]:
    """Conditions on hid that cut the tables into pieces of about so many rows of the first one."""
    if not at_once:
        return [""]
    found = link.execute(f"SELECT min(hid), max(hid) FROM {_read(work.tables[work.one_row_each])}").fetchone()
    if not found or found[0] is None:
        return [""]
    least, most = found
    pieces = max(1, -(-rows_of(work.tables[work.one_row_each]) // at_once))
    step = -(-(most - least + 1) // pieces)
    return [f" WHERE hid >= {start} AND hid < {start + step}" for start in range(least, most + 1, step)]


def _show_tables(link: duckdb.DuckDBPyConnection, work: Work, where: str) -> None:
    for name, source in work.tables.items():
        held = {row[0]: row[1] for row in link.execute(f"DESCRIBE SELECT * FROM {_read(source)}").fetchall()}
        columns = []
        for column, kind in work.columns[name].items():
            wanted = TYPES[kind.strip("!")]
            columns.append(f'"{column}"' if held.get(column) == wanted else f'"{column}"::{wanted} AS "{column}"')
        link.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT {', '.join(columns)} FROM {_read(source)}{where}")


def _options(work: Work, limits: Limits) -> str:
    about = ", ".join(f"{key}: {_text(value)}" for key, value in work.about.items())
    kept = f", KV_METADATA {{{about}}}" if about else ""
    how = f"COMPRESSION {limits.compression}, DICTIONARY_SIZE_LIMIT {LISTED}, WRITE_BLOOM_FILTER false"
    return f"FORMAT parquet, ROW_GROUP_SIZE {ROW_GROUP}, {how}{kept}"


def _read(source: Path) -> str:
    return f"read_parquet([{', '.join(map(_text, files_of(source)))}])"


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
