"""표준 지원표 (C-04): 810 cells computed from the rule book, some against answers worked by hand; and what a gu adds."""

from datetime import date, timedelta
from time import perf_counter

import pytest
from tests.world import actor

from chatdong.engines.eligibility import Status, assess
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.policy.roles import Role
from chatdong.safetynet.benefits.actions import add_addition, end_addition
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.models import Addition
from chatdong.safetynet.benefits.queries import additions_of
from chatdong.safetynet.benefits.standard import AXES, added_by_asking, cell_of, family_of, for_everybody, matrix, standard

DAY = date(2026, 7, 1)


@pytest.fixture(scope="module")
def rules():
    return catalog().book.on(DAY)


@pytest.fixture(scope="module")
def cells(rules):
    return {(cell.situation, *cell.bands): cell for cell in matrix(rules)}


def test_every_situation_with_every_band_is_a_cell_and_the_whole_is_quick(rules, cells):
    assert len(cells) == 810 == 3 * 6 * 5 * 3 * 3
    began = perf_counter()
    assert sum(1 for _ in matrix(rules)) == 810
    assert perf_counter() - began < 3, "a fifth of a second alone, whatever else the machine does"


def test_the_quick_way_answers_as_the_interpreter_does(rules, cells):
    for number, (example, bands) in enumerate(standard().cells()):
        if number % 37:
            continue
        found = cells[(example.id, *(bands[axis].id for axis in AXES))]
        verdicts = assess(rules, family_of(rules, example, bands)).verdicts.values()
        for status, told in ((Status.ELIGIBLE, found.likely), (Status.UNKNOWN, found.open), (Status.CHECK, found.ask)):
            assert {one.benefit for one in verdicts if one.status == status} == set(told)


# Worked by hand for 2026: deposit up to 5,000만 and property up to 1,000만 lie under the basic property of 9,900만 (Seoul), so
# nothing is added to income; 생계 32 %, 의료 40 %, 주거 48 %, 교육 50 % of the median; more than 13,000만 a year rules 생계 out.
HAND = [
    ("older", "to32", "none", "small", "none", "likely", "living_benefit"),
    ("older", "to32", "none", "small", "modest", "likely", "living_benefit"),
    ("older", "to32", "none", "small", "rich", "no", "living_benefit"),
    ("older", "to32", "none", "small", "rich", "likely", "housing_benefit"),  # no supporter is asked for since 2018. 10.
    ("older", "to32", "none", "small", "none", "likely", "medical_benefit"),
    ("older", "to48", "none", "small", "none", "no", "living_benefit"),
    ("older", "to48", "none", "small", "none", "open", "medical_benefit"),  # 40 % lies within the band
    ("older", "to48", "none", "small", "none", "likely", "housing_benefit"),
    ("older", "to50", "none", "small", "none", "no", "housing_benefit"),
    ("older", "over100", "none", "small", "none", "no", "living_benefit"),
    ("older", "to32", "over", "large", "none", "no", "living_benefit"),  # at least 4억 above the basic property
    ("older", "to32", "none", "small", "none", "likely", "basic_pension"),  # 72 years
    ("older", "to32", "none", "small", "none", "no", "child_allowance"),
    ("newborn", "over100", "over", "large", "rich", "likely", "first_encounter"),  # whatever the income
    ("newborn", "over100", "over", "large", "rich", "likely", "child_allowance"),
    ("newborn", "to32", "none", "small", "none", "likely", "parental_benefit"),
    ("newborn", "to32", "none", "small", "none", "no", "basic_pension"),
    ("poverty", "to50", "none", "small", "none", "likely", "education_benefit"),  # an elementary pupil
    ("poverty", "to75", "none", "small", "none", "no", "education_benefit"),
    ("poverty", "to50", "none", "small", "none", "likely", "single_parent_support"),  # up to 65 %
    ("poverty", "to75", "none", "small", "none", "open", "single_parent_support"),
    ("poverty", "to100", "none", "small", "none", "no", "single_parent_support"),
]


@pytest.mark.parametrize("worked", HAND, ids=lambda one: " ".join(one))
def test_a_cell_against_an_answer_worked_by_hand(cells, worked):
    *where, answer, benefit = worked
    cell = cells[tuple(where)]
    found = "likely" if benefit in cell.likely else "open" if benefit in cell.open else "ask" if benefit in cell.ask else "no"
    assert found == answer


