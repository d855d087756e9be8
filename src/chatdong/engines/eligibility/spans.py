"""Intervals over columns: the lower and the upper end of a number or a yes/no for every row, as ibis expressions.

A yes/no is an interval too: `lo` where it surely holds, `hi` where it may hold, so no NULL is left once the facts are read. Where
a value is known the two ends are one and the same object and cost nothing twice. `least` and `most` bound what any row may hold:
they fold constants, keep division whole (it is computed on what is not negative), show before a run that 64 bits are enough and
choose the smallest whole number that has room: a database passes columns through its cache, and a narrow one stays there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis
from ibis.expr.types import Value

from chatdong.engines.eligibility import cells as c
from chatdong.engines.eligibility import terms as t


@dataclass(frozen=True, slots=True)
class Span:
    """Both ends of a value on every row, and the bounds of all rows."""

    lo: c.Cell
    hi: c.Cell
    least: int
    most: int

    @property
    def is_exact(self) -> bool:
        return self.lo is self.hi

    @property
    def constant(self) -> int | None:
        return self.least if self.least == self.most else None


def span(lo: c.Cell, hi: c.Cell, least: int, most: int) -> Span:
    """A span; one value where the bounds leave no other. An end that lies BEYOND stays there and is no longer computed."""
    if least == most:
        return whole(least)
    if least <= -c.BEYOND or most >= c.BEYOND:
        lo = lo if -c.BEYOND < least < c.BEYOND else max(min(least, c.BEYOND - 1), 1 - c.BEYOND)
        hi = hi if -c.BEYOND < most < c.BEYOND else max(min(most, c.BEYOND - 1), 1 - c.BEYOND)
        return Span(lo, hi, max(least, 1 - c.BEYOND), min(most, c.BEYOND - 1))
    return Span(lo, hi, least, most)


def whole(value: int) -> Span:
    """The same whole number on every row."""
    return Span(value, value, int(value), int(value))


def truth(lo: c.Cell, hi: c.Cell) -> Span:
    """A yes/no by its two ends."""
    lo, hi = (bool(end) if isinstance(end, int) else end for end in (lo, hi))
    if isinstance(lo, bool) and lo is hi:
        return ALWAYS if lo else NEVER
    return Span(lo, hi, 1 if lo is True else 0, 0 if hi is False else 1)


ALWAYS, NEVER = Span(True, True, 1, 1), Span(False, False, 0, 0)


def both(operate: Any, *spans: Span) -> tuple[c.Cell, c.Cell]:
    """An operation that rises with every operand: low ends give the low end, and one column where all are exact."""
    lo = operate(*(one.lo for one in spans))
    return lo, lo if all(one.is_exact for one in spans) else operate(*(one.hi for one in spans))


def weighted(factors: Sequence[int], parts: Sequence[Span], plus: int) -> Span:
    """So many times each part, and a constant."""
    pairs = list(zip(factors, parts, strict=True))
    bounds = [sorted((k * part.least, k * part.most)) for k, part in pairs]
    least, most = (plus + sum(ends) for ends in zip(*bounds, strict=True))
    # no partial sum goes beyond what all of them together may be
    furthest = abs(plus) + sum(max(map(abs, ends)) for ends in bounds)
    kind = c.room(-furthest, furthest)
    if all(part.is_exact for part in parts):
        exact = _summed([(k, part.lo) for k, part in pairs], plus, kind)
        return span(exact, exact, least, most)
    # an end that lies beyond is not even written: its numbers would not fit
    lo = _summed([(k, part.lo if k > 0 else part.hi) for k, part in pairs], plus, kind) if abs(least) < c.BEYOND else 0
    hi = _summed([(k, part.hi if k > 0 else part.lo) for k, part in pairs], plus, kind) if abs(most) < c.BEYOND else 0
    return span(lo, hi, least, most)


def _summed(items: Sequence[tuple[int, c.Cell]], plus: int, kind: str) -> c.Cell:
    plus += sum(k * cell for k, cell in items if isinstance(cell, int))
    total: Value | None = None
    # what is added first keeps a difference from starting with a sign
    for k, cell in sorted(((k, cell) for k, cell in items if not isinstance(cell, int)), key=lambda one: one[0] < 0):
        step = c.sized(cell, kind) if abs(k) == 1 else c.sized(cell, kind) * abs(k)
        total = (step if k > 0 else -step) if total is None else total + step if k > 0 else total - step
    if total is None:
        return plus
    return c.sized(total + plus if plus > 0 else total - -plus if plus else total, kind)


def times(left: Span, right: Span) -> Span:
    """left * right."""
    corners = [a * b for a in (left.least, left.most) for b in (right.least, right.most)]
    if left.constant == 1 or right.constant == 1:
        return right if left.constant == 1 else left
    kind = c.room(min(*corners, left.least, right.least), max(*corners, left.most, right.most))

    def product(a: c.Cell, b: c.Cell) -> c.Cell:
        return c.sized(c.sized(a, kind) * c.sized(b, kind), kind) if isinstance(a, Value) or isinstance(b, Value) else a * b

    if (left.least >= 0 and right.least >= 0) or (left.is_exact and right.is_exact):
        ends = both(product, left, right)
    elif left.least >= 0 or right.least >= 0:
        # what is not negative only stretches the other: towards its own end, and away from 0
        many, other = (left, right) if left.least >= 0 else (right, left)
        ends = (
            c.least_of(*(product(end, other.lo) for end in c.distinct((many.lo, many.hi)))),
            c.greatest_of(*(product(end, other.hi) for end in c.distinct((many.lo, many.hi)))),
        )
    else:
        products = [product(a, b) for a in (left.lo, left.hi) for b in (right.lo, right.hi)]
        ends = c.least_of(*products), c.greatest_of(*products)
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
        return span(c.least_of(*quotients), c.greatest_of(*quotients), min(corners), max(corners))
    return span(lo, _floor(left.hi, right.lo, left.least, right), min(corners), max(corners))


def times_divided(left: Span, right: Span, divisor: Span) -> Span:
    """left * right // divisor of what is not negative, where the product is too large: quotient and rest apart, exactly."""
    by = divisor.least

    def split(a: c.Cell, b: c.Cell) -> c.Cell:
        return c.div(c.wide(a), by) * c.wide(b) + c.div((c.wide(a) % by) * c.wide(b), by)

    if max(left.most // by * right.most, (by - 1) * right.most) >= c.BEYOND:
        left, right = right, left
    lo = split(left.lo, right.lo)
    hi = lo if left.is_exact and right.is_exact else split(left.hi, right.hi)
    return span(lo, hi, left.least * right.least // by, left.most * right.most // by)


def _floor(left: c.Cell, right: c.Cell, least: int, divisor: Span) -> c.Cell:
    """Rounded down; what may be negative is lifted by a multiple of the divisor first and lowered by it afterwards."""
    if isinstance(left, int) and isinstance(right, int):
        return left // right
    lift = -(least // divisor.least) if least < 0 else 0
    return c.div(c.wide(left) + lift * c.wide(right), right) - lift if lift else c.div(c.wide(left), right)


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
    inside = [(c.and_([c.wide(size.lo) <= place, c.wide(size.hi) >= place]), value) for place, value in enumerate(steps)]
    inside += [(c.wide(size.hi) > last, end) for end in _beyond(size, steps, extra)]
    low = [c.pick(condition, value, c.BEYOND) for condition, value in inside]
    high = [c.pick(condition, value, -c.BEYOND) for condition, value in inside]
    return span(c.least_of(*low), c.greatest_of(*high), *bounds)


def _beyond(size: Span, steps: Sequence[int], extra: int) -> tuple[c.Cell, c.Cell]:
    """The figures at both ends of that part of a count that lies beyond the table."""
    after = len(steps)
    first = c.pick(c.wide(size.lo) > after, c.wide(size.lo), after)
    return c.wide(first) * extra + (steps[-1] - (after - 1) * extra), _table(size, size.hi, steps, extra)


def _figure(size: int, steps: Sequence[int], extra: int) -> int:
    last = len(steps) - 1
    return steps[max(size, 0)] if size <= last else steps[-1] + (size - last) * extra


def _table(bounds: Span, size: c.Cell, steps: Sequence[int], extra: int) -> c.Cell:
    if isinstance(size, int):
        return _figure(size, steps, extra)
    last = len(steps) - 1
    arms = [(size == place, value) for place, value in enumerate(steps[:-1]) if place]
    if bounds.least < 1:
        arms.append((size < 1, 0))
    top = _figure(max(bounds.most, last), steps, extra)
    kind = c.room(min(0, *steps, top), max(*steps, top, abs(extra) * max(bounds.most, last)))
    rest = c.sized(size, kind) * extra + (steps[-1] - last * extra) if extra else steps[-1]
    return ibis.cases(*arms, else_=rest).cast(f"!{kind}") if arms else c.sized(rest, kind)


def least(spans: Sequence[Span], *, of_columns: bool = False) -> Span:
    """The smallest of several; `of_columns`: of two that cost nothing to write twice."""
    top = min(one.most for one in spans)
    left = [one for one in spans if one.least < top or one.constant == top]
    kept = left or list(spans[:1])
    return span(
        *both(c.smaller if of_columns else c.least_of, *kept), min(one.least for one in kept), min(one.most for one in kept)
    )


def greatest(spans: Sequence[Span], *, of_columns: bool = False) -> Span:
    """The largest of several; `of_columns`: of two that cost nothing to write twice."""
    floor = max(one.least for one in spans)
    left = [one for one in spans if one.most > floor or one.constant == floor]
    kept = left or list(spans[:1])
    return span(
        *both(c.larger if of_columns else c.greatest_of, *kept), max(one.least for one in kept), max(one.most for one in kept)
    )


def choose(condition: Span, then: Span, otherwise: Span) -> Span:
    """`then` where the condition surely holds, `otherwise` where it cannot, both together where nobody knows."""
    if condition.constant is not None:
        return then if condition.constant else otherwise
    bounds = min(then.least, otherwise.least), max(then.most, otherwise.most)
    if condition.is_exact:
        lo = c.pick(condition.lo, then.lo, otherwise.lo)
        hi = lo if then.is_exact and otherwise.is_exact else c.pick(condition.lo, then.hi, otherwise.hi)
        return span(lo, hi, *bounds)
    return span(_lower(condition, then, otherwise), _upper(condition, then, otherwise), *bounds)


def _lower(condition: Span, then: Span, otherwise: Span) -> c.Cell:
    if then.most <= otherwise.least:
        return c.pick(condition.hi, then.lo, otherwise.lo)
    if otherwise.most <= then.least:
        return c.pick(condition.lo, then.lo, otherwise.lo)
    top = min(max(then.most, otherwise.most), c.BEYOND)
    return c.least_of(c.pick(condition.hi, then.lo, top), c.pick(condition.lo, top, otherwise.lo))


def _upper(condition: Span, then: Span, otherwise: Span) -> c.Cell:
    if then.most <= otherwise.least:
        return c.pick(condition.lo, then.hi, otherwise.hi)
    if otherwise.most <= then.least:
        return c.pick(condition.hi, then.hi, otherwise.hi)
    floor = max(min(then.least, otherwise.least), -c.BEYOND)
    return c.greatest_of(c.pick(condition.hi, then.hi, floor), c.pick(condition.lo, floor, otherwise.hi))


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
    same = [a == b for a in c.distinct((left.lo, left.hi)) for b in c.distinct((right.lo, right.hi))]
    return truth(c.and_(same), c.and_([left.lo <= right.hi, right.lo <= left.hi]))


def negated(one: Span) -> Span:
    """Not."""
    if one.constant is not None:
        return NEVER if one.constant else ALWAYS
    lo = c.not_(one.hi)
    return truth(lo, lo if one.is_exact else c.not_(one.lo))


def every(spans: Sequence[Span]) -> Span:
    """All of them; none of them is always."""
    lo = c.and_([one.lo for one in spans])
    return truth(lo, lo if all(one.is_exact for one in spans) else c.and_([one.hi for one in spans]))


def some(spans: Sequence[Span]) -> Span:
    """At least one of them; none of them is never."""
    lo = c.or_([one.lo for one in spans])
    return truth(lo, lo if all(one.is_exact for one in spans) else c.or_([one.hi for one in spans]))
