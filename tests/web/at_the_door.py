"""What the tests of visit screens share: somebody logged in at the world's moment, and what a sheet sends."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.world import World, account

from chatdong.kernel import clock


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Let the doors read this moment from the clock."""
    monkeypatch.setattr(clock, "now", lambda: moment)


def as_(world: World, role: str, where: str = "own") -> Client:
    """A browser of somebody who is logged in."""
    client = Client()
    client.force_login(account(world, role, where), backend="django.contrib.auth.backends.ModelBackend")
    return client


def sheet(**typed: object) -> dict[str, object]:
    """A visit sheet as the browser sends it: somebody was met, everything else as it stands in the empty form."""
    usual = {
        "key": str(uuid4()),
        "way": "visit",
        "outcome": "met",
        "seen": "잘 지내심",
        "done_at": "2026-03-16T08:30",
        "next": "nothing",
    }
    return {name: value for name, value in {**usual, **typed}.items() if value is not None}


def text_of(answer: object) -> str:
    """The page without its tags."""
    plain = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", plain)))


HOUSEKEEPING = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "django_session", "policy_chainhead", "policy_entry")


@contextmanager
def few_queries(most: int = 25) -> Iterator[list[str]]:
    """At most so many queries for the page itself: the log's chain and the session are each a fixed price on top."""
    with CaptureQueriesContext(
        connection,
    ) as caught:
        own: list[str] = []
        yield own
    own += [one["sql"] for one in caught.captured_queries if not any(word in one["sql"] for word in HOUSEKEEPING)]
    assert len(own) <= most, f"{len(own)} queries:\n" + "\n".join(sql[:150] for sql in own)
