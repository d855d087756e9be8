"""Seoul on PostgreSQL, asked by a dong's planner over HTTP: lists, pages, look-ups, the map, sixteen at once."""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from time import perf_counter

from bench.report import Row, temporary_postgres, timing_of
from bench.visitor import Visitor, served
from chatdong.demo.districts import drawn_for, shares
from chatdong.demo.people import PASSWORD, Drawer, Home
from chatdong.kernel import clock

ROOT = Path(__file__).resolve().parents[1]
CITY, SMALL = 4_400_000, 100_000
SEED = 1004
ASKED = 60
AT_ONCE = 16
PLANNER = "demo-planner"


def measure(*, small: bool) -> list[Row]:
    """Load the city (or take the one that BENCH_DATABASE_URL names), serve it as in production, ask as a planner does."""
    households = SMALL if small else CITY
    kept = os.environ.get("BENCH_DATABASE_URL", "")
    with nullcontext(kept) if kept else temporary_postgres() as url:
        rows = [] if kept else [_load(url, households)]
        with served(url) as address:
            planner = Visitor(address)
            planner.log_in(PLANNER, PASSWORD)
            rows += list(_ask(planner, _homes(households)))
            rows += _together(address)
    return rows


def _load(url: str, households: int) -> Row:
    began = perf_counter()
    env = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(ROOT / "src"), "PGOPTIONS": "-c synchronous_commit=off"}
    for command in (
        ["migrate", "-v0"],
        ["build_demo", "--households", str(households), "--seed", str(SEED), "--at", f"{clock.today()}T08:00"],
    ):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True)
    return Row(f"loading {households:,} households", round(perf_counter() - began), "s")


def _homes(households: int) -> list[Home]:
    """The invented homes of the planner's own dong: the first of the first gu, drawn again from the same seed."""
    first = drawn_for(households)[0].dongs[0]
    count = shares(drawn_for(households), households)[first.code]
    return list(Drawer(first, SEED, clock.today()).homes(count))


def _ask(planner: Visitor, homes: list[Home]) -> Iterator[Row]:
    dice = random.Random(SEED)
    # the first dong is loaded first, so its households have the smallest numbers in some gu's order: ask a list for real ones
    seen = planner.links("/staff/map/table/", r"/staff/households/(\d+)/")

    def person() -> tuple[str, str]:
        one = dice.choice([p for p in dice.choice(homes).people if p.phone] or [homes[0].people[0]])
        return one.name, one.phone

    asks: list[tuple[str, Callable[[], str], float]] = [
        ("오늘, p95", lambda: "/staff/", 200),
        ("report inbox, p95", lambda: "/staff/inbox/", 200),
        ("visits list, p95", lambda: "/staff/visits/", 200),
        ("map table, p95", lambda: "/staff/map/table/", 200),
        ("household page, p95", lambda: f"/staff/households/{dice.choice(seen)}/", 100),
        ("exact look-up (phone), p95", lambda: f"/staff/households/?q={person()[1]}", 25),
        ("last four digits, p95", lambda: f"/staff/households/?q={person()[1][-4:]}", 200),
        ("full name, p95", lambda: f"/staff/households/?q={person()[0]}", 200),
        ("given name, p95", lambda: f"/staff/households/?q={person()[0][1:]}", 200),
        ("map data of a dong, p95", lambda: "/staff/map/points/", 250),
    ]
    for what, path, goal in asks:
        yield Row(what, planner.timed(path, ASKED).p95, "ms", at_most=goal)


def _together(address: str) -> list[Row]:
    """Sixteen people open the lists over and over at the same time."""
    visitors = [Visitor(address) for _ in range(AT_ONCE)]
    for visitor in visitors:
        visitor.log_in(PLANNER, PASSWORD)
    rows = []
    for what, path in (("report inbox", "/staff/inbox/"), ("오늘", "/staff/"), ("map table", "/staff/map/table/")):
        with ThreadPoolExecutor(AT_ONCE) as pool:
            spans = [span for found in pool.map(lambda visitor, path=path: visitor.spans(path, 12), visitors) for span in found]
        rows.append(Row(f"16 at once, {what}, median", timing_of(spans).median, "ms", at_most=300))
    return rows
