"""Words, lexicon, model, names and ranking of the free-word search, on examples small enough to reckon by hand."""

import numpy as np
import pytest
from scipy import sparse

from chatdong.engines.situations import Example, Heard, Help, Lexicon, Names, fit, learning, restored, words
from chatdong.engines.situations.words import letters, sounding, stem

LEXICON = Lexicon.of({"rent": ["월세", "방세", "집세"], "overdue": ["밀렸", "못냈"], "alcohol": ["술"], "baby": ["아기", "애기"]})
EXAMPLES = [
    Example("월세가 밀렸어요", ("rent",), ("housing", "emergency")),
    Example("방세를 못 냈어요", ("rent",), ("housing",)),
    Example("집주인이 월세를 달래요", ("rent",), ("housing",)),
    Example("자취하는 학생인데 월세가 밀렸어요", ("rent",), ("youth_rent", "emergency")),
    Example("학생이라 방세가 버거워요", ("rent",), ("youth_rent",)),
    Example("아기를 낳았어요", ("birth",), ("voucher",)),
    Example("애기가 태어났어요", ("birth",), ("voucher",)),
    Example("남편이 술을 마셔요", ("drink",), ("center",)),
    Example("술을 끊고 싶어요", ("drink",), ("center",)),
    Example("술 때문에 월세도 밀렸어요", ("drink", "rent"), ("center", "housing")),
]
BENEFITS = ("housing", "emergency", "youth_rent", "voucher", "center")
MODEL = fit(EXAMPLES, LEXICON, ("rent", "birth", "drink"), BENEFITS)


def best(text: str) -> str:
    return MODEL.situations[int(MODEL.heard(text).situations.argmax())]


def helps(text: str) -> str:
    return MODEL.benefits[int(MODEL.heard(text).benefits.argmax())]


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
    scores = dict(zip(MODEL.situations, MODEL.heard("술을 마셔서 월세가 밀렸어요").situations, strict=True))
    assert min(scores["drink"], scores["rent"]) > 2 * scores["birth"]


def test_a_text_of_unknown_marks_scores_nothing():
    for text in ("", "zzz"):
        heard = MODEL.heard(text)
        assert heard.situations.shape == (3,) and heard.benefits.shape == (5,)
        assert not heard.situations.any() and not heard.benefits.any()


def test_the_same_trouble_of_another_person_leads_to_other_help():
    assert helps("방세가 두 달 밀렸어요") == "housing"
    assert helps("학생인데 방세가 두 달 밀렸어요") == "youth_rent"


def test_an_example_said_again_scores_what_it_was_taught():
    heard = MODEL.heard("월세가 밀렸어요")
    scores = dict(zip(MODEL.benefits, heard.benefits, strict=True))
    assert scores["housing"] > scores["emergency"] > 2 * max(scores["voucher"], scores["center"], 0.01)


def test_scores_are_shares():
    for text in ("월세가 밀렸어요", "학생인데 술만 마셔요", "월세"):
        heard = MODEL.heard(text)
        for part in (heard.situations, heard.benefits):
            assert part.min() >= 0 and part.sum() <= 1 + 1e-6


def test_what_speaks_of_no_trouble_scores_little():
    assert MODEL.heard("오늘 날씨가 참 좋네요").benefits.max() < 0.4 < MODEL.heard("방세를 못 냈어요").benefits.max()


def test_learning_is_the_same_each_time():
    again = fit(EXAMPLES, LEXICON, ("rent", "birth", "drink"), BENEFITS)
    assert np.array_equal(again.rows, MODEL.rows) and np.array_equal(again.heads, MODEL.heads)


def test_the_slope_that_learning_goes_down_is_the_slope_of_the_loss():
    """One step against the difference quotient of the cross entropy, nothing left out, on made-up examples."""
    dice = np.random.default_rng(3)
    told = sparse.random(6, 9, density=0.5, format="csr", random_state=3, dtype=np.float64)
    wanted = np.hstack([dice.dirichlet(np.ones(3), 6), dice.dirichlet(np.ones(4), 6)])
    rows, heads, bias = dice.standard_normal((9, 5)), dice.standard_normal((5, 7)), dice.standard_normal(7)

    def loss() -> float:
        shares = learning._by_head(np.maximum(told @ rows, 0) @ heads + bias, np.array([3]))
        return float(-(wanted * np.log(shares)).sum() / len(wanted))

    slopes = learning.slopes(told, wanted, np.array([3]), (rows, heads, bias), np.ones((6, 5)))
    for weights, slope in zip((rows, heads, bias), slopes, strict=True):
        for at in [(0, 0), (4, 2), (8, 4)] if weights is rows else [(0, 0), (4, 6)] if weights is heads else [(0,), (6,)]:
            weights[at] += 1e-6
            above = loss()
            weights[at] -= 2e-6
            assert slope[at] == pytest.approx((above - loss()) / 2e-6, abs=1e-5)
            weights[at] += 1e-6


def test_a_model_comes_back_from_its_arrays():
    again = restored(MODEL.arrays(), LEXICON)
    assert again.situations == MODEL.situations
    for part in ("situations", "benefits"):
        assert np.array_equal(getattr(again.heard("월세가 밀렸어요"), part), getattr(MODEL.heard("월세가 밀렸어요"), part))


def test_an_example_of_an_unknown_situation_is_refused():
    with pytest.raises(ValueError, match="unknown situations: other"):
        fit([Example("말", ("other",))], LEXICON, ("rent",))
    with pytest.raises(ValueError, match="unknown benefits: other"):
        fit([Example("말", ("rent",), ("other",))], LEXICON, ("rent",), ("housing",))


HELP = Help.of(
    {"rent": ["housing", "new"], "drink": ["center"]}, ("rent", "birth", "drink"), ("housing", "center"), ("new", "odd")
)


def ranked(situations: list[float], benefits: list[float]) -> list[tuple[str, str]]:
    heard = Heard(np.array(situations, dtype=np.float32), np.array(benefits, dtype=np.float32))
    return [(name, why) for name, _, why in HELP.rank(heard, 5)]


def test_benefits_come_by_their_own_scores_with_the_situation_that_speaks_for_them():
    assert ranked([0.2, 0, 0.9], [0.9, 0.5]) == [("housing", "rent"), ("center", "drink"), ("new", "rent")]


def test_a_benefit_whose_situation_was_not_heard_stands_beside_the_surest():
    assert ranked([0, 0.9, 0], [0.5, 0]) == [("housing", "birth")]


def test_a_benefit_that_no_example_names_is_found_by_the_situation_it_answers():
    assert ranked([0.9, 0, 0], [0.1, 0]) == [("new", "rent"), ("housing", "rent")]


def test_noise_finds_nothing():
    assert ranked([0.003, 0.002, 0.001], [0.003, 0.002]) == []


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
