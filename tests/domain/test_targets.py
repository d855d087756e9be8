"""Visit targets: each resident arrives once, with a worker and a window, and only a meeting reaches them."""

from datetime import date, datetime

import pytest
from tests.domain.visit_steps import contact, moment, residents
from tests.world import BY, account

from chatdong.ground.households.actions import NewResident, note_circumstance, register_household
from chatdong.kernel.clock import KST
from chatdong.kernel.errors import Forbidden, Invalid
from chatdong.policy.models import Entry
from chatdong.safetynet.visits import queries
from chatdong.safetynet.visits.actions import enroll_targets
from chatdong.safetynet.visits.models import Target

YEAR_START = datetime(2026, 1, 1, 9, tzinfo=KST)


def settle(world, name, born, where="own", at=None, tong=1, **rest):
    return register_household(
        by=BY, dong_id=world.dongs[where].pk, at=at or datetime(2025, 6, 1, 9, tzinfo=KST), tong_number=tong,
        residents=[NewResident(name, born, **rest)],
    )  # fmt: skip


def enroll(world, **where):
    where = where or {"gu_id": world.gus["서대문구"].pk}
    return enroll_targets(by=BY, year=2026, on=world.today, at=world.now, **where)


@pytest.fixture
def elders(world):
    """Somebody who turns 65 in February, somebody who turns 70 in December, and somebody who does neither."""
    return (
        settle(world, "이예순", date(1961, 2, 10), sex="f"),
        settle(world, "정일흔", date(1956, 12, 5), sex="m", tong=2),
        settle(world, "오쉰", date(1975, 2, 10), sex="m"),
    )


def test_each_arrives_once_however_often_it_is_done(world, elders):
    first, second, _ = elders
    count = enroll(world)
    rows = {(row.cohort, row.household_id): row for row in Target.objects.all()}
    assert count == len(rows) == 3
    one = rows["age_65", first.pk]
    assert (one.resident_id, one.month, one.due_from, one.due_by, one.unit) == (
        residents(first)[0], 2, date(2026, 2, 1), date(2026, 2, 28), "명",
    )  # fmt: skip
    assert one.worker_id == account(world, "planner").pk
    assert rows["age_70", second.pk].month == 12
    baby = rows["newborn", world.households["family"].pk]
    assert (baby.unit, baby.resident_id) == ("가정", None)
    assert (baby.due_by - date(2026, 2, 20)).days == 56, "eight weeks from the birth (2025 guide)"
    assert enroll(world) == 0 and Target.objects.count() == 3
    line = Entry.objects.filter(event="target.enroll").first()
    assert line.count == 3 and line.details["input"]


def test_poverty_is_one_household_however_many_reasons(world):
    home = settle(world, "김하나", date(1980, 1, 1))
    for kind in ("basic_livelihood", "isolated"):
        note_circumstance(by=BY, household_id=home.pk, kind=kind, since=date(2025, 7, 1), at=world.now)
    note_circumstance(by=BY, household_id=home.pk, kind="disability", since=date(2025, 7, 1), at=world.now)
    enroll(world)
    rows = Target.objects.filter(household=home)
    assert [(row.cohort, row.unit, row.due_by) for row in rows] == [("poverty_crisis", "가구", date(2026, 12, 31))]
    empty = world.households["empty"]
    note_circumstance(by=BY, household_id=empty.pk, kind="isolated", since=world.today, at=world.now)
    assert enroll(world) == 1 and Target.objects.filter(household=empty, cohort="poverty_crisis").exists()


def test_who_came_to_be_known_later_is_not_late_at_once(world):
    home = settle(world, "박예순", date(1961, 1, 20), at=world.now)
    enroll(world)
    row = Target.objects.get(household=home)
    assert row.due_from == world.today and row.due_by == date(2026, 4, 30)


def test_the_list_covers_a_gu_or_a_dong_and_no_more(world):
    settle(world, "이예순", date(1961, 2, 10), "other_dong")
    assert enroll(world, dong_id=world.dongs["own"].pk) == 1, "the newborn of the small world"
    assert enroll(world, gu_id=world.gus["서대문구"].pk) == 1
    assert not Target.objects.filter(dong=world.dongs["other_gu"]).exists()
    with pytest.raises(Invalid):
        enroll_targets(by=BY, year=2026, on=world.today, at=world.now)
    with pytest.raises(Invalid):
        enroll(world, dong_id=999_999)


