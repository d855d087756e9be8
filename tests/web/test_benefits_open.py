"""맞춤복지검색 keeps nothing: answers and words stand in no table, log, cookie or address; what cannot be read is told kindly."""

import json
import logging
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from tests.web.benefits_door import Family, answer, hidden, members, walk

from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.discovery.models import Report
from chatdong.web.resident.answers import MOST_PEOPLE, Told, read, written
from chatdong.web.resident.english import SENTENCES
from chatdong.web.resident.screens import figure

pytestmark = pytest.mark.django_db
ONE = {"p": [{"age_months": [816, 827], "female": 1}]}
PAGES = ("/benefits/", "/benefits/ask/", "/benefits/result/", "/benefits/words/", "/benefits/call/")


@pytest.fixture(autouse=True)
def _fresh_hour():
    cache.clear()


def text(state: dict) -> str:
    return json.dumps(state, ensure_ascii=False)


def every_row() -> str:
    """Everything that stands in any table."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_answers_and_words_stand_nowhere_but_in_the_page(client, world, caplog):
    caplog.set_level(logging.DEBUG)
    before = every_row()
    family = Family([{"age": "47", "sex": "f", "earned": 7_654_321}], {"tenure": "monthly_rent", "deposit": 7_654_322})
    body, _ = walk(client, family)
    state = hidden(body)["state"]
    assert "7654321" in state and "7654322" in state
    for at in ("/benefits/result/", "/benefits/en/result/", "/benefits/call/", "/benefits/ask/"):
        assert client.post(at, {"state": state}).status_code == 200
    words = client.post("/benefits/words/", {"words": "콩나물국밥집 문을 닫았어요"})
    assert "콩나물국밥집" in words.content.decode()
    logs = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    for marker in ("7654321", "7654322", "콩나물국밥", "age_months"):
        assert marker not in every_row()
        assert marker not in logs
    assert every_row() == before
    assert set(client.cookies) <= {"csrftoken"}


@pytest.mark.parametrize("at", PAGES)
def test_every_page_is_kept_by_nobody_and_sets_no_cookie_of_its_own(client, world, at):
    for method in (client.get, client.post):
        page = method(at, {"state": text(ONE)} if method == client.post else {})
        if page.status_code in (200, 422):
            assert page["Cache-Control"] == "no-store"
        assert set(page.cookies) <= {"csrftoken"}
        assert "?" not in page.headers.get("Location", "")


def test_no_address_takes_an_answer(client, world):
    """What stands behind a question mark is not read: a link cannot carry answers to our logs by accident."""
    page = client.get("/benefits/result/", {"state": text(ONE)})
    assert 'id="likely"' not in page.content.decode()
    page = client.get("/benefits/ask/", {"state": text(ONE), "do": "result"})
    assert "68" not in page.content.decode().split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    "state",
    [
        "{", "[]", "7", '"x"', "null", "?", "{" * 9000, text({"x": 1}), text({"p": {}}), text({"p": [1]}),
        text({"p": [{}] * (MOST_PEOPLE + 1)}), text({"h": []}), "[" * 5000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("at", ["/benefits/ask/", "/benefits/result/"])
def test_a_state_that_is_none_of_ours_begins_anew_with_a_sentence(client, at, state):
    page = client.post(at, {"state": state})
    body = page.content.decode()
    assert page.status_code == 422
    assert "보내신 답 가운데 읽지 못한 것이 있습니다" in body and 'name="age-0"' in body


@pytest.mark.parametrize(
    ("home", "person"),
    [
        ({"tenure": "castle"}, {}), ({"tenure": 2}, {}), ({"deposit": -1}, {}), ({"deposit": 10**15}, {}),
        ({"deposit": [5, 1]}, {}), ({"deposit": "1"}, {}), ({"deposit": 1.5}, {}), ({"crisis_work": 2}, {}),
        ({"crisis_work": True}, {}), ({"wealth": 1}, {}), ({"earned": 1}, {}), ({}, {"tenure": "own"}),
        ({}, {"age_months": 5000}), ({}, {"earned": None}), ({"deposit": {"a": 1}}, {}),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_is_refused_kindly_and_the_others_stay(client, home, person):
    state = text({"p": [ONE["p"][0] | person], "h": {"rent": 300000} | home, "a": ["home"]})
    page = client.post("/benefits/result/", {"state": state})
    body = page.content.decode()
    assert page.status_code == 422
    assert "읽지 못" in body and "error-summary" in body
    assert '"rent":300000' in hidden(body)["state"]


def test_a_tampered_answer_is_asked_again_at_its_field(client):
    state = text({**ONE, "h": {"tenure": "castle", "crisis_work": 1}, "a": ["crisis", "home"]})
    body = client.post("/benefits/ask/", {"state": state}).content.decode()
    assert "보내신 답을 읽지 못했습니다. 다시 골라 주세요." in body
    assert 'name="tenure"' in body and '"crisis_work":1' in hidden(body)["state"]


def test_slots_of_other_questions_and_persons_are_left_out(client):
    fields = {"state": text(ONE), "question": "costs", "picks": "medical_expense,rent,earned-0,medical_expense-9,x"}
    fields |= {"do": "next", "medical_expense": "0-0", "rent": "0-0", "earned-0": "0-0"}
    state = json.loads(hidden(client.post("/benefits/ask/", fields).content.decode())["state"])
    assert state["h"] == {"medical_expense": 0} and "earned" not in state["p"][0]


def test_a_wrong_figure_is_told_at_its_field_and_what_was_typed_stays(client):
    body = client.post("/benefits/ask/", {"state": text(ONE), "do": "open-costs"}).content.decode()
    body = client.post("/benefits/ask/", hidden(body) | {"do": "next", "ticked": "medical_expense"}).content.decode()
    for typed in ("많이", "-5", "99999999999999"):
        fields = hidden(body) | {"do": "next", "medical_expense": "exact", "medical_expense-exact": typed}
        page = client.post("/benefits/ask/", fields)
        wrong = page.content.decode()
        assert page.status_code == 422
        assert f'value="{typed}"' in wrong and 'aria-invalid="true"' in wrong and 'value="exact" checked' in wrong
    fields["medical_expense-exact"] = "12만 5천원"
    assert '"medical_expense":125000' in hidden(client.post("/benefits/ask/", fields).content.decode())["state"]


@pytest.mark.parametrize(
    ("typed", "won"),
    [
        ("850000", 850_000), ("850,000원", 850_000), ("85만", 850_000), ("1억 2천만", 120_000_000), ("12만5천", 125_000),
        ("2천5백만원", 25_000_000), ("0", 0), ("백만", 1_000_000), ("많이", None), ("", None), ("만", None),
        ("1.5만", None), ("-1", None), ("약 백만원쯤", 1_000_000), ("한 30만 정도", 300_000), ("쯤", None),
        ("٣", None),
    ],
)  # fmt: skip
def test_sums_are_read_as_people_write_them(typed, won):
    assert figure(typed) == won


def test_rows_come_and_go_without_a_script_and_keep_what_was_typed(client):
    rows = members([{"age": "68", "sex": "f"}]) | {"do": "add"}
    body = client.post("/benefits/ask/", rows).content.decode()
    assert 'name="age-1"' in body and 'value="68"' in body
    rows = members([{"age": "68", "sex": "f"}, {"age": "", "sex": "m"}, {"age": "칠십", "sex": ""}])
    page = client.post("/benefits/ask/", rows)
    body = page.content.decode()
    assert page.status_code == 422 and 'href="#id_age-1"' in body and 'href="#id_age-2"' in body and 'value="칠십"' in body
    body = client.post("/benefits/ask/", rows | {"do": "remove-2"}).content.decode()
    assert 'name="age-1"' in body and 'name="age-2"' not in body


def test_an_age_put_right_takes_away_what_only_the_older_was_asked(client):
    state = text({"p": [{"age_months": [480, 491], "female": 0, "earned": 500000, "disability": "mild"}], "a": ["work"]})
    body = client.post("/benefits/ask/", members([{"age": "10", "sex": "m"}]) | {"state": state}).content.decode()
    person = json.loads(hidden(body)["state"])["p"][0]
    assert "earned" not in person and person["disability"] == "mild"


def test_a_family_put_right_takes_away_what_only_families_are_asked(client):
    two = [{"age_months": [480, 491], "female": 1}, {"age_months": [120, 131], "female": 0}]
    state = text({"p": two, "h": {"single_parent": 1, "crisis_work": 1}, "a": ["family", "crisis"]})
    same = members([{"age": "40", "sex": "f"}, {"age": "10", "sex": "m"}]) | {"state": state}
    assert '"single_parent":1' in hidden(client.post("/benefits/ask/", same).content.decode())["state"]
    grown = members([{"age": "40", "sex": "f"}, {"age": "30", "sex": "m"}]) | {"state": state}
    home = json.loads(hidden(client.post("/benefits/ask/", grown).content.decode())["state"])["h"]
    assert home == {"crisis_work": 1}


def test_who_lives_alone_is_not_asked_for_a_spouse(client):
    alone = client.post("/benefits/ask/", {"state": text(ONE), "do": "open-family"}).content.decode()
    two = text({"p": [ONE["p"][0], {"age_months": [840, 851], "female": 0}]})
    assert "spouse" not in hidden(alone).get("ticks", "")
    assert "spouse-0" in hidden(client.post("/benefits/ask/", {"state": two, "do": "open-family"}).content.decode())["ticks"]


def test_only_who_rents_is_asked_for_the_rent(client):
    for option, asked in (("monthly_rent", "deposit"), ("own", "home_value")):
        body = client.post("/benefits/ask/", {"state": text(ONE), "do": "open-home"}).content.decode()
        assert hidden(body)["picks"] == "tenure"
        body = client.post("/benefits/ask/", hidden(body) | {"do": "next", "tenure": option}).content.decode()
        assert hidden(body)["picks"] == asked and hidden(body)["detail"] == "1"


def test_unknown_and_later_lead_on_and_end(client):
    for do in ("unknown", "later"):
        page = client.post("/benefits/ask/", members([{"age": "68", "sex": "f"}]))
        seen = []
        for _ in range(60):
            body = page.content.decode()
            if 'id="answers"' in body:
                break
            seen.append(hidden(body)["question"])
            page = client.post("/benefits/ask/", hidden(body) | {"do": do})
        assert 'id="answers"' in body and 'id="maybe"' in body
        assert max(seen.count(one) for one in seen) == (1 if do == "unknown" else 2)


def test_back_shows_the_question_before_with_its_answer(client):
    family = Family([{"age": "68", "sex": "f"}], {"crisis_work": 1})
    first = client.post("/benefits/ask/", members(family.people)).content.decode()
    second = client.post("/benefits/ask/", answer(first, family)).content.decode()
    back = client.post("/benefits/ask/", hidden(second) | {"do": "back"}).content.decode()
    assert hidden(back)["question"] == hidden(first)["question"]
    assert re.search(r'value="crisis_work" checked', back)
    again = client.post("/benefits/ask/", hidden(back) | {"do": "back"}).content.decode()
    assert hidden(again)["question"] == "members"


def test_what_is_told_travels_there_and_back():
    book, situations = catalog().book, catalog().situations
    told = Told(
        ({"age_months": (816, 827), "female": 1, "disability": 2, "earned": 5}, {"age_months": 7}),
        {"tenure": 2, "deposit": (1, 10_000_000), "crisis_work": 0},
        ("crisis", "home"), ("costs",), ("rent_overdue",),
    )  # fmt: skip
    reading = read(written(told, book), book, situations)
    assert reading.told == told and not reading.wrong and not reading.is_broken


def test_a_question_page_is_made_within_a_tenth_of_a_second(client):
    from time import perf_counter

    rows = members([{"age": "68", "sex": "f"}, {"age": "70", "sex": "m"}, {"age": "40", "sex": "m"}, {"age": "10", "sex": "f"}])
    client.post("/benefits/ask/", rows)
    took = []
    for _ in range(5):
        start = perf_counter()
        client.post("/benefits/ask/", rows)
        took.append(perf_counter() - start)
    assert min(took) <= 0.1


def test_every_sentence_has_its_english():
    from tests.house.sources import SRC

    said = set()
    for path in [*(SRC / "web" / "resident").rglob("*.html"), *(SRC / "web" / "resident").glob("*.py")]:
        found = re.findall(r'\bsay\(\s*(?:"([^"]*)"|\'([^\']*)\')', path.read_text(encoding="utf-8"))
        said |= {one or other for one, other in found} - {"나이 %(n)s세"}
    assert len(said) > 100
    assert sorted(said - set(SENTENCES)) == []


def call_fields(**more: str) -> dict[str, str]:
    fields = {
        "do": "send",
        "key": "6f1c2c9e-6a53-4a5e-9d0e-0d4f6d3b7a11",
        "phone": "010-2222-3333",
        "agree": "on",
        "name": "천연댁",
    }
    return fields | {"state": text(ONE | {"h": {"crisis_work": 1}, "a": ["crisis"]})} | more


def test_a_call_is_one_report_and_answers_go_along_only_when_ticked(client, world):
    dong = str(world.dongs["own"].pk)
    page = client.post("/benefits/call/", call_fields(dong=dong))
    report = Report.objects.get()
    assert report.receipt in page.content.decode()
    assert (report.pathway, report.subject_phone, report.dong_id) == ("self", "01022223333", world.dongs["own"].pk)
    assert set(report.details["consents"]) == {"contact"} and "실직" not in report.text
    assert report.reporter.wants_answer
    client.post("/benefits/call/", call_fields(dong=dong))
    assert Report.objects.count() == 1
    client.post("/benefits/call/", call_fields(dong=dong, key="6f1c2c9e-6a53-4a5e-9d0e-0d4f6d3b7a12", attach="on"))
    with_answers = Report.objects.latest("pk")
    assert set(with_answers.details["consents"]) == {"contact", "answers"} and "실직" in with_answers.text


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"phone": "12"}, "전화번호를 다시 확인해 주세요"),
        ({"agree": ""}, "동의가 필요합니다"),
        ({"dong": ""}, "동을 고르거나 주소를 적어 주세요"),
        ({"dong": "999999"}, "목록에서 동을 골라 주세요"),
        ({"name": "560312-1234567"}, "주민등록번호는 적지 말아 주세요"),
    ],
)
def test_what_is_wrong_with_a_call_is_said_at_its_field(client, world, more, sentence):
    fields = call_fields(dong=str(world.dongs["own"].pk)) | more
    page = client.post("/benefits/call/", fields)
    assert page.status_code == 422
    assert sentence in page.content.decode() and f'value="{fields["name"]}"' in page.content.decode()
    assert Report.objects.count() == 0


def test_calls_share_the_hour_of_reports(client, world):
    for number in range(21):
        fields = call_fields(dong=str(world.dongs["own"].pk), key=f"6f1c2c9e-6a53-4a5e-9d0e-0d4f6d3b7a{number:02d}")
        page = Client().post("/benefits/call/", fields)
    assert page.status_code == 429 and "급하면 지금 전화해 주세요" in page.content.decode()
    assert Report.objects.count() == 20


@pytest.mark.parametrize(
    ("words", "numbers", "benefit"),
    [
        ("죽고 싶어요", {"109"}, "mental_health_center"),
        ("남편이 때려요", {"112", "1366"}, "violence_shelter"),
        ("월세가 밀려서 쫓겨날 것 같아요", set(), "emergency_housing"),
        ("ㄱㅊㅇㄱ", set(), "basic_pension"),
    ],
)
def test_words_show_whom_to_call_before_what_helps(client, words, numbers, benefit):
    body = client.post("/benefits/words/", {"words": words}).content.decode().split("<main")[1]
    assert numbers <= set(re.findall(r'class="hotline" href="tel:(\d+)"', body.split("<footer")[0]))
    assert f'id="hit-{benefit}"' in body
    if numbers:
        assert body.index('class="hotline"') < body.index("id_words") < body.index('id="hits"')


def test_who_says_that_somebody_is_hurt_sees_whom_to_call_above_the_result(client):
    for home, shown in (({"crisis_abuse": 1}, True), ({"crisis_work": 1}, False)):
        body = client.post("/benefits/result/", {"state": text(ONE | {"h": home})}).content.decode().split("<main")[1]
        assert ('class="hotlines hotlines--urgent"' in body) == shown
        assert not shown or body.index('href="tel:112"') < body.index("tally__counts")


def test_situations_are_put_right_and_carried_to_the_questions(client):
    body = client.post("/benefits/words/", {"words": "asdf", "do": "correct", "plight": ["newborn", "x"]}).content.decode()
    assert "hit-first_encounter" in body
    assert "newborn" in hidden(body)["state"]
    result = client.post(
        "/benefits/ask/", members([{"age": "30", "sex": "f"}, {"months": "2"}]) | {"state": hidden(body)["state"]}
    )
    assert '"s":["newborn"]' in hidden(result.content.decode())["state"]


def test_empty_words_are_told_and_long_ones_are_cut(client):
    assert client.post("/benefits/words/", {"words": "  "}).status_code == 422
    assert client.post("/benefits/words/", {"words": "가" * 5000}).status_code == 200
