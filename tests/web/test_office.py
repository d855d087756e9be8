"""알림, 접속 기록, 직원·발령: what everybody is told, what the privacy officer reads, and who works where."""

import pytest
from tests.web.desk import desk, reported, stopped, text_of

from chatdong.ground.accounts.models import Account
from chatdong.ground.accounts.queries import postings_of
from chatdong.ground.messages.queries import unread_count
from chatdong.safetynet.discovery.queries import open_lead_of
from chatdong.safetynet.discovery.states import Subject


@pytest.fixture
def told(world, who):
    """김영숙 was reported: the planner is told."""
    return reported(world, who("resident"), Subject(name="김영숙", phone="01023456789", dong_id=world.dongs["own"].pk))


def test_somebody_is_told_reads_it_and_goes_where_it_leads(world, who, told):
    with stopped(world.now):
        client = desk(world, "planner")
        page = text_of(client.get("/staff/notices/"))
        assert "새 발굴 건을 맡았습니다" in page
        assert "안 읽음" in page
        message = page.split('name="id" value="')[1].split('"')[0]
        kim = f"/staff/households/{world.households['kim'].pk}/"
        assert client.post("/staff/notices/read/", {"id": message, "open": kim})["Location"] == kim
        assert client.post("/staff/notices/read/", {"id": message, "open": "//evil.example"})["Location"] == "/staff/notices/"
    assert unread_count(who("planner")) == 0


def test_what_others_were_told_cannot_be_marked_read(world, who, told):
    with stopped(world.now):
        page = text_of(desk(world, "planner").get("/staff/notices/"))
        message = page.split('name="id" value="')[1].split('"')[0]
        desk(world, "team_lead").post("/staff/notices/read/", {"id": message})
    assert unread_count(who("planner")) == 1


def test_nothing_new_says_so(world):
    with stopped(world.now):
        assert "새 알림이 없습니다" in text_of(desk(world, "nurse").get("/staff/notices/"))


def test_the_privacy_officer_reads_who_opened_what_of_the_own_gu_only(world):
    kim = world.households["kim"].pk
    with stopped(world.now):
        desk(world, "planner").get(f"/staff/households/{kim}/")
        own = text_of(desk(world, "auditor").get(f"/staff/log/?household={kim}"))
        other = text_of(desk(world, "auditor", "other_gu").get(f"/staff/log/?household={kim}"))
    assert "household.read" in own
    assert world.accounts["planner", "own"].name in own
    assert "127.0.0.1" in own
    assert "household.read" not in other
    assert "김영숙" not in own


def test_a_day_that_is_none_is_told_and_the_rest_shown(world):
    with stopped(world.now):
        page = text_of(desk(world, "auditor").get("/staff/log/?on=2026-13-45&kind=read"))
    assert "날짜를 읽을 수 없습니다" in page


def new_person(**typed):
    usual = {"name": "새직원", "login_id": "new-person", "password": "찾아가는-동주민센터-2", "role": "nurse", "on": "2026-03-16",
             "dong": "", "tongs": "", "phone": ""}  # fmt: skip
    return usual | {name: str(value) for name, value in typed.items()}


def test_a_person_is_opened_and_posted(world):
    with stopped(world.now):
        client = desk(world, "administrator")
        answer = client.post("/staff/accounts/", new_person(dong=world.dongs["own"].pk))
        assert answer["Location"] == "/staff/accounts/"
        assert "새직원" in text_of(client.get("/staff/accounts/"))
    account = Account.objects.get(login_id="new-person")
    assert [posted.role for posted in postings_of(account.pk, world.today)] == ["nurse"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"login_id": "planner-own"}, "이미 쓰고 있는 아이디입니다"),
        ({"password": "1234"}, "비밀번호"),
        ({"dong": ""}, "동을 골라야 합니다"),
        ({"role": "king"}, "new-person"),
    ],
)
def test_what_is_refused_keeps_what_was_typed_and_opens_nothing(world, typed, sentence):
    with stopped(world.now):
        answer = desk(world, "administrator").post("/staff/accounts/", new_person(**({"dong": world.dongs["own"].pk} | typed)))
    page = text_of(answer)
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="새직원"' in page
    assert "찾아가는-동주민센터-2" not in page
    assert not Account.objects.filter(login_id="new-person").exists()


def test_who_leaves_gives_everything_on_first(world, who, told):
    planner, dong = world.accounts["planner", "own"], world.dongs["own"]
    lead = world.accounts["team_lead", "own"]
    kim = world.households["kim"].pk
    assert open_lead_of(kim).worker_id == planner.pk
    with stopped(world.now):
        client = desk(world, "administrator")
        page = text_of(client.post(f"/staff/accounts/{planner.pk}/{dong.pk}/end/", {"to": lead.pk}, follow=True))
    assert "맡은 일을 모두 넘기고 발령을 마쳤습니다" in page
    assert open_lead_of(kim).worker_id == lead.pk
    assert not list(postings_of(planner.pk, world.today))
