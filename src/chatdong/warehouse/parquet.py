"""Parquet files: what they hold according to their own footers, and a folder of them that is there whole or not at all."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

ROW_GROUP = 122_880  # what one task takes at a time, on DuckDB and on Spark
ABOUT = "_about.json"  # readers of parquet folders pass over names that begin with _


@dataclass(frozen=True)
class Bounds:
    """The least and the most of a column and how many rows leave it open; least and most are None where nothing is told."""

    least: int | None
    most: int | None
    nulls: int


def files_of(source: Path) -> list[Path]:
    """The files of a table, which is one file or a folder. Raises FileNotFoundError where there is none."""
    found = sorted(source.glob("*.parquet")) if source.is_dir() else [source]
    if not found or not found[0].exists():
        raise FileNotFoundError(f"no parquet file at {source}")
    return found


def rows_of(source: Path) -> int:
    """How many rows a table has, from the footers alone."""
    return sum(pq.read_metadata(file).num_rows for file in files_of(source))


def bounds_of(source: Path) -> dict[str, Bounds]:
    """What every whole-number and yes/no column holds, from the footers alone. Raises ValueError where a footer does not say."""
    found: dict[str, Bounds] = {}
    for file in files_of(source):
        footer = pq.read_metadata(file)
        for group in range(footer.num_row_groups):
            for place in range(footer.num_columns):
                column = footer.row_group(group).column(place)
                told = column.statistics
                if told is None or not told.has_null_count or (told.num_values and not told.has_min_max):
                    raise ValueError(f"{file.name} does not say what '{column.path_in_schema}' holds: write it with statistics")
                ends = (told.min, told.max) if told.has_min_max else (None, None)
                one = Bounds(ends[0], ends[1], told.null_count)
                known = found.get(column.path_in_schema)
                found[column.path_in_schema] = _together(known, one) if known else one
    return found


def _together(one: Bounds, other: Bounds) -> Bounds:
    lows = [bounds.least for bounds in (one, other) if bounds.least is not None]
    highs = [bounds.most for bounds in (one, other) if bounds.most is not None]
    return Bounds(min(lows, default=None), max(highs, default=None), one.nulls + other.nulls)


@contextmanager
def written_whole(target: Path, about: Mapping[str, str]) -> Iterator[Path]:
    """A new folder to write into; when the block is done it takes the place of `target`, and before that nobody sees it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside, before = (target.with_name(f".{target.name}.{state}-{os.getpid()}") for state in ("new", "old"))
    shutil.rmtree(beside, ignore_errors=True)
    try:
        yield beside
        (beside / ABOUT).write_text(json.dumps(dict(about), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        if target.exists():
            target.rename(before)
        beside.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.rmtree(before, ignore_errors=True)
