"""One run over a city's tables in a process of its own: `ours`, the `neighbor`, or `compare`. Prints one JSON line."""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import duckdb

from bench.eligibility_city import nullable
from chatdong.engines.eligibility.answers import misfits
from chatdong.engines.eligibility.book import Rules, Subject
from chatdong.engines.eligibility.codes import STATUS, answer_column
from chatdong.engines.eligibility.columns import Columns
from chatdong.kernel import clock
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.warehouse import Work, bounds_of
from chatdong.warehouse.on_duckdb import Limits, run

SHARED = 40
LIMITS = Limits(memory="3GB", threads=2, at_once=1_474_560)


def shared_benefits(rules: Rules) -> tuple[str, ...]:
    """Forty benefits that are certain today and ask for no benefit outside of them, those that pay money first."""
    certain = {one.id for one in rules.book.benefits.values() if one.is_offered(rules.day) and one.id not in rules.unsure}
    order = sorted(rules.benefits_in_order, key=lambda one: one.amount is None)
    chosen: dict[str, None] = {}
    for benefit in order:
        closed = _with_what_it_asks(rules, benefit.id)
        if closed <= certain and len(closed | chosen.keys()) <= SHARED:
            chosen |= dict.fromkeys(sorted(closed))
    return tuple(chosen)


def _with_what_it_asks(rules: Rules, benefit: str) -> set[str]:
    found: set[str] = set()
    waiting = [benefit]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += rules.asked_by(rules.book.benefits[one])
    return found


def ours(tables: str, to: str, which: str, told: str) -> dict[str, object]:
    """The rule book on DuckDB. which: all | shared; told: complete | missing."""
    rules = catalog().book.on(clock.today())
    benefits = shared_benefits(rules) if which == "shared" else ()
    columns = Columns(rules, nullable(rules.book.facts) if told == "missing" else frozenset(), benefits=benefits)
    files = {name: Path(tables) / f"{name}.parquet" for name in ("households", "people")}
    for subject, name in ((Subject.HOUSEHOLD, "households"), (Subject.PERSON, "people")):
        if wrong := list(misfits(columns, subject, bounds_of(files[name]))):
            raise ValueError(f"{name}: " + "; ".join(wrong))
    work = Work(columns.key, lambda: columns.expression, files, "households", columns.about)
    done = run(work, Path(to), LIMITS)
    size = sum(file.stat().st_size for file in done.folder.iterdir())
    return {"rows": done.rows, "benefits": len(columns.asked_for), "mib": round(size / 2**20)}


def neighbor(tables: str, to: str) -> dict[str, object]:
    """The shared benefits in OpenFisca-Core."""
    from bench.eligibility_neighbor import answer

    rules = catalog().book.on(clock.today())
    return {"rows": answer(rules, shared_benefits(rules), Path(tables), Path(to))}


def compare(first: str, second: str) -> dict[str, object]:
    """Of the second result: verdicts decided otherwise than in the first, those left open, and other amounts where both pay."""
    link = duckdb.connect()
    names = [row[0] for row in link.execute(f"DESCRIBE SELECT * FROM '{first}/*.parquet'").fetchall()]
    other = {row[0] for row in link.execute(f"DESCRIBE SELECT * FROM '{second}/*.parquet'").fetchall()}
    status = [name for name in names if name.endswith("__answer") and name in other]
    amounts = [name for name in names if name.endswith("__amount") and name in other]
    first_says, second_says = ({name: status_in_sql(table, name) for name in status} for table in "ab")
    wrong = " + ".join(f"sum(({second_says[one]} < 2 AND {first_says[one]} <> {second_says[one]})::BIGINT)" for one in status)
    left = " + ".join(f"sum(({second_says[one]} = 2)::BIGINT)" for one in status)
    both_pay = {one: f"{says} = 1 AND {second_says[one]} = 1" for one, says in first_says.items()}
    paid = [
        f'sum((a."{one}" <> b."{one}" AND {both_pay[answer_column(one.removesuffix("__amount"))]})::BIGINT)' for one in amounts
    ]
    found = link.execute(
        f"SELECT {wrong}, {left}, {' + '.join(paid) or 0}, count(*) "
        f"FROM '{first}/*.parquet' a JOIN '{second}/*.parquet' b USING (hid)"
    ).fetchone()
    assert found is not None
    return dict(zip(("wrong", "open", "amounts", "rows"), map(int, found), strict=True)) | {"benefits": len(status)}


def status_in_sql(table: str, column: str) -> str:
    """The status of an answer."""
    return f'({table}."{column}"::INTEGER & {2**STATUS - 1})'


RUNS: dict[str, Callable[..., dict[str, object]]] = {"ours": ours, "neighbor": neighbor, "compare": compare}

if __name__ == "__main__":
    began = perf_counter()
    result = RUNS[sys.argv[1]](*sys.argv[2:])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(json.dumps({**result, "wall": round(perf_counter() - began, 1), "gib": round(peak, 2)}))
