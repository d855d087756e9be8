"""Invented households for tests and benches: the same seed gives the same households, as values and as plain rows.

Everything a fact may be is reached: no income and much, every choice, people of every age. Shares mean nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from chatdong.engines.eligibility import terms as t
from chatdong.engines.eligibility.book import Fact, Kind, Subject
from chatdong.engines.eligibility.facts import Household

Row = dict[str, int]
YES = {  # how often a yes/no is yes; anything else 8 %
    "receives_living": 0.07, "receives_medical": 0.07, "receives_housing": 0.1, "receives_education": 0.04,
    "receives_near_poor": 0.06, "multicultural": 0.05, "supporter_exists": 0.5, "crisis_work": 0.1, "crisis_housing": 0.08,
    "needs_daily_help": 0.06, "dementia": 0.07,
    "serious_illness": 0.08, "in_hospital": 0.05, "low_spirits": 0.1, "pregnant": 0.06,
    "veteran": 0.04, "job_seeking": 0.15, "care_leaver": 0.04, "caring_for_family": 0.05, "regional_insurance": 0.3,
}  # fmt: skip


def draw(seed: int, count: int, facts: Mapping[str, Fact]) -> tuple[Household, ...]:
    """So many households, every fact of the book told exactly."""
    about, people = households(seed, count, facts)
    return tuple(Household(one, tuple(them)) for one, them in zip(about, people, strict=True))


def households(seed: int, n: int, facts: Mapping[str, Fact] | None = None) -> tuple[list[Row], list[list[Row]]]:
    """The same as plain rows: household facts, and for each household its persons' facts.

    Without `facts` the columns are those this file knows by name; with them exactly the book's, unknown ones by their kind.
    """
    random = Random(seed)
    about, people = [], []
    for _ in range(n):
        them = [_person(random, age, role) for age, role in _members(random)]
        home = _home(random, them)
        if facts is not None:
            home = _exactly(home, facts, Subject.HOUSEHOLD, random, them)
            them = [_exactly(one, facts, Subject.PERSON, random) for one in them]
        about.append(home)
        people.append(them)
    return about, people


def _members(random: Random) -> list[tuple[int, str]]:
    """Ages in months and roles: alone, couple, parents with children, grandparent with children, three generations."""
    shape = random.choices(["alone", "couple", "family", "one_parent", "grandparent", "three"], [36, 20, 26, 8, 4, 6])[0]
    grown = random.choice([random.randint(228, 420), random.randint(421, 779), random.randint(780, 1190)])
    if shape == "alone":
        return [(grown, "alone")]
    if shape == "couple":
        return [(grown, "spouse"), (max(230, grown + random.randint(-80, 80)), "spouse")]
    parent = random.randint(230, 640)
    children = [(random.randint(0, max(1, min(parent - 220, 320))), "child") for _ in range(random.choice([1, 1, 2, 2, 3, 4]))]
    if shape == "one_parent":
        return [(parent, "parent"), *children]
    if shape == "grandparent":
        return [(random.randint(720, 1000), "parent"), *((random.randint(0, 215), "child") for _ in children)]
    parents = [(parent, "spouse"), (max(230, parent + random.randint(-60, 60)), "spouse")]
    return parents + children + ([(random.randint(740, 1150), "elder")] if shape == "three" else [])


def _person(random: Random, months: int, role: str) -> Row:
    female = random.random() < 0.52
    adult = months >= 216
    works = adult and random.random() < (0.65 if months < 780 else 0.2)
    own = works and random.random() < 0.2
    one = {
        "age_months": months,
        "female": int(female),
        "spouse": int(role == "spouse" and adult),
        "earned": _won(random, 300_000, 6_000_000) if works and not own else 0,
        "business": _won(random, 100_000, 6_000_000) if own else 0,
        "pension": _won(random, 100_000, 2_500_000) if adult and random.random() < (0.6 if months >= 744 else 0.04) else 0,
        "disability": random.choices([0, 1, 2], [90, 6, 4])[0],
        "ltc_grade": random.randint(1, 6) if months >= 780 and random.random() < 0.14 else 0,
        "student": _school(random, months),
    }
    asked = {
        "needs_daily_help": True, "serious_illness": True, "in_hospital": True, "low_spirits": months >= 84,
        "dementia": months >= 480, "pregnant": female and 144 <= months < 660, "veteran": months >= 228,
        "job_seeking": 180 <= months < 900 and not works, "care_leaver": 180 <= months < 360,
        "caring_for_family": 108 <= months < 480, "regional_insurance": adult,
    }  # fmt: skip
    for name, is_asked in asked.items():
        one[name] = int(is_asked and random.random() < YES[name])
    return one


def _school(random: Random, months: int) -> int:
    for until, school in ((84, 0), (156, 1), (192, 2), (228, 3)):
        if months < until:
            return school if random.random() < 0.96 else 0
    return 4 if months < 330 and random.random() < 0.5 else 0


def _home(random: Random, people: list[Row]) -> Row:
    tenure = random.choices(range(6), [36, 20, 24, 10, 6, 4])[0]
    grown = [one for one in people if one["age_months"] >= 216]
    children = any(one["age_months"] < 216 for one in people)
    car = random.choices(range(4), [45, 8, 22, 25])[0]
    apart = int(random.random() < YES["supporter_exists"])
    home = {name: int(random.random() < YES.get(name, 0.04)) for name in HOUSEHOLD_YES_NO}
    home |= {
        "single_parent": int(children and len(grown) == 1 and random.random() < 0.95),
        "tenure": tenure,
        "deposit": _won(random, 1_000_000, 600_000_000) if tenure in (1, 2, 3) else 0,
        "rent": _won(random, 50_000, 1_500_000) if tenure in (2, 3, 5) else 0,
        "home_value": _won(random, 30_000_000, 1_500_000_000) if tenure == 0 else 0,
        "other_property": _won(random, 5_000_000, 900_000_000) if random.random() < 0.12 else 0,
        "financial": _won(random, 50_000, 150_000_000) if random.random() < 0.85 else 0,
        "debt": _won(random, 500_000, 300_000_000) if random.random() < 0.5 else 0,
        "car": car,
        "car_value": _won(random, 500_000, 50_000_000) if car else 0,
        "other_income": _won(random, 50_000, 2_000_000) if random.random() < 0.15 else 0,
        "medical_expense": _won(random, 10_000, 2_000_000) if random.random() < 0.6 else 0,
        "supporter_exists": apart,
        "supporter_income": _won(random, 1_000_000, 300_000_000) if apart else 0,
        "supporter_property": _won(random, 1_000_000, 3_000_000_000) if apart else 0,
    }
    return home


HOUSEHOLD_YES_NO = (
    "receives_living", "receives_medical", "receives_housing", "receives_education", "receives_near_poor", "multicultural",
    "crisis_income", "crisis_illness", "crisis_abuse", "crisis_disaster", "crisis_work", "crisis_housing", "crisis_death",
)  # fmt: skip


def _won(random: Random, least: int, most: int) -> int:
    """An amount between two, small ones more often, to ten thousand won more often than not."""
    amount = int(least * (most / least) ** random.random())
    return amount if random.random() < 0.3 else amount // 10_000 * 10_000


def _exactly(row: Row, facts: Mapping[str, Fact], subject: Subject, random: Random, people: Sequence[Row] = ()) -> Row:
    """The row with exactly the book's facts: what it does not know by name is drawn by kind, what does not fit is kept inside."""
    found = {}
    for name, fact in facts.items():
        if fact.subject != subject:
            continue
        most = len(fact.options) - 1 if fact.options else fact.most
        value = row[name] if name in row else BY_KIND[fact.kind](random, fact.least, most)
        asked = name in row or fact.asked_when is None or _holds(fact.asked_when, row, people)
        found[name] = min(max(value, fact.least), most) if asked else fact.otherwise
    return found


