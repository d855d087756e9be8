"""A large gu looked through: every slice beside the lease of a job, with its CPU; one household in four has told something."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from bench.report import Row

ROOT = Path(__file__).resolve().parents[1]
GU, SMALL = 150_000, 6_000
SEED = 1004
MISSING = 0.25
LEASE_SHARE = 0.5  # a slice is to leave half of its lease to a machine that does much else


def measure(*, small: bool) -> list[Row]:
    """Load a gu into a database of its own, ask for a run and do it slice by slice."""
    with TemporaryDirectory(prefix="bench-screening-") as folder:
        env = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/gu.sqlite3", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)
        command = [sys.executable, "-m", "bench.screening", str(SMALL if small else GU)]
        told = json.loads(subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1])
    rows = [
        Row(f"{told['households']:,} households in {len(told['wall'])} slices: wall", round(sum(told["wall"]), 1), "s"),
        Row("the same: CPU", round(sum(told["cpu"]), 1), "s"),
        Row("the same: peak memory", round(told["peak"] / 2**20, 2), "GiB", at_most=4),
        Row("longest slice, wall", round(max(told["wall"]), 1), "s", at_most=told["lease"] * LEASE_SHARE),
        Row("longest slice, CPU", round(max(told["cpu"]), 1), "s"),
        Row("households looked at closely", told["closely"], "households"),
        Row("findings", told["found"], "findings"),
    ]
    return rows


def run(households: int) -> dict[str, object]:
    """In the process of its own: load, look through, and tell each slice's seconds."""
    import django

    django.setup()
    from chatdong.jobs import queue, screen_district
    from chatdong.kernel import clock
    from chatdong.policy.actor import system
    from chatdong.safetynet.benefits.actions.screenings import ask_screening
    from chatdong.safetynet.benefits.models import Screening

    at = clock.now()
    gu_id = _load(households, at)
    year = timedelta(days=365)
    row = ask_screening(by=system("잼"), gu_id=gu_id, day=at.date(), compared_day=at.date() - year, fingerprint="", at=at)
    closely, real = [0], screen_district.candidates

    def counted(*args: object) -> object:
        noted, wanted = real(*args)  # type: ignore[arg-type]
        closely[0] += len(wanted)
        return noted, wanted

    screen_district.candidates = counted  # type: ignore[assignment]
    wall, cpu = [], []
    while screen_district.screening_to_run(row.pk):
        began, used = perf_counter(), process_time()
        screen_district.screen_district.call(row.pk)
        wall.append(perf_counter() - began)
        cpu.append(process_time() - used)
        print(f"slice {len(wall)}: {wall[-1]:.1f} s, CPU {cpu[-1]:.1f} s", file=sys.stderr)
    done = Screening.objects.get(pk=row.pk)
    assert done.state == "done" and done.done == households, done.state
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "households": done.done, "found": done.found, "closely": closely[0], "wall": wall, "cpu": cpu, "peak": peak,
        "lease": queue.LEASE.total_seconds(),
    }  # fmt: skip


def _load(households: int, at: datetime) -> int:
    """One gu with its dong, its households, and what one in four of them told; the gu's id."""
    from bench.households import draw
    from chatdong.demo.districts import drawn_for
    from chatdong.demo.town import lay_places
    from chatdong.ground.households.actions import load_households
    from chatdong.ground.households.rows import HouseholdRow, NewResident
    from chatdong.ground.places.queries import dongs, gus
    from chatdong.policy.action import action
    from chatdong.policy.actor import system
    from chatdong.policy.bulk import insert_rows
    from chatdong.policy.check import ensure
    from chatdong.policy.permissions import Permission
    from chatdong.policy.record import record
    from chatdong.safetynet.benefits.catalog import catalog
    from chatdong.safetynet.benefits.models import FactSheet

    by, facts = system("잼"), catalog().book.facts
    lay_places(by, drawn_for(2_000)[:1], at - timedelta(days=800))
    gu = gus(at.date()).first()
    assert gu is not None
    places = list(dongs(at.date(), gu.pk).values_list("id", flat=True))
    homes = draw(SEED, households, facts)
    dice = Random(SEED)

    def rows() -> Iterator[HouseholdRow]:
        for number, home in enumerate(homes):
            people = tuple(
                NewResident(f"가명{number}", (at - timedelta(days=30.44 * int(one["age_months"]))).date(),
                            sex="f" if one["female"] else "m", relation="head" if not place else "other")
                for place, one in enumerate(home.people)
            )  # fmt: skip
            yield HouseholdRow(dong_id=places[number % len(places)], residents=people, road_address=f"시험로 {number}")

    ids = load_households(by=by, rows=rows(), at=at)

    @action
    def tell(*, by: object) -> None:
        ensure(by, Permission.DEMO_BUILD)  # type: ignore[arg-type]
        told = [
            FactSheet(
                household_id=pk, dong_id=places[number % len(places)], source="visit", told_at=at - timedelta(hours=1),
                facts={key: value for key, value in homes[number].facts.items() if dice.random() > MISSING}, people={},
            )
            for number, pk in enumerate(ids) if not number % 4
        ]  # fmt: skip
        record("bench.tell", by=by, at=at, count=insert_rows(FactSheet, told))  # type: ignore[arg-type]

    tell(by=by)
    return int(gu.pk)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatdong.config.settings")
    print(json.dumps(run(int(sys.argv[1]))))
