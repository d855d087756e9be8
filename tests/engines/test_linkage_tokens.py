"""Search by tokens: every kind of query finds its row, on SQLite FTS5 as on plain sets, and the nearest comes first."""

import re
import sqlite3

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chatdong.engines.linkage.ranking import Hit, Nearness, near_names, rank
from chatdong.engines.linkage.tokens import Kind, fts_match, index_tokens, query_tokens
from chatdong.kernel.hangul import choseong, compose, jamo, parts, split_name

NAMES = st.text(st.integers(ord("가"), ord("힣")).map(chr), min_size=2, max_size=5)
HONG = Hit(
    names=("홍길동", "정영수", "KIM GILDONG"),
    phones=("010-1234-5678", "02-312-9999"),
    addresses=("서대문구 천연동 독립문로8길 13-2 302호 (천연동, 극동아파트)", "충정로3가 3-46"),
)
OTHER = Hit(names=("박순자", "이만수"), phones=("010-9876-4321",), addresses=("마포구 월드컵로 240 1201호",))


def answers(query, hit):
    """Whether a row would be found: it has every token of some clause."""
    held = set(index_tokens(hit.names, hit.phones, hit.addresses))
    return any(held.issuperset(clause) for clause in query.clauses)


@pytest.mark.parametrize(
    ("typed", "kind", "nearness"),
    [
        ("홍길동", Kind.NAME, Nearness.EXACT),
        ("홍 길동", Kind.MIXED, Nearness.EXACT),
        ("길동", Kind.GIVEN, Nearness.EXACT),
        ("홍", Kind.NAME, Nearness.PREFIX),
        ("홍길", Kind.GIVEN, Nearness.PREFIX),
        ("호", Kind.NAME, Nearness.PREFIX),
        ("ㅎㄱㄷ", Kind.CHOSEONG, Nearness.EXACT),
        ("ㅎ", Kind.CHOSEONG, Nearness.PREFIX),
        ("ㄱㄷ", Kind.CHOSEONG, Nearness.EXACT),
        ("ㅈㅇㅅ", Kind.CHOSEONG, Nearness.EXACT),
        ("정영ㅅ", Kind.COMPOSING, Nearness.PREFIX),
        ("홍ㄱㄷ", Kind.COMPOSING, Nearness.PREFIX),
        ("정여", Kind.GIVEN, Nearness.PREFIX),
        ("저", Kind.NAME, Nearness.PREFIX),
        ("정영스", Kind.NAME, Nearness.TYPO),
        ("5678", Kind.PHONE_LAST4, Nearness.EXACT),
        ("9999", Kind.PHONE_LAST4, Nearness.EXACT),
        ("01012345678", Kind.PHONE, Nearness.EXACT),
        ("+82 10-1234-5678", Kind.PHONE, Nearness.EXACT),
        ("1234-5678", Kind.PHONE, Nearness.PREFIX),
        ("23456", Kind.PHONE, Nearness.PART),
        ("독립문로8길 13-2", Kind.ADDRESS, Nearness.EXACT),
        ("독립문로8길 13", Kind.ADDRESS, Nearness.PREFIX),
        ("독립문로8길", Kind.ADDRESS, Nearness.EXACT),
        ("독립문", Kind.NAME, Nearness.PREFIX),
        ("극동아파트", Kind.NAME, Nearness.EXACT),
        ("충정로3가 3-46", Kind.ADDRESS, Nearness.EXACT),
        ("302호", Kind.ADDRESS, Nearness.EXACT),
        ("302", Kind.ADDRESS, Nearness.PREFIX),
        ("13-2", Kind.ADDRESS, Nearness.EXACT),
        ("홍길동 독립문로", Kind.MIXED, Nearness.PREFIX),
        ("ㅎㄱㄷ 천연동", Kind.MIXED, Nearness.EXACT),
        ("홍길동 5678", Kind.MIXED, Nearness.EXACT),
        ("gildong", Kind.NAME, Nearness.PART),
        ("kim gil", Kind.MIXED, Nearness.PREFIX),
    ],
)
def test_every_kind_of_query_finds_its_row(typed, kind, nearness):
    query = query_tokens(typed)
    assert query.kind is kind
    assert rank(query, HONG) == nearness
    if nearness > Nearness.TYPO:
        assert answers(query, HONG)
    assert rank(query, OTHER) is Nearness.NONE


def test_a_final_being_typed_may_open_the_next_syllable():
    row = Hit(names=("김여은",))
    query = query_tokens("김영")
    assert answers(query, row)
    assert rank(query, row) is Nearness.PREFIX
    assert rank(query_tokens("김영숙"), row) is Nearness.NONE


def test_what_sounds_alike_is_found_after_what_is_alike():
    query = query_tokens("류관순")
    assert answers(query, Hit(names=("유관순",)))
    assert rank(query, Hit(names=("류관순",))) > rank(query, Hit(names=("유관순",))) == Nearness.PHONETIC


