"""A deadline that passed is written down for good and climbs: worker, team lead, 복지동장, gu."""

import logging
from datetime import datetime

from django.utils.translation import gettext as _

from chatdong.ground.messages.actions import tell
from chatdong.ground.messages.states import MessageKind
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import NOWHERE, ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.discovery.actions.deputy import deputed
from chatdong.safetynet.discovery.models import Breach
from chatdong.safetynet.discovery.queries.ladders import Ladders
from chatdong.safetynet.discovery.queries.overdue import Late, late_of
from chatdong.safetynet.discovery.queries.paths import path_of
from chatdong.safetynet.discovery.states import About, ClimbRung

log = logging.getLogger(__name__)
BATCH = 200


def climb(*, by: Actor, at: datetime) -> int:
    """Write and tell every rung that is due and was not told yet; how many rungs. Doing it again writes nothing.

    In batches of their own transaction: what breaks in one does not keep the others from climbing. The first error is raised
    after all have been tried.
    """
    written, broken, ladders = 0, None, Ladders(at)
    for about in About:
        late = list(late_of(about, at, without=ClimbRung.GU))
        for start in range(0, len(late), BATCH):
            ids = [one.id for one, _ in ladders.due(about, late[start : start + BATCH])]
            if not ids:
                continue
            try:
                written += climb_batch(by=by, about=about, ids=ids, at=at)
            except Exception as error:
                log.error("climbing failed", extra={"about": str(about), "error": type(error).__name__})
                broken = broken or error
    if broken is not None:
        raise broken
    return written


@action
def climb_batch(*, by: Actor, about: About, ids: list[int], at: datetime) -> int:
    """Write the rungs due for some late things of one kind, in one transaction; how many were written."""
    ensure(by, Permission.CLOCK_RUN, NOWHERE)
    due = Ladders(at).due(about, list(late_of(about, at, ids=ids)))
    written = sum(_climb(late, rungs, at) for late, rungs in due)
    record("clock.climb", by=by, at=at, count=written, details={"about": str(about)})
    return written


def climb_household(*, by: Actor, household_id: int, at: datetime) -> None:
    """Tell at once what is late about a household: what has just been opened or joined may have been due long before.

    Called inside an action, its household locked.
    """
    for about in (About.LEAD, About.WATCH, About.UNREACHED, About.CLAIM):
        late = {one.id for one in late_of(about, at, household_id=household_id)}
        if late:
            climb_batch(by=deputed(by), about=about, ids=sorted(late), at=at)


def _climb(late: Late, rungs: list[tuple[ClimbRung, list[int]]], at: datetime) -> int:
    for rung, people in rungs:
        Breach.objects.create(
            about=late.about, about_id=late.id, household=late.household_id, dong_id=late.dong_id, worker=late.worker_id,
            due_at=late.due_at, rung=rung, told=people, at=at,
        )  # fmt: skip
        kind = MessageKind.OVERDUE if rung is ClimbRung.WORKER else MessageKind.CLIMBED
        text = _("기한이 지난 %(what)s 일이 있습니다. 지금 확인해 주세요.") % {"what": late.about.label}
        tell(people, kind, text, at=at, urgent=True,
             key=f"breach:{late.about}:{late.id}:{late.due_at.timestamp():.0f}:{rung}",
             path=path_of(late.about, late.id, late.household_id), household_id=late.household_id)  # fmt: skip
    return len(rungs)
