"""Counts that a gu may see: a small cell is hidden, and no total is exact that would let one work it out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Cell:
    """A count as it may be shown: exact, hidden (a number below `least`, but not nought), or a lower bound of a sum."""

    count: int
    is_hidden: bool = False
    is_bound: bool = False
    least: int = 0

    @property
    def text(self) -> str:
        """12, 5 미만, 120 이상."""
        if self.is_hidden:
            return _("%(least)d 미만") % {"least": self.least}
        if self.is_bound:
            return _("%(count)s 이상") % {"count": f"{self.count:,}"} if self.count else _("가림")
        return f"{self.count:,}"


@dataclass(frozen=True)
class Crossed:
    """A table of counts with its totals. `cells` by (row, column); what is not there is 0."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]
    by_row: Mapping[str, Cell]
    by_column: Mapping[str, Cell]
    total: Cell


def small_hidden(count: int, least: int) -> Cell:
    """A count that stands alone, with no total beside it that holds it."""
    return Cell(0, is_hidden=True, least=least) if 0 < count < least else Cell(count)


def crossed(counts: Mapping[tuple[str, str], int], rows: Sequence[str], columns: Sequence[str], least: int) -> Crossed:
    """The table without its small cells. The true count of a hidden cell is kept nowhere in it.

    A total that holds a hidden cell is told only as the sum of what is shown, so no sum that is shown holds a hidden cell.
    """
    cells = {(row, column): small_hidden(counts.get((row, column), 0), least) for row in rows for column in columns}
    return Crossed(
        tuple(rows),
        tuple(columns),
        cells,
        {row: _sum([cells[row, column] for column in columns]) for row in rows},
        {column: _sum([cells[row, column] for row in rows]) for column in columns},
        _sum(list(cells.values())),
    )


def _sum(cells: Sequence[Cell]) -> Cell:
    shown = sum(one.count for one in cells if not one.is_hidden)
    return Cell(shown, is_bound=any(one.is_hidden for one in cells))
