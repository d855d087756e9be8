"""복지방문지도 in a real browser: points and table say the same, a popup leads on, and a hidden address is nowhere."""

from collections.abc import Iterable
from datetime import date, datetime

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.world import BY, World

from chatdong.ground.places.models import Dong, Outline
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.visits.actions import assess_household

MAP = "/staff/map/"
HIDDEN = ("한가람", "한*람", "숨은집길", "126.9555", "37.5711")
# How far the outline of a dong reaches from its middle, in degrees.
REACH = 0.004


@action
def lay_outlines(*, by: Actor, middles: Iterable[tuple[Dong, float, float]], at: datetime) -> None:
    """A square around a point for each dong."""
    ensure(by, Permission.PLACE_LOAD)
    for dong, lon, lat in middles:
        west, south, east, north = lon - REACH, lat - REACH, lon + REACH, lat + REACH
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        shape = {"type": "Polygon", "coordinates": [ring]}
        Outline.objects.create(dong=dong, geometry=shape, source="시험", valid_from=date(2015, 7, 1))
    record("place.load", by=by, at=at, count=1)


@pytest.fixture
def watched(world: World, hour) -> World:
    """kim high and suicidal in the very middle of 천연동, the others medium, one of them behind a hidden address."""
    for name in ("kim", "family", "hidden", "near", "far"):
        reasons = ["suicide_plan"] if name == "kim" else ["no_food", "no_income"]
        assess_household(by=BY, household_id=world.households[name].pk, reasons=reasons, at=world.now)
    middles = [(home.dong, home.lon, home.lat) for home in (world.households[name] for name in ("kim", "near", "far"))]
    lay_outlines(by=BY, middles=middles, at=world.now)
    return world


def lines(page: Page) -> Locator:
    return page.get_by_role("table", name="지도에 오른 가구").locator("tbody tr")


def points(page: Page) -> set[int]:
    """The households that the map on the screen was told to draw."""
    address = page.locator("[data-map]").get_attribute("data-points-url")
    return {one["properties"]["id"] for one in page.request.get(address).json()["features"]}


def drawn(page: Page, count: int) -> None:
    words = f"지도에 가구 {count}곳을 표시했습니다." if count else "조건에 맞는 가구가 없습니다."
    expect(page.locator("[data-map-status]")).to_have_text(words)
    inked = page.locator("canvas.map-points").evaluate(
        "(one) => one.getContext('2d').getImageData(0, 0, one.width, one.height).data.some((value) => value > 0)"
    )
    assert inked is (count > 0)


def choose(page: Page, label: str, choice: str) -> None:
    page.get_by_label(label, exact=True).select_option(label=choice)
    page.get_by_role("button", name="보기", exact=True).click()


def ids(world: World, *names: str) -> set[int]:
    return {world.households[name].pk for name in names}


def test_a_filter_narrows_the_points_and_the_table_alike(page: Page, watched: World, log_in, every_look):
    log_in("planner")
    page.goto(MAP)
    drawn(page, 2)
    assert points(page) == ids(watched, "kim", "family")
    expect(lines(page)).to_have_count(2)
    expect(lines(page).filter(has_text="김*숙")).to_contain_text("자살위험")
    every_look(page, "map-two")

    choose(page, "위험군", "중위험")
    drawn(page, 1)
    assert points(page) == ids(watched, "family")
    expect(lines(page)).to_have_count(1)
    expect(lines(page)).to_contain_text("박*수")
    choose(page, "위험군", "저위험")
    drawn(page, 0)
    assert points(page) == set()
    expect(page.locator("#map-table")).to_contain_text("조건에 맞는 가구가 없습니다")
    page.get_by_role("link", name="모두 풀기").click()
    drawn(page, 2)


def test_the_card_of_a_point_leads_to_the_household(page: Page, watched: World, log_in, look):
    log_in("planner")
    page.goto(MAP)
    drawn(page, 2)
    page.locator("[data-map]").click()  # in the middle, where kim lives
    card = page.locator(".leaflet-popup .map-card")
    expect(card).to_contain_text("김*숙")
    expect(card).to_contain_text("고위험")
    look(page, "map-card")
    card.get_by_role("link", name="가구 열기").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("김영숙")
    assert page.url.endswith(f"/staff/households/{watched.households['kim'].pk}/")


@pytest.mark.parametrize("role", ["planner", "area_officer", "team_lead", "gu_officer"])
def test_a_hidden_address_is_in_nothing_that_reaches_the_browser(page: Page, watched: World, log_in, role):
    log_in(role)
    told: list[str] = []
    page.on("response", lambda answer: told.append(answer.url) if "/staff/map" in answer.url else None)
    page.goto(MAP)
    expect(page.locator("[data-map-status]")).to_contain_text("가구 ")
    address = page.locator("[data-map]").get_attribute("data-points-url")
    assert any(url.endswith(address) for url in told)
    assert not points(page) & ids(watched, "hidden", "far")
    for url in (MAP, address, "/staff/map/outlines/", "/staff/map/table/", "/staff/map/table/?print=1"):
        source = page.request.get(url).text()
        assert f"/households/{watched.households['hidden'].pk}/" not in source
        assert not [words for words in HIDDEN if words in source], url


def test_a_gu_officer_sees_several_dong_and_picks_one(page: Page, watched: World, log_in, look):
    log_in("gu_officer")
    page.goto(MAP)
    drawn(page, 3)
    assert points(page) == ids(watched, "kim", "family", "near")
    expect(page.locator(".map-name")).to_have_text(["천연동", "홍제1동"])
    expect(lines(page)).to_have_count(3)
    look(page, "map-gu")
    choose(page, "행정동", "홍제1동")
    drawn(page, 1)
    expect(lines(page)).to_contain_text("최*순")
    assert points(page) == ids(watched, "near")


def test_without_scripts_the_table_says_it_all(watched: World, somebody, look):
    page = somebody("planner", java_script_enabled=False)
    page.goto(MAP)
    expect(page.locator("noscript p")).to_be_visible()
    expect(lines(page)).to_have_count(2)
    look(page, "map-without-scripts")
    page.locator("summary", has_text="골라 보기").click()
    choose(page, "위험군", "고위험")
    expect(lines(page)).to_have_count(1)
    lines(page).get_by_role("link", name="김*숙").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("김영숙")
