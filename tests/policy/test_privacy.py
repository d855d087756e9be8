"""Every field of every table is classed, and every table with personal data says how long it is kept."""

import pytest
from django.apps import apps
from tests.world import BY

from chatdong.ground.accounts.models import Draft
from chatdong.ground.households import actions
from chatdong.ground.households.models import Household, KnownName, Resident
from chatdong.ground.messages.actions import purge_messages, tell
from chatdong.ground.places.queries import rule
from chatdong.policy.action import action
from chatdong.policy.check import ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.privacy import Fields, Privacy
from chatdong.policy.record import record
from chatdong.policy.retention import KEPT

OURS = [model for model in apps.get_models() if model.__module__.startswith("chatdong.")]


def label(model) -> str:
    return f"{model._meta.app_label}.{model.__name__}"


@pytest.mark.parametrize("model", OURS, ids=label)
def test_every_field_is_classed_once_and_no_class_is_of_a_field_that_is_gone(model):
    fields = {field.name for field in model._meta.get_fields() if field.concrete}
    told = " ".join(getattr(model.privacy, kind.value) for kind in Privacy).split()
    assert sorted(told) == sorted(set(told)), "a field is classed twice"
    assert fields == set(told)


@pytest.mark.parametrize("model", OURS, ids=label)
def test_what_is_surely_personal_is_not_called_public(model):
    public = set(model.privacy.public.split())
    surely = {
        "name",
        "phone",
        "road_address",
        "address_detail",
        "birth_date",
        "lat",
        "lon",
        "subject_name",
        "subject_phone",
        "actor",
    }
    if model._meta.app_label == "places":  # names, phones and points of offices
        return
    if model.__module__ == "chatdong.safetynet.benefits.models.directory":  # centers, their services, and public catalogs
        return
    if label(model) in ("discovery.DiscoveryList", "discovery.ColumnMapping"):  # the name of a file or of a mapping
        surely.remove("name")
    assert not public & surely
    # free text may say anything about anybody
    texts = {f.name for f in model._meta.get_fields() if f.concrete and f.get_internal_type() == "TextField"}
    assert not public & texts


def test_no_table_has_a_resident_number():
    for model in OURS:
        for field in model._meta.get_fields():
            assert not any(word in field.name for word in ("rrn", "ssn", "jumin", "resident_number"))
            assert "주민등록" not in str(getattr(field, "verbose_name", ""))


def test_a_field_nobody_classed_would_be_seen():
    fields = Fields(public="id", personal="name")
    assert fields.of("name") is Privacy.PERSONAL and fields.of("other") is None and fields.names() == {"id", "name"}


def test_every_table_with_personal_data_says_how_long_it_is_kept(db):
    told = [table for row in KEPT for table in row.tables]
    holding = {label(model) for model in OURS if model.privacy.personal or model.privacy.sensitive}
    assert sorted(told) == sorted(set(told)) and set(told) == holding
    from tests.world import NOW

    for row in KEPT:
        period = rule(row.rule, NOW.date()).value
        assert sum(period.values()) > 0 and set(period) <= {"days", "years"}
        assert row.basis and row.how and row.counted_from


def test_each_nightly_end_is_an_action_that_exists():
    from chatdong.ground.accounts import actions as accounts
    from chatdong.ground.messages import actions as messages
    from chatdong.safetynet.discovery import actions as discovery

    for row in KEPT:
        if row.done_by:
            found = [
                getattr(place, row.done_by) for place in (actions, accounts, messages, discovery) if hasattr(place, row.done_by)
            ]
            assert found and all(one.is_action for one in found), row.done_by


def test_drafts_and_messages_are_forgotten_in_time(world, who):
    from datetime import timedelta

    from chatdong.ground.accounts.actions import keep_draft, purge_drafts
    from chatdong.ground.messages.models import Message

    planner = who("planner")
    keep_draft(by=planner, key="old", body={"a": 1}, at=world.now)
    keep_draft(by=planner, key="new", body={"a": 1}, at=world.now + timedelta(days=10))
    _tell(by=BY, at=world.now, to=planner.account_id)
    assert purge_drafts(by=BY, at=world.now + timedelta(days=14)) == 0
    assert purge_drafts(by=BY, at=world.now + timedelta(days=15)) == 1
    assert Draft.objects.get().key == "new"
    assert purge_messages(by=BY, at=world.now + timedelta(days=365)) == 0
    assert purge_messages(by=BY, at=world.now + timedelta(days=366)) == 1 and not Message.objects.exists()


@action
def _tell(*, by, at, to):
    ensure(by, Permission.CLOCK_RUN)
    tell([to], "proof", "알림", at=at, key="x")
    record("test.tell", by=by, at=at)


def test_a_household_that_ended_five_years_ago_is_forgotten_and_no_other(world, who):
    kim, family, gu = world.households["kim"], world.households["family"], world.gus["서대문구"].pk
    for row, state in ((kim, "ended"), (family, "moved_out")):
        actions.set_household_state(by=who("planner"), household_id=row.pk, state=state, at=world.now, why="test")
    give = {"by": who("planner"), "household_id": kim.pk, "kind": "collect", "text_version": "1", "way": "구두"}
    actions.give_consent(**give, at=world.now, witness="확인자")
    nobody = lambda ids: ()  # noqa: E731
    early, late = (world.now.replace(year=2031, month=3, day=day) for day in (16, 17))
    assert actions.forget_households(by=BY, gu_id=gu, at=early, spare=nobody) == 0
    assert actions.forget_households(by=BY, gu_id=gu, at=late, spare=lambda ids: [family.pk]) == 1
    kim.refresh_from_db()
    one = kim.residents.get()
    assert (one.name, one.phone, one.birth_date, one.birth_year, one.sex) == ("", "", None, 1941, "f")
    assert (kim.road_address, kim.phone, kim.tokens, kim.lon, kim.tong) == ("", "", [], None, None)
    assert family.residents.filter(name="박민수").exists(), "something is still open for this one"
    assert not KnownName.objects.filter(name="김영숙").exists() and KnownName.objects.filter(name="박민수").exists()
    assert Resident.objects.filter(name="최말순").exists()
    assert actions.forget_households(by=BY, gu_id=gu, at=late, spare=nobody) == 1
    assert actions.forget_households(by=BY, gu_id=gu, at=late, spare=nobody) == 0
    assert kim.consents.get().witness == "확인자"
    actions.forget_households(by=BY, gu_id=gu, at=world.now.replace(year=2034, day=18), spare=nobody)
    assert kim.consents.get().witness == ""
    assert Household.objects.filter(pk=world.households["far"].pk, road_address__gt="").exists()
