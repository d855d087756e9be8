"""오늘: what is on fire first, one line a household, one button each, and the same number of questions however long the day."""

from datetime import timedelta

import pytest
from tests.web.desk import desk, queries, reported, stopped, text_of
from tests.world import BY, World, actor

from chatdong.ground.accounts.actions import keep_draft
from chatdong.ground.households.actions import NewResident, register_household
from chatdong.safetynet.discovery.actions import Subject, ask_closure, ask_handover, climb, open_lead
from chatdong.safetynet.discovery.queries import open_lead_of
from chatdong.safetynet.visits.actions import assess_household, plan_visit

MOST_QUERIES = 75


def lead_at(world: World, household_id: int, urgency: str = "today", **rest):
    by = rest.pop("by", actor(world, "planner"))
    due_at = rest.pop("due_at", world.now.replace(hour=18))
    return open_lead(by=by, household_id=household_id, pathway="neighbor", urgency=urgency, due_at=due_at, at=world.now, **rest)


def places_of(page: str, *words: str) -> list[int]:
    found = [page.find(word) for word in words]
    assert -1 not in found, dict(zip(words, found, strict=True))
    return found


def homes_in(page: str) -> set[str]:
    return {part.split("/")[0] for part in page.split('class="row-link nowrap" href="/staff/households/')[1:]}


def test_an_empty_day_says_so_kindly(world):
    with stopped(world.now):
        page = text_of(desk(world, "planner").get("/staff/"))
    assert "오늘 할 일을 모두 마쳤습니다" in page
    assert "<table" not in page


def test_what_is_due_today_stands_masked_with_its_deadline_and_one_button(world):
    kim = world.households["kim"]
    lead_at(world, kim.pk)
    with stopped(world.now):
        page = text_of(desk(world, "planner").get("/staff/"))
    assert "김*숙 (만 85세)" in page
    assert "서대문구 천연동 *** 1통" in page
    assert "오늘 18:00까지" in page
    assert f'href="/staff/households/{kim.pk}/visit/"' in page
    assert "김영숙" not in page
    assert "독립문로" not in page


def test_what_is_overdue_stands_before_what_is_due_and_says_by_how_much(world):
    lead_at(world, world.households["kim"].pk)
    lead_at(world, world.households["family"].pk, due_at=world.now + timedelta(days=1, hours=3))
    with stopped(world.now + timedelta(days=1)):
        page = text_of(desk(world, "planner").get("/staff/"))
    places = places_of(page, "기한 지남", "김*숙", "15시간 지남", "오늘 할 일", "박*수")
    assert places == sorted(places)


def test_a_life_in_danger_stands_first_among_the_late(world):
    lead_at(world, world.households["kim"].pk, due_at=world.now + timedelta(hours=1))
    lead_at(world, world.households["family"].pk, "now", due_at=world.now + timedelta(hours=5))
    with stopped(world.now + timedelta(days=1)):
        page = text_of(desk(world, "planner").get("/staff/"))
    places = places_of(page, "기한 지남", "박*수", "김*숙")
    assert places == sorted(places)


def test_a_household_has_one_line_whatever_is_due_there(world, who):
    kim = world.households["kim"]
    lead_at(world, kim.pk)
    plan_visit(by=who("planner"), household_id=kim.pk, planned_on=world.today, at=world.now)
    with stopped(world.now):
        page = text_of(desk(world, "planner").get("/staff/"))
    assert page.count("김*숙") == 1
    assert "함께: 주기적 방문" in page


def test_a_report_that_waits_is_to_be_matched(world, who):
    report = reported(world, who("resident"), Subject(name="김영숙", dong_id=world.dongs["own"].pk))
    assert report.state == "asking"
    with stopped(world.now):
        page = text_of(desk(world, "planner").get("/staff/"))
    assert f'href="/staff/reports/{report.pk}/"' in page
    assert "가구 확인" in page


def test_a_missed_deadline_climbs_to_the_team_lead(world):
    lead_at(world, world.households["kim"].pk, due_at=world.now + timedelta(hours=1))
    later = world.now + timedelta(days=3)
    climb(by=BY, at=later)
    with stopped(later):
        lead, planner = (text_of(desk(world, role).get("/staff/?whose=mine")) for role in ("team_lead", "planner"))
    assert "팀장까지 올라왔습니다" in lead
    assert "팀장까지 올라왔습니다" not in planner


def test_the_team_lead_sees_the_dong_with_names_and_can_turn_to_the_own(world):
    lead_at(world, world.households["kim"].pk)
    with stopped(world.now):
        client = desk(world, "team_lead")
        dong, own = text_of(client.get("/staff/")), text_of(client.get("/staff/?whose=mine"))
        planner = text_of(desk(world, "planner").get("/staff/"))
    assert "김*숙" in dong
    assert world.accounts["planner", "own"].name in dong
    assert "김*숙" not in own
    assert "담당자" not in planner


