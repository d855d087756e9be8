"""Writing many rows of one table: COPY on PostgreSQL, batches elsewhere."""

from collections.abc import Sequence
from typing import Any

from django.db import connections, models

from chatdong.kernel.errors import HouseRuleBroken
from chatdong.policy.action import doing

BATCH = 2_000


def insert_rows(model: type[models.Model], rows: Sequence[Any]) -> int:
    """Insert unsaved rows and give each its id; returns how many. Inside an action only.

    Values go in as they stand on the rows; fields of a type that COPY cannot write by itself (JSON) are prepared by the field.
    """
    if doing() is None:
        raise HouseRuleBroken(f"{model.__name__}: a bulk write outside an action")
    if connections[model._default_manager.db].vendor == "postgresql" and len(rows) >= BATCH:
        _copy(model, rows)
    elif rows:
        model._default_manager.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def _copy(model: type[models.Model], rows: Sequence[Any]) -> None:
    """Through COPY; ids are taken from the sequence first, so that what points at the rows can be written too."""
    connection = connections[model._default_manager.db]
    table, fields = model._meta.db_table, model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, len(rows)])
        for row, (pk,) in zip(rows, sorted(cursor.fetchall()), strict=True):
            row.pk = pk
        with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row([_plain(field, getattr(row, field.attname), connection) for field in fields])


def _plain(field: models.Field[Any, Any], value: Any, connection: Any) -> Any:
    return field.get_db_prep_save(value, connection) if isinstance(field, models.JSONField) else value
