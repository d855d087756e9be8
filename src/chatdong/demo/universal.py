"""보편방문 of the year: who is to be visited is enrolled as the register stands, and most were met in their month."""

import random
import uuid
from datetime import datetime, time, timedelta

from chatdong.demo.build import Settled
from chatdong.ground.accounts.queries import actor_of_id
from chatdong.kernel.clock import KST
from chatdong.kernel.errors import Refusal
from chatdong.policy.actor import Actor
from chatdong.safetynet.visits.actions import enroll_targets, record_contact
from chatdong.safetynet.visits.queries.targets import waiting_targets

# how many of each group were met by now, near the founding document's own rates (B-F12 to B-F16)
MET_SHARE = {"age_65": 0.61, "age_70": 0.58, "newborn": 0.35, "poverty_crisis": 0.8}


def visit_universally(by: Actor, settled: list[Settled], *, seed: int, at: datetime) -> int:
    """Enroll this year's targets of every dong and record the visits that reached them; returns how many were met."""
    dice, met = random.Random(f"{seed}:universal"), 0
    for place in settled:
        enroll_targets(by=by, year=at.year, on=at.date(), at=at, dong_id=place.ward.dong_id)
        for target in waiting_targets(by=by, dong_id=place.ward.dong_id, year=at.year):
            last = min(target.due_by, at.date() - timedelta(days=1))
            if target.due_from > last or dice.random() > MET_SHARE.get(target.cohort, 0.5):
                continue
            day = target.due_from + timedelta(days=dice.randrange(max(1, (last - target.due_from).days)))
            day -= timedelta(days=max(0, day.weekday() - 4))
            when = datetime.combine(day, time(dice.randint(9, 17), dice.randrange(0, 60, 5)), KST)
            worker = target.worker_id or place.ward.team.planners[0]
            if dice.random() < 0.3 and target.cohort in {"age_65", "newborn"}:
                worker = place.ward.team.nurse
            met += _meet(target.household_id, worker, when, dice)
    return met


def _meet(household_id: int, worker_id: int, when: datetime, dice: random.Random) -> int:
    outcome = "met" if dice.random() < 0.96 else "refused"
    try:
        record_contact(
            by=actor_of_id(worker_id, at=when), key=uuid.UUID(int=dice.getrandbits(128), version=4), household_id=household_id,
            at=when, done_at=when, way="visit", outcome=outcome, needs=("benefits", "health") if outcome == "met" else (),
            seen="복지 혜택을 안내하고 건강 상태를 여쭈었습니다." if outcome == "met" else "방문을 원하지 않으셨습니다.",
        )  # fmt: skip
    except Refusal:
        return 0
    return 1
