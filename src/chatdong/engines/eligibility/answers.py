"""Before and after the columns of a population: whether the rules may trust the tables, and the answers one under another."""

from collections.abc import Iterator, Mapping
from typing import Protocol

import ibis
from ibis.expr.types import Table

from chatdong.engines.eligibility.book import Subject
from chatdong.engines.eligibility.codes import failed_in, status_in
from chatdong.engines.eligibility.columns import Columns
from chatdong.engines.eligibility.facts import bounds
from chatdong.engines.eligibility.layers import HOUSEHOLD


class Held(Protocol):
    """What a column holds: its least and most, and in how many rows it is open."""

    least: int | None
    most: int | None
    nulls: int


def misfits(columns: Columns, subject: Subject, held: Mapping[str, Held]) -> Iterator[str]:
    """What is wrong with a table: a column that is missing, open where it must not be, or beyond what its fact may be.

    Whoever runs the rules looks here first: they compute within these bounds, and a value outside may get a wrong answer.
    """
    if HOUSEHOLD not in held or held[HOUSEHOLD].nulls:
        yield f"{HOUSEHOLD}: every row needs it"
    for fact in columns.facts_of(subject):
        least, most = bounds(fact)
        for name in columns.told.columns(fact.id):
            one = held.get(name)
            if one is None:
                yield f"{name}: there is no such column"
                continue
            if one.nulls and not columns.told.may_be_open(fact.id):
                yield f"{name}: open in {one.nulls:,} rows; name it among the nullable facts"
            if one.least is not None and one.most is not None and not least <= int(one.least) <= int(one.most) <= most:
                yield f"{name}: {one.least} to {one.most}, and it may be {least} to {most}"


def long_form(columns: Columns, benefits: tuple[str, ...] = ()) -> Table:
    """hid, benefit, status, amount_lo, amount_hi, failed, rulebook, as_of: a row for each household and benefit (default: all).

    Over the unbound table `answers`, which holds what `columns.expression` gives.
    """
    wide = ibis.table(columns.expression.schema(), name="answers")
    parts = []
    for key in benefits or tuple(columns.answers):
        answer = columns.answers[key]
        status = status_in(wide[answer.column]).cast("int8")
        # where it is ruled out there is no money, not none of it
        ends = [ibis.ifelse(status == 0, None, wide[name].cast("int64")) for name in answer.amount] or [ibis.null("int64")]
        parts.append(
            wide.select(
                HOUSEHOLD,
                benefit=ibis.literal(key),
                status=status,
                amount_lo=ends[0].cast("int64"),
                amount_hi=ends[-1].cast("int64"),
                failed=failed_in(wide[answer.column]).cast("uint64"),
                **{name: ibis.literal(value) for name, value in columns.about.items()},
            )
        )
    return ibis.union(*parts) if len(parts) > 1 else parts[0]
