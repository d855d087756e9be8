"""맞춤복지검색: one household, its questions, the whole city; OpenFisca-Core beside it, same benefits, same households."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import eligibility_one
from bench.eligibility_city import write_city
from bench.report import Row
from chatdong.config.env import Env
from chatdong.kernel import clock
from chatdong.safetynet.benefits.catalog import catalog

ROOT = Path(__file__).resolve().parents[1]
SEED = 1004
CITY, SHARED = 4_400_000, 1_000_000
SMALL_CITY, SMALL_SHARED = 100_000, 50_000
NEIGHBOR = "OpenFisca-Core"


@dataclass(frozen=True)
class Run:
    """A run in a process of its own: CPU seconds of it and all its threads, wall seconds, peak memory, and what it told."""

    cpu: float
    wall: float
    gib: float
    told: dict[str, Any]


def measure(*, small: bool) -> list[Row]:
    """One household first, then the city, then the neighbor's turn."""
    book = catalog().book
    rules = book.on(clock.today())
    rows = list(eligibility_one.rows(rules, small=small))
    city, shared = (SMALL_CITY, SMALL_SHARED) if small else (CITY, SHARED)
    folder = Env().var / "bench" / ("eligibility-small" if small else "eligibility")
    tables = {
        "city": write_city(folder / "city", city, SEED, book.facts, missing=True)["households"].parent,
        "complete": write_city(folder / "complete", shared, SEED, book.facts, missing=False)["households"].parent,
        "partial": write_city(folder / "partial", shared, SEED, book.facts, missing=True)["households"].parent,
    }
    rows += _city(tables["city"], folder, city, len(book.benefits))
    rows += _side_by_side(tables, folder, shared, small=small)
    return rows


def run(*words: str) -> Run:
    """`python -m bench.eligibility_run ...` in a process of its own. Raises RuntimeError with what it said."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-m", "bench.eligibility_run", *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr.strip()[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = json.loads(done.stdout.strip().splitlines()[-1])
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Run(round(cpu, 1), told.pop("wall"), told.pop("gib"), told)


def _city(tables: Path, folder: Path, households: int, benefits: int) -> Iterator[Row]:
    whole = f"{households:,} households x {benefits} benefits, a quarter of the facts missing, with reasons"
    one = run("ours", str(tables), str(folder / "answers"), "all", "missing")
    scaled = households / CITY
    yield Row(f"{whole}: CPU", one.cpu, "s", at_most=60 if scaled == 1 else None)
    yield Row(f"{whole}: wall", one.wall, "s")
    yield Row(f"{whole}: peak memory", one.gib, "GiB", at_most=4)
    yield Row(f"{whole}: written", one.told["mib"], "MiB")


def _side_by_side(tables: dict[str, Path], folder: Path, households: int, *, small: bool) -> Iterator[Row]:
    """The same benefits on the same households: cost, verdicts that differ, verdicts that are wrong once facts are missing."""
    ours = run("ours", str(tables["complete"]), str(folder / "ours"), "shared", "complete")
    run("ours", str(tables["partial"]), str(folder / "ours-partial"), "shared", "missing")
    same = f"{households:,} households x {ours.told['benefits']} shared benefits, all facts told"
    yield Row(f"{same}: CPU, ours", ours.cpu, "s")
    yield Row(f"{same}: peak memory, ours", ours.gib, "GiB")
    wrong = run("compare", str(folder / "ours"), str(folder / "ours-partial")).told
    part = "verdicts that missing facts turn wrong"
    yield Row(f"{part}, ours", wrong["wrong"], "", at_most=0)
    yield Row("verdicts left open for want of a fact, ours", wrong["open"], "")
    try:
        theirs = run("neighbor", str(tables["complete"]), str(folder / "theirs"))
        run("neighbor", str(tables["partial"]), str(folder / "theirs-partial"))
    except RuntimeError as error:
        if "openfisca" not in str(error):
            raise
        print(f"· {NEIGHBOR}가 없습니다. 설치: .venv/bin/python -m pip install --require-hashes -r requirements-bench.lock")
        yield Row(f"{NEIGHBOR} is not installed: pip install --require-hashes -r requirements-bench.lock", 0, "")
        return
    yield Row(f"{same}: CPU, {NEIGHBOR}", theirs.cpu, "s")
    yield Row(f"{same}: peak memory, {NEIGHBOR}", theirs.gib, "GiB")
    # below some two hundred thousand households the seconds of writing the SQL outweigh the work
    yield Row("CPU, ours to theirs", round(ours.cpu / theirs.cpu, 2), "x", at_most=None if small else 1)
    yield Row("memory, ours to theirs", round(ours.gib / theirs.gib, 2), "x", at_most=None if small else 1)
    apart = run("compare", str(folder / "ours"), str(folder / "theirs")).told
    yield Row("verdicts that differ from ours, all facts told (32-bit numbers)", apart["wrong"], "")
    yield Row("amounts that differ from ours, all facts told (32-bit numbers)", apart["amounts"], "")
    wrong = run("compare", str(folder / "ours"), str(folder / "theirs-partial")).told
    yield Row(f"{part}, {NEIGHBOR}", wrong["wrong"], "")
