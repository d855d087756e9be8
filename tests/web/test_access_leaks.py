"""Nothing of a household out of reach shows by any path: pages, searches, map data, lists, prints, exports, guessed numbers."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from tests.web.desk import desk, stopped
from tests.web.matter import PLACES, Matter, matter_at
from tests.web.out_of_reach import OUT_OF_REACH, body_of, shown
from tests.web.test_access_matrix import ask
from tests.world import World, actor

from chatdong.safetynet.discovery.actions import assign_lead
from chatdong.safetynet.discovery.queries import open_lead_of

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
QUERIES = (
    "최말순",
    "말순",
    "ㅊㅁㅅ",
    "최말숙",
    "4444",
    "홍제내길 24",
    "오세라",
    "6666",
    "마포대로 210",
    "숨은집길 77",
    "김영숙",
    "한가람",
)


@pytest.fixture
def matters(world: World) -> dict[str, Matter]:
    return {where: matter_at(world, where) for where in PLACES}


def asked_for(world: World, matters: dict[str, Matter]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What a curious person would add to the addresses, of which test_access_matrix asks every one."""
    hidden = world.households["hidden"]
    for end in ("", "visit/", "change/", "merge/?drop=1"):
        yield "get", f"/staff/households/{hidden.pk}/{end}", {}
    for query in QUERIES:
        yield "get", f"/staff/households/?q={quote(query)}", {}
    for dong in (world.dongs[where].pk for where in PLACES):
        for path in ("map/", "map/points/", "map/table/", "map/outlines/", "board/", "coverage/", "visits/", "visits/print/"):
            yield "get", f"/staff/{path}?dong={dong}&whose=dong&span=month&print=1", {}
        for what in ("watches", "leads", "targets"):
            for full in ("", "on"):
                sent = {"what": what, "dong": dong, "kind": "csv", "full": full, "reason": "새는지 보는 시험입니다"}
                yield "post", "/staff/export/", sent
                yield "post", "/staff/export/", {**sent, "kind": "xlsx", "dong": ""}
    for show in ("leads", "watches", "visits", "unreached", "targets"):
        yield "get", f"/staff/?whose=dong&show={show}", {}
    for state in ("received", "asking", "joined", "closed"):
        yield "get", f"/staff/inbox/?state={state}", {}
    merge = f"/staff/households/{matters['own'].household_id}/merge/"
    for where in ("other_dong", "other_gu"):
        yield "get", f"{merge}?drop={matters[where].household_id}", {}
        sent = {"household": matters[where].household_id}
        yield "post", f"/staff/reports/{matters['own'].report_id}/choose/", sent


@pytest.mark.parametrize("role", sorted(OUT_OF_REACH))
def test_nothing_out_of_reach_shows_by_any_path(world, matters, role):
    client, leaks, answered = desk(world, role), [], 0
    client.raise_request_exception = False
    with stopped(world.now):
        for method, path, sent in asked_for(world, matters):
            answer = ask(client, method, path, data=sent) if sent else ask(client, method, path)
            assert answer.status_code < 500, path
            answered += answer.status_code == 200
            typed = next((query for query in QUERIES if quote(query) in path), "")
            leaks += [f"{method} {path} {answer.status_code}: {word}" for word in shown(answer, role, typed)]
    assert not leaks, "\n".join(leaks)
    assert answered > 3 or role in ("auditor", "administrator"), "nothing was open: the test would say nothing"


def test_the_secrets_do_show_to_whom_they_belong(world, matters):
    """The same words are found where they may stand: a leak test that never finds anything would prove nothing."""
    with stopped(world.now):
        near = body_of(desk(world, "planner", "other_dong").get(f"/staff/households/{matters['other_dong'].household_id}/"))
        hidden = body_of(desk(world, "team_lead").get(f"/staff/households/{world.households['hidden'].pk}/"))
    assert all(word in near for word in ("최말순", "010-3333-4444", "홍제내길"))
    assert all(word in hidden for word in ("숨은집길", "501호"))


def test_an_area_officer_opens_what_is_assigned_and_nothing_else(world, matters):
    home = matters["own"].household_id
    assign_lead(
        by=actor(world, "team_lead"),
        lead_id=open_lead_of(home).pk,
        worker_id=world.accounts["area_officer", "own"].pk,
        at=world.now,
    )
    with stopped(world.now):
        client = desk(world, "area_officer")
        assert "김영숙" in body_of(client.get(f"/staff/households/{home}/"))
        assert client.get(f"/staff/households/{world.households['family'].pk}/").status_code == 404
        assert "김*숙" in body_of(client.get("/staff/"))
        found = body_of(client.get(f"/staff/households/?q={quote('김영숙')}"))
        assert "김*숙" in found
        assert "박*수" not in body_of(client.get(f"/staff/households/?q={quote('박민수')}"))


def test_out_of_reach_and_not_there_look_the_same(world, matters):
    with stopped(world.now):
        client = desk(world, "planner")
        far = client.get(f"/staff/households/{matters['other_gu'].household_id}/")
        none = client.get("/staff/households/987654321/")
    assert far.status_code == none.status_code == 404
    told = [TOKEN.sub("", answer.content.decode()) for answer in (far, none)]
    assert told[0].replace(f"/{matters['other_gu'].household_id}/", "/N/") == told[1].replace("/987654321/", "/N/")
