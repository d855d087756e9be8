"""Search: whatever is typed finds the household, within reach only, the same on SQLite and PostgreSQL."""

from datetime import date

import pytest
from django.db import connection
from tests.world import BY

from chatdong.ground.households import actions, queries
from chatdong.ground.households.actions import NewResident
from chatdong.ground.households.models import Household, KnownName
from chatdong.ground.households.queries.index import asked, found_ids
from chatdong.kernel.errors import Forbidden, Invalid
from chatdong.policy.models import Entry
from chatdong.policy.roles import Role


def ids(result) -> list[int]:
    return [hit.id for hit in result.hits]


def found(world, by, text, **rest) -> set[str]:
    """The names (in the small world) of the households that a text finds."""
    names = {row.pk: name for name, row in world.households.items()}
    return {names[one] for one in ids(queries.search(by=by, text=text, at=world.now, **rest))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("김영숙", {"kim"}),
        ("김 영숙", {"kim"}),
        ("영숙", {"kim"}),
        ("영식", {"family"}),
        ("ㄱㅇㅅ", {"kim"}),
        ("ㅂㅁㅅ", {"family"}),
        ("정영ㅅ", {"family"}),
        ("정영시", {"family"}),
        ("박민ㅅ", {"family"}),
        ("2345-6789", {"kim"}),
        ("01023456789", {"kim"}),
        ("+82 10-2345-6789", {"kim"}),
        ("6789", {"kim"}),
        ("5678", {"kim"}),
        ("독립문로8길 13-2", {"kim", "empty"}),
        ("독립문로8길", {"kim", "empty"}),
        ("통일로 135", {"family"}),
        ("김영숙 독립문로", {"kim"}),
        ("정영식 302호", {"family"}),
        ("김영숙 통일로", set()),
        ("없는이름", set()),
        ("!!!", set()),
    ],
)
def test_whatever_is_typed_finds_it(world, who, text, expected):
    assert found(world, who("planner"), text) == expected


@pytest.mark.parametrize("text", ["김영슥", "김영속", "김염숙", "길영숙", "김연숙"])
def test_one_typo_still_finds_the_person_and_says_so(world, who, text):
    result = queries.search(by=who("planner"), text=text, at=world.now)
    assert ids(result) == [world.households["kim"].pk]
    if result.near_names:
        assert result.near_names == ["김영숙"]
        assert result.hits[0].why_matched == "비슷한 이름"
        assert text in result.sentence


def test_a_typo_beside_an_address_is_found_too(world, who):
    assert found(world, who("planner"), "김영슥 독립문로8길") == {"kim"}


def test_nothing_found_says_what_else_to_try(world, who):
    result = queries.search(by=who("planner"), text="황보라미", at=world.now)
    assert not result.hits and "뒤 네 자리" in result.sentence
    assert queries.search(by=who("planner"), text="  ", at=world.now).sentence


@pytest.mark.parametrize("text", ["최말순", "말순", "ㅊㅁㅅ", "최말ㅅ", "4444", "홍제내길 24", "최말슨"])
def test_another_dong_finds_nothing_of_it(world, who, text):
    assert found(world, who("planner", "other_dong"), text) == {"near"}
    result = queries.search(by=who("planner"), text=text, at=world.now)
    assert result.hits == [] and result.near_names == []


@pytest.mark.parametrize("text", ["오세라", "6666", "마포대로 210", "오새라"])
def test_a_gu_finds_its_own_dong_and_no_others(world, who, text):
    assert found(world, who("gu_officer", "other_gu"), text) == {"far"}
    assert found(world, who("gu_officer"), text) == set()
    assert found(world, who("gu_officer"), "최말순") == {"near"}
    assert found(world, BY, text) == {"far"}


def test_who_reaches_only_what_is_their_own_finds_among_these_alone(world, who):
    officer = who("area_officer")
    kim, far = world.households["kim"].pk, world.households["far"].pk
    assert found(world, officer, "김영숙") == set()
    assert found(world, officer, "김영숙", own_ids=[kim]) == {"kim"}
    assert found(world, officer, "김영슥", own_ids=lambda: [kim]) == {"kim"}
    assert found(world, officer, "박민수", own_ids=[kim]) == set()
    assert found(world, who("planner"), "오세라", own_ids=[far]) == {"far"}


