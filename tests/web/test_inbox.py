"""발굴 접수함 and one report: what is urgent first, who said it only for those allowed, and one of two clear choices."""

from datetime import timedelta

import pytest
from tests.web.desk import desk, reported, stopped, text_of

from chatdong.policy.models import Entry
from chatdong.safetynet.discovery.queries import open_lead_of
from chatdong.safetynet.discovery.states import Subject


@pytest.fixture
def asking(world, who):
    """A report that may be about 김영숙."""
    row = reported(world, who("resident"), Subject(name="김영숙", dong_id=world.dongs["own"].pk))
    assert row.state == "asking"
    return row


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_reports_that_wait_stand_masked_the_latest_deadline_last(world, who, asking):
    reported(world, who("resident"), Subject(name="이름난", dong_id=world.dongs["own"].pk), text="죽고 싶다고 말해요")
    with stopped(world.now + timedelta(days=2)):
        page = text_of(desk(world, "planner").get("/staff/inbox/"))
    assert "김*숙" in page
    assert "김영숙" not in page
    assert page.index("김*숙") < page.index("이*난"), "what was due first stands first"
    assert "지남" in page


def test_filters_narrow_and_made_up_ones_are_left_out(world, who, asking):
    with stopped(world.now):
        client = desk(world, "planner")
        queries = ("urgency=now", f"urgency={asking.urgency}", "state=closed", "pathway=neighbor", "pathway=police", "state=xyz")
        seen = {query: "김*숙" in text_of(client.get(f"/staff/inbox/?{query}")) for query in queries}
    assert seen == {
        "urgency=now": False, f"urgency={asking.urgency}": True, "state=closed": False, "pathway=neighbor": True,
        "pathway=police": False, "state=xyz": True,
    }  # fmt: skip


def test_an_empty_inbox_says_so(world):
    with stopped(world.now):
        assert "확인을 기다리는 신고가 없습니다" in text_of(desk(world, "planner").get("/staff/inbox/"))


def test_danger_words_show_the_hotlines_and_are_marked(world, who):
    row = reported(
        world, who("resident"), Subject(name="김영숙", dong_id=world.dongs["own"].pk), text="어제부터 <b>죽고 싶다</b>고 해요."
    )
    with stopped(world.now):
        page = text_of(desk(world, "planner").get(f"/staff/reports/{row.pk}/"))
    assert "먼저 전화하세요" in page
    assert 'href="tel:109"' in page
    assert "<mark>" in page
    assert "<b>죽고" not in page


def test_who_reported_is_for_those_allowed_and_each_look_is_recorded(world, asking):
    with stopped(world.now):
        planner = text_of(desk(world, "planner").get(f"/staff/reports/{asking.pk}/"))
        nurse = text_of(desk(world, "nurse").get(f"/staff/reports/{asking.pk}/"))
    assert "신고한 이웃" in planner
    assert "010-7777-8888" in planner
    assert "신고한 이웃" not in nurse
    assert "7777" not in nurse
    assert "접수 담당과 팀장만" in nurse
    looks = list(Entry.objects.filter(event="report.read").order_by("id").values_list("details__reporter", flat=True))
    assert looks[-2:] == [True, False]


def test_the_same_household_is_chosen_with_the_reasons_in_view(world, asking):
    kim = world.households["kim"]
    with stopped(world.now):
        client = desk(world, "planner")
        page = text_of(client.get(f"/staff/reports/{asking.pk}/"))
        assert "이름이 같아요" in page
        assert "새 가구로 시작" in page
        answer = client.post(f"/staff/reports/{asking.pk}/choose/", {"household": kim.pk})
    assert answer["Location"] == f"/staff/households/{kim.pk}/"
    assert fresh(asking).state == "joined"
    assert open_lead_of(kim.pk) is not None


def test_a_new_household_is_the_other_choice(world, asking):
    with stopped(world.now):
        answer = desk(world, "planner").post(f"/staff/reports/{asking.pk}/choose/", {"household": "new"})
    row = fresh(asking)
    assert answer["Location"] == f"/staff/households/{row.household_id}/"
    assert row.household_id != world.households["kim"].pk
    assert row.household.state == "provisional"


@pytest.mark.parametrize("typed", ["", "가나다", "987654321"])
def test_no_household_or_a_made_up_one_is_refused_at_the_field(world, asking, typed):
    with stopped(world.now):
        answer = desk(world, "planner").post(f"/staff/reports/{asking.pk}/choose/", {"household": typed})
    assert answer.status_code == 422
    assert "고칠 곳이 있습니다" in text_of(answer)
    assert fresh(asking).state == "asking"


def test_a_household_of_another_dong_cannot_be_guessed(world, asking):
    far = world.households["far"]
    with stopped(world.now):
        answer = desk(world, "planner").post(f"/staff/reports/{asking.pk}/choose/", {"household": far.pk})
    assert answer.status_code == 422
    assert open_lead_of(far.pk) is None


def test_two_people_at_once_the_second_is_told(world, asking):
    with stopped(world.now):
        desk(world, "planner").post(f"/staff/reports/{asking.pk}/choose/", {"household": "new"})
        answer = desk(world, "team_lead").post(f"/staff/reports/{asking.pk}/choose/", {"household": "new"})
    assert answer.status_code == 409
    assert "이미 처리되었습니다" in text_of(answer)


def test_closing_needs_a_reason_and_an_urgent_one_a_sentence(world, who):
    row = reported(world, who("resident"), Subject(name="김영숙", dong_id=world.dongs["own"].pk), text="죽고 싶다고 해요")
    with stopped(world.now):
        client = desk(world, "planner")
        empty = client.post(f"/staff/reports/{row.pk}/close/", {})
        bare = client.post(f"/staff/reports/{row.pk}/close/", {"closure": "prank", "note": ""})
        assert (empty.status_code, bare.status_code) == (422, 422)
        assert "하나를 골라 주세요" in text_of(empty)
        assert "왜 종결하는지 적어 주세요" in text_of(bare)
        assert 'value="prank" checked' in text_of(bare)
        done = client.post(f"/staff/reports/{row.pk}/close/", {"closure": "prank", "note": "전화로 본인이 확인했습니다."})
    assert done["Location"] == "/staff/inbox/"
    assert fresh(row).closure == "prank"


def test_a_report_is_sent_to_the_dong_it_belongs_to(world, asking):
    to = world.dongs["other_dong"]
    with stopped(world.now):
        client = desk(world, "planner")
        assert client.post(f"/staff/reports/{asking.pk}/redirect/", {"dong": ""}).status_code == 422
        assert client.post(f"/staff/reports/{asking.pk}/redirect/", {"dong": to.pk})["Location"] == "/staff/inbox/"
        assert client.get(f"/staff/reports/{asking.pk}/").status_code == 404
        assert desk(world, "planner", "other_dong").get(f"/staff/reports/{asking.pk}/").status_code == 200
    assert fresh(asking).due_at == asking.due_at


def test_a_joined_report_leads_to_its_household_and_offers_nothing_else(world, asking):
    with stopped(world.now):
        client = desk(world, "planner")
        client.post(f"/staff/reports/{asking.pk}/choose/", {"household": world.households["kim"].pk})
        page = text_of(client.get(f"/staff/reports/{asking.pk}/"))
    assert "발굴 건에 이어졌습니다" in page
    assert "새 가구로 시작" not in page
    assert "신고 종결" not in page
