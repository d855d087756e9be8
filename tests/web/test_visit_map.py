"""복지방문지도: who stands on it, that hidden addresses and other dong never do, and that the table says the same."""

import json

import pytest
from tests.web.at_the_door import as_, at, few_queries, text_of
from tests.world import BY

from chatdong.ground.households.actions import note_move
from chatdong.ground.households.models import Resident
from chatdong.ground.households.queries import masked_names, masked_rows
from chatdong.policy.models import Entry
from chatdong.safetynet.visits.actions import assess_household

POINTS, TABLE, LINES, MAP = "/staff/map/points/", "/staff/map/table/", "/staff/map/outlines/", "/staff/map/"


@pytest.fixture
def watched(world, monkeypatch):
    """kim high and suicidal, family low, hidden, near and far medium."""
    at(monkeypatch, world.now)
    why = {"kim": ["suicide_plan"], "family": ["chronic_illness", "lives_alone"], "hidden": ["no_food", "no_income"]}
    for name in ("kim", "family", "hidden", "near", "far"):
        reasons = why.get(name, ["no_food", "no_income"])
        assess_household(by=BY, household_id=world.households[name].pk, reasons=reasons, at=world.now)
    return world


def points(client, query: str = "") -> dict[int, dict]:
    found = json.loads(client.get(POINTS + query).content)
    return {one["properties"]["id"]: one for one in found["features"]}


def ids(world, *names: str) -> set[int]:
    return {world.households[name].pk for name in names}


def test_the_points_of_ones_own_dong_masked_and_never_kept(watched):
    client = as_(watched, "planner")
    answer = client.get(POINTS)
    found = points(client)
    assert set(found) == ids(watched, "kim", "family")
    kim = found[watched.households["kim"].pk]
    assert kim["geometry"]["coordinates"] == [126.9561, 37.5722]
    assert kim["properties"]["suicide"] is True and kim["properties"]["grade"] == 1
    assert kim["properties"]["label"] == "김*숙"
    assert kim["properties"]["href"] == f"/staff/households/{watched.households['kim'].pk}/"
    assert answer["Cache-Control"] == "no-store"
    assert "김영숙" not in answer.content.decode()


@pytest.mark.parametrize("query", ["", "?dong={own}", "?tong=1", "?grade=2", "?kind=income", "?rhythm=medium"])
@pytest.mark.parametrize("role", ["planner", "team_lead", "gu_officer"])
def test_a_hidden_address_is_nowhere(watched, role, query):
    client, query = as_(watched, role), query.format(own=watched.dongs["own"].pk)
    hidden = watched.households["hidden"].pk
    assert hidden not in points(client, query)
    for path in (MAP, TABLE):
        page = client.get(path + query).content.decode()
        assert f"/households/{hidden}/" not in page and "한*람" not in page


def test_how_many_are_left_out_is_told_and_does_not_change_with_the_tong(watched):
    client = as_(watched, "planner")
    for query in ("", "?tong=1", "?tong=2"):
        assert "주소를 숨긴 가구 1곳" in text_of(client.get(MAP + query))


def test_another_dong_is_empty_whatever_is_asked(watched):
    other = watched.dongs["own"].pk
    client = as_(watched, "planner", "other_dong")
    assert set(points(client)) == ids(watched, "near")
    assert points(client, f"?dong={other}") == {}
    assert "김*숙" not in client.get(f"{MAP}?dong={other}").content.decode()
    assert "김*숙" not in client.get(f"{TABLE}?dong={other}").content.decode()


def test_a_gu_officer_sees_the_gu_and_chooses_a_dong(watched):
    client = as_(watched, "gu_officer")
    assert set(points(client)) == ids(watched, "kim", "family", "near")
    assert set(points(client, f"?dong={watched.dongs['other_dong'].pk}")) == ids(watched, "near")
    assert "홍제1동" in text_of(client.get(MAP))


@pytest.mark.parametrize(
    ("query", "names"),
    [("?grade=1", ("kim",)), ("?suicide=1", ("kim",)), ("?tong=2", ("family",)), ("?rhythm=suicide", ("kim",)),
     ("?kind=safety", ("kim",)), ("?overdue=1", ()), ("?grade=7&kind=nothing&tong=x", ("kim", "family"))],
)  # fmt: skip
def test_filters_narrow_points_and_table_alike(watched, query, names):
    client = as_(watched, "planner")
    assert set(points(client, query)) == ids(watched, *names)
    page = client.get(TABLE + query).content.decode()
    for name in ("kim", "family"):
        assert (f"/households/{watched.households[name].pk}/" in page) is (name in names)


def test_an_overdue_visit_is_marked(watched, monkeypatch):
    from datetime import timedelta

    at(monkeypatch, watched.now + timedelta(days=20))
    client = as_(watched, "planner")
    assert points(client, "?overdue=1")[watched.households["kim"].pk]["properties"]["due"].endswith("지남")
    assert "지남" in text_of(client.get(MAP))


def test_an_empty_map_says_so(world, monkeypatch):
    at(monkeypatch, world.now)
    page = text_of(as_(world, "planner").get(MAP))
    assert "조건에 맞는 가구가 없습니다" in page


def test_the_outlines_are_those_of_ones_own_reach(watched):
    answer = as_(watched, "planner").get(LINES)
    assert json.loads(answer.content)["type"] == "FeatureCollection"
    assert answer["Cache-Control"] == "no-store"


def test_paper_is_masked_and_written_down(watched):
    page = text_of(as_(watched, "planner").get(f"{TABLE}?print=1"))
    assert "김*숙" in page and "김영숙" not in page and "한*람" not in page
    assert Entry.objects.get(kind="print").count == 2


def test_looking_is_written_down_with_the_households_shown(watched):
    points(as_(watched, "planner"))
    assert set(Entry.objects.get(event="map.read").subjects) == ids(watched, "kim", "family")


def test_a_point_is_called_what_the_lists_call_the_household(watched):
    head = Resident.objects.get(household=watched.households["family"], relation="head")
    note_move(by=BY, resident_id=head.pk, moved_on=watched.today, at=watched.now)
    homes = [home.pk for home in watched.households.values() if home.residents.exists()]
    assert masked_names(homes) == {home: row.name for home, row in masked_rows(homes).items()}


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_who_may_not_look_does_not(watched, role):
    for path in (MAP, POINTS, LINES, TABLE):
        assert as_(watched, role).get(path).status_code == 403


def test_few_queries(watched):
    client = as_(watched, "gu_officer")
    client.get(MAP)
    for path in (MAP, POINTS, LINES, TABLE):
        with few_queries():
            client.get(path)
