"""What a file holds before anybody knows which line is the header: rows of text, with what stood out on the way."""

from dataclasses import dataclass, field

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 300 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 100
LONGEST_CELL = 2_000


@dataclass(frozen=True)
class Row:
    """One line of a sheet that holds something. `number` is the one a person sees in Excel, from 1; cells are stripped texts."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """The text of a column from 0; "" beyond the end."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True)
class Grid:
    """One sheet. `notes` are Korean sentences about what was seen: hidden rows, merged cells, formulas without a value."""

    name: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = field(default=())


def numbers_text(numbers: list[int], most: int = 5) -> str:
    """[3, 4, 9] -> "3, 4, 9"; a long one ends in "외 12"."""
    told = ", ".join(map(str, numbers[:most]))
    return told if len(numbers) <= most else f"{told} 외 {len(numbers) - most}"
