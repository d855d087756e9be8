"""Invented people: households of a dong, drawn from one seed a dong, so that any dong is the same at any size of the rest."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from chatdong.demo.districts import DemoDong

SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설"
    "마길연위표명기반왕금옥육인맹제모탁국"
)
# Kim alone is a fifth of the country; the weights fall off as the census does, roughly.
SURNAME_WEIGHTS = [21.5, 14.7, 8.4, 4.7, 4.4, 2.4, 2.1, 2.1, 2.0, 1.7, 1.5, 1.5, 1.5, 1.4, 1.4, 1.3, 1.4, 1.4, 1.1, 1.0]
SURNAME_WEIGHTS += [0.9 * 0.95**step for step in range(len(SURNAMES) - len(SURNAME_WEIGHTS))]
DOUBLE = ("남궁", "황보", "제갈", "선우", "독고", "사공")
OLD_FIRST, OLD_LAST_F, OLD_LAST_M = "영순정명옥복금말춘점분병종성광재기상용덕", "자순숙희옥례임녀심분", "수호식철길환남만석근"
MID_FIRST, MID_LAST_F, MID_LAST_M = "은미정경혜현선지수민영성상재동준승태", "숙희경정미영란주연진", "호철훈석수욱진우식환"
NEW_FIRST, NEW_LAST_F, NEW_LAST_M = "서지하민예도윤수시유은주채이준건현우", "윤아연은율린서희원나", "준우현호민율원혁빈찬"

PASSWORD = "chatdong-demo-1004"  # of every invented worker
SIZES, SIZE_WEIGHTS = (1, 2, 3, 4, 5), (36.0, 26.0, 19.0, 14.0, 5.0)


@dataclass(frozen=True)
class Person:
    """One invented person."""

    name: str
    birth: date
    sex: str
    relation: str
    phone: str


@dataclass(frozen=True)
class Home:
    """One invented household: where it lives, who belongs to it, and what makes it one to visit."""

    number: int
    road: str
    detail: str
    dwelling: str
    tong: int
    ban: int
    lon: float
    lat: float
    people: tuple[Person, ...]
    circumstances: tuple[str, ...]
    hidden: bool


class Drawer:
    """Draws the homes of one dong. `spots` are ready points inside the outline: one draw a home would cost most of the time."""

    def __init__(self, dong: DemoDong, seed: int, today: date) -> None:
        self.dong, self.today = dong, today
        self.dice = random.Random(f"{seed}:{dong.code}")
        self.surname_sums = list(accumulate(SURNAME_WEIGHTS))
        self.spots = self._spots()
        self.buildings: dict[str, tuple[float, float]] = {}

    def _spots(self) -> list[tuple[float, float]]:
        from chatdong.demo.districts import point_in

        points = (point_in(self.dong.outline, self.dice) for _ in range(400))
        return [(point.x, point.y) for point in points]

    def homes(self, count: int) -> Iterator[Home]:
        """`count` homes, in a fixed order; tong of about 300 households in truth, fewer in a small demo."""
        tongs = max(4, round(self.dong.households / 300))
        for number in range(count):
            yield self._home(number, tongs)

    def _home(self, number: int, tongs: int) -> Home:
        dice = self.dice
        people = self._family()
        kind = dice.random()
        dwelling = "basement" if kind < 0.055 else "rooftop" if kind < 0.07 else "one_room" if kind < 0.10 else "house"
        road = f"{dice.choice(self.dong.roads)} {dice.randint(1, 240)}"
        if dice.random() < 0.25:
            road += f"-{dice.randint(1, 30)}"
        lon, lat = self.buildings.setdefault(road, self._spot())
        tong = 1 + int((hash_of(road) % 1000) / 1000 * tongs)
        unit = {
            "basement": f"지하 {dice.randint(1, 3)}호",
            "rooftop": "옥탑방",
            "one_room": f"{dice.randint(2, 4)}{dice.randint(1, 20):02d}호",
        }
        detail = unit.get(dwelling) or f"{dice.randint(1, 15)}0{dice.randint(1, 8)}호"
        return Home(
            number, road, detail, dwelling, tong, 1 + dice.randrange(5), round(lon, 6), round(lat, 6), people,
            self._circumstances(people, dwelling), dice.random() < 0.002,
        )  # fmt: skip

    def _spot(self) -> tuple[float, float]:
        lon, lat = self.dice.choice(self.spots)
        return lon + self.dice.uniform(-4e-4, 4e-4), lat + self.dice.uniform(-3e-4, 3e-4)

    def _family(self) -> tuple[Person, ...]:
        dice = self.dice
        size = dice.choices(SIZES, SIZE_WEIGHTS)[0]
        if size == 1:
            age = dice.choice((dice.randint(20, 45), dice.randint(46, 92), dice.randint(60, 92)))
            return (self._person(age, dice.choice("fm"), "head"),)
        head_age = dice.randint(28, 84) if size == 2 else dice.randint(29, 64)
        head_sex = "m" if dice.random() < 0.66 else "f"
        family = [self._person(head_age, head_sex, "head")]
        alone = size == 2 and head_age < 58 and dice.random() < 0.22
        if not alone:
            family.append(self._person(max(20, head_age + dice.randint(-6, 4)), "f" if head_sex == "m" else "m", "spouse"))
        for _ in range(size - len(family)):
            child_age = head_age - dice.randint(24, 40)
            if child_age < 0 and dice.random() < 0.5:
                child_age = 0
            if 0 <= child_age <= 34:
                family.append(self._person(child_age, dice.choice("fm"), "child", family[0].name))
            else:
                family.append(self._person(min(95, head_age + dice.randint(22, 32)), dice.choice("ffm"), "parent"))
        return tuple(family)

    def _person(self, age: int, sex: str, relation: str, parent: str = "") -> Person:
        dice = self.dice
        birth = self.today - timedelta(days=int(age * 365.2425) + dice.randrange(365))
        surname = parent[0] if parent and parent[:2] not in DOUBLE else parent[:2] or self._surname()
        first, last = (
            (OLD_FIRST, OLD_LAST_F if sex == "f" else OLD_LAST_M) if age >= 58
            else (MID_FIRST, MID_LAST_F if sex == "f" else MID_LAST_M) if age >= 30
            else (NEW_FIRST, NEW_LAST_F if sex == "f" else NEW_LAST_M)
        )  # fmt: skip
        name = surname + dice.choice(first) + dice.choice(last)
        # numbers that no operator gives out: 010-0xxx
        phone = f"0100{dice.randint(100, 999)}{dice.randint(0, 9999):04d}" if age >= 12 and dice.random() < 0.93 else ""
        return Person(name, birth, sex, relation, phone)

    def _surname(self) -> str:
        if self.dice.random() < 0.004:
            return self.dice.choice(DOUBLE)
        return self.dice.choices(SURNAMES, cum_weights=self.surname_sums)[0]

    def _circumstances(self, people: tuple[Person, ...], dwelling: str) -> tuple[str, ...]:
        dice, found = self.dice, []
        old_alone = len(people) == 1 and (self.today - people[0].birth).days > 65 * 365
        poor = 0.05 + (0.14 if old_alone else 0) + (0.14 if dwelling in {"basement", "rooftop", "one_room"} else 0)
        draw = dice.random()
        if draw < poor:
            found.append("basic_livelihood")
        elif draw < poor * 1.6:
            found.append("near_poor")
        if len(people) >= 2 and people[1].relation == "child" and dice.random() < 0.5:
            found.append("single_parent")
        if len(people) == 1 and dice.random() < (0.06 if old_alone else 0.025):
            found.append("isolated")
        if dice.random() < 0.035:
            found.append("disability")
        return tuple(found)


def hash_of(text: str) -> int:
    """A number from a text that is the same in every run (Python's own hash is not)."""
    value = 2166136261
    for char in text:
        value = (value ^ ord(char)) * 16777619 & 0xFFFFFFFF
    return value
