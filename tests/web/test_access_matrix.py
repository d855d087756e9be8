"""Every address x every role x own dong, other dong, other gu: what answers, and that nothing of another dong ever shows.

The answers stand in docs/reference/access-matrix.txt; a changed right is a changed line. `CHATDONG_GOLDEN=write` writes it anew.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.web.desk import desk, stopped
from tests.web.matter import PLACES, Matter, matter_at, nothing
from tests.web.out_of_reach import shown
from tests.world import ROLES, World

GOLDEN = Path(__file__).parents[2] / "docs" / "reference" / "access-matrix.txt"
WHO = ("anybody", *(role.value for role in ROLES))
# What a part of an address stands for when it names nothing that stands at a place.
FIXED = {"key": "visit-1", "step": "who"}
HEAD = """Which address answers whom with what: GET and POST (without a body), status codes.
Roles stand at 천연동 (서대문구). Columns: own dong, other dong of the gu, other gu, a number that stands for nothing.
Written by tests/web/test_access_matrix.py (CHATDONG_GOLDEN=write); a change here is a changed right.
"""


def addresses() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Every address: its route, the names of its parts, and its name."""

    def walk(patterns: list[Any], before: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
        for one in patterns:
            route = before + str(one.pattern)
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, route)
            elif isinstance(one, URLPattern):
                yield route, tuple(one.pattern.converters), one.name or ""

    yield from walk(get_resolver().url_patterns, "")


def filled(route: str, parts: tuple[str, ...], matter: Matter) -> list[str]:
    """The route with the numbers of a place; two where it serves leads and watches."""
    kinds = matter.closing if "owned_id" in parts else {"": 0}
    found = []
    for kind, owned_id in kinds.items():
        told = {**FIXED, **{name: str(value) for name, value in vars(matter).items()}, "kind": kind, "owned_id": str(owned_id)}
        path = route
        for part in parts:
            assert part in told, f"say in tests/web/matter.py what <{part}> of {route} stands for"
            path = _put(path, part, told[part])
        found.append("/" + path)
    return found


def _put(path: str, part: str, value: str) -> str:
    start = next(at for at in range(len(path)) if path[at] == "<" and path[at : path.index(">", at)].endswith(part))
    return path[:start] + value + path[path.index(">", start) + 1 :]


def ask(client: Client, method: str, path: str, **sent: Any) -> Any:
    """One request of which nothing stays, not even that somebody logged out."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = getattr(client, method)(path, **sent)
        if answer.streaming:
            answer.content = b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


@pytest.fixture
def matters(world: World) -> dict[str, Matter]:
    return {where: matter_at(world, where) for where in PLACES} | {"nowhere": nothing()}


def client_of(world: World, who: str) -> Client:
    client = Client() if who == "anybody" else desk(world, who)
    client.raise_request_exception = False
    return client


def told(answer: Any) -> str:
    if answer.status_code == 302 and answer["Location"].startswith("/login/"):
        return "login"
    return str(answer.status_code)


def section(world: World, matters: dict[str, Matter], who: str, leaks: list[str]) -> list[str]:
    """The lines of one role; what any answer shows that is out of its reach is added to `leaks`."""
    client, lines = client_of(world, who), []
    for route, parts, _name in sorted(addresses()):
        places = matters if set(parts) - set(FIXED) else {"own": matters["own"]}
        for method in ("get", "post"):
            answers = []
            for matter in places.values():
                found = [ask(client, method, path) for path in filled(route, parts, matter)]
                leaks += [f"{who} {method} {route}: {word}" for answer in found for word in shown(answer, who)]
                answers.append("/".join(map(told, found)))
            lines.append(f"{method.upper():5}/{route:84}{who:15}{' '.join(f'{one:9}' for one in answers)}".rstrip())
    if who != "anybody":
        assert told(ask(client, "get", "/stay/")) == "200", "logged out on the way: the rest says nothing"
    return lines


@pytest.mark.slow
def test_every_address_answers_every_role_as_written(world, matters):
    leaks: list[str] = []
    with stopped(world.now):
        lines = [line for who in WHO for line in section(world, matters, who, leaks)]
    assert not leaks, "\n".join(leaks)
    assert not [line for line in lines if " 500" in line or " 503" in line], "an address broke"
    text = HEAD + "\n" + "\n".join(sorted(lines, key=lambda line: (line[5:90], line[:5], WHO.index(line[90:105].strip())))) + "\n"
    if os.environ.get("CHATDONG_GOLDEN") == "write":
        GOLDEN.parent.mkdir(parents=True, exist_ok=True)
        GOLDEN.write_text(text, encoding="utf-8")
    written = GOLDEN.read_text(encoding="utf-8").splitlines()
    changed = [f"- {line}" for line in written if line not in set(text.splitlines())]
    changed += [f"+ {line}" for line in text.splitlines() if line not in set(written)]
    assert not changed, "rights changed; look at each line, then write the file anew:\n" + "\n".join(changed)


def test_every_view_says_who_may_open_it():
    def views(patterns: list[Any]) -> Iterator[Any]:
        for one in patterns:
            yield from views(one.url_patterns) if isinstance(one, URLResolver) else [one.callback]

    ungated = [view.__qualname__ for view in views(get_resolver().url_patterns) if not hasattr(view, "gate")]
    assert not ungated, "neither @staff nor @public"


def test_every_address_has_a_name_and_no_name_is_taken_twice():
    names = [name for _route, _parts, name in addresses()]
    assert all(names)
    assert len(names) == len(set(names))
