"""Circumstances, consents, moving to another dong, joining, the timeline, candidates, and loading many at once."""

from datetime import date, timedelta

import pytest
from tests.world import BY

from chatdong.engines.linkage.normalize import person_of
from chatdong.ground.households import actions, queries
from chatdong.ground.households.actions import (
    HouseholdRow,
    LoadedCircumstance,
    LoadedConsent,
    LoadedResident,
    NewResident,
)
from chatdong.ground.households.models import Circumstance, Household, Resident
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.policy.models import Entry


def test_a_circumstance_is_noted_once_and_ended(world, who):
    kim, by = world.households["kim"].pk, who("nurse")
    one = actions.note_circumstance(by=by, household_id=kim, kind="isolated", since=date(2026, 1, 5), at=world.now, source="방문")
    again = actions.note_circumstance(by=by, household_id=kim, kind="isolated", since=date(2026, 2, 5), at=world.now)
    assert again.pk == one.pk and again.since == date(2026, 1, 5)
    for wrong in (date(2026, 1, 4), world.today + timedelta(days=1)):
        with pytest.raises(Invalid):
            actions.end_circumstance(by=by, circumstance_id=one.pk, until=wrong, at=world.now)
    actions.end_circumstance(by=by, circumstance_id=one.pk, until=world.today, at=world.now)
    with pytest.raises(Conflict):
        actions.end_circumstance(by=by, circumstance_id=one.pk, until=world.today, at=world.now)
    card = queries.access_household(by=by, household_id=kim, at=world.now).circumstances[0]
    assert (card.label, card.since, card.until) == ("은둔·고립", date(2026, 1, 5), world.today)
    for wrong in ({"kind": "rich", "since": world.today}, {"kind": "crisis", "since": world.today + timedelta(days=1)}):
        with pytest.raises(Invalid):
            actions.note_circumstance(by=by, household_id=kim, at=world.now, **wrong)


def test_a_circumstance_belongs_to_somebody_of_the_household(world, who):
    stranger = world.households["near"].residents.get()
    with pytest.raises(Invalid):
        actions.note_circumstance(
            by=BY,
            household_id=world.households["kim"].pk,
            kind="disability",
            since=world.today,
            at=world.now,
            resident_id=stranger.pk,
        )


def test_each_consent_is_apart_versioned_and_withdrawn(world, who):
    kim, by = world.households["kim"].pk, who("nurse")
    give = {"by": by, "household_id": kim, "way": "서면", "at": world.now}
    one = actions.give_consent(kind="collect", text_version="2026-1", **give)
    assert actions.give_consent(kind="collect", text_version="2026-1", **give).pk == one.pk
    two = actions.give_consent(kind="collect", text_version="2026-2", **give)
    other = actions.give_consent(kind="sensitive", text_version="2026-1", **give)
    assert len({one.pk, two.pk, other.pk}) == 3
    actions.withdraw_consent(by=by, consent_id=one.pk, at=world.now + timedelta(hours=1))
    with pytest.raises(Conflict):
        actions.withdraw_consent(by=by, consent_id=one.pk, at=world.now)
    cards = queries.access_household(by=by, household_id=kim, at=world.now).consents
    assert [card.withdrawn_at is not None for card in cards] == [True, False, False]
    for wrong in ({"kind": "all", "text_version": "1"}, {"kind": "photo", "text_version": " "}):
        with pytest.raises(Invalid):
            actions.give_consent(**give, **wrong)
    with pytest.raises(Forbidden):
        actions.give_consent(kind="photo", text_version="1", **{**give, "by": who("gu_officer")})
    with pytest.raises(NotFound):
        actions.withdraw_consent(by=who("nurse", "other_dong"), consent_id=two.pk, at=world.now)


def test_a_move_to_another_dong_takes_the_right_to_read_along(world, who):
    kim, there = world.households["kim"].pk, world.dongs["other_dong"].pk
    with pytest.raises(NotFound):
        actions.settle(by=who("planner", "other_dong"), household_id=kim, dong_id=there, at=world.now)
    row = actions.settle(
        by=who("planner"), household_id=kim, dong_id=there, at=world.now, road_address="서대문구 홍제내길 30", tong_number=2
    )
    assert row.dong_id == there and row.tong.dong_id == there and row.lon is None and row.dwelling == ""
    with pytest.raises(NotFound):
        queries.access_household(by=who("planner"), household_id=kim, at=world.now)
    assert (
        queries.access_household(by=who("planner", "other_dong"), household_id=kim, at=world.now).address
        == "서대문구 홍제내길 30"
    )


def test_the_dong_that_takes_over_may_settle(world, who):
    kim, there = world.households["kim"].pk, world.dongs["other_dong"].pk
    row = actions.settle(by=who("team_lead", "other_dong"), household_id=kim, dong_id=there, at=world.now)
    assert row.dong_id == there and row.road_address == "서대문구 독립문로8길 13-2" and row.tong is None
    with pytest.raises(NotFound):
        actions.settle(by=who("team_lead", "other_gu"), household_id=kim, dong_id=there, at=world.now)


