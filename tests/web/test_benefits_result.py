"""What the result of 맞춤복지검색 says first: whom to call, three things to begin with, what to do today, what is missing."""

import json
import re
from datetime import datetime, timedelta

import pytest
from tests.web.benefits_door import hidden, members, shown

from chatdong.engines.clocks import WorkCalendar
from chatdong.kernel.clock import KST
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.catalog.sayings import sayings
from chatdong.web.resident.language import ENGLISH, KOREAN, sayer
from chatdong.web.resident.screens import Screen, Slot, nothing, take
from chatdong.web.resident.today import opening, sentence_of

pytestmark = pytest.mark.django_db
WOMAN = {"age_months": [456, 467], "female": 1}
OLD = {"age_months": [972, 983], "female": 1}


def result(client, *people: dict, at: str = "/benefits/result/", do: str = "", **state) -> str:
    """The main part of the result for persons, the home (h), the questions asked (a) and situations (s)."""
    page = client.post(at, {"state": json.dumps({"p": list(people), **state}, ensure_ascii=False), "do": do})
    assert page.status_code == 200
    return page.content.decode().split("<main")[1].split("</main>")[0]


def first_call(body: str) -> int:
    return body.index('class="hotlines hotlines--urgent"')


URGENT = [one.id for one in catalog().situations.values() if one.urgent]


@pytest.mark.parametrize("situation", URGENT)
def test_a_danger_told_in_words_shows_its_numbers_above_everything(client, world, situation):
    numbers = sayings().hotlines[situation]
    assert numbers
    for at in ("/benefits/result/", "/benefits/en/result/"):
        body = result(client, WOMAN, at=at, s=[situation])
        for number in numbers:
            assert f'href="tel:{number.replace("-", "")}"' in body[first_call(body) : body.index('id="first"')]
        assert first_call(body) < body.index("tally__counts")


def test_once_a_danger_is_told_every_question_says_whom_to_call(client, world):
    asked = hidden(client.post("/benefits/ask/", {"state": json.dumps({"p": [WOMAN]}), "do": "open-crisis"}).content.decode())
    for ticked, shown_there in ((["crisis_abuse"], True), (["crisis_work"], False)):
        body = client.post("/benefits/ask/", asked | {"do": "next", "ticked": ticked}).content.decode().split("<main")[1]
        assert ('class="danger-line"' in body) == shown_there
        assert not shown_there or 'href="tel:1366"' in body[: body.index("<h1")]
    words = client.post("/benefits/words/", {"words": "남편이 때려요"}).content.decode()
    begun = client.post("/benefits/ask/", {"state": hidden(words)["state"], "do": "begin"}).content.decode()
    assert 'href="tel:1366"' in begun.split("<main")[1].split("<h1")[0]


def test_who_has_no_danger_told_sees_no_alarm(client, world):
    assert "hotlines--urgent" not in result(client, WOMAN, s=["rent_overdue"])
    assert "hotlines--urgent" not in result(client, WOMAN)


def test_a_benefit_shown_for_a_danger_has_its_number_before_its_words(client, world):
    body = result(client, WOMAN, s=["family_violence"])
    card = body.split('id="benefit-women_line_1366"')[1].split("</article>")[0]
    assert card.index('href="tel:1366"') < card.index("<p>가정폭력")
    words = client.post("/benefits/words/", {"words": "남편이 때려요"}).content.decode().split("<main")[1]
    hit = words.split('id="hit-violence_shelter"')[1].split("</article>")[0]
    assert hit.index('href="tel:1366"') < hit.index("어디에서")


def test_the_first_three_answer_the_trouble_that_was_told(client, world):
    for situation in ("rent_overdue", "newborn", "family_violence", "no_food"):
        body = result(client, WOMAN, s=[situation])
        first = shown(body, "first")
        assert len(first) == 3
        assert all(situation in catalog().pages[one].situations for one in first), (situation, first)
        assert not set(first) & set(shown(body, "likely", "maybe"))


def test_without_a_trouble_told_the_first_three_are_the_likeliest_and_nothing_is_named_twice(client, world):
    body = result(client, OLD, h={"tenure": "monthly_rent"}, a=["home"])
    first, others = shown(body, "first"), shown(body, "likely")
    assert len(first) == 3 and not set(first) & set(others)
    likely = int(re.findall(r"<dd>(\d+)</dd>", body)[0])
    assert likely == len(first) + len(others)


