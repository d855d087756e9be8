"""Spark: the same expression on a city's cluster. The session is the caller's; pyspark is an extra (`spark`)."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from chatdong.warehouse.parquet import rows_of, written_whole
from chatdong.warehouse.work import Uneven, Work, Written, sql_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

TYPES = {"int8": "tinyint", "int16": "smallint", "int32": "int", "int64": "bigint", "boolean": "boolean"}
TYPES |= {"uint8": "smallint", "uint16": "int", "uint32": "bigint", "uint64": "bigint"}  # Spark has no unsigned numbers
# A rule book is hundreds of columns in tens of layers: generated code for a whole stage outgrows what the JVM compiles.
SUITED = {"spark.sql.codegen.wholeStage": "false", "spark.sql.ansi.enabled": "true"}


def local_session(*, threads: int = 2, memory: str = "3g") -> "SparkSession":
    """Spark inside this machine, for tests and for a first look. Raises ImportError without the extra `spark`."""
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.memory": memory,
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": str(threads),
        **SUITED,
    }
    builder = SparkSession.builder.master(f"local[{threads}]").appName("chatdong")
    for key, value in settings.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def frame(work: Work, session: "SparkSession", sources: Mapping[str, str] | None = None) -> "DataFrame":
    """The result as a lazy frame. `sources`: where a cluster reads the tables (s3a://..., hdfs://..., a table by name)."""
    for name in work.columns:
        source = (sources or {}).get(name) or str(work.tables[name])
        table = session.read.parquet(source) if "/" in source else session.table(source)
        columns = [f"cast(`{column}` as {TYPES[kind.strip('!')]}) as `{column}`" for column, kind in work.columns[name].items()]
        table.selectExpr(*columns).createOrReplaceTempView(name)
    return session.sql(sql_of(work, "spark"))


def run(work: Work, to: Path, session: "SparkSession") -> Written:
    """Write the result as a folder of parquet files that this machine sees too. Raises work.Uneven and what Spark raises."""
    with written_whole(to, work.about) as folder:
        frame(work, session).write.parquet(str(folder))
        rows = rows_of(folder)
        if rows != work.expected:
            raise Uneven(f"{rows:,} rows for {work.expected:,} of '{work.one_row_each}'")
    return Written(to, rows)
