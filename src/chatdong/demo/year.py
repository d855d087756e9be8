"""The whole demo: settle, watch, visit, worry, hand over, and let the clocks run, so that every screen has something to see."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from chatdong.demo.build import Settled, settle
from chatdong.demo.city import build_city
from chatdong.demo.directory import settle_directory
from chatdong.demo.districts import WHOLE_CITY
from chatdong.demo.first_dong import fill_first_dong
from chatdong.demo.means import tell_means
from chatdong.demo.universal import visit_universally
from chatdong.demo.watching import watch_homes
from chatdong.demo.worries import Teller
from chatdong.ground.accounts.actions import keep_draft
from chatdong.ground.accounts.queries import actor_of_id
from chatdong.kernel.errors import Refusal
from chatdong.safetynet.discovery.actions import climb, return_overdue_handovers
from chatdong.safetynet.visits.actions import note_activity, plan_visit


def build(*, households: int, seed: int, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Build a demo of a size; the same seed and time give the same demo. Returns what was made, for the last line."""
    if households >= WHOLE_CITY:
        return build_city(households=households, seed=seed, at=at, say=say)
    by, settled = settle(households=households, seed=seed, at=at, say=say)
    say("올해 보편방문 대상을 올리고 만난 이들을 적습니다.")
    met = visit_universally(by, settled, seed=seed, at=at)
    say("위험군 가구를 지도에 올리고 한 해의 방문을 적습니다.")
    watched = watch_homes(by, settled, seed=seed, at=at)
    say("주민과 기관의 걱정을 접수하고 살핍니다.")
    teller = Teller(settled, seed, at)
    worries = teller.tell_all(max(60, households // 14))
    teller.hand_over(8)
    _plan_ahead(settled, watched, seed, at)
    fill_first_dong(settled[0], seed=seed, at=at)
    say("몇몇 가구의 사정과 받는 혜택, 신청을 적습니다.")
    means = tell_means(settled, seed=seed, at=at)
    _half_filled(settled, at)
    say("동네 복지기관을 올립니다.")
    settle_directory(by, [place.ward for place in settled], at)
    say("지난 기한을 확인합니다.")
    return_overdue_handovers(by=by, at=at)
    climb(by=by, at=at)
    return {"가구": households, "주기적 방문": len(watched), "보편방문": met, "신고": worries, "사정을 들은 가구": means}


def _plan_ahead(settled: list[Settled], watched: set[int], seed: int, at: datetime) -> None:
    """Each planner has visits planned for today and the coming days, and has noted a few other things of the week."""
    dice = random.Random(f"{seed}:plans")
    for place in settled:
        near = [
            (home, household_id) for home, household_id in zip(place.homes, place.ids, strict=True) if household_id in watched
        ]
        for home, household_id in dice.sample(near, min(9, len(near))):
            worker = actor_of_id(place.ward.team.planner_of(home.tong, place.ward.tongs), at=at)
            day = at.date() + timedelta(days=dice.choice((0, 0, 0, 1, 2, 3)))
            try:
                plan_visit(
                    by=worker, household_id=household_id, planned_on=day, at=at, slot=dice.choice(("morning", "afternoon")),
                    companion_id=place.ward.team.nurse if dice.random() < 0.25 else None,
                )  # fmt: skip
            except Refusal:
                continue
        for account_id in (*place.ward.team.planners, place.ward.team.team_lead):
            person = actor_of_id(account_id, at=at)
            note_activity(
                by=person, kind="neighbor_finding", on=at.date() - timedelta(days=dice.randrange(3)), at=at, note="경로당"
            )


def _half_filled(settled: list[Settled], at: datetime) -> None:
    """A visit sheet that the first planner began and did not send."""
    place = settled[0]
    planner = actor_of_id(place.ward.team.planners[0], at=at)
    body = {"outcome": ["met"], "seen": ["문을 열어 주셨습니다. 감기에 걸려 누워 계셨고"]}
    keep_draft(by=planner, key=f"visit-{place.ids[0]}", body=body, at=at)
