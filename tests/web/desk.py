"""Somebody at a desk: a logged-in client, and a clock that stands at the world's moment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.world import World, account

from chatdong.kernel import clock
from chatdong.safetynet.discovery.actions import ReporterCard, Subject, submit_report


def desk(world: World, role: str, where: str = "own") -> Client:
    """A browser in which somebody is logged in."""
    client = Client()
    client.force_login(account(world, role, where), backend="django.contrib.auth.backends.ModelBackend")
    return client


@contextmanager
def stopped(at: datetime) -> Iterator[None]:
    """The doors' clock stands still at a moment."""
    with patch.object(clock, "now", lambda: at), patch.object(clock, "today", lambda: at.date()):
        yield


def text_of(answer: Any) -> str:
    """The page as text."""
    return answer.content.decode()


def queries(call: Callable[[], Any]) -> list[str]:
    """The SQL of one request, without the lines of transactions."""
    with CaptureQueriesContext(connection) as caught:
        call()
    return [
        row["sql"] for row in caught.captured_queries if not row["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
    ]


def reported(world: World, who: Any, subject: Subject | None = None, text: str = "며칠째 안 보여요.", **rest: Any) -> Any:
    """A report, as somebody at the public door sends it."""
    return submit_report(
        by=who, key=str(uuid4()), pathway="neighbor", at=rest.pop("at", world.now), text=text, subject=subject or Subject(),
        reporter=rest.pop("reporter", ReporterCard(name="신고한 이웃", phone="01077778888")), **rest,
    )  # fmt: skip
