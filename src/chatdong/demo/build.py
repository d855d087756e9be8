"""Builds the demo: places, staff, homes, and a year of plausible life, reproducible from one seed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from chatdong.demo.districts import drawn_for, shares
from chatdong.demo.people import Home
from chatdong.demo.staff import Hiring
from chatdong.demo.town import Ward, homes_of, lay_places, row_of, settle_wards
from chatdong.ground.households.actions import load_households
from chatdong.policy.actor import Actor, system


@dataclass(frozen=True)
class Settled:
    """One dong with its homes and their ids in the tables, in the same order."""

    ward: Ward
    homes: list[Home]
    ids: list[int]


def settle(*, households: int, seed: int, at: datetime, say: Callable[[str], None]) -> tuple[Actor, list[Settled]]:
    """Places, staff and homes. Returns the acting system and every dong with its homes."""
    by = system("시연 만들기")
    drawn = drawn_for(households)
    since = at - timedelta(days=400)
    say(f"동 {sum(len(gu.dongs) for gu in drawn)}곳의 경계와 통·반을 그립니다.")
    lay_places(by, drawn, since)
    hiring = Hiring(by, since.date(), since, seed)
    given = shares(drawn, households)
    settled = []
    say(f"직원을 발령하고 가구 {households:,}곳을 만듭니다.")
    for ward in settle_wards(by, drawn, hiring, since):
        homes = homes_of(ward, given[ward.drawn.code], seed, at.date())
        ids = load_households(by=by, rows=(row_of(home, ward, since) for home in homes), at=at)
        settled.append(Settled(ward, homes, ids))
    return by, settled
