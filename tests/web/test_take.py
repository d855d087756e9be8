"""Taking a report by phone: once, with what is wrong at the field, and a half-filled one comes back."""

from uuid import uuid4

import pytest
from tests.world import account

from chatdong.ground.accounts.actions import keep_draft
from chatdong.ground.accounts.models import Draft
from chatdong.ground.accounts.queries import actor_of
from chatdong.kernel import clock
from chatdong.safetynet.discovery.models import Report

pytestmark = pytest.mark.django_db
ADDRESS = "/staff/reports/new/"


def heard(**change):
    return {
        "key": str(uuid4()), "pathway": "call_120", "text": "쌀이 떨어졌다고 함", "name": "홍길순", "birth": "1950년",
        "phone": "010-1234-5678", "address": "독립문로 1", "signs": ["no_food_or_heat"],
    } | change  # fmt: skip


@pytest.fixture
def planner(client, world):
    client.force_login(account(world, "planner"))
    return client


def test_a_call_becomes_one_report_of_the_workers_dong(planner, world):
    sent = heard()
    first, again = planner.post(ADDRESS, sent), planner.post(ADDRESS, sent)
    report = Report.objects.get()
    assert first["Location"] == again["Location"] == f"/staff/reports/{report.pk}/"
    assert (report.pathway, report.urgency, report.subject_birth_year) == ("call_120", "today", 1950)
    assert report.subject_phone == "01012345678"
    assert not hasattr(report, "reporter")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text": ""}, "무엇이 걱정되는지 적어 주세요"),
        ({"name": "", "phone": "", "address": ""}, "하나는 적거나 동을 골라 주세요"),
        ({"phone": "12"}, "전화번호를 다시 확인해 주세요"),
        ({"birth": "어제"}, "날짜로 읽을 수 없습니다"),
        ({"reporter_name": "박이웃"}, "동의가 필요합니다"),
        ({"pathway": "moon"}, "올바르게 선택해 주세요"),
        ({"key": "x"}, "error-summary"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(planner, world, change, sentence):
    page = planner.post(ADDRESS, heard() | change)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    if "text" not in change:
        assert "쌀이 떨어졌다고 함" in page.content.decode()
    assert Report.objects.count() == 0


def test_danger_words_bring_the_hotlines_with_the_error(planner, world):
    body = planner.post(ADDRESS, heard(text="죽고 싶다고 함", phone="12")).content.decode()
    assert 'href="tel:109"' in body and "먼저 전화하세요" in body


def test_a_half_filled_form_comes_back_and_is_forgotten_once_sent(planner, world):
    by = actor_of(account(world, "planner"), at=clock.now())
    body = {"text": ["반쯤 적은 신고"], "signs": ["not_seen"], "key": [str(uuid4())], "pathway": ["warden"]}
    keep_draft(by=by, key="report-new", body=body, at=clock.now())
    page = planner.get(ADDRESS).content.decode()
    assert "반쯤 적은 신고" in page and 'value="not_seen" checked' in page and 'value="warden" selected' in page
    planner.post(ADDRESS, heard(key=body["key"][0]))
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("nurse", 403), ("area_officer", 403), ("auditor", 403), ("gu_officer", 200)])
def test_who_may(client, world, role, status):
    client.force_login(account(world, role))
    assert client.get(ADDRESS).status_code == status
