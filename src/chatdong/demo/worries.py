"""Worries of the year: reports of every pathway, what became of them, hand-overs, through the same actions as in real life."""

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from chatdong.demo.build import Settled
from chatdong.demo.people import Home
from chatdong.ground.accounts.queries import actor_of_id
from chatdong.kernel.errors import Refusal
from chatdong.kernel.period import age_on
from chatdong.policy.actor import Actor, resident
from chatdong.safetynet.discovery.actions import (
    Next,
    ReporterCard,
    Subject,
    ask_closure,
    ask_handover,
    choose_match,
    confirm_closure,
    record_visit_of,
    refuse_handover,
    register_lead,
    submit_report,
)
from chatdong.safetynet.discovery.queries.leads import open_lead_of
from chatdong.safetynet.visits.states import ClosureReason, NextStep, Outcome, OwnedState, Way

PATHWAYS = (
    ("neighbor", 24), ("warden", 18), ("big_data", 14), ("self", 10), ("call_1004", 8), ("kakao", 8), ("welfare_agency", 6),
    ("police", 4), ("fire", 3), ("school", 3), ("housing", 3), ("health", 3), ("area_officer", 3), ("meter", 2),
)  # fmt: skip
TEXTS = (
    ("며칠째 불이 꺼져 있고 우편물이 쌓여 있어요.", "today"),
    ("할머니가 혼자 사시는데 요즘 통 안 보이세요.", "today"),
    ("월세가 밀려서 쫓겨날 것 같다고 하세요.", "soon"),
    ("가스가 끊겨서 찬물로 씻는다고 합니다.", "today"),
    ("아이 울음소리가 자주 들리고 싸우는 소리가 나요.", "now"),
    ("일을 그만두신 뒤로 집 밖에 나오지 않으세요.", "soon"),
    ("반찬이 없어서 라면만 드시는 것 같아요.", "soon"),
    ("허리를 다쳐 혼자 장을 볼 수 없다고 해요.", "routine"),
    ("건강보험료가 여섯 달 밀렸습니다.", "routine"),
    ("아기를 낳았는데 분유값이 부족하대요.", "soon"),
    ("죽고 싶다는 말을 여러 번 하셨어요.", "now"),
    ("쓰레기가 문 앞까지 쌓여 냄새가 납니다.", "soon"),
)
MET = (
    "댁에서 만났습니다. 당장 먹을 것은 있으나 공과금이 밀려 있습니다.",
    "문 앞에서 이야기했습니다. 다음 주에 다시 오기로 했습니다.",
    "긴급복지 생계지원을 안내하고 신청을 도왔습니다.",
    "따님과 함께 만났습니다. 치매안심센터 검사를 예약했습니다.",
    "복지관 밑반찬 배달을 연결했습니다.",
)
CLOSURES = (ClosureReason.LINKED, ClosureReason.LINKED, ClosureReason.IMPROVED, ClosureReason.GOAL_REACHED, ClosureReason.NO_NEED)


