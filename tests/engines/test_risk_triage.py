"""Danger in a report's own words: recall first, robust to spaces and endings, and quiet on everyday requests."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdong.engines.risk import HOTLINES, QUESTIONS, SIGNS, Urgency, triage
from chatdong.engines.risk.signs import written_out

SENTENCES = Path(__file__).parent / "sentences"
DANGER = (SENTENCES / "danger.txt").read_text(encoding="utf-8").splitlines()
HARMLESS = (SENTENCES / "harmless.txt").read_text(encoding="utf-8").splitlines()

# what must show a number to call this minute, and the first number
NOW = {
    "손목을 그었어요": "119",
    "며칠째 안 보여요": "119",
    "밤마다 맞는 소리가 나요": "112",
    "죽고 싶대요": "119",
    "방에 연탄을 피웠어요": "119",
    "유서를 남겼어요": "119",
    "가스 냄새가 나요": "119",
    "썩는 냄새가 나요": "119",
    "할머니가 쓰러져 있어요": "119",
    "피투성이예요": "112",
    "아기 혼자 집에 있어요": "119",
    "아이들이 사흘째 굶고 있어요": "119",
    "남편이 때려요": "112",
    "치매 할아버지가 없어지셨어요": "112",
    "아들이 어머니를 때려요": "112",
    "번개탄을 샀어요": "119",
}


def test_the_lists_are_long_enough_to_mean_something():
    assert len(set(DANGER)) >= 400
    assert len(set(HARMLESS)) >= 120


@pytest.mark.parametrize("sentence", DANGER)
def test_danger_is_found(sentence):
    verdict = triage(sentence)
    assert verdict.urgency in (Urgency.NOW, Urgency.TODAY)
    assert verdict.hotlines
    assert verdict.found
    assert all(found.words in " ".join(sentence.split()) for found in verdict.found)


@pytest.mark.parametrize("sentence", HARMLESS)
def test_everyday_requests_raise_no_alarm(sentence):
    assert triage(sentence).urgency in (Urgency.ROUTINE, Urgency.SOON)


@pytest.mark.parametrize(("sentence", "number"), NOW.items())
def test_what_cannot_wait_shows_whom_to_call_first(sentence, number):
    verdict = triage(sentence)
    assert verdict.urgency is Urgency.NOW
    assert verdict.hotlines[0].number == number
    assert "전화" in verdict.sentence or "부탁" in verdict.sentence


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("죽고 싶대요", "109"),
        ("남편이 때려요", "1366"),
        ("아들이 할머니를 때려요", "1577-1389"),
        ("장애인을 가둬 놓고 일만 시켜요", "1644-8295"),
        ("학생이 가출했어요", "1388"),
        ("굶고 있어요", "129"),
        ("빚 때문에 힘들어요", "1397"),
    ],
)
def test_each_kind_of_danger_shows_its_own_line(sentence, number):
    assert number in [line.number for line in triage(sentence).hotlines]


@pytest.mark.parametrize(
    "sentence",
    ["손목을그었어요", "손 목 을  그 었 어 요", "손목을...그었어요", "손목을\n그었어요", "손목을 그었습니다!!", "손목~~ 그었음"],
)
def test_spaces_marks_and_endings_hide_nothing(sentence):
    assert triage(sentence).urgency is Urgency.NOW


def test_decomposed_and_full_width_text_is_read_too():
    import unicodedata

    assert triage(unicodedata.normalize("NFD", "죽고 싶어요")).urgency is Urgency.NOW
    assert triage("１１９ 불러 주세요").urgency is Urgency.NOW


def test_words_are_not_joined_over_the_end_of_a_sentence():
    assert triage("팔이 아파요. 칼로리가 낮은 밥을 찾아요.").urgency is Urgency.SOON


def test_words_are_quoted_as_written_with_the_most_urgent_first():
    verdict = triage("전기가 끊겼고 혼자 사시는데, 죽고  싶다고 하세요")
    assert verdict.found[0].words == "죽고 싶"
    assert verdict.sentence.startswith("'죽고 싶'라고 적으셨어요.")
    assert {found.sign for found in verdict.found} >= {"suicide_talk", "utilities_cut", "alone_or_ill"}


def test_nothing_found_says_so():
    verdict = triage("")
    assert (verdict.urgency, verdict.hotlines, verdict.found) == (Urgency.ROUTINE, (), ())
    assert "차례대로" in verdict.sentence


def test_a_channel_may_set_a_floor():
    assert triage("옆집이 이상해요", at_least=Urgency.SOON).urgency is Urgency.SOON
    assert triage("죽고 싶대요", at_least=Urgency.SOON).urgency is Urgency.NOW


@pytest.mark.parametrize("code", QUESTIONS)
def test_a_yes_raises_and_shows_whom_to_call(code):
    question = QUESTIONS[code]
    verdict = triage("안부가 궁금해요", {code: "yes"})
    assert verdict.urgency is question.if_yes
    assert {line.number for line in verdict.hotlines} >= set(question.hotlines)
    assert question.sentence in verdict.sentence
    unknown = triage("", {code: "unknown"})
    assert unknown.urgency is question.if_unknown
    assert "모르겠다고" in unknown.sentence


def test_a_no_never_talks_a_danger_word_down():
    no_to_all = dict.fromkeys(QUESTIONS, "no")
    assert triage("죽고 싶대요", no_to_all) == triage("죽고 싶대요")
    assert triage("", no_to_all).urgency is Urgency.ROUTINE


def test_questions_of_a_newer_form_are_left_alone():
    assert triage("", {"unheard_of": "yes"}).urgency is Urgency.ROUTINE


def test_every_sign_has_a_line_to_call_and_a_sentence():
    assert len({sign.code for sign in SIGNS}) == len(SIGNS)
    for sign in SIGNS:
        assert sign.hotlines
        assert set(sign.hotlines) <= HOTLINES.keys()
        assert sign.sentence
        assert not sign.regex.search("")


def test_marks_of_a_pattern_are_written_out():
    assert written_out("때리^~[고려^]") == "때[리-맇][^|]{0,8}[고려-렿]"
    assert written_out("[^|]") == "[^|]"


def test_a_very_long_text_is_read_in_reasonable_time():
    started = time.process_time()
    triage("아이가 집에 혼자 며칠째 " * 1000)
    assert time.process_time() - started < 5


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(DANGER), st.sampled_from(HARMLESS), st.sampled_from(HARMLESS))
def test_more_text_never_lowers_the_urgency(danger, before, after):
    assert triage(f"{before}. {danger}. {after}").urgency.rank >= triage(danger).urgency.rank


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(DANGER), st.data())
def test_spaces_anywhere_change_nothing(sentence, data):
    places = data.draw(st.sets(st.integers(1, len(sentence) - 1)))
    spaced = "".join((" " if place in places else "") + char for place, char in enumerate(sentence))
    assert triage(spaced).urgency is triage(sentence).urgency
    assert triage(sentence.replace(" ", "")).urgency is triage(sentence).urgency


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.dictionaries(st.sampled_from(sorted(QUESTIONS)), st.text(max_size=8)))
def test_no_text_breaks_it(text, answers):
    assert triage(text, answers).sentence
