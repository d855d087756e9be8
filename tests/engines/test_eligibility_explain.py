"""Why, in plain Korean: each condition's mark, figures, law and day; and never a promise."""

from datetime import date
from random import Random

import pytest
from bench.households import draw
from tests.engines.masked import masked
from tests.engines.small_book import DAY, figure, home, people, rules_of, small_book

from chatdong.engines.eligibility import Household, Status, assess, explain, head, steps_of
from chatdong.engines.eligibility.phrases import TEXTS, rough, span
from chatdong.safetynet.benefits.catalog import catalog

TODAY = date(2026, 11, 22)


def told(criteria, household, benefits=None, **kept):
    """The lines of one benefit with these conditions."""
    listed = criteria if isinstance(criteria, list) else [criteria]
    parameters, measures = kept.pop("parameters", None), kept.pop("measures", None)
    book = small_book({"it": {"criteria": listed} | kept, **(benefits or {})}, parameters, measures)
    rules = rules_of(book)
    return explain(rules, household, assess(rules, household), "it")


def said(criteria, household, **kept) -> list[str]:
    """Their marks and texts."""
    return [f"{one.mark} {one.text}" for one in told(criteria, household, **kept)]


LINE = {"share_of_median": {"what": "income", "at_most": "pct"}}
PCT = {
    "pct": (figure(32, cite="법 §8", since=date(2024, 1, 1)),),
    "median_income": (figure([5_359_036], cite="중위 고시", since=date(2026, 1, 1)),),
}


def test_a_figure_is_held_against_its_line_with_its_law_and_day():
    (line,) = told(LINE, home().__class__({}, people(40, earned=1_820_000)), parameters=PCT)
    assert line.mark == "×"
    assert line.text == "소득 1,820,000원이 기준 1,714,892원(기준 중위소득 5,359,036원의 32 %) 이하"
    assert (line.found, line.limit) == (1_820_000, 1_714_892)
    assert (line.law, line.since, line.depth, line.person) == ("중위 고시; 법 §8", date(2026, 1, 1), 0, None)


@pytest.mark.parametrize(
    ("earned", "expected"),
    [
        (0, "○ 소득 0원이 기준 1,000,000원 이하"),
        ((1_000_001, 1_500_000), "× 소득 약 100만~150만 원 사이가 기준 1,000,000원 이하"),
        ((0, 500_000), "○ 소득 약 50만 원 이하가 기준 1,000,000원 이하"),
        ((500_001, 1_500_000), "? 소득 약 50만~150만 원 사이가 기준 1,000,000원 이하인지 아직 모름"),
        (None, "? 소득이 기준 1,000,000원 이하인지 아직 모름 (알려 주실 것: 월급)"),
    ],
)
def test_a_band_and_an_unknown_are_told_as_such(earned, expected):
    line = {"at_most": {"what": "income", "limit": 1_000_000}}
    assert said(line, Household({}, people(40, earned=earned))) == [expected]


def test_what_is_known_of_a_sum_is_told_while_a_part_is_missing():
    household = Household({}, (*people(40, earned=700_000), *people(38)))
    line = {"at_most": {"what": "income", "limit": 1_000_000}}
    assert said(line, household) == ["? 소득 적어도 700,000원이 기준 1,000,000원 이하인지 아직 모름 (알려 주실 것: 월급)"]


@pytest.mark.parametrize(
    ("criterion", "household", "expected"),
    [
        ({"is": "alone"}, home(alone=1), "○ 한부모: 예"),
        ({"is": "alone"}, home(alone=0), "× 한부모: 아니요"),
        ({"is": "alone"}, home(), "? 한부모: 아직 모름"),
        ({"not": {"is": "alone"}}, home(alone=0), "○ 한부모: 아니요 (아니어야 함)"),
        ({"not": {"is": "alone"}}, home(alone=1), "× 한부모: 예 (아니어야 함)"),
        ({"not": {"at_most": {"what": "savings", "limit": 5}}}, home(savings=5), "× 통장에 있는 돈 5원이 기준 5원 초과"),
        ({"one_of": {"what": "home", "options": ["jeonse", "rent"]}}, home(home=2), "○ 사는 집: 월세 (전세·월세 가운데 하나)"),
        ({"one_of": {"what": "home", "options": ["jeonse"]}}, home(home=2), "× 사는 집: 월세 (전세)"),
        ({"one_of": {"what": "home", "options": ["jeonse", "rent"]}}, home(), "? 사는 집: 아직 모름 (전세·월세 가운데 하나)"),
        ({"formula": "savings <= debt * 2", "say": "빚이 많음"}, home(savings=1, debt=1), "○ 빚이 많음: 예"),
        ({"formula": "home == 'rent'"}, home(home=0), "× 사는 집(월세): 아니요"),
        ({"count": {"who": {"age": {"to": 17}}, "at_least": 2}}, home(40, 5), "× 만 나이 1명이 기준 2명 이상"),
    ],
)
def test_a_line_by_kind(criterion, household, expected):
    assert said(criterion, household) == [expected]


def test_groups_stand_above_what_they_are_made_of():
    both = {
        "any": [
            {"is": "alone"},
            {"all": [{"at_most": {"what": "savings", "limit": 5}}, {"at_most": {"what": "debt", "limit": 5}}]},
        ]
    }
    lines = told(both, home(alone=0, savings=1, debt=9))
    assert [(one.depth, one.mark) for one in lines] == [(0, "×"), (1, "×"), (1, "×"), (2, "○"), (2, "×")]
    assert lines[0].text == TEXTS["any"]


