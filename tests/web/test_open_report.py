"""The public report form: question by question, nothing lost, once, and never a bare error."""

import pytest
from django.core.cache import cache
from django.test import Client
from tests.world import World

from chatdong.safetynet.discovery.models import Report

pytestmark = pytest.mark.django_db

NEIGHBOR = {
    "who": {"who_is": "neighbor"},
    "worry": {"worries": ["alone", "food"], "text": "옆집 할머니가 요즘 많이 야위셨어요"},
    "danger": {"signs": ["nothing"]},
    "where": {"address": "독립문로 23", "detail": "반지하", "dong": ""},
    "person": {"name": "홍길순", "age": "70대", "phone": "010-1234-5678"},
    "reporter": {"named": "no", "category": "warden"},
}


@pytest.fixture(autouse=True)
def _fresh_hour():
    cache.clear()


def walk(client: Client, answers: dict, until: str = "") -> None:
    for step, fields in answers.items():
        if step == until:
            return
        answer = client.post(f"/report/{step}/", fields)
        assert answer.status_code == 302, (step, answer.content.decode())
        if answer["Location"].startswith("/report/call/"):
            client.get(answer["Location"])


def said(world: World, answers: dict) -> dict:
    return answers | {"where": answers["where"] | {"dong": str(world.dongs["own"].pk)}}


def test_a_neighbors_worry_becomes_one_report(client, world):
    walk(client, said(world, NEIGHBOR))
    page = client.get("/report/check/")
    assert "독립문로 23" in page.content.decode() and "이름 없이 알림" in page.content.decode()
    done = client.post("/report/send/", follow=True)
    report = Report.objects.get()
    assert report.receipt in done.content.decode()
    assert (report.pathway, report.dong_id, report.subject_phone) == ("warden", world.dongs["own"].pk, "01012345678")
    assert "끼니를 거르세요" in report.text and "야위셨어요" in report.text
    assert report.details["age"] == "70대"
    assert report.reporter.category == "warden" and not report.reporter.name


def test_resending_and_going_back_keep_one_report(client, world):
    walk(client, said(world, NEIGHBOR))
    client.post("/report/send/")
    again = client.post("/report/send/", follow=True)
    assert again.redirect_chain[-1][0] == "/report/done/"
    assert client.get("/report/check/").status_code == 302
    assert Report.objects.count() == 1


def test_two_clicks_at_once_are_one_report(client, world):
    """Both requests read the answers before either of them was done."""
    from chatdong.web.open import report as view

    walk(client, said(world, NEIGHBOR))
    real = view.send
    receipts = []

    def slow(answers, *, by, at):
        receipts.append(real(answers, by=by, at=at)["receipt"])
        receipts.append(real(answers, by=by, at=at)["receipt"])
        return real(answers, by=by, at=at)

    view.send = slow
    try:
        client.post("/report/send/")
    finally:
        view.send = real
    assert len(set(receipts)) == 1
    assert Report.objects.count() == 1


def test_another_report_after_the_first_is_another_one(client, world):
    for _ in range(2):
        walk(client, said(world, NEIGHBOR))
        client.post("/report/send/")
    assert Report.objects.count() == 2
    assert len(set(Report.objects.values_list("key", flat=True))) == 2


def test_each_question_of_the_triage_is_asked_in_everyday_words():
    from chatdong.engines.risk import QUESTIONS
    from chatdong.web.open.words import DANGERS

    assert [row.code for row in DANGERS] == list(QUESTIONS)


def test_answers_stay_when_one_goes_back(client, world):
    walk(client, said(world, NEIGHBOR), until="reporter")
    assert "야위셨어요" in client.get("/report/worry/").content.decode()
    assert client.get("/report/").status_code == 302
    assert client.get("/report/")["Location"] == "/report/reporter/"


def test_a_correction_from_the_check_page_leads_back_to_it(client, world):
    walk(client, said(world, NEIGHBOR))
    answer = client.post("/report/where/", {"address": "통일로 1", "check": "1"})
    assert answer["Location"] == "/report/check/"
    assert "통일로 1" in client.get("/report/check/").content.decode()


def test_danger_shows_whom_to_call_before_going_on(client, world):
    client.post("/report/who/", {"who_is": "neighbor"})
    answer = client.post("/report/worry/", {"text": "죽고 싶다고 하세요"})
    assert answer["Location"] == "/report/call/?from=worry"
    page = client.get(answer["Location"]).content.decode()
    assert 'href="tel:109"' in page and 'href="tel:119"' in page
    assert "/report/danger/" in page
    # the same lines are not shown a second time
    client.post("/report/worry/", {"text": "죽고 싶다고 하세요"})
    assert client.post("/report/worry/", {"text": "죽고 싶다고 하세요"})["Location"] == "/report/danger/"


