"""What somebody has answered so far: kept on our side for a day, under a cookie of its own, and forgotten once it is sent.

Apart from the session of people who log in, whose clock is short: a resident gets no time-out (KWCAG 2.2 6.2.1: none below
twenty hours), and a member of staff no long one.
"""

from importlib import import_module
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.http import HttpRequest, HttpResponse

COOKIE = "chatdong_report"
KEPT_SECONDS = 24 * 3600


class Answers:
    """The answers of one report: step -> the fields of that step as typed. `key` makes sending twice one report."""

    def __init__(self, request: HttpRequest) -> None:
        store = import_module(settings.SESSION_ENGINE).SessionStore
        self.store: SessionBase = store(request.COOKIES.get(COOKIE) or None)
        self.is_secure = request.is_secure()

    @property
    def key(self) -> str:
        return str(self.store.get("key", ""))

    @property
    def done(self) -> dict[str, Any]:
        """What the last page shows of the report that was sent; empty before."""
        return dict(self.store.get("done", {}))

    def of(self, step: str) -> dict[str, Any]:
        """The fields of a step; empty when it was not answered."""
        return dict(self.store.get("steps", {}).get(step, {}))

    def has(self, step: str) -> bool:
        return step in self.store.get("steps", {})

    def keep(self, step: str, fields: dict[str, Any]) -> None:
        """Keep a step's fields. The first answer after a report was sent begins another one."""
        if self.done or not self.key:
            self.store.flush()
            self.store["key"] = str(uuid4())
        self.store["steps"] = {**self.store.get("steps", {}), step: fields}

    def shown_lines(self) -> set[str]:
        """The hotlines this person was shown already."""
        return set(self.store.get("lines", []))

    def note_lines(self, numbers: list[str]) -> None:
        self.store["lines"] = sorted(self.shown_lines() | set(numbers))

    def finish(self, done: dict[str, Any]) -> None:
        """The report is sent: forget the answers, keep the receipt and the key for somebody who sends again."""
        self.store["done"] = done
        self.store["steps"] = {}

    def forget(self) -> None:
        """Throw everything away."""
        self.store.flush()

    def save_in(self, answer: HttpResponse) -> HttpResponse:
        """Save, and give the browser the cookie that finds it again."""
        if self.store.is_empty():
            answer.delete_cookie(COOKIE)
            return answer
        if self.store.modified:
            self.store.set_expiry(KEPT_SECONDS)
            try:
                self.store.save()
            except UpdateError:  # thrown away in another window meanwhile: what is typed here is kept under a new cookie
                self.store.cycle_key()
                self.store.save()
            answer.set_cookie(
                COOKIE, str(self.store.session_key), max_age=KEPT_SECONDS, secure=self.is_secure, httponly=True, samesite="Lax"
            )
        return answer
