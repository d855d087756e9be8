"""Every write is an action: checked, recorded, whole or not at all; guarded tables are written nowhere else."""

import pytest
from django.apps import apps
from django.db import transaction
from tests.world import BY

from chatdong.ground.accounts.models import Draft
from chatdong.ground.households.models import Circumstance, Household, KnownName
from chatdong.ground.places.models import ExtraDay
from chatdong.kernel.errors import Forbidden, HouseRuleBroken
from chatdong.policy.action import action, doing
from chatdong.policy.check import at_dong, ensure
from chatdong.policy.models import BrokenGlass, Entry, Guarded
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record


def new_day(n: int = 1) -> ExtraDay:
    return ExtraDay(day=f"2031-01-{n:02d}", name="시험", source="시험")


@action
def write_unasked(*, by, at):
    new_day().save()
    record("test.write", by=by, at=at)


@action
def write_unrecorded(*, by, at):
    ensure(by, Permission.SETTING_WRITE)
    new_day().save()


@action
def write_properly(*, by, at, fail=False, n=1):
    ensure(by, Permission.SETTING_WRITE)
    new_day(n).save()
    record("test.write", by=by, at=at, count=n)
    if fail:
        raise RuntimeError("in the middle")


@action
def write_through_another(*, by, at, n=1, fail=False):
    write_properly(by=by, at=at, n=n)
    ensure(by, Permission.SETTING_WRITE)
    record("test.outer", by=by, at=at)
    if fail:
        raise RuntimeError("after the inner one")


@action
def write_only_through_another(*, by, at):
    write_properly(by=by, at=at)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [(write_unasked, "without asking"), (write_unrecorded, "without a record"), (write_only_through_another, "without")],
)
def test_a_write_that_was_not_checked_or_not_recorded_is_taken_back(db, now_, wrong, words):
    before = Entry.objects.count()
    with pytest.raises(HouseRuleBroken, match=words):
        wrong(by=BY, at=now_)
    assert not ExtraDay.objects.exists() and Entry.objects.count() == before and doing() is None


@pytest.fixture
def now_():
    from tests.world import NOW

    return NOW


def test_a_failure_in_the_middle_leaves_nothing_not_even_in_the_log(db, now_):
    for broken in (lambda: write_properly(by=BY, at=now_, fail=True), lambda: write_through_another(by=BY, at=now_, fail=True)):
        with pytest.raises(RuntimeError):
            broken()
        assert not ExtraDay.objects.exists() and not Entry.objects.exists() and doing() is None


def test_a_refused_action_leaves_nothing(world, who):
    before = Entry.objects.count()
    with pytest.raises(Forbidden):
        write_properly(by=who("planner"), at=world.now)
    assert not ExtraDay.objects.exists() and Entry.objects.count() == before


def test_nested_actions_are_one_transaction_and_both_are_in_the_log_in_order(db, now_):
    write_through_another(by=BY, at=now_)
    assert list(Entry.objects.order_by("id").values_list("event", flat=True)) == ["test.write", "test.outer"]


def test_an_inner_failure_that_is_caught_takes_back_the_inner_one_alone(db, now_):
    @action
    def outer(*, by, at):
        ensure(by, Permission.SETTING_WRITE)
        with pytest.raises(RuntimeError):
            write_properly(by=by, at=at, n=2, fail=True)
        write_properly(by=by, at=at, n=3)
        record("test.outer", by=by, at=at)

    outer(by=BY, at=now_)
    assert [day.day.day for day in ExtraDay.objects.all()] == [3]
    assert list(Entry.objects.order_by("id").values_list("event", "count")) == [("test.write", 3), ("test.outer", None)]


def test_actions_take_names_only(db, now_):
    with pytest.raises(HouseRuleBroken, match="names only"):
        write_properly(BY, now_)


def test_a_record_outside_an_action_is_refused(db, now_):
    with pytest.raises(HouseRuleBroken, match="outside an action"):
        record("test.write", by=BY, at=now_)


@pytest.mark.parametrize(
    "write",
    [
        lambda row: row.save(),
        lambda row: row.delete(),
        lambda row: type(row).objects.filter(pk=row.pk).update(phone="1"),
        lambda row: type(row).objects.filter(pk=row.pk).delete(),
        lambda row: type(row).objects.all().delete(),
        lambda row: type(row).objects.bulk_update([row], ["phone"]),
        lambda row: type(row).at(row.pk),
        lambda row: Circumstance.objects.bulk_create([Circumstance(household=row, kind="crisis", since="2026-01-01")]),
        lambda row: Circumstance.objects.create(household=row, kind="crisis", since="2026-01-01"),
        lambda row: row.residents.update(name="x"),
        lambda row: row.residents.all().delete(),
        lambda row: KnownName.objects.get_or_create(gu_id=row.dong.gu_id, name="새이름"),
        lambda row: Draft.objects.update_or_create(account_id=1, key="x", defaults={"body": {}, "saved_at": row.created_at}),
        lambda row: row.circumstances.create(kind="crisis", since="2026-01-01"),
        lambda row: BrokenGlass(account=1, household=row.pk, reason="x", at=row.created_at, until=row.created_at).save(),
    ],
)
def test_a_write_outside_an_action_raises(world, write):
    row = world.households["kim"]
    before = (Household.objects.count(), KnownName.objects.count(), Circumstance.objects.count())
    with pytest.raises(HouseRuleBroken, match="outside an action"), transaction.atomic():
        write(row)
    assert before == (Household.objects.count(), KnownName.objects.count(), Circumstance.objects.count())
    kept = Household.objects.get(pk=row.pk)
    assert kept.phone == row.phone and kept.residents.get().name == "김영숙"


def test_every_table_of_ours_is_guarded_or_is_the_log_itself():
    free = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("chatdong.") and not issubclass(model, Guarded)
    }
    assert free == {"policy.Entry", "policy.ChainHead"}


def test_append_only_tables_are_never_changed(world):
    append_only = [model for model in apps.get_models() if issubclass(model, Guarded) and model.append_only]
    assert append_only

    for model in append_only:
        for change in (lambda m: m.objects.all().delete(), lambda m: m.objects.update(pk=0)):

            @action
            def attempt(*, by, at, change=change, model=model):
                ensure(by, Permission.HOUSEHOLD_EDIT, at_dong(world.dongs["own"].pk))
                record("test.write", by=by, at=at)
                change(model)

            with pytest.raises(HouseRuleBroken, match="append-only"):
                attempt(by=BY, at=world.now)
