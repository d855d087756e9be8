"""1·2·3 점검: one's own day, week and month, against the goals of C-03 and C-12; nobody else's."""

from uuid import uuid4

import pytest
from tests.web.at_the_door import as_, at, few_queries, text_of
from tests.world import actor

from chatdong.safetynet.visits.actions import note_activity, record_contact
from chatdong.safetynet.visits.models import Activity

HERE = "/staff/self-check/"


@pytest.fixture(autouse=True)
def _morning(world, monkeypatch):
    at(monkeypatch, world.now)


def note(world, role: str, kind: str) -> None:
    note_activity(by=actor(world, role), kind=kind, on=world.today, at=world.now)


def test_the_goals_are_those_of_ones_own_role_with_their_source(world):
    planner, lead = text_of(as_(world, "planner").get(HERE)), text_of(as_(world, "team_lead").get(HERE))
    assert "하루 2번 가정방문" in planner and "C-12 복지플래너 2/2/2" in planner and "한 달 2번 사례 발굴" in planner
    assert "하루 1번 가정방문" in lead and "C-03 복지동장·팀장 1/1/1" in lead and "한 달 1번 사례회의" in lead
    assert "순위를 매기지 않습니다" in planner


def test_a_visit_and_a_note_count_for_the_one_who_did_them(world):
    record_contact(
        by=actor(world, "planner"), key=uuid4(), household_id=world.households["kim"].pk, at=world.now, done_at=world.now,
        way="visit", outcome="absent",
    )  # fmt: skip
    note(world, "planner", "neighbor_finding")
    mine = text_of(as_(world, "planner").get(HERE))
    assert mine.count("1번 남았습니다.") == 2
    assert "1번 남았습니다." not in text_of(as_(world, "nurse").get(HERE))


def test_noting_something_shows_at_once(world):
    client = as_(world, "team_lead")
    answer = client.post(HERE, {"kind": "case_meeting", "on": "2026-03-16", "note": "동 사례회의"})
    assert answer.status_code == 302
    assert Activity.objects.get().note == "동 사례회의"
    assert "채웠습니다" in text_of(client.get(HERE))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": ""}, "필수 항목입니다"),
        ({"kind": "nap"}, "올바르게 선택해 주세요"),
        ({"on": "2026-03-17"}, "오늘까지의 날"),
        ({"on": "2020-01-01"}, "너무 오래되지 않은 날"),
        ({"on": "그제"}, "올바른"),
    ],
)
def test_what_is_wrong_is_said_and_kept(world, typed, sentence):
    usual = {"kind": "neighbor_finding", "on": "2026-03-16", "note": "골목 모임"}
    answer = as_(world, "planner").post(HERE, {**usual, **typed})
    assert answer.status_code == 422
    assert sentence in text_of(answer) and 'value="골목 모임"' in answer.content.decode()
    assert not Activity.objects.exists()


def test_a_day_off_has_no_daily_goal(world):
    assert "쉬는 날이라 목표가 없습니다." in text_of(as_(world, "planner").get(f"{HERE}?on=2026-03-15"))


def test_another_day_is_asked_by_its_address_and_never_one_to_come(world):
    client = as_(world, "planner")
    assert "2026. 3. 13.(금)" in text_of(client.get(f"{HERE}?on=2026-03-13"))
    for nonsense in ("2026-03-20", "0001-01-01", "9999-12-31", "x"):
        assert "2026. 3. 16.(월)" in text_of(client.get(f"{HERE}?on={nonsense}"))


def test_few_queries(world):
    client = as_(world, "planner")
    client.get(HERE)
    with few_queries():
        client.get(HERE)
