"""Intervals over columns: the lower and the upper end of a number or a yes/no for every row, as ibis expressions.

A yes/no is an interval too: `lo` where it surely holds, `hi` where it may hold, so no NULL is left once the facts are read. Where
a value is known the two ends are one and the same object and cost nothing twice. `least` and `most` bound what any row may hold:
they fold constants, keep division whole (it is computed on what is not negative) and show before a run that 64 bits are enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeAlias

import ibis
from ibis.expr.types import Value

from chatdong.engines.eligibility import terms as t

Cell: TypeAlias = Any  # an ibis value of every row, or the same whole number or yes/no on all of them
LARGEST = 2**63 - 1
BEYOND = 2**62  # stands outside every value that `span` lets pass


@ibis.udf.scalar.builtin(name="div")
def div(left: int, right: int) -> int:  # type: ignore[empty-body]
    """Whole division of what is not negative: `div` on Spark, a macro over `//` on DuckDB; never through a double."""


@dataclass(frozen=True, slots=True)
class Span:
    """Both ends of a value on every row, and the bounds of all rows."""

    lo: Cell
    hi: Cell
    least: int
    most: int

    @property
    def is_exact(self) -> bool:
        return self.lo is self.hi

    @property
    def constant(self) -> int | None:
        return self.least if self.least == self.most else None


def span(lo: Cell, hi: Cell, least: int, most: int) -> Span:
    """A span; one value where the bounds leave no other. An end that lies BEYOND stays there and is no longer computed."""
    if least == most:
        return whole(least)
    if least <= -BEYOND or most >= BEYOND:
        lo = lo if -BEYOND < least < BEYOND else max(min(least, BEYOND - 1), 1 - BEYOND)
        hi = hi if -BEYOND < most < BEYOND else max(min(most, BEYOND - 1), 1 - BEYOND)
        return Span(lo, hi, max(least, 1 - BEYOND), min(most, BEYOND - 1))
    return Span(lo, hi, least, most)


def whole(value: int) -> Span:
    """The same whole number on every row."""
    return Span(value, value, int(value), int(value))


def truth(lo: Cell, hi: Cell) -> Span:
    """A yes/no by its two ends."""
    lo, hi = (bool(end) if isinstance(end, int) else end for end in (lo, hi))
    if isinstance(lo, bool) and lo is hi:
        return ALWAYS if lo else NEVER
    return Span(lo, hi, 1 if lo is True else 0, 0 if hi is False else 1)


def constant_truth(value: bool) -> Span:
    """The same yes or no on every row."""
    return ALWAYS if value else NEVER


ALWAYS, NEVER = Span(True, True, 1, 1), Span(False, False, 0, 0)


def wide(cell: Cell) -> Cell:
    """A number in 64 bits, before anything is computed with it."""
    return cell if isinstance(cell, int) or cell.type().is_int64() else cell.cast("int64")


def both(operate: Any, *spans: Span) -> tuple[Cell, Cell]:
    """An operation that rises with every operand: low ends give the low end, and one column where all are exact."""
    lo = operate(*(one.lo for one in spans))
    return lo, lo if all(one.is_exact for one in spans) else operate(*(one.hi for one in spans))


def weighted(factors: Sequence[int], parts: Sequence[Span], plus: int) -> Span:
    """So many times each part, and a constant."""
    pairs = list(zip(factors, parts, strict=True))
    bounds = [sorted((k * part.least, k * part.most)) for k, part in pairs]
    least, most = (plus + sum(ends) for ends in zip(*bounds, strict=True))
    if all(part.is_exact for part in parts):
        exact = _summed([(k, part.lo) for k, part in pairs], plus)
        return span(exact, exact, least, most)
    # an end that lies beyond is not even written: its numbers would not fit
    lo = _summed([(k, part.lo if k > 0 else part.hi) for k, part in pairs], plus) if abs(least) < BEYOND else 0
    hi = _summed([(k, part.hi if k > 0 else part.lo) for k, part in pairs], plus) if abs(most) < BEYOND else 0
    return span(lo, hi, least, most)


def _summed(items: Sequence[tuple[int, Cell]], plus: int) -> Cell:
    plus += sum(k * cell for k, cell in items if isinstance(cell, int))
    total: Value | None = None
    # what is added first keeps a difference from starting with a sign
    for k, cell in sorted(((k, cell) for k, cell in items if not isinstance(cell, int)), key=lambda one: one[0] < 0):
        step = wide(cell) if abs(k) == 1 else wide(cell) * abs(k)
        total = (step if k > 0 else -step) if total is None else total + step if k > 0 else total - step
    if total is None:
        return plus
    return total + plus if plus > 0 else total - -plus if plus else total


def times(left: Span, right: Span) -> Span:
    """left * right."""
    corners = [a * b for a in (left.least, left.most) for b in (right.least, right.most)]
    if left.constant == 1 or right.constant == 1:
        return right if left.constant == 1 else left
    if (left.least >= 0 and right.least >= 0) or (left.is_exact and right.is_exact):
        ends = both(lambda a, b: wide(a) * wide(b), left, right)
    else:
        products = [wide(a) * wide(b) for a in (left.lo, left.hi) for b in (right.lo, right.hi)]
        ends = _least(*products), _greatest(*products)
    return span(*ends, min(corners), max(corners))


def divided(left: Span, right: Span) -> Span:
    """left // right, rounded down. Raises ZeroDivisionError where the divisor may be below one."""
    if right.least <= 0:
        raise ZeroDivisionError("a divisor is above 0, whatever the facts")
    corners = [a // b for a in (left.least, left.most) for b in (right.least, right.most)]
    if left.constant == 0 or right.constant == 1:
        return left
    lo = _floor(left.lo, right.hi, left.least, right)
    if left.is_exact and right.is_exact:
        return span(lo, lo, min(corners), max(corners))
    if right.constant is None and left.least < 0:
        quotients = [_floor(a, b, left.least, right) for a in (left.lo, left.hi) for b in (right.lo, right.hi)]
        return span(_least(*quotients), _greatest(*quotients), min(corners), max(corners))
    return span(lo, _floor(left.hi, right.lo, left.least, right), min(corners), max(corners))


def times_divided(left: Span, right: Span, divisor: Span) -> Span:
    """left * right // divisor of what is not negative, where the product is too large: quotient and rest apart, exactly."""
    by = divisor.least

    def split(a: Cell, b: Cell) -> Cell:
        return div(wide(a), by) * wide(b) + div((wide(a) % by) * wide(b), by)

    if max(left.most // by * right.most, (by - 1) * right.most) >= BEYOND:
        left, right = right, left
    lo = split(left.lo, right.lo)
    hi = lo if left.is_exact and right.is_exact else split(left.hi, right.hi)
    return span(lo, hi, left.least * right.least // by, left.most * right.most // by)


def _floor(left: Cell, right: Cell, least: int, divisor: Span) -> Cell:
    """Rounded down; what may be negative is lifted by a multiple of the divisor first and lowered by it afterwards."""
    if isinstance(left, int) and isinstance(right, int):
        return left // right
    lift = -(least // divisor.least) if least < 0 else 0
    return div(wide(left) + lift * wide(right), right) - lift if lift else div(wide(left), right)


def looked_up(size: Span, values: Sequence[int], extra: int) -> Span:
    """A figure by count: 0 for none, beyond the table `extra` for each further one; over every count it may be."""
    steps = [0, *values]
    if size.constant is not None:
        return whole(_figure(size.constant, steps, extra))
    last, top = len(steps) - 1, max(size.most, len(steps) - 1)
    bounds = min(steps), max(*steps, _figure(top, steps, extra))
    if size.is_exact:
        found = _table(size, size.lo, steps, extra)
        return span(found, found, *bounds)
    if steps == sorted(steps) and extra >= 0:
        return span(_table(size, size.lo, steps, extra), _table(size, size.hi, steps, extra), *bounds)
    # a table that falls somewhere: look at every count that it may be, and at the last one
    inside = [(_and([wide(size.lo) <= place, wide(size.hi) >= place]), value) for place, value in enumerate(steps)]
    inside += [(wide(size.hi) > last, end) for end in _beyond(size, steps, extra)]
    low = [_pick(condition, value, BEYOND) for condition, value in inside]
    high = [_pick(condition, value, -BEYOND) for condition, value in inside]
    return span(_least(*low), _greatest(*high), *bounds)


def _beyond(size: Span, steps: Sequence[int], extra: int) -> tuple[Cell, Cell]:
    """The figures at both ends of that part of a count that lies beyond the table."""
    after = len(steps)
    first = _pick(wide(size.lo) > after, wide(size.lo), after)
    return wide(first) * extra + (steps[-1] - (after - 1) * extra), _table(size, size.hi, steps, extra)


def _figure(size: int, steps: Sequence[int], extra: int) -> int:
    last = len(steps) - 1
    return steps[max(size, 0)] if size <= last else steps[-1] + (size - last) * extra


def _table(bounds: Span, size: Cell, steps: Sequence[int], extra: int) -> Cell:
    if isinstance(size, int):
        return _figure(size, steps, extra)
    last = len(steps) - 1
    arms = [(size == place, value) for place, value in enumerate(steps[:-1]) if place]
    if bounds.least < 1:
        arms.append((size < 1, 0))
    rest = wide(size) * extra + (steps[-1] - last * extra) if extra else steps[-1]
    return ibis.cases(*arms, else_=rest).cast("!int64") if arms else rest


def least(spans: Sequence[Span], *, of_columns: bool = False) -> Span:
    """The smallest of several; `of_columns`: of two that cost nothing to write twice."""
    top = min(one.most for one in spans)
    left = [one for one in spans if one.least < top or one.constant == top]
    kept = left or list(spans[:1])
    return span(*both(_smaller if of_columns else _least, *kept), min(one.least for one in kept), min(one.most for one in kept))


def greatest(spans: Sequence[Span], *, of_columns: bool = False) -> Span:
    """The largest of several; `of_columns`: of two that cost nothing to write twice."""
    floor = max(one.least for one in spans)
    left = [one for one in spans if one.most > floor or one.constant == floor]
    kept = left or list(spans[:1])
    return span(*both(_larger if of_columns else _greatest, *kept), max(one.least for one in kept), max(one.most for one in kept))


def _smaller(*cells: Cell) -> Cell:
    """Of columns: a branch is three times as quick as the database's own function, and writes each of them twice."""
    return reduce(lambda a, b: ibis.ifelse(a < b, a, b), map(wide, _distinct(cells)))


def _larger(*cells: Cell) -> Cell:
    return reduce(lambda a, b: ibis.ifelse(a > b, a, b), map(wide, _distinct(cells)))


def _least(*cells: Cell) -> Cell:
    """Of whole expressions, each written once."""
    one = _distinct(cells)
    return one[0] if len(one) == 1 else ibis.least(*map(wide, one))


def _greatest(*cells: Cell) -> Cell:
    one = _distinct(cells)
    return one[0] if len(one) == 1 else ibis.greatest(*map(wide, one))


def _distinct(cells: Sequence[Cell]) -> list[Cell]:
    found: list[Cell] = []
    for cell in cells:
        if not any(cell is one or (isinstance(cell, int) and isinstance(one, int) and cell == one) for one in found):
            found.append(cell)
    return found


def choose(condition: Span, then: Span, otherwise: Span) -> Span:
    """`then` where the condition surely holds, `otherwise` where it cannot, both together where nobody knows."""
    if condition.constant is not None:
        return then if condition.constant else otherwise
    bounds = min(then.least, otherwise.least), max(then.most, otherwise.most)
    if condition.is_exact:
        lo = _pick(condition.lo, then.lo, otherwise.lo)
        hi = lo if then.is_exact and otherwise.is_exact else _pick(condition.lo, then.hi, otherwise.hi)
        return span(lo, hi, *bounds)
    return span(_lower(condition, then, otherwise), _upper(condition, then, otherwise), *bounds)


def _lower(condition: Span, then: Span, otherwise: Span) -> Cell:
    if then.most <= otherwise.least:
        return _pick(condition.hi, then.lo, otherwise.lo)
    if otherwise.most <= then.least:
        return _pick(condition.lo, then.lo, otherwise.lo)
    return _least(_pick(condition.hi, then.lo, BEYOND), _pick(condition.lo, BEYOND, otherwise.lo))


def _upper(condition: Span, then: Span, otherwise: Span) -> Cell:
    if then.most <= otherwise.least:
        return _pick(condition.lo, then.hi, otherwise.hi)
    if otherwise.most <= then.least:
        return _pick(condition.hi, then.hi, otherwise.hi)
    return _greatest(_pick(condition.hi, then.hi, -BEYOND), _pick(condition.lo, -BEYOND, otherwise.hi))


def _pick(condition: Cell, then: Cell, otherwise: Cell) -> Cell:
    if isinstance(condition, int):
        return then if condition else otherwise
    return ibis.ifelse(condition, then, otherwise)


def compared(relation: t.Relation, left: Span, right: Span) -> Span:
    """Sure where every value inside the ends agrees, possible where some value does."""
    if relation in (">", ">="):
        return compared("<" if relation == ">" else "<=", right, left)
    if relation == "!=":
        return negated(compared("==", left, right))
    if relation == "==":
        return _equal(left, right)
    is_strict = relation == "<"
    if left.most < right.least or (not is_strict and left.most == right.least):
        return ALWAYS
    if left.least > right.most or (is_strict and left.least == right.most):
        return NEVER
    before = (lambda a, b: a < b) if is_strict else (lambda a, b: a <= b)
    lo = before(left.hi, right.lo)
    return truth(lo, lo if left.is_exact and right.is_exact else before(left.lo, right.hi))


def _equal(left: Span, right: Span) -> Span:
    if left.constant is not None and left.constant == right.constant:
        return ALWAYS
    if left.most < right.least or right.most < left.least:
        return NEVER
    if left.is_exact and right.is_exact:
        lo = left.lo == right.lo
        return truth(lo, lo)
    same = [a == b for a in _distinct((left.lo, left.hi)) for b in _distinct((right.lo, right.hi))]
    return truth(_and(same), _and([left.lo <= right.hi, right.lo <= left.hi]))


def negated(one: Span) -> Span:
    """Not."""
    if one.constant is not None:
        return NEVER if one.constant else ALWAYS
    lo = _not(one.hi)
    return truth(lo, lo if one.is_exact else _not(one.lo))


def every(spans: Sequence[Span]) -> Span:
    """All of them; none of them is always."""
    lo = _and([one.lo for one in spans])
    return truth(lo, lo if all(one.is_exact for one in spans) else _and([one.hi for one in spans]))


def some(spans: Sequence[Span]) -> Span:
    """At least one of them; none of them is never."""
    lo = _or([one.lo for one in spans])
    return truth(lo, lo if all(one.is_exact for one in spans) else _or([one.hi for one in spans]))


def _not(cell: Cell) -> Cell:
    return (not cell) if isinstance(cell, int) else ~cell


def _and(cells: Sequence[Cell]) -> Cell:
    fixed, left = _split(cells)
    if not all(fixed) or not left:
        return all(fixed)
    return ibis.and_(*left)


def _or(cells: Sequence[Cell]) -> Cell:
    fixed, left = _split(cells)
    if any(fixed) or not left:
        return any(fixed)
    return ibis.or_(*left)


def _split(cells: Sequence[Cell]) -> tuple[list[int], list[Value]]:
    fixed = [cell for cell in cells if isinstance(cell, int)]
    return fixed, [cell for cell in _distinct(cells) if not isinstance(cell, int)]


def known_or(told: Value, otherwise: Cell) -> Value:
    """What is told, else what is assumed."""
    return ibis.ifelse(told.isnull(), otherwise, told)