def test_order_of_nearness():
    query = query_tokens("김영")
    nearness = [rank(query, Hit(names=(name,))) for name in ("김영", "김영수", "이수김영", "박철호")]
    assert nearness == [Nearness.EXACT, Nearness.PREFIX, Nearness.PART, Nearness.NONE]
    assert rank(query_tokens("홍길덩"), HONG) is Nearness.TYPO


@pytest.mark.parametrize("typed", ["", "  ", "!!!", "*", '"', "' OR 1=1 --", "ㅏ", "가" * 500, "\x00", "AND", "NEAR(a b)"])
def test_odd_input_is_no_error(typed):
    query = query_tokens(typed)
    assert rank(query, OTHER) is Nearness.NONE
    assert all(re.fullmatch("[0-9a-z가-힣ㄱ-ㅎ]+", token) for clause in query.clauses for token in clause)


@given(st.text(max_size=40))
@example("᪐๓")
def test_any_text_gives_clean_tokens(text):
    tokens = [*index_tokens([text], [text], [text]), *(token for clause in query_tokens(text).clauses for token in clause)]
    assert all(re.fullmatch("[0-9a-z가-힣ㄱ-ㅎ]{2,}", token) for token in tokens)
    assert len(query_tokens(text).clauses) <= 16


@given(NAMES)
def test_a_name_is_found_by_itself_its_initials_its_given_name_and_half_typed(name):
    held = set(index_tokens([name], [], []))
    given_name = split_name(name)[1]
    half = name[:-1] + parts(name[-1])[0]
    for typed in (name, choseong(name), half):
        query = query_tokens(typed)
        assert held.issuperset(query.required)
        assert rank(query, Hit(names=(name,))) >= Nearness.PREFIX
    assert rank(query_tokens(name), Hit(names=(name,))) is Nearness.EXACT
    query = query_tokens(given_name)
    assert answers(query, Hit(names=(name,)))
    assert rank(query, Hit(names=(name,))) is Nearness.EXACT


@given(NAMES, st.data())
def test_every_step_of_typing_keeps_the_name_in_sight(name, data):
    at = data.draw(st.integers(1, len(name)))
    initial, vowel, _ = parts(name[at - 1])
    row = Hit(names=(name,))
    for typed in (name[:at], name[: at - 1] + compose(initial, vowel), name[: at - 1] + initial):
        query = query_tokens(typed)
        assert answers(query, row), typed
        assert rank(query, row) >= Nearness.PREFIX, typed


@given(st.from_regex(r"010[0-9]{8}", fullmatch=True), st.integers(0, 6), st.integers(4, 9))
def test_a_phone_is_found_by_any_part_of_it(phone, start, length):
    row = Hit(phones=(phone,))
    part = phone[start : start + length]
    if len(part) > 4 and not (part.startswith("82") and len(part) > 9):
        assert answers(query_tokens(part), row)
        assert rank(query_tokens(part), row) >= Nearness.PART
    assert rank(query_tokens(phone[-4:]), row) is Nearness.EXACT


def test_one_jamo_off_is_found_among_many():
    names = [surname + one + two for surname in "김이박최정" for one in "영미순정성" for two in "희자수숙호"]
    found = near_names("김명희", names)
    assert ("김영희", 1) in found
    assert [distance for _, distance in found] == sorted(distance for _, distance in found)
    assert near_names("김영희", {name: jamo(name) for name in names}, limit=1) == [("김영희", 0)]
    assert near_names("", names) == []
    assert near_names("제갈공명", names) == []


@given(NAMES, st.data())
def test_one_wrong_jamo_is_a_typo_and_not_nothing(name, data):
    at = data.draw(st.integers(0, len(name) - 1))
    initial, vowel, final = parts(name[at])
    other = data.draw(st.sampled_from([one for one in "ㅏㅓㅗㅜㅡㅣ" if one != vowel]))
    wrong = name[:at] + compose(initial, other, final) + name[at + 1 :]
    assert (name, 1) in near_names(wrong, [name])
    assert rank(query_tokens(wrong), Hit(names=(name,))) >= Nearness.TYPO


@pytest.fixture(scope="module")
def full_text():
    """A contentless FTS5 table, as production has it on SQLite."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE seek USING fts5(tokens, content='', detail=none)")
    for row, hit in enumerate((HONG, OTHER), start=1):
        tokens = " ".join(index_tokens(hit.names, hit.phones, hit.addresses))
        table.execute("INSERT INTO seek(rowid, tokens) VALUES (?, ?)", (row, tokens))
    yield table
    table.close()


@pytest.mark.parametrize(
    "typed",
    [
        "홍길동",
        "길동",
        "홍",
        "ㅎㄱㄷ",
        "ㄱㄷ",
        "정영ㅅ",
        "정여",
        "5678",
        "1234-5678",
        "독립문로8길 13-2",
        "13-2",
        "극동",
        "홍길동 독립문로",
        "kim",
    ],
)
def test_sqlite_full_text_search_keeps_each_token_whole(full_text, typed):
    rows = set()
    for clause in query_tokens(typed).clauses:
        rows |= {row for (row,) in full_text.execute("SELECT rowid FROM seek WHERE seek MATCH ?", (fts_match(clause),))}
    assert rows == {1}
