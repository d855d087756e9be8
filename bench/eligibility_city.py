"""Invented households of a whole city as parquet, drawn in columns from a seed, within the ranges of `bench.households`."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.households import HOUSEHOLD_YES_NO, YES
from chatdong.engines.eligibility import terms as t
from chatdong.engines.eligibility.book import Fact, Kind, Subject
from chatdong.warehouse.parquet import ROW_GROUP

# What the offices' own registers always tell; anything else may be missing.
ALWAYS_KNOWN = frozenset(
    ("age_months", "female", "disability", "receives_living", "receives_medical", "receives_housing", "receives_education",
     "receives_near_poor")
)  # fmt: skip
MISSING = 0.25
AT_ONCE = 4 * ROW_GROUP
TYPES = {Kind.MONEY: pa.int64(), Kind.COUNT: pa.int32(), Kind.YES_NO: pa.bool_(), Kind.CHOICE: pa.int8()}
DTYPES = {Kind.MONEY: np.int64, Kind.COUNT: np.int32, Kind.YES_NO: np.bool_, Kind.CHOICE: np.int8}
ALONE, COUPLE, FAMILY, ONE_PARENT, GRANDPARENT, THREE = range(6)
SHAPES = (0.36, 0.20, 0.26, 0.08, 0.04, 0.06)
CHILDREN = ((1, 2, 3, 4), (2 / 6, 2 / 6, 1 / 6, 1 / 6))
Drawn = dict[str, np.ndarray]
Dice = np.random.Generator


def nullable(facts: Mapping[str, Fact]) -> frozenset[str]:
    """Facts that the city's tables may leave open."""
    return frozenset(facts) - ALWAYS_KNOWN


