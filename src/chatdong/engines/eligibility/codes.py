"""How a benefit's answer stands in the columns of a population: `<id>__answer`, and the won where it pays money.

The two lowest bits of `<id>__answer` are the status (0 not eligible, 1 eligible, 2 unknown, 3 ask the district); above them
bit i says that condition i is not met. Money is `<id>__amount`, or `<id>__lo` and `<id>__hi` where it is a range: 0 where the
benefit is ruled out. A parquet file costs by the value, however small it is, and more where one may be NULL: a column for the
status, one for the conditions and NULL for no money took longer to write than the rules took to run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import ibis
from ibis.expr.types import Value

from chatdong.engines.eligibility import cells as c
from chatdong.engines.eligibility import spans as s
from chatdong.engines.eligibility.facts import Status
from chatdong.engines.eligibility.graph import Node

CODES = {Status.NOT_ELIGIBLE: 0, Status.ELIGIBLE: 1, Status.UNKNOWN: 2, Status.CHECK: 3}
STATUS_OF = {code: status for status, code in CODES.items()}
STATUS = 2  # bits


@dataclass(frozen=True)
class Answer:
    """The columns in which a benefit's answer stands; `amount` holds none, one, or the least and the most."""

    benefit: str
    amount: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        return answer_column(self.benefit)


def answer_column(benefit: str) -> str:
    """The column of a benefit's status and failed conditions."""
    return f"{benefit}__answer"


def status_in(answer: Any) -> Any:
    """The code of the status in an answer: a number, or an ibis column of them."""
    return answer & 2**STATUS - 1


def failed_in(answer: Any) -> Any:
    """The mask of failed conditions in an answer: a number, or an ibis column of them."""
    return answer >> STATUS


def answered(verdict: Node, held: s.Span, criteria: Sequence[s.Span]) -> Value:
    """Status and failed conditions in the smallest whole number that has room.

    Every condition starts as failed, and each yes/no turns over the bits that it speaks for: so each is looked at once.
    """
    turned: dict[int, tuple[c.Cell, int]] = {}
    for cell, bits in (*_status(verdict, held), *((one.hi, 2**STATUS << place) for place, one in enumerate(criteria))):
        turned[id(cell)] = (cell, turned.get(id(cell), (cell, 0))[1] ^ bits)
    number = sum(2**STATUS << place for place in range(len(criteria)))
    for cell, bits in turned.values():
        number ^= bits * bool(cell) if isinstance(cell, int) else 0
    # a signed number with room for the highest bit: Spark has no others
    kind = next(f"int{bits}" for bits in (8, 16, 32, 64) if STATUS + len(criteria) < bits)
    found = reduce(_xor, (c.where(cell, bits, kind) for cell, bits in turned.values() if not isinstance(cell, int)), None)
    packed = ibis.literal(number, kind) if found is None else found ^ number if number else found
    return packed.cast(f"!{kind}")


def _status(verdict: Node, held: s.Span) -> tuple[tuple[c.Cell, int], ...]:
    """What turns the bits of the status over: where it may hold it is unknown, and where it surely holds it is not."""
    if verdict.op == "unsure":
        return ((True, CODES[Status.CHECK]),)
    held = s.truth(held.lo, held.hi)
    if held.is_exact:
        return ((held.lo, CODES[Status.ELIGIBLE]),)
    unknown = CODES[Status.UNKNOWN]
    return (held.hi, unknown), (held.lo, unknown ^ CODES[Status.ELIGIBLE])


def _xor(found: Value | None, bits: Value) -> Value:
    return bits if found is None else found ^ bits


def paid(held: s.Span, amount: s.Span, end: c.Cell) -> Value:
    """Won where the benefit is not ruled out, else nothing. An amount is never negative."""
    kind = c.room(0, amount.most)
    found = c.pick(held.hi, end, 0)
    return ibis.literal(found, kind) if isinstance(found, int) else c.sized(found, kind)