def test_nothing_of_another_dong_stands_there(world):
    lead_at(world, world.households["near"].pk, by=actor(world, "planner", "other_dong"))
    with stopped(world.now):
        for role in ("planner", "team_lead", "dong_head", "nurse", "area_officer"):
            assert "최*순" not in text_of(desk(world, role).get("/staff/?whose=dong"))
        assert "최*순" in text_of(desk(world, "gu_officer").get("/staff/"))


def test_what_waits_for_an_answer_stands_there(world, who):
    kim = world.households["kim"]
    lead = lead_at(world, kim.pk, "now")
    ask_closure(by=who("planner"), lead_id=lead.pk, closure="improved", at=world.now)
    near = world.households["near"]
    sender = actor(world, "planner", "other_dong")
    lead_at(world, near.pk, by=sender)
    ask_handover(by=sender, household_id=near.pk, to_dong_id=world.dongs["own"].pk, reason="이사했습니다.", at=world.now)
    with stopped(world.now):
        page = text_of(desk(world, "team_lead").get("/staff/"))
        planner = text_of(desk(world, "planner").get("/staff/"))
    places_of(page, "답을 기다리는 일", "종결 확인: 상황 호전", "홍제1동에서 넘기는 가구")
    assert "최*순" not in page
    assert "답을 기다리는 일" not in planner


def test_an_unsent_form_can_be_gone_on_with_and_tells_no_name(world, who):
    near = world.households["near"]
    keep_draft(by=who("planner"), key=f"visit-{near.pk}", body={"seen": ["..."]}, at=world.now)
    keep_draft(by=who("planner"), key="something-else", body={}, at=world.now)
    with stopped(world.now):
        page = text_of(desk(world, "planner").get("/staff/"))
    assert f"방문 기록: 가구 {near.pk}" in page
    assert f'href="/staff/households/{near.pk}/visit/"' in page
    assert "최*순" not in page
    assert "something-else" not in page


@pytest.mark.parametrize("show", ["leads", "watches", "visits", "unreached", "targets"])
def test_each_kind_has_a_list_of_its_own(world, show):
    with stopped(world.now):
        page = desk(world, "planner").get(f"/staff/?show={show}")
    assert page.status_code == 200
    assert "여기에는 할 일이 없습니다" in text_of(page)


def test_a_long_list_goes_on_page_by_page_and_shows_everybody_once(world, who):
    for number in range(60):
        home = register_household(
            by=BY, dong_id=world.dongs["own"].pk, at=world.now, residents=[NewResident(f"홍길{number:02}", birth_year=1950)]
        )
        lead_at(world, home.pk)
    with stopped(world.now):
        client = desk(world, "planner")
        today = text_of(client.get("/staff/"))
        first = client.get("/staff/?show=leads")
        after = text_of(first).split("after=")[1].split('"')[0].split("&")[0]
        second = text_of(client.get(f"/staff/?show=leads&whose=mine&after={after}"))
    assert "더 보기" in today
    assert len(homes_in(text_of(first))) == 50
    assert len(homes_in(second)) == 10
    assert not homes_in(text_of(first)) & homes_in(second)


def test_an_address_of_a_page_that_was_made_up_is_refused_in_words(world):
    with stopped(world.now):
        page = desk(world, "planner").get("/staff/?show=leads&after=made-up")
    assert page.status_code == 422
    assert "처음부터 다시 열어 주세요" in text_of(page)


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_work(world, who):
    def busy(numbers: range) -> int:
        for number in numbers:
            home = register_household(
                by=BY, dong_id=world.dongs["own"].pk, at=world.now, residents=[NewResident(f"홍길{number:02}", birth_year=1950)]
            )
            lead_at(world, home.pk, worker_id=world.accounts["planner", "own"].pk)
            assess_household(by=who("planner"), household_id=home.pk, reasons=["lives_alone"], at=world.now)
            plan_visit(by=who("planner"), household_id=home.pk, planned_on=world.today, at=world.now)
            reported(world, who("resident"), Subject(name=f"홍길{number:02}", dong_id=world.dongs["own"].pk))
        with stopped(world.now + timedelta(days=120)):
            client = desk(world, "team_lead")
            return len(queries(lambda: client.get("/staff/")))

    few, many = busy(range(2)), busy(range(2, 14))
    assert many <= few + 2
    assert many <= MOST_QUERIES
    assert open_lead_of(world.households["kim"].pk) is None