@pytest.mark.parametrize("role", ["auditor", "administrator", "resident"])
def test_roles_that_read_no_household_may_not_search(world, who, role):
    with pytest.raises(Forbidden):
        queries.search(by=who(role), text="김영숙", at=world.now)


@pytest.mark.parametrize("role", ["planner", "team_lead", "gu_officer", "nurse"])
def test_a_hidden_address_is_found_by_name_and_shows_no_place(world, who, role):
    result = queries.search(by=who(role), text="한가람", at=world.now)
    hit = result.hits[0]
    assert hit.id == world.households["hidden"].pk and hit.hidden
    assert hit.address == "주소 비공개" and hit.tong == ""
    assert "숨은집" not in repr(result) and "501" not in repr(result)


@pytest.mark.parametrize("text", ["숨은집길 77", "숨은집길", "숨은", "한가람 숨은집길", "501호", "77"])
def test_a_hidden_address_is_never_found_by(world, who, text):
    for role in ("team_lead", "gu_officer", "system"):
        assert "hidden" not in found(world, who(role), text)


def test_a_hidden_address_leaves_no_token(world):
    tokens = world.households["hidden"].tokens
    assert {"n한가", f"d{world.dongs['own'].pk}", "t5432"} <= set(tokens)
    scopes = {f"d{world.dongs['own'].pk}", f"g{world.gus['서대문구'].pk}"}  # numbers of rows, which may hold any digits
    told = [token for token in tokens if token not in scopes]
    assert not [token for token in told if token[0] in "ab" or "숨은" in token or "77" in token or token[:2] in ("xb", "xu")]


def test_of_two_names_alike_each_is_told_by_itself(world, who):
    pk = actions.register_household(by=BY, dong_id=world.dongs["own"].pk, at=world.now, residents=[NewResident("김영석")]).pk
    result = queries.search(by=who("planner"), text="김영속", at=world.now)
    assert set(result.near_names) <= {"김영숙", "김영석"} and set(ids(result)) == {pk, world.households["kim"].pk}


def test_hiding_an_address_takes_its_tokens_away_and_showing_gives_them_back(world, who):
    lead, kim = who("team_lead"), world.households["kim"].pk
    actions.hide_address(by=lead, household_id=kim, hidden=True, why="가정폭력 피해", at=world.now)
    assert found(world, lead, "독립문로8길 13-2") == {"empty"} and found(world, lead, "김영숙") == {"kim"}
    actions.hide_address(by=lead, household_id=kim, hidden=False, why="본인 요청", at=world.now)
    assert found(world, lead, "독립문로8길 13-2") == {"kim", "empty"}


def test_a_change_is_found_at_once_and_the_old_no_more(world, who):
    planner, kim = who("planner"), world.households["kim"]
    one = kim.residents.get()
    actions.change_resident(by=planner, resident_id=one.pk, at=world.now, name="김영자", phone="010-7777-8888")
    assert found(world, planner, "영자") == {"kim"} and found(world, planner, "8888") == {"kim"}
    assert found(world, planner, "6789") == set()
    actions.settle(by=who("system"), household_id=kim.pk, dong_id=world.dongs["other_dong"].pk, at=world.now)
    assert found(world, planner, "영자") == set()
    assert found(world, who("planner", "other_dong"), "영자") == {"kim"}


def test_joined_households_are_found_once(world, who):
    lead = who("team_lead")
    kim, empty = world.households["kim"].pk, world.households["empty"].pk
    actions.merge_rows(by=lead, keep_id=kim, drop_id=empty, at=world.now)
    assert found(world, lead, "독립문로8길 13-2") == {"kim"}


def test_hits_are_masked_and_one_line_is_logged_with_whose(world, who):
    before = Entry.objects.count()
    hit = queries.search(by=who("planner"), text="박민수", at=world.now).hits[0]
    assert hit.names == ("박*수", "정*식", "박*기") and hit.address == "서대문구 천연동 ***" and hit.tong == "2통"
    assert hit.why_matched == "이름" and hit.state == "거주"
    entry = Entry.objects.order_by("id").last()
    assert Entry.objects.count() == before + 1
    assert (entry.event, entry.kind, entry.subjects, entry.count) == ("household.search", "read", [hit.id], 1)
    assert "박민수" not in str(entry.__dict__)


