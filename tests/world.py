"""A small world for tests: two gu with their dong, somebody of every role, and a handful of invented households.

서대문구 has 천연동, 홍제1동 and 홍은1동; 마포구 has 아현동. Everything is written through actions by a system actor.
`actor(world, role, where)` gives somebody of a role at "own" (천연동), "other_dong" (홍제1동) or "other_gu" (아현동);
gu roles stand at the gu of that place.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from chatdong.ground.accounts.actions import open_account, post_person
from chatdong.ground.accounts.models import Account
from chatdong.ground.accounts.queries import GU_ROLES, actor_of
from chatdong.ground.accounts.states import PostedRole
from chatdong.ground.households.actions import NewResident, register_household
from chatdong.ground.households.models import Household
from chatdong.ground.places.models import Ban, City, Dong, DongPart, Gu, LegalDong, Tong
from chatdong.kernel.clock import KST
from chatdong.policy.action import action
from chatdong.policy.actor import Actor, resident, system
from chatdong.policy.check import ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.policy.roles import Role

START = date(2015, 7, 1)
# A Monday morning, no holiday near.
NOW = datetime(2026, 3, 16, 9, 0, tzinfo=KST)
PASSWORD = "찾아가는-동주민센터-1"
# The Argon2 hash of PASSWORD, made once: hashing is slow on purpose, and a world has some forty people.
HASHED = "argon2$argon2id$v=19$m=102400,t=2,p=8$Y2hhdGRvbmd0ZXN0d29ybGQx$0IjmVIXr9R7dFvYyXx5QVN1HgM+9kv4yKHDBC54pHDc"
BY = system("시험")

DONGS = {
    "own": ("1141052000", "천연동", "서대문구", 126.95584, 37.57235),
    "other_dong": ("1141062000", "홍제1동", "서대문구", 126.94789, 37.57956),
    "third_dong": ("1141066000", "홍은1동", "서대문구", 126.94716, 37.59938),
    "other_gu": ("1144055500", "아현동", "마포구", 126.95272, 37.5502),
}
GUS = {"서대문구": "1141000000", "마포구": "1144000000"}
LEGAL = {"own": ("1141011300", "천연동"), "other_dong": ("1141011100", "홍제동"), "third_dong": ("1141011800", "홍은동"),
         "other_gu": ("1144010100", "아현동")}  # fmt: skip
PLACES = ("own", "other_dong", "other_gu")
ROLES = tuple(PostedRole)


@dataclass
class World:
    """What was made, by name. `dongs` by "own", "other_dong", "third_dong", "other_gu"; `accounts` by (role, where).

    `households` by name: "kim" and "hidden" and "family" and "empty" stand in 천연동, "near" in 홍제1동, "far" in 아현동.
    """

    gus: dict[str, Gu] = field(default_factory=dict)
    dongs: dict[str, Dong] = field(default_factory=dict)
    accounts: dict[tuple[str, str], Account] = field(default_factory=dict)
    households: dict[str, Household] = field(default_factory=dict)
    now: datetime = NOW

    @property
    def today(self) -> date:
        return self.now.date()


def actor(world: World, role: str | Role, where: str = "own", *, at: datetime | None = None) -> Actor:
    """Somebody of a role at a place, as the door would make the actor. RESIDENT and SYSTEM need no place."""
    role = Role(role)
    if role is Role.SYSTEM:
        return BY
    if role is Role.RESIDENT:
        return resident("203.0.113.9")
    return actor_of(account(world, role, where), at=at or world.now, address="10.1.2.3")


def account(world: World, role: str | Role, where: str = "own") -> Account:
    """The account behind `actor`."""
    return world.accounts[str(Role(role).value), where]


def build_world(*, at: datetime = NOW) -> World:
    """Everything, in the database at hand."""
    world = World(now=at)
    lay_places(by=BY, world=world, at=at)
    for role in ROLES:
        for where in PLACES:
            _hire(world, role, where)
    _hire(world, PostedRole.PLANNER, "third_dong")
    _settle_people(world)
    return world


@action
def lay_places(*, by: Actor, world: World, at: datetime) -> None:
    """서울특별시 with two gu, four dong, two 통 of two 반 each, and a 법정동 each."""
    ensure(by, Permission.PLACE_LOAD)
    city = City.objects.create(code="1100000000", name="서울특별시", valid_from=START)
    for name, code in GUS.items():
        world.gus[name] = Gu.objects.create(code=code, name=name, city=city, valid_from=START)
    for key, (code, name, gu, lon, lat) in DONGS.items():
        dong = Dong.objects.create(code=code, name=name, gu=world.gus[gu], lon=lon, lat=lat, valid_from=START, phone="023301234")
        world.dongs[key] = dong
        for number in (1, 2):
            tong = Tong.objects.create(dong=dong, number=number, valid_from=START)
            Ban.objects.create(tong=tong, number=1, valid_from=START)
            Ban.objects.create(tong=tong, number=2, valid_from=START)
        legal_code, legal_name = LEGAL[key]
        legal = LegalDong.objects.create(code=legal_code, name=legal_name, gu=dong.gu, valid_from=START)
        DongPart.objects.create(dong=dong, legal_dong=legal, valid_from=START)
    record("place.load", by=by, at=at, count=len(DONGS))


def _hire(world: World, role: PostedRole, where: str) -> None:
    dong = world.dongs[where]
    person = open_account(
        by=BY,
        login_id=f"{role}-{where}".replace("_", "-"),
        name=f"{role.label[:4]} {dong.name}",
        password="",
        hashed=HASHED,
        at=world.now,
    )
    of_gu = role in GU_ROLES
    post_person(
        by=BY, account=person, role=role, gu_id=dong.gu_id, dong_id=None if of_gu else dong.pk, on=START, at=world.now,
        tongs=[1] if role == PostedRole.AREA_OFFICER else None, is_duty=role == PostedRole.PLANNER,
    )  # fmt: skip
    world.accounts[str(role), where] = person


def _settle_people(world: World) -> None:
    own, near, far = (world.dongs[key].pk for key in PLACES)
    add = world.households.__setitem__
    add("kim", register_household(
        by=BY, dong_id=own, at=world.now, road_address="서대문구 독립문로8길 13-2", address_detail="지하 101호",
        dwelling="basement", tong_number=1, ban_number=1, lon=126.9561, lat=37.5722, phone="02-312-5678",
        residents=[NewResident("김영숙", date(1941, 3, 1), sex="f", relation="head", phone="010-2345-6789")],
    ))  # fmt: skip
    add("family", register_household(
        by=BY, dong_id=own, at=world.now, road_address="서대문구 통일로 135", address_detail="302호", tong_number=2,
        lon=126.9571, lat=37.5731,
        residents=[
            NewResident("박민수", date(1985, 7, 20), sex="m", relation="head", phone="010-1111-2222"),
            NewResident("정영식", date(1984, 2, 29), sex="f", relation="spouse"),
            NewResident("박아기", date(2026, 2, 20), sex="f", relation="child"),
        ],
    ))  # fmt: skip
    add("hidden", register_household(
        by=BY, dong_id=own, at=world.now, road_address="서대문구 숨은집길 77", address_detail="501호", tong_number=1,
        lon=126.9555, lat=37.5711, address_hidden=True,
        residents=[NewResident("한가람", date(1990, 5, 5), sex="f", relation="head", phone="010-9876-5432")],
    ))  # fmt: skip
    add("empty", register_household(by=BY, dong_id=own, at=world.now, road_address="서대문구 독립문로8길 13-2",
        address_detail="201호",
        state="provisional"))  # fmt: skip
    add("near", register_household(
        by=BY, dong_id=near, at=world.now, road_address="서대문구 홍제내길 24", tong_number=1, lon=126.9471, lat=37.5791,
        residents=[NewResident("최말순", date(1938, 11, 2), sex="f", relation="head", phone="010-3333-4444")],
    ))  # fmt: skip
    add("far", register_household(
        by=BY, dong_id=far, at=world.now, road_address="마포구 마포대로 210", tong_number=1, lon=126.9521, lat=37.5512,
        residents=[NewResident("오세라", date(1961, 3, 20), sex="f", relation="head", phone="010-5555-6666")],
    ))  # fmt: skip
