"""Builds the demo: places, staff, homes, and a year of plausible life, reproducible from one seed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from chatdong.demo.districts import DemoGu, other_gu, seodaemun
from chatdong.demo.people import Home
from chatdong.demo.staff import Hiring
from chatdong.demo.town import Ward, homes_of, lay_places, row_of, settle_wards
from chatdong.ground.households.actions import load_households
from chatdong.policy.actor import Actor, system

WHOLE_CITY = 100_000  # above this many households the demo is all of Seoul, for measuring


@dataclass(frozen=True)
class Settled:
    """One dong with its homes and their ids in the tables, in the same order."""

    ward: Ward
    homes: list[Home]
    ids: list[int]


def drawn_for(households: int) -> list[DemoGu]:
    """서대문구 alone, or all 25 gu for a large number of households."""
    return [seodaemun(), *(other_gu(24) if households >= WHOLE_CITY else [])]


def shares(drawn: list[DemoGu], households: int) -> dict[str, int]:
    """How many homes each dong gets, in proportion to its households in truth; the sum is exactly `households`."""
    dongs = [dong for gu in drawn for dong in gu.dongs]
    whole = sum(dong.households for dong in dongs)
    given = {dong.code: households * dong.households // whole for dong in dongs}
    for dong in dongs[: households - sum(given.values())]:
        given[dong.code] += 1
    return given


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
