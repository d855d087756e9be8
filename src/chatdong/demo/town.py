"""Places, staff and homes of the demo, written through the same actions as a real district's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from chatdong.demo.districts import SOURCE, DemoDong, DemoGu, as_feature
from chatdong.demo.people import Drawer, Home
from chatdong.demo.staff import Hiring, Team
from chatdong.ground.households.rows import HouseholdRow, LoadedCircumstance, LoadedConsent, NewResident
from chatdong.ground.places.actions import load_dong_codes, load_dong_parts, load_legal_codes, load_outlines, load_tongs
from chatdong.ground.places.official import PartCode, PlaceCode
from chatdong.ground.places.queries import dongs, gus, legal_dongs_of, tongs_of
from chatdong.policy.actor import Actor

CITY = ("1100000000", "서울특별시")
SINCE = date(2008, 1, 1)


@dataclass(frozen=True)
class Ward:
    """One dong of the demo as it stands in the tables: ids, its 통 and 반, and who works there."""

    drawn: DemoDong
    gu_id: int
    dong_id: int
    tong_ids: dict[int, int]
    ban_ids: dict[tuple[int, int], int]
    legal_ids: tuple[int, ...]
    team: Team

    @property
    def tongs(self) -> int:
        return len(self.tong_ids)


def lay_places(by: Actor, drawn: list[DemoGu], at: datetime) -> None:
    """Codes, legal dong, outlines and 통 of the given gu."""
    codes = [PlaceCode(CITY[0], CITY[1], "", CITY[1], SINCE)]
    legal, parts = list(codes), []
    features = []
    for gu in drawn:
        codes.append(PlaceCode(gu.code, CITY[1], gu.name, gu.name, SINCE))
        for dong in gu.dongs:
            codes.append(PlaceCode(dong.code, CITY[1], gu.name, dong.name, SINCE))
            features.append(as_feature(dong, gu))
            for code, name in dong.parts:
                legal.append(PlaceCode(code, CITY[1], gu.name, name, SINCE))
                parts.append(PartCode(dong.code, code, SINCE))
    load_dong_codes(by=by, rows=codes, on=at.date(), at=at, name="시연 행정동")
    load_legal_codes(by=by, rows=list({row.code: row for row in legal}.values()), on=at.date(), at=at, name="시연 법정동")
    load_dong_parts(by=by, rows=parts, at=at, name="시연 동 대응")
    load_outlines(
        by=by, collection={"type": "FeatureCollection", "features": features}, on=SINCE, source=SOURCE, at=at, name="시연 경계"
    )


def settle_wards(by: Actor, drawn: list[DemoGu], hiring: Hiring, at: datetime) -> Iterator[Ward]:
    """Number the 통 of every dong, post its team, and hand out the dong one by one."""
    today = at.date()
    gu_ids = {gu.code: gu.pk for gu in gus(today)}
    for gu in drawn:
        gu_id = gu_ids[gu.code]
        hiring.gu_team(gu_id)
        found = {dong.code: dong.pk for dong in dongs(today, gu_id)}
        for dong in gu.dongs:
            dong_id = found[dong.code]
            count = max(4, round(dong.households / 300))
            load_tongs(by=by, dong_id=dong_id, tongs=dict.fromkeys(range(1, count + 1), 5), on=SINCE, at=at)
            rows = list(tongs_of(dong_id, today).prefetch_related("bans"))
            yield Ward(
                dong, gu_id, dong_id, {tong.number: tong.pk for tong in rows},
                {(tong.number, ban.number): ban.pk for tong in rows for ban in tong.bans.all()},
                tuple(legal_dongs_of(dong_id, today).values_list("pk", flat=True)),
                hiring.dong_team(gu_id, dong_id, count),
            )  # fmt: skip


def homes_of(ward: Ward, count: int, seed: int, today: date) -> list[Home]:
    """The homes of one dong."""
    return list(Drawer(ward.drawn, seed, today).homes(count))


def row_of(home: Home, ward: Ward, at: datetime) -> HouseholdRow:
    """A home as a row to load; every second household has consented to collection, some to more."""
    since = at.date().replace(month=1, day=1)
    kinds = ("collect",) if home.number % 2 == 0 else ("collect", "sensitive") if home.number % 5 == 0 else ()
    return HouseholdRow(
        dong_id=ward.dong_id,
        residents=tuple(NewResident(p.name, p.birth, None, p.sex, p.relation, p.phone) for p in home.people),
        circumstances=tuple(LoadedCircumstance(kind, since, source="시연") for kind in home.circumstances),
        consents=tuple(LoadedConsent(kind, "2026-1", at, way="방문") for kind in kinds),
        tong_id=ward.tong_ids.get(home.tong),
        ban_id=ward.ban_ids.get((home.tong, home.ban)),
        legal_dong_id=ward.legal_ids[home.number % len(ward.legal_ids)] if ward.legal_ids else None,
        road_address=home.road,
        address_detail=home.detail,
        dwelling=home.dwelling,
        address_hidden=home.hidden,
        lon=home.lon,
        lat=home.lat,
        phone=home.people[0].phone,
        two_workers=home.number % 97 == 3,
        staff_note="큰 개가 있어요. 초인종을 먼저 눌러 주세요." if home.number % 97 == 3 else "",
        created_at=at,
    )
