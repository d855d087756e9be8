"""Open leads of a whole city as rows, for measuring."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from chatdong.demo.build import Settled
from chatdong.policy.actor import Actor
from chatdong.safetynet.discovery.actions import load_leads
from chatdong.safetynet.discovery.loaded import LeadRow

SHARE = 0.004  # a dong of ten thousand households has about forty open leads


def load_open_leads(by: Actor, settled: list[Settled], watched: set[int], *, seed: int, at: datetime) -> int:
    """Give some households of every dong an open lead; returns how many."""

    def rows() -> Iterator[LeadRow]:
        for place in settled:
            dice = random.Random(f"{seed}:leads:{place.ward.drawn.code}")
            for home, household_id in zip(place.homes, place.ids, strict=True):
                if dice.random() < SHARE:
                    worker = place.ward.team.planner_of(home.tong, place.ward.tongs)
                    opened = at - timedelta(days=dice.uniform(0, 20))
                    urgency = dice.choice(("now", "today", "soon", "soon", "routine", "routine"))
                    yield LeadRow(household_id, place.ward.dong_id, worker, "neighbor", urgency, opened,
                                  opened + timedelta(days=3), at + timedelta(days=dice.uniform(-3, 14)))  # fmt: skip

    return load_leads(by=by, rows=rows(), at=at)
