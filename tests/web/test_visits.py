"""방문: what is planned for whom and when, moving and calling off, the lists of the year, and the paper for the bag."""

from datetime import date, timedelta

import pytest
from tests.domain.test_claims import POOR
from tests.web.at_the_door import as_, at, few_queries, text_of
from tests.world import BY, actor

from chatdong.ground.households.actions import note_circumstance
from chatdong.policy.models import Entry
from chatdong.safetynet.benefits.actions import note_facts
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.visits.actions import enroll_targets, plan_visit
from chatdong.safetynet.visits.models import Visit

HERE = "/staff/visits/"


@pytest.fixture
def planned(world, monkeypatch):
    """kim tomorrow morning and hidden this afternoon for the planner of 천연동, near today for another dong."""
    at(monkeypatch, world.now)
    worker, nurse = world.accounts["planner", "own"].pk, world.accounts["nurse", "own"].pk
    plan = {"by": BY, "at": world.now, "worker_id": worker}
    plan_visit(household_id=world.households["kim"].pk, planned_on=world.today + timedelta(days=1), companion_id=nurse, **plan)
    plan_visit(household_id=world.households["hidden"].pk, planned_on=world.today, slot="afternoon", **plan)
    plan_visit(
        by=BY, at=world.now, household_id=world.households["near"].pk, planned_on=world.today,
        worker_id=world.accounts["planner", "other_dong"].pk,
    )  # fmt: skip
    return world


def test_a_day_shows_its_visits_and_a_week_the_days_in_order(planned):
    client = as_(planned, "planner")
    today = text_of(client.get(HERE))
    assert "한*람" in today and "오후" in today and "김*숙" not in today and "최*순" not in today
    week = text_of(client.get(HERE + "?span=week"))
    assert week.index("한*람") < week.index("김*숙")
    assert "방문간호 천연동 함께" in week


def test_the_nurse_who_goes_along_sees_it_too(planned):
    assert "김*숙" in text_of(as_(planned, "nurse").get(HERE + "?span=week"))


def test_an_empty_day_says_what_to_do(world, monkeypatch):
    at(monkeypatch, world.now)
    assert "잡아 둔 방문이 없습니다" in text_of(as_(world, "planner").get(HERE))


def test_a_missed_visit_stands_on_top(planned, monkeypatch):
    at(monkeypatch, planned.now + timedelta(days=3))
    page = text_of(as_(planned, "planner").get(HERE))
    assert "지난 예정" in page and "한*람" in page and "3일 지남" in page


@pytest.mark.parametrize(
    "query",
    [
        "?on=어제&span=year&whose=all",
        "?on=9999-99-99",
        "?on=9999-12-31&span=week",
        "?on=0001-01-01",
        "?whose=dong&span=week&on=2026-03-16",
    ],
)
def test_nonsense_in_the_address_is_today(planned, query):
    assert as_(planned, "planner").get(HERE + query).status_code == 200


def test_a_place_in_the_list_that_nobody_gave_is_refused_in_words(planned):
    answer = as_(planned, "planner").get(HERE + "?after=zzzz")
    assert answer.status_code == 422
    assert "처음부터 다시 열어 주세요" in text_of(answer)


def test_moving_a_visit(planned):
    visit = Visit.objects.get(household=planned.households["kim"])
    typed = {"planned_on": "2026-03-20", "slot": "evening", "worker": str(visit.worker_id)}
    assert as_(planned, "planner").post(f"{HERE}{visit.pk}/", typed).status_code == 302
    visit.refresh_from_db()
    assert (visit.planned_on, visit.slot) == (date(2026, 3, 20), "evening")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"planned_on": "2026-03-01"}, "오늘부터 1년 안의 날을 골라 주세요."),
        ({"planned_on": "금요일"}, "올바른"),
        ({"slot": "night"}, "올바르게 선택해 주세요"),
        ({"worker": "1000000"}, "올바르게 선택해 주세요"),
    ],
)
def test_a_wrong_move_keeps_what_was_typed(planned, typed, sentence):
    visit = Visit.objects.get(household=planned.households["kim"])
    usual = {"planned_on": "2026-03-20", "slot": "evening", "worker": str(visit.worker_id)}
    answer = as_(planned, "planner").post(f"{HERE}{visit.pk}/", {**usual, **typed})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert f'value="{typed.get("planned_on", "2026-03-20")}"' in answer.content.decode()


def test_calling_off_needs_a_reason_that_is_written_down(planned):
    visit = Visit.objects.get(household=planned.households["kim"])
    client = as_(planned, "planner")
    client.post(f"{HERE}{visit.pk}/cancel/", {"why": "그냥"})
    visit.refresh_from_db()
    assert visit.state == "planned"
    client.post(f"{HERE}{visit.pk}/cancel/", {"why": "날씨"})
    visit.refresh_from_db()
    assert visit.state == "canceled"
    assert Entry.objects.get(event="visit.cancel").why == "날씨"


