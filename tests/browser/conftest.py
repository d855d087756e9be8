"""A real browser on a live server over the small world: Korean, nothing from outside, every page checked for accessibility."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.world import World, account, build_world

from chatdong.kernel import clock

# Playwright's own event loop runs in this thread; Django must not take the test for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PICTURES = Path(__file__).resolve().parents[2] / "var" / "pictures"
PHONE = {"width": 360, "height": 740}
# How long a step may take, in ms: a machine that does other things as well is slow, not broken.
PATIENCE = int(os.environ.get("BROWSER_PATIENCE", "60000"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    found = (
        os.environ.get("CHROMIUM")
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if not found:
        pytest.skip("no Chromium: install it (apt-get install chromium) or name it in CHROMIUM")
    arguments = list(browser_type_launch_args.get("args") or [])
    if hasattr(os, "getuid") and os.getuid() == 0:
        arguments.append("--no-sandbox")
    return {**browser_type_launch_args, "executable_path": found, "args": arguments}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file, as it is served: in memory all threads of the live server would share one connection."""
    for database in connections.databases.values():
        if database["ENGINE"].endswith("sqlite3"):
            database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "browser.sqlite3")


@pytest.fixture
def browser_context_args(browser_context_args: dict, live_server) -> dict:
    return {
        **browser_context_args,
        "base_url": live_server.url,
        "locale": "ko-KR",
        "timezone_id": "Asia/Seoul",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def world(transactional_db) -> World:
    """The small world, visible to the live server."""
    return build_world()


def _strangers(context: BrowserContext, home_url: str) -> set[str]:
    """The addresses outside that this browser asks for, as it goes."""
    home, strangers = urlsplit(home_url).netloc, set[str]()

    def note(request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != home:
            strangers.add(request.url)

    context.on("request", note)
    return strangers


def _be(context: BrowserContext, person: object, home_url: str) -> None:
    """Log a person in by the cookie alone."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": home_url}])


@pytest.fixture(autouse=True)
def _nothing_leaves(context: BrowserContext, live_server) -> Iterator[None]:
    """A request to any other host fails the test: the administrative network has no way out, and no visit is to be told of."""
    strangers = _strangers(context, live_server.url)
    yield
    assert not strangers, f"requests left the host: {sorted(strangers)}"


@pytest.fixture(autouse=True)
def _patience(context: BrowserContext) -> Iterator[None]:
    """Every wait of a test is a long one; what is there is found at once all the same."""
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(autouse=True)
def _no_script_errors(page: Page) -> Iterator[None]:
    """A script that throws, a style or script that is not there, or a policy that blocks one of ours, fails the test."""
    said: list[str] = []
    page.on("response", lambda answer: said.append(answer.url) if answer.status >= 400 and "/static/" in answer.url else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if line.type == "error" and "Content Security" in line.text else None)
    yield
    assert not said, said


@pytest.fixture
def log_in(context: BrowserContext, world: World, live_server) -> Callable[..., None]:
    """log_in("planner"), log_in("gu_officer", "other_gu"): the browser is that person's from here on."""

    def enter(role: str, where: str = "own") -> None:
        _be(context, account(world, role, where), live_server.url)

    return enter


class Hour:
    """The clock of the doors: it stands at `at` until it is set forward."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def later(self, **span: float) -> datetime:
        """Some time goes by: later(hours=4)."""
        self.at += timedelta(**span)
        return self.at


@pytest.fixture
def hour(world: World, monkeypatch: pytest.MonkeyPatch) -> Hour:
    """The live server's clock at the world's moment, a Monday morning: what is due does not hang on the day of the test."""
    stands = Hour(world.now)
    monkeypatch.setattr(clock, "now", lambda: stands.at)
    monkeypatch.setattr(clock, "today", lambda: stands.at.date())
    return stands


@pytest.fixture
def somebody(browser: Browser, browser_context_args: dict, world: World, live_server) -> Iterator[Callable[..., Page]]:
    """somebody("team_lead", "own"): a page in that person's own browser; somebody(): a stranger's."""
    opened: list[tuple[BrowserContext, set[str]]] = []

    def enter(role: str = "", where: str = "own", **more: object) -> Page:
        theirs = browser.new_context(**{**browser_context_args, **more})
        theirs.set_default_timeout(PATIENCE)
        strangers = _strangers(theirs, live_server.url)
        opened.append((theirs, strangers))
        if role:
            _be(theirs, account(world, role, where), live_server.url)
        return theirs.new_page()

    yield enter
    for theirs, strangers in opened:
        theirs.close()
        assert not strangers, f"requests left the host: {sorted(strangers)}"


@pytest.fixture
def look() -> Callable[..., Path]:
    """look(page, "name"): a picture of the whole page in var/pictures, for people to look at."""

    def keep(page: Page, name: str) -> Path:
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return keep


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """accessible(page): axe finds nothing serious or critical, and the page is not wider than the window."""

    def check(page: Page) -> None:
        violations = Axe().run(page).response["violations"]
        serious = [
            f"{one['id']} ({one['impact']}): {one['help']} at {[node['target'] for node in one['nodes']][:5]}: "
            f"{one['nodes'][0].get('failureSummary', '')}"
            for one in violations
            if one["impact"] in ("serious", "critical")
        ]
        assert not serious, "\n".join(serious)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 1, f"{page.url} is {wider} px wider than the window"

    return check


@pytest.fixture
def every_look(look, accessible) -> Callable[..., None]:
    """every_look(page, "name"): pictures and checks on a desktop, at 360 px and in high contrast."""

    def check(page: Page, name: str) -> None:
        usual = page.viewport_size or {"width": 1280, "height": 900}
        accessible(page)
        look(page, f"{name}-wide")
        page.set_viewport_size(PHONE)
        accessible(page)
        look(page, f"{name}-360")
        page.set_viewport_size(usual)
        page.evaluate("document.documentElement.dataset.contrast = 'high'")
        page.wait_for_timeout(300)  # a color that is still on its way would be measured halfway
        accessible(page)
        look(page, f"{name}-contrast")
        page.evaluate("delete document.documentElement.dataset.contrast")
        page.wait_for_timeout(300)

    return check
