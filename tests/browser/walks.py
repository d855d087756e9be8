"""What a page is measured by in a real browser: what is cut off, what the keyboard reaches, and whether one sees where one is."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8").split("\n", 1)[1]
MOST = 400


def _ask(page: Page, what: str, *told: object) -> Any:
    return page.evaluate(f"(told) => {SCRIPT.strip()}.{what}(...told)", list(told))


def cut_off(page: Page, *, strict: bool) -> list[str]:
    """Texts and controls of which a part cannot be seen or scrolled to; `strict` counts lines ending in an ellipsis as well."""
    return _ask(page, "cutOff", strict)


def covered(page: Page) -> float:
    """The share of the window's height that headers, bars and sticky buttons take away, 0 to 1."""
    return _ask(page, "covered")


def walk(page: Page) -> list[dict]:
    """Tab from the top of the page to its end: every stop in order, with whether one sees where the focus is."""
    page.evaluate("document.activeElement?.blur()")
    stops: dict[str, dict] = {}
    last = ""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        here = _ask(page, "here")
        # the year, the month and the day of one box are a stop each
        if here is None or (here["walk"] in stops and here["walk"] != last):
            return list(stops.values())
        last = here["walk"]
        stops.setdefault(last, here)
    raise AssertionError(f"the keyboard never comes to an end on {page.url}")


def missed(page: Page) -> list[str]:
    """What a walk over the page did not reach."""
    return _ask(page, "missed")
