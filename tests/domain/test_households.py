"""Households: registering, changing, what befalls people, consents, joining; and opening one within reach."""

from datetime import date, datetime, timedelta

import pytest
from tests.world import BY

from chatdong.ground.households import actions, queries
from chatdong.ground.households.actions import NewResident
from chatdong.ground.households.models import Household, Resident
from chatdong.ground.households.states import HOUSEHOLD_TURNS, HouseholdState
from chatdong.kernel.clock import KST
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.policy.models import Entry


def opened(world, by, name="kim", **rest):
    return queries.access_household(by=by, household_id=world.households[name].pk, at=world.now, **rest)


def last_entry() -> Entry:
    return Entry.objects.order_by("id").last()


def test_an_open_household_shows_everything_and_is_logged_with_the_five_items(world, who):
    by = who("planner")
    card = opened(world, by)
    assert (card.dong_name, card.gu_name, card.tong, card.ban) == ("천연동", "서대문구", 1, 1)
    assert (card.address, card.detail, card.dwelling_label) == ("서대문구 독립문로8길 13-2", "지하 101호", "반지하")
    assert card.phone == "02-312-5678" and card.may_see_address and not card.is_outside_own_area
    one = card.residents[0]
    assert (one.name, one.age, one.age_text, one.phone) == ("김영숙", 85, "만 85세", "010-2345-6789")
    entry = last_entry()
    assert (entry.event, entry.kind, entry.household) == ("household.read", "read", card.id)
    assert (entry.account, entry.at, entry.address) == (by.account_id, world.now, "10.1.2.3")


def test_age_counts_to_the_day(world, who):
    """Born on 29 February 1984: 42 from 1 March 2026 on (민법 제160조)."""
    pk = world.households["family"].pk
    for day, age in ((28, 41), (1, 42)):
        at = datetime(2026, 2 if day == 28 else 3, day, 12, tzinfo=KST)
        card = queries.access_household(by=who("planner"), household_id=pk, at=at)
        assert next(one.age for one in card.residents if one.name == "정영식") == age


def test_head_first_and_somebody_not_yet_born_has_no_age(world, who):
    at = datetime(2026, 2, 1, 12, tzinfo=KST)
    card = queries.access_household(by=who("planner"), household_id=world.households["family"].pk, at=at)
    assert [one.name for one in card.residents] == ["박민수", "정영식", "박아기"]
    assert card.residents[2].age is None and card.residents[2].age_text == "2026년생"


@pytest.mark.parametrize(
    ("role", "where", "name"),
    [
        ("planner", "own", "near"), ("planner", "other_dong", "kim"), ("team_lead", "own", "far"), ("nurse", "own", "near"),
        ("gu_officer", "own", "far"), ("gu_officer", "other_gu", "kim"), ("area_officer", "own", "kim"),
        ("auditor", "own", "kim"), ("administrator", "own", "kim"), ("resident", "own", "kim"),
    ],
)  # fmt: skip
def test_out_of_reach_looks_as_not_existing_and_logs_no_read(world, who, role, where, name):
    before = Entry.objects.count()
    with pytest.raises(NotFound) as denied:
        opened(world, who(role, where), name)
    with pytest.raises(NotFound) as missing:
        queries.access_household(by=who(role, where), household_id=999_999, at=world.now)
    assert denied.value.sentence == missing.value.sentence
    assert Entry.objects.count() == before


def test_whoever_answers_for_a_household_opens_it(world, who):
    by = who("area_officer")
    assert opened(world, by, owner_ids=[by.account_id]).id == world.households["kim"].pk
    with pytest.raises(NotFound):
        opened(world, by, owner_ids=[by.account_id + 1])


@pytest.mark.parametrize(
    ("role", "sees"), [("team_lead", True), ("dong_head", True), ("planner", False), ("nurse", False), ("gu_officer", False)]
)
def test_a_hidden_address_is_shown_to_few(world, who, role, sees):
    card = opened(world, who(role), "hidden")
    assert card.may_see_address is sees and card.address_hidden
    told = repr(
        (card.address, card.detail, card.tong, card.ban, card.lon, card.lat, card.legal_dong, card.dwelling, card.staff_note)
    )
    assert ("숨은집길" in told) is sees
    if not sees:
        assert told == repr(("", "", None, None, None, None, "", "", ""))


