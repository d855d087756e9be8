"""동 현황판: what waits in a dong, for those who lead it."""

from datetime import timedelta

import pytest
from tests.web.at_the_door import as_, at, few_queries, text_of
from tests.world import BY

from chatdong.safetynet.discovery.actions import open_lead
from chatdong.safetynet.visits.actions import assess_household

HERE = "/staff/board/"


@pytest.fixture
def busy(world, monkeypatch):
    """kim with a lead that is overdue and a watch, near in the other dong with a watch."""
    at(monkeypatch, world.now)
    open_lead(
        by=BY, household_id=world.households["kim"].pk, pathway="neighbor", urgency="today",
        due_at=world.now - timedelta(hours=1), at=world.now - timedelta(days=1),
    )  # fmt: skip
    for name in ("kim", "near"):
        assess_household(by=BY, household_id=world.households[name].pk, reasons=["suicide_plan"], at=world.now)
    return world


def test_it_counts_what_is_open_and_overdue(busy):
    page = text_of(as_(busy, "team_lead").get(HERE))
    assert "천연동" in page and "열려 있는 모든 일에 담당자와 기한이 있습니다." in page
    assert "발굴 건 1 / 전체 1 건" in page
    assert "자살위험 1 가구" in page


def test_loads_stand_in_the_order_of_names_and_nobody_is_ranked(busy):
    page = text_of(as_(busy, "dong_head").get(HERE))
    part = page[page.index("이름 순서입니다") : page.index("자세히 보기")]
    names = ["방문간호 천연동", "복지동장 천연동", "복지플래 천연동", "우리동네 천연동", "팀장 천연동"]
    assert [part.index(name) for name in names] == sorted(part.index(name) for name in names)
    assert "순위" not in part and "등 " not in part and "%" not in part


def test_work_without_a_posted_worker_stands_on_top(busy):
    from chatdong.ground.accounts.actions import end_posting
    from chatdong.ground.accounts.models import Posted

    planner = Posted.objects.get(account=busy.accounts["planner", "own"])
    end_posting(by=BY, posting_id=planner.pk, on=busy.today, at=busy.now)
    page = text_of(as_(busy, "team_lead").get(HERE))
    assert "담당이 비어 있는 일" in page and "지금 바로 담당자를 정해 주세요" in page


def test_a_gu_officer_chooses_among_the_dong_of_the_gu_only(busy):
    client = as_(busy, "gu_officer")
    assert "홍제1동" in text_of(client.get(f"{HERE}?dong={busy.dongs['other_dong'].pk}"))
    assert client.get(f"{HERE}?dong={busy.dongs['other_gu'].pk}").status_code == 404


def test_another_dongs_board_is_not_found(busy):
    assert as_(busy, "team_lead", "other_dong").get(f"{HERE}?dong={busy.dongs['own'].pk}").status_code == 404


@pytest.mark.parametrize("role", ["planner", "nurse", "area_officer", "auditor"])
def test_it_is_for_those_who_lead(busy, role):
    assert as_(busy, role).get(HERE).status_code == 403


def test_its_queries_do_not_grow_with_what_is_open(busy):
    client = as_(busy, "team_lead")
    client.get(HERE)
    with few_queries(60) as before:
        client.get(HERE)
    for name in ("family", "hidden"):
        assess_household(by=BY, household_id=busy.households[name].pk, reasons=["no_food"], at=busy.now)
    with few_queries(len(before)):
        client.get(HERE)
