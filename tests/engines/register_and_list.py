"""An invented register and a dirty list about it, for measuring linkage. Seeded; nobody in it exists."""

import random
from datetime import date, timedelta

from chatdong.engines.linkage.person import Person, person_of
from chatdong.kernel.hangul import compose, parts

TODAY = date(2026, 11, 21)
_SURNAMES = (
    "김" * 22 + "이" * 15 + "박" * 8 + "최" * 5 + "정" * 4 + "강강조조윤윤장장임임한오서신권황안송유류홍전고문양손배백허남노하"
)
_GIVEN = {
    "old": "영숙 정숙 순자 영자 영희 정희 경숙 미숙 명숙 현숙 옥순 복순 "
    "영순 영수 영호 영철 영식 정호 성수 상철 종수 광수 용렬 희자",
    "young": "민준 서준 도윤 시우 주원 지호 서연 서윤 지우 서현 민서 하은 지민 지현 수진 유진 영재 영제 혜인 예린 민재 은지 은주",
}
_OLD, _YOUNG = (_GIVEN[age].split() for age in ("old", "young"))
_ROADS = [
    "독립문로8길",
    "통일로",
    "연희로11가길",
    "모래내로",
    "가재울미래로",
    "홍제내2길",
    "북아현로",
    "신촌로25안길",
    "증가로",
    "명지대길",
]
_DONGS = ["천연동", "홍제1동", "연희동", "홍은2동", "남가좌2동", "충현동", "북아현동", "신촌동", "북가좌1동", "홍은1동"]
_TITLES = ["", "", "", "", " 할머니", "씨", " 어르신", "님", "(본인)"]

Cells = dict[str, object]


def household(chance: random.Random) -> list[Cells]:
    """One home: one to four people who share an address, sometimes a phone, a surname and a syllable; now and then twins."""
    at = chance.randrange(len(_ROADS))
    address = f"서대문구 {_DONGS[at]} {_ROADS[at]} {chance.randint(1, 60)}"
    unit = f"{chance.randint(1, 5)}0{chance.randint(1, 6)}호" if chance.random() < 0.8 else ""
    surname, phone = chance.choice(_SURNAMES), _phone(chance)
    people: list[Cells] = []
    for place in range(chance.choices([1, 2, 3, 4], [40, 30, 18, 12])[0]):
        child = place >= 2 or (place == 1 and chance.random() < 0.3)
        birth = date(1935, 1, 1) + timedelta(days=chance.randrange(18_000))
        birth = date(2005, 1, 1) + timedelta(days=chance.randrange(7_600)) if child else birth
        if place == 3 and chance.random() < 0.3:
            birth = people[2]["birth"]  # twins
        given = chance.choice(_YOUNG if child else _OLD)
        if place == 3:
            given = (
                str(people[2]["name"])[1] + chance.choice([name for name in _YOUNG if name[1] != str(people[2]["name"])[2:]])[1]
            )
        own = surname if child or place == 0 else chance.choice(_SURNAMES)
        people.append(
            {
                "name": own + given,
                "birth": birth,
                "phone": phone if child or chance.random() < 0.15 else _phone(chance),
                "address": f"{address} {unit}".strip(),
            }
        )
    return people


def register(chance: random.Random, size: int) -> list[Cells]:
    """`size` people in households."""
    people: list[Cells] = []
    while len(people) < size:
        people += household(chance)
    return people[:size]


def dirty(chance: random.Random, told: Cells) -> Cells:
    """The same person as an agency would write it: typos, missing fields, other forms, moved, a relative's phone."""
    name, birth = str(told["name"]), told["birth"]
    assert isinstance(birth, date)
    roll = chance.random()
    if roll < 0.07:
        name = _one_jamo_off(chance, name)
    elif roll < 0.10:
        name = name.replace("류", "유").replace("렬", "열")
    elif roll < 0.13:
        name = name[0] + "OO"
    if chance.random() < 0.04:
        birth = chance.choice(
            [birth + timedelta(days=1), birth.replace(day=min(28, birth.day + 10)), birth + timedelta(days=365)]
        )
    written_birth: object = chance.choice(
        [birth, birth.isoformat(), f"{birth:%Y%m%d}", f"{birth:%y%m%d}", f"{birth.year}. {birth.month}. {birth.day}."]
    )
    written_birth = chance.choices([written_birth, None, str(birth.year)], [82, 13, 5])[0]
    phone: object = _phone(chance) if chance.random() < 0.15 else told["phone"]
    phone = chance.choices(
        [phone, int(str(phone)), None, f"{str(phone)[:3]}-{str(phone)[3:7]}-{str(phone)[7:]}"], [40, 20, 15, 25]
    )[0]
    address = str(told["address"]) if chance.random() > 0.09 else str(household(chance)[0]["address"])
    roll = chance.random()
    if roll < 0.3:
        address = address.rpartition(" ")[0] if address.endswith("호") else address
    elif roll < 0.5:
        address = address.replace("서대문구 ", "")
    elif roll < 0.6:
        address = address.replace(" ", "", 2)
    address = "" if chance.random() < 0.1 else address
    return {"name": name + chance.choice(_TITLES), "birth": written_birth, "phone": phone, "address": address}


def stranger(chance: random.Random, people: list[Cells]) -> Cells:
    """Somebody not in the register, near to somebody who is: same building, same name, a sibling, an earlier tenant."""
    near, own = chance.choice(people), household(chance)[0]
    kind = chance.randrange(4)
    if kind == 0:
        own["address"] = near["address"]
    elif kind == 1:
        own["name"] = near["name"]
    elif kind == 2:
        own |= {"name": str(near["name"])[:2] + "숙", "address": near["address"], "phone": near["phone"]}
        own["name"] = own["name"] if own["name"] != near["name"] else str(near["name"])[:2] + "광"
    elif kind == 3:
        own |= {"name": near["name"], "address": str(near["address"]).rpartition(" ")[0] + " 999호"}
    return own


def person(cells: Cells, ref: object = None) -> Person:
    """A row as linkage sees it."""
    return person_of(**cells, ref=ref, today=TODAY)


def _phone(chance: random.Random) -> str:
    return f"010{chance.randint(20_000_000, 99_999_999)}"


def _one_jamo_off(chance: random.Random, name: str) -> str:
    at = chance.randrange(1, len(name))
    initial, vowel, final = parts(name[at])
    other = chance.choice([one for one in "ㅏㅓㅗㅜㅣㅕ" if one != vowel])
    return name[:at] + compose(initial, other, final) + name[at + 1 :]