def test_the_planner_who_answers_for_it_sees_the_hidden_address(world, who):
    by = who("planner")
    assert opened(world, by, "hidden", owner_ids=[by.account_id]).address == "서대문구 숨은집길 77"
    assert opened(world, by, "hidden", owner_ids=[by.account_id + 1]).address == ""


def test_masked_rows_show_no_more_than_a_list_may(world):
    rows = queries.masked_rows([row.pk for row in world.households.values()], world.today)
    of = {name: rows[row.pk] for name, row in world.households.items()}
    kim = of["kim"]
    assert (kim.name, kim.address, kim.dong_name, kim.tong, kim.age_text) == (
        "김*숙",
        "서대문구 천연동 ***",
        "천연동",
        "1통",
        "만 85세",
    )
    assert of["hidden"].address == "주소 비공개" and of["hidden"].tong == "" and of["hidden"].hidden
    assert of["empty"].name == "이름 모름" and of["empty"].age_text == ""
    for plain in ("김영숙", "독립문로", "숨은집", "박민수"):
        assert plain not in repr(rows)
    assert queries.masked_rows([world.households["kim"].pk])[world.households["kim"].pk].age_text == "1941년생"


def test_the_dead_do_not_stand_for_a_household(world, who):
    family = world.households["family"]
    head = family.residents.get(name="박민수")
    actions.note_death(by=who("planner"), resident_id=head.pk, died_on=world.today, at=world.now)
    assert queries.masked_rows([family.pk])[family.pk].name == "정*식"
    assert opened(world, who("planner"), "family").residents[-1].state_label == "사망"


def test_registering_is_refused_in_words_at_the_field(world, who):
    dong_id, by = world.dongs["own"].pk, who("planner")
    for wrong, field in (
        ({"tong_number": 9}, "tong_number"),
        ({"tong_number": 1, "ban_number": 9}, "ban_number"),
        ({"dwelling": "castle"}, "dwelling"),
        ({"residents": [NewResident("미래", date(2030, 1, 1))]}, "birth_date"),
        ({"residents": [NewResident("옛날", date(1700, 1, 1))]}, "birth_date"),
        ({"residents": [NewResident("해만", birth_year=3000)]}, "birth_year"),
        ({"residents": [NewResident("관계", relation="cousin")]}, "relation"),
        ({"residents": [NewResident("성별", sex="x")]}, "sex"),
    ):
        before = Household.objects.count()
        with pytest.raises(Invalid) as refused:
            actions.register_household(by=by, dong_id=dong_id, at=world.now, **wrong)
        assert field in refused.value.fields and Household.objects.count() == before
    with pytest.raises(Forbidden):
        actions.register_household(by=by, dong_id=world.dongs["other_dong"].pk, at=world.now)
    with pytest.raises(Forbidden):
        actions.register_household(by=who("nurse"), dong_id=dong_id, at=world.now)


def test_a_phone_nobody_can_read_does_not_refuse_a_worry(world, who):
    row = actions.register_household(by=who("planner"), dong_id=world.dongs["own"].pk, at=world.now, phone="옆집 문의")
    assert row.phone == "옆집 문의"
    with pytest.raises(Invalid) as refused:
        actions.change_household(by=who("planner"), household_id=row.pk, version=row.version, at=world.now, phone="12")
    assert "phone" in refused.value.fields


def test_names_are_kept_in_one_spelling(world, who):
    import unicodedata

    row = actions.register_household(
        by=who("planner"), dong_id=world.dongs["own"].pk, at=world.now,
        residents=[NewResident(unicodedata.normalize("NFD", "나누리"))],
    )  # fmt: skip
    assert row.residents.get().name == "나누리"


