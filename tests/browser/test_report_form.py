"""A neighbor and a person in need at the public form, in a real browser; every screen is looked at."""

import pytest
from playwright.sync_api import Page, expect

from chatdong.safetynet.discovery.models import Report


def onward(page: Page) -> None:
    page.get_by_role("button", name="다음").click()


@pytest.fixture(autouse=True)
def _fresh_hour(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "browser"}}
    from django.core.cache import cache

    cache.clear()


def test_a_neighbor_reports_and_every_screen_is_fit_to_be_seen(page: Page, world, every_look):
    page.goto("/")
    every_look(page, "open-home")
    page.get_by_role("link", name="이웃을 알려 주기").click()
    expect(page.get_by_role("radio", name="이웃이나 아는 분이 걱정돼요")).to_be_checked()
    every_look(page, "open-who")
    onward(page)

    onward(page)  # nothing chosen: a sentence at the field
    expect(page.get_by_role("alert")).to_contain_text("하나를 고르거나 아래에 적어 주세요")
    every_look(page, "open-worry-error")
    page.get_by_role("checkbox", name="끼니를 거르세요").check()
    page.get_by_label("직접 적어 주세요").fill("옆집 할머니가 죽고 싶다고 하셨어요")
    onward(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("먼저 전화해 주세요")
    expect(page.locator("main a[href='tel:109']")).to_be_visible()
    every_look(page, "open-call")
    page.get_by_role("link", name="전화했어요, 이어서 적을게요").click()

    page.get_by_role("checkbox", name="위험한 일은 없어요").check()
    every_look(page, "open-danger")
    onward(page)
    onward(page)
    expect(page.get_by_role("alert")).to_contain_text("가까운 곳을 적거나 동을 골라 주세요")
    every_look(page, "open-where-error")
    page.get_by_label("주소나 가까운 곳").fill("독립문로 23")
    page.get_by_label("동", exact=True).select_option(label="천연동") if page.get_by_label("동", exact=True).count() else None
    onward(page)
    page.get_by_label("나이나 태어난 해").fill("70대")
    every_look(page, "open-person")
    onward(page)
    page.get_by_role("radio", name="연락처를 남길게요").check()
    page.get_by_label("전화번호").fill("010-2222-3333")
    onward(page)
    expect(page.get_by_role("alert")).to_contain_text("동의가 필요합니다")
    every_look(page, "open-reporter-error")
    page.get_by_role("checkbox", name="개인정보 수집·이용에 동의합니다").check()
    onward(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("이대로 보낼까요?")
    every_look(page, "open-check")
    page.get_by_role("button", name="보내기").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("접수했습니다")
    report = Report.objects.get()
    expect(page.get_by_text(report.receipt)).to_be_visible()
    assert report.urgency == "now"
    every_look(page, "open-done")

    page.go_back()
    page.goto("/report/check/")
    expect(page.get_by_role("heading", level=1)).to_have_text("접수했습니다")
    assert Report.objects.count() == 1


def test_going_back_keeps_what_was_typed(page: Page, world):
    page.goto("/report/?who=neighbor")
    onward(page)
    page.get_by_label("직접 적어 주세요").fill("며칠째 불이 꺼져 있어요")
    onward(page)
    if page.get_by_role("link", name="전화했어요").count():
        page.get_by_role("link", name="전화했어요").click()
    page.go_back()
    page.goto("/report/danger/")
    page.get_by_role("link", name="이전 질문").click()
    expect(page.get_by_label("직접 적어 주세요")).to_have_value("며칠째 불이 꺼져 있어요")


def test_the_form_works_without_scripts_and_by_keyboard_alone(browser, browser_context_args, world, look):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto("/report/?who=me")
    page.get_by_role("radio", name="제가 도움이 필요해요").press("Enter")
    page.get_by_label("직접 적어 주세요").fill("쌀이 떨어졌어요")
    page.get_by_role("button", name="다음").press("Enter")
    if page.get_by_role("link", name="전화했어요").count():
        page.get_by_role("link", name="전화했어요").press("Enter")
    page.get_by_role("checkbox", name="위험한 일은 없어요").press("Space")
    page.get_by_role("button", name="다음").press("Enter")
    page.get_by_label("주소나 가까운 곳").fill("천연동 주민센터 앞")
    page.get_by_label("주소나 가까운 곳").press("Enter")
    look(page, "open-person-own-without-scripts")
    page.get_by_role("button", name="다음").press("Enter")
    page.get_by_role("button", name="보내기").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("접수했습니다")
    assert Report.objects.get().pathway == "self"
    context.close()


@pytest.mark.parametrize("address", ["/", "/report/", "/privacy/"])
def test_pages_hold_at_twice_the_size(page: Page, world, address, look):
    """200 % zoom of a 1280 px window is a window of 640 px, and text of twice the size at that."""
    page.set_viewport_size({"width": 640, "height": 450})
    page.goto(address)
    page.evaluate("document.documentElement.dataset.text = 'largest'")
    look(page, f"open-zoom{address.replace('/', '-')}")
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 1