def _holds(condition: t.Term, row: Row, people: Sequence[Row] = ()) -> bool:
    """Whether a fact is asked of a person or a home: `asked_when` looks at age_months and female only."""
    match condition:
        case t.All(items=items):
            return all(_holds(one, row, people) for one in items)
        case t.Any(items=items):
            return any(_holds(one, row, people) for one in items)
        case t.Not(item=item):
            return not _holds(item, row, people)
        case t.Truth(value=value):
            return value
        case t.Named(name=name):
            return bool(row[name])
        case t.Anyone(condition=inner):
            return any(_holds(inner, one) for one in people)
        case t.Compared(relation=relation, left=t.Named() | t.Count() as left, right=t.Number(value=limit)):
            found = row[left.name] if isinstance(left, t.Named) else sum(_holds(left.condition, one) for one in people)
            return {"<": found < limit, "<=": found <= limit, ">": found > limit, ">=": found >= limit,
                    "==": found == limit, "!=": found != limit}[relation]  # fmt: skip
    raise ValueError(f"asked_when looks at age_months and female with numbers only: {condition}")


BY_KIND: dict[Kind, Callable[[Random, int, int], int]] = {
    Kind.YES_NO: lambda random, _least, _most: int(random.random() < 0.08),
    Kind.CHOICE: lambda random, _least, most: random.randint(0, most) if random.random() < 0.3 else 0,
    Kind.COUNT: lambda random, least, most: random.randint(least, min(most, least + 5)) if random.random() < 0.4 else least,
    Kind.MONEY: lambda random, least, most: (
        _won(random, max(least, 10_000), max(min(most, 300_000_000), 20_000)) if random.random() < 0.4 else least
    ),
}
