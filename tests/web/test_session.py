"""The door: logging in and out, five failures, no posting, drafts, and how a refusal looks."""

import pytest
from django.test import Client
from tests.web.desk import desk, stopped, text_of
from tests.world import BY, PASSWORD

from chatdong.ground.accounts.actions import open_account
from chatdong.ground.accounts.queries import draft_of
from chatdong.policy.models import Entry


@pytest.fixture
def door(world) -> Client:
    return Client()


def log_in(client: Client, login_id: str = "planner-own", password: str = PASSWORD, **rest: str):
    return client.post("/login/", {"login_id": login_id, "password": password, **rest})


def test_who_logs_in_lands_on_today_and_the_log_knows(door):
    answer = log_in(door)
    assert (answer.status_code, answer["Location"]) == (302, "/staff/")
    assert Entry.objects.filter(event="account.sign_in").count() == 1
    assert door.get("/staff/").status_code == 200


def test_somebody_lands_on_the_first_screen_of_the_own_menu(door):
    assert log_in(door, "auditor-own")["Location"] == "/staff/log/"


def test_a_wrong_password_says_nothing_of_which_half_was_wrong_and_keeps_the_id(door):
    wrong, unknown = log_in(door, password="아닌 비밀번호"), log_in(door, "nobody-here", "아닌 비밀번호")
    assert wrong.status_code == unknown.status_code == 422
    sentence = "아이디나 비밀번호가 맞지 않습니다"
    assert sentence in text_of(wrong)
    assert sentence in text_of(unknown)
    assert 'value="planner-own"' in text_of(wrong)
    assert "아닌 비밀번호" not in text_of(wrong)


def test_five_failures_lock_even_with_the_right_password_and_nobody_else(door):
    for _ in range(5):
        answer = log_in(door, password="아닌 비밀번호")
    assert answer.status_code == 429
    assert "15분 동안 잠겼습니다" in text_of(answer)
    assert log_in(door).status_code == 429
    assert log_in(Client(), "team-lead-own").status_code == 302


def test_after_logging_in_one_goes_on_where_one_wanted_to_but_only_here(door):
    page = door.get("/staff/households/?q=5678")
    assert page.status_code == 302
    assert page["Location"] == "/login/?next=/staff/households/%3Fq%3D5678"
    assert log_in(door, next="/staff/households/?q=5678")["Location"] == "/staff/households/?q=5678"
    assert log_in(Client(), next="https://evil.example/")["Location"] == "/staff/"
    assert log_in(Client(), next="//evil.example/")["Location"] == "/staff/"


def test_a_part_of_a_page_sends_to_the_login_page_too(door):
    answer = door.get("/staff/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/login/")


def test_logging_out_is_recorded_and_needs_a_post(world):
    client = desk(world, "planner")
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert Entry.objects.filter(event="account.sign_out").count() == 1
    assert client.get("/staff/")["Location"].startswith("/login/")


def test_somebody_without_a_posting_sees_that_and_nothing_else(world, door):
    open_account(by=BY, login_id="newcomer", name="새내기", password=PASSWORD, at=world.now)
    assert log_in(door, "newcomer")["Location"] == "/nothing/"
    page = door.get("/nothing/")
    assert "오늘 날짜로 발령이 없습니다" in text_of(page)
    assert door.get("/staff/").status_code == 403


def test_a_posting_that_has_ended_opens_nothing_from_that_day_on(world):
    client = desk(world, "planner")
    posted = world.accounts["planner", "own"].postings.get()
    from chatdong.ground.accounts.actions import end_posting

    with stopped(world.now):
        assert client.get("/staff/").status_code == 200
        end_posting(by=BY, posting_id=posted.pk, on=world.today, at=world.now)
        assert client.get("/staff/").status_code == 403


def test_a_refusal_is_a_page_in_words_with_a_way_back(world):
    client = desk(world, "nurse")
    page = client.get("/staff/closures/")
    assert page.status_code == 403
    assert "이 화면을 볼 권한이 없습니다" in text_of(page)
    assert 'href="/staff/"' in text_of(page)
    missing = client.get("/staff/nowhere/")
    assert missing.status_code == 404
    assert "찾을 수 없습니다" in text_of(missing)


def test_what_breaks_is_told_in_words_and_never_shown(world, monkeypatch):
    client = desk(world, "planner")
    client.raise_request_exception = False
    monkeypatch.setattr("chatdong.web.staff.households.search", lambda **_rest: 1 / 0)
    page = client.get("/staff/households/?q=5678")
    assert page.status_code == 503
    assert "일시적인 문제입니다" in text_of(page)
    assert "ZeroDivisionError" not in text_of(page)


def test_personal_pages_are_never_kept(world):
    answer = desk(world, "planner").get("/staff/")
    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_half_filled_form_is_kept_without_secrets(world, who):
    client = desk(world, "planner")
    answer = client.post("/draft/visit-1/", {"seen": "쓰다 만 글", "password": "비밀"})
    assert answer.json()["saved_at"]
    draft = draft_of(who("planner"), "visit-1")
    assert draft.body == {"seen": ["쓰다 만 글"]}
    assert draft_of(who("team_lead"), "visit-1") is None


def test_demo_accounts_are_listed_only_in_a_demo(world, door, settings):
    open_account(by=BY, login_id="demo-nobody", name="시연", password=PASSWORD, at=world.now)
    assert "시연용 계정" not in text_of(door.get("/login/"))