def test_behind_broken_glass_one_household_is_found(world, who):
    tell = lambda accounts, *_args, **_kwargs: list(accounts)  # noqa: E731
    far = world.households["far"].pk
    actions.break_glass(by=who("planner"), household_id=far, reason="경찰이 급히 물음", at=world.now, tell=tell)
    assert found(world, who("planner"), "오세라") == {"far"}
    assert found(world, who("nurse"), "오세라") == set()


@pytest.fixture
def crowd(world):
    """160 households of one name in 천연동 and 60 in 홍제1동, loaded at once."""
    rows = [
        actions.HouseholdRow(
            dong_id=world.dongs["own" if n < 160 else "other_dong"].pk,
            road_address=f"서대문구 통일로 {n + 1}",
            residents=(NewResident("이순자", date(1950, 1, 1), phone=f"0104444{n:04d}"),),
        )
        for n in range(220)
    ]
    return actions.load_households(by=BY, rows=rows, at=world.now)


def test_pages_bring_everybody_once_and_end(world, who, crowd):
    seen, after = [], ""
    for _ in range(10):
        result = queries.search(by=who("planner"), text="이순자", at=world.now, after=after)
        seen += ids(result)
        after = result.after
        assert len(result.hits) <= 50
        if not after:
            break
    assert sorted(seen) == crowd[:160] and len(set(seen)) == 160 and not after


@pytest.mark.parametrize("after", ["x", "e30", "WzksMF0", "WzAsLTFd", "한글"])
def test_a_mark_that_was_not_given_is_refused_in_words(world, who, after):
    with pytest.raises(Invalid):
        queries.search(by=who("planner"), text="이순자", at=world.now, after=after)


def test_every_typed_thing_is_an_answer_and_never_an_error(world, who):
    for text in ["'", '"', "' OR 1=1 --", "NEAR(a b)", "*", "a AND", "김*", "()", "ㅏㅏ", "\x00", "😀", "김" * 200, "d1", "AND"]:
        queries.search(by=who("planner"), text=text, at=world.now)


def test_the_index_answers_as_the_rows_do(world, crowd):
    """The index (FTS5 or GIN) and a plain look at every row's tokens give the same households."""
    own, near = (f"d{world.dongs[key].pk}" for key in ("own", "other_dong"))
    questions = [
        asked(["n이순", "n순자"], [own]),
        asked(["n이순"], [own, near]),
        asked(["f01044440007"]),
        asked((), ["f01044440007", "f01044440200"], [near]),
        asked(["cㅇㅅ", own]),
        asked(["n없는"], [own]),
        asked(),
    ]
    rows = list(Household.objects.order_by("id"))
    for question in questions:
        plain = [row.pk for row in rows if question.holds(row.tokens)]
        assert found_ids(question, 0, 1000) == plain
        assert found_ids(question, crowd[5], 7) == [pk for pk in plain if pk > crowd[5]][:7]


def test_the_index_is_really_there(db):
    """A later migration that lets SQLite rebuild the table would drop its triggers in silence."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_household_tokens'")
            assert "gin" in cursor.fetchone()[0]
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'households_household'")
            assert {row[0] for row in cursor.fetchall()} == {
                "households_search_add", "households_search_change", "households_search_drop",
            }  # fmt: skip


def test_known_names_belong_to_a_gu_and_tell_no_count(world):
    assert {"김영숙", "최말순"} <= set(KnownName.objects.filter(gu=world.gus["서대문구"]).values_list("name", flat=True))
    assert set(KnownName.objects.filter(gu=world.gus["마포구"]).values_list("name", flat=True)) == {"오세라"}


def test_only_these_roles_search():
    """Should another role get to read households, its search has to be thought of here."""
    from chatdong.policy.permissions import Permission
    from chatdong.policy.roles import ROLES

    readers = {role for role, row in ROLES.items() if Permission.HOUSEHOLD_READ in row.grants}
    assert readers == {
        Role.PLANNER, Role.NURSE, Role.AREA_OFFICER, Role.TEAM_LEAD, Role.DONG_HEAD, Role.GU_OFFICER, Role.SYSTEM,
    }  # fmt: skip