def test_under_not_a_group_turns_around_and_marks_speak_for_the_benefit():
    lines = told({"not": {"any": [{"is": "alone"}, {"at_most": {"what": "savings", "limit": 5}}]}}, home(alone=0, savings=1))
    assert [(one.depth, one.mark, one.text) for one in lines] == [
        (0, "×", TEXTS["all"]),
        (1, "○", "한부모: 아니요 (아니어야 함)"),
        (1, "×", "통장에 있는 돈 1원이 기준 5원 초과"),
    ]


OLD_AND_ILL = {"anyone": {"all": [{"age": {"from": 65, "to": 70}}, {"is": "ill"}]}}


def test_persons_are_named_by_age_and_sex():
    household = Household({}, (*people(40, ill=0, female=0), *people(67, ill=1, female=1)))
    lines = told(OLD_AND_ILL, household)
    assert [(one.mark, one.text, one.person) for one in lines] == [
        ("○", "해당하는 분: 67세 여성", 1),
        ("○", "만 나이: 67세 (65세 이상 70세 이하)", 1),
        ("○", "큰 병: 예", 1),
    ]


def test_the_nearest_person_shows_why_nobody_fits():
    household = Household({}, (*people(40, ill=0, female=0), *people(66, ill=0, female=0)))
    lines = told(OLD_AND_ILL, household)
    assert [(one.mark, one.text) for one in lines] == [
        ("×", "해당하는 분이 없음 (가장 가까운 분: 66세 남성)"),
        ("○", "만 나이: 66세 (65세 이상 70세 이하)"),
        ("×", "큰 병: 아니요"),
    ]


def test_who_may_yet_fit():
    household = Household({}, ({"age_months": 8, "female": 1}, {"female": 1}))
    assert told(OLD_AND_ILL, household)[0].text == "해당하는 분이 있는지 아직 모름: 나이를 모르는 분"


@pytest.mark.parametrize(
    ("alone", "expected"),
    [
        (1, "○ 생계급여를 받음: 예 (생계급여)"),
        (0, "× 생계급여를 받음: 아니요"),
        (None, "? 생계급여를 받음: 아직 모름"),
    ],
)
def test_another_benefit_is_told_by_its_name(alone, expected):
    other = {"a": {"criteria": [{"is": "alone"}], "name": "생계급여"}}
    assert said({"entitled": "a"}, home(alone=alone), benefits=other) == [expected]


def test_what_leaves_no_room_is_told_last():
    other = {"a": {"criteria": [{"is": "alone"}], "name": "장애인연금"}}
    assert said({"is": "alone"}, home(alone=1), benefits=other, excluded_by=("a",)) == [
        "○ 한부모: 예",
        "× 장애인연금과 함께 받을 수 없음: 받으실 가능성이 높음",
    ]


def test_why_the_district_is_asked_and_no_doubtful_figure_is_shown():
    lines = told(
        {"at_most": {"what": "savings", "limit": "line"}},
        home(savings=5),
        parameters={"line": (figure(777, until=date(2026, 1, 1)),)},
    )
    assert (lines[0].mark, lines[0].text) == ("?", "line 기준: 이 날짜에 정해진 값이 아직 없음")
    assert lines[1].limit is None
    assert not any("777" in one.text for one in lines)


def test_a_day_on_which_nobody_may_apply():
    assert said({"is": "alone"}, home(alone=1), until=date(2026, 1, 1))[0].startswith("× 지금은 신청을 받지 않음")


def test_money_as_people_say_it():
    assert [rough(one) for one in (0, 4_000, 1_000_001, 123_456_789)] == ["0", "4,000", "100만", "1억 2,346만"]
    assert span(3, 5, "명", TEXTS) == "3~5명"
    assert span(1_000_000, 1_000_001, "원", TEXTS) == "1,000,000~1,000,001원"


# --- the catalog


def test_every_benefit_of_the_catalog_is_told_without_a_promise():
    """The marks of the first level agree with the verdict; every line has words and a law; nothing says that it is granted."""
    rules = catalog().book.on(DAY, today=TODAY)
    random = Random(9)
    for full in draw(21, 8, rules.book.facts):
        for household in (full, masked(random, full, rules.book.facts, 0.5)):
            assessment = assess(rules, household)
            for key, verdict in assessment.verdicts.items():
                lines = explain(rules, household, assessment, key)
                marks = {one.mark for one in lines if one.depth == 0}
                expected = {"eligible": {"○"}, "unknown": {"?"}}.get(verdict.status, set())
                assert expected <= marks
                assert (verdict.status == Status.NOT_ELIGIBLE) <= ("×" in marks), key
                assert (verdict.status == Status.ELIGIBLE) <= (marks == {"○"}), key
                text = " ".join(one.text for one in lines) + head(verdict.status)
                assert all(one.text and one.law for one in lines), key
                assert "확정" not in text and "{" not in text and "None" not in text, text
                assert not any(name in text for name in ("share(", "by_size", "age_months", " == ")), text


def test_the_steps_of_recognized_income_stand_in_their_order():
    book = catalog().book
    rules = book.on(DAY, today=TODAY)
    full = draw(3, 1, book.facts)[0]
    assessment = assess(rules, full)
    steps = steps_of(rules, assessment, "recognized_income")
    assert [one.measure for one in steps] == [*book.measures["recognized_income"].steps, "recognized_income"]
    values = {one.measure: one.value for one in steps}
    assert values["recognized_income"] == values["income_evaluated"] + values["property_converted"]
    assert steps[-1].label == "소득인정액"
    assert steps[-1].law


@pytest.mark.parametrize("status", list(Status))
def test_the_sentence_above_points_and_never_decides(status):
    assert head(status).endswith(("다.", "요."))
    assert head(status, "en").isascii()