def test_what_to_do_today_names_phone_place_papers_and_a_sentence(client, world):
    body = result(client, WOMAN, s=["rent_overdue"])
    today = body.split('id="today"')[1].split("</section>")[0]
    pages = [catalog().pages[one] for one in shown(body, "first")]
    for page in pages:
        assert f'href="tel:{page.phone.replace("-", "")}"' in today and page.name in today
        for paper in page.documents:
            assert (paper in today) != paper.startswith("없")
    assert today.count("신분증") == 1
    assert f"{pages[0].name}, {pages[1].name}, {pages[2].name}" in today.split("today__say")[1]


def test_the_sentence_for_the_counter_has_its_particle():
    assert sentence_of(["생계급여", "기초연금"]) == "생계급여, 기초연금을 받을 수 있는지 알아보러 왔어요."
    assert sentence_of(["생계급여"]) == "생계급여를 받을 수 있는지 알아보러 왔어요."
    assert sentence_of([]) == ""


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-03-16T10:00", "오늘 09:00부터 18:00까지 엽니다"),
        ("2026-03-16T18:30", "지금 닫혀 있고 2026. 3. 17. 09:00에 엽니다"),
        ("2026-03-13T19:00", "지금 닫혀 있고 2026. 3. 16. 09:00에 엽니다"),  # a Friday evening
        ("2026-09-24T11:00", "지금 닫혀 있고 2026. 9. 28. 09:00에 엽니다"),  # 추석
    ],
)
def test_nobody_is_sent_to_a_closed_door(at, said):
    moment = datetime.fromisoformat(at).replace(tzinfo=KST)
    assert said in opening(WorkCalendar(), moment, sayer(KOREAN))
    assert "community center" in opening(WorkCalendar(), moment + timedelta(hours=1), sayer(ENGLISH))


def test_what_is_missing_is_asked_for_where_it_settles_most_and_leads_back(client, world):
    page = client.post("/benefits/result/", {"state": json.dumps({"p": [WOMAN]})}).content.decode()
    asks = page.split('class="asks"')[1].split("</ul>")[0]
    counts = [int(one) for one in re.findall(r"(\d+)가지가 이 답에 달려 있습니다", asks)]
    assert counts == sorted(counts, reverse=True) and 1 <= len(counts) <= 4
    question = re.findall(r'value="open-(\w+)"', asks)[0]
    fields = {"state": json.dumps({"p": [WOMAN]}), "after": "result", "do": f"open-{question}"}
    body = client.post("/benefits/ask/", fields).content.decode()
    assert hidden(body)["question"] == question and hidden(body)["after"] == "result"


def test_nothing_of_these_counts_as_no_and_what_was_ticked_by_mistake_is_not_taken(client, world):
    body = client.post("/benefits/ask/", members([{"age": "68", "sex": "f"}])).content.decode()
    asked = hidden(body)
    assert asked["question"] == "crisis"
    sent = client.post("/benefits/ask/", asked | {"do": "none", "ticked": ["crisis_work"]}).content.decode()
    assert json.loads(hidden(sent)["state"])["h"]["crisis_work"] == 0


def test_unfolded_for_paper_without_a_script(client, world):
    body = result(client, OLD, do="unfold")
    first = body.split('id="first"')[1].split('id="today"')[0]
    assert first.count('<details class="disclosure" open>') == 2 * len(shown(body, "first"))
    assert '<details class="disclosure" open>' not in body.split('id="no"')[1].split("</section>")[0]


def test_enter_is_never_the_other_language(client, world):
    """The first button of a form is what Enter presses: on each page one that goes on stands before the switch in the header."""
    state = json.dumps({"p": [WOMAN]})
    for at, fields in (
        ("/benefits/ask/", {}),
        ("/benefits/ask/", {"state": state, "do": "open-crisis"}),
        ("/benefits/words/", {"words": "월세가 밀렸어요"}),
        ("/benefits/call/", {}),
    ):
        page = client.post(at, fields).content.decode()
        ours = re.findall(r'<button[^>]*form="page-form"[^>]*>', page)
        assert "formaction" not in ours[0] and "formaction" in ours[1], at
        assert page.index(ours[0]) < page.index('id="page-form"')


def test_nothing_applies_answers_the_choices_too():
    """Who goes to no school and says that nothing applies is not told to choose a school; what was chosen stands."""
    book = catalog().book
    question = next(one for one in book.questions if "student" in one.facts)
    slots = tuple(Slot(name, 0) for name in ("student", "disability"))
    screen = Screen(question, picks=slots)
    found = take(screen, nothing(screen, {str(slots[0]): "", str(slots[1]): "mild"}, book), (), book)
    assert not found.errors
    assert (found.values[slots[0]], found.values[slots[1]]) == (0, 1)
    assert take(screen, {}, (), book).errors, "without that button a choice left open is asked for"
