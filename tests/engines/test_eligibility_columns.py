"""The rules of a day in columns give what `assess` gives, household by household: all told, some left open, some a band."""

from datetime import date
from pathlib import Path

import duckdb
import ibis
import pytest
from tests.engines.told_tables import differences, told, work, write

from chatdong.engines.eligibility import Household, Status, assess, spans
from chatdong.engines.eligibility.answers import long_form, misfits
from chatdong.engines.eligibility.book import Kind, Subject
from chatdong.engines.eligibility.codes import CODES
from chatdong.engines.eligibility.columns import Columns
from chatdong.engines.eligibility.readings import TooLarge
from chatdong.safetynet.benefits.catalog import HERE, catalog, load
from chatdong.warehouse import Bounds, Work, bounds_of
from chatdong.warehouse.on_duckdb import Limits, run

TODAY = date(2026, 11, 22)
LIMITS = Limits(threads=1, memory="1GB")
WHO = frozenset(("age_months", "female"))


def answered(folder: Path, rules, households, nullable, **shape):
    columns = Columns(rules, nullable, **shape)
    files = write(folder, rules.book, households, columns.banded)
    result = run(work(columns, files), folder / "result", LIMITS).folder
    return columns, result


@pytest.mark.parametrize(
    ("count", "share", "day"),
    [
        (1_200, 0.7, TODAY),
        (400, 1, TODAY),
        (400, 0.5, date(2027, 3, 1)),
        pytest.param(10_000, 0.7, TODAY, marks=pytest.mark.slow),
        pytest.param(10_000, 1, TODAY, marks=pytest.mark.slow),
        pytest.param(10_000, 0.3, date(2025, 7, 1), marks=pytest.mark.slow),
    ],
)
def test_columns_and_one_household_at_a_time_agree(tmp_path, count, share, day):
    """Every benefit of the catalog: status, amount and the mask of failed conditions."""
    rules = catalog().book.on(day)
    households = told(rules.book, count, seed=count + int(share * 10), share=share)
    nullable = frozenset(rules.book.facts) if share < 1 else frozenset()
    columns, result = answered(tmp_path, rules, households, nullable)
    found, seen = differences(columns, rules, households, result)
    assert not found, found[:5]
    assert sum(seen.values()) == count * len(rules.book.benefits)
    assert seen[Status.ELIGIBLE] > count and seen[Status.NOT_ELIGIBLE] > count
    assert bool(rules.unsure) == bool(seen[Status.CHECK])
    assert share == 1 or seen[Status.UNKNOWN] > count


def test_bands_of_numbers_and_choices_agree_too(tmp_path):
    rules = catalog().book.on(TODAY)
    banded = frozenset(key for key, one in rules.book.facts.items() if one.kind != Kind.YES_NO and key != "age_months")

    def wider(facts):
        return {
            key: (value, min(value * 2, rules.book.facts[key].most)) if key in banded and rules.book.facts[key].bands else value
            for key, value in facts.items()
        }

    exact = told(rules.book, 300, seed=5, share=0.8)
    households = tuple(Household(wider(one.facts), tuple(map(wider, one.people))) for one in exact)
    columns, result = answered(tmp_path, rules, households, frozenset(rules.book.facts) - banded, banded=banded)
    found, seen = differences(columns, rules, households, result)
    assert not found, found[:5]
    assert seen[Status.UNKNOWN] > 300


def test_what_cannot_be_open_costs_one_column():
    rules = catalog().book.on(TODAY)
    exact, open_ones = Columns(rules), Columns(rules, frozenset(rules.book.facts) - WHO)
    names = exact.expression.columns
    assert len(names) < len(open_ones.expression.columns)
    unsure = {key for one in rules.unsure for key in (one,)}
    for key, answer in exact.answers.items():
        assert len(answer.amount) <= 1 or unsure, key
    kinds = open_ones.expression.schema()
    for key, answer in open_ones.answers.items():
        bits = 2 + len(rules.book.benefits[key].criteria)
        room = next(room for room in (8, 16, 32, 64) if bits < room)
        assert str(kinds[answer.column]).strip("!") == f"int{room}", key
    living = open_ones.answers["living_benefit"]
    assert living.amount == ("living_benefit__lo", "living_benefit__hi")
    assert exact.answers["living_benefit"].amount == ("living_benefit__amount",)