def test_cells_are_mostly_decided(cells):
    opened = sum(len(cell.open) for cell in cells.values()) / len(cells)
    assert opened < 8, f"{opened:.1f} benefits are open in a cell on average"


def test_more_income_never_wins_what_is_income_tested(rules, cells):
    tested = {key for key, one in rules.book.benefits.items() if one.income_tested}
    incomes = [band.id for band in standard().axes["income"]]
    for (situation, income, *rest), cell in cells.items():
        place = incomes.index(income)
        if place:
            poorer = cells[(situation, incomes[place - 1], *rest)]
            assert not (set(cell.likely) & tested) - set(poorer.likely) - set(poorer.open) - set(poorer.ask)


def test_asking_further_says_what_it_would_add(rules):
    older = standard().situations[0]
    bands = {axis: standard().axes[axis][0] for axis in AXES}
    added = {one.label: set(one.benefits) for one in added_by_asking(rules, older, bands)}
    assert "dementia_cost" in added["치매 진단"]
    before = cell_of(rules, older, bands)[1].verdicts
    assert all(before[key].status == Status.NOT_ELIGIBLE for names in added.values() for key in names)


def test_what_everybody_may_have_asks_for_nothing(rules):
    everybody = for_everybody(rules)
    assert "suicide_line_109" in everybody
    assert not everybody & {"living_benefit", "basic_pension", "child_allowance"}


def test_a_year_without_a_median_income_makes_no_sheet():
    with pytest.raises(KeyError):
        next(matrix(catalog().book.on(date(2031, 1, 1))))


# --- what a gu adds


def add(world, by, **more):
    usual = {
        "gu_id": world.gus["서대문구"].pk, "situation": "newborn", "title": "첫돌 선물", "text": "돌 지난 아기에게 그림책",
        "source": "서대문구 방침 2026-3", "since": date(2026, 1, 1), "amount": 100_000, "per": "once", "at": world.now,
    }  # fmt: skip
    return add_addition(by=by, **usual | more)


def test_a_gu_adds_of_its_own_with_source_and_days_and_ends_it(world):
    officer = actor(world, Role.GU_OFFICER)
    row = add(world, officer)
    gu_id = world.gus["서대문구"].pk
    assert [(card.title, card.is_over) for card in additions_of(gu_id, world.today, "newborn")] == [("첫돌 선물", False)]
    assert not additions_of(gu_id, world.today, "older")
    assert not additions_of(world.gus["마포구"].pk, world.today)
    end_addition(by=officer, addition_id=row.pk, until=world.today, at=world.now)
    tomorrow = world.today + timedelta(days=1)
    assert [card.is_over for card in additions_of(gu_id, tomorrow)] == [True]
    with pytest.raises(Conflict):
        end_addition(by=officer, addition_id=row.pk, until=world.today + timedelta(days=9), at=world.now + timedelta(days=2))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"situation": "other"}, "situation"), ({"title": "  "}, "title"), ({"source": ""}, "source"),
        ({"until": date(2025, 12, 31)}, "until"), ({"amount": -1}, "amount"), ({"per": ""}, "per"),
        ({"amount": None}, "per"), ({"median_pct_at_most": 0}, "median_pct_at_most"),
    ],
)  # fmt: skip
def test_an_addition_that_cannot_be_is_refused_at_its_field(world, wrong, field):
    with pytest.raises(Invalid) as refused:
        add(world, actor(world, Role.GU_OFFICER), **wrong)
    assert field in refused.value.fields and not Addition.objects.exists()


def test_the_same_addition_is_not_written_twice(world):
    officer = actor(world, Role.GU_OFFICER)
    add(world, officer)
    with pytest.raises(Conflict):
        add(world, officer)


def test_only_the_gus_own_officer_adds(world):
    for role, where in ((Role.PLANNER, "own"), (Role.TEAM_LEAD, "own"), (Role.GU_OFFICER, "other_gu")):
        with pytest.raises(Forbidden):
            add(world, actor(world, role, where))
    row = add(world, actor(world, Role.GU_OFFICER))
    with pytest.raises(Forbidden):
        end_addition(by=actor(world, Role.GU_OFFICER, "other_gu"), addition_id=row.pk, until=world.today, at=world.now)
    with pytest.raises(NotFound):
        end_addition(by=actor(world, Role.GU_OFFICER), addition_id=10**9, until=world.today, at=world.now)
