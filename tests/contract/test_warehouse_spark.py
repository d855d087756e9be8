"""Spark runs the very expression that DuckDB runs and gives the same columns, on the whole catalog."""

import logging
from datetime import date

import duckdb
import pytest
from tests.engines.told_tables import told, work, write

from chatdong.engines.eligibility.columns import Columns
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.warehouse import on_duckdb, on_spark, sql_of

pytestmark = pytest.mark.spark
HOUSEHOLDS = 10_000


@pytest.fixture(scope="module")
def session():
    """A Spark of one's own on this machine."""
    logging.getLogger("py4j").setLevel(logging.WARNING)  # it says good-bye after pytest has closed the door
    made = on_spark.local_session(threads=2, memory="3g")
    yield made
    made.stop()


@pytest.mark.parametrize("share", [0.7, 1])
def test_spark_and_duckdb_give_the_same_columns(tmp_path, session, share):
    rules = catalog().book.on(date(2026, 11, 22))
    households = told(rules.book, HOUSEHOLDS, seed=21, share=share)
    columns = Columns(rules, frozenset(rules.book.facts) if share < 1 else frozenset())
    todo = work(columns, write(tmp_path, rules.book, households))
    one = on_duckdb.run(todo, tmp_path / "duckdb", on_duckdb.Limits(threads=2))
    other = on_spark.run(todo, tmp_path / "spark", session)
    assert one.rows == other.rows == HOUSEHOLDS
    assert not different_columns(one.folder, other.folder)


def different_columns(one, other) -> dict[str, int]:
    """How often each column differs between two results."""
    names = [row[0] for row in duckdb.sql(f"DESCRIBE SELECT * FROM '{one}/*.parquet'").fetchall()]
    assert {row[0] for row in duckdb.sql(f"DESCRIBE SELECT * FROM '{other}/*.parquet'").fetchall()} == set(names)
    counts = ", ".join(f'count_if(a."{name}" IS DISTINCT FROM b."{name}") AS "{name}"' for name in names)
    found = duckdb.sql(f"SELECT count(*), {counts} FROM '{one}/*.parquet' a JOIN '{other}/*.parquet' b USING (hid)").fetchall()[0]
    assert found[0] == HOUSEHOLDS
    return {name: count for name, count in zip(names, found[1:], strict=True) if count}


def test_the_words_are_spark_s_own():
    columns = Columns(catalog().book.on(date(2026, 11, 22)), benefits=("living_benefit", "basic_pension"))
    sql = sql_of(work(columns, {}), "spark")
    assert " DIV " in sql and "FLOOR" not in sql
