"""Counts for the gu: no hidden cell can be worked out from what is shown."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from chatdong.safetynet.benefits.small_cells import crossed, small_hidden

ROWS, COLUMNS, LEAST = ("a", "b", "c"), ("x", "y", "z"), 5
tables = st.fixed_dictionaries({key: st.integers(0, 9) for key in product(ROWS, COLUMNS)})


def shown(counts):
    table = crossed(counts, ROWS, COLUMNS, LEAST)
    cells = {key: one.text for key, one in table.cells.items()}
    totals = [one.text for one in (*table.by_row.values(), *table.by_column.values(), table.total)]
    return cells, totals


@given(tables, st.data())
def test_another_number_in_a_hidden_cell_shows_the_very_same_table(counts, data):
    hidden = [key for key, count in counts.items() if 0 < count < LEAST]
    if not hidden:
        return
    key = data.draw(st.sampled_from(hidden))
    other = data.draw(st.integers(1, LEAST - 1))
    assert shown(counts) == shown({**counts, key: other})


@given(tables)
def test_what_is_not_hidden_is_exact_and_a_bound_is_one(counts):
    table = crossed(counts, ROWS, COLUMNS, LEAST)
    for key, cell in table.cells.items():
        assert cell.is_hidden == (0 < counts[key] < LEAST)
        assert cell.is_hidden or cell.count == counts[key]
    for row in ROWS:
        true = sum(counts[row, column] for column in COLUMNS)
        assert table.by_row[row].count <= true
        assert table.by_row[row].is_bound or table.by_row[row].count == true


def test_the_words():
    assert [small_hidden(count, LEAST).text for count in (0, 1, 4, 5, 1200)] == ["0", "5 미만", "5 미만", "5", "1,200"]
    table = crossed({("a", "x"): 12, ("a", "y"): 2}, ROWS, COLUMNS, LEAST)
    assert (table.by_row["a"].text, table.by_column["y"].text, table.by_row["b"].text) == ("12 이상", "가림", "0")
