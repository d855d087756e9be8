"""A year of watching the households at risk: gradings, watches and every contact, as rows to load."""

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from chatdong.demo.build import Settled
from chatdong.demo.people import Home
from chatdong.demo.reasons import declared
from chatdong.engines.risk import Rhythm, assess, next_visit_by
from chatdong.ground.places.queries import work_calendar
from chatdong.policy.actor import Actor
from chatdong.safetynet.visits.actions import load_assessments, load_contacts, load_unreached, load_watches
from chatdong.safetynet.visits.loaded import AssessmentRow, ContactRow, UnreachedRow, WatchRow
from chatdong.safetynet.visits.queries.rules import ENGINE_GRADE, GRADE_OF, rhythms_on, weights_on
from chatdong.safetynet.visits.states import Grade

Rhythms = dict[str, Rhythm]
EVERY_DAYS = {Grade.HIGH: 7, Grade.MEDIUM: 30, Grade.LOW: 91}
SEEN = (
    "안부를 확인했습니다. 식사는 하루 두 끼 드신다고 합니다.",
    "집 안이 어둡고 난방을 아끼고 계십니다. 전기장판을 쓰십니다.",
    "무릎이 아파 외출을 못 하셨습니다. 병원 동행을 알아보기로 했습니다.",
    "밑반찬을 잘 드셨습니다. 다음 방문 때 약 봉투를 함께 살펴보기로 했습니다.",
    "표정이 밝아지셨습니다. 복지관 프로그램에 한 번 가 보셨다고 합니다.",
    "월세가 두 달 밀렸다고 하십니다. 주거비 지원을 안내했습니다.",
    "아이가 감기에 걸려 있었습니다. 분유와 기저귀가 부족합니다.",
    "전화를 받으셨고 목소리가 평소와 같았습니다.",
    "이웃과 다투어 속상해하셨습니다. 이야기를 오래 들었습니다.",
    "혈압이 높게 나와 보건소 진료를 예약했습니다.",
)


@dataclass
class Rows:
    """What one dong's watching comes to."""

    assessments: list[AssessmentRow] = field(default_factory=list)
    watches: list[WatchRow] = field(default_factory=list)
    contacts: list[ContactRow] = field(default_factory=list)
    unreached: list[UnreachedRow] = field(default_factory=list)


def watch_homes(by: Actor, settled: list[Settled], *, seed: int, at: datetime, history: bool = True) -> set[int]:
    """Load the watching of every dong; returns the ids of the households that are watched. Without `history` no contacts."""
    weights, calendar = weights_on(at.date(), None), work_calendar()
    watched: set[int] = set()
    for place in settled:
        rhythms = rhythms_on(at.date(), place.ward.gu_id)

        def due(grade: Grade, suicide: bool, last: date, rhythms: Rhythms = rhythms) -> datetime:
            day = next_visit_by(ENGINE_GRADE[grade], suicide, last, rhythms, calendar)
            return calendar.closes_at(day or at.date())

        dice = random.Random(f"{seed}:watching:{place.ward.drawn.code}")
        rows = Rows()
        for home, household_id in zip(place.homes, place.ids, strict=True):
            codes = declared(home, at.date(), dice)
            if codes:
                verdict = assess(codes, weights)
                grade = GRADE_OF[verdict.grade]
                if grade is not Grade.NONE:
                    _watch(rows, place, home, household_id, codes, grade, verdict.suicide, dice, at, history, due)
        load_assessments(by=by, rows=rows.assessments, at=at)
        load_watches(by=by, rows=rows.watches, at=at)
        load_contacts(by=by, rows=rows.contacts, at=at)
        load_unreached(by=by, rows=rows.unreached, at=at)
        watched |= {row.household_id for row in rows.watches}
    return watched