def test_whoever_changed_first_wins_and_the_other_is_told(world, who):
    kim = world.households["kim"]
    by, lead = who("planner"), who("team_lead")
    version = opened(world, by).version
    changed = actions.change_household(
        by=by, household_id=kim.pk, version=version, at=world.now, phone="02-700-1234", two_workers=True
    )
    assert changed.phone == "027001234" and changed.version == version + 1
    with pytest.raises(Conflict) as refused:
        actions.change_household(by=lead, household_id=kim.pk, version=version, at=world.now, phone="02-700-9999")
    assert "먼저 바꿨습니다" in refused.value.sentence
    kim.refresh_from_db()
    assert kim.phone == "027001234"
    entry = Entry.objects.filter(event="household.change").last()
    assert entry.details == {"fields": ["phone", "two_workers"]} and "7001234" not in str(entry.__dict__)


def test_fields_of_a_household_are_checked(world, who):
    kim, by = world.households["kim"], who("planner")
    for wrong, field in (
        ({"staff_note": "가" * 301}, "staff_note"),
        ({"tong_number": 7}, "tong_number"),
        ({"dwelling": "x"}, "dwelling"),
    ):
        with pytest.raises(Invalid) as refused:
            actions.change_household(by=by, household_id=kim.pk, version=kim.version, at=world.now, **wrong)
        assert field in refused.value.fields
    with pytest.raises(ValueError, match="dong_id"):
        actions.change_household(by=by, household_id=kim.pk, version=kim.version, at=world.now, dong_id=1)
    row = actions.change_household(by=by, household_id=kim.pk, version=kim.version, at=world.now, tong_number=2, ban_number=2)
    assert (row.tong.number, row.ban.number, row.ban.tong_id) == (2, 2, row.tong_id)


def test_nobody_overwrites_an_address_they_may_not_see(world, who):
    hidden = world.households["hidden"]
    for role in ("planner",):
        with pytest.raises(Forbidden):
            actions.change_household(by=who(role), household_id=hidden.pk, version=hidden.version, at=world.now, road_address="")
    by = who("planner")
    row = actions.change_household(by=by, household_id=hidden.pk, version=hidden.version, at=world.now, phone="02-222-3333")
    assert row.road_address == "서대문구 숨은집길 77"
    row = actions.change_household(
        by=by,
        household_id=hidden.pk,
        version=row.version,
        at=world.now,
        road_address="서대문구 새길 1",
        owner_ids=[by.account_id],
    )
    assert row.road_address == "서대문구 새길 1"


def test_hiding_needs_a_reason_and_showing_needs_the_right_to_see(world, who):
    hidden = world.households["hidden"].pk
    with pytest.raises(Invalid):
        actions.hide_address(by=who("planner"), household_id=world.households["kim"].pk, hidden=True, why=" ", at=world.now)
    with pytest.raises(Forbidden):
        actions.hide_address(by=who("planner"), household_id=hidden, hidden=False, why="본인 요청", at=world.now)
    assert not actions.hide_address(
        by=who("team_lead"), household_id=hidden, hidden=False, why="본인 요청", at=world.now
    ).address_hidden


@pytest.mark.parametrize("before", HouseholdState.values)
@pytest.mark.parametrize("after", HouseholdState.values)
def test_states_turn_as_the_table_says_and_not_otherwise(world, who, before, after):
    kim = world.households["kim"]
    if before == HouseholdState.MERGED:
        kim = world.households["empty"]
        actions.merge_rows(by=BY, keep_id=world.households["kim"].pk, drop_id=kim.pk, at=world.now)
    else:
        _write_state(by=BY, row=kim, state=before, at=world.now)
    allowed = before != HouseholdState.MERGED and after != HouseholdState.MERGED
    allowed = allowed and (after == before or after in HOUSEHOLD_TURNS[before])
    if allowed:
        actions.set_household_state(by=who("planner"), household_id=kim.pk, state=after, at=world.now, why="moved")
    else:
        with pytest.raises(Conflict):
            actions.set_household_state(by=who("planner"), household_id=kim.pk, state=after, at=world.now, why="moved")
    kim.refresh_from_db()
    assert kim.state == (after if allowed else before)


def _write_state(*, by, row, state, at):
    from chatdong.policy.action import action
    from chatdong.policy.check import ensure
    from chatdong.policy.permissions import Permission
    from chatdong.policy.record import record

    @action
    def put(*, by, at):
        ensure(by, Permission.HOUSEHOLD_EDIT, row.where)
        Household.objects.filter(pk=row.pk).update(state=state)
        record("test.state", by=by, at=at)

    put(by=by, at=at)


