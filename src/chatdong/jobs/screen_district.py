"""일제 살핌: the rule book over all households of a gu as of a day, a slice at a time.

A slice is written down whole or not at all, so a run that is killed goes on where it stood; nothing is shown before its end.
Between two slices the timetable runs, and no job comes near its lease (queue.LEASE).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django_tasks import task

from chatdong.ground.places.queries import rule
from chatdong.jobs.queue import failures_since, is_waiting
from chatdong.kernel import clock
from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Conflict
from chatdong.policy.actor import Actor, system
from chatdong.safetynet.benefits.actions.screenings import (
    begin_screening,
    fail_screening,
    finish_screening,
    keep_findings,
)
from chatdong.safetynet.benefits.catalog import Catalog
from chatdong.safetynet.benefits.population import Tables, batches
from chatdong.safetynet.benefits.queries.rules import catalog_in_force
from chatdong.safetynet.benefits.queries.screenings import (
    ScreeningCard,
    count_to_screen,
    households_to_screen,
    screening_to_run,
    screenings_to_run,
    settled_for,
)
from chatdong.safetynet.benefits.queries.told import told_of_many
from chatdong.safetynet.benefits.screening import Found, Round, Standing, doubled, look_closely
from chatdong.safetynet.benefits.sieve import Noted, Wanted, sift
from chatdong.safetynet.discovery.actions.deputy import machine_in
from chatdong.safetynet.visits.queries import grades_of, met_of
from chatdong.warehouse.on_duckdb import Limits

READ, LOOKED_AT = 1000, 250
SLICE = 10_000  # households: some thirty CPU seconds, a fifth of a lease where ten others share the machine
REST = timedelta(minutes=10)
FAILURES = 3
LIMITS = Limits(memory="2GB", threads=2)


def pick_screenings() -> int:
    """Put each run that is asked for into the queue, unless it is there already; how many. One that failed thrice is given up."""
    put, now = 0, clock.now()
    for screening_id, _gu in screenings_to_run():
        if is_waiting(screen_district, screening_id):
            continue
        if failures_since(screen_district, now - REST, screening_id) >= FAILURES:
            fail_screening(by=system("일제 살핌"), screening_id=screening_id, at=now)
        else:
            screen_district.enqueue(screening_id)
            put += 1
    return put


@task
def screen_district(screening_id: int) -> int:
    """Look at the next slice of a run and queue the following one; how many findings. Done again, nothing is lost or doubled."""
    at = clock.now()
    card = screening_to_run(screening_id)
    if card is None:
        return 0
    by, catalog = machine_in(card.gu_id, "일제 살핌"), catalog_in_force(at=at)
    try:
        if card.begun_at is None or card.fingerprint != catalog.book.fingerprint:
            count, print_ = count_to_screen(card.gu_id), catalog.book.fingerprint
            begin_screening(by=by, screening_id=card.id, fingerprint=print_, households=count, at=at)
            card = screening_to_run(screening_id) or card
        homes = dict(households_to_screen(card.gu_id, after=card.reached, most=SLICE))
        found = _slice(by, card, catalog, homes) if homes else 0
        if len(homes) < SLICE:
            finish_screening(by=by, screening_id=card.id, before=max(homes, default=card.reached), at=clock.now())
        else:
            screen_district.enqueue(screening_id)
    except Conflict:
        # Another worker wrote this slice or began this run anew, or it was given up meanwhile.
        return 0
    return found


def _slice(by: Actor, card: ScreeningCard, catalog: Catalog, homes: dict[int, int]) -> int:
    """One slice from what is known to what is written down, in one transaction at its end; how many findings."""
    at = card.begun_at or clock.now()
    turn = round_of(card, catalog, kst(at).date())
    with TemporaryDirectory(prefix="screening-") as folder:
        noted, wanted = candidates(turn, homes, card.gu_id, at, Path(folder))
    found = list(_found(card, turn, homes, noted, wanted, at))
    keep_findings(
        by=by, screening_id=card.id, fingerprint=catalog.book.fingerprint, before=card.reached, reached=max(homes),
        looked_at=len(homes), found=found, at=clock.now(),
    )  # fmt: skip
    return len(found)


def round_of(card: ScreeningCard, catalog: Catalog, today: date) -> Round:
    """The rules and settings of a run."""
    compared, back = None, 0
    if card.compared_day is not None:
        compared = catalog.book.on(card.compared_day, today=today)
        back = (card.day.year - card.compared_day.year) * 12 + card.day.month - card.compared_day.month
    ahead = int(rule("benefit.age_ahead", today, card.gu_id).value["months"])
    percent = int(rule("benefit.near_percent", today, card.gu_id).value["percent"])
    points = rule("benefit.need_points", today, card.gu_id).value
    return Round(catalog, catalog.book.on(card.day, today=today), compared, percent, ahead, back, points)


def candidates(turn: Round, homes: dict[int, int], gu_id: int, at: datetime, folder: Path) -> tuple[Noted, Wanted]:
    """Everything known of the gu's households goes into tables; the rule book over them says at whom to look closely."""
    setting = rule("benefit.age_ahead", turn.rules.day, gu_id).value
    noted = Noted(int(setting["age"]), turn.ahead)
    tables = Tables(turn.catalog.book, folder / "told")
    for ids in batches(list(homes), READ):
        told = told_of_many(ids, turn.catalog.book, at=at, day=turn.rules.day)
        tables.add(told)
        noted.note(told, turn)
    tables.close()
    return noted, sift(turn, tables, noted, folder, LIMITS) if tables.rows else {}


def _found(
    card: ScreeningCard, turn: Round, homes: dict[int, int], noted: Noted, wanted: Wanted, at: datetime
) -> Iterator[tuple[int, int, Found]]:
    """Look closely, some hundreds of households at a time: what really holds, with its household and dong."""
    rest = int(rule("benefit.decided_rest", turn.rules.day, card.gu_id).value["days"])
    for ids in batches(sorted(wanted), LOOKED_AT):
        told = told_of_many(ids, turn.catalog.book, at=at, day=turn.rules.day)
        grades, met = grades_of(ids), met_of(ids)
        settled = settled_for(ids, day=kst(at).date(), rest=rest)
        for home in ids:
            if home not in told:
                continue
            standing = Standing(grades[home][0] if home in grades else None, home in met)
            open_ones = {one for one in wanted[home] if (home, one[0]) not in settled}
            lines = list(look_closely(told[home], open_ones, turn, standing))
            pairs = {pair.second: pair for pair in noted.doubles.get(home, ()) if (home, pair.second) not in settled}
            lines += [doubled(pair, told[home], turn, standing) for pair in pairs.values()]
            for line in lines:
                yield home, homes[home], line
