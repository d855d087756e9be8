"""Invented organizations and what they offer, spread over the dong of the demo: a directory as a district would load it.

Names, numbers and hours are made up; no 02-000 number is given out.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from chatdong.demo.town import Ward
from chatdong.policy.actor import Actor
from chatdong.safetynet.benefits.actions import load_directory
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.hsds import (
    CostRow,
    Directory,
    LocationRow,
    OfferingRow,
    OrganizationRow,
    PlaceRow,
    ScheduleRow,
)

WEEKDAYS, ALL_DAYS = "MO,TU,WE,TH,FR", "MO,TU,WE,TH,FR,SA,SU"


@dataclass(frozen=True)
class Invented:
    """One service of a kind of organization. `hours` as (byday, opens, closes); `fee` in won, None where nothing is said."""

    name: str
    about: str
    situations: str
    who: str = ""
    apply: str = "전화로 묻고 방문해 주세요."
    hours: tuple[str, int, int] = (WEEKDAYS, 9, 18)
    fee: int | None = 0
    per: str = ""
    ages: tuple[int | None, int | None] = (None, None)


ELDER = (65, None)
KINDS: dict[str, tuple[str, tuple[Invented, ...]]] = {
    "복지관": ("동네 주민 누구나 찾아와 상의하는 곳입니다.", (
        Invented("생활 상담", "사는 일의 어려움을 함께 살피고 맞는 도움으로 잇습니다.", "no_living_money debt_trouble lonely"),
        Invented("밑반찬 배달", "일주일에 두 번 밑반찬을 집으로 가져다 드립니다.", "cannot_cook no_food elder_alone",
                 "혼자 밥을 챙기기 어려운 분", "동주민센터나 복지관에 신청해 주세요.", ("TU,FR", 10, 13)),
    )),
    "어르신복지센터": ("어르신이 모여 배우고 밥을 드시는 곳입니다.", (
        Invented("경로식당", "점심을 드립니다. 형편이 어려운 분은 그냥 드십니다.", "cannot_cook no_food elder_alone",
                 "60세부터", "처음 오실 때 신분증을 보여 주세요.", (WEEKDAYS, 11, 13), 2500, "한 끼", (60, None)),
        Invented("안부 전화", "일주일에 두 번 전화를 드리고, 받지 않으시면 찾아갑니다.", "elder_alone safety_check lonely",
                 "혼자 사시는 어르신", ages=ELDER),
    )),
    "돌봄센터": ("갑자기 돌봄이 필요할 때 찾아가는 곳입니다.", (
        Invented("병원 동행", "병원에 함께 가고 약을 받아 모셔다 드립니다.", "escort_hospital cannot_move elder_alone",
                 "혼자 병원에 가기 어려운 분", "이틀 전까지 전화해 주세요.", (WEEKDAYS, 8, 19), 5000, "한 시간"),
        Invented("잠시 돌봄", "보호자가 없을 때 집에 와서 돌봅니다.", "temp_care discharge_care care_parent", fee=None),
    )),
    "지역아동센터": ("학교가 끝난 아이를 돌보는 곳입니다.", (
        Invented("방과 후 돌봄", "저녁밥을 먹이고 숙제를 봐 줍니다.", "childcare child_meal school_cost",
                 "초등학생과 중학생", "센터에 와서 신청서를 써 주세요.", (WEEKDAYS, 13, 20), 0, "", (6, 15)),
    )),
    "마음건강센터": ("마음이 힘든 분의 이야기를 듣는 곳입니다.", (
        Invented("마음 상담", "전화나 만나서 이야기를 듣습니다. 비밀은 지킵니다.", "depressed suicide_thought lonely alcohol",
                 "누구나", "전화로 약속을 잡아 주세요.", (WEEKDAYS, 9, 21)),
    )),
    "주거상담소": ("집 문제를 상의하는 곳입니다.", (
        Invented("주거 상담", "밀린 월세, 이사, 집수리를 상의하고 맞는 제도를 찾아 드립니다.",
                 "rent_overdue eviction rent_burden find_home home_broken", "누구나"),
    )),
}  # fmt: skip
# A kind for every organization: thirty of them, whatever the number of dong.
PLAN = (
    "복지관 어르신복지센터 지역아동센터 돌봄센터 복지관 마음건강센터 어르신복지센터 지역아동센터 주거상담소 돌봄센터 " * 3
).split()
NAMES = [
    "햇살",
    "다솜",
    "새봄",
    "한마음",
    "도란도란",
    "고운",
    "푸른숲",
    "이음",
    "해오름",
    "나란히",
    "여울",
    "큰나무",
    "온누리",
    "달빛",
    "봄볕",
    "소담",
    "한걸음",
    "두드림",
    "무지개",
    "느티나무",
    "반딧불",
    "가온",
    "미리내",
    "늘품",
    "아람",
    "솔바람",
    "들꽃",
    "징검다리",
    "물푸레",
    "첫걸음",
]


def settle_directory(by: Actor, wards: list[Ward], at: datetime) -> int:
    """Load thirty organizations over the dong of the first gu; returns how many services they offer."""
    gu_id = wards[0].gu_id
    own = [ward for ward in wards if ward.gu_id == gu_id]
    known = catalog()
    directory = directory_for(own, at.date())
    load_directory(
        by=by, directory=directory, gu_id=gu_id, at=at, situations=known.situations, benefits=known.book.benefits
    )  # fmt: skip
    return len(directory.offerings)


def directory_for(wards: list[Ward], today: date) -> Directory:
    """The same organizations for the same dong and day; every seventh service was not made sure of for more than a year."""
    organizations, locations, offerings, places, schedules, costs = [], [], [], [], [], []
    for number, (name, kind) in enumerate(zip(NAMES, PLAN, strict=True)):
        ward = wards[number % len(wards)]
        about, offered = KINDS[kind]
        organization = OrganizationRow(
            _key("organization", number), f"{name}{kind}", about, legal_status="시연을 위해 지어낸 기관", phone=_phone(number, 0)
        )
        organizations.append(organization)
        locations.append(_location(ward, organization, number))
        for turn, one in enumerate(offered):
            key = _key("service", number, turn)
            assured = today - timedelta(days=400 + number if (number + turn) % 7 == 3 else 20 + 7 * number)
            offerings.append(
                OfferingRow(
                    key,
                    organization.key,
                    one.name,
                    one.about,
                    application=one.apply,
                    eligibility=one.who,
                    minimum_age=one.ages[0],
                    maximum_age=one.ages[1],
                    assured_date=assured,
                    phone=_phone(number, turn + 1),
                    situations=tuple(one.situations.split()),
                )
            )
            places.append(PlaceRow(_key("place", number, turn), key, locations[-1].key))
            byday, opens, closes = one.hours
            schedules.append(
                ScheduleRow(
                    _key("schedule", number, turn), key, freq="WEEKLY", byday=byday, opens_at=time(opens), closes_at=time(closes)
                )
            )
            if one.fee is not None:
                costs.append(CostRow(_key("cost", number, turn), key, option=one.per, amount=one.fee))
    return Directory(
        tuple(organizations), tuple(locations), tuple(offerings), tuple(places), tuple(schedules), tuple(costs)
    )  # fmt: skip


def _location(ward: Ward, organization: OrganizationRow, number: int) -> LocationRow:
    point, road = ward.drawn.point, ward.drawn.roads[number % len(ward.drawn.roads)]
    return LocationRow(
        _key("location", number), organization.key, organization.name, round(point.x, 6), round(point.y, 6),
        f"{road} {900 + number}", ward.drawn.name, accessibility="승강기와 장애인 화장실이 있습니다." if number % 2 else "",
    )  # fmt: skip


def _key(what: str, *numbers: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"chatdong-demo:{what}:{':'.join(map(str, numbers))}"))


def _phone(number: int, turn: int) -> str:
    return f"02-000-{1000 + 10 * number + turn}"
