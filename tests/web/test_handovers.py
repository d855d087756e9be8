"""넘겨받기: the receiver sees a summary and nothing else until it accepts; the sender stays owner until then."""

from datetime import timedelta

import pytest
from tests.web.desk import desk, stopped, text_of
from tests.world import actor

from chatdong.safetynet.discovery.actions import ask_handover, open_lead
from chatdong.safetynet.discovery.models import Handover
from chatdong.safetynet.discovery.queries import open_lead_of


@pytest.fixture
def asked(world):
    """홍제1동 asks 천연동 to take 최말순's household over."""
    near, sender = world.households["near"].pk, actor(world, "planner", "other_dong")
    open_lead(by=sender, household_id=near, pathway="neighbor", urgency="soon", due_at=world.now.replace(hour=18), at=world.now)
    return ask_handover(by=sender, household_id=near, to_dong_id=world.dongs["own"].pk, reason="이사하셨습니다.", at=world.now)


@pytest.fixture
def lead(world):
    with stopped(world.now):
        yield desk(world, "team_lead")


def fresh(row: Handover) -> Handover:
    return Handover.objects.get(pk=row.pk)


def test_a_dong_asks_from_the_household_page_and_stays_owner(world):
    kim = f"/staff/households/{world.households['kim'].pk}/"
    with stopped(world.now):
        client = desk(world, "planner")
        assert "홍제1동" in text_of(client.get(f"{kim}handover/"))
        bare = client.post(f"{kim}handover/", {"to_dong": "", "reason": "이사"})
        assert bare.status_code == 422
        assert "하나를 골라 주세요" in text_of(bare)
        client.post(f"{kim}handover/", {"to_dong": world.dongs["other_dong"].pk, "reason": "이사하셨습니다."})
        page = text_of(client.get("/staff/handovers/"))
        again = client.post(f"{kim}handover/", {"to_dong": world.dongs["other_dong"].pk, "reason": "이사하셨습니다."})
    assert "홍제1동에 넘긴 가구" in page
    assert again.status_code == 409
    assert Handover.objects.get().household.dong_id == world.dongs["own"].pk


def test_the_receiver_sees_a_summary_and_no_name_phone_or_address(world, asked, lead):
    page = text_of(lead.get("/staff/handovers/"))
    assert "홍제1동에서 넘기는 가구" in page
    assert "가구원 1명" in page
    assert "이사하셨습니다." in page
    for word in ("최말순", "최*순", "3333", "홍제내길", f"/staff/households/{asked.household_id}/"):
        assert word not in page
    assert lead.get(f"/staff/households/{asked.household_id}/").status_code == 404


def test_accepting_takes_everything_over_for_the_chosen_worker(world, asked, lead):
    nurse = world.accounts["nurse", "own"].pk
    answer = lead.post(f"/staff/handovers/{asked.pk}/accept/", {"worker": nurse})
    assert answer["Location"] == f"/staff/households/{asked.household_id}/"
    assert lead.get(answer["Location"]).status_code == 200
    taken = open_lead_of(asked.household_id)
    assert (taken.dong_id, taken.worker_id) == (world.dongs["own"].pk, nurse)
    with stopped(world.now):
        assert desk(world, "planner", "other_dong").get(answer["Location"]).status_code == 404


def test_a_worker_of_another_dong_cannot_be_chosen(world, asked, lead):
    stranger = world.accounts["nurse", "other_gu"].pk
    answer = lead.post(f"/staff/handovers/{asked.pk}/accept/", {"worker": stranger})
    assert answer.status_code == 422
    assert "받는 동에서 일하는 사람을 골라 주세요" in text_of(answer)
    assert fresh(asked).state == "asked"


def test_sending_back_needs_an_answer_and_keeps_the_sender_owner(world, asked, lead):
    bare = lead.post(f"/staff/handovers/{asked.pk}/refuse/", {"answer": " "})
    assert bare.status_code == 422
    assert "왜 받지 않는지 적어 주세요" in text_of(bare)
    assert (
        lead.post(f"/staff/handovers/{asked.pk}/refuse/", {"answer": "아직 그 집에 사십니다."})["Location"] == "/staff/handovers/"
    )
    assert fresh(asked).state == "refused"
    assert open_lead_of(asked.household_id).dong_id == world.dongs["other_dong"].pk


def test_a_request_is_answered_once(world, asked, lead):
    lead.post(f"/staff/handovers/{asked.pk}/refuse/", {"answer": "아직 그 집에 사십니다."})
    answer = lead.post(f"/staff/handovers/{asked.pk}/accept/", {})
    assert answer.status_code == 409
    assert "이미 끝난 요청입니다" in text_of(answer)


def test_the_sender_takes_it_back_and_nobody_else(world, asked, lead):
    assert lead.post(f"/staff/handovers/{asked.pk}/withdraw/").status_code == 404
    with stopped(world.now):
        client = desk(world, "planner", "other_dong")
        assert client.post(f"/staff/handovers/{asked.pk}/withdraw/")["Location"] == "/staff/handovers/"
    assert fresh(asked).state == "withdrawn"


def test_a_late_answer_is_shown_as_late(world, asked):
    with stopped(world.now + timedelta(days=10)):
        page = text_of(desk(world, "team_lead").get("/staff/handovers/"))
    assert "지남" in page


def test_who_answers_for_nothing_sees_an_empty_page(world):
    with stopped(world.now):
        assert "답할 것이 없습니다" in text_of(desk(world, "area_officer").get("/staff/handovers/"))
