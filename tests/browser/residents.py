"""A resident before 맞춤복지검색 in a real browser: presses, waits for the page that comes, and names who lives at home."""

from playwright.sync_api import Locator, Page, expect


def heading(page: Page) -> Locator:
    """What the page is about."""
    return page.get_by_role("heading", level=1)


def turned(page: Page) -> None:
    """Until the page that was asked for is there, by script or without."""
    page.wait_for_load_state()
    expect(page.locator("main[aria-busy]")).to_have_count(0)


def press(page: Page, button: Locator) -> None:
    """By keyboard, as whoever has no mouse does."""
    button.press("Enter")
    turned(page)


def onward(page: Page) -> None:
    """다음, or Next."""
    press(page, page.locator("main").get_by_role("button", name="다음", exact=True))


def begin(page: Page, *people: tuple[str, str], at: str = "/benefits/ask/") -> None:
    """Named members: ("68", "여성"); months as "7개월"."""
    page.goto(at)
    for _ in people[1:]:
        press(page, page.get_by_role("button", name="함께 사는 사람 더하기"))
    for i, (age, sex) in enumerate(people):
        row = page.locator(".person-row").nth(i)
        if age.endswith("개월"):
            row.get_by_label("세 살 아래 아기는 개월 수").fill(age.removesuffix("개월"))
        else:
            row.get_by_label("나이(만)").fill(age)
        row.get_by_label(sex).check()
    onward(page)