def write_city(folder: Path, households: int, seed: int, facts: Mapping[str, Fact], *, missing: bool) -> dict[str, Path]:
    """Write households.parquet and people.parquet (by hid) and return where they stand. `missing`: a quarter is left open."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {name: folder / f"{name}.parquet" for name in ("households", "people")}
    subjects = {"households": Subject.HOUSEHOLD, "people": Subject.PERSON}
    schemas = {name: _schema(facts, subject) for name, subject in subjects.items()}
    writers = {name: pq.ParquetWriter(file, schemas[name]) for name, file in files.items()}
    try:
        for tables in _drawn(households, np.random.default_rng(seed), facts):
            holes = np.random.default_rng((seed, int(tables["households"]["hid"][0])))
            for name, columns in tables.items():
                table = _table(columns, schemas[name], holes if missing else None)
                writers[name].write_table(table, row_group_size=ROW_GROUP)
    finally:
        for writer in writers.values():
            writer.close()
    return files


def _schema(facts: Mapping[str, Fact], subject: Subject) -> pa.Schema:
    own = [(one.id, TYPES[one.kind]) for one in facts.values() if one.subject == subject]
    return pa.schema([("hid", pa.int64()), *own])


def _table(columns: Drawn, schema: pa.Schema, holes: Dice | None) -> pa.Table:
    arrays = []
    for one in schema:
        has_holes = holes is not None and one.name != "hid" and one.name not in ALWAYS_KNOWN
        mask = holes.random(len(columns[one.name]), np.float32) < MISSING if has_holes and holes is not None else None
        arrays.append(pa.array(columns[one.name], one.type, mask=mask))
    return pa.Table.from_arrays(arrays, schema=schema)


def _drawn(households: int, dice: Dice, facts: Mapping[str, Fact]) -> Iterator[dict[str, Drawn]]:
    for start in range(0, households, AT_ONCE):
        count = min(AT_ONCE, households - start)
        people, about = _members(dice, count)
        _persons(dice, people)
        _home(dice, about, people)
        _exactly(dice, about, facts, Subject.HOUSEHOLD, people)
        _exactly(dice, people, facts, Subject.PERSON, people)
        about["hid"] += start
        people["hid"] += start
        yield {"households": about, "people": people}


def _members(dice: Dice, count: int) -> tuple[Drawn, Drawn]:
    """Persons by household: the adults first, then children, then an elder who lives with them; ages in months."""
    shape = dice.choice(6, count, p=SHAPES)
    has_children = shape >= FAMILY
    children = np.where(has_children, dice.choice(CHILDREN[0], count, p=CHILDREN[1]), 0)
    adults = np.where(np.isin(shape, (COUPLE, FAMILY, THREE)), 2, 1)
    size = adults + children + (shape == THREE)
    hid = np.repeat(np.arange(count, dtype=np.int64), size)
    place = np.arange(len(hid)) - np.repeat(np.cumsum(size) - size, size)
    span = dice.integers(0, 3, count)
    grown = dice.integers(np.array([228, 421, 780])[span], np.array([421, 780, 1191])[span])
    head = np.where(
        shape == GRANDPARENT, dice.integers(720, 1001, count), np.where(has_children, dice.integers(230, 641, count), grown)
    )
    of = {
        name: np.repeat(column, size) for name, column in (("head", head), ("adults", adults), ("shape", shape), ("size", size))
    }
    is_adult = place < of["adults"]
    is_elder = (of["shape"] == THREE) & (place == of["size"] - 1)
    most = np.where(of["shape"] == GRANDPARENT, 215, np.clip(of["head"] - 220, 1, 320))
    child = (dice.random(len(hid)) * (most + 1)).astype(np.int64)
    partner = np.maximum(230, of["head"] + dice.integers(-80, 81, len(hid)))
    age = np.where(
        is_elder, dice.integers(740, 1151, len(hid)), np.where(~is_adult, child, np.where(place == 0, of["head"], partner))
    )
    people = {"hid": hid, "age_months": age.astype(np.int32), "spouse": is_adult & (of["adults"] == 2) & (age >= 216)}
    about = {"hid": np.arange(count, dtype=np.int64), "grown": np.bincount(hid[age >= 216], minlength=count)}
    about["has_child"] = np.bincount(hid[age < 216], minlength=count) > 0
    return people, about


def _persons(dice: Dice, people: Drawn) -> None:
    age, count = people["age_months"], len(people["hid"])
    adult, female = age >= 216, dice.random(count) < 0.52
    works = adult & (dice.random(count) < np.where(age < 780, 0.65, 0.2))
    own = works & (dice.random(count) < 0.2)
    school = np.select(
        [age < 84, age < 156, age < 192, age < 228], [0, 1, 2, 3], np.where((age < 330) & (dice.random(count) < 0.5), 4, 0)
    )
    people |= {
        "female": female,
        "earned": np.where(works & ~own, _won(dice, count, 300_000, 6_000_000), 0),
        "business": np.where(own, _won(dice, count, 100_000, 6_000_000), 0),
        "pension": np.where(
            adult & (dice.random(count) < np.where(age >= 744, 0.6, 0.04)), _won(dice, count, 100_000, 2_500_000), 0
        ),
        "disability": dice.choice(np.arange(3, dtype=np.int8), count, p=(0.9, 0.06, 0.04)),
        "ltc_grade": np.where((age >= 780) & (dice.random(count) < 0.14), dice.integers(1, 7, count), 0),
        "student": np.where((age < 228) & (dice.random(count) >= 0.96), 0, school),
    }
    everybody = np.ones(count, bool)
    asked = {
        "needs_daily_help": everybody, "serious_illness": everybody, "in_hospital": everybody, "low_spirits": age >= 84,
        "dementia": age >= 480, "pregnant": female & (age >= 144) & (age < 660), "veteran": age >= 228,
        "job_seeking": (age >= 180) & (age < 900) & ~works, "care_leaver": (age >= 180) & (age < 360),
        "caring_for_family": (age >= 108) & (age < 480), "regional_insurance": adult,
    }  # fmt: skip
    people |= {name: who & (dice.random(count) < YES[name]) for name, who in asked.items()}


def _home(dice: Dice, about: Drawn, people: Drawn) -> None:
    count = len(about["hid"])
    tenure = dice.choice(6, count, p=(0.36, 0.2, 0.24, 0.1, 0.06, 0.04))
    car = dice.choice(4, count, p=(0.45, 0.08, 0.22, 0.25))
    apart = dice.random(count) < YES["supporter_exists"]

    def some(condition: np.ndarray, least: int, most: int) -> np.ndarray:
        return np.where(condition, _won(dice, count, least, most), 0)

    about |= {name: dice.random(count) < YES.get(name, 0.04) for name in HOUSEHOLD_YES_NO}
    about |= {
        "single_parent": about.pop("has_child") & (about.pop("grown") == 1) & (dice.random(count) < 0.95),
        "tenure": tenure,
        "deposit": some(np.isin(tenure, (1, 2, 3)), 1_000_000, 600_000_000),
        "rent": some(np.isin(tenure, (2, 3, 5)), 50_000, 1_500_000),
        "home_value": some(tenure == 0, 30_000_000, 1_500_000_000),
        "other_property": some(dice.random(count) < 0.12, 5_000_000, 900_000_000),
        "financial": some(dice.random(count) < 0.85, 50_000, 150_000_000),
        "debt": some(dice.random(count) < 0.5, 500_000, 300_000_000),
        "car": car,
        "car_value": some(car > 0, 500_000, 50_000_000),
        "other_income": some(dice.random(count) < 0.15, 50_000, 2_000_000),
        "medical_expense": some(dice.random(count) < 0.6, 10_000, 2_000_000),
        "supporter_exists": apart,
        "supporter_income": some(apart, 1_000_000, 300_000_000),
        "supporter_property": some(apart, 1_000_000, 3_000_000_000),
    }


def _won(dice: Dice, count: int, least: int, most: int) -> np.ndarray:
    """Amounts between two, small ones more often, to ten thousand won more often than not."""
    amount = (least * (most / least) ** dice.random(count)).astype(np.int64)
    return np.where(dice.random(count) < 0.3, amount, amount // 10_000 * 10_000)


def _exactly(dice: Dice, drawn: Drawn, facts: Mapping[str, Fact], subject: Subject, people: Drawn) -> None:
    """Exactly the book's facts: what is not known by name is drawn by its kind, and everything lies within its bounds."""
    for name, fact in facts.items():
        if fact.subject != subject:
            continue
        most, is_known = len(fact.options) - 1 if fact.options else fact.most, name in drawn
        column = drawn[name] if is_known else BY_KIND[fact.kind](dice, len(drawn["hid"]), fact.least, most)
        if fact.kind != Kind.YES_NO:
            column = np.clip(column, fact.least, most)
        if not is_known and fact.asked_when is not None:
            column = np.where(_holds(fact.asked_when, drawn, people), column, fact.otherwise)
        drawn[name] = column.astype(DTYPES[fact.kind])


