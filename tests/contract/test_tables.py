"""What both databases must agree on about the tables, before any row is written."""

from django.apps import apps
from django.db import models

MODELS = [model for model in apps.get_models() if model.__module__.startswith("chatdong.")]


def names() -> list[str]:
    found = [model._meta.db_table for model in MODELS]
    return found + [thing.name for model in MODELS for thing in (*model._meta.indexes, *model._meta.constraints)]


def test_there_are_tables():
    assert len(MODELS) > 25


def test_indexes_constraints_and_tables_share_one_space_of_names():
    """On PostgreSQL two things of one name clash; SQLite would not show it."""
    assert sorted({name for name in names() if names().count(name) > 1}) == []


def test_names_fit_into_postgresql():
    assert [name for name in names() if len(name) > 63] == []


def test_moments_are_written_by_us_and_never_by_the_database():
    """auto_now reads a clock below the doors; what happened when is always passed in."""
    bad = [
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        for field in model._meta.concrete_fields
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False) or callable_clock(field)
    ]
    assert bad == []


def callable_clock(field: models.Field) -> bool:
    return isinstance(field, models.DateField | models.DateTimeField) and callable(field.default) and field.has_default()


def test_nobody_is_deleted_with_something_else():
    """People and what is known of them are kept or merged: no foreign key of a household or a person cascades."""
    kept = {"households.Household", "households.Resident", "accounts.Account", "places.Dong"}
    own = {"accounts.Draft", "notices.Message", "places.Outline", "places.DongPart", "places.Succession"}  # nothing without it
    bad = [
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is models.CASCADE
        and field.related_model._meta.label in kept
        and model._meta.label not in own
    ]
    assert bad == []
