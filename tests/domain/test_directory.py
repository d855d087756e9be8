"""Taking over a directory: once is enough, nobody else's is touched, and what is kept goes out again as it came."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from tests.domain.hsds_rows import directories
from tests.world import BY, actor

from chatdong.demo.directory import KINDS
from chatdong.kernel.errors import Forbidden
from chatdong.policy.models import Entry as LogLine
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
    package_of,
    profile_of,
    read_directory,
)
from chatdong.safetynet.benefits.hsds.raw import Mistakes
from chatdong.safetynet.benefits.models import CostOption, Location, Offering, Organization, Schedule, ServiceAtLocation
from chatdong.safetynet.benefits.queries import directory_of_gu, directory_plan, offering_page, offerings_for, stale_offerings

KEY = "00000000-0000-4000-8000-0000000000{:02d}".format
LINKS = {"situations": ("no_food", "rent_overdue", "lonely"), "benefits": ("living_benefit", "basic_pension")}
SMALL = Directory(
    (OrganizationRow(KEY(1), "햇살복지관", phone="02-000-1000", place="o:2"),),
    (LocationRow(KEY(2), KEY(1), "본관", 126.95584, 37.57235, "통일로 900", "천연동", place="l:2"),),
    (
        OfferingRow(
            KEY(3), KEY(1), "밑반찬 배달", "반찬을 가져다 드립니다.", assured_date=date(2026, 1, 1), situations=("no_food",),
            benefits=("living_benefit",), taxonomy=(("내 분류", "A1", "식사"),), place="s:2",
        ),
        OfferingRow(KEY(4), KEY(1), "상담", place="s:3"),
    ),
    (PlaceRow(KEY(5), KEY(3), KEY(2), place="p:2"),),
    (
        ScheduleRow(KEY(6), KEY(3), freq="WEEKLY", byday="TU,FR", place="h:2"),
        ScheduleRow(KEY(7), "", KEY(5), byday="MO", place="h:3"),
    ),
    (CostRow(KEY(8), KEY(3), amount=0, place="c:2"),),
)  # fmt: skip
MODELS = (Organization, Location, Offering, ServiceAtLocation, Schedule, CostOption)


def load(world, directory=SMALL, by=BY, where="own", **links):
    return load_directory(
        by=by, directory=directory, gu_id=world.dongs[where].gu_id, at=world.now, **{**LINKS, **links}
    )  # fmt: skip


def kept():
    return [list(model.objects.order_by("key").values()) for model in MODELS]


def without(directory, **rows):
    return Directory(**{**vars(directory), **rows})


def test_the_same_directory_again_changes_nothing(world):
    first = load(world)
    assert {one.name: one.added for one in first.counts} == {
        "organizations": 1, "locations": 1, "offerings": 2, "places": 1, "schedules": 2, "costs": 1,
    }  # fmt: skip
    before = kept()
    again = load_directory(
        by=BY, directory=SMALL, gu_id=world.dongs["own"].gu_id, at=world.now + timedelta(days=1), **LINKS
    )  # fmt: skip
    assert again.is_idle and kept() == before
    assert LogLine.objects.filter(event="directory.load").count() == 2


def test_what_differs_is_changed_and_what_a_named_service_lost_is_removed(world):
    load(world)
    newer = OfferingRow(KEY(3), KEY(1), "반찬 배달", place="s:2")
    plan = load(world, Directory((), (), (newer,), (), (ScheduleRow(KEY(9), KEY(3), byday="MO"),), ()))
    assert Offering.objects.get(key=KEY(3)).name == "반찬 배달"
    assert list(Schedule.objects.values_list("key", flat=True)) == [KEY(9)]
    assert not ServiceAtLocation.objects.exists() and not CostOption.objects.exists()
    assert {one.name: one.removed for one in plan.counts if one.removed} == {"places": 1, "schedules": 2, "costs": 1}
    # A service that the file does not name keeps what it has.
    assert Offering.objects.filter(key=KEY(4)).exists()


def test_a_plan_writes_nothing_and_says_what_a_load_does(world):
    plan = directory_plan(SMALL, gu_id=world.dongs["own"].gu_id, day=world.today, **LINKS)
    assert not Organization.objects.exists()
    assert plan.counts == load(world).counts


@pytest.mark.parametrize(
    ("broken", "place"),
    [
        ({"offerings": (OfferingRow(KEY(3), KEY(99), "없는 기관", place="s:2"),)}, "s:2"),
        ({"places": (PlaceRow(KEY(5), KEY(3), KEY(98), place="p:2"),)}, "p:2"),
        ({"schedules": (ScheduleRow(KEY(6), "", KEY(97), place="h:2"),)}, "h:2"),
        ({"costs": (CostRow(KEY(8), KEY(96), place="c:2"),)}, "c:2"),
        ({"offerings": (OfferingRow(KEY(3), KEY(1), "모르는 사정", situations=("moon",), place="s:2"),)}, "s:2"),
        (
            {"places": (PlaceRow(KEY(5), KEY(3), KEY(2), place="p:2"), PlaceRow(KEY(9), KEY(3), KEY(2), place="p:3"))},
            "p:3",
        ),
    ],
)  # fmt: skip
def test_an_unknown_reference_is_refused_with_its_place(world, broken, place):
    with pytest.raises(Mistakes) as told:
        load(world, without(SMALL, **broken))
    assert any(one.startswith(f"{place}: ") for one in told.value.problems)
    assert not Organization.objects.exists()


def test_a_reference_to_what_is_kept_already_is_known(world):
    load(world)
    load(world, Directory(offerings=(OfferingRow(KEY(10), KEY(1), "새 서비스"),)))
    assert Offering.objects.get(key=KEY(10)).organization.key == KEY(1)


def test_hours_of_a_place_that_goes_are_refused(world):
    load(world)
    with pytest.raises(Mistakes, match="h:9"):
        load(world, Directory((), (), (SMALL.offerings[0],), (), (ScheduleRow(KEY(7), "", KEY(5), place="h:9"),), ()))


def test_nobody_changes_another_gu(world):
    load(world)
    officer = actor(world, "gu_officer", "other_gu")
    with pytest.raises(Forbidden):
        load(world, by=officer)
    with pytest.raises(Mistakes, match="다른 자치구"):
        load(world, by=officer, where="other_gu")
    with pytest.raises(Forbidden):
        load(world, by=actor(world, "planner"))
    assert load(world, by=actor(world, "gu_officer")).is_idle


def test_a_place_finds_its_dong_by_name_or_by_point(world):
    far = LocationRow(KEY(11), "", "먼 곳", 100.0, 10.0, "어딘가")
    named = LocationRow(KEY(12), "", "이름으로", None, None, "", world.dongs["other_dong"].name)
    load(world, Directory(SMALL.organizations, (*SMALL.locations, far, named)))
    found = {one.name: one.dong_id for one in Location.objects.all()}
    assert found == {"본관": world.dongs["own"].pk, "먼 곳": None, "이름으로": world.dongs["other_dong"].pk}


def test_what_is_kept_goes_out_and_comes_in_again_unchanged(world):
    load(world)
    told, areas = directory_of_gu(world.dongs["own"].gu_id)
    assert {row.key for row in told.schedules} == {KEY(6), KEY(7)}
    assert areas[KEY(2)] == ("서울특별시", "서대문구")
    for content in (package_of(told, areas), profile_of(told, areas)):
        assert load(world, read_directory(content, "나간 파일")).is_idle
    assert directory_of_gu(world.dongs["other_gu"].gu_id)[0] == Directory()


@settings(
    max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
@given(directories())
def test_whatever_is_kept_survives_the_round_through_tables_and_files(world, directory):
    named = tuple(replace(one, dong="") for one in directory.locations)
    with transaction.atomic():
        load(world, without(directory, locations=named))
        told, areas = directory_of_gu(world.dongs["own"].gu_id)
        assert {row.key for row in told.offerings} == {row.key for row in directory.offerings}
        assert load(world, read_directory(package_of(told, areas), "x.zip")).is_idle
        assert load(world, read_directory(profile_of(told, areas), "x.json")).is_idle
        transaction.set_rollback(True)


def test_cards_say_where_when_and_whether_somebody_made_sure(world):
    load(world)
    cards = {card.name: card for card in offerings_for(world.today)}
    meal = cards["밑반찬 배달"]
    assert (meal.organization, meal.dong_names, meal.hours) == ("햇살복지관", ("천연동",), ("화·금", "월요일"))
    assert meal.phone == "02-000-1000" and not meal.is_stale
    assert cards["상담"].is_stale
    assert [card.name for card in offerings_for(world.today, dong_id=world.dongs["own"].pk)] == ["밑반찬 배달"]
    assert [card.name for card in offerings_for(world.today, situations=["no_food"])] == ["밑반찬 배달"]
    assert offerings_for(world.today, situations=["lonely"]) == ()
    found = offering_page(meal.id, world.today)
    assert found.costs == ("무료",) and found.spots[0].address == "통일로 900"


def test_a_service_grows_stale_a_year_after_somebody_made_sure(world):
    load(world)
    by = actor(world, "gu_officer")
    assert [card.name for card in stale_offerings(by=by, day=date(2027, 1, 1))] == ["상담"]
    assert [card.name for card in stale_offerings(by=by, day=date(2027, 1, 2))] == ["상담", "밑반찬 배달"]
    assert stale_offerings(by=actor(world, "gu_officer", "other_gu"), day=date(2027, 1, 2)) == ()
    assert stale_offerings(by=actor(world, "planner"), day=date(2027, 1, 2)) == ()


def test_the_invented_directory_links_only_to_what_there_is():
    said = {one for _about, offered in KINDS.values() for each in offered for one in each.situations.split()}
    assert len(said) > 15 and said <= set(catalog().situations)
