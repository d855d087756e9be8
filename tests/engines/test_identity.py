"""The one mask, phone numbers, and codes people read aloud."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdong.kernel import identity

KOREAN = st.text(st.integers(ord("가"), ord("힣")).map(chr), min_size=2, max_size=7)
LATIN = st.lists(st.from_regex(r"[A-Z]{1,12}", fullmatch=True), min_size=1, max_size=4).map(" ".join)
MOBILE = st.from_regex(r"010[0-9]{8}", fullmatch=True)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("홍길동", "홍*동"), ("홍 길동", "홍*동"), ("홍길", "홍*"), ("김가나다", "김**다"), ("남궁옥분", "남궁**"),
        ("황보영", "황보*"),
        ("KIM GILDONG", "KIM G******"), ("Nguyen Thi Hoa", "Nguyen T** H**"), ("MARIA", "M****"), ("LI X", "LI *"),
        ("홍", "*"), ("", ""), ("응우옌 티 화", "응***화"),
    ],
)  # fmt: skip
def test_mask_name(name, masked):
    assert identity.mask_name(name) == masked


@given(st.one_of(KOREAN, LATIN))
def test_a_name_is_never_shown_whole(name):
    masked = identity.mask_name(name)
    if len(name) >= 2:
        assert masked != name
        assert "*" in masked


@given(KOREAN)
def test_at_most_two_syllables_of_a_name_are_shown(name):
    masked = identity.mask_name(name)
    assert len(masked) == len(name)
    assert all(shown in (real, "*") for shown, real in zip(masked, name, strict=True))
    assert len(masked.replace("*", "")) <= min(2, len(name) - 1)


@given(LATIN)
def test_a_latin_name_shows_one_letter_a_word_after_the_first(name):
    first, *others = identity.mask_name(name).split(" ")
    assert all(len(word.replace("*", "")) <= 1 for word in others)
    if not others:
        assert len(first.replace("*", "")) <= 1


@pytest.mark.parametrize(
    ("typed", "shown", "masked"),
    [
        ("01012345678", "010-1234-5678", "010-****-5678"),
        ("010 1234 5678", "010-1234-5678", "010-****-5678"),
        ("+82 10-1234-5678", "010-1234-5678", "010-****-5678"),
        ("82-2-312-5678", "02-312-5678", "02-***-5678"),
        ("0231255678", "02-3125-5678", "02-****-5678"),
        ("0313125678", "031-312-5678", "031-***-5678"),
        ("0111235678", "011-123-5678", "011-***-5678"),
        ("07012345678", "070-1234-5678", "070-****-5678"),
        ("05041235678", "0504-123-5678", "0504-***-5678"),
        ("050412345678", "0504-1234-5678", "0504-****-5678"),
        ("15881234", "1588-1234", "****-1234"),
        ("129", "129", "129"),
    ],
)
def test_phone(typed, shown, masked):
    assert identity.phone_text(typed) == shown
    assert identity.mask_phone(typed) == masked


@pytest.mark.parametrize("text", ["", "1234", "010-12", "전화 없음", "99999999999", "0101234567890"])
def test_not_a_phone(text):
    assert identity.phone_digits(text) is None
    assert identity.phone_text(text) == text
    assert not set(identity.mask_phone(text)) - {"*"}


@given(MOBILE)
def test_a_masked_phone_hides_the_exchange(phone):
    assert identity.mask_phone(phone) == f"010-****-{phone[-4:]}"
    assert identity.phone_digits(identity.phone_text(phone)) == phone


def test_mask_address_and_birth():
    assert identity.mask_address("서대문구", "천연동") == "서대문구 천연동 ***"
    assert identity.mask_address("", "천연동") == "천연동 ***"
    assert identity.mask_birth(date(1956, 3, 15)) == "1956-**-**"
    assert identity.mask_birth(None) == ""


def test_code_reads_back_however_it_is_typed():
    code = identity.human_code(random.Random(7).randrange)
    assert len(code) == 9
    assert identity.read_code(code) == code
    assert identity.read_code(f" {code.lower().replace('-', ' ')} ") == code


@given(st.randoms(use_true_random=False), st.integers(4, 16))
def test_a_wrong_letter_or_a_swap_is_noticed(chance, length):
    code = identity.human_code(chance.randrange, length).replace("-", "")
    at = chance.randrange(length)
    other = chance.choice([letter for letter in "34679ACDEFGHJKMNPRTVWXY" if letter != code[at]])
    assert identity.read_code(code[:at] + other + code[at + 1 :]) is None
    one, two = sorted(chance.sample(range(length), 2))
    swapped = code[:one] + code[two] + code[one + 1 : two] + code[one] + code[two + 1 :]
    assert (identity.read_code(swapped) is None) == (code[one] != code[two])


def test_code_has_no_letters_that_look_alike():
    letters = {letter for seed in range(200) for letter in identity.human_code(random.Random(seed).randrange)}
    assert not letters & set("0O1IL2Z5S8BUQ")


@pytest.mark.parametrize("length", [3, 17])
def test_code_of_a_strange_length(length):
    with pytest.raises(ValueError, match="4 to 16"):
        identity.human_code(random.Random(1).randrange, length)
    assert identity.read_code("A" * length) is None
