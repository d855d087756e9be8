"""The column of search tokens: text[] with a GIN index on PostgreSQL, words for FTS5 on SQLite."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class TokensField(models.Field):  # type: ignore[type-arg]
    """A list of search tokens (words of letters and digits only)."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "text[]" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value: list[str] | None, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        tokens = list(value or ())
        return tokens if connection.vendor == "postgresql" else " ".join(tokens)

    def from_db_value(self, value: Any, _expression: Any, _connection: BaseDatabaseWrapper) -> list[str]:
        if isinstance(value, str):
            return value.split()
        return list(value or ())
