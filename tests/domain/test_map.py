"""복지방문지도: only what is within reach, never a hidden address, and a table that says the same."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.domain.visit_steps import HIGH, LOW, MEDIUM, SUICIDE, grade, moment, watch
from tests.world import BY, account

from chatdong.ground.households.actions import change_household, hide_address
from chatdong.kernel.errors import Invalid
from chatdong.policy.models import Entry
from chatdong.safetynet.visits import queries
from chatdong.safetynet.visits.actions import assign_watch


@pytest.fixture
def watched(world, who, now):
    """Everybody of 천연동 and one of each other place on the map: kim high and suicide risk, family medium, hidden low."""
    empty = world.households["empty"]
    # nobody knows where it stands: the point that it took from its building is taken away
    change_household(by=BY, household_id=empty.pk, version=empty.version, at=now, lon=None, lat=None)
    for name, reasons, where in (
        ("kim", [*SUICIDE, "no_food"], "own"), ("family", MEDIUM, "own"), ("hidden", LOW, "own"), ("empty", HIGH, "own"),
        ("near", MEDIUM, "other_dong"), ("far", HIGH, "other_gu"),
    ):  # fmt: skip
        grade(who("planner", where), world.households[name], reasons, now)
    return world


def ids(data):
    return {point.household_id for point in data.points}


def homes(world, *names):
    return {world.households[name].pk for name in names}


def test_a_dong_sees_its_own_points_and_counts_what_it_cannot_draw(watched, who, now):
    data = queries.map_points(by=who("planner"), at=now)
    assert ids(data) == homes(watched, "kim", "family")
    assert (data.hidden_count, data.unplaced_count, data.total, data.capped) == (1, 1, 4, False)
    point = next(point for point in data.points if point.household_id == watched.households["kim"].pk)
    assert (point.lon, point.lat, point.grade, point.suicide) == (126.9561, 37.5722, 1, True)
    assert point.label == "고위험, 자살위험" and not point.overdue


def test_each_sees_what_the_right_reaches(watched, who, now):
    assert ids(queries.map_points(by=who("gu_officer"), at=now)) == homes(watched, "kim", "family", "near")
    assert ids(queries.map_points(by=who("planner", "other_gu"), at=now)) == homes(watched, "far")
    assert queries.map_points(by=who("planner"), at=now, dong_id=watched.dongs["other_dong"].pk).total == 0
    for role in ("auditor", "administrator", "area_officer", "resident"):
        assert queries.map_points(by=who(role), at=now).total == 0
        assert queries.map_table(by=who(role), at=now).is_empty
    assign_watch(by=who("team_lead"), watch_id=watch(watched.households["family"]).pk,
                 worker_id=account(watched, "area_officer").pk, at=now)  # fmt: skip
    assert ids(queries.map_points(by=who("area_officer"), at=now)) == homes(watched, "family")


def test_a_hidden_address_is_nowhere_whoever_looks(watched, who, now):
    hidden = watched.households["hidden"].pk
    for role in ("planner", "team_lead", "dong_head", "gu_officer"):
        assert hidden not in ids(queries.map_points(by=who(role), at=now))
        assert hidden not in {row.household_id for row in queries.map_table(by=who(role), at=now).rows}
    hide_address(by=BY, household_id=watched.households["kim"].pk, hidden=True, why="보호", at=now)
    data = queries.map_points(by=who("planner"), at=now)
    assert ids(data) == homes(watched, "family") and data.hidden_count == 2


def test_no_filter_closer_than_the_dong_tells_where_somebody_hides(watched, who, now):
    counts = {tong: queries.map_points(by=who("planner"), at=now, tong=tong).hidden_count for tong in (1, 2, 99, None)}
    assert set(counts.values()) == {1}


@pytest.mark.parametrize(
    ("narrowed", "names"),
    [
        ({"tong": 1}, {"kim"}),
        ({"tong": 2}, {"family"}),
        ({"grade": 1}, {"kim"}),
        ({"grade": 2}, {"family"}),
        ({"rhythm": "suicide"}, {"kim"}),
        ({"rhythm": "high"}, set()),
        ({"rhythm": "medium"}, {"family"}),
        ({"suicide": True}, {"kim"}),
        ({"kind": "health"}, {"family"}),
        ({"kind": "income"}, {"kim"}),
        ({"kind": "child"}, set()),
        ({"overdue": True}, set()),
        ({"grade": 1, "tong": 2}, set()),
    ],
)
def test_every_filter(watched, who, now, narrowed, names):
    assert ids(queries.map_points(by=who("planner"), at=now, **narrowed)) == homes(watched, *names)
    table = {row.household_id for row in queries.map_table(by=who("planner"), at=now, **narrowed).rows}
    assert table - homes(watched, "empty") == homes(watched, *names)


def test_overdue_is_drawn_and_filtered(watched, who, now):
    later = moment(20, 9)
    data = queries.map_points(by=who("planner"), at=later, overdue=True)
    assert ids(data) == homes(watched, "kim") and data.points[0].label.endswith("방문 기한 지남")


@pytest.mark.parametrize("wrong", [{"grade": 4}, {"rhythm": "daily"}, {"kind": "x' OR 1=1"}])
def test_a_filter_that_does_not_exist_is_said_so(watched, who, now, wrong):
    with pytest.raises(Invalid):
        queries.map_points(by=who("planner"), at=now, **wrong)


def test_a_look_is_written_down_with_whose_it_was_and_asks_few_queries(watched, who, now):
    with CaptureQueriesContext(connection) as asked:
        queries.map_points(by=who("planner"), at=now)
    reads = [query["sql"] for query in asked if query["sql"].startswith("SELECT") and "watch" in query["sql"]]
    assert len(reads) == 3
    assert not any("resident" in sql or "road_address" in sql or '"tokens"' in sql for sql in reads), "only what the map shows"
    line = Entry.objects.get(event="map.read")
    assert sorted(line.subjects) == sorted(homes(watched, "kim", "family")) and line.count == 2


def test_the_table_holds_those_without_a_place_and_is_masked(watched, who, now):
    rows = queries.map_table(by=who("planner"), at=now + timedelta(days=1)).rows
    assert {row.household_id for row in rows} == homes(watched, "kim", "family", "empty")
    assert "김영숙" not in repr(rows) and "독립문로" not in repr(rows)


def test_closed_watches_leave_the_map(watched, who, now):
    grade(who("planner"), watched.households["family"], [], now)
    assert ids(queries.map_points(by=who("planner"), at=now)) == homes(watched, "kim")


def test_kinds_have_names_for_a_filter(watched):
    assert queries.kind_labels()["isolation"] == "고립"
