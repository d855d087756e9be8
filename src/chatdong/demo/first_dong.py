"""The dong of the demo log-ins: whatever chance left out there is made, so that no screen of theirs is empty."""

from datetime import datetime, timedelta

from chatdong.demo.build import Settled
from chatdong.ground.accounts.queries import actor_of_id
from chatdong.ground.households.actions import hide_address
from chatdong.policy.actor import resident
from chatdong.safetynet.discovery.actions import ReporterCard, Subject, ask_closure, choose_match, submit_report
from chatdong.safetynet.discovery.queries.leads import open_lead_of
from chatdong.safetynet.visits.actions import assess_household
from chatdong.safetynet.visits.states import ClosureReason


def fill_first_dong(place: Settled, *, seed: int, at: datetime) -> None:
    """Reports that wait for a person, a closure that waits for a second one, a hidden address."""
    planner = actor_of_id(place.ward.team.planners[0], at=at)
    known = place.homes[-1].people[0]
    worries = (
        (
            "옆집 할아버지가 며칠째 안 보이세요. 신문이 쌓여 있어요.",
            Subject(name=f"{known.name[0]}씨 할아버지", dong_id=place.ward.dong_id),
        ),
        ("아이가 혼자 있는 것 같아요.", Subject(name=known.name, dong_id=place.ward.dong_id)),
    )
    for number, (text, subject) in enumerate(worries):
        submit_report(
            by=resident("203.0.113.8"), key=f"demo-{seed}-first-{number}", pathway="neighbor", text=text,
            at=at - timedelta(minutes=50 - number), subject=subject,
            reporter=ReporterCard(name="김이웃", phone="01001001004", relation="옆집"),
        )  # fmt: skip
    sure = submit_report(
        by=resident("203.0.113.8"), key=f"demo-{seed}-first-closing", pathway="warden", at=at - timedelta(days=3),
        text="불이 꺼진 집에 혼자 계세요.", subject=Subject(name=known.name, phone=known.phone, dong_id=place.ward.dong_id),
    )  # fmt: skip
    if sure.household_id is None:
        choose_match(by=planner, report_id=sure.pk, household_id=place.ids[-1], at=at - timedelta(days=3))
    assess_household(
        by=planner,
        household_id=place.ids[-1],
        reasons=["elder_abuse", "lives_alone"],
        at=at - timedelta(days=2),
        note="이웃의 말",
    )
    lead = open_lead_of(place.ids[-1])
    if lead is not None:
        ask_closure(
            by=planner,
            lead_id=lead.pk,
            closure=ClosureReason.WATCHED,
            at=at - timedelta(hours=2),
            note="매주 찾아뵙기로 했습니다.",
        )
    head = actor_of_id(place.ward.team.team_lead, at=at)
    hide_address(by=head, household_id=place.ids[-2], hidden=True, why="가정폭력 피해", at=at - timedelta(days=1))