def _watch(
    rows: Rows, place: Settled, home: Home, household_id: int, codes: tuple[str, ...], grade: Grade, suicide: bool,
    dice: random.Random, at: datetime, history: bool, due: Callable[[Grade, bool, date], datetime],
) -> None:  # fmt: skip
    ward = place.ward
    worker = ward.team.planner_of(home.tong, ward.tongs)
    opened = _office(at - timedelta(days=dice.randint(20, 330)), dice)
    rows.assessments.append(AssessmentRow(household_id, grade, opened, suicide, codes, by=worker))
    every = 3 if suicide else EVERY_DAYS[grade]
    missed = dice.random() < 0.04
    end = at - timedelta(days=every + 2 if missed else 0)
    when, last = opened, None
    while when < end:
        if (reached := _contact(rows, place, household_id, worker, when, dice, history)) is not None:
            last = reached
        when = _office(when + timedelta(days=max(1, round(every * dice.uniform(0.75, 1.0)))), dice)
    if not missed and (last is None or (at - last).days >= every):
        # most promises are kept: the last visit in vain was made good
        last = _office(at - timedelta(days=dice.uniform(0.2, every * 0.8)), dice)
        _contact(rows, place, household_id, worker, last, dice, history, surely=True)
    last = last or opened
    tried = not missed and dice.random() < 0.02
    if tried:
        _lost(rows, place, household_id, worker, dice, at)
    rows.watches.append(
        WatchRow(
            household_id, ward.dong_id, worker, grade, opened, suicide, codes, "try_again" if tried else "watch",
            due(grade, suicide, last.date()), last,
        )
    )  # fmt: skip


def _contact(
    rows: Rows,
    place: Settled,
    household_id: int,
    worker: int,
    when: datetime,
    dice: random.Random,
    history: bool,
    surely: bool = False,
) -> datetime | None:
    """One contact; the time it reached somebody, None when it did not."""
    draw = dice.random() * (0.88 if surely else 1)
    way, outcome = ("visit", "met") if draw < 0.74 else ("phone", "phone") if draw < 0.88 else ("visit", "absent")
    if history:
        companion = place.ward.team.nurse if way == "visit" and dice.random() < 0.15 else None
        rows.contacts.append(
            ContactRow(
                _key(dice), household_id, place.ward.dong_id, worker, when, way, outcome,
                seen=dice.choice(SEEN) if outcome != "absent" else "", left_notice=outcome == "absent", companion_id=companion,
            )
        )  # fmt: skip
    return None if outcome == "absent" else when


def _lost(rows: Rows, place: Settled, household_id: int, worker: int, dice: random.Random, at: datetime) -> None:
    """A search under way: some attempts in vain in the last days, each at another hour or in another way."""
    attempts = dice.randint(1, 5)
    for number in range(attempts):
        when = (at - timedelta(days=attempts - number)).replace(hour=(10, 15, 18)[number % 3], minute=dice.randint(0, 59))
        way = "phone" if number % 2 else "visit"
        rows.contacts.append(
            ContactRow(_key(dice), household_id, place.ward.dong_id, worker, when, way, "absent", left_notice=way == "visit")
        )
    rung = "worker" if attempts < 3 else "warden"
    rows.unreached.append(
        UnreachedRow(
            household_id, place.ward.dong_id, worker, at - timedelta(days=attempts), "phone" if attempts % 2 else "visit",
            attempts, rung, next_band="evening", next_at=at + timedelta(hours=dice.choice((-20, 5, 20, 28))),
        )
    )  # fmt: skip


def _office(when: datetime, dice: random.Random) -> datetime:
    """The same day at an hour at which people are visited; a weekend becomes the Friday before."""
    when -= timedelta(days=max(0, when.weekday() - 4))
    return when.replace(hour=dice.randint(9, 17), minute=dice.randrange(0, 60, 5), second=0, microsecond=0)


def _key(dice: random.Random) -> uuid.UUID:
    return uuid.UUID(int=dice.getrandbits(128), version=4)
