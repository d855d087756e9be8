"""맞춤복지검색 in a real browser: both doors by keyboard on a phone, the link to share, paper, no scripts, English."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser import walks
from tests.browser.residents import begin, heading, onward, press, turned

PHONE = {"width": 360, "height": 740}


def fit(page: Page) -> None:
    assert not walks.cut_off(page, strict=False), page.url


def test_one_question_at_a_time_by_keyboard_on_a_phone(page: Page, world, hour, every_look, accessible):
    page.set_viewport_size(PHONE)
    page.goto("/")
    press(page, page.get_by_role("link", name="받을 수 있는 도움 찾기"))
    expect(heading(page)).to_have_text("받을 수 있는 도움 찾기")
    every_look(page, "benefits-doors")
    press(page, page.get_by_role("link", name="질문에 답하기"))
    expect(heading(page)).to_be_focused()
    page.get_by_label("나이(만)").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("나이를 적어 주세요.")
    every_look(page, "benefits-members-error")
    page.get_by_label("나이(만)").fill("81")
    page.get_by_label("여성").press("Space")
    page.get_by_label("나이(만)").press("Enter")

    seen = []
    for _ in range(30):
        title = heading(page).inner_text()
        if page.locator("#answers").count():
            break
        expect(heading(page)).to_be_focused()
        expect(page.get_by_role("complementary", name="지금까지 찾은 것")).to_be_visible()
        if title not in seen:
            accessible(page)
            fit(page)
        if len(seen) in (0, 2, 4):
            every_look(page, f"benefits-question-{len(seen)}")
        seen.append(title)
        for group in page.get_by_role("radiogroup").all():
            choice = group.get_by_role("radio").first
            choice.press("Space")
            expect(choice).to_be_checked()
        page.get_by_role("radio").first.press("Enter") if page.get_by_role("radio").count() else onward(page)
        turned(page)
    assert 5 <= len(seen) <= 25
    expect(heading(page)).to_have_text("받으실 수 있는 도움")
    expect(page.get_by_text("더 여쭐 것이 없습니다")).to_be_visible()
    expect(page.locator("#benefit-basic_pension")).to_be_visible()
    assert page.url.endswith("/benefits/ask/") and "81" not in page.url
    every_look(page, "benefits-result")
    fit(page)


def test_bad_figures_stay_where_they_were_typed_and_back_keeps_answers(page: Page, world, hour, every_look):
    begin(page, ("38", "여성"), ("7개월", "남성"))
    debts = page.get_by_role("checkbox", name="갚을 빚(대출)")
    for _ in range(20):
        if debts.count():
            break
        press(page, page.get_by_role("button", name="잘 모르겠어요"))
    name = heading(page).inner_text()
    debts.check()
    onward(page)
    expect(heading(page)).to_have_text(name)
    page.get_by_role("radio", name="정확한 금액을 적을게요").first.check()
    page.get_by_label("금액", exact=True).first.fill("많이")
    onward(page)
    expect(page.get_by_role("alert")).to_contain_text("금액을 숫자로 적어 주세요")
    expect(page.get_by_label("금액", exact=True).first).to_have_value("많이")
    every_look(page, "benefits-question-error")
    page.get_by_label("금액", exact=True).first.fill("120만")
    for group in page.get_by_role("radiogroup").all()[1:]:
        group.get_by_role("radio").first.check()
    onward(page)
    press(page, page.get_by_role("button", name="그만하고 결과 보기"))
    line = page.locator("#answers .facts__line", has_text=name)
    expect(line).to_contain_text("1,200,000")
    press(page, line.get_by_role("button"))
    expect(heading(page)).to_have_text(name)
    expect(debts).to_be_checked()
    onward(page)
    expect(page.get_by_label("금액", exact=True).first).to_have_value("1,200,000")
    onward(page)
    expect(heading(page)).to_have_text("받으실 수 있는 도움")


def test_words_find_help_and_danger_shows_whom_to_call_first(page: Page, world, hour, every_look):
    page.set_viewport_size(PHONE)
    page.goto("/benefits/")
    page.get_by_label("어떤 일로 힘드세요?").fill("월세가 밀려서 쫓겨날 것 같아요")
    press(page, page.get_by_role("button", name="도움 찾기"))
    expect(heading(page)).to_be_focused()
    expect(page.get_by_role("checkbox", name="월세가 밀림")).to_be_checked()
    expect(page.locator("#hits article").first).to_be_visible()
    every_look(page, "benefits-words")
    fit(page)
    page.get_by_role("checkbox", name="집에서 쫓겨날 처지").press("Space")
    press(page, page.get_by_role("button", name="고친 것으로 다시 찾기"))
    expect(page.get_by_role("checkbox", name="집에서 쫓겨날 처지")).not_to_be_checked()
    press(page, page.get_by_role("button", name="나도 받을 수 있는지 확인"))
    expect(heading(page)).to_have_text("함께 사는 분은 누구인가요?")
    page.goto("/benefits/")
    page.get_by_label("어떤 일로 힘드세요?").fill("남편이 때려요 무서워요")
    press(page, page.get_by_role("button", name="도움 찾기"))
    expect(heading(page)).to_have_text("먼저 전화해 주세요")
    first = page.locator("main a[href^='tel:']").first
    assert first.get_attribute("href") in ("tel:112", "tel:1366", "tel:119")
    every_look(page, "benefits-words-danger")
    page.goto("/benefits/")
    press(page, page.get_by_role("button", name="도움 찾기"))
    expect(page.get_by_role("alert")).to_contain_text("어떤 일로 힘드신지 적어 주세요")
    every_look(page, "benefits-words-error")


def test_a_shared_link_opens_the_same_result_and_carries_answers_behind_the_hash_alone(page: Page, world, hour, somebody):
    begin(page, ("68", "여성"))
    press(page, page.get_by_role("button", name="그만하고 결과 보기"))
    page.get_by_role("button", name="보낼 주소 만들기").click()
    link = page.get_by_label("보낼 주소").input_value()
    assert re.search(r"/benefits/#a=[\w-]+$", link)
    counts = page.locator(".tally__counts").inner_text()
    other = somebody()
    asked: list[str] = []
    other.on("request", lambda request: asked.append(request.url))
    other.goto(link)
    expect(heading(other)).to_have_text("받으실 수 있는 도움")
    assert other.locator(".tally__counts").inner_text() == counts
    assert other.url.endswith("/benefits/result/")
    assert asked and not [url for url in asked if "#" in url.replace(link, "") or "a=" in url.replace(link, "")]
    broken = somebody()
    broken.goto(link[: link.index("#")] + "#a=%%%")
    expect(broken.get_by_role("alert")).to_contain_text("읽지 못한 것이 있습니다")


def test_on_paper_everything_that_matters_is_unfolded_in_large_type(page: Page, world, hour, look):
    begin(page, ("68", "여성"))
    press(page, page.get_by_role("button", name="그만하고 결과 보기"))
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#first details:not([open])").count() == 0
    size = page.locator("#first article p").first.evaluate("one => getComputedStyle(one).fontSize")
    assert float(size.removesuffix("px")) >= 18.6  # 14 pt
    expect(page.locator("#first .why").first).to_be_visible()
    expect(page.get_by_role("button", name="동에서 전화해 주세요")).not_to_be_visible()
    look(page, "benefits-paper")


def test_questions_work_without_scripts(browser, browser_context_args, world, hour, look):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    begin(page, ("42", "여성"), ("15", "여성"))
    for _ in range(30):
        if page.locator("#answers").count():
            break
        if page.get_by_role("radio", name="월세", exact=True).count():
            page.get_by_role("radio", name="월세", exact=True).check()
            look(page, "benefits-home-without-scripts")
            onward(page)
            expect(page.get_by_text("보증금").first).to_be_visible()
        for group in page.get_by_role("radiogroup").all():
            group.get_by_role("radio").nth(1).check()
        onward(page)
    expect(heading(page)).to_have_text("받으실 수 있는 도움")
    expect(page.get_by_role("button", name="보낼 주소 만들기")).not_to_be_visible()
    context.close()


def test_english_from_door_to_result_and_back_to_korean(page: Page, world, hour, every_look, accessible):
    page.goto("/benefits/")
    press(page, page.get_by_role("link", name="English"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    every_look(page, "benefits-english-doors")
    press(page, page.get_by_role("link", name="Answer questions"))
    page.get_by_label("Age in full years").fill("34")
    page.get_by_label("woman").check()
    press(page, page.get_by_role("button", name="Next", exact=True))
    every_look(page, "benefits-english-question")
    said = heading(page).inner_text()
    press(page, page.get_by_role("button", name="한국어"))
    assert heading(page).inner_text() != said
    press(page, page.get_by_role("button", name="English"))
    expect(heading(page)).to_have_text(said)
    press(page, page.get_by_role("button", name="Stop and see the result"))
    expect(heading(page)).to_have_text("Help you may get")
    every_look(page, "benefits-english-result")


def test_a_call_is_asked_for_with_consent(page: Page, world, hour, every_look):
    from chatdong.safetynet.discovery.models import Report

    begin(page, ("68", "여성"))
    press(page, page.get_by_role("button", name="그만하고 결과 보기"))
    press(page, page.get_by_role("button", name="동에서 전화해 주세요"))
    expect(page.get_by_role("checkbox", name="질문에 답한 것도 함께 보냅니다")).not_to_be_checked()
    every_look(page, "benefits-call")
    press(page, page.get_by_role("button", name="전화해 달라고 보내기"))
    expect(page.get_by_role("alert")).to_contain_text("전화번호를 다시 확인해 주세요")
    every_look(page, "benefits-call-error")
    page.get_by_label("이름이나 부를 이름").fill("천연댁")
    page.get_by_role("textbox", name="전화번호").fill("010-2222-3333")
    page.get_by_label("사는 동").select_option(label="천연동")
    page.get_by_role("checkbox", name="전화를 드리려고").check()
    page.get_by_role("button", name="전화해 달라고 보내기").dblclick()
    expect(heading(page)).to_have_text("접수했습니다")
    every_look(page, "benefits-called")
    assert Report.objects.get().pathway == "self"


@pytest.mark.parametrize("address", ["/benefits/", "/benefits/ask/", "/benefits/call/", "/benefits/en/", "/benefits/en/call/"])
def test_pages_hold_at_twice_the_size(page: Page, world, hour, address):
    page.set_viewport_size({"width": 640, "height": 450})
    page.goto(address)
    page.evaluate("document.documentElement.dataset.text = 'largest'")
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 1
    assert not walks.cut_off(page, strict=True)