def test_joining_moves_everything_and_keeps_both_ids(world, who):
    keep, drop = world.households["kim"], world.households["family"]
    lead = who("team_lead")
    for pk in (keep.pk, drop.pk):
        actions.note_circumstance(by=lead, household_id=pk, kind="crisis", since=date(2026, 3, 1), at=world.now)
        actions.give_consent(by=lead, household_id=pk, kind="collect", text_version="1", way="구두", at=world.now)
    actions.hide_address(by=lead, household_id=drop.pk, hidden=True, why="가정폭력 피해", at=world.now)
    people = Resident.objects.count()
    row = actions.merge_rows(by=lead, keep_id=keep.pk, drop_id=drop.pk, at=world.now)
    assert row.address_hidden, "an address hidden in either of the two stays hidden"
    assert Resident.objects.count() == people and row.residents.count() == 4
    assert row.consents.count() == 2 and row.circumstances.count() == 2
    assert row.circumstances.filter(until=None).count() == 1
    dropped = Household.objects.get(pk=drop.pk)
    assert (dropped.state, dropped.merged_into_id, dropped.tokens) == ("merged", keep.pk, [])
    card = queries.access_household(by=lead, household_id=drop.pk, at=world.now)
    assert card.id == keep.pk and card.merged_ids == (drop.pk,)
    for again in ((keep.pk, drop.pk), (drop.pk, keep.pk)):
        with pytest.raises(Conflict):
            actions.merge_rows(by=lead, keep_id=again[0], drop_id=again[1], at=world.now)
    with pytest.raises(Conflict):
        queries.household_row(lead, drop.pk)
    with pytest.raises(Conflict):
        actions.note_circumstance(by=lead, household_id=drop.pk, kind="crisis", since=world.today, at=world.now)


def test_joining_is_for_those_who_may_at_both(world, who):
    kim, family, near = (world.households[name].pk for name in ("kim", "family", "near"))
    with pytest.raises(Forbidden):
        actions.merge_rows(by=who("planner"), keep_id=kim, drop_id=family, at=world.now)
    with pytest.raises(NotFound):
        actions.merge_rows(by=who("team_lead"), keep_id=kim, drop_id=near, at=world.now)
    with pytest.raises(Invalid):
        actions.merge_rows(by=who("team_lead"), keep_id=kim, drop_id=kim, at=world.now)


def test_the_timeline_tells_everything_in_order_with_who_and_why(world, who):
    kim, lead = world.households["kim"].pk, who("team_lead")
    later = world.now + timedelta(hours=1)
    actions.note_circumstance(by=lead, household_id=kim, kind="crisis", since=date(2026, 3, 1), at=world.now, source="통장")
    consent = actions.give_consent(by=lead, household_id=kim, kind="collect", text_version="1", way="구두", at=world.now)
    actions.withdraw_consent(by=lead, consent_id=consent.pk, at=later)
    actions.hide_address(by=lead, household_id=kim, hidden=True, why="가정폭력 피해", at=later)
    actions.merge_rows(by=lead, keep_id=kim, drop_id=world.households["empty"].pk, at=later)
    one = world.households["kim"].residents.get()
    actions.note_death(by=lead, resident_id=one.pk, died_on=world.today, at=later)
    actions.settle(by=BY, household_id=kim, dong_id=world.dongs["other_dong"].pk, at=later + timedelta(hours=1))
    items = queries.timeline_of(kim)
    assert [item.at for item in items] == sorted(item.at for item in items)
    by_kind = {item.kind: item for item in items}
    assert {
        "circumstance.since", "resident.died", "household.register", "consent.give", "consent.withdraw", "household.hide",
        "household.merge", "household.settle",
    } == set(by_kind)  # fmt: skip
    assert by_kind["household.hide"].why == "가정폭력 피해" and by_kind["household.hide"].who == lead.name
    assert by_kind["circumstance.since"].who == lead.name and by_kind["circumstance.since"].why == "통장"
    assert by_kind["household.settle"].title == "홍제1동으로 옮김"


def candidates(world, gu="서대문구", **told):
    person = person_of(today=world.today, **told)
    found = queries.candidates_for(person, gu_id=world.gus[gu].pk)
    return {(one.ref.household_id, one.ref.resident_id) for one in found}


def test_candidates_share_a_key_and_stay_in_the_gu(world):
    kim = world.households["kim"]
    one = (kim.pk, kim.residents.get().pk)
    assert one in candidates(world, name="김영숙 할머니", birth="1941.3.1")
    assert one in candidates(world, phone="10-2345-6789")
    assert one in candidates(world, name="김영숙", address="천연동 독립문로8길 13-2")
    assert one in candidates(world, address="독립문로8길 13-2 지하 101호")
    assert one in candidates(world, name="김영숙")
    assert (world.households["empty"].pk, None) in candidates(world, address="독립문로8길 13-2")
    assert candidates(world, name="오세라", birth="1961-03-20") == set()
    assert candidates(world, "마포구", name="오세라", birth="1961-03-20")
    assert candidates(world) == set()


