"""The free-word search on the measuring sentences: recall@5, hit@5, danger, and how long one search takes."""

import statistics
import time
from pathlib import Path

import yaml

from bench.report import Row
from chatdong.config.env import Env
from chatdong.safetynet.benefits.finding import Finder, warm

SENTENCES = Path(__file__).resolve().parents[1] / "tests" / "engines" / "sentences"
TUNED, HELD = ("tune", "others_tune"), ("held", "others_held")
PLACES = 5


def measure(*, small: bool = False) -> list[Row]:
    """Recall on the sentences nobody tuned on (held), the tuning ones beside them; `small` leaves the held ones out."""
    began = time.perf_counter()
    finder = warm(Env().var)
    ready = time.perf_counter() - began
    rows = [Row("finder ready (model kept or fitted)", round(ready, 2), "s")]
    for name in TUNED if small else (*TUNED, *HELD):
        rows += quality(finder, name, sentences(name))
    return rows + speed(finder, [one["says"] for name in TUNED for one in sentences(name)])


def sentences(name: str) -> list[dict]:
    """The measuring sentences of one file."""
    return yaml.safe_load((SENTENCES / f"{name}.yaml").read_text(encoding="utf-8"))


def quality(finder: Finder, name: str, told: list[dict]) -> list[Row]:
    """recall@5 and hit@5 over sentences that have benefits; danger over those marked either way."""
    recalls, hits, firsts, dangers, calms = [], [], [], [], []
    for one in told:
        found = finder.find(one["says"], limit=PLACES)
        first = {hit.id for hit in found.hits if hit.kind == "benefit"}
        wanted = set(one["benefits"])
        if wanted:
            met = len(first & wanted) / min(PLACES, len(wanted))
            recalls.append(met)
            hits.append(bool(met))
            firsts.append(one["benefits"][0] in first)
        if "danger" in one:
            (dangers if one["danger"] else calms).append(bool(found.hotlines))
    goal = {"at_least": 0.9} if name in HELD else {}
    return [
        Row(f"recall@5, {name}", round(statistics.fmean(recalls), 4), "share", **goal),
        Row(f"hit@5, {name}", round(statistics.fmean(hits), 4), "share"),
        Row(f"the most helpful one among the first five, {name}", round(statistics.fmean(firsts), 4), "share"),
        Row(f"danger met with a number to call, {name}", round(statistics.fmean(dangers), 4), "share"),
        Row(f"harmless words met with a number to call, {name}", round(statistics.fmean(calms), 4), "share"),
        Row(f"sentences, {name}", len(told), "count"),
    ]


def speed(finder: Finder, sentences: list[str], rounds: int = 4) -> list[Row]:
    """Milliseconds of one search; the first sentences warm up and are not counted."""
    for words in sentences[:20]:
        finder.find(words)
    taken = []
    for _ in range(rounds):
        for words in sentences:
            began = time.perf_counter()
            finder.find(words)
            taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return [
        Row("one search, p50", round(taken[len(taken) // 2], 3), "ms"),
        Row("one search, p99", round(taken[int(len(taken) * 0.99)], 3), "ms", at_most=50),
    ]
