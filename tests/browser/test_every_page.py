"""Every page of every role: fit for everybody, on a phone, at twice the size, and by keyboard alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.browser import walks
from tests.web.matter import Matter, matter_at
from tests.world import World, account

from chatdong.ground.accounts.queries import actor_of
from chatdong.ground.accounts.states import PostedRole
from chatdong.policy.check import may
from chatdong.policy.permissions import Permission as P
from chatdong.web.door.menu import menu_of

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
# A window of 1280 by 800 at 200 %.
TWICE = {"width": 640, "height": 400}
PUBLIC = (
    "/", "/login/", "/privacy/", "/report/", "/report/worry/", "/report/danger/", "/report/where/", "/report/person/",
    "/benefits/", "/benefits/ask/", "/benefits/call/", "/benefits/en/", "/benefits/en/ask/", "/benefits/en/call/",
)  # fmt: skip
# Pages that the menu does not name: the address, what of the matter stands in it, and the right that opens it.
MORE = (
    ("staff-household", "household_id", P.HOUSEHOLD_READ),
    ("staff-visit-record", "household_id", P.VISIT_RECORD),
    ("staff-household-plan", "household_id", P.VISIT_PLAN),
    ("staff-household-grade", "household_id", P.RISK_GRADE),
    ("staff-household-next", "household_id", P.LEAD_WORK),
    ("staff-household-close", "household_id", P.LEAD_WORK),
    ("staff-household-handover", "household_id", P.HANDOVER_ASK),
    ("staff-household-safety", "household_id", P.SAFETY_PLAN_READ),
    ("staff-report", "report_id", P.REPORT_READ),
    ("staff-list", "list_id", P.LIST_LOAD),
    ("staff-report-new", "", P.REPORT_TRIAGE),
    ("staff-handovers", "", P.HANDOVER_ANSWER),
    ("staff-closures", "", P.CLOSURE_CONFIRM),
    ("staff-notices", "", P.LEAD_READ),
    ("staff-map-table", "", P.MAP_READ),
)

OWN_ONLY = (PostedRole.NURSE, PostedRole.AREA_OFFICER)


@pytest.fixture
def matter(world: World, hour) -> Matter:
    """Something of everything in 천연동 and 홍제1동, three hours old: some of it is late by now."""
    found = matter_at(world, "own")
    matter_at(world, "other_dong")
    hour.later(hours=3)
    return found


def pages_of(world: World, role: str, matter: Matter) -> list[str]:
    """The addresses that a role's menu names, and those behind them that the role may open in 천연동."""
    actor = actor_of(account(world, role), at=world.now)
    found = [line["href"] for line in menu_of(actor, "")]
    for name, part, right in MORE:
        if may(actor, right):
            found.append(reverse(name, args=(getattr(matter, part),) if part else ()))
    return found


def go(page: Page, address: str, *, answers: tuple[int, ...] = (200,)) -> None:
    answer = page.goto(address)
    assert answer is not None and answer.status in answers, f"{address}: {answer and answer.status}"


def none_of(found: list, where: str) -> None:
    assert not found, "\n  ".join([where, *map(str, found)])


def is_fit(page: Page, accessible, address: str) -> None:
    """axe on a desktop and on a phone, nothing wider than the window, nothing cut off at twice the size."""
    accessible(page)
    page.set_viewport_size(PHONE)
    accessible(page)
    none_of(walks.cut_off(page, strict=False), f"{address} at 360 px")
    page.set_viewport_size(TWICE)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 1, f"{address} is {wider} px wider than the window at 200 %"
    none_of(walks.cut_off(page, strict=True), f"{address} at 200 %")
    assert walks.covered(page) <= 0.5, f"{address}: bars cover more than half of the window at 200 %"
    page.set_viewport_size(DESK)


