"""Contacts that count, the failed attempts among them, and what to try next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from chatdong.engines import risk
from chatdong.kernel.clock import KST, kst
from chatdong.safetynet.visits.models import Contact, Unreached
from chatdong.safetynet.visits.queries.homes import same_home
from chatdong.safetynet.visits.queries.rules import (
    ENGINE_OUTCOME,
    RUNGS,
    engine_way,
    gap_hours,
    reach_settings,
    work_calendar,
)
from chatdong.safetynet.visits.states import NOT_REACHED, REACHED, NextStep, Outcome, Rung, Slot, UnreachedState, Way

RUNG_STEP = {
    Rung.WORKER: NextStep.TRY_AGAIN,
    Rung.WARDEN: NextStep.ASK_WARDEN,
    Rung.AGENCY: NextStep.ASK_AGENCY,
    Rung.POLICE: NextStep.ASK_POLICE,
}
RUNG_WAY = {Rung.WARDEN: Way.NEIGHBOR, Rung.AGENCY: Way.AGENCY, Rung.POLICE: Way.POLICE}
_MIDNIGHT = 24


@dataclass(frozen=True)
class NextTry:
    """What to try next for a household that could not be reached. `attempts` are those that differed and failed."""

    rung: Rung
    way: Way
    band: Slot
    attempts: int
    due_at: datetime
    sentence: str


def contacts_of(household_id: int) -> QuerySet[Contact]:
    """Every contact of a household and of those merged into it that was not corrected by a later one."""
    rows = Contact.objects.filter(household_id__in=same_home(household_id))
    return rows.exclude(pk__in=rows.filter(corrects__isnull=False).values("corrects_id"))


def met_of(household_ids: Iterable[int]) -> frozenset[int]:
    """Of some households, those where anybody was ever met or spoken to."""
    rows = Contact.objects.filter(household_id__in=list(household_ids), outcome__in=list(REACHED))
    return frozenset(rows.values_list("household_id", flat=True).distinct())


def attempts_of(household_id: int) -> list[risk.Attempt]:
    """The household's contacts as attempts, in order, since a search was last stopped by a signature."""
    rows = contacts_of(household_id)
    stopped = Unreached.objects.filter(household_id__in=same_home(household_id), state=UnreachedState.STOPPED)
    last = stopped.order_by("-ended_at").values_list("ended_at", flat=True).first()
    if last is not None:
        rows = rows.filter(at__gt=last)
    return [as_attempt(row.at, row.way, row.worker_id, row.outcome) for row in rows.order_by("at", "id")]


def as_attempt(moment: datetime, way: str, worker_id: int, outcome: str) -> risk.Attempt:
    """A contact as the engine reads it."""
    return risk.Attempt(moment, engine_way(way), str(worker_id), ENGINE_OUTCOME[Outcome(outcome)])


def last_answer(household_id: int) -> tuple[date | None, datetime | None]:
    """The day somebody last answered in any way, and the moment somebody was last met or spoken to."""
    rows = contacts_of(household_id).order_by("-at", "-id")
    answered = rows.exclude(outcome__in=NOT_REACHED).values_list("at", flat=True).first()
    reached = rows.filter(outcome__in=REACHED).values_list("at", flat=True).first()
    return (kst(answered).date() if answered else None), reached


def next_try(attempts: Sequence[risk.Attempt], *, at: datetime, gu_id: int | None) -> NextTry | None:
    """What to try next, or None when the last contact was answered. Climbing brings the rung's own way first."""
    failed = risk.in_vain(attempts)
    if not failed:
        return None
    settings = reach_settings(kst(at).date(), gu_id)
    found = risk.next_attempt(attempts, settings)
    rung = Rung(found.rung.code)
    way, sentence = Way(str(found.way)), found.sentence
    own = RUNG_WAY.get(rung)
    if own is not None and str(own) not in {str(one.way) for one in failed}:
        way = own
    due = _due_at(failed[-1].at, found.band, at, gu_id)
    return NextTry(rung, way, Slot(found.band.code), risk.attempts_counted(attempts, settings), due, sentence)


def _due_at(last: datetime, band: risk.HourBand, at: datetime, gu_id: int | None) -> datetime:
    """The end of the hour band on the first working day after the gap; never a moment that has already passed."""
    calendar = work_calendar()
    gap = timedelta(hours=gap_hours(kst(at).date(), gu_id))
    day = calendar.working_day_on_or_after(max(kst(last + gap).date(), kst(at).date()))
    due = _moment(day, band.end)
    return due if due > kst(at) else _moment(calendar.add_working_days(day, 1), band.end)


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(23, 59) if hour >= _MIDNIGHT else time(hour), tzinfo=KST)


def has_climbed(before: str, after: str) -> bool:
    """Whether a search stands on a higher rung than before."""
    return RUNGS.index(Rung(after)) > RUNGS.index(Rung(before))