def test_a_person_in_need_is_asked_five_questions_and_agrees_to_each(client, world):
    mine = {
        "who": {"who_is": "me"},
        "worry": {"worries": ["money"]},
        "danger": {"signs": ["unsure"]},
        "where": {"dong": str(world.dongs["own"].pk)},
    }
    walk(client, mine)
    refused = client.post("/report/person/", {"name": "김영희", "phone": "01022223333"})
    assert refused.status_code == 422
    assert "동의가 필요합니다" in refused.content.decode() and "김영희" in refused.content.decode()
    answer = client.post("/report/person/", {"name": "김영희", "phone": "01022223333", "agree": "on", "health": "on"})
    assert answer["Location"] == "/report/check/"
    client.post("/report/send/")
    report = Report.objects.get()
    assert report.pathway == "self"
    assert set(report.details["consents"]) == {"contact", "health"}
    assert report.reporter.wants_answer
    assert report.urgency == "today"  # "잘 모르겠어요" about life in danger is looked at today


@pytest.mark.parametrize(
    ("step", "fields", "sentence"),
    [
        ("who", {}, "한 가지를 골라 주세요"),
        ("worry", {"text": " "}, "하나를 고르거나 아래에 적어 주세요"),
        ("worry", {"text": "가" * 2001}, "2,000자까지"),
        ("worry", {"text": "주민번호 560312-1234567"}, "주민등록번호는 적지 말아 주세요"),
        ("danger", {}, "하나 이상 골라 주세요"),
        ("danger", {"signs": ["nothing", "not_seen"]}, "하나만 남겨 주세요"),
        ("where", {"address": "  "}, "가까운 곳을 적거나 동을 골라 주세요"),
        ("where", {"dong": "999999"}, "목록에서 동을 골라 주세요"),
        ("person", {"phone": "12"}, "전화번호를 다시 확인해 주세요"),
        ("reporter", {"named": "yes", "name": "박이웃"}, "연락받으실 전화번호를 적어 주세요"),
        ("reporter", {"named": "yes", "phone": "01011112222"}, "동의가 필요합니다"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(client, world, step, fields, sentence):
    walk(client, said(world, NEIGHBOR), until=step)
    page = client.post(f"/report/{step}/", fields)
    body = page.content.decode()
    assert page.status_code == 422
    assert sentence in body
    assert 'class="error-summary"' in body
    for value in fields.values():
        if isinstance(value, str) and value.strip() and step != "where":
            assert value in body or value == "yes"


def test_a_later_question_without_the_first_leads_to_the_first(client, world):
    for address in ("/report/where/", "/report/check/", "/report/done/", "/report/call/"):
        assert client.get(address, follow=True).status_code == 200
    assert client.post("/report/send/", follow=True).status_code == 200
    assert client.get("/report/nothing-here/").status_code == 404
    assert Report.objects.count() == 0


def test_the_twenty_first_report_in_an_hour_is_asked_to_call(client, world):
    for number in range(21):
        one = Client()
        walk(one, said(world, NEIGHBOR | {"worry": {"text": f"걱정 {number}"}}))
        answer = one.post("/report/send/")
    assert answer.status_code == 429
    assert "급하면 지금 전화해 주세요" in answer.content.decode() and 'href="tel:' in answer.content.decode()
    assert "걱정 20" in answer.content.decode()
    assert Report.objects.count() == 20


def test_leaving_throws_everything_away(client, world):
    walk(client, said(world, NEIGHBOR), until="person")
    answer = client.post("/report/forget/")
    assert answer["Location"] == "/"
    assert client.cookies["chatdong_report"].value == ""
    assert client.get("/report/").status_code == 200


def test_staff_do_not_get_the_residents_long_session(client, world):
    """The answers live under a cookie of their own, so that logging in on the same computer keeps its short time-out."""
    from tests.world import account

    walk(client, said(world, NEIGHBOR), until="person")
    client.force_login(account(world, "planner"))
    assert client.session.get_expiry_age() <= 600


def test_the_landing_page_and_the_privacy_note(client, world):
    home = client.get("/").content.decode()
    assert "/report/?who=neighbor" in home and "/report/?who=me" in home and "/login/" in home
    assert "천연동" in home and 'href="tel:' in home
    assert 'value="me" checked' in client.get("/report/?who=me").content.decode()
    note = client.get("/privacy/").content.decode()
    assert "365일 뒤" in note and "사회보장급여법 제13조" in note
