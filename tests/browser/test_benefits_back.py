"""맞춤복지검색 and the browser's own buttons: back, forward and reload ask nothing, lose nothing, and keep nothing anywhere."""

import json

import pytest
from playwright.sync_api import Page, expect
from tests.browser.residents import begin, heading, onward, press, turned

pytestmark = pytest.mark.usefixtures("hour")
COUNT = "[data-tally=box]"


def answer_first(page: Page) -> str:
    """The first of every choice; the question that was answered."""
    said = heading(page).inner_text()
    for group in page.get_by_role("radiogroup").all():
        group.get_by_role("radio").first.check()
    onward(page)
    return said


def state_of(page: Page) -> dict:
    """What the page carries on."""
    return json.loads(page.locator("main input[name=state]").first.input_value())


def answers_kept(page: Page) -> list[str]:
    """What stands in any store of the browser that outlives the tab or is sent."""
    return page.evaluate(
        "[document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage), location.href, document.referrer]"
    )


def test_back_and_forward_ask_nothing_and_forget_nothing(page: Page, world):
    begin(page, ("81", "여성"))
    said = [answer_first(page) for _ in range(4)]
    last, count, newest = heading(page).inner_text(), page.locator(COUNT).inner_text(), state_of(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.go_back()
    turned(page)
    expect(heading(page)).to_have_text(said[3])
    expect(heading(page)).to_be_focused()
    assert page.locator(COUNT).inner_text() == count  # the result so far is the newest one
    for _ in range(3):
        page.go_back()
        turned(page)
    expect(heading(page)).to_have_text(said[0])
    assert sent == []  # nothing is sent again, so nothing has to be asked
    onward(page)  # what was answered after this question is told still
    assert state_of(page) == newest
    for _ in range(4):
        if heading(page).inner_text() != last:
            onward(page)
    expect(heading(page)).to_have_text(last)
    assert state_of(page) == newest
    page.go_back()
    turned(page)
    page.go_forward()
    turned(page)
    expect(heading(page)).to_have_text(last)


def test_a_reload_and_a_way_back_from_elsewhere_show_the_same_page(page: Page, world):
    begin(page, ("81", "여성"))
    answer_first(page)
    said = heading(page).inner_text()
    page.reload()
    turned(page)
    expect(heading(page)).to_have_text(said)
    page.goto("/services/")
    page.go_back()
    expect(heading(page)).to_have_text(said)
    press(page, page.get_by_role("button", name="그만하고 결과 보기"))
    expect(heading(page)).to_have_text("받으실 수 있는 도움")


def test_what_was_told_is_in_no_address_cookie_or_store(page: Page, world):
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.goto("/benefits/")
    page.get_by_label("어떤 일로 힘드세요?").fill("콩나물국밥집 문을 닫았어요")
    press(page, page.get_by_role("button", name="도움 찾기"))
    before = answers_kept(page)
    assert "콩나물" not in "".join(before)
    begin(page, ("81", "여성"))
    for _ in range(5):
        answer_first(page)
        kept = "".join(answers_kept(page))
        assert "age_months" not in kept and "crisis" not in kept and "972" not in kept
    press(page, page.get_by_role("button", name="그만하고 결과 보기"))
    assert answers_kept(page)[1:3] == ["{}", "{}"]
    assert page.evaluate("caches.keys().then((all) => all.length)") == 0
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert {one["name"] for one in page.context.cookies()} <= {"csrftoken"}
    assert [url for url in sent if "?" in url or "#" in url or "=" in url] == []


def test_clear_leaves_nothing_to_go_back_or_forward_to(page: Page, world):
    begin(page, ("81", "여성"))
    answer_first(page)
    press(page, page.get_by_role("button", name="그만하고 결과 보기"))
    page.get_by_role("link", name="지우고 처음부터").click()
    expect(heading(page)).to_have_text("받을 수 있는 도움 찾기")
    page.go_forward()
    expect(heading(page)).to_have_text("받을 수 있는 도움 찾기")
    for _ in range(2):
        assert "age_months" not in json.dumps(page.evaluate("history.state"))
        page.go_back()
        expect(heading(page)).to_have_text("받을 수 있는 도움 찾기") if page.url != "about:blank" else None
    assert page.url == "about:blank"


def test_a_name_and_a_phone_number_go_into_no_history(page: Page, world):
    begin(page, ("81", "여성"))
    press(page, page.get_by_role("button", name="그만하고 결과 보기"))
    press(page, page.get_by_role("button", name="동에서 전화해 주세요"))
    page.get_by_label("이름이나 부를 이름").fill("천연댁")
    page.get_by_role("textbox", name="전화번호").fill("010-2222-3333")
    press(page, page.get_by_role("button", name="전화해 달라고 보내기"))
    expect(page.get_by_role("alert")).to_be_visible()
    assert "2222" not in json.dumps(page.evaluate("history.state"))
    page.get_by_label("사는 동").select_option(label="천연동")
    page.get_by_role("checkbox", name="전화를 드리려고").check()
    press(page, page.get_by_role("button", name="전화해 달라고 보내기"))
    expect(heading(page)).to_have_text("접수했습니다")
    assert "2222" not in json.dumps(page.evaluate("history.state"))
    page.go_back()  # to the result: the form that was sent is gone
    turned(page)
    expect(heading(page)).to_have_text("받으실 수 있는 도움")


def test_a_lost_connection_is_told_and_the_page_stays(page: Page, world):
    begin(page, ("81", "여성"))
    said = heading(page).inner_text()
    page.context.set_offline(True)
    onward(page)
    expect(page.get_by_text("연결이 끊겼습니다")).to_be_visible()
    expect(heading(page)).to_have_text(said)
    page.context.set_offline(False)
    onward(page)
    expect(heading(page)).not_to_have_text(said)
