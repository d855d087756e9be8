"""Spark: the same expression on a city's cluster. The session is the caller's; pyspark is an extra (`spark`)."""

from pathlib import Path
from typing import TYPE_CHECKING

from chatdong.warehouse.parquet import rows_of, written_whole
from chatdong.warehouse.work import Uneven, Work, Written, sql_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TYPES = {"int8": "tinyint", "int16": "smallint", "int32": "int", "int64": "bigint", "boolean": "boolean"}


def run(work: Work, to: Path, session: "SparkSession") -> Written:
    """Write the result as a folder of parquet files. Raises work.Uneven and what Spark raises."""
    for name, source in work.tables.items():
        table = session.read.parquet(str(source))
        columns = [f"cast(`{column}` as {TYPES[kind]}) as `{column}`" for column, kind in work.columns[name].items()]
        table.selectExpr(*columns).createOrReplaceTempView(name)
    with written_whole(to, work.about) as folder:
        session.sql(sql_of(work, "spark")).write.parquet(str(folder))
        rows, expected = rows_of(folder), rows_of(work.tables[work.one_row_each])
        if rows != expected:
            raise Uneven(f"{rows:,} rows for {expected:,} of '{work.one_row_each}'")
    return Written(to, rows)
