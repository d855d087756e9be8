"""상황별 표준 지원 at a desk: a sheet by bands, what the gu adds, and paper."""

from datetime import date

import pytest
from tests.web.desk import desk, queries, stopped, text_of
from tests.world import World, actor

from chatdong.safetynet.benefits.actions import add_addition
from chatdong.safetynet.benefits.models import Addition

HERE = "/staff/standard-support/"


@pytest.fixture
def officer(world: World):
    with stopped(world.now):
        yield desk(world, "gu_officer")


@pytest.fixture
def planner(world: World):
    with stopped(world.now):
        yield desk(world, "planner")


def typed(**more: str) -> dict[str, str]:
    usual = {"situation": "newborn", "title": "첫돌 선물", "text": "돌 지난 아기에게 그림책", "amount": "100000", "per": "once",
             "median_pct_at_most": "", "source": "서대문구 방침 2026-3", "since": "2026-03-01", "until": ""}  # fmt: skip
    return usual | more


def likely_in(page: str) -> str:
    return page.split('id="likely"')[1].split("</section>")[0]


def test_the_sheet_answers_the_bands_that_were_chosen(planner):
    poor = text_of(planner.get(HERE, {"situation": "older", "income": "to32", "supporter": "modest"}))
    rich = text_of(planner.get(HERE, {"situation": "older", "income": "over100", "supporter": "modest"}))
    supported = text_of(planner.get(HERE, {"situation": "older", "income": "to32", "supporter": "rich"}))
    assert "<span>생계급여 · " in likely_in(poor)
    assert "<span>생계급여 · " not in likely_in(rich)
    assert "<span>생계급여 · " not in likely_in(supported)
    assert "<span>주거급여 · " in likely_in(supported)
    assert "이런 사정이 있으면 더 있습니다" in poor
    assert "치매 진단" in poor
    assert "자살예방 상담전화 109" not in likely_in(poor)


def test_an_address_that_was_made_up_gives_the_first_sheet(planner):
    page = planner.get(HERE, {"situation": "nobody", "income": "<script>"})
    assert page.status_code == 200
    assert "만 72세 혼자 사는 분" in text_of(page)


def test_thirty_cells_at_a_glance_lead_to_their_sheets(planner):
    page = text_of(planner.get(HERE, {"situation": "newborn"}))
    assert page.split('id="overview"')[1].split("</section>")[0].count("situation=newborn&amp;income=") == 30


def test_the_sheet_reads_no_household(planner):
    asked = queries(lambda: planner.get(HERE))
    assert not [sql for sql in asked if "households_" in sql]


def test_a_day_without_figures_says_so(world, planner):
    with stopped(world.now.replace(year=2031)):
        world_page = desk(world, "planner").get(HERE)
    assert "이 날의 기준이 아직 없습니다" in text_of(world_page)


def test_paper_says_the_bands_and_the_gus_own(world, planner):
    add_addition(
        by=actor(world, "gu_officer"), gu_id=world.gus["서대문구"].pk, situation="newborn", title="첫돌 선물", text="그림책",
        source="방침", since=date(2026, 1, 1), at=world.now,
    )  # fmt: skip
    page = text_of(planner.get(HERE, {"situation": "newborn", "print": "1"}))
    assert "중위소득 32 % 이하" in page
    assert "첫돌 선물" in page
    assert "print-page" in page


def test_the_gu_writes_what_it_adds_and_its_last_day(world, officer):
    answer = officer.post(HERE + "additions/", typed())
    assert answer["Location"] == HERE + "?situation=newborn#additions"
    page = text_of(officer.get(HERE, {"situation": "newborn"}))
    assert "첫돌 선물" in page
    assert "한 번 10만 원" in page
    assert "서대문구 방침 2026-3" in page
    pk = Addition.objects.get().pk
    wrong = officer.post(f"{HERE}additions/{pk}/end/?situation=newborn", {f"end{pk}-until": "2026-02-01"})
    assert wrong.status_code == 422
    assert f'id="id_end{pk}-until-error"' in text_of(wrong)
    assert officer.post(f"{HERE}additions/{pk}/end/", {f"end{pk}-until": "2026-06-30"}).status_code == 302
    assert Addition.objects.get().until == date(2026, 6, 30)


def test_what_is_missing_is_told_at_its_field_and_nothing_typed_is_lost(officer):
    answer = officer.post(HERE + "additions/?situation=newborn", typed(source="", per=""))
    page = text_of(answer)
    assert answer.status_code == 422
    assert 'id="id_source-error"' in page
    assert 'value="첫돌 선물"' in page
    assert not Addition.objects.exists()
    answer = officer.post(HERE + "additions/", typed(per=""))
    assert answer.status_code == 422
    assert "금액과 주기를 함께 적어 주세요" in text_of(answer)


def test_only_the_gus_officer_is_offered_to_write_and_only_in_the_own_gu(world, planner, officer):
    officer.post(HERE + "additions/", typed())
    page = text_of(planner.get(HERE, {"situation": "newborn"}))
    assert "첫돌 선물" in page
    assert "추가 지원 적기" not in page
    assert planner.post(HERE + "additions/", typed()).status_code == 403
    with stopped(world.now):
        other = desk(world, "gu_officer", "other_gu")
        assert "첫돌 선물" not in text_of(other.get(HERE, {"situation": "newborn"}))
        pk = Addition.objects.get().pk
        assert other.post(f"{HERE}additions/{pk}/end/", {f"end{pk}-until": "2026-06-30"}).status_code == 404
