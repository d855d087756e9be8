"""Lists that stay fast under the scope: keyset pages (no OFFSET, no exact counts) and counts that stop."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import BooleanField, F, Func, Model, QuerySet, Value

from chatdong.kernel.errors import Invalid

M = TypeVar("M", bound=Model)
R = TypeVar("R")
PAGE = 50


class RowAfter(Func):
    """(a, b, c) > (x, y, z), or < for lists that run backwards, as a row value on SQLite and PostgreSQL.

    Django's own falls back to an OR on SQLite, which no index serves.
    """

    output_field = BooleanField()
    conditional = True

    def __init__(self, model: type[Model], columns: Sequence[str], values: Sequence[Any], sign: str = ">") -> None:
        self.width = len(columns)
        self.sign = sign
        fields = [model._meta.get_field(name) for name in columns]
        super().__init__(
            *[F(name) for name in columns],
            *[Value(value, output_field=field) for field, value in zip(fields, values, strict=True)],  # type: ignore[arg-type]
        )

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        parts, params = [], []
        for expression in self.source_expressions:
            sql, its = compiler.compile(expression)
            parts.append(sql)
            params += its
        left, right = ", ".join(parts[: self.width]), ", ".join(parts[self.width :])
        return f"({left}) {self.sign} ({right})", params


@dataclass(frozen=True)
class Page(Generic[R]):
    """One page of a list. `after` opens the next one; empty on the last."""

    rows: list[R]
    after: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.rows


def keyset(
    rows: QuerySet[M],
    columns: Sequence[str],
    shape: Callable[[M], R],
    after: str = "",
    size: int = PAGE,
    newest_first: bool = False,
) -> Page[R]:
    """A page of `rows` in the order of `columns` (the last one unique, all NOT NULL), each row shaped for the screen.

    All columns ascend; with `newest_first` all descend.

    Raises:
        Invalid: `after` was not made by this list.
    """
    rows = rows.order_by(*(f"-{name}" for name in columns) if newest_first else columns)
    if after:
        rows = rows.filter(RowAfter(rows.model, columns, _read(after, rows.model, columns), "<" if newest_first else ">"))
    found = list(rows[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page([shape(row) for row in found], _mark(found[-1], columns) if more else "")


def capped(rows: QuerySet[Any], most: int = 999) -> tuple[int, bool]:
    """How many rows, counted up to `most`, and whether there are more ("999+")."""
    count = rows.order_by()[: most + 1].count()
    return min(count, most), count > most


def _mark(row: Model, columns: Sequence[str]) -> str:
    values = [getattr(row, name) for name in columns]
    plain = [value.isoformat() if isinstance(value, date | datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _read(mark: str, model: type[Model], columns: Sequence[str]) -> list[Any]:
    try:
        plain = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
        if not isinstance(plain, list) or len(plain) != len(columns):
            raise ValueError(mark)
        return [model._meta.get_field(name).to_python(value) for name, value in zip(columns, plain, strict=True)]  # type: ignore[union-attr]
    except Exception as error:
        raise Invalid({"after": "목록의 위치를 읽을 수 없습니다. 처음부터 다시 열어 주세요."}) from error
