"""Cells: an ibis value of every row, or the same whole number or yes/no on all of them; the cheap way to compute each.

What costs in a database that goes column by column is the byte and the branch: a number stands in the smallest kind that has
room, a yes/no chooses by its bits where both choices are at hand, and a branch is taken on a comparison (DuckDB sorts the rows of
a comparison without guessing; those of a yes/no it takes three times as long for).
"""

from collections.abc import Sequence
from functools import reduce
from typing import Any, TypeAlias

import ibis
import ibis.expr.operations as ops
from ibis.expr.types import Value

Cell: TypeAlias = Any
LARGEST = 2**63 - 1
BEYOND = 2**62  # stands outside every value that `spans.span` lets pass


@ibis.udf.scalar.builtin(name="div")
def div(left: int, right: int) -> int:  # type: ignore[empty-body]
    """Whole division of what is not negative: `div` on Spark, a macro over `//` on DuckDB; never through a double."""


def room(least: int, most: int) -> str:
    """The smallest whole number that holds both."""
    return next((f"int{bits}" for bits in (8, 16, 32) if -(2 ** (bits - 1)) <= least and most < 2 ** (bits - 1)), "int64")


def sized(cell: Cell, kind: str) -> Cell:
    """A number in a whole number of this kind, before anything is computed with it."""
    return cell if isinstance(cell, int) or str(cell.type()).strip("!") == kind else cell.cast(f"!{kind}")


def wide(cell: Cell) -> Cell:
    """A number in 64 bits."""
    return sized(cell, "int64")


def where(condition: Value, cell: Cell, kind: str) -> Value:
    """The number where a yes/no holds, else 0. Minus one is all ones: no branch, no multiplication, nothing to overflow."""
    return sized(-condition.cast(kind) & sized(cell, kind), kind)


def kind_of(cell: Cell) -> str:
    """The kind of whole number in which a cell stands."""
    return room(cell, cell) if isinstance(cell, int) else str(cell.type()).strip("!")


def pick(condition: Cell, then: Cell, otherwise: Cell) -> Cell:
    """One where a yes/no holds, else the other."""
    if isinstance(condition, int):
        return then if condition else otherwise
    if _is_yes_no(then) or _is_yes_no(otherwise):
        return or_([and_([condition, then]), and_([not_(condition), otherwise])])
    then, otherwise = alike((then, otherwise))
    if not (is_light(then) and is_light(otherwise)):
        return branch(condition, then, otherwise)
    kind = max(kind_of(then), kind_of(otherwise), key=_bits)
    if isinstance(then, int) and isinstance(otherwise, int) and otherwise:
        return sized(where(condition, then ^ otherwise, kind) ^ otherwise, kind)
    chosen = [where(condition, then, kind)] if not _is_nothing(then) else []
    chosen += [sized(condition.cast(kind) - 1 & otherwise, kind)] if not _is_nothing(otherwise) else []
    return sized(chosen[0] | chosen[1], kind) if len(chosen) == 2 else chosen[0] if chosen else 0


def branch(condition: Value, then: Cell, otherwise: Cell) -> Value:
    """One where a yes/no holds, else the other, each worked out for its own rows only."""
    return ibis.ifelse(condition if isinstance(condition.op(), ops.Comparison) else condition > False, then, otherwise)


def _is_yes_no(cell: Cell) -> bool:
    return isinstance(cell, bool) or (isinstance(cell, Value) and cell.type().is_boolean())


def _is_nothing(cell: Cell) -> bool:
    return isinstance(cell, int) and not cell


LIGHT = (ops.Field, ops.Literal, ops.Cast, ops.Negate, ops.BitwiseAnd, ops.BitwiseOr, ops.BitwiseXor)


def is_light(cell: Cell) -> bool:
    """Whether it takes less to work it out for every row than to tell the rows apart: a column, a choice by bits."""
    if not isinstance(cell, Value):
        return True
    waiting = [cell.op()]
    while waiting:
        op = waiting.pop()
        if op.dtype.is_boolean() or isinstance(op, ops.Field):
            continue
        if not isinstance(op, (*LIGHT, ops.Subtract)):
            return False
        waiting += [one for one in op.args if isinstance(one, ops.Value)]
    return True


def _bits(kind: str) -> int:
    return int(kind.removeprefix("int"))


def smaller(*cells: Cell) -> Cell:
    """Of columns: a branch is three times as quick as the database's own function, and writes each of them twice."""
    return reduce(lambda a, b: ibis.ifelse(a < b, a, b), alike(distinct(cells)))


def larger(*cells: Cell) -> Cell:
    return reduce(lambda a, b: ibis.ifelse(a > b, a, b), alike(distinct(cells)))


def least_of(*cells: Cell) -> Cell:
    """Of whole expressions, each written once."""
    one = alike(distinct(cells))
    if len(one) == 2 and all(map(is_light, one)):
        return _by_bits(one[0] < one[1], *one)
    return one[0] if len(one) == 1 else ibis.least(*one)


def greatest_of(*cells: Cell) -> Cell:
    one = alike(distinct(cells))
    if len(one) == 2 and all(map(is_light, one)):
        return _by_bits(one[0] > one[1], *one)
    return one[0] if len(one) == 1 else ibis.greatest(*one)


def _by_bits(condition: Cell, then: Cell, otherwise: Cell) -> Cell:
    """As `branch`; the database sees what is written more than once, which inside a branch it does not."""
    if isinstance(condition, bool):
        return then if condition else otherwise
    kind = max(kind_of(then), kind_of(otherwise), key=_bits)
    return sized(where(condition, then ^ otherwise, kind) ^ otherwise, kind)


def alike(cells: Sequence[Cell]) -> list[Cell]:
    """The cells in the widest kind of them."""
    kind = max(map(kind_of, cells), key=_bits)
    return [sized(cell, kind) for cell in cells]


def distinct(cells: Sequence[Cell]) -> list[Cell]:
    found: list[Cell] = []
    for cell in cells:
        if not any(cell is one or (isinstance(cell, int) and isinstance(one, int) and cell == one) for one in found):
            found.append(cell)
    return found


def not_(cell: Cell) -> Cell:
    return (not cell) if isinstance(cell, int) else ~cell


def and_(cells: Sequence[Cell]) -> Cell:
    fixed, left = _split(cells)
    if not all(fixed) or not left:
        return all(fixed)
    return ibis.and_(*left)


def or_(cells: Sequence[Cell]) -> Cell:
    fixed, left = _split(cells)
    if any(fixed) or not left:
        return any(fixed)
    return ibis.or_(*left)


def _split(cells: Sequence[Cell]) -> tuple[list[int], list[Value]]:
    fixed = [cell for cell in cells if isinstance(cell, int)]
    return fixed, [cell for cell in distinct(cells) if not isinstance(cell, int)]
