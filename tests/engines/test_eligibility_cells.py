"""The cheap ways to compute a cell say what the plain ones would, whatever stands in the columns."""

import ibis
import pytest

from chatdong.engines.eligibility import Status, cells, codes, spans
from chatdong.engines.eligibility.comparing import bared
from chatdong.engines.eligibility.graph import Node

NUMBERS = (-300, -7, -1, 0, 1, 5, 126, 127, 40_000, 2**40)


def evaluated(make, rows, **schema):
    """A cell over rows."""
    table = ibis.memtable(rows, schema=schema)
    return list(ibis.duckdb.connect().execute(table.select(found=make(table)))["found"])


PICKS = [(5, 0), (0, 5), (7, -3), (-7, 300), (2**40, 1), ("x", 0), (0, "x"), ("x", -4), ("x", "y"), (cells.BEYOND, "x")]


@pytest.mark.parametrize(("then", "otherwise"), PICKS)
def test_one_or_the_other(then, otherwise):
    rows = [{"c": c, "x": x, "y": 3 - x} for c in (True, False) for x in NUMBERS]

    def worth(row, side):
        return row[side] if isinstance(side, str) else side

    def made(table):
        sides = [table[side] if isinstance(side, str) else side for side in (then, otherwise)]
        return cells.pick(table.c, *sides)

    assert evaluated(made, rows, c="boolean", x="int64", y="int64") == [worth(r, then if r["c"] else otherwise) for r in rows]


@pytest.mark.parametrize("heavy", [False, True])
def test_the_least_and_the_greatest_of_light_and_of_heavy_cells(heavy):
    rows = [{"x": x, "y": y} for x in NUMBERS for y in NUMBERS]

    def of(table):
        return (table.x * 1, table.y * 1) if heavy else (table.x, table.y)

    kinds = {"x": "int64", "y": "int64"}
    assert cells.is_light(of(ibis.table(kinds, name="t"))[0]) is not heavy
    assert evaluated(lambda table: cells.least_of(*of(table)), rows, **kinds) == [min(row["x"], row["y"]) for row in rows]
    assert evaluated(lambda table: cells.greatest_of(*of(table)), rows, **kinds) == [max(row["x"], row["y"]) for row in rows]


@pytest.mark.parametrize(
    ("ends", "kind"),
    [((0, 127), "int8"), ((-129, 0), "int16"), ((0, 2**15), "int32"), ((0, 2**31), "int64"), ((0, 2**62), "int64")],
)
def test_the_smallest_number_that_has_room(ends, kind):
    assert cells.room(*ends) == kind


def wrapped(kind: str, number: int, x: Node) -> tuple[Node, object]:
    """A calculation on x with one fixed number, and what it is worth."""
    if kind == "sum":
        return Node("sum", (x,), ((number,), -11), False, -(10**6), 10**6), lambda value: number * value - 11
    fixed = Node("constant", (), number, False, number, number)
    worth = {"divide": lambda v: v // number, "greatest": lambda v: max(v, number), "least": lambda v: min(v, number)}[kind]
    return Node(kind, (x, fixed), None, False, -(10**6), 10**6), worth


HOLDS = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b, "!=": lambda a, b: a != b,
}  # fmt: skip


@pytest.mark.parametrize("relation", HOLDS)
@pytest.mark.parametrize("kind", ["sum", "divide", "greatest", "least"])
@pytest.mark.parametrize("number", [1, 3, 12])
def test_a_comparison_says_the_same_without_its_calculations(relation, kind, number):
    x = Node("fact", (), "x", False, -60, 60)
    inner, worth_inner = wrapped(kind, number, x)
    outer, worth_outer = wrapped("divide", 4, inner)
    for limit in range(-20, 20):
        bare, node, other = bared(relation, outer, limit)
        worth = {x: lambda v: v, inner: worth_inner, outer: lambda v: worth_outer(worth_inner(v))}[node]
        for value in range(-60, 61):
            expected = HOLDS[relation](worth_outer(worth_inner(value)), limit)
            assert HOLDS[bare](worth(value), other) == expected, (limit, value, bare, other)


def test_years_are_compared_as_months():
    months = Node("fact", (), "age_months", True, 0, 1499)
    years = Node("divide", (months, Node("constant", (), 12, True, 12, 12)), None, True, 0, 124)
    assert bared(">=", years, 65) == (">=", months, 780)
    assert bared("<", years, 19) == ("<=", months, 227)


def test_an_answer_is_taken_apart_again():
    table = ibis.table({"sure": "boolean", "may": "boolean", "other": "boolean"}, name="t")
    verdict = Node("all", (), None, False, 0, 1)
    rows = [{"sure": s, "may": m, "other": o} for s, m in ((False, False), (False, True), (True, True)) for o in (True, False)]

    def made(table):
        held = spans.truth(table.sure, table.may)
        return codes.answered(verdict, held, (held, spans.truth(table.other, table.other), spans.NEVER))

    assert str(made(table).type()).strip("!") == "int8"
    found = evaluated(made, rows, sure="boolean", may="boolean", other="boolean")
    status = {(False, False): Status.NOT_ELIGIBLE, (False, True): Status.UNKNOWN, (True, True): Status.ELIGIBLE}
    for row, answer in zip(rows, found, strict=True):
        assert codes.STATUS_OF[codes.status_in(int(answer))] == status[row["sure"], row["may"]]
        assert codes.failed_in(int(answer)) == (not row["may"]) | (not row["other"]) << 1 | 4
