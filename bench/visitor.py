"""Somebody at a browser, without the browser: logs in, opens pages over one connection, and is timed."""

import http.client
import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from time import perf_counter
from urllib.parse import quote, urlencode, urlsplit

from bench.report import Timing, timing_of

ROOT = Path(__file__).resolve().parents[1]
PORT = 8765


@contextmanager
def served(url: str) -> Iterator[str]:
    """The web server as `./run` starts it (two workers of four threads), on a database; the block gets its host and port."""
    env = {
        **os.environ, "DATABASE_URL": url, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "chatdong.config.settings",
        "CHATDONG_IDLE_MINUTES": "600", "CHATDONG_SECRET_KEY": secrets.token_urlsafe(64),
    }  # fmt: skip
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], cwd=ROOT, env=env, check=True)
    granian = Path(sys.executable).parent / "granian"
    command = [
        str(granian), "--interface", "wsgi", "chatdong.config.wsgi:application", "--host", "127.0.0.1", "--port", str(PORT),
        "--workers", "2", "--blocking-threads", "4", "--log-level", "warning",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        _wait()
        yield f"127.0.0.1:{PORT}"
    finally:
        server.terminate()
        server.wait(20)


def _wait() -> None:
    for _ in range(120):
        try:
            asked = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            asked.request("GET", "/login/")
            if asked.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError("the web server did not start")


class Visitor:
    """One person with one connection and their cookies. Every answer must be a page: anything else stops the bench."""

    def __init__(self, address: str) -> None:
        self.connection = http.client.HTTPConnection(address, timeout=60)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """One request; the status and the page."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = urlencode(form) if form is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        parts = urlsplit(path)
        self.connection.request(
            method, quote(parts.path) + (f"?{quote(parts.query, safe='=&')}" if parts.query else ""), body, headers
        )
        answer = self.connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer.status, text

    def log_in(self, login_id: str, password: str) -> None:
        """Log in as a demo person. Raises RuntimeError when that fails."""
        _, text = self.ask("GET", "/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
        form = {"csrfmiddlewaretoken": token.group(1) if token else "", "login_id": login_id, "password": password}
        status, _ = self.ask("POST", "/login/", form)
        if status != 302:
            raise RuntimeError(f"{login_id} cannot log in: {status}")

    def page(self, path: str) -> str:
        """A page that must be there."""
        status, text = self.ask("GET", path)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
        return text

    def spans(self, path: str, times: int) -> list[float]:
        """How long a page took each time, in milliseconds."""
        taken = []
        for _ in range(times):
            began = perf_counter()
            self.page(path)
            taken.append((perf_counter() - began) * 1000)
        return taken

    def timed(self, path: Callable[[], str], times: int, warm_up: int = 5) -> Timing:
        """The figures of a page asked again and again; `path` may give another address each time."""
        for _ in range(warm_up):
            self.page(path())
        taken = []
        for _ in range(times):
            asked = path()
            began = perf_counter()
            self.page(asked)
            taken.append((perf_counter() - began) * 1000)
        return timing_of(taken)

    def links(self, path: str, pattern: str) -> list[str]:
        """What a pattern finds on a page, each once. Raises RuntimeError when it finds nothing."""
        found = list(dict.fromkeys(re.findall(pattern, self.page(path))))
        if not found:
            raise RuntimeError(f"{path} links to nothing like {pattern}")
        return found
