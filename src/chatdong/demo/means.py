"""What some demo households told of their means, what they get, and their claims in every state."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from chatdong.demo.build import Settled
from chatdong.demo.people import Home, Person
from chatdong.engines.eligibility import Value
from chatdong.ground.accounts.queries import actor_of_id
from chatdong.ground.households.queries import access_household
from chatdong.kernel.errors import Refusal
from chatdong.policy.actor import Actor
from chatdong.safetynet.benefits.actions import (
    apply_claim,
    decide_claim,
    drop_claim,
    note_claim,
    note_facts,
    note_receipt,
    object_claim,
    tell_claim,
)
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.queries import owed_of
from chatdong.safetynet.benefits.standard import for_everybody
from chatdong.safetynet.benefits.states import DropReason

FEW, FIRST = 4, 14  # homes of a dong that told their means; the dong of the demo log-ins has more
ADULT = 19
RECEIVED = {
    "basic_livelihood": ("living_benefit", "medical_benefit", "housing_benefit"),
    "near_poor": ("near_poor_cert",),
    "single_parent": ("single_parent_support",),
}
Turn = Callable[[Actor, Any, datetime], object]


def tell_means(settled: list[Settled], *, seed: int, at: datetime) -> int:
    """Facts, receipts and claims, through the same actions as at a desk; how many households told something."""
    told = 0
    for number, place in enumerate(settled):
        dice = random.Random(f"{seed}:means:{place.ward.drawn.code}")
        homes = _some(place, dice, FIRST if number == 0 else FEW)
        told += len(homes)
        turns = _turns(at) if number == 0 else iter(((3, _noted),))
        for home, household_id in homes:
            planner = actor_of_id(place.ward.team.planner_of(home.tong, place.ward.tongs), at=at)
            then = at - timedelta(days=dice.randint(100, 130))
            _tell(planner, home, household_id, dice, then)
            _receive(planner, home, household_id, dice, then)
            ago, turn = next(turns, (0, None))
            if turn is not None:
                _claim(planner, household_id, turn, at - timedelta(days=ago), at)
    return told


def _some(place: Settled, dice: random.Random, count: int) -> list[tuple[Home, int]]:
    """Homes in need first, others after them. The last ones of a dong have another story to tell (first_dong)."""
    pairs = list(zip(place.homes, place.ids, strict=True))[:-2]
    dice.shuffle(pairs)
    return sorted(pairs, key=lambda pair: not pair[0].circumstances)[:count]


def _tell(by: Actor, home: Home, household_id: int, dice: random.Random, at: datetime) -> None:
    poor = bool({"basic_livelihood", "near_poor"} & set(home.circumstances))
    facts: dict[str, Value] = {
        "tenure": dice.choice((1, 2, 2, 3)), "deposit": dice.choice((3, 5, 10, 50)) * 1_000_000,
        "rent": dice.choice((0, 200_000, 350_000)), "home_value": 0, "other_property": 0, "car": 0, "car_value": 0,
        "financial": dice.choice((0, 500_000, (1, 3_000_000))) if poor else (3_000_001, 6_000_000),
        "debt": dice.choice((0, 0, None)), "other_income": 0, "medical_expense": dice.choice((0, 60_000, None)),
        "supporter_exists": dice.choice((0, 0, None)),
    }  # fmt: skip
    file = access_household(by=by, household_id=household_id, at=at)
    rows = {one.name: one.id for one in file.residents if one.state == "living"}
    people = {rows[one.name]: _person(one, poor, dice, at) for one in home.people if one.name in rows}
    source = dice.choice(("visit", "visit", "phone", "document"))
    note_facts(
        by=by, household_id=household_id, facts={key: value for key, value in facts.items() if value is not None},
        people=people, source=source, book=catalog().book, at=at,
    )  # fmt: skip


def _person(person: Person, poor: bool, dice: random.Random, at: datetime) -> dict[str, Value]:
    age = (at.date() - person.birth).days // 365
    if age < ADULT:
        return {}
    works = age < 65 and dice.random() < (0.4 if poor else 0.8)
    earned: Value = dice.choice((700_000, 900_000) if poor else (1_800_000, (2_000_001, 3_000_000))) if works else 0
    return {"earned": earned, "business": 0, "pension": dice.choice((0, 280_000)) if age >= 65 else 0}


def _receive(by: Actor, home: Home, household_id: int, dice: random.Random, at: datetime) -> None:
    keys = [key for one in home.circumstances for key in RECEIVED.get(one, ())]
    if "living_benefit" in keys and dice.random() < 0.3:
        keys.append("seoul_basic_security")  # may not be had beside 생계급여: the page says so
    for key in keys:
        since = at.date() - timedelta(days=dice.randint(200, 900))
        note_receipt(by=by, household_id=household_id, benefit=key, since=since, source="register", book=catalog().book, at=at)


def _claim(by: Actor, household_id: int, turn: Turn, then: datetime, at: datetime) -> None:
    owed = owed_of(by=by, household_id=household_id, catalog=catalog(), at=at)
    free = for_everybody(catalog().book.on(at.date()))
    likely = [card for card in owed.likely if card.benefit not in free] or list(owed.maybe)
    if not likely:
        return
    chosen = next((card for card in likely if card.page.per == "month"), likely[0])
    whose = next(iter(chosen.to_note), None)
    row = note_claim(by=by, household_id=household_id, benefit=chosen.benefit, book=catalog().book, at=then, resident_id=whose)
    try:
        turn(by, row, then)
    except Refusal:
        return  # a day that the calendar of this demo does not allow: the claim stays where it is


def _turns(at: datetime) -> Iterator[tuple[int, Turn]]:
    """One claim in each state, begun so many days ago; the refusal with twelve days left to object."""
    day = timedelta(days=1)

    def applied(by: Actor, row: Any, then: datetime, number: str = "2026-0412") -> None:
        tell_claim(by=by, claim_id=row.pk, on=(then + day).date(), at=then + day)
        apply_claim(
            by=by, claim_id=row.pk, on=(then + 3 * day).date(), at=then + 3 * day, system_number=f"{number}{row.pk:03d}",
            system_on=(then + 3 * day).date(),
        )  # fmt: skip

    def told(by: Actor, row: Any, _then: datetime) -> None:
        tell_claim(by=by, claim_id=row.pk, on=(at - 3 * day).date(), at=at - 3 * day)

    def late(by: Actor, row: Any, then: datetime) -> None:
        tell_claim(by=by, claim_id=row.pk, on=then.date(), at=then)

    def refused(by: Actor, row: Any, then: datetime, ago: int = 78) -> None:
        applied(by, row, then)
        on = at - ago * day
        decide_claim(by=by, claim_id=row.pk, is_granted=False, on=on.date(), at=on, reason="재산이 기준을 넘는다고 함")

    def objected(by: Actor, row: Any, then: datetime) -> None:
        refused(by, row, then, 60)
        object_claim(by=by, claim_id=row.pk, on=(at - 20 * day).date(), at=at - 20 * day)

    def granted(by: Actor, row: Any, then: datetime) -> None:
        applied(by, row, then)
        decide_claim(by=by, claim_id=row.pk, is_granted=True, on=(at - 50 * day).date(), at=at - 50 * day)

    def dropped(by: Actor, row: Any, then: datetime) -> None:
        tell_claim(by=by, claim_id=row.pk, on=(then + day).date(), at=then + day)
        drop_claim(by=by, claim_id=row.pk, reason=DropReason.UNWANTED, at=then + 5 * day)

    yield from ((100, refused), (17, late), (20, applied), (90, objected), (70, granted), (12, dropped), (3, _noted), (6, told))


def _noted(_by: Actor, _row: Any, _then: datetime) -> None:
    """It stays noted."""
