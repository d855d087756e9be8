"""가구: finding one, one timeline, and what can be done to it; what is typed is kept when something is refused."""

from datetime import timedelta

import pytest
from tests.web.desk import desk, queries, reported, stopped, text_of
from tests.world import BY, World

from chatdong.ground.accounts.actions import keep_draft
from chatdong.ground.accounts.queries import draft_of
from chatdong.ground.households.actions import NewResident, add_resident
from chatdong.ground.messages.models import Message
from chatdong.policy.models import Entry
from chatdong.safetynet.discovery.queries import open_lead_of
from chatdong.safetynet.discovery.states import Subject
from chatdong.safetynet.visits.actions import assess_household, plan_visit
from chatdong.safetynet.visits.queries import safety_plan_of, watch_of

MOST_QUERIES = 55


@pytest.fixture
def kim(world: World) -> str:
    return f"/staff/households/{world.households['kim'].pk}/"


@pytest.fixture
def planner(world: World):
    with stopped(world.now):
        yield desk(world, "planner")


@pytest.fixture
def lead(world: World):
    with stopped(world.now):
        yield desk(world, "team_lead")


def row(world: World, name: str = "kim"):
    return type(world.households[name]).objects.get(pk=world.households[name].pk)


def change_form(world: World, **typed):
    usual = {"version": row(world).version, "road_address": "서대문구 통일로 9", "address_detail": "2층", "phone": "02-312-5678",
             "dwelling": "house", "tong_number": "1", "ban_number": "1", "staff_note": ""}  # fmt: skip
    return usual | typed


# --- finding


@pytest.mark.parametrize("typed", ["김영숙", "영숙", "ㄱㅇㅅ", "6789", "5678", "독립문로8길 13-2", "010-2345-6789"])
def test_one_box_finds_by_name_first_sounds_phone_and_address(planner, typed):
    page = text_of(planner.get("/staff/households/", {"q": typed}))
    assert "김*숙" in page
    assert "독립문로8길 13-2" not in page.replace(f'value="{typed}"', "")


def test_a_typo_brings_names_like_it(planner):
    page = text_of(planner.get("/staff/households/", {"q": "김영슉"}))
    assert "비슷한 이름" in page
    assert "김*숙" in page


def test_nothing_found_says_how_else_to_look(planner):
    page = text_of(planner.get("/staff/households/", {"q": "없는사람"}))
    assert "찾지 못했습니다" in page
    assert "첫소리" in page


def test_a_hidden_address_neither_finds_nor_shows(lead):
    by_name = text_of(lead.get("/staff/households/", {"q": "한가람"}))
    by_address = text_of(lead.get("/staff/households/", {"q": "숨은집길"}))
    assert "한*람" in by_name
    assert "주소 비공개" in by_name
    assert "한*람" not in by_address


def test_a_page_of_a_search_that_was_made_up_is_refused_in_words(planner):
    answer = planner.get("/staff/households/", {"q": "김영숙", "after": "made-up"})
    assert answer.status_code == 422


# --- one household


def test_the_page_shows_everything_in_full_and_the_opening_is_recorded(world, who, planner, kim):
    reported(world, who("resident"), Subject(name="김영숙", phone="01023456789", dong_id=world.dongs["own"].pk))
    assess_household(by=who("planner"), household_id=row(world).pk, reasons=["lives_alone", "no_food"], at=world.now)
    plan_visit(by=who("planner"), household_id=row(world).pk, planned_on=world.today, at=world.now)
    page = text_of(planner.get(kim))
    words = ("김영숙 님 가구", "서대문구 독립문로8길 13-2 지하 101호", "tel:01023456789", "만 85세", "반지하", "중위험",
             "끼니를 거름", "첫 연락", "신고 접수", "위험군 판정", "가구 등록", "행복e음")  # fmt: skip
    assert not [word for word in words if word not in page]
    opened = Entry.objects.filter(event="household.read", household=row(world).pk).get()
    assert (opened.account, opened.address) == (who("planner").account_id, "127.0.0.1")


def test_the_number_of_questions_does_not_grow_with_the_household(world, who, planner, kim):
    def ask() -> int:
        return len(queries(lambda: planner.get(kim)))

    reported(world, who("resident"), Subject(name="김영숙", phone="01023456789", dong_id=world.dongs["own"].pk))
    assess_household(by=who("planner"), household_id=row(world).pk, reasons=["lives_alone"], at=world.now)
    few = ask()
    for number in range(8):
        add_resident(by=who("planner"), household_id=row(world).pk, new=NewResident(f"김식구{number}"), at=world.now)
        reported(world, who("resident"), Subject(name="김영숙", phone="01023456789", dong_id=world.dongs["own"].pk))
        plan_visit(by=who("planner"), household_id=row(world).pk, planned_on=world.today + timedelta(days=number), at=world.now)
    assert ask() <= few + 3
    assert ask() <= MOST_QUERIES


