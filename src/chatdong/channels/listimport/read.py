"""From the bytes of an upload to the rows of a list. Pure: no disk, no clock, no database."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from chatdong.channels.listimport.columns import field_of, guess, is_refused, is_sum, without_resident_number
from chatdong.channels.listimport.delimited import grid_of_text
from chatdong.channels.listimport.grid import MOST_COLUMNS, MOST_ROWS, Grid, Row, numbers_text
from chatdong.channels.listimport.kinds import Kind, kind_of
from chatdong.channels.listimport.workbook import grids_of_workbook
from chatdong.kernel.errors import Refusal

HEADER_WITHIN = 15


class SheetChoice(Refusal):
    """The file has several sheets that hold something; `names` are theirs, in order."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"시트가 {len(names)}개 있습니다. 올릴 시트를 고른 뒤 다시 눌러 주세요.", "sheet")
        self.names = list(names)


@dataclass(frozen=True)
class Sheet:
    """One list as it stands in the file.

    `columns` are unique names; each row of `rows` has one text per column, and `numbers` its line in the file. `mapping` is the
    guess, field -> column. `problems` are Korean sentences about what was left out or doubtful.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    mapping: dict[str, str]
    problems: tuple[str, ...]
    sheet: str = ""


def read(content: bytes, sheet: str = "") -> Sheet:
    """The list in a file. `sheet` names one of several sheets of a workbook.

    Raises:
        SheetChoice: several sheets hold something and none was named.
        Refusal: the file cannot be read, holds no line under a header, or too many lines; the sentence says what to do.
    """
    return sheet_of(_chosen(_grids(content), sheet))


def _grids(content: bytes) -> list[Grid]:
    if kind_of(content) is Kind.WORKBOOK:
        return grids_of_workbook(content)
    grid = grid_of_text(content)
    return [grid] if grid.rows else []


def _chosen(grids: list[Grid], sheet: str) -> Grid:
    if not grids:
        raise Refusal("파일에 내용이 없습니다. 다른 시트에 있는지 확인해 주세요.")
    named = [grid for grid in grids if grid.name == sheet]
    if sheet and named:
        return named[0]
    if len(grids) > 1:
        raise SheetChoice([grid.name for grid in grids])
    return grids[0]


def sheet_of(grid: Grid) -> Sheet:
    """The list in one grid: its header found, its columns named, resident numbers left out. Raises Refusal as `read` does."""
    place = _header_place(grid.rows)
    header, body = grid.rows[place], grid.rows[place + 1 :]
    if not body:
        raise Refusal("머리글 아래에 줄이 없습니다. 명단이 든 파일인지 확인해 주세요.")
    if len(body) > MOST_ROWS:
        raise Refusal(f"줄이 너무 많습니다. 한 번에 {MOST_ROWS:,}줄까지 올릴 수 있습니다. 나누어 올려 주세요.")
    problems = list(grid.notes)
    if place:
        problems.append(f"머리글을 {header.number}번째 줄에서 찾았습니다.")
    people = _people(header, body, problems)
    kept = _columns(header, people, problems)
    rows, touched = [], []
    for row in people:
        cells, found = zip(*(without_resident_number(_unquoted(row.cell(at))) for at in kept), strict=True)
        rows.append(tuple(cells))
        if any(found):
            touched.append(row.number)
    if touched:
        problems.append(f"주민등록번호로 보이는 값을 지웠습니다(줄 {numbers_text(touched)}). 명단에 넣지 말아 주세요.")
    names = tuple(kept.values())
    mapping, doubts = guess(names, rows)
    if not mapping:
        doubts.append("칸 이름을 알아보지 못했습니다. 어느 칸이 무엇인지 직접 골라 주세요.")
    return Sheet(names, tuple(rows), tuple(row.number for row in people), mapping, (*problems, *doubts), grid.name)


def _unquoted(text: str) -> str:
    """A cell without the apostrophe that our own error sheet puts in front of what looks like a formula."""
    return text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text


def _header_place(rows: Sequence[Row]) -> int:
    """Where the header stands: the line with most known words within the first fifteen.

    Of two lines that know equally many the lower one wins when they touch (a header of two levels); where no line knows any
    word, the first with two texts and no number.
    """
    best, most = 0, 0
    for place, row in enumerate(rows[:HEADER_WITHIN]):
        known = len({field_of(cell) for cell in row.cells} - {""})
        touches = place == best + 1
        if known > most or (known == most > 1 and touches):
            best, most = place, known
    if most:
        return best
    for place, row in enumerate(rows[:HEADER_WITHIN]):
        filled = [cell for cell in row.cells if cell]
        if len(filled) > 1 and not any(char.isdigit() for cell in filled for char in cell):
            return place
    return 0


def _people(header: Row, body: Sequence[Row], problems: list[str]) -> list[Row]:
    """The lines that are about somebody: without the header said again and without totals; both are told."""
    again = [row.number for row in body if row.cells == header.cells]
    sums = [row.number for row in body if is_sum(row.cells)]
    if again:
        problems.append(f"되풀이된 머리글은 뺐습니다(줄 {numbers_text(again)}).")
    if sums:
        problems.append(f"합계 줄은 뺐습니다(줄 {numbers_text(sums)}).")
    left_out = {*again, *sums}
    people = [row for row in body if row.number not in left_out]
    if not people:
        raise Refusal("머리글 아래에 줄이 없습니다. 명단이 든 파일인지 확인해 주세요.")
    return people


def _columns(header: Row, body: Sequence[Row], problems: list[str]) -> dict[int, str]:
    """Place -> unique name of every column that is kept."""
    width = max(len(header.cells), *(len(row.cells) for row in body))
    if width > MOST_COLUMNS:
        raise Refusal(f"칸이 너무 많습니다. {MOST_COLUMNS}칸까지 읽습니다. 필요 없는 칸을 지우고 다시 올려 주세요.")
    kept: dict[int, str] = {}
    said: Counter[str] = Counter()
    for at in range(width):
        name = header.cell(at)[:60]
        if is_refused(name):
            problems.append(f"'{name}' 칸은 읽지 않았습니다. 주민등록번호 같은 고유식별번호는 보관하지 않습니다.")
            continue
        if not name and not any(row.cell(at) for row in body):
            continue
        name = name or f"{at + 1}번째 칸"
        said[name] += 1
        kept[at] = name if said[name] == 1 else f"{name} ({said[name]})"
    if not kept:
        raise Refusal("읽을 수 있는 칸이 없습니다. 이름이나 주소가 든 칸이 있는지 확인해 주세요.")
    return kept
