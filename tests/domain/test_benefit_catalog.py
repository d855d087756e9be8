"""The catalog as delivered: worked cases come out, published figures are met to the won, the right year at each boundary."""

from datetime import date, timedelta

import pytest

from chatdong.engines.eligibility import Household, Status, assess
from chatdong.engines.eligibility.book import Confidence
from chatdong.engines.eligibility.terms import names
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.catalog.cases import differences

SUMMER = {year: date(year, 7, 1) for year in (2025, 2026, 2027)}
LATEST = date(2026, 12, 31)
FOUND = catalog()
BENEFITS = sorted(FOUND.book.benefits)


def at_home(*people, **facts):
    """A household that told everything: what is not given is 0, no or the first option."""
    of = {"person": {}, "household": {}}
    for fact in FOUND.book.facts.values():
        of[fact.subject.value][fact.id] = 0
    return Household(of["household"] | facts, tuple(of["person"] | {"age_months": 12 * one.pop("age")} | one for one in people))


def verdict(benefit, household, day=SUMMER[2026]):
    return assess(FOUND.book.on(day), household).verdicts[benefit]


def test_there_are_at_least_eighty_benefits_of_every_owner():
    assert len(BENEFITS) >= 80
    assert {page.owner for page in FOUND.pages.values()} == {"국가", "서울시", "자치구", "민간"}


@pytest.mark.parametrize("benefit", BENEFITS)
def test_every_worked_case_comes_out(benefit):
    found = [f"{case.name}: {said}" for case, said in differences(FOUND.book, FOUND.cases[benefit])]
    assert not found


@pytest.mark.parametrize("benefit", BENEFITS)
def test_every_benefit_is_proved_by_a_yes_a_no_and_a_cannot_say(benefit):
    expected = {case.expect for case in FOUND.cases[benefit]}
    if benefit in FOUND.book.on(LATEST).unsure and FOUND.book.benefits[benefit].is_offered(LATEST):
        assert Status.CHECK in expected
        return
    assert Status.ELIGIBLE in expected
    assert Status.UNKNOWN in expected or Status.CHECK in expected or is_for_everyone(benefit)
    assert Status.NOT_ELIGIBLE in expected or is_for_everyone(benefit)


def is_for_everyone(benefit):
    """Whether no household could be refused: nothing of it is asked."""
    nobody = Household({}, ({},))
    return verdict(benefit, nobody).status == Status.ELIGIBLE


def test_every_situation_is_answered_by_a_benefit():
    answered = {one for page in FOUND.pages.values() for one in page.situations}
    assert set(FOUND.situations) - answered == set()


# Published thresholds: 보건복지부 고시, 생계급여 선정기준 (기준 중위소득의 32 %, rounded half up to the won).
LIVING = {
    2025: (765_444, 1_258_451, 1_608_113, 1_951_287),
    2026: (820_556, 1_343_773, 1_714_892, 2_078_316),
    2027: (875_533, 1_433_806, 1_829_789, 2_217_563),
}


@pytest.mark.parametrize(
    ("year", "size", "threshold"), [(y, n, won) for y, row in LIVING.items() for n, won in enumerate(row, 1)]
)
def test_the_living_benefit_meets_the_published_threshold_to_the_won(year, size, threshold):
    def with_income(won):
        return at_home({"age": 40, "pension": won}, *({"age": 40} for _ in range(size - 1)))

    assert verdict("living_benefit", with_income(0), SUMMER[year]).amount == (threshold, threshold)
    assert verdict("living_benefit", with_income(threshold), SUMMER[year]).status == Status.ELIGIBLE
    assert verdict("living_benefit", with_income(threshold + 1), SUMMER[year]).status == Status.NOT_ELIGIBLE


# 한부모가족 65 %, 2026, two to six persons.
@pytest.mark.parametrize(
    ("size", "threshold"), [(2, 2_729_540), (3, 3_483_373), (4, 4_221_580), (5, 4_911_867), (6, 5_561_369)]
)  # fmt: skip
def test_the_one_parent_support_meets_the_published_threshold_to_the_won(size, threshold):
    def with_income(won):
        return at_home({"age": 40, "pension": won}, *({"age": 10} for _ in range(size - 1)), single_parent=1)

    assert verdict("single_parent_support", with_income(threshold)).status == Status.ELIGIBLE
    assert verdict("single_parent_support", with_income(threshold + 1)).status == Status.NOT_ELIGIBLE


@pytest.mark.parametrize(("people", "limit", "most"), [(1, 2_470_000, 349_700), (2, 3_952_000, 559_520)])
def test_the_basic_pension_of_2026(people, limit, most):
    def with_income(won):
        one = {"age": 70, "spouse": int(people > 1)}
        return at_home({**one, "pension": won}, *({**one} for _ in range(people - 1)))

    assert verdict("basic_pension", with_income(0)).amount == (most, most)
    assert verdict("basic_pension", with_income(limit)).status == Status.ELIGIBLE
    assert verdict("basic_pension", with_income(limit + 1)).status == Status.NOT_ELIGIBLE


def test_the_basic_pension_counts_wages_and_property_as_the_notice_says():
    # (2,160,000 - 1,160,000) x 70 % + ((365,000,000 - 135,000,000) + (50,000,000 - 20,000,000) - 20,000,000) x 4 % / 12
    told = at_home({"age": 70, "earned": 2_160_000}, home_value=365_000_000, financial=50_000_000, debt=20_000_000)
    assert measured("recognized_income_pension", told) == 700_000 + 800_000