def test_death_move_admission_and_return(world, who):
    one = world.households["kim"].residents.get()
    by, today = who("nurse"), world.today
    actions.note_admission(by=by, resident_id=one.pk, admitted_on=today, at=world.now)
    assert Resident.objects.get(pk=one.pk).state == "admitted"
    actions.note_return(by=by, resident_id=one.pk, at=world.now)
    with pytest.raises(Invalid):
        actions.note_death(by=by, resident_id=one.pk, died_on=today + timedelta(days=1), at=world.now)
    with pytest.raises(Invalid):
        actions.note_death(by=by, resident_id=one.pk, died_on=date(1930, 1, 1), at=world.now)
    actions.note_death(by=by, resident_id=one.pk, died_on=date(2026, 3, 10), at=world.now)
    again = actions.note_death(by=by, resident_id=one.pk, died_on=today, at=world.now)
    assert again.died_on == date(2026, 3, 10)
    for later in (actions.note_return, lambda **rest: actions.note_move(moved_on=today, **rest)):
        with pytest.raises(Conflict):
            later(by=by, resident_id=one.pk, at=world.now)
    assert opened(world, by).residents[0].age == 85


def test_what_befalls_a_resident_is_told_within_reach_only(world, who):
    one = world.households["kim"].residents.get()
    officer = who("area_officer")
    for by in (who("planner", "other_dong"), who("gu_officer", "other_gu"), officer):
        with pytest.raises(NotFound):
            actions.note_death(by=by, resident_id=one.pk, died_on=world.today, at=world.now)
    with pytest.raises(NotFound):
        actions.note_death(by=officer, resident_id=10**9, died_on=world.today, at=world.now)
    actions.note_death(by=officer, resident_id=one.pk, died_on=world.today, at=world.now, owner_ids=[officer.account_id])


def test_residents_are_added_and_corrected(world, who):
    kim, by = world.households["kim"], who("planner")
    new = actions.add_resident(
        by=by, household_id=kim.pk, new=NewResident("김철수", birth_year=1970, sex="m", relation="child"), at=world.now
    )
    assert opened(world, by).residents[1].age_text == "1970년생"
    actions.change_resident(by=by, resident_id=new.pk, at=world.now, birth_date=date(1971, 5, 5))
    new.refresh_from_db()
    assert (new.birth_date, new.birth_year, new.name) == (date(1971, 5, 5), 1971, "김철수")
    with pytest.raises(Invalid):
        actions.change_resident(by=by, resident_id=new.pk, at=world.now, phone="없음")
    with pytest.raises(NotFound):
        actions.change_resident(by=who("planner", "other_dong"), resident_id=new.pk, at=world.now, name="다른")
    with pytest.raises(ValueError, match="household"):
        actions.change_resident(by=by, resident_id=new.pk, at=world.now, household_id=1)
    with pytest.raises(Forbidden):
        actions.change_resident(by=who("nurse"), resident_id=new.pk, at=world.now, name="다른")


def test_a_household_known_by_its_address_alone_stands_where_its_building_stands(world, who):
    known = world.households["kim"]
    new = actions.register_household(
        by=who("planner"), dong_id=known.dong_id, at=world.now, road_address=known.road_address, address_detail="302호",
        state=HouseholdState.PROVISIONAL,
    )  # fmt: skip
    assert (new.lon, new.lat, new.tong_id) == (known.lon, known.lat, known.tong_id)
    assert Household.objects.get(pk=new.pk).lon == known.lon


def test_a_hidden_household_gives_and_takes_no_point(world, who):
    hidden, known = world.households["hidden"], world.households["kim"]
    place = {"by": who("planner"), "dong_id": known.dong_id, "at": world.now}
    beside = actions.register_household(**place, road_address=hidden.road_address)
    assert (beside.lon, beside.lat) == (None, None)
    kept_away = actions.register_household(**place, road_address=known.road_address, address_hidden=True)
    assert (kept_away.lon, kept_away.lat) == (None, None)
