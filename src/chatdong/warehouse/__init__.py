"""The whole population at once: an ibis expression run over parquet files on DuckDB (one machine) or Spark (a city's cluster).

It knows neither rules nor rights: it is given tables, an expression over them and what to say of the result.
"""

from chatdong.warehouse.parquet import Bounds, bounds_of, files_of, rows_of, written_whole
from chatdong.warehouse.work import Uneven, Work, Written, sql_of

__all__ = ["Bounds", "Uneven", "Work", "Written", "bounds_of", "files_of", "rows_of", "sql_of", "written_whole"]