def test_the_basic_pension_leaves_out_grown_children_but_not_a_younger_spouse():
    parents = at_home({"age": 70}, {"age": 40, "spouse": 1, "earned": 9_000_000}, {"age": 39, "spouse": 1})
    assert measured("recognized_income_pension", parents) == 0
    couple = at_home({"age": 70, "spouse": 1}, {"age": 60, "spouse": 1, "business": 900_000})
    assert measured("recognized_income_pension", couple) == 900_000
    assert measured("pension_limit", couple) == 3_952_000


def measured(measure, household, day=SUMMER[2026]):
    return assess(FOUND.book.on(day), household).values[measure]


def test_recognized_income_of_the_basic_livelihood_step_by_step():
    # Deposit 95 %; 99,000,000 basic property and the debt come off homes first, then other property, then savings.
    told = at_home(
        {"age": 40, "earned": 1_000_000}, {"age": 70, "pension": 300_000},
        deposit=200_000_000, other_property=20_000_000, financial=15_000_000, debt=11_000_000, tenure=1,
    )  # fmt: skip
    steps = {
        "income_evaluated": 700_000 + 300_000, "residential": 190_000_000, "residential_counted": 172_000_000,
        "general": 38_000_000, "deducted": 110_000_000, "residential_net": 62_000_000, "general_net": 38_000_000,
        "financial_net": 10_000_000, "property_converted": 644_800 + 1_584_600 + 626_000,
    }  # fmt: skip
    values = assess(FOUND.book.on(SUMMER[2026]), told).values
    assert {key: values[key] for key in steps} == steps
    assert values["recognized_income"] == 1_000_000 + 2_855_400


def test_young_earners_of_2026_keep_more_than_those_of_2025():
    for age, year, counted in ((34, 2026, 280_000), (35, 2026, 700_000), (29, 2025, 420_000), (30, 2025, 700_000)):
        assert measured("income_evaluated", at_home({"age": age, "earned": 1_000_000}), SUMMER[year]) == counted, (age, year)


LIMITS = (2_512_900, 2_331_200, 1_528_200, 1_409_700, 1_208_900, 676_320)


def test_long_term_care_limits_of_2026():
    parameters = FOUND.book.parameters.values()
    known = {one.on(SUMMER[2026]).value for one in parameters if one.id.startswith("ltc_insurance.") and one.on(SUMMER[2026])}
    assert set(LIMITS) <= known


@pytest.mark.parametrize(("size", "won"), [(1, 295_200), (2, 407_500), (3, 532_700), (4, 701_300), (6, 701_300)])
def test_the_energy_voucher_of_2026(size, won):
    told = at_home(*({"age": 70} for _ in range(size)), receives_living=1)
    assert verdict("energy_voucher", told).amount == (won, won)


def test_median_income_stands_for_three_years_side_by_side():
    median = FOUND.book.parameters["median_income"]
    assert [one.since.year for one in median.figures] == [2025, 2026, 2027]
    for one in median.figures:
        assert one.extra == one.value[6] - one.value[5]
        assert one.confidence == Confidence.HIGH
    now, coming = median.figures[1].value, median.figures[2].value
    assert coming == tuple((won * 1067 + 500) // 1000 for won in now)
    assert median.on(date(2024, 12, 31)) is None
    assert median.on(date(2028, 1, 1)) is None


def test_the_year_turns_on_the_first_of_january():
    poor = at_home({"age": 40, "pension": 850_000})
    assert verdict("living_benefit", poor, date(2026, 12, 31)).status == Status.NOT_ELIGIBLE
    assert verdict("living_benefit", poor, date(2027, 1, 1)).status == Status.ELIGIBLE
    assert verdict("living_benefit", poor, date(2028, 1, 1)).status == Status.CHECK


def test_last_years_figure_never_stands_in_for_this_years():
    ended = [
        (one.id, figure)
        for one in FOUND.book.parameters.values()
        for figure in one.figures
        if figure.until and one.on(figure.until + timedelta(days=1)) == figure
    ]
    assert not ended


def test_every_figure_has_a_source_and_somewhere_to_find_it():
    for key, one in FOUND.book.parameters.items():
        assert all(figure.cite for figure in one.figures), key
        assert FOUND.places[key].line > 0


def test_the_catalog_is_read_once():
    assert catalog() is FOUND


def test_nothing_is_asked_worked_out_or_dated_in_vain():
    book = FOUND.book
    rules = book.on(SUMMER[2026])
    terms = [one.term for benefit in book.benefits.values() for one in benefit.criteria]
    terms += [benefit.amount.term for benefit in book.benefits.values() if benefit.amount]
    named: set[str] = set()
    waiting = [name for term in terms for name in names(term)]
    while waiting:
        name = waiting.pop()
        if name not in named:
            named.add(name)
            waiting += names(book.measures[name].term) if name in book.measures else []
    in_conditions = {name for fact in book.facts.values() if fact.asked_when for name in names(fact.asked_when)}
    assert set(book.facts) - named - in_conditions == set()
    assert set(book.measures) - named == set()
    assert set(book.parameters) - rules.book_parameters(terms) == set()


def test_everything_a_reader_sees_is_there_in_english_too():
    book = FOUND.book
    assert [key for key, one in (*book.facts.items(), *book.measures.items()) if not one.label_en] == []
    assert [key for key, one in FOUND.pages.items() if not (one.name_en and one.summary_en and one.amount_text_en)] == []
    assert [one.id for fact in book.facts.values() for one in fact.options if not one.label_en] == []
