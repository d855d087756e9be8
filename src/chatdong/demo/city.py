"""A whole city for measuring: every dong as full as a real one, loaded gu by gu on all cores."""

import os
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from multiprocessing import get_context

import django
from django.db import connections

from chatdong.demo.build import Settled
from chatdong.demo.districts import drawn_for, shares
from chatdong.demo.staff import Hiring
from chatdong.demo.town import Ward, homes_of, lay_places, row_of, settle_wards
from chatdong.demo.watching import watch_homes
from chatdong.ground.households.actions import load_households, search_index_off, search_index_on
from chatdong.policy.actor import system
from chatdong.safetynet.discovery.actions import load_leads
from chatdong.safetynet.discovery.loaded import LeadRow

SHARE = 0.004  # a dong of ten thousand households has about forty open leads
BUILDER = "시연 만들기"


@dataclass(frozen=True)
class Load:
    """One gu to fill: its dong, each with how many homes."""

    wards: tuple[tuple[Ward, int], ...]
    seed: int
    at: datetime

    @property
    def size(self) -> int:
        return sum(count for _, count in self.wards)


def build_city(*, households: int, seed: int, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Fill 25 gu. A gu is filled by one process from beginning to end, so that two never wait for each other's names."""
    by, since = system(BUILDER), at - timedelta(days=400)
    drawn = drawn_for(households)
    lay_places(by, drawn, since)
    given = shares(drawn, households)
    wards = list(settle_wards(by, drawn, Hiring(by, since.date(), since, seed), since))
    loads = [
        Load(tuple((ward, given[ward.drawn.code]) for ward in group), seed, at)
        for _, group in groupby(wards, key=lambda ward: ward.gu_id)
    ]
    search_index_off(by=by, at=at)
    connections.close_all()
    made = {"가구": 0, "주기적 방문": 0, "발굴 건": 0}
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=django.setup) as pool:
        for number, counts in enumerate(pool.map(fill, sorted(loads, key=lambda load: -load.size)), start=1):
            made = {name: made[name] + counts[name] for name in made}
            say(f"{number}/{len(loads)}개 구, 가구 {made['가구']:,}")
    say("찾기 색인을 만듭니다.")
    search_index_on(by=by, at=at)
    return made


def fill(load: Load) -> dict[str, int]:
    """Homes, watches and leads of one gu, a dong at a time; what was made."""
    by = system(BUILDER)
    made = {"가구": 0, "주기적 방문": 0, "발굴 건": 0}
    for ward, count in load.wards:
        homes = homes_of(ward, count, load.seed, load.at.date())
        rows = (row_of(home, ward, load.at - timedelta(days=400)) for home in homes)
        place = Settled(ward, homes, load_households(by=by, rows=rows, at=load.at))
        made["가구"] += len(place.ids)
        made["주기적 방문"] += len(watch_homes(by, [place], seed=load.seed, at=load.at))
        made["발굴 건"] += load_leads(by=by, rows=_leads(place, load.seed, load.at), at=load.at)
    return made


def _leads(place: Settled, seed: int, at: datetime) -> Iterator[LeadRow]:
    ward, dice = place.ward, random.Random(f"{seed}:leads:{place.ward.drawn.code}")
    for home, household_id in zip(place.homes, place.ids, strict=True):
        if dice.random() < SHARE:
            worker = ward.team.planner_of(home.tong, ward.tongs)
            opened = at - timedelta(days=dice.uniform(0, 20))
            urgency = dice.choice(("now", "today", "soon", "soon", "routine", "routine"))
            due, then = opened + timedelta(days=3), at + timedelta(days=dice.uniform(-3, 14))
            yield LeadRow(household_id, ward.dong_id, worker, "neighbor", urgency, opened, due, then)