def test_out_of_reach_offers_breaking_the_glass_to_those_who_may(world, planner):
    far = world.households["far"].pk
    page = planner.get(f"/staff/households/{far}/")
    assert page.status_code == 404
    assert f'href="/staff/households/{far}/glass/"' in text_of(page)
    with stopped(world.now):
        assert "glass" not in text_of(desk(world, "area_officer").get(f"/staff/households/{far}/"))


def test_breaking_the_glass_needs_a_reason_alarms_and_only_reads(world, planner):
    far = f"/staff/households/{world.households['far'].pk}/"
    short = planner.post(f"{far}glass/", {"reason": "급함"})
    assert short.status_code == 422
    assert "다섯 글자 이상" in text_of(short)
    assert planner.post(f"{far}glass/", {"reason": "119가 가족 연락처를 묻고 있습니다"})["Location"] == far
    page = text_of(planner.get(far))
    assert "오세라" in page
    assert "긴급 열람 중입니다" in page
    assert "가구 정보 고치기" not in page
    told = set(Message.objects.filter(kind="glass").values_list("account__login_id", flat=True))
    assert told == {"auditor-other-gu", "gu-officer-other-gu"}
    assert planner.get(f"{far}change/").status_code == 403
    planner.post(f"{far}glass/end/")
    assert planner.get(far).status_code == 404


def test_after_its_hours_the_glass_is_whole_again(world, planner):
    far = f"/staff/households/{world.households['far'].pk}/"
    planner.post(f"{far}glass/", {"reason": "119가 가족 연락처를 묻고 있습니다"})
    with stopped(world.now + timedelta(hours=4)):
        assert desk(world, "planner").get(far).status_code == 404


def test_a_hidden_address_is_for_the_team_lead_and_nobody_who_does_not_answer_for_it(world, planner, lead):
    path = f"/staff/households/{world.households['hidden'].pk}/"
    mine, theirs = text_of(planner.get(path)), text_of(lead.get(path))
    assert "숨은집길" not in mine
    assert "주소 비공개" in mine
    assert "숨은집길" in theirs
    form = text_of(planner.get(f"{path}change/"))
    assert "도로명주소" not in form
    assert "가구 전화" in form


# --- facts


def test_a_change_is_kept_and_the_draft_forgotten(world, who, planner, kim):
    key = f"household-{row(world).pk}-change"
    keep_draft(by=who("planner"), key=key, body={"road_address": ["서대문구 쓰다만길 1"], "two_workers": ["on"]}, at=world.now)
    begun = text_of(planner.get(f"{kim}change/"))
    assert "서대문구 쓰다만길 1" in begun
    assert 'value="지하 101호"' in begun
    assert planner.post(f"{kim}change/", change_form(world, two_workers="on"))["Location"] == kim
    assert (row(world).road_address, row(world).two_workers) == ("서대문구 통일로 9", True)
    assert draft_of(who("planner"), key) is None


