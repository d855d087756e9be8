"""Words, lexicon, model, names and ranking of the free-word search, on examples small enough to reckon by hand."""

import numpy as np
import pytest

from chatdong.engines.situations import Example, Help, Lexicon, Names, fit, restored, words
from chatdong.engines.situations.words import letters, sounding, stem

LEXICON = Lexicon.of({"rent": ["월세", "방세", "집세"], "overdue": ["밀렸", "못냈"], "alcohol": ["술"], "baby": ["아기", "애기"]})
EXAMPLES = [
    Example("월세가 밀렸어요", ("rent",)),
    Example("방세를 못 냈어요", ("rent",)),
    Example("집주인이 월세를 달래요", ("rent",)),
    Example("아기를 낳았어요", ("birth",)),
    Example("애기가 태어났어요", ("birth",)),
    Example("남편이 술을 마셔요", ("drink",)),
    Example("술을 끊고 싶어요", ("drink",)),
    Example("술 때문에 월세도 밀렸어요", ("drink", "rent")),
]
MODEL = fit(EXAMPLES, LEXICON, ("rent", "birth", "drink"))


def best(text: str) -> str:
    return MODEL.situations[int(MODEL.scores(text).argmax())]


def test_words_are_without_marks_and_crying():
    assert words("월세가... 밀렸어요ㅠㅠ 60만원 SOS!") == ["월세가", "밀렸어요", "60", "만원", "sos"]
    assert words("ㅋㅋㅋ ?!") == []


@pytest.mark.parametrize(("word", "bare"), [("월세가", "월세"), ("월세", "월세"), ("기초연금을", "기초연금"), ("술", "술")])
def test_a_stem_is_the_word_without_its_endings(word, bare):
    assert stem(word) == bare


def test_spellings_that_sound_alike_are_one():
    assert sounding("월새가 밀렷어요") == sounding("월세가 밀렸어요")
    assert letters("됐어요") == letters("됏어요")
    assert letters("월세") != letters("월요")


def test_a_concept_is_found_without_spaces_but_is_less_sure_inside_a_word():
    assert LEXICON.find(words("월세밀렸어요")) == ({"rent"}, {"overdue"})
    assert "overdue" in LEXICON.find(words("못 냈어요"))[0]


def test_a_word_of_one_syllable_counts_only_as_a_word_of_its_own():
    assert LEXICON.find(["술을"])[0] == {"alcohol"}
    assert LEXICON.find(["기술을"]) == (set(), set())


@pytest.mark.parametrize(
    ("text", "situation"),
    [("집세를 못냈습니다", "rent"), ("월새가밀려서", "rent"), ("애기 낳음", "birth"), ("아빠가 술만 마셔", "drink")],
)
def test_words_nobody_wrote_before_lead_to_their_situation(text, situation):
    assert best(text) == situation


def test_two_troubles_in_one_sentence_are_both_heard():
    scores = dict(zip(MODEL.situations, MODEL.scores("술을 마셔서 월세가 밀렸어요"), strict=True))
    assert min(scores["drink"], scores["rent"]) > 2 * scores["birth"]


def test_a_text_of_unknown_marks_scores_nothing():
    assert not MODEL.scores("").any()
    assert not MODEL.scores("zzz").any()


def test_a_model_comes_back_from_its_arrays():
    again = restored(MODEL.arrays(), LEXICON)
    assert again.situations == MODEL.situations
    assert np.array_equal(again.scores("월세가 밀렸어요"), MODEL.scores("월세가 밀렸어요"))


def test_an_example_of_an_unknown_situation_is_refused():
    with pytest.raises(ValueError, match="unknown situations: other"):
        fit([Example("말", ("other",))], LEXICON, ("rent",))


HELP = Help.of({"rent": ["housing", "emergency"], "drink": ["center", "emergency"], "birth": []}, ("rent", "birth", "drink"))


def ranked(*scores: float) -> list[str]:
    return [name for name, _, _ in HELP.rank(np.array(scores), 5)]


def test_the_first_benefit_of_the_surest_situation_comes_first():
    assert ranked(0.9, 0, 0) == ["housing", "emergency"]
    assert ranked(0, 0, 0.9) == ["center", "emergency"]


def test_help_for_both_troubles_comes_before_help_for_one():
    assert ranked(0.8, 0, 0.8)[0] == "emergency"
    assert HELP.rank(np.array([0.9, 0, 0.2]), 1)[0][2] == "rent"


def test_noise_finds_nothing():
    assert ranked(0.03, 0.9, 0.01) == []


NAMES = Names.of({"sos": ["돌봄SOS"], "meal": ["결식아동 급식"], "pension": ["기초연금"], "scholar": ["국가장학금 I유형"]})


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("기초연금", "pension"),
        ("기초연금은 어디서 받나요", "pension"),
        ("ㄱㅊㅇㄱ", "pension"),
        ("ㄱㅊ ㅇㄱ", "pension"),
        ("기초연굼", "pension"),
        ("결식아동", "meal"),
        ("국가장학금", "scholar"),
    ],
)
def test_a_name_is_found_whole_in_part_by_initials_and_with_a_slip(text, key):
    assert NAMES.find(text)[0][0] == key


@pytest.mark.parametrize("text", ["", "ㄱ", "비가 와요", "ㅋㅋ"])
def test_other_words_are_no_name(text):
    assert [key for key, likeness in NAMES.find(text) if likeness >= 0.75] == []
