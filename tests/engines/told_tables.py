"""Households of `bench.households` as parquet tables, some facts left open or told as bands; answers compared with `assess`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
from bench.households import draw

from chatdong.engines.eligibility import Household, assess
from chatdong.engines.eligibility.book import Fact, Kind, RuleBook, Rules, Subject
from chatdong.engines.eligibility.codes import CODES, failed_in, status_in
from chatdong.engines.eligibility.columns import Columns
from chatdong.warehouse import Work

TYPES = {Kind.MONEY: pa.int64(), Kind.COUNT: pa.int32(), Kind.YES_NO: pa.bool_(), Kind.CHOICE: pa.int8()}


def told(book: RuleBook, count: int, seed: int, *, share: float) -> tuple[Household, ...]:
    """Households of whom so great a share of the facts is known."""
    random = Random(seed)
    made = draw(seed, count, book.facts)
    if share >= 1:
        return made
    return tuple(
        replace(one, facts=_some(one.facts, random, share), people=tuple(_some(them, random, share) for them in one.people))
        for one in made
    )


def _some(facts: Mapping[str, object], random: Random, share: float) -> dict[str, object]:
    return {name: value for name, value in facts.items() if random.random() < share}


def write(folder: Path, book: RuleBook, households: Sequence[Household], banded: frozenset[str] = frozenset()) -> dict[str, Path]:
    """The two tables; household n has hid 3n + 1, so that a place is not mistaken for a number."""
    people = [(3 * place + 1, one) for place, home in enumerate(households) for one in home.people]
    homes = [(3 * place + 1, home.facts) for place, home in enumerate(households)]
    files = {}
    for name, subject, rows in (("households", Subject.HOUSEHOLD, homes), ("people", Subject.PERSON, people)):
        facts = [one for one in book.facts.values() if one.subject == subject]
        columns = {"hid": pa.array([hid for hid, _ in rows], pa.int64())}
        for fact in facts:
            columns |= _columns(fact, [one.get(fact.id) for _, one in rows], banded)
        files[name] = folder / f"{name}.parquet"
        pq.write_table(pa.table(columns), files[name], row_group_size=500)
    return files


def _columns(fact: Fact, values: Sequence, banded: frozenset[str]) -> dict[str, pa.Array]:
    if fact.id not in banded:
        plain = [None if one is None else bool(one) if fact.kind == Kind.YES_NO else one for one in values]
        return {fact.id: pa.array(plain, TYPES[fact.kind])}
    ends = [(None, None) if one is None else one if isinstance(one, tuple) else (one, one) for one in values]
    return {f"{fact.id}_{end}": pa.array([one[at] for one in ends], TYPES[fact.kind]) for at, end in enumerate(("lo", "hi"))}


def work(columns: Columns, files: Mapping[str, Path]) -> Work:
    """The rules' columns over these files."""
    return Work(columns.key, lambda: columns.expression, files, "households", columns.about)


def differences(columns: Columns, rules: Rules, households: Sequence[Household], result: Path) -> tuple[list[str], Counter]:
    """Where a result differs from `assess`, cell by cell, and how often each status stands in it."""
    rows = {row["hid"]: row for row in pq.read_table(result).to_pylist()}
    assert sorted(rows) == [3 * place + 1 for place in range(len(households))]
    found, seen = [], Counter()
    for place, household in enumerate(households):
        row = rows[3 * place + 1]
        verdicts = assess(rules, household).verdicts
        for benefit, answer in columns.answers.items():
            verdict = verdicts[benefit]
            ends = [row[name] for name in answer.amount]
            status, failed = status_in(row[answer.column]), failed_in(row[answer.column])
            assert status or not any(ends), f"{place} {benefit}: money where it is ruled out"
            got = (status, failed, (ends[0], ends[-1]) if ends and status else None)
            seen[verdict.status] += 1
            if got != (CODES[verdict.status], verdict.failed, verdict.amount):
                found.append(f"{place} {benefit}: {got} for {verdict}")
    return found, seen
