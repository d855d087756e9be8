"""방문율: numerator over denominator, as of a day, in one unit, within reach."""

from datetime import date, datetime, timedelta

import pytest
from tests.domain.visit_steps import contact, moment
from tests.world import BY

from chatdong.engines.cohorts import MixedUnits
from chatdong.kernel.clock import KST
from chatdong.safetynet.visits import queries
from chatdong.safetynet.visits.actions import TargetRow, load_targets, note_activity
from chatdong.safetynet.visits.states import Cohort

DAY = date(2026, 3, 16)


def load(world, *rows):
    """Targets as (household, cohort, state, due_from, reached_on); each stands in its household's dong."""
    made = []
    for name, cohort, state, due_from, reached_on in rows:
        home = world.households[name]
        person = cohort in ("age_65", "age_70")
        made.append(
            TargetRow(
                household_id=home.pk, dong_id=home.dong_id, cohort=cohort, year=2026, due_from=due_from,
                due_by=due_from + timedelta(days=30), enrolled_at=datetime(2026, 1, 1, tzinfo=KST), state=state,
                resident_id=home.residents.first().pk if person else None,
                reached_at=datetime(reached_on.year, reached_on.month, reached_on.day, 10, tzinfo=KST) if reached_on else None,
            )
        )  # fmt: skip
    load_targets(by=BY, rows=made, at=world.now)


@pytest.fixture
def year(world):
    feb, mar, dec = date(2026, 2, 1), date(2026, 3, 1), date(2026, 12, 1)
    load(
        world,
        ("kim", "age_65", "met", feb, date(2026, 2, 10)), ("family", "age_65", "met", mar, date(2026, 3, 20)),
        ("hidden", "age_65", "waiting", dec, None), ("near", "age_65", "waiting", feb, None),
        ("kim", "age_70", "refused", feb, date(2026, 2, 11)), ("family", "age_70", "died", feb, date(2026, 2, 12)),
        ("family", "newborn", "met", feb, date(2026, 2, 25)), ("far", "newborn", "waiting", feb, None),
    )  # fmt: skip
    return world


def lines(by, on=DAY, **rest):
    return {(row.cohort, row.dong_name): row for row in queries.coverage(by=by, year=2026, on=on, **rest)}


def test_a_dong_sees_its_own_lines_with_their_units(year, who):
    found = lines(who("planner"))
    assert {key[0] for key in found} == {cohort.value for cohort in Cohort}
    aged = found["age_65", "천연동"]
    assert (aged.numerator, aged.denominator, aged.unit, aged.rate_text, aged.as_of) == (1, 2, "명", "50.0%", DAY)
    assert "2명 가운데 1명" in aged.sentence and "2026. 3. 16." in aged.sentence
    assert (found["newborn", "천연동"].unit, found["newborn", "천연동"].rate_text) == ("가정", "100.0%")
    empty = found["poverty_crisis", ""]
    assert (empty.denominator, empty.rate_text, empty.unit) == (0, "-", "가구")


def test_it_is_as_of_a_day(year, who):
    assert lines(who("planner"), date(2026, 2, 9))["age_65", "천연동"].numerator == 0
    assert lines(who("planner"), date(2026, 3, 20))["age_65", "천연동"].rate_text == "100.0%"
    assert lines(who("planner"), date(2026, 12, 31))["age_65", "천연동"].denominator == 3
    assert lines(who("planner"), date(2027, 1, 1))["age_65", "천연동"].numerator == 2


def test_who_refused_stays_in_and_who_died_first_does_not(year, who):
    aged = lines(who("planner"))["age_70", "천연동"]
    assert (aged.numerator, aged.denominator, aged.refused, aged.excluded) == (0, 1, 1, 1)


def test_a_gu_officer_sees_the_sum_and_each_dong_of_the_gu_alone(year, who):
    found = lines(who("gu_officer"))
    assert (found["age_65", "전체"].numerator, found["age_65", "전체"].denominator) == (1, 3)
    assert found["age_65", "홍제1동"].denominator == 1
    assert ("newborn", "아현동") not in found and ("newborn", "천연동") in found
    assert lines(who("gu_officer"), dong_id=year.dongs["own"].pk)["age_65", "천연동"].denominator == 2
    assert lines(who("gu_officer"), dong_id=year.dongs["other_gu"].pk)["newborn", ""].denominator == 0
    assert lines(who("auditor"))["age_65", ""].denominator == 0


def test_units_are_never_added_across(year, who):
    from chatdong.engines import cohorts

    rows = [row for row in queries.coverage(by=who("planner"), year=2026, on=DAY) if row.denominator]
    cells = [cohorts.Coverage(row.numerator, row.denominator, cohorts.Unit(row.unit), row.as_of) for row in rows]
    with pytest.raises(MixedUnits):
        cohorts.coverage(cells)


def test_the_self_check_is_ones_own_and_follows_the_role(world, who, now):
    by = who("planner")
    contact(by, world.households["kim"], moment(16, 10))
    contact(by, world.households["family"], moment(16, 14), outcome="absent")
    contact(by, world.households["hidden"], moment(16, 15), way="phone", outcome="phone")
    contact(who("nurse"), world.households["family"], moment(16, 16))
    note_activity(by=by, kind="neighbor_finding", on=moment(17, 0).date(), at=moment(17, 10))
    note_activity(by=by, kind="case_finding", on=moment(3, 0).date(), at=moment(17, 10))
    found = {line.code: line for line in queries.self_check(by=by, on=moment(16, 0).date())}
    assert {code: (line.done, line.expected, line.per.value) for code, line in found.items()} == {
        "home_visit": (2, 2, "day"), "neighbor_finding": (1, 2, "week"), "case_finding": (1, 2, "month"),
    }  # fmt: skip
    assert found["home_visit"].is_met and found["home_visit"].source.startswith("C-12")
    lead = {line.code: line.expected for line in queries.self_check(by=who("team_lead"), on=moment(16, 0).date())}
    assert lead == {"home_visit": 1, "neighbor_finding": 1, "case_meeting": 1}
    assert all(line.done == 0 for line in queries.self_check(by=who("dong_head"), on=moment(16, 0).date()))


def test_a_companion_made_the_visit_too_and_a_day_off_asks_for_none(world, who):
    contact(who("planner"), world.households["kim"], moment(16, 10), companion_id=who("nurse").account_id)
    assert queries.self_check(by=who("nurse"), on=moment(16, 0).date())[0].done == 1
    assert queries.self_check(by=who("planner"), on=date(2026, 3, 15))[0].expected == 0, "a Sunday"
    assert queries.self_check(by=who("planner"), on=date(2026, 5, 5))[0].expected == 0, "Children's Day"


def test_a_corrected_visit_counts_once(world, who):
    wrong = contact(who("planner"), world.households["kim"], moment(16, 10))
    contact(who("planner"), world.households["kim"], moment(16, 11), corrects_id=wrong.pk)
    assert queries.self_check(by=who("planner"), on=moment(16, 0).date())[0].done == 1
