"""A process killed in the middle of writing loses and doubles nothing; neither do several that write the same at once."""

import random
import time
from pathlib import Path

import pytest
from tests.domain.own_database import Children, own_database

KILLS = 6


@pytest.fixture
def children(tmp_path: Path):
    with own_database(tmp_path) as ready:
        ready.run(ready.writer("build"))
        yield ready


def numbers(done: Path) -> list[int]:
    """How far the children came; a deed refused in words is noted as -number - 1."""
    told = [int(line) for line in done.read_text().split()] if done.exists() else []
    return [number if number >= 0 else -number - 1 for number in told]


def test_a_killed_writer_loses_and_doubles_nothing(children: Children, tmp_path: Path):
    done, chance = tmp_path / "done", random.Random(7)
    for _ in range(KILLS):
        # Each child begins a little before where the last one was killed, so that keys are sent again.
        farthest, limit = max(numbers(done), default=0), time.monotonic() + 90
        child = children.writer("write", str(done), str(max(0, farthest - 6)))
        while max(numbers(done), default=0) < farthest + 3 and child.poll() is None and time.monotonic() < limit:
            time.sleep(0.02)
        time.sleep(chance.uniform(0.0, 0.9))
        child.kill()
        child.communicate()
    last = max(numbers(done))
    assert last > KILLS
    before = children.run(children.writer("check", str(done)))
    children.run(children.writer("write", str(done), "0", str(last + 1)))
    assert counts(children.run(children.writer("check", str(done)))) == counts(before, last)


def counts(said: str, last: int | None = None) -> tuple[int, ...]:
    """Reports and contacts as the child counted them; a deed cut off before its note may have been made by the replay."""
    words = said.splitlines()[0].replace(",", "").split()
    reports, contacts = int(words[1]), int(words[3])
    if last is None:
        return reports, contacts
    return max(reports, sum(number % 4 in (0, 1) for number in range(last + 1))), contacts


def test_the_same_reports_from_three_at_once_are_taken_in_once(children: Children):
    together = [children.writer("race", "12") for _ in range(3)]
    for child in together:
        children.run(child)
    assert children.run(children.writer("check")).startswith("reports 12,")


def test_three_doing_the_same_deeds_at_once_do_each_of_them_once(children: Children, tmp_path: Path):
    together = [children.writer("write", str(tmp_path / f"done{number}"), "0", "24") for number in range(3)]
    for child in together:
        children.run(child)
    for number in range(3):
        assert children.run(children.writer("check", str(tmp_path / f"done{number}"))).startswith("reports 12, contacts 6,")
