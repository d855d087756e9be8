"""The visit sheet: what it shows at the door, what one sending does, and that nothing typed is lost."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from tests.web.at_the_door import as_, at, few_queries, sheet, text_of
from tests.world import BY, actor

from chatdong.ground.accounts.models import Draft
from chatdong.ground.households.actions import change_household
from chatdong.ground.households.models import Resident
from chatdong.policy.models import Entry
from chatdong.safetynet.discovery.actions import open_lead
from chatdong.safetynet.discovery.models import Lead
from chatdong.safetynet.visits.actions import assess_household, plan_visit, record_contact
from chatdong.safetynet.visits.models import Contact, Visit, Watch
from chatdong.safetynet.visits.states import NextStep, OwnedState

KEY = "11111111-2222-3333-4444-555555555555"


@pytest.fixture
def door(world, monkeypatch):
    """A planner of 천연동 at the world's moment, and the address of a household's sheet."""
    at(monkeypatch, world.now)
    return as_(world, "planner"), lambda name: f"/staff/households/{world.households[name].pk}/visit/"


@pytest.fixture
def led(world):
    """kim with an open lead of the planner."""
    worker = world.accounts["planner", "own"].pk
    return open_lead(
        by=BY, household_id=world.households["kim"].pk, pathway="neighbor", urgency="soon", due_at=world.now + timedelta(days=3),
        at=world.now - timedelta(hours=2), worker_id=worker,
    )  # fmt: skip


def test_it_shows_everything_due_at_one_door(door, world, led):
    client, of = door
    home = world.households["kim"].pk
    change_household(by=BY, household_id=home, version=1, at=world.now, two_workers=True, staff_note="마당에 큰 개가 있음")
    assess_household(by=BY, household_id=home, reasons=["suicide_plan"], at=world.now, worker_id=led.worker_id)
    plan_visit(
        by=BY, household_id=home, planned_on=world.today, at=world.now, worker_id=led.worker_id,
        companion_id=world.accounts["nurse", "own"].pk,
    )  # fmt: skip
    page = text_of(client.get(of("kim")))
    for told in (
        "김영숙 님 가구",
        "2인 1조",
        "마당에 큰 개가 있음",
        "지하 101호",
        "010-2345-6789",
        "발굴 건: 첫 연락",
        "정기 방문",
        "자살위험",
        "109",
    ):
        assert told in page, told
    assert page.index("2인 1조") < page.index("무엇을 했나요")
    assert page.index("주기적 방문 오전") < page.index("발굴 건: 첫 연락") < page.index("정기 방문")


def test_a_hidden_address_is_shown_to_nobody_without_the_right(world, monkeypatch):
    at(monkeypatch, world.now)
    address = f"/staff/households/{world.households['hidden'].pk}/visit/"
    seen = text_of(as_(world, "nurse").get(address))
    assert "주소 비공개" in seen
    assert "숨은집길" not in seen and "501호" not in seen
    assert "숨은집길" in text_of(as_(world, "team_lead").get(address))


@pytest.mark.parametrize("where", ["other_dong", "other_gu"])
def test_another_dongs_household_is_not_found(world, monkeypatch, where):
    at(monkeypatch, world.now)
    address = f"/staff/households/{world.households['kim'].pk}/visit/"
    assert as_(world, "planner", where).get(address).status_code == 404
    assert as_(world, "planner", where).post(address, sheet()).status_code == 404
    assert not Contact.objects.exists()


def test_a_meeting_ends_the_first_contact_and_sets_the_next_day(door, world, led):
    client, of = door
    answer = client.post(
        of("kim"), sheet(next="visit", next_on="2026-03-20", needs=["health", "income"], met=[str(_head(world))])
    )
    assert answer.status_code == 302, text_of(answer)
    contact, lead = Contact.objects.get(), Lead.objects.get()
    assert (contact.outcome, contact.seen, contact.needs) == ("met", "잘 지내심", ["health", "income"])
    assert lead.first_contact_at == contact.at
    assert (lead.next_step, lead.next_at.astimezone(world.now.tzinfo).date()) == (NextStep.VISIT, date(2026, 3, 20))


def _head(world) -> int:
    return Resident.objects.get(household=world.households["kim"]).pk


def test_sent_twice_is_stored_once(door, world, led):
    client, of = door
    typed = sheet(key=KEY, next="call", next_on="2026-03-18", met=[str(_head(world))])
    assert client.post(of("kim"), typed).status_code == 302
    assert client.post(of("kim"), typed).status_code == 302
    assert Contact.objects.count() == 1


def test_a_death_sent_twice_is_stored_once_with_its_own_day(door, world):
    client, of = door
    typed = sheet(key=KEY, outcome="died", gone=[str(_head(world))], gone_on="2026-03-10", seen="")
    for _time in range(2):
        assert client.post(of("kim"), typed).status_code == 302
    person = Resident.objects.get(pk=_head(world))
    assert (person.state, person.died_on) == ("died", date(2026, 3, 10))
    assert Contact.objects.count() == 1
    world.households["kim"].refresh_from_db()
    assert world.households["kim"].state == "ended"


def test_the_same_number_with_other_words_is_a_conflict_and_keeps_what_was_typed(door, world, led):
    client, of = door
    client.post(of("kim"), sheet(key=KEY, next="call", next_on="2026-03-18", met=[str(_head(world))]))
    again = client.post(
        of("kim"), sheet(key=KEY, seen="전혀 다른 글", next="call", next_on="2026-03-18", met=[str(_head(world))])
    )
    assert again.status_code == 409
    assert "전혀 다른 글" in again.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"outcome": None}, "어떻게 되었는지 골라 주세요."),
        ({"seen": " "}, "보고 들은 것을 한 줄이라도 적어 주세요."),
        ({"outcome": "refused"}, "왜 거부했는지 골라 주세요."),
        ({"next": "visit", "next_on": ""}, "언제까지 할지 날을 골라 주세요."),
        ({"next": "close"}, "종결 사유를 골라 주세요."),
        ({"next": "close", "closure": "no_need"}, "왜 이렇게 종결하는지 적어 주세요."),
        ({"next": "watch"}, "먼저 위험군을 정해"),
        ({"next": "visit", "next_on": "2026-03-01"}, "지금보다 뒤여야 합니다."),
        ({"done_at": "2026-03-17T10:00"}, "아직 오지 않은 때입니다."),
        ({"done_at": "2020-03-17T10:00"}, "오래된 일은 적을 수 없습니다."),
        ({"done_at": "어제"}, "올바른"),
        ({"way": "phone"}, "전화로는 '전화상담'"),
        ({"companion": "99999"}, "올바르게 선택해 주세요"),
        ({"key": "x"}, "UUID"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_words_and_everything_typed_is_kept(door, world, led, typed, sentence):
    client, of = door
    usual = {"seen": "기침이 심하심", "met": [str(_head(world))], "next": "call", "next_on": "2026-03-18"}
    answer = client.post(of("kim"), sheet(**{**usual, **typed}))
    assert answer.status_code == 422
    page = text_of(answer)
    assert sentence in page, page
    assert typed.get("seen", "기침이 심하심").strip() in page
    assert not Contact.objects.exists()


def test_who_was_met_must_be_said_where_several_live(door, world):
    client, of = door
    answer = client.post(of("family"), sheet())
    assert answer.status_code == 422
    assert "누구를 만났는지 골라 주세요." in text_of(answer)


def test_a_stranger_in_the_met_list_is_refused(door, world):
    client, of = door
    stranger = Resident.objects.get(household=world.households["near"]).pk
    assert client.post(of("kim"), sheet(met=[str(stranger)])).status_code == 422
    assert not Contact.objects.exists()


def test_a_refusal_keeps_its_reason(door, world, led):
    client, of = door
    client.post(of("kim"), sheet(outcome="refused", refusal="distrust", seen="문을 닫으심", next="visit", next_on="2026-03-27"))
    assert Contact.objects.get().seen == "거부한 이유: 기관을 믿지 않음\n문을 닫으심"


def test_nobody_at_home_needs_one_tap_and_the_next_try_differs(door, world, led):
    client, of = door
    assert client.post(of("kim"), sheet(outcome="absent", seen="", left_notice="on", next="visit", next_on="")).status_code == 302
    contact, lead = Contact.objects.get(), Lead.objects.get()
    assert contact.left_notice
    assert lead.next_step == NextStep.TRY_AGAIN and lead.next_at > world.now
    page = text_of(client.get(of("kim")))
    assert "이번에는 다르게 해 주세요" in page
    same = client.post(of("kim"), sheet(outcome="absent", seen="", next=""))
    assert same.status_code == 422
    assert "다른 방법으로 해 보세요" in text_of(same)


def test_another_day_for_the_next_try_can_be_said(door, world, led):
    client, of = door
    client.post(of("kim"), sheet(outcome="absent", seen="", retry_on="2026-03-19"))
    assert Lead.objects.get().next_at.astimezone(world.now.tzinfo).date() == date(2026, 3, 19)


def test_declared_reasons_put_the_household_on_the_map(door, world, led):
    client, of = door
    typed = sheet(reasons=["suicide_plan", "lives_alone"], met=[str(_head(world))], next="visit", next_on="2026-03-18")
    assert client.post(of("kim"), typed).status_code == 302
    watch = Watch.objects.get()
    assert (watch.grade, watch.suicide) == (1, True)


def test_one_of_several_may_move_away_and_the_others_stay(door, world):
    client, of = door
    child = Resident.objects.get(household=world.households["family"], relation="child").pk
    assert client.post(of("family"), sheet(outcome="moved", gone=[str(child)], seen="")).status_code == 302
    assert Resident.objects.get(pk=child).state == "moved"
    world.households["family"].refresh_from_db()
    assert world.households["family"].state == "living"


def test_without_lead_or_watch_the_next_visit_becomes_a_plan(door, world):
    client, of = door
    typed = sheet(met=[str(_head(world))], next="visit", next_on="2026-03-24")
    assert client.post(of("kim"), typed).status_code == 302
    assert Visit.objects.get().planned_on == date(2026, 3, 24)


def test_handing_over_saves_first_and_leads_on(door, world, led):
    client, of = door
    answer = client.post(of("kim"), sheet(met=[str(_head(world))], next="handover"))
    assert answer["Location"] == f"/staff/households/{world.households['kim'].pk}/handover/"
    lead = Lead.objects.get()
    assert lead.state == OwnedState.OPEN and lead.next_at > world.now


def test_closing_ends_the_lead(door, world, led):
    client, of = door
    client.post(of("kim"), sheet(met=[str(_head(world))], next="close", closure="linked"))
    assert Lead.objects.get().state == OwnedState.CLOSED


def test_danger_in_the_words_names_the_numbers_to_call(door, world, led):
    client, of = door
    typed = sheet(seen="죽고 싶다고 하심", met=[str(_head(world))], next="visit", next_on="2026-03-17")
    answer = client.post(of("kim"), typed)
    told = [str(one) for one in _messages(answer)]
    assert any("109" in one for one in told), told


def _messages(answer) -> list[object]:
    from django.contrib.messages import get_messages

    return list(get_messages(answer.wsgi_request))


def test_a_half_filled_sheet_comes_back_and_can_be_thrown_away(door, world):
    client, of = door
    home = world.households["kim"].pk
    body = {
        "key": KEY,
        "way": "phone",
        "outcome": "phone",
        "seen": "목소리가 힘이 없으심",
        "needs": ["mood"],
        "left_notice": "on",
    }
    assert client.post(f"/draft/visit-{home}/", body).status_code == 200
    page = client.get(of("kim")).content.decode()
    assert "목소리가 힘이 없으심" in page and KEY in page and "쓰던 내용을 불러왔습니다" in page
    assert client.post(f"/staff/households/{home}/visit/discard/").status_code == 302
    assert "목소리가 힘이 없으심" not in client.get(of("kim")).content.decode()
    assert not Draft.objects.exists()


def test_saving_forgets_the_draft_and_a_late_one_does_not_come_back(door, world):
    client, of = door
    home = world.households["kim"].pk
    typed = sheet(key=KEY, met=[str(_head(world))])
    client.post(f"/draft/visit-{home}/", typed)
    client.post(of("kim"), typed)
    assert not Draft.objects.exists()
    client.post(f"/draft/visit-{home}/", typed)
    page = client.get(of("kim")).content.decode()
    assert KEY not in page and "쓰던 내용을 불러왔습니다" not in page


def test_a_draft_of_nonsense_does_not_break_the_sheet(door, world):
    client, of = door
    home = world.households["kim"].pk
    client.post(f"/draft/visit-{home}/", {"key": "무엇", "done_at": "언제", "met": ["x"], "next": "y", "reasons": ["z"]})
    assert client.get(of("kim")).status_code == 200


def test_the_opening_is_written_down(door, world):
    client, of = door
    client.get(of("kim"))
    lines = Entry.objects.filter(household=world.households["kim"].pk, event="household.read")
    assert lines.get().account == world.accounts["planner", "own"].pk


def test_an_area_officer_may_not_grade_and_is_not_asked_to(world, monkeypatch, led):
    at(monkeypatch, world.now)
    officer = world.accounts["area_officer", "own"]
    from chatdong.safetynet.discovery.actions import assign_lead

    assign_lead(by=BY, lead_id=led.pk, worker_id=officer.pk, at=world.now)
    client, address = as_(world, "area_officer"), f"/staff/households/{world.households['kim'].pk}/visit/"
    assert "위험한 이유가 있나요" not in text_of(client.get(address))
    typed = sheet(met=[str(_head(world))], next="visit", next_on="2026-03-18", reasons=["suicide_plan"])
    assert client.post(address, typed).status_code == 302
    assert not Watch.objects.exists()


def test_a_longer_history_asks_no_more_queries(door, world, led):
    client, of = door
    client.get(of("kim"))
    with few_queries(45):
        client.get(of("kim"))
    by = actor(world, "planner")
    for number in range(12):
        record_contact(
            by=by, key=UUID(int=number), household_id=world.households["kim"].pk, at=world.now, way="phone", outcome="phone",
            done_at=world.now - timedelta(days=number + 1), seen="전화함",
        )  # fmt: skip
    with few_queries(45):
        client.get(of("kim"))
