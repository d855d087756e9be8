"""The nightly proof finds every way to be dropped; it is empty otherwise. And what is past its deadline is named."""

import pytest
from tests.domain.visit_steps import HIGH, LOW, MEDIUM, contact, grade, moment, search, watch
from tests.world import BY, account

from chatdong.ground.accounts.actions import end_posting
from chatdong.ground.accounts.models import Posted
from chatdong.kernel.errors import NotFound
from chatdong.policy.action import action
from chatdong.policy.check import ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.visits import queries
from chatdong.safetynet.visits.models import Watch


@action
def spoil(*, by, rows, fields) -> None:
    """Break what actions never break, to see that the proof tells."""
    ensure(by, Permission.DEMO_BUILD)
    rows.update(**fields)
    record("test.spoil", by=by, at=moment(16, 9))


def sentences(**rest):
    return [gap.sentence for gap in queries.gaps(at=moment(17, 9), **rest)]


def test_nothing_is_found_where_nobody_is_dropped(world, who, now):
    for name, reasons in (("kim", HIGH), ("family", MEDIUM), ("hidden", LOW)):
        grade(who("planner"), world.households[name], reasons, now)
    contact(who("planner"), world.households["kim"], moment(16, 10), outcome="absent")
    assert sentences() == []


def test_a_worker_who_left_is_found(world, who, now):
    grade(who("planner"), world.households["kim"], HIGH, now)
    posted = Posted.objects.get(account=account(world, "planner"))
    end_posting(by=BY, posting_id=posted.pk, on=world.today, at=now)
    assert sentences() == ["담당자가 이 동에서 일하지 않습니다."]
    assert sentences(gu_id=world.gus["서대문구"].pk) and not sentences(gu_id=world.gus["마포구"].pk)


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"state": "moved_out"}, "살지 않는 가구"), ({"state": "ended"}, "살지 않는 가구")],
)
def test_a_watch_on_an_empty_home_is_found(world, who, now, fields, words):
    home = world.households["kim"]
    grade(who("planner"), home, HIGH, now)
    spoil(by=BY, rows=type(home).objects.filter(pk=home.pk), fields=fields)
    assert [words in one for one in sentences()] == [True]


def test_a_watch_in_another_dong_than_its_household_is_found(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, HIGH, now)
    spoil(by=BY, rows=type(home).objects.filter(pk=home.pk), fields={"dong_id": world.dongs["other_dong"].pk})
    assert sentences() == ["가구가 사는 동과 맡은 동이 다릅니다."]


def test_high_risk_under_no_watch_is_found(world, who, now):
    grade(who("planner"), world.households["kim"], HIGH, now)
    spoil(by=BY, rows=Watch.objects.all(), fields={
        "state": "closed", "closure": "improved", "closed_at": moment(15, 9), "next_step": "", "next_at": None,
    })  # fmt: skip
    assert [gap.kind for gap in queries.gaps(at=moment(17, 9))] == ["household"]


def test_what_is_late_is_named_for_the_ladder(world, who, now):
    home = world.households["kim"]
    grade(who("planner"), home, MEDIUM, now)
    contact(who("planner"), home, moment(16, 10), outcome="absent")
    assert list(queries.late_things(at=moment(16, 11))) == []
    found = {one.about: one for one in queries.late_things(at=moment(20, 9))}
    assert set(found) == {"watch", "unreached"}
    assert found["unreached"].id == search(home).pk and found["watch"].worker_id == watch(home).worker_id


def test_the_board_counts_for_the_dong_and_each_worker(world, who, now):
    grade(who("planner"), world.households["kim"], HIGH, now)
    grade(who("planner"), world.households["family"], MEDIUM, now, worker_id=account(world, "nurse").pk)
    contact(who("planner"), world.households["kim"], moment(16, 10), outcome="absent")
    cells = queries.board_cells(by=who("team_lead"), at=moment(20, 9), dong_id=world.dongs["own"].pk)
    assert (cells.high, cells.medium, cells.low, cells.overdue, cells.unreached) == (1, 1, 0, 1, 1)
    assert {cell.worker_id: (cell.watches, cell.overdue) for cell in cells.workers} == {
        account(world, "planner").pk: (1, 1), account(world, "nurse").pk: (1, 0),
    }  # fmt: skip
    for by in (who("planner"), who("team_lead", "other_dong")):
        with pytest.raises(NotFound):
            queries.board_cells(by=by, at=now, dong_id=world.dongs["own"].pk)
