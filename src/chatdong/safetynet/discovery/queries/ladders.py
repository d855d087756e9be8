"""Who stands on the rungs of a dong's ladder, and which rungs a missed deadline has reached."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from chatdong.ground.accounts.queries import holders, is_posted
from chatdong.ground.places.queries import gu_of
from chatdong.policy.roles import Role
from chatdong.safetynet.discovery.models import Breach
from chatdong.safetynet.discovery.queries.deadlines import RUNGS, ladder_of
from chatdong.safetynet.discovery.queries.overdue import Late
from chatdong.safetynet.discovery.states import About, ClimbRung

DONG_RUNGS = {ClimbRung.TEAM_LEAD: Role.TEAM_LEAD, ClimbRung.DONG_HEAD: Role.DONG_HEAD}


class Ladders:
    """The ladders of all dong at one moment; what was looked up once is kept for the run."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._gus: dict[int, int] = {}
        self._waits: dict[int, dict[ClimbRung, timedelta]] = {}
        self._people: dict[tuple[ClimbRung, int, int | None], list[int]] = {}

    def due(self, about: About, late: Sequence[Late]) -> list[tuple[Late, list[tuple[ClimbRung, list[int]]]]]:
        """The late things that have rungs due and not written, each with these rungs and who stands on them, lowest first."""
        told: dict[tuple[int, datetime], set[str]] = defaultdict(set)
        rows = Breach.objects.filter(about=about, about_id__in={one.id for one in late})
        for about_id, due_at, rung in rows.values_list("about_id", "due_at", "rung"):
            told[about_id, due_at].add(rung)
        found = []
        for one in late:
            rungs = [(rung, people) for rung, people in self._reached(one) if rung not in told[one.id, one.due_at]]
            if rungs:
                found.append((one, rungs))
        return found

    def _reached(self, late: Late) -> list[tuple[ClimbRung, list[int]]]:
        """A rung that nobody stands on does not hold anything up: the next one is told at once."""
        waits = self._waits_of(late.dong_id)
        reached, nobody_below = [], False
        for rung in RUNGS:
            if not nobody_below and self.at - late.due_at < waits[rung]:
                break
            people = self.people_on(rung, late.dong_id, late.worker_id)
            nobody_below = not people
            reached.append((rung, people))
        return reached

    def people_on(self, rung: ClimbRung, dong_id: int, worker_id: int | None = None) -> list[int]:
        """Who stands on a rung of a dong's ladder today; the first rung is the worker, where still posted."""
        key = (rung, dong_id, worker_id if rung is ClimbRung.WORKER else None)
        if key not in self._people:
            self._people[key] = self._look_up(rung, dong_id, worker_id)
        return self._people[key]

    def _look_up(self, rung: ClimbRung, dong_id: int, worker_id: int | None) -> list[int]:
        on = self.at.date()
        if rung is ClimbRung.WORKER:
            return [worker_id] if worker_id is not None and is_posted(worker_id, dong_id, on) else []
        if rung in DONG_RUNGS:
            return holders(DONG_RUNGS[rung], on, dong_id=dong_id)
        return holders(Role.GU_OFFICER, on, gu_id=self._gu_of(dong_id))

    def _gu_of(self, dong_id: int) -> int:
        if dong_id not in self._gus:
            self._gus[dong_id] = gu_of(dong_id)
        return self._gus[dong_id]

    def _waits_of(self, dong_id: int) -> dict[ClimbRung, timedelta]:
        gu_id = self._gu_of(dong_id)
        if gu_id not in self._waits:
            self._waits[gu_id] = ladder_of(self.at.date(), gu_id)
        return self._waits[gu_id]
