"""The warehouse writes a result whole or not at all, drops nobody, keeps within its limits and says what the result is."""

import json
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from chatdong.warehouse import Bounds, Uneven, Work, bounds_of, files_of, rows_of, sql_of, written_whole
from chatdong.warehouse.on_duckdb import Limits, run

ROWS = 1_000


@pytest.fixture
def tables(tmp_path: Path) -> dict[str, Path]:
    """Households 10, 11, ... with two persons each but the last one, who is alone."""
    homes = pa.table({"hid": range(10, 10 + ROWS), "rent": [None if n % 4 == 0 else n for n in range(ROWS)]})
    people = [hid for hid in range(10, 10 + ROWS) for _ in range(1 if hid == 9 + ROWS else 2)]
    files = {"households": tmp_path / "homes.parquet", "people": tmp_path / "persons.parquet"}
    pq.write_table(homes, files["households"], row_group_size=100)
    pq.write_table(pa.table({"hid": people, "earned": range(len(people))}), files["people"], row_group_size=300)
    return files


def summed(key: str, tables: dict[str, Path], where: int | None = None) -> Work:
    def build():
        homes = ibis.table({"hid": "int64", "rent": "int64"}, name="households")
        people = ibis.table({"hid": "int64", "earned": "int64"}, name="people")
        sums = people.group_by("hid").aggregate(earned=people.earned.sum().cast("!int64"))
        joined = homes.join(sums, "hid").select("hid", "rent", "earned")
        return joined if where is None else joined.filter(joined.hid < where)

    return Work(key, build, tables, "households", {"rulebook": "abc", "as_of": "2026-11-22"})


def rows(folder: Path) -> list[tuple]:
    return duckdb.sql(f"SELECT * FROM '{folder}/*.parquet' ORDER BY hid").fetchall()


def test_a_result_says_what_it_is_and_has_everybody(tmp_path, tables):
    done = run(summed("all", tables), tmp_path / "out", Limits(threads=1))
    assert (done.rows, rows_of(done.folder)) == (ROWS, ROWS)
    assert json.loads((done.folder / "_about.json").read_text(encoding="utf-8")) == {"rulebook": "abc", "as_of": "2026-11-22"}
    kept = pq.read_metadata(files_of(done.folder)[0]).metadata
    assert (kept[b"rulebook"], kept[b"as_of"]) == (b"abc", b"2026-11-22")
    assert rows(done.folder)[0] == (10, None, 1)
    assert not list(tmp_path.glob(".out.*"))


def test_pieces_give_what_one_run_gives(tmp_path, tables):
    whole = run(summed("all", tables), tmp_path / "whole", Limits(threads=1)).folder
    parts = run(summed("all", tables), tmp_path / "parts", Limits(threads=1, at_once=300)).folder
    assert len(files_of(parts)) == 4
    assert rows(parts) == rows(whole)


def test_nobody_is_dropped_silently_and_the_last_good_result_stays(tmp_path, tables):
    out = tmp_path / "out"
    before = rows(run(summed("all", tables), out, Limits(threads=1)).folder)
    with pytest.raises(Uneven, match="900 rows for 1,000 of 'households'"):
        run(summed("some", tables, where=910), out, Limits(threads=1))
    assert rows(out) == before
    with pytest.raises(duckdb.Error):
        run(summed("all", {**tables, "people": tables["households"]}), out, Limits(threads=1))
    assert rows(out) == before
    assert not list(tmp_path.glob(".out.*"))


def test_a_folder_is_there_whole_or_as_it_was(tmp_path):
    target = tmp_path / "a" / "b"
    with written_whole(target, {}) as folder:
        folder.mkdir()
        (folder / "x").write_text("1")
        assert not target.exists()
    with pytest.raises(FileNotFoundError), written_whole(target, {}) as folder:
        (folder / "y").write_text("the folder was never made")
    assert sorted(path.name for path in target.iterdir()) == ["_about.json", "x"]
    assert [path.name for path in target.parent.iterdir()] == ["b"]


def test_a_footer_tells_what_may_be_missing(tables):
    found = bounds_of(tables["households"])
    assert found == {"hid": Bounds(10, 9 + ROWS, 0), "rent": Bounds(1, ROWS - 1, ROWS // 4)}
    with pytest.raises(FileNotFoundError):
        files_of(tables["households"].with_name("nothing.parquet"))


def test_a_column_without_any_value_and_one_without_statistics(tmp_path):
    pq.write_table(pa.table({"hid": [1, 2], "rent": pa.array([None, None], pa.int64())}), tmp_path / "a.parquet")
    assert bounds_of(tmp_path / "a.parquet")["rent"] == Bounds(None, None, 2)
    pq.write_table(pa.table({"hid": [1, 2]}), tmp_path / "b.parquet", write_statistics=False)
    with pytest.raises(ValueError, match="statistics"):
        bounds_of(tmp_path / "b.parquet")


def test_the_words_for_one_key_are_written_once(tables):
    built = []

    def build():
        built.append(1)
        return ibis.table({"hid": "int64"}, name="households")

    first, again = (Work("only once", build, tables, "households") for _ in range(2))
    assert sql_of(first, "duckdb") == sql_of(again, "duckdb")
    assert built == [1]
    assert "`" in sql_of(again, "spark")


def test_other_number_types_are_read_as_what_the_expression_expects(tmp_path):
    file = tmp_path / "homes.parquet"
    pq.write_table(pa.table({"hid": pa.array([1, 2], pa.int32()), "is_old": pa.array([0, 1], pa.int8())}), file)

    def build():
        homes = ibis.table({"hid": "int64", "is_old": "boolean"}, name="households")
        return homes.select("hid", young=~homes.is_old)

    done = run(Work("types", build, {"households": file}, "households"), tmp_path / "out", Limits(threads=1))
    assert rows(done.folder) == [(1, True), (2, False)]