def test_candidates_tell_the_dead_and_leave_out_the_joined_and_hidden_addresses(world, who):
    lead = who("team_lead")
    family, hidden = world.households["family"], world.households["hidden"]
    head = family.residents.get(name="박민수")
    actions.note_death(by=lead, resident_id=head.pk, died_on=world.today, at=world.now)
    person = person_of(name="박민수", birth="1985-07-20", today=world.today)
    found = queries.candidates_for(person, gu_id=world.gus["서대문구"].pk)
    assert "died" in {one.ref.state for one in found if one.ref.resident_id == head.pk}
    assert {one.ref.dong_id for one in found} == {world.dongs["own"].pk}
    assert candidates(world, address="숨은집길 77 501호") == set()
    known = queries.candidates_for(
        person_of(name="한가람", birth="1990-05-05", today=world.today), gu_id=world.gus["서대문구"].pk
    )
    assert known and all(not one.address for one in known if one.ref.household_id == hidden.pk)
    actions.merge_rows(by=lead, keep_id=world.households["kim"].pk, drop_id=family.pk, at=world.now)
    assert {pk for pk, _ in candidates(world, name="박민수", birth="1985-07-20")} == {world.households["kim"].pk}


def rows_to_load(world, count: int) -> list[HouseholdRow]:
    dongs = [world.dongs[key].pk for key in ("own", "other_dong", "other_gu")]
    return [
        HouseholdRow(
            dong_id=dongs[n % 3],
            road_address=f"통일로 {n + 1}",
            address_hidden=n % 50 == 0,
            phone=f"02-300-{n % 10000:04d}",
            residents=(
                LoadedResident("이대량", date(1950, 1, 1 + n % 28), sex="m", relation="head", phone=f"0107{n:07d}"),
                LoadedResident("김지난", birth_year=1948, sex="f", state="died", died_on=date(2020, 1, 1)),
            )[: 1 + n % 2],
            circumstances=(
                LoadedCircumstance("near_poor", date(2025, 1, 1), resident=n % 2),
                LoadedCircumstance("crisis", date(2025, 2, 1)),
            )[1 - n % 2 :],
            consents=(LoadedConsent("collect", "1", world.now),) if n % 3 == 0 else (),
            created_at=world.now - timedelta(days=400),
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [7, 4500])
def test_a_bulk_load_writes_what_one_by_one_would(world, who, count):
    rows = rows_to_load(world, count)
    before = Entry.objects.count()
    ids = actions.load_households(by=BY, rows=iter(rows), at=world.now)
    assert ids == sorted(ids) and len(set(ids)) == count
    assert Entry.objects.count() == before + 1 and Entry.objects.last().count == count
    for n in (0, 1, count // 2, count - 1):
        loaded = Household.objects.get(pk=ids[n])
        assert (loaded.road_address, loaded.dong_id) == (rows[n].road_address, rows[n].dong_id)
        assert loaded.residents.count() == 1 + n % 2
        assert loaded.consents.count() == (1 if n % 3 == 0 else 0)
        assert list(loaded.circumstances.order_by("since").values_list("kind", flat=True)) == (
            ["near_poor", "crisis"] if n % 2 else ["crisis"]
        )
        single = actions.register_household(
            by=BY, dong_id=rows[n].dong_id, at=world.now, road_address=rows[n].road_address, phone=rows[n].phone,
            address_hidden=rows[n].address_hidden,
            residents=[
                NewResident(one.name, one.birth_date, one.birth_year, one.sex, one.relation, one.phone)
                for one in rows[n].residents
            ],
        )  # fmt: skip
        assert (loaded.tokens, loaded.building_key, loaded.phone) == (single.tokens, single.building_key, single.phone)
    assert Circumstance.objects.filter(kind="near_poor", resident__state="died").count() == count // 2
    found = queries.search(by=who("planner"), text="이대량", at=world.now)
    assert found.hits and {hit.dong_name for hit in found.hits} == {"천연동"}


def test_a_bulk_load_is_whole_or_nothing_and_within_reach(world, who):
    before = Household.objects.count()
    wrong = [
        *rows_to_load(world, 5),
        HouseholdRow(dong_id=world.dongs["own"].pk, residents=(NewResident("미래", date(2099, 1, 1)),)),
    ]
    with pytest.raises(Invalid):
        actions.load_households(by=BY, rows=wrong, at=world.now)
    with pytest.raises(Forbidden):
        actions.load_households(by=who("planner"), rows=rows_to_load(world, 5), at=world.now)
    with pytest.raises(Invalid):
        actions.load_households(by=BY, rows=[HouseholdRow(dong_id=10**9)], at=world.now)
    assert Household.objects.count() == before


def test_the_index_can_be_taken_away_for_a_load_and_comes_back(world):
    actions.search_index_off(by=BY, at=world.now)
    actions.load_households(by=BY, rows=rows_to_load(world, 9), at=world.now)
    actions.search_index_on(by=BY, at=world.now)
    assert len(queries.search(by=BY, text="이대량", at=world.now).hits) == 9
