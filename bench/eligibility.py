"""맞춤복지검색: one household, its questions, the whole city; OpenFisca-Core beside it, same benefits, same households."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
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
HAS_NEIGHBOR = find_spec("openfisca_core") is not None


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

    def tables(name: str, households: int, missing: bool) -> Path:
        return write_city(folder / name, households, SEED, book.facts, missing=missing)["households"].parent

    rows += _city(tables("city", city, True), folder, city, len(book.benefits))
    complete = tables("complete", shared, False)
    rows += _wrong(complete, tables("partial", shared, True), folder)
    rows += _cost(complete, folder, shared, is_judged=not small)
    if not small:
        rows += _cost(tables("complete-city", city, False), folder, city, is_judged=True)
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


def _wrong(complete: Path, partial: Path, folder: Path) -> Iterator[Row]:
    """Verdicts that are wrong once facts are missing, against the same households with all facts told."""
    told = "verdicts that missing facts turn wrong"
    run("ours", str(complete), str(folder / "ours"), "shared", "complete")
    run("ours", str(partial), str(folder / "ours-partial"), "shared", "missing")
    ours = run("compare", str(folder / "ours"), str(folder / "ours-partial")).told
    yield Row(f"{told} (of {ours['rows'] * ours['benefits']:,}), ours", ours["wrong"], "", at_most=0)
    yield Row("verdicts left open for want of a fact, ours", ours["open"], "")
    if not HAS_NEIGHBOR:
        return
    run("neighbor", str(partial), str(folder / "theirs-partial"))
    theirs = run("compare", str(folder / "ours"), str(folder / "theirs-partial")).told
    yield Row(f"{told}, {NEIGHBOR}", theirs["wrong"], "")


def _cost(tables: Path, folder: Path, households: int, *, is_judged: bool) -> Iterator[Row]:
    """The same benefits on the same households, all facts told: what it costs, and where the answers differ.

    Not judged below a few hundred thousand households: there the seconds of writing the SQL outweigh the work.
    """
    ours = run("ours", str(tables), str(folder / "ours"), "shared", "complete")
    same = f"{households:,} households x {ours.told['benefits']} shared benefits"
    yield Row(f"{same}: CPU, ours", ours.cpu, "s")
    yield Row(f"{same}: wall, ours", ours.wall, "s")
    yield Row(f"{same}: peak memory, ours", ours.gib, "GiB")
    if not HAS_NEIGHBOR:
        print(f"· {NEIGHBOR}가 없습니다. 설치: .venv/bin/python -m pip install --require-hashes -r requirements-bench.lock")
        yield Row(f"{NEIGHBOR} is not installed (requirements-bench.lock)", 0, "")
        return
    theirs = run("neighbor", str(tables), str(folder / "theirs"))
    yield Row(f"{same}: CPU, {NEIGHBOR}", theirs.cpu, "s")
    yield Row(f"{same}: wall, {NEIGHBOR}", theirs.wall, "s")
    yield Row(f"{same}: peak memory, {NEIGHBOR}", theirs.gib, "GiB")
    yield Row(f"{same}: CPU, ours to theirs", round(ours.cpu / theirs.cpu, 2), "x", at_most=1 if is_judged else None)
    yield Row(f"{same}: memory, ours to theirs", round(ours.gib / theirs.gib, 2), "x", at_most=1 if is_judged else None)
    apart = run("compare", str(folder / "ours"), str(folder / "theirs")).told
    yield Row(f"{same}: verdicts that differ (theirs are 32-bit numbers)", apart["wrong"], "")
    yield Row(f"{same}: amounts that differ (theirs are 32-bit numbers)", apart["amounts"], "")