def copied(folder: Path) -> Path:
    """A catalog of one's own to change."""
    for file in HERE.rglob("*.yaml"):
        copy = folder / file.relative_to(HERE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def test_a_rule_changed_in_one_file_changes_every_way_of_running_it(tmp_path):
    """The share of the median for 생계급여: one number in one file."""
    folder = copied(tmp_path / "catalog")
    selection = folder / "tables" / "selection.yaml"
    written = selection.read_text(encoding="utf-8")
    assert written.startswith("# ") and "- id: pct_living" in written.splitlines()[1]
    selection.write_text(written.replace("value: 32,", "value: 60,", 1), encoding="utf-8")
    changed, known = load(folder).book.on(TODAY), catalog().book.on(TODAY)
    households = told(known.book, 400, seed=11, share=1)
    shares = []
    for rules in (known, changed):
        place = tmp_path / rules.book.fingerprint
        place.mkdir()
        columns, result = answered(place, rules, households, frozenset(), benefits=("living_benefit",))
        found, seen = differences(columns, rules, households, result)
        assert not found
        shares.append(seen[Status.ELIGIBLE])
    assert shares[1] > shares[0] > 0


@pytest.mark.parametrize(("a", "b", "by"), [(239_999_979_000_000, 500_000, 26_000_000), (7, 3, 5), (0, 9, 4)])
def test_a_product_that_64_bits_do_not_hold_is_divided_exactly(a, b, by):
    def divided(row):
        return spans.times_divided(spans.Span(row.a, row.a, 0, 10**15), spans.whole(b), spans.whole(by)).lo

    assert evaluated(divided, a=a) == a * b // by


def evaluated(cell, **values):
    """A cell over one row."""
    row = ibis.memtable([values], schema=dict.fromkeys(values, "int64"))
    link = ibis.duckdb.connect()
    link.raw_sql("CREATE TEMP MACRO div(a, b) AS a // b")
    return link.execute(row.select(found=cell(row)))["found"][0]


@pytest.mark.parametrize(("x", "divisor"), [(-7, 2), (-8, 2), (7, 2), (0, 5), (-1, 100), (-199, 100), (9_007_199_254_740_993, 1)])
def test_division_rounds_down_whatever_the_sign_and_never_through_a_double(x, divisor):
    def divided(row):
        return spans.divided(spans.Span(row.x, row.x, -200, 10**17), spans.whole(divisor)).lo

    assert evaluated(divided, x=x) == x // divisor


@pytest.mark.parametrize("lo", range(6))
@pytest.mark.parametrize("more", range(5))
def test_a_table_that_falls_is_looked_up_over_every_count_it_may_be(lo, more):
    values, extra = (50, 20, 80), 7
    steps = [0, *values, *(values[-1] + extra * n for n in range(1, 12))]

    def both(row):
        return spans.looked_up(spans.Span(row.lo, row.hi, 0, 12), values, extra)

    inside = steps[lo : lo + more + 1]
    assert evaluated(lambda row: both(row).lo, lo=lo, hi=lo + more) == min(inside)
    assert evaluated(lambda row: both(row).hi, lo=lo, hi=lo + more) == max(inside)


def test_exact_ends_are_one_object_and_constants_fold():
    table = ibis.table({"x": "int64", "y": "int64"}, name="t")
    x, y = (spans.Span(one, one, 0, 100) for one in (table.x, table.y))
    assert spans.weighted((1, -2), (x, y), 5).is_exact
    assert spans.times(x, spans.whole(0)).constant == 0
    assert spans.compared("<", x, spans.whole(101)) is spans.ALWAYS
    assert spans.compared(">", x, spans.whole(100)) is spans.NEVER
    assert spans.choose(spans.ALWAYS, x, y) is x
    assert spans.every([spans.ALWAYS, spans.NEVER]) is spans.NEVER
    assert not spans.choose(spans.truth(False, True), x, y).is_exact


def test_a_rule_that_64_bits_cannot_hold_is_refused_before_it_runs(tmp_path):
    folder = copied(tmp_path / "catalog")
    living = folder / "benefits" / "living_benefit.yaml"
    told_before = living.read_text(encoding="utf-8")
    living.write_text(told_before.replace("formula: max(", "formula: home_value * other_property + max(", 1), encoding="utf-8")
    with pytest.raises(TooLarge, match="64 bits"):
        _ = Columns(load(folder).book.on(TODAY), benefits=("living_benefit",)).expression


@pytest.fixture(scope="module")
def few():
    """Three benefits for sixty households of whom nearly everything is known."""
    rules = catalog().book.on(TODAY)
    nullable = frozenset(rules.book.facts) - WHO
    households = [
        Household(
            one.facts,
            tuple({**them, **{key: known[key] for key in WHO}} for them, known in zip(one.people, all_told.people, strict=True)),
        )
        for one, all_told in zip(told(rules.book, 60, 3, share=0.9), told(rules.book, 60, 3, share=1), strict=True)
    ]
    return rules, nullable, households, ("living_benefit", "child_allowance", "basic_pension")


def test_the_answers_one_under_another(tmp_path, few):
    rules, nullable, households, benefits = few
    columns, result = answered(tmp_path, rules, households, nullable, benefits=benefits)
    under = Work("under", lambda: long_form(columns), {"answers": result}, "answers", columns.about, times=len(benefits))
    done = run(under, tmp_path / "long", LIMITS)
    link = duckdb.connect()
    rows = link.execute(f"SELECT * FROM '{done.folder}/*.parquet'").fetchall()
    assert done.rows == len(rows) == len(households) * len(benefits)
    assert {row[-2:] for row in rows} == {(rules.book.fingerprint, TODAY.isoformat())}
    for hid, benefit, status, lo, hi, failed, *_ in rows:
        verdict = assess(rules, households[hid // 3]).verdicts[benefit]
        assert (status, failed) == (CODES[verdict.status], verdict.failed)
        assert (verdict.amount or (None, None)) == (lo, hi)


def test_tables_that_the_rules_may_not_trust_are_told_of(tmp_path, few):
    rules, nullable, households, benefits = few
    files = write(tmp_path, rules.book, households)
    good = Columns(rules, nullable, benefits=benefits)
    for subject, name in ((Subject.HOUSEHOLD, "households"), (Subject.PERSON, "people")):
        assert list(misfits(good, subject, bounds_of(files[name]))) == []
    found = bounds_of(files["people"])
    strict = list(misfits(Columns(rules, benefits=benefits), Subject.PERSON, found))
    assert any(line.startswith("earned: open in ") for line in strict)
    found["age_months"] = Bounds(-1, 400, 0)
    del found["female"], found["hid"]
    wrong = list(misfits(good, Subject.PERSON, found))
    assert "age_months: -1 to 400, and it may be 0 to 1499" in wrong
    assert any(line.startswith("hid") for line in wrong)