def test_when_somebody_else_was_first_what_was_typed_is_kept(world, planner, kim):
    typed = change_form(world, staff_note="개가 있습니다")
    with stopped(world.now):
        desk(world, "team_lead").post(f"{kim}change/", change_form(world, road_address="서대문구 먼저로 1"))
    answer = planner.post(f"{kim}change/", typed)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "다른 사람이 먼저 바꿨습니다" in page
    assert "서대문구 통일로 9" in page
    assert "개가 있습니다" in page
    assert "서대문구 먼저로 1" in page
    assert row(world).road_address == "서대문구 먼저로 1"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("tong_number", "99", "이 동에 없는 통입니다"),
        ("phone", "12", "전화번호를 다시 확인해 주세요"),
        ("tong_number", "하나", "숫자만"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_kept(world, planner, kim, field, typed, sentence):
    answer = planner.post(f"{kim}change/", change_form(world, **{field: typed}))
    page = text_of(answer)
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{typed}"' in page
    assert f'href="#id_{field}"' in page
    assert row(world).road_address == "서대문구 독립문로8길 13-2"


def test_people_are_added_corrected_and_leave(world, planner, kim):
    home = row(world)
    assert planner.post(f"{kim}member-add/", {"relation": "child"}).status_code == 422
    new = {
        "name": "김하나",
        "birth_date_year": "2001",
        "birth_date_month": "2",
        "birth_date_day": "3",
        "relation": "child",
        "sex": "f",
    }
    assert planner.post(f"{kim}member-add/", new)["Location"] == kim
    daughter = home.residents.get(name="김하나")
    assert daughter.birth_date.isoformat() == "2001-02-03"
    wrong = planner.post(f"{kim}members/{daughter.pk}/", new | {"birth_date_day": "31"})
    assert wrong.status_code == 422
    assert 'value="31"' in text_of(wrong)
    assert planner.post(f"{kim}members/{daughter.pk}/", new | {"name": "김둘"})["Location"] == kim
    assert home.residents.filter(name="김둘").exists()
    gone = {"resident": daughter.pk, "what": "moved", "on": "2026-03-10"}
    assert planner.post(f"{kim}leave/", gone | {"on": "2026-12-31"}).status_code == 422
    assert planner.post(f"{kim}leave/", gone)["Location"] == kim
    assert home.residents.get(pk=daughter.pk).state == "moved"
    stranger = world.households["family"].residents.first()
    assert planner.get(f"{kim}members/{stranger.pk}/").status_code == 404


def test_each_consent_is_asked_apart_and_can_be_withdrawn(world, planner, kim):
    assert planner.post(f"{kim}consent/", {}).status_code == 422
    sent = {"kind": "sensitive", "way": "종이에 서명", "resident": ""}
    planner.post(f"{kim}consent/", sent)
    consent = row(world).consents.get()
    assert consent.text_version == "2026-1"
    planner.post(f"{kim}consent/withdraw/", {"consent": consent.pk})
    assert row(world).consents.get().withdrawn_at is not None
    page = text_of(planner.get(kim))
    assert "거둠" in page
    assert planner.post(f"{kim}consent/withdraw/", {"consent": 987654321}).status_code == 404


def test_a_circumstance_is_noted_and_ends(world, planner, kim):
    planner.post(f"{kim}circumstance/", {"kind": "near_poor", "since": "2026-01-05", "source": "행복e음", "resident": ""})
    one = row(world).circumstances.get()
    assert "차상위" in text_of(planner.get(kim))
    planner.post(f"{kim}circumstance/end/", {"circumstance": one.pk})
    assert row(world).circumstances.get().until == world.today


def test_an_address_is_hidden_with_a_reason(world, planner, lead, kim):
    assert planner.post(f"{kim}hide/", {"why": ""}).status_code == 422
    planner.post(f"{kim}hide/", {"why": "가정폭력 피해"})
    assert row(world).address_hidden
    assert "독립문로" not in text_of(planner.get(kim))
    lead.post(f"{kim}hide/", {"why": "본인이 원함"})
    assert not row(world).address_hidden


# --- duty


def test_a_grade_follows_from_declared_reasons_and_is_explained(world, planner, kim):
    page = text_of(planner.get(f"{kim}grade/"))
    assert "끼니를 거름" in page
    empty = planner.post(f"{kim}grade/", {})
    assert empty.status_code == 422
    assert "하나도 없으면" in text_of(empty)
    answer = planner.post(f"{kim}grade/", {"reasons": ["utilities_cut", "infant"], "note": "아기가 추워함"}, follow=True)
    assert "고위험이에요" in text_of(answer)
    assert "젖먹이가 있는데" in text_of(answer)
    assert watch_of(row(world).pk).grade == 1
    lower = planner.post(f"{kim}grade/", {"none": "on"}, follow=True)
    assert "다른 사람이 확인할 때까지" in text_of(lower)
    assert watch_of(row(world).pk).grade == 1


def test_a_visit_is_planned_and_called_off(world, planner, kim):
    me = world.accounts["planner", "own"].pk
    sent = {"planned_on": "2026-03-17", "slot": "afternoon", "kind": "watch", "worker": me, "companion": "", "note": ""}
    past = planner.post(f"{kim}plan/", sent | {"planned_on": "2026-03-01"})
    assert past.status_code == 422
    assert "오늘부터 1년 안의 날" in text_of(past)
    planner.post(f"{kim}plan/", sent)
    visit = row(world).visits.get()
    assert planner.post(f"{kim}plan/", sent).status_code == 409
    planner.post(f"{kim}visits/cancel/", {"visit": visit.pk})
    assert row(world).visits.get().state == "canceled"


def test_two_workers_are_asked_for_where_the_household_says_so(world, planner, kim):
    planner.post(f"{kim}change/", change_form(world, two_workers="on"))
    me = world.accounts["planner", "own"].pk
    answer = planner.post(
        f"{kim}plan/", {"planned_on": "2026-03-17", "slot": "morning", "kind": "watch", "worker": me, "companion": ""}
    )
    assert answer.status_code == 422
    assert "함께 가는 사람" in text_of(answer)
    assert not row(world).visits.exists()


def test_a_lead_moves_on_is_registered_assigned_and_closed(world, who, planner, lead, kim):
    reported(
        world,
        who("resident"),
        Subject(name="김영숙", phone="01023456789", dong_id=world.dongs["own"].pk),
        text="말벗이 있으면 해요.",
    )
    home = row(world).pk
    past = planner.post(f"{kim}next/", {"next_step": "visit", "next_at": "2026-03-01T10:00"})
    assert past.status_code == 422
    assert 'value="2026-03-01T10:00"' in text_of(past)
    planner.post(f"{kim}next/", {"next_step": "visit", "next_at": "2026-03-18T10:00"})
    assert open_lead_of(home).next_step == "visit"
    planner.post(f"{kim}register/", {"system": "행복e음", "number": "2026-0001", "on": "2026-03-16"})
    assert open_lead_of(home).registered_no == "2026-0001"
    nurse = world.accounts["nurse", "own"].pk
    assert planner.get(f"{kim}assign/").status_code == 403
    lead.post(f"{kim}assign/", {"worker": nurse})
    assert open_lead_of(home).worker_id == nurse
    bare = planner.post(f"{kim}close/", {"closure": "refused", "note": ""})
    assert bare.status_code == 422
    assert "왜 이렇게 종결하는지" in text_of(bare)
    planner.post(f"{kim}close/", {"closure": "refused", "note": "도움을 바라지 않으십니다"})
    assert open_lead_of(home) is None
    assert planner.get(f"{kim}close/")["Location"] == kim


def test_a_safety_plan_is_for_those_who_may_and_each_look_is_recorded(world, who, planner, kim):
    sent = {"warning_signs": "잠을 못 잠", "people": "여동생", "professionals": "109", "resident": row(world).residents.get().pk}
    bare = planner.post(f"{kim}safety/", sent | {"people": ""})
    assert bare.status_code == 422
    assert "잠을 못 잠" in text_of(bare)
    planner.post(f"{kim}safety/", sent)
    with stopped(world.now):
        assert "여동생" in text_of(desk(world, "nurse").get(f"{kim}safety/"))
        assert desk(world, "gu_officer").get(f"{kim}safety/").status_code == 403
        assert "여동생" not in text_of(desk(world, "gu_officer").get(kim))
    assert safety_plan_of(by=who("planner"), household_id=row(world).pk, at=world.now).people == "여동생"
    assert Entry.objects.filter(event="safety_plan.read").count() == 2


def test_two_rows_of_one_household_are_joined_in_two_steps(world, lead, kim):
    other = world.households["family"]
    look = text_of(lead.get(f"{kim}merge/", {"drop": other.pk}))
    assert "박*수" in look
    assert row(world, "family").state == "living"
    assert lead.post(f"{kim}merge/", {"drop": other.pk})["Location"] == kim
    assert row(world, "family").merged_into_id == row(world).pk
    assert "박민수" in text_of(lead.get(f"/staff/households/{other.pk}/"))


@pytest.mark.parametrize("typed", ["", "가나", "987654321", "self", "far"])
def test_a_household_that_cannot_be_joined_is_refused_at_the_field(world, lead, kim, typed):
    number = {"self": row(world).pk, "far": world.households["far"].pk}.get(typed, typed)
    answer = lead.post(f"{kim}merge/", {"drop": number})
    assert answer.status_code == 422
    assert "고칠 곳이 있습니다" in text_of(answer)


def test_what_a_role_may_not_do_is_not_offered(world, kim):
    with stopped(world.now):
        nurse, gu = text_of(desk(world, "nurse").get(kim)), text_of(desk(world, "gu_officer").get(kim))
    assert "위험군 정하기" in nurse
    assert "가구 정보 고치기" not in nurse
    assert "가구 합치기" not in nurse
    assert "방문 기록" not in gu
    assert "위험군 정하기" not in gu


def test_a_joined_household_opens_under_both_numbers(world, lead, kim):
    lead.post(f"{kim}merge/", {"drop": world.households["empty"].pk})
    with stopped(world.now):
        page = desk(world, "planner").get(f"/staff/households/{world.households['empty'].pk}/")
    assert page.status_code == 200
    assert "김영숙 님 가구" in text_of(page)


def test_a_household_of_nobody_known_can_be_opened(world, planner):
    page = text_of(planner.get(f"/staff/households/{world.households['empty'].pk}/"))
    assert "아직 누가 사는지 모릅니다" in page
    assert BY.name not in page