@pytest.mark.parametrize("where", ["other_dong", "other_gu"])
def test_another_dongs_visit_is_not_found(planned, where):
    visit = Visit.objects.get(household=planned.households["kim"])
    client = as_(planned, "planner", where)
    typed = {"planned_on": "2026-03-20", "slot": "evening", "worker": str(visit.worker_id)}
    assert client.get(f"{HERE}{visit.pk}/").status_code == 404
    assert client.post(f"{HERE}{visit.pk}/", typed).status_code == 404
    assert client.post(f"{HERE}{visit.pk}/cancel/", {"why": "날씨"}).status_code == 404
    assert Visit.objects.get(pk=visit.pk).planned_on == planned.today + timedelta(days=1)


def test_a_visit_that_is_over_is_not_found(planned):
    visit = Visit.objects.get(household=planned.households["kim"])
    client = as_(planned, "planner")
    client.post(f"{HERE}{visit.pk}/cancel/", {"why": "날씨"})
    assert client.get(f"{HERE}{visit.pk}/").status_code == 404


def test_the_paper_has_what_is_needed_at_the_door_and_no_hidden_address(planned):
    answer = as_(planned, "planner").get(f"{HERE}print/?span=week")
    page = text_of(answer)
    assert "김영숙" in page and "독립문로8길 13-2, 지하 101호" in page and "010-2345-6789" in page
    assert "주소 비공개" in page and "숨은집길" not in page and "010-9876-5432" not in page and "한가람" not in page
    assert "최말순" not in page
    line = Entry.objects.get(kind="print")
    assert line.count == 2
    assert set(line.subjects) == {planned.households["kim"].pk, planned.households["hidden"].pk}


def test_the_paper_names_what_to_speak_of_and_to_ask_and_nothing_of_health_or_of_a_hidden_home(planned):
    planner, book = actor(planned, "planner"), catalog().book
    for name in ("kim", "hidden"):
        home = planned.households[name]
        person = home.residents.get().pk
        ill = {"earned": 0, "business": 0, "pension": 0, "disability": 2, "dementia": 1}
        note_facts(by=planner, household_id=home.pk, facts=POOR | {"crisis_illness": 1}, people={person: ill}, source="visit",
                   book=book, at=planned.now)  # fmt: skip
    page = as_(planned, "planner").get(f"{HERE}print/?span=week").content.decode()
    assert page.count("말씀드릴 지원") == 1, "a hidden home is looked up on the screen"
    said = page.partition("말씀드릴 지원")[2].partition("</tr>")[0]
    assert "생계급여" in said and "가지는 화면에서 확인" in said
    assert not [word for word in ("장애", "치매", "의료비", "820,556", "82만") if word in said]
    line = Entry.objects.get(event="benefit.packages")
    assert (set(line.subjects), line.count) == ({planned.households["kim"].pk}, 1)


def test_the_paper_asks_what_settles_most_before_anything_is_known(planned):
    page = as_(planned, "planner").get(f"{HERE}print/?span=week").content.decode()
    said = page.partition("<strong>여쭐 것</strong>")[2].partition("</tr>")[0]
    assert said.count("/") >= 1 and "?" in said


def test_an_empty_paper_is_not_written_down(world, monkeypatch):
    at(monkeypatch, world.now)
    assert "잡아 둔 방문이 없습니다" in text_of(as_(world, "planner").get(f"{HERE}print/"))
    assert not Entry.objects.filter(kind="print").exists()


@pytest.fixture
def enrolled(world, monkeypatch):
    """The targets of 천연동 for the year: a newborn's family and a household on basic livelihood."""
    at(monkeypatch, world.now)
    home = world.households["kim"].pk
    note_circumstance(by=BY, household_id=home, kind="basic_livelihood", since=date(2026, 1, 5), at=world.now)
    enroll_targets(by=BY, year=2026, on=world.today, at=world.now, dong_id=world.dongs["own"].pk)
    return world


def test_the_lists_of_the_year_by_group(enrolled):
    client = as_(enrolled, "planner")
    everybody = text_of(client.get(f"{HERE}targets/?whose=dong"))
    assert "김*숙" in everybody and "박*수" in everybody
    newborn = text_of(client.get(f"{HERE}targets/?whose=dong&cohort=newborn"))
    assert "박*수" in newborn and "김*숙" not in newborn
    assert "김*숙" not in text_of(as_(enrolled, "planner", "other_dong").get(f"{HERE}targets/?whose=dong"))


def test_a_month_with_nobody_says_so(enrolled):
    assert "남아 있지 않습니다" in text_of(as_(enrolled, "planner").get(f"{HERE}targets/?cohort=age_65&month=7"))


def test_few_queries(planned, enrolled):
    client = as_(planned, "planner")
    client.get(HERE)
    for path in ("?span=week&whose=dong", "targets/?whose=dong", "print/?span=week"):
        with few_queries():
            client.get(HERE + path)
