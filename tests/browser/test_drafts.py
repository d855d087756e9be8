"""A half-filled visit sheet is never lost: not by leaving, not by a crash, not by the time-out; and sending it sends it once."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from tests.world import PASSWORD, World, account

from chatdong.ground.accounts.models import Draft
from chatdong.safetynet.visits.models import Contact

SEEN = '현관에 신문이 쌓여 있음.\n할머니는 <누워> 계셨고 "괜찮다"고 하심'


@pytest.fixture
def sheet(world: World, hour) -> str:
    return f"/staff/households/{world.households['family'].pk}/visit/"


def half_fill(page: Page, address: str) -> None:
    """Something of every kind: a choice, a box that another choice opens, a text, a day."""
    page.goto(address)
    page.get_by_role("radio", name="만남").check()
    page.get_by_role("checkbox", name=re.compile("^정영식")).check()
    page.get_by_label("보고 들은 것").fill(SEEN)
    page.get_by_role("checkbox", name="끼니·일상생활").check()
    page.get_by_role("radio", name="날을 정해 다시 방문").check()
    page.locator("#id_next_on").fill("2026-03-27")


def kept(page: Page) -> None:
    expect(page.locator("[data-draft-note]")).to_have_attribute("data-state", "saved")


def is_offered(page: Page) -> None:
    """The sheet says that it goes on, and everything stands as it was typed."""
    expect(page.get_by_text("쓰던 내용을 불러왔습니다")).to_be_visible()
    expect(page.get_by_role("radio", name="만남")).to_be_checked()
    expect(page.get_by_role("checkbox", name=re.compile("^정영식"))).to_be_checked()
    expect(page.get_by_role("checkbox", name=re.compile("^박민수"))).not_to_be_checked()
    expect(page.get_by_label("보고 들은 것")).to_have_value(SEEN)
    expect(page.get_by_role("checkbox", name="끼니·일상생활")).to_be_checked()
    expect(page.get_by_role("radio", name="날을 정해 다시 방문")).to_be_checked()
    expect(page.locator("#id_next_on")).to_have_value("2026-03-27")


def test_a_sheet_that_was_left_in_a_hurry_is_offered_again_and_ends_with_its_sending(
    page: Page, world: World, sheet, log_in, look
):
    log_in("planner")
    half_fill(page, sheet)
    page.goto("/staff/")  # at once, before anything was kept by itself
    expect(page.get_by_role("heading", level=1)).to_have_text("오늘")
    page.wait_for_function("fetch(location.href).then((answer) => answer.text()).then((text) => text.includes('쓰다 만 것'))")
    page.reload()
    look(page, "draft-today")
    page.get_by_role("table", name="쓰다 만 것").get_by_role("link", name="이어 쓰기").click()
    is_offered(page)
    look(page, "draft-offered")

    page.get_by_role("button", name="저장", exact=True).dblclick()
    expect(page.get_by_text("방문 기록을 저장했습니다")).to_be_visible()
    contact = Contact.objects.get()
    assert contact.seen.splitlines() == SEEN.splitlines()
    assert not Draft.objects.exists()
    page.goto(sheet)
    expect(page.get_by_text("쓰던 내용을 불러왔습니다")).to_have_count(0)
    expect(page.get_by_label("보고 들은 것")).to_have_value("")


def test_a_sheet_survives_the_crash_of_the_browser(sheet, somebody):
    first = somebody("planner")
    half_fill(first, sheet)
    kept(first)
    first.context.close()
    again = somebody("planner")
    again.goto(sheet)
    is_offered(again)
    other = somebody("team_lead")
    other.goto(sheet)
    expect(other.get_by_label("보고 들은 것")).to_have_value("")


def test_a_sheet_survives_the_end_of_the_session(page: Page, world: World, sheet, log_in, look):
    log_in("planner")
    half_fill(page, sheet)
    kept(page)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.goto(sheet)
    expect(page.get_by_role("heading", level=1)).to_have_text("직원 로그인")
    page.get_by_label("아이디").fill(account(world, "planner").login_id)
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_role("button", name="로그인").click()
    expect(page).to_have_url(re.compile(re.escape(sheet) + "$"))
    is_offered(page)


def test_what_is_typed_after_the_end_of_the_session_stays_until_somebody_logged_in_again(
    page: Page, world: World, sheet, log_in, look
):
    log_in("planner")
    half_fill(page, sheet)
    kept(page)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("보고 들은 것").fill(SEEN + " 그리고 더")
    expect(page.locator("[data-draft-note]")).to_have_attribute("data-state", "lost")
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.locator("[data-draft-note]")).to_be_in_viewport()
    expect(page.locator("[data-draft-note]")).to_contain_text("새 창에서 로그인해 주세요")
    expect(page.get_by_label("보고 들은 것")).to_have_value(SEEN + " 그리고 더")
    look(page, "draft-session-over")
    assert not Contact.objects.exists()

    window = page.context.new_page()
    window.goto("/login/")
    window.get_by_label("아이디").fill(account(world, "planner").login_id)
    window.get_by_label("비밀번호").fill(PASSWORD)
    window.get_by_role("button", name="로그인").click()
    expect(window.get_by_role("heading", level=1)).to_have_text("오늘")
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.get_by_text("방문 기록을 저장했습니다")).to_be_visible()
    assert Contact.objects.get().seen.endswith("그리고 더")


def test_what_is_thrown_away_is_gone(page: Page, sheet, log_in):
    log_in("planner")
    half_fill(page, sheet)
    kept(page)
    page.goto(sheet)
    is_offered(page)
    page.locator("summary", has_text="버리고 새로 쓰기").click()
    page.get_by_role("button", name="버리기", exact=True).click()
    expect(page.get_by_text("임시 저장한 내용을 버렸습니다")).to_be_visible()
    expect(page.get_by_label("보고 들은 것")).to_have_value("")
    assert not Draft.objects.exists()
