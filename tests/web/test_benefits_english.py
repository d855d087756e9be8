"""English pages are English to the last word: what stays Korean says so, and stands beside its English where it is shown."""

import json
import re
from html.parser import HTMLParser

import pytest
from tests.web.benefits_door import hidden, members

from chatdong.safetynet.benefits.catalog import catalog
from chatdong.web.resident.english_papers import PAPERS
from chatdong.web.resident.english_ways import PLACES, WAYS

pytestmark = pytest.mark.django_db
HANGUL = re.compile("[가-힣]")
VOID = {"meta", "link", "input", "img", "br", "hr", "use", "path"}
SPOKEN = ("aria-label", "title", "alt", "placeholder", "data-offline", "data-failed", "data-close", "data-title-word")
PERSON = {"age_months": [408, 419], "female": 1}


class Korean(HTMLParser):
    """Korean words that no lang="ko" stands around."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        is_korean = told["lang"] == "ko" if "lang" in told else bool(self.stack and self.stack[-1][1])
        if not is_korean:
            self.found += [f"{name}={told[name]}" for name in SPOKEN if HANGUL.search(told.get(name) or "")]
        if tag not in VOID:
            self.stack.append((tag, is_korean))

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        inside = {tag for tag, _ in self.stack}
        if HANGUL.search(data) and not self.stack[-1][1] and not inside & {"script", "style"}:
            self.found.append(data.strip())


def korean_in(page) -> list[str]:
    reader = Korean()
    reader.feed(page.content.decode())
    return reader.found


def test_the_reader_of_this_test_finds_korean():
    reader = Korean()
    reader.feed('<html lang="en"><p>쌀</p><p lang="ko">밥</p><a aria-label="국">soup</a><br><p>면</p></html>')
    assert reader.found == ["쌀", "aria-label=국", "면"]


def test_every_screen_is_english(client, world):
    state = json.dumps(
        {"p": [PERSON, {"age_months": 7}], "h": {"tenure": "monthly_rent", "rent": 500000}, "a": ["home", "crisis"]}
    )
    questions = [one.id for one in catalog().book.questions if one.id != "members"]
    pages = {
        "doors": client.get("/benefits/en/"),
        "members": client.get("/benefits/en/ask/"),
        "members with an error": client.post("/benefits/en/ask/", members([{"age": "x"}, {"months": "99"}])),
        "result": client.post("/benefits/en/result/", {"state": state, "do": "unfold"}),
        "danger": client.post("/benefits/en/result/", {"state": json.dumps({"p": [PERSON], "s": ["family_violence"]})}),
        "nothing written": client.post("/benefits/en/words/", {"words": ""}),
        "words": client.post("/benefits/en/words/", {"words": "I am behind on rent"}),
        "not understood": client.post("/benefits/en/words/", {"words": "qwertz"}),
        "dangerous words": client.post("/benefits/en/words/", {"words": "my husband hits me"}),
        "call": client.post("/benefits/en/call/", {"state": state}),
        "call with errors": client.post("/benefits/en/call/", {"do": "send", "phone": "1"}),
        "lost": client.post("/benefits/en/result/", {"state": "{"}),
    }
    for one in questions:
        pages[one] = client.post("/benefits/en/ask/", {"state": state, "do": f"open-{one}"})
    called = {"do": "send", "phone": "010-2222-3333", "agree": "on", "dong": str(world.dongs["own"].pk)}
    pages["called"] = client.post("/benefits/en/call/", called)
    assert {name: korean_in(page) for name, page in pages.items() if korean_in(page)} == {}


def test_each_detail_of_a_question_is_english(client, world):
    state = json.dumps({"p": [PERSON, {"age_months": [420, 431], "female": 0}]})
    for question in catalog().book.questions:
        if question.id == "members":
            continue
        body = client.post("/benefits/en/ask/", {"state": state, "do": f"open-{question.id}"})
        fields = hidden(body.content.decode())
        ticks = [one for one in fields.get("ticks", "").split(",") if one]
        page = client.post("/benefits/en/ask/", fields | {"do": "next", "ticked": ticks})
        assert korean_in(page) == [], question.id


def test_papers_places_and_ways_of_every_benefit_have_their_english():
    pages = catalog().pages.values()
    missing = {paper for page in pages for paper in page.documents} - set(PAPERS)
    missing |= {page.where for page in pages} - set(PLACES)
    missing |= {page.how for page in pages} - set(WAYS)
    assert sorted(missing) == []
    assert not any(HANGUL.search(one) for words in (PAPERS, PLACES, WAYS) for one in words.values())


def test_what_is_shown_at_a_counter_stands_in_korean_beside(client, world):
    body = client.post("/benefits/en/result/", {"state": json.dumps({"p": [PERSON, {"age_months": 7}]})}).content.decode()
    card = body.split('id="benefit-parental_benefit"')[1].split("</article>")[0]
    for english, korean in (
        ("Parental Benefit", "부모급여"),
        ("copy of your bank book", "통장 사본"),
        ("community center where you live", "주소지 동주민센터"),
    ):
        assert f'{english} <span class="beside" lang="ko">{korean}</span>' in card
    assert re.search(r'<q class="today__say" lang="ko">[^<]*부모급여', body)


def test_reasons_in_english_have_their_figures(client, world):
    home = {"tenure": "monthly_rent", "deposit": 5_000_000, "rent": 300_000}
    person = PERSON | {"earned": 9_000_000}
    body = client.post(
        "/benefits/en/result/", {"state": json.dumps({"p": [person], "h": home, "a": ["home", "work"]})}
    ).content.decode()
    no = body.split('id="no"')[1].split("</section>")[0]
    line = next(one for one in re.findall(r"× </span>([^<]*)<", no) if "₩" in one)
    assert re.search(r"₩[\d,]+ \((at most|below) ₩[\d,]+\)", line)
