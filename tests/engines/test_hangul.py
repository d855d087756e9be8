"""Hangul: normal forms, initials, jamo, half-typed input, particles, the sound of names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from chatdong.kernel import hangul

SYLLABLE = st.integers(ord("가"), ord("힣")).map(chr)
NAMES = st.text(SYLLABLE, min_size=1, max_size=5)


def test_single_jamo_survive_the_compared_form():
    assert hangul.plain("정영ㅅ") == "정영ㅅ"
    assert hangul.plain("가ㄳ") == "가ㄳ"
    assert hangul.plain("㈜행복 １２") == "(주)행복 12"


@given(st.text(max_size=30))
def test_the_compared_form_is_final(text):
    once = hangul.plain(text)
    assert hangul.plain(once) == once


@given(NAMES)
def test_a_decomposed_name_is_the_same_name(name):
    apart = unicodedata.normalize("NFD", name)
    assert hangul.nfc(apart) == name
    assert hangul.plain(apart) == name
    assert hangul.choseong(apart) == hangul.choseong(name)


@given(SYLLABLE)
def test_parts_and_compose_are_inverse(syllable):
    assert hangul.compose(*hangul.parts(syllable)) == syllable


@pytest.mark.parametrize(
    ("text", "initials"),
    [
        ("홍길동", "ㅎㄱㄷ"),
        ("ㄳ", "ㄱㅅ"),
        ("김 g", "ㄱ g"),
        ("까치", "ㄲㅊ"),
        ("", ""),
    ],
)
def test_initials(text, initials):
    assert hangul.choseong(text) == initials


@pytest.mark.parametrize(
    ("text", "answer"),
    [("ㅎㄱㄷ", True), ("ㅎ ㄱ", True), ("홍ㄱㄷ", False), ("ㅏ", False), ("", False)],
)
def test_is_choseong(text, answer):
    assert hangul.is_choseong(text) is answer


def test_edit_distance_counts_jamo():
    assert Levenshtein.distance(hangul.jamo("김영희"), hangul.jamo("김명희")) == 1
    assert Levenshtein.distance(hangul.jamo("김영희"), hangul.jamo("김영회")) == 1
    assert Levenshtein.distance(hangul.jamo("박철수"), hangul.jamo("박칠수")) == 1


@given(NAMES)
def test_one_ascii_letter_a_jamo(name):
    letters = hangul.jamo(name)
    assert letters.isascii()
    assert letters.isalpha()
    assert len(letters) == sum(len([part for part in hangul.parts(char) if part]) for char in name)


@given(NAMES, NAMES)
def test_different_spellings_have_different_jamo(one, other):
    spelled = [[hangul.parts(char) for char in name] for name in (one, other)]
    flat = ["".join("".join(syllable) for syllable in name) for name in spelled]
    assert (flat[0] == flat[1]) == (hangul.jamo(one) == hangul.jamo(other))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("정영ㅅ", ("정영", "ㅅ")),
        ("정영", ("정영", "")),
        ("정ㅇㅅ", ("정", "ㅇㅅ")),
        ("ㅎㄱ", ("ㅎㄱ", "")),
        ("김ㄳ", ("김", "ㄱㅅ")),
    ],
)
def test_half_typed(typed, read):
    assert hangul.composing(typed) == read


def test_a_final_may_open_the_next_syllable():
    assert hangul.loosened("영") == ("여", "ㅇ")
    assert hangul.loosened("몫") == ("목", "ㅅ")
    assert hangul.loosened("여") == ("여", "")
    assert hangul.opened("권") == "구"


@pytest.mark.parametrize(
    ("word", "pair", "fits"),
    [
        ("홍길동", "을/를", "을"), ("철수", "을/를", "를"), ("김영희", "이/가", "가"), ("동장", "은/는", "은"),
        ("서울", "으로/로", "로"), ("구청", "으로/로", "으로"), ("주민센터", "으로/로", "로"), ("천연동", "과/와", "과"),
        ("3", "은/는", "은"), ("2", "은/는", "는"), ("1", "으로/로", "로"), ("10", "을/를", "을"), ("2명", "이/가", "이"),
        ("URL", "을/를", "을"), ("PC", "은/는", "는"), ("ARS", "으로/로", "로"), ("Apple", "으로/로", "로"),
        ("Kim", "이/가", "이"),
        ("홍길동(가명)", "이/가", "이"), ("홍**", "을/를", "을(를)"), ("홍**", "으로/로", "(으)로"), ("", "이/가", "이(가)"),
    ],
)  # fmt: skip
def test_particle(word, pair, fits):
    assert hangul.particle(word, pair) == fits
    assert hangul.with_particle(word, pair) == word + fits


def test_a_pair_without_slash_is_a_mistake():
    with pytest.raises(ValueError, match="을/를"):
        hangul.particle("홍길동", "을")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("류관순", "유관순"),
        ("이용렬", "이용열"),
        ("림철", "임철"),
        ("김영재", "김영제"),
        ("최은혜", "최은헤"),
        ("박희숙", "박히숙"),
        ("노영", "로영"),
    ],
)
def test_names_that_sound_the_same(one, other):
    assert hangul.phonetic(one) == hangul.phonetic(other)


def test_names_that_sound_different():
    assert hangul.phonetic("김영희") != hangul.phonetic("김명희")
    assert hangul.phonetic("김민준") != hangul.phonetic("김민재")


@given(NAMES)
def test_the_sound_of_a_sound(name):
    assert hangul.phonetic(hangul.phonetic(name)) == hangul.phonetic(name)


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("홍길동", ("홍", "길동")),
        ("남궁옥분", ("남궁", "옥분")),
        ("남궁민", ("남궁", "민")),
        ("남궁", ("남", "궁")),
        ("이산", ("이", "산")),
        ("", ("", "")),
    ],
)
def test_surname_and_given_name(name, split):
    assert hangul.split_name(name) == split
