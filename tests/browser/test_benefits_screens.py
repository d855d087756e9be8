"""Every screen of 맞춤복지검색, in both languages: for everybody, on a phone, enlarged, by keyboard, in forced colors."""

import json

import pytest
from playwright.sync_api import Page, expect
from tests.browser import walks
from tests.browser.residents import heading, press, turned

pytestmark = pytest.mark.usefixtures("hour")
PHONE = {"width": 360, "height": 740}
TWICE = {"width": 640, "height": 400}
HOME = {"p": [{"age_months": [408, 419], "female": 1}, {"age_months": 7}], "h": {"tenure": "monthly_rent"}, "a": ["home"]}
STATE = json.dumps(HOME)
HURT = json.dumps(HOME | {"s": ["family_violence"]})
# name: address behind /benefits/ or /benefits/en/, and what is posted there
SCREENS: dict[str, tuple[str, dict[str, str]]] = {
    "members": ("ask/", {"state": STATE}),
    "members-wrong": ("ask/", {"question": "members", "rows": "2", "age-0": "x", "months-1": "99", "do": "next"}),
    "ticks": ("ask/", {"state": STATE, "do": "open-crisis"}),
    "ticks-of-persons": ("ask/", {"state": STATE, "do": "open-health"}),
    "choice": ("ask/", {"state": STATE, "do": "open-home"}),
    "amount-wrong": (
        "ask/",
        {
            "state": STATE,
            "question": "medical_costs",
            "picks": "medical_expense",
            "do": "next",
            "medical_expense": "exact",
            "medical_expense-exact": "?",
        },
    ),
    "result": ("result/", {"state": STATE}),
    "result-in-danger": ("result/", {"state": HURT}),
    "words": ("words/", {"words": "월세가 밀려서 쫓겨날 것 같아요"}),
    "words-in-danger": ("words/", {"words": "남편이 때려요"}),
    "words-not-understood": ("words/", {"words": "qwertz"}),
    "call": ("call/", {"state": STATE}),
    "call-wrong": ("call/", {"state": STATE, "do": "send"}),
}
HIDDEN_BEHIND = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), line = document.querySelector(".tally-line");
  if (!line || one === document.body || line.contains(one) || one.closest(".header, .skip, .footer")) return null;
  const over = line.getBoundingClientRect();
  return box.bottom <= over.bottom && box.top >= over.top ? one.outerHTML.slice(0, 90) : null;
}"""


def show(page: Page, at: str, fields: dict[str, str]) -> None:
    """A screen as a form of the first page leads to it."""
    page.goto(at.split("benefits/")[0] + "benefits/")
    page.evaluate(
        """([at, fields]) => {
          const form = document.querySelector("[data-shared]").cloneNode(true);
          form.removeAttribute("data-shared");
          form.action = at;
          form.elements.state.remove();
          for (const [name, value] of Object.entries(fields)) {
            form.append(Object.assign(document.createElement("input"), { name, value }));
          }
          document.querySelector("main").append(form);
          form.requestSubmit();
        }""",
        [at, fields],
    )
    turned(page)


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_for_everybody(page: Page, world, accessible, look, name):
    path, fields = SCREENS[name]
    show(page, f"/benefits/{path}", fields)
    page.set_viewport_size(PHONE)
    accessible(page)
    assert not walks.cut_off(page, strict=False)
    look(page, f"screen-{name}")
    page.emulate_media(forced_colors="active")
    accessible(page)
    page.emulate_media(forced_colors="none")
    page.set_viewport_size(TWICE)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1
    assert not walks.cut_off(page, strict=True)
    assert walks.covered(page) <= 0.3
    page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")  # from the top
    stops = walks.walk(page)
    assert [stop for stop in stops if not (stop["ring"] and stop["inside"])] == []
    assert walks.missed(page) == []


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_for_everybody_in_english(page: Page, world, accessible, look, name):
    path, fields = SCREENS[name]
    show(page, f"/benefits/en/{path}", fields)
    page.set_viewport_size(PHONE)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    accessible(page)
    assert not walks.cut_off(page, strict=False)
    look(page, f"screen-{name}-en")


@pytest.mark.parametrize("name", ["ticks", "choice"])
def test_the_count_that_stays_in_sight_hides_no_control_that_has_the_focus(page: Page, world, name):
    path, fields = SCREENS[name]
    page.set_viewport_size({"width": 360, "height": 480})
    show(page, f"/benefits/{path}", fields)
    expect(page.locator(".tally-line")).to_be_in_viewport()
    for key in ("Tab", "Shift+Tab"):
        for _ in range(25):
            page.keyboard.press(key)
            assert page.evaluate(HIDDEN_BEHIND) is None
        if key == "Tab":
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.evaluate("scrollTo(0, 400)")
    expect(page.locator(".tally-line")).to_be_in_viewport()


def test_both_doors_by_keyboard_alone(page: Page, world):
    """From the first page Tab and Enter lead through words, to the questions and to the result."""
    page.set_viewport_size(PHONE)
    page.goto("/benefits/")

    def to(words: str, most: int = 60) -> None:
        for _ in range(most):
            page.keyboard.press("Tab")
            here = page.evaluate(
                "(document.activeElement.innerText || document.activeElement.labels?.[0]?.innerText || '').trim()"
            )
            if here == words:
                return
        raise AssertionError(f"{words} is not reached on {page.url}")

    to("어떤 일로 힘드세요?")
    page.keyboard.type("애 낳았는데 뭐 받나요")
    to("도움 찾기")
    page.keyboard.press("Enter")
    turned(page)
    expect(heading(page)).to_be_focused()
    to("나도 받을 수 있는지 확인")
    page.keyboard.press("Enter")
    turned(page)
    to("나이(만)")
    page.keyboard.type("34")
    page.keyboard.press("Enter")
    turned(page)
    said = heading(page).inner_text()
    to("해당하는 것이 없어요") if page.get_by_role("checkbox").count() else to("잘 모르겠어요")
    page.keyboard.press("Enter")
    turned(page)
    assert heading(page).inner_text() != said
    to("그만하고 결과 보기")
    page.keyboard.press("Space")
    turned(page)
    expect(heading(page)).to_have_text("받으실 수 있는 도움")
    to("신청하는 법과 가져갈 것")
    page.keyboard.press("Enter")
    expect(page.locator("#first .facts").first).to_be_visible()


def test_the_printed_result_is_in_fourteen_points_and_leaves_nothing_folded_that_matters(page: Page, world, tmp_path):
    show(page, "/benefits/result/", {"state": STATE})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    sizes = page.evaluate(
        """() => [...document.querySelectorAll("main p, main li, main dd, main dt, main h3, main td")]
          .filter((one) => one.checkVisibility() && one.innerText.trim() && !one.closest(".sr-only"))
          .map((one) => [parseFloat(getComputedStyle(one).fontSize), one.innerText.slice(0, 30)])"""
    )
    assert sizes and [one for one in sizes if one[0] < 18.6] == []  # 14 pt
    assert page.locator("#first details:not([open])").count() == 0
    expect(page.locator("#today")).to_be_visible()
    expect(page.get_by_text("기준은 바뀔 수 있습니다")).to_be_visible()
    for away in ("#call", "#share", "#no", ".leave"):
        expect(page.locator(away)).not_to_be_visible()
    assert page.locator("main button").evaluate_all("all => all.filter((one) => one.checkVisibility()).length") == 0
    pages = page.pdf(path=tmp_path / "result.pdf", format="A4", prefer_css_page_size=True).count(b"/Type /Page\n")
    assert 2 <= pages <= 14
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#first details[open]").count() == 0


def test_numbers_are_links_that_call(page: Page, world):
    show(page, "/benefits/result/", {"state": HURT})
    links = page.locator("main a.phone, main a.hotline").evaluate_all(
        "all => all.map((one) => [one.getAttribute('href'), one.textContent])"
    )
    assert len(links) >= 5
    for href, words in links:
        assert href.startswith("tel:") and href[4:].isdigit()
        assert href[4:] in words.replace("-", "").replace("\n", " ")


def test_the_language_changes_at_the_same_question_and_keeps_what_was_ticked(page: Page, world):
    show(page, "/benefits/ask/", {"state": STATE, "do": "open-crisis"})
    page.get_by_role("checkbox").nth(1).check()
    press(page, page.get_by_role("button", name="English"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("checkbox").nth(1)).to_be_checked()
    expect(page.get_by_role("link", name="Chatdong")).to_be_visible()
    press(page, page.get_by_role("button", name="한국어"))
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.get_by_role("checkbox").nth(1)).to_be_checked()
