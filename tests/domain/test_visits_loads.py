"""Bulk loads: every kind of row, one line in the log a run, and the database's constraints as always."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.domain.visit_steps import HIGH
from tests.world import BY, account

from chatdong.kernel.errors import Forbidden, HouseRuleBroken
from chatdong.policy.bulk import insert_rows
from chatdong.policy.models import Entry
from chatdong.safetynet.visits import actions, queries
from chatdong.safetynet.visits.models import Contact, Target, Visit, Watch


def rows_for(world, home):
    worker, dong = account(world, "planner").pk, home.dong_id
    at = world.now - timedelta(days=30)
    return {
        "load_watches": actions.WatchRow(home.pk, dong, worker, 1, at, reasons=tuple(HIGH), next_at=world.now),
        "load_contacts": actions.ContactRow(uuid4(), home.pk, dong, worker, at, "visit", "met", met=(1,), seen='말 "따옴"\t\\n'),
        "load_targets": actions.TargetRow(home.pk, dong, "newborn", 2026, date(2026, 1, 1), date(2026, 2, 1), at),
        "load_visits": actions.VisitRow(home.pk, dong, worker, date(2026, 3, 20), at),
        "load_assessments": actions.AssessmentRow(home.pk, 1, at, reasons=tuple(HIGH), by=worker),
        "load_unreached": actions.UnreachedRow(home.pk, dong, worker, at, "visit", 2, next_at=world.now),
        "load_activities": actions.ActivityRow(worker, dong, "case_meeting", date(2026, 3, 2), at),
    }


def test_every_kind_of_row_is_loaded_with_one_line_a_run(world, who, now):
    home = world.households["kim"]
    for name, row in rows_for(world, home).items():
        before = Entry.objects.count()
        assert getattr(actions, name)(by=BY, rows=iter([row]), at=now) == 1
        assert Entry.objects.count() == before + 1
    card = queries.watch_of(home.pk)
    assert card.grade_text == "고위험" and set(card.kinds) == {"income", "housing"}
    assert Target.objects.get().unit == "가정" and Contact.objects.get().met == [1]
    assert queries.gaps(at=now) == []


def test_only_who_builds_a_demo_loads(world, who, now):
    for name, row in rows_for(world, world.households["kim"]).items():
        with pytest.raises(Forbidden):
            getattr(actions, name)(by=who("team_lead"), rows=[row], at=now)


def test_a_closed_watch_says_why_and_the_constraints_hold(world, now):
    home, worker = world.households["kim"], account(world, "planner").pk
    closed = actions.WatchRow(home.pk, home.dong_id, worker, 2, now, closure="improved", closed_at=now)
    actions.load_watches(by=BY, rows=[closed], at=now)
    assert (Watch.objects.get().state, Watch.objects.get().next_step) == ("closed", "")
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.load_watches(by=BY, rows=[actions.WatchRow(home.pk, home.dong_id, worker, 2, now)], at=now)


def test_thousands_of_rows_come_through_as_they_were(world, now):
    """Over the size from which PostgreSQL is written through COPY."""
    home, worker = world.households["kim"], account(world, "planner").pk
    rows = [
        actions.ContactRow(uuid4(), home.pk, home.dong_id, worker, now - timedelta(minutes=number), "visit", "met", met=(number,),
                           seen="줄\n바꿈\t탭 \\ 역빗금 {}", needs=("health", "가"))
        for number in range(2500)
    ]  # fmt: skip
    assert actions.load_contacts(by=BY, rows=rows, at=now) == 2500
    last = Contact.objects.order_by("at").first()
    assert (last.met, last.seen, last.needs, last.key) == ([2499], rows[-1].seen, ["health", "가"], rows[-1].key)
    assert Contact.objects.order_by("-id").first().pk - Contact.objects.order_by("id").first().pk == 2499


def test_a_bulk_write_outside_an_action_is_refused(world):
    with pytest.raises(HouseRuleBroken):
        insert_rows(Visit, [])
