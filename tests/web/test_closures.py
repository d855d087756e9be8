"""종결 확인: a second person sees why and the facts, and confirms or sends back; never the one who asked."""

import pytest
from tests.web.desk import desk, stopped, text_of
from tests.world import actor

from chatdong.safetynet.discovery.actions import ask_closure, open_lead
from chatdong.safetynet.discovery.queries import open_lead_of
from chatdong.safetynet.visits.actions import ask_watch_closure, assess_household
from chatdong.safetynet.visits.queries import watch_of


@pytest.fixture
def asked(world, who):
    """The planner asked to close the lead of 김영숙 (help at once) and the watch of 박민수 (high risk)."""
    planner, at = who("planner"), world.now
    kim, family = world.households["kim"].pk, world.households["family"].pk
    lead = open_lead(by=planner, household_id=kim, pathway="neighbor", urgency="now", due_at=at.replace(hour=18), at=at)
    ask_closure(by=planner, lead_id=lead.pk, closure="linked", note="복지관에 이었습니다", at=at)
    assess_household(by=planner, household_id=family, reasons=["domestic_violence"], at=at)
    watch = watch_of(family)
    ask_watch_closure(by=planner, watch_id=watch.id, closure="improved", note="쉼터로 옮기셨습니다", at=at)
    return {"lead": lead.pk, "watch": watch.id, "kim": kim, "family": family}


@pytest.fixture
def lead(world):
    with stopped(world.now):
        yield desk(world, "team_lead")


def test_the_queue_shows_why_who_asked_and_the_risk(world, asked, lead):
    page = text_of(lead.get("/staff/closures/"))
    for word in (
        "김*숙",
        "서비스·기관 연계 완료",
        "복지관에 이었습니다",
        "박*수",
        "상황 호전",
        "쉼터로 옮기셨습니다",
        "지금 바로",
    ):
        assert word in page, word
    assert page.count(world.accounts["planner", "own"].name) >= 2
    assert "김영숙" not in page


def test_confirming_ends_it(world, asked, lead):
    assert lead.post(f"/staff/closures/lead/{asked['lead']}/confirm/")["Location"] == "/staff/closures/"
    assert lead.post(f"/staff/closures/watch/{asked['watch']}/confirm/")["Location"] == "/staff/closures/"
    assert open_lead_of(asked["kim"]) is None
    assert watch_of(asked["family"]) is None
    assert "확인할 종결이 없습니다" in text_of(lead.get("/staff/closures/"))


@pytest.mark.parametrize("kind", ["lead", "watch"])
def test_sending_back_needs_a_reason_which_is_kept_at_its_field(world, asked, lead, kind):
    bare = lead.post(f"/staff/closures/{kind}/{asked[kind]}/return/", {"why": " "})
    assert bare.status_code == 422
    assert f'id="id_why_{kind}-{asked[kind]}-error"' in text_of(bare)
    lead.post(f"/staff/closures/{kind}/{asked[kind]}/return/", {"why": "아직 혼자 계십니다."})
    now = open_lead_of(asked["kim"]) if kind == "lead" else watch_of(asked["family"])
    assert now.state == "open"


def test_twice_is_once_and_the_second_is_told(world, asked, lead):
    lead.post(f"/staff/closures/lead/{asked['lead']}/return/", {"why": "아직 혼자 계십니다."})
    answer = lead.post(f"/staff/closures/lead/{asked['lead']}/confirm/")
    assert answer.status_code == 409
    assert "확인을 기다리는 종결이 아닙니다" in text_of(answer)
    assert open_lead_of(asked["kim"]) is not None


def test_nobody_confirms_the_own_request(world):
    head = actor(world, "team_lead")
    row = open_lead(
        by=head, household_id=world.households["kim"].pk, pathway="neighbor", urgency="now", due_at=world.now.replace(hour=18),
        at=world.now,
    )  # fmt: skip
    ask_closure(by=head, lead_id=row.pk, closure="improved", at=world.now)
    with stopped(world.now):
        client = desk(world, "team_lead")
        assert "확인할 종결이 없습니다" in text_of(client.get("/staff/closures/"))
        client.post(f"/staff/closures/lead/{row.pk}/confirm/")
        assert open_lead_of(world.households["kim"].pk).state == "closing"
        assert desk(world, "dong_head").post(f"/staff/closures/lead/{row.pk}/confirm/").status_code == 302
    assert open_lead_of(world.households["kim"].pk) is None


def test_other_dong_and_made_up_kinds_are_not_found(world, asked):
    with stopped(world.now):
        other = desk(world, "team_lead", "other_dong")
        assert other.post(f"/staff/closures/lead/{asked['lead']}/confirm/").status_code == 404
        assert "김*숙" not in text_of(other.get("/staff/closures/"))
        assert desk(world, "team_lead").post("/staff/closures/household/1/confirm/").status_code == 404


def test_the_household_page_says_that_it_waits_and_who_asked(world, asked):
    with stopped(world.now):
        page = text_of(desk(world, "planner").get(f"/staff/households/{asked['kim']}/"))
    assert "다른 사람의 확인을 기다립니다" in page
    assert "다음 할 일 정하기" not in page
