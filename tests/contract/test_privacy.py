"""Every column of every table says whether it is public, personal or sensitive, and only actions write."""

import pytest
from django.apps import apps

from chatdong.kernel.errors import HouseRuleBroken
from chatdong.policy.models import ChainHead, Entry, Guarded, GuardedRows

MODELS = [model for model in apps.get_models() if model.__module__.startswith("chatdong.")]
NO_NUMBER = ("rrn", "jumin", "resident_number", "registration_number", "주민등록번호")


def test_there_are_tables():
    assert len(MODELS) > 25


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_column_is_classified_once(model):
    columns = {field.name for field in model._meta.concrete_fields} - {"password"} | (
        {"password"} & {field.name for field in model._meta.concrete_fields}
    )
    told = [name for text in (model.privacy.public, model.privacy.personal, model.privacy.sensitive) for name in text.split()]
    assert sorted(columns - set(told)) == [], "nobody said how private these are"
    assert sorted(set(told) - columns) == [], "these are no columns"
    assert len(told) == len(set(told))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_tables_are_written_by_actions_only(model):
    if model in (Entry, ChainHead):
        return  # the log itself, which policy.record writes
    assert issubclass(model, Guarded)
    assert isinstance(model.objects.all(), GuardedRows)
    for write in (model().save, model().delete, model.objects.all().delete, lambda: model.objects.bulk_create([model()])):
        with pytest.raises(HouseRuleBroken):
            write()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_resident_registration_number(model):
    named = [
        field.name
        for field in model._meta.concrete_fields
        if any(word in f"{field.name} {field.verbose_name}" for word in NO_NUMBER)
    ]
    assert named == []


def test_indexes_and_constraints_share_one_space_of_names():
    """On PostgreSQL an index, a constraint and a table with one name clash; SQLite would not show it."""
    names = [model._meta.db_table for model in MODELS]
    names += [thing.name for model in MODELS for thing in (*model._meta.indexes, *model._meta.constraints)]
    assert [name for name in set(names) if names.count(name) > 1] == []
    assert [name for name in names if len(name) > 63] == []