def _holds(condition: t.Term, drawn: Drawn, people: Drawn) -> np.ndarray:
    """Of whom (or of which homes) a fact is asked: it looks at age_months and female with numbers only."""
    match condition:
        case t.All(items=items):
            return np.logical_and.reduce([_holds(one, drawn, people) for one in items])
        case t.Any(items=items):
            return np.logical_or.reduce([_holds(one, drawn, people) for one in items])
        case t.Not(item=item):
            return ~_holds(item, drawn, people)
        case t.Truth(value=value):
            return np.full(len(drawn["hid"]), value)
        case t.Named(name=name):
            return drawn[name].astype(bool)
        case t.Anyone(condition=inner):
            return _counted(inner, drawn, people) > 0
        case t.Compared(relation=relation, left=t.Named(name=name), right=t.Number(value=limit)):
            return RELATIONS[relation](drawn[name], limit)
        case t.Compared(relation=relation, left=t.Count(condition=inner), right=t.Number(value=limit)):
            return RELATIONS[relation](_counted(inner, drawn, people), limit)
    raise ValueError(f"asked_when looks at age_months and female with numbers only: {condition}")


def _counted(condition: t.Term, homes: Drawn, people: Drawn) -> np.ndarray:
    """Of how many persons of each home it holds."""
    return np.bincount(people["hid"][_holds(condition, people, people)], minlength=len(homes["hid"]))


RELATIONS: dict[str, Callable[..., np.ndarray]] = {
    "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal, "==": np.equal, "!=": np.not_equal
}  # fmt: skip
BY_KIND: dict[Kind, Callable[[Dice, int, int, int], np.ndarray]] = {
    Kind.YES_NO: lambda dice, count, _least, _most: dice.random(count) < 0.08,
    Kind.CHOICE: lambda dice, count, _least, most: np.where(dice.random(count) < 0.3, dice.integers(0, most + 1, count), 0),
    Kind.COUNT: lambda dice, count, least, most: np.where(
        dice.random(count) < 0.4, dice.integers(least, min(most, least + 5) + 1, count), least
    ),
    Kind.MONEY: lambda dice, count, least, most: np.where(
        dice.random(count) < 0.4, _won(dice, count, max(least, 10_000), max(min(most, 300_000_000), 20_000)), least
    ),
}
