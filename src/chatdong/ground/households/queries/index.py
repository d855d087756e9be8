"""Asking the token index: FTS5 on SQLite, GIN on PostgreSQL, the same households from both."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connections

from chatdong.ground.households.models import Household


@dataclass(frozen=True)
class Asked:
    """Households that carry all of some tokens, and of each group at least one. No tokens at all asks for nothing."""

    all_of: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.all_of and not self.groups

    def holds(self, tokens: Iterable[str]) -> bool:
        """The same question to one row's tokens."""
        carried = set(tokens)
        return not self.is_empty and carried.issuperset(self.all_of) and all(carried & set(group) for group in self.groups)


def asked(all_of: Iterable[str] = (), *groups: Iterable[str]) -> Asked:
    """A question; a group of one token is simply one more that must be carried."""
    must, rest = list(all_of), []
    for group in map(tuple, groups):
        if len(group) == 1:
            must += group
        elif group:
            rest.append(group)
    return Asked(tuple(dict.fromkeys(must)), tuple(rest))


def found_ids(question: Asked, after: int, most: int) -> list[int]:
    """The ids of at most `most` households beyond the id `after`, in ascending order."""
    if question.is_empty or most < 1:
        return []
    connection = connections[Household.objects.db]
    sql, params = (_postgresql if connection.vendor == "postgresql" else _sqlite)(question, after, most)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]


def _sqlite(question: Asked, after: int, most: int) -> tuple[str, list[Any]]:
    # Tokens hold letters and digits only (engines.linkage.tokens), so that quoting them is enough.
    parts = [_quoted(token) for token in question.all_of]
    parts += ["(" + " OR ".join(map(_quoted, group)) + ")" for group in question.groups]
    sql = "SELECT rowid FROM households_search WHERE households_search MATCH %s AND rowid > %s ORDER BY rowid LIMIT %s"
    return sql, [" AND ".join(parts), after, most]


def _quoted(token: str) -> str:
    return '"' + token.replace('"', "") + '"'


def _postgresql(question: Asked, after: int, most: int) -> tuple[str, list[Any]]:
    # `id + 0`: a walk along the primary key in search of rare tokens would be slow, and the planner cannot know it.
    wheres, params = [], []
    if question.all_of:
        wheres.append("tokens @> %s::text[]")
        params.append(list(question.all_of))
    for group in question.groups:
        wheres.append("tokens && %s::text[]")
        params.append(list(group))
    sql = f"SELECT id FROM households_household WHERE {' AND '.join(wheres)} AND id + 0 > %s ORDER BY id + 0 LIMIT %s"
    return sql, [*params, after, most]
