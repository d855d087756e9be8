"""What every bench writes: rows of what, value, unit, goal and whether it holds, with the machine and the day.

A bench measures; this file judges, prints and keeps. Values are plain numbers in the unit named; a goal is a ceiling
(`at_most`) or a floor (`at_least`); a row without either only informs.
"""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tools.postgres import cluster

# As in production: what is written is on the disk, and there is memory to sort in.
LIKE_PRODUCTION = {
    "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "shared_buffers": "1GB", "work_mem": "32MB",
    "maintenance_work_mem": "512MB", "effective_cache_size": "4GB", "random_page_cost": "1.1", "max_wal_size": "4GB",
    "wal_level": "minimal", "max_wal_senders": "0",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One figure: what was measured, its value and unit, and the goal it is held against."""

    what: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def holds(self) -> bool | None:
        """Whether the goal holds; None where the row has none."""
        if self.at_most is None and self.at_least is None:
            return None
        return (self.at_most is None or self.value <= self.at_most) and (self.at_least is None or self.value >= self.at_least)

    @property
    def goal(self) -> str:
        parts = [
            f"<= {self.at_most:g}" if self.at_most is not None else "",
            f">= {self.at_least:g}" if self.at_least is not None else "",
        ]
        return " ".join(part for part in parts if part)

    def as_dict(self) -> dict[str, Any]:
        return {"what": self.what, "value": self.value, "unit": self.unit, "goal": self.goal, "holds": self.holds}


def machine() -> dict[str, Any]:
    """The machine in a few words: processor, cores, memory, system, Python."""
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    names = [line.split(":", 1)[1].strip() for line in told.splitlines() if line.startswith("model name")]
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "processor": names[0] if names else platform.machine(),
        "cores": os.cpu_count(),
        "memory_gib": round(pages / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def report(name: str, rows: Sequence[Row], *, on: date, folder: Path, about: str = "") -> bool:
    """Print the table, write `<folder>/bench/<name>.json`, and say whether every goal holds.

    `about` says in a sentence what was measured on what (households, database). Raises ValueError without a row.
    """
    if not rows:
        raise ValueError(f"bench {name} measured nothing")
    holds = all(row.holds is not False for row in rows)
    told = {"name": name, "about": about, "machine": machine(), "date": on.isoformat(), "holds": holds}
    target = folder / "bench" / f"{name}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_suffix(".json.new")
    beside.write_text(
        json.dumps({**told, "rows": [row.as_dict() for row in rows]}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    beside.replace(target)
    print(table(name, rows, on, about))
    return holds


def table(name: str, rows: Sequence[Row], on: date, about: str = "") -> str:
    """The rows as a Markdown table, as the README shows it."""
    host = machine()
    lines = [
        f"\n{name}: {on.isoformat()}, {host['processor']}, {host['cores']} cores, {host['memory_gib']} GiB, {host['python']}",
        *([about] if about else []),
        "| what | value | unit | goal | holds |",
        "|---|---:|---|---|---|",
    ]
    marks = {True: "yes", False: "**no**", None: ""}
    lines += [f"| {row.what} | {row.value:,.4g} | {row.unit} | {row.goal} | {marks[row.holds]} |" for row in rows]
    return "\n".join(lines)


@dataclass(frozen=True)
class Timing:
    """How long a call took, in milliseconds, over some repetitions."""

    median: float
    p95: float
    worst: float


def timed(call: Callable[[], Any], *, times: int = 30, warm_up: int = 3) -> Timing:
    """Call it some times after warming up. Each repetition is counted; none is dropped."""
    for _ in range(warm_up):
        call()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1000)
    return timing_of(taken)


def timing_of(milliseconds: Sequence[float]) -> Timing:
    """The figures of measured times (nearest-rank 95th percentile)."""
    ordered = sorted(milliseconds)
    rank = max(0, -(-len(ordered) * 95 // 100) - 1)
    return Timing(round(statistics.median(ordered), 2), round(ordered[rank], 2), round(ordered[-1], 2))


def temporary_postgres(settings: Mapping[str, str] = LIKE_PRODUCTION) -> AbstractContextManager[str]:
    """A temporary PostgreSQL set as in production; the block gets its URL. Raises tools.postgres.NoPostgres."""
    return cluster(settings)