@dataclass
class Teller:
    """Makes the worries of a demo, oldest first, from one seed."""

    settled: list[Settled]
    seed: int
    at: datetime

    def __post_init__(self) -> None:
        self.dice = random.Random(f"{self.seed}:worries")
        self.refused = 0

    def tell_all(self, count: int) -> int:
        """`count` worries over the last 150 days, a third of them in the last ten; returns how many were reported."""
        ages = sorted(
            (self.dice.uniform(0.02, 10) if self.dice.random() < 0.33 else self.dice.uniform(10, 150) for _ in range(count)),
            reverse=True,
        )
        for number, age in enumerate(ages):
            self._worry(number, self.at - timedelta(days=age), age)
        return count

    def _worry(self, number: int, when: datetime, age: float) -> None:
        dice = self.dice
        place = dice.choices(self.settled, [len(one.ids) for one in self.settled])[0]
        home = dice.choice(place.homes)
        text, urgency = dice.choice(TEXTS)
        pathway = dice.choices([name for name, _ in PATHWAYS], [weight for _, weight in PATHWAYS])[0]
        report = submit_report(
            by=resident("203.0.113.7"), key=f"demo-{self.seed}-{number}", pathway=pathway, at=when, text=text, urgency=urgency,
            subject=self._subject(home, place, age), reporter=self._reporter(pathway), gu_id=place.ward.gu_id,
            source="9월 발굴명단" if pathway == "big_data" else "", pick=dice.randrange,
        )  # fmt: skip
        household_id = report.household_id
        if household_id is None and age > 1.5:
            likely = report.candidates.order_by("-score").first() if dice.random() < 0.6 else None
            household_id = self._choose(report.pk, report.worker_id, likely.household_id if likely else None, when)
        if household_id is not None:
            self._follow(household_id, when, age)

    def _choose(self, report_id: int, worker_id: int, chosen: int | None, when: datetime) -> int | None:
        later = when + timedelta(hours=3)
        try:
            lead = choose_match(by=self._person(worker_id, later), report_id=report_id, household_id=chosen, at=later)
        except Refusal:
            self.refused += 1
            return None
        return lead.household_id

    def _subject(self, home: Home, place: Settled, age: float) -> Subject:
        person, draw = self.dice.choice(home.people), self.dice.random()
        address = f"{place.ward.drawn.name} {home.road}"
        if draw < 0.55:
            birth = person.birth if draw < 0.3 else None
            return Subject(person.name, birth, None, person.sex, person.phone, address, home.detail, place.ward.dong_id)
        if draw < 0.8:
            return Subject(name=person.name, phone=person.phone, birth_year=person.birth.year, dong_id=place.ward.dong_id)
        if draw < 0.92:
            old = "할머니" if person.sex == "f" else "할아버지"
            years = age_on(person.birth, self.at.date())
            return Subject(name=old if years > 64 else "", address=address, detail=home.detail, dong_id=place.ward.dong_id)
        return Subject(name=f"{person.name[0]}○○", dong_id=place.ward.dong_id)

    def _reporter(self, pathway: str) -> ReporterCard | None:
        if pathway in {"big_data", "self"} or self.dice.random() < 0.4:
            return None
        name, relation = self.dice.choice((("김이웃", "옆집"), ("박통장", "통장"), ("이반장", "반장"), ("최상담", "상담원")))
        return ReporterCard(name=name, phone="01001001004", relation=relation, wants_answer=self.dice.random() < 0.3)

    def _follow(self, household_id: int, when: datetime, age: float) -> None:
        """First contact, a second one, and the closure, as far as time has gone on."""
        dice = self.dice
        first = when + timedelta(hours=dice.uniform(1, 30))
        if first > self.at - timedelta(hours=6) or (age < 6 and dice.random() < 0.35):
            return
        ends = age > 14 and dice.random() < 0.85
        self._visit(household_id, first, Outcome.MET if dice.random() < 0.75 else Outcome.ABSENT, ends)
        second = first + timedelta(days=dice.uniform(1, 6))
        if second > self.at - timedelta(hours=6):
            return
        self._visit(household_id, second, Outcome.MET if dice.random() < 0.9 else Outcome.PHONE, ends, evening=True)
        if ends:
            self._close(household_id, second + timedelta(days=dice.uniform(1, 4)))

    def _visit(self, household_id: int, when: datetime, outcome: Outcome, ends: bool, evening: bool = False) -> None:
        lead = open_lead_of(household_id)
        if lead is None:
            return
        hour = self.dice.randint(16, 18) if evening else self.dice.randint(9, 15)
        done = min(when.replace(hour=hour, minute=self.dice.randrange(0, 60, 5)), self.at)
        way = Way.PHONE if outcome is Outcome.PHONE else Way.VISIT
        ahead = done if ends else max(done, self.at)
        then = Next(step=NextStep.VISIT, at=ahead + timedelta(days=self.dice.uniform(1, 12)))
        self._try(
            lambda: record_visit_of(
                by=self._person(lead.worker_id, done), key=uuid.UUID(int=self.dice.getrandbits(128), version=4),
                household_id=household_id, at=done, done_at=done, way=way, outcome=outcome, next=then,
                seen="" if outcome is Outcome.ABSENT else self.dice.choice(MET), left_notice=outcome is Outcome.ABSENT,
            )
        )  # fmt: skip

    def _close(self, household_id: int, when: datetime) -> None:
        lead = open_lead_of(household_id)
        if lead is None or when > self.at:
            return
        worker = self._person(lead.worker_id, when)
        if self.dice.random() < 0.7:
            number = f"2026-{self.dice.randrange(10**6):06d}"
            self._try(
                lambda: register_lead(by=worker, lead_id=lead.pk, system="haengbok", number=number, on=when.date(), at=when)
            )
        reason = self.dice.choice(CLOSURES)
        self._try(lambda: ask_closure(by=worker, lead_id=lead.pk, closure=reason, at=when, note="필요한 일을 마쳤습니다."))
        after = open_lead_of(household_id)
        if after is not None and after.state == OwnedState.CLOSING and self.dice.random() < 0.8:
            later = when + timedelta(hours=5)
            lead_of = {place.ward.dong_id: place.ward.team.team_lead for place in self.settled}
            self._try(lambda: confirm_closure(by=self._person(lead_of[lead.dong_id], later), lead_id=lead.pk, at=later))

    def hand_over(self, count: int) -> None:
        """Some households asked to be taken over by another dong: waiting, sent back, and one about to come back."""
        dice = self.dice
        for number in range(count):
            here, there = dice.sample(self.settled, 2)
            household_id = dice.choice(here.ids)
            asked = self.at - timedelta(hours=dice.uniform(1, 20) if number else 80)
            worker = self._person(here.ward.team.planners[0], asked)

            self._try(partial(self._ask, household_id, there, worker, asked, sends_back=number % 4 == 3))

    def _ask(self, household_id: int, there: Settled, worker: Actor, asked: datetime, *, sends_back: bool) -> None:
        row = ask_handover(
            by=worker, household_id=household_id, to_dong_id=there.ward.dong_id, at=asked,
            reason="지난주 그 동네로 이사하셨다고 합니다. 이어서 살펴 주세요.",
        )  # fmt: skip
        if sends_back:
            head = self._person(there.ward.team.team_lead, self.at)
            refuse_handover(by=head, handover_id=row.pk, answer="전입 신고가 아직 없습니다. 다시 확인해 주세요.", at=self.at)

    def _person(self, account_id: int, at: datetime) -> Actor:
        return actor_of_id(account_id, at=at)

    def _try(self, deed: Callable[[], object]) -> None:
        # Drawn events do not always fit together (a household may be closed by then); such a one is left out and counted.
        try:
            deed()
        except Refusal:
            self.refused += 1