def test_nobody_posted_may_enroll(world, who):
    with pytest.raises(Forbidden):
        enroll_targets(by=who("team_lead"), year=2026, on=world.today, at=world.now, dong_id=world.dongs["own"].pk)


def test_only_a_meeting_reaches_and_a_refusal_may_still_become_one(world, who, elders):
    home = elders[0]
    enroll(world)

    def state() -> str:
        return Target.objects.get(household=home).state

    contact(who("planner"), home, moment(16, 10), way="phone", outcome="phone")
    assert state() == "waiting"
    contact(who("planner"), home, moment(16, 14), outcome="absent")
    assert state() == "waiting"
    contact(who("planner"), home, moment(17, 10), outcome="refused")
    assert state() == "refused"
    met = contact(who("planner"), home, moment(18, 10), outcome="met", met=tuple(residents(home)))
    row = Target.objects.get(household=home)
    assert (row.state, row.reached_at, row.contact_id) == ("met", moment(18, 10), met.pk)


def test_only_those_met_are_marked_and_the_family_as_a_whole(world, who):
    home = register_household(
        by=BY, dong_id=world.dongs["own"].pk, at=datetime(2025, 6, 1, 9, tzinfo=KST),
        residents=[NewResident("이예순", date(1961, 2, 10)), NewResident("정일흔", date(1956, 2, 5))],
    )  # fmt: skip
    note_circumstance(by=BY, household_id=home.pk, kind="near_poor", since=date(2025, 7, 1), at=world.now)
    enroll(world)
    older = residents(home)[1]
    contact(who("planner"), home, moment(17, 10), met=(older,))
    states = {row.cohort: row.state for row in Target.objects.filter(household=home)}
    assert states == {"age_65": "waiting", "age_70": "met", "poverty_crisis": "met"}


def test_a_visit_before_the_window_opens_is_not_the_visit(world, who, elders):
    home = elders[1]
    enroll(world)
    contact(who("planner"), home, moment(17, 10), met=tuple(residents(home)))
    assert Target.objects.get(household=home).state == "waiting"


def test_a_corrected_meeting_is_taken_back(world, who, elders):
    home = elders[0]
    enroll(world)
    wrong = contact(who("planner"), home, moment(17, 10), met=tuple(residents(home)))
    contact(who("planner"), home, moment(17, 10), outcome="absent", corrects_id=wrong.pk, at=moment(17, 12))
    row = Target.objects.get(household=home)
    assert (row.state, row.reached_at, row.contact_id) == ("waiting", None, None)


def test_who_died_is_marked_and_the_spouse_is_still_waited_for(world, who):
    home = register_household(
        by=BY, dong_id=world.dongs["own"].pk, at=datetime(2025, 6, 1, 9, tzinfo=KST),
        residents=[NewResident("이예순", date(1961, 2, 10)), NewResident("정일흔", date(1956, 2, 5))],
    )  # fmt: skip
    enroll(world)
    contact(who("planner"), home, moment(17, 10), outcome="died", met=(residents(home)[1],))
    assert {row.cohort: row.state for row in Target.objects.filter(household=home)} == {"age_65": "waiting", "age_70": "died"}


def test_the_list_of_those_due(world, who, elders):
    enroll(world)
    page = queries.targets_due(by=who("planner"), at=world.now)
    assert [(row.what, row.overdue) for row in page.rows] == [("65세 도래", True), ("출산가정", False)]
    assert page.rows[0].masked.name == "이*순" and "이예순" not in repr(page.rows)
    assert [row.what for row in queries.targets_due(by=who("planner"), at=world.now, cohort="newborn").rows] == ["출산가정"]
    assert [row.detail for row in queries.targets_due(by=who("planner"), at=world.now, month=2).rows] == ["2월"]
    later = queries.targets_due(by=who("planner"), at=world.now, on=date(2026, 12, 1))
    assert len(later.rows) == 3
    assert queries.targets_due(by=who("nurse"), at=world.now).is_empty
    assert len(queries.targets_due(by=who("nurse"), at=world.now, mine=False).rows) == 2
    assert queries.targets_due(by=who("planner", "other_dong"), at=world.now, mine=False).is_empty
    with pytest.raises(Invalid):
        queries.targets_due(by=who("planner"), at=world.now, cohort="everybody")