@pytest.mark.parametrize("role", list(PostedRole))
def test_every_page_of_a_role_is_fit_for_everybody(page: Page, world: World, matter, log_in, accessible, role):
    log_in(role)
    found = pages_of(world, role, matter)
    assert found
    # Who works on their own households alone is refused this one; the page that says so is a page as well.
    answers = (200, 403, 404) if role in OWN_ONLY else (200,)
    wrong = []
    for address in found:
        go(page, address, answers=answers)
        try:
            is_fit(page, accessible, address)
        except AssertionError as error:
            wrong.append(str(error))
            page.set_viewport_size(DESK)
    assert not wrong, "\n\n".join(wrong)


def test_every_public_page_is_fit_for_everybody(page: Page, world: World, hour, accessible):
    page.goto("/report/?who=neighbor")
    page.get_by_role("button", name="다음").click()
    page.get_by_label("직접 적어 주세요").fill("반찬이 없으세요")
    page.get_by_role("button", name="다음").click()
    for address in PUBLIC:
        go(page, address)
        is_fit(page, accessible, address)


@pytest.mark.parametrize("address", ["/staff/", "/staff/map/"])
def test_pages_hold_in_high_contrast_as_it_is_chosen_on_the_page(page: Page, matter, log_in, accessible, look, address):
    log_in("planner")
    go(page, address)
    page.locator("summary", has_text="글자·화면").click()
    page.get_by_role("switch", name="고대비 화면").click()
    page.keyboard.press("Escape")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.contrast") == "high"
    accessible(page)
    look(page, f"contrast{address.replace('/', '-')}")


def walked(page: Page, address: str) -> list[dict]:
    """Every stop of the keyboard on a page; each is seen, and nothing that can be used is left out."""
    go(page, address)
    stops = walks.walk(page)
    unseen = [stop for stop in stops if not (stop["ring"] and stop["inside"])]
    none_of(unseen, f"{address}: the focus cannot be seen")
    none_of(walks.missed(page), f"{address}: out of the keyboard's reach")
    return stops


@pytest.mark.parametrize("role", [PostedRole.PLANNER, PostedRole.GU_OFFICER, PostedRole.AUDITOR, PostedRole.ADMINISTRATOR])
def test_the_whole_menu_is_reached_by_keyboard(page: Page, world: World, matter, log_in, role):
    log_in(role)
    lines = [line["href"] for line in menu_of(actor_of(account(world, role), at=world.now), "")]
    stops = walked(page, lines[0])
    reached = [stop["href"] for stop in stops]
    assert [href for href in lines if href not in reached] == []
    page.set_viewport_size(PHONE)
    page.reload()
    page.evaluate("document.querySelector('.tab-bar__more')?.setAttribute('open', '')")
    reached = [stop["href"] for stop in walks.walk(page)]
    assert [href for href in lines if href not in reached] == [], "on a phone"


def test_the_skip_link_comes_first_and_leads_to_the_content(page: Page, matter, log_in):
    log_in("planner")
    for address in ("/staff/", "/"):
        go(page, address)
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="본문으로 바로가기")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize(
    ("name", "part", "action"),
    [
        ("staff-today", "", "신고 받아 적기"),
        ("staff-household", "household_id", "방문 기록"),
        ("staff-visit-record", "household_id", "저장"),
        ("staff-report", "report_id", "새 가구로 시작"),
        ("staff-map", "", "보기"),
        ("staff-lists", "", "올리기"),
    ],
)
def test_the_main_action_is_reached_by_keyboard(page: Page, matter, log_in, name, part, action):
    log_in("planner")
    stops = walked(page, reverse(name, args=(getattr(matter, part),) if part else ()))
    assert action in [stop["words"] for stop in stops]


def test_a_report_is_decided_by_keyboard_alone(page: Page, matter, log_in):
    log_in("planner")
    go(page, reverse("staff-report", args=(matter.report_id,)))
    page.get_by_text("새 가구로 시작").locator("xpath=ancestor::summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="취소").filter(visible=True)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="네, 새 가구입니다")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("가구")
