"""From a question of the rule book to what stands on one screen, and from what was typed back to answers.

One screen never overwhelms: where there is more than one figure or person it first asks what there is and whose, then each of
those by itself; what hangs on an answer (the rent of those who rent) comes on a screen of its own, without a script too.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from chatdong.engines.eligibility import Value
from chatdong.engines.eligibility.book import Fact, Kind, Question, RuleBook, Subject
from chatdong.engines.eligibility.interpret import Assessment
from chatdong.web.resident.answers import Told

# What an answer leads to; what it does not lead to is nothing. Options by id, yes is "1".
RENTED = ("deposit", "rent")
FOLLOWS: dict[str, dict[str, tuple[str, ...]]] = {
    "tenure": {
        "own": ("home_value",), "jeonse": ("deposit",), "monthly_rent": RENTED, "public_rental": RENTED, "free": (),
        "unstable": RENTED,
    },
    "car": {"none": (), "exempt": ("car_value",), "modest": ("car_value",), "other": ("car_value",)},
    "supporter_exists": {"0": (), "1": ("supporter_income", "supporter_property")},
}  # fmt: skip
LED_TO = {one: fact for fact, ways in FOLLOWS.items() for facts in ways.values() for one in facts}


class Slot(NamedTuple):
    """One answer to be given: a fact of the home (person None) or of a person."""

    fact: str
    person: int | None = None

    def __str__(self) -> str:
        return self.fact if self.person is None else f"{self.fact}-{self.person}"


@dataclass(frozen=True)
class Screen:
    """What one screen asks: `ticks` are ticked where they hold, `picks` are one choice each; `then` comes after it."""

    question: Question
    ticks: tuple[Slot, ...] = ()
    picks: tuple[Slot, ...] = ()
    then: tuple[Slot, ...] = ()
    is_detail: bool = False


@dataclass
class Typed:
    """What was typed on a screen: values, the slots still to be asked one by one, errors by slot and exact figures as typed."""

    values: dict[Slot, Value] = field(default_factory=dict)
    then: list[Slot] = field(default_factory=list)
    errors: dict[Slot, str] = field(default_factory=dict)


def first_screen(question: Question, facts: Collection[str], told: Told, assessment: Assessment, book: RuleBook) -> Screen:
    """The question as it begins, with those of its facts that are asked."""
    asked = [one for one in question.facts if one in facts and LED_TO.get(one) not in facts]
    home = [Slot(one) for one in asked if book.facts[one].subject == Subject.HOUSEHOLD]
    people = [slot for one in asked if book.facts[one].subject == Subject.PERSON for slot in _of_people(one, told, assessment)]
    yes_no = [slot for slot in home if book.facts[slot.fact].kind == Kind.YES_NO]
    ticks = yes_no if len(yes_no) > 1 or any(slot.fact not in FOLLOWS for slot in yes_no) else []
    several = len({slot.person for slot in people}) > 1
    ticks += [slot for slot in people if several or book.facts[slot.fact].kind == Kind.YES_NO]
    picks = [slot for slot in (*home, *people) if slot not in ticks]
    if len(picks) > 1:
        ticks, picks = [*ticks, *picks], []
    return Screen(question, tuple(ticks), tuple(picks))


def _of_people(fact: str, told: Told, assessment: Assessment) -> list[Slot]:
    """The persons a fact is asked of; nobody who lives alone is asked for a spouse."""
    people = range(len(told.people))
    if fact == "spouse" and len(people) == 1:
        return []
    node = assessment.program.graph.asked.get(fact)
    return [Slot(fact, one) for one in people if node is None or assessment.range_of(node, one)[1]]


def detail_screen(question: Question, then: Iterable[Slot]) -> Screen:
    """One figure or choice; the others wait."""
    now, *waiting = then
    return Screen(question, (), (now,), tuple(waiting), is_detail=True)


def slots_in(text: str, question: Question, told: Told, book: RuleBook) -> tuple[Slot, ...]:
    """Slots as a page named them; what this question does not ask is left out."""
    found = []
    for one in text[:2000].split(","):
        fact, _, person = one.partition("-")
        if fact not in question.facts:
            continue
        of_person = book.facts[fact].subject == Subject.PERSON
        if not of_person and not person:
            found.append(Slot(fact))
        elif of_person and person.isascii() and person.isdigit() and int(person) < len(told.people):
            found.append(Slot(fact, int(person)))
    return tuple(dict.fromkeys(found))


def named(slots: Iterable[Slot]) -> str:
    """Slots as a page carries them."""
    return ",".join(map(str, slots))


def take(screen: Screen, post: Mapping[str, str], chosen: Collection[str], book: RuleBook, is_leaving: bool = False) -> Typed:
    """What was answered on a screen. `chosen` are the ticked slots. Who leaves the screen is told of no gaps."""
    typed = Typed(then=list(screen.then))
    unsure = bool(post.get("unsure"))
    if not (is_leaving and not chosen):
        for slot in screen.ticks:
            _tick(slot, str(slot) in chosen, unsure, book.facts[slot.fact], typed)
    for slot in screen.picks:
        _pick(slot, post, book.facts[slot.fact], typed)
    _lead(typed, book)
    if is_leaving:
        typed.errors.clear()
    return typed


def nothing(screen: Screen, post: Mapping[str, str], book: RuleBook) -> dict[str, str]:
    """What was sent with "해당하는 것이 없어요": choices left open that know a "없음" or "아니요" are that."""
    none = {Kind.YES_NO: "0", Kind.CHOICE: "none"}
    kinds = {str(slot): book.facts[slot.fact].kind for slot in screen.picks}
    open_ones = {name: none[kind] for name, kind in kinds.items() if kind in none}
    return open_ones | {name: said for name, said in post.items() if said}


def _lead(typed: Typed, book: RuleBook) -> None:
    """What an answer leads to is asked next; what it rules out is nothing; with 모름 it is unknown too."""
    for slot, value in list(typed.values.items()):
        led = follows(slot.fact, value, book.facts[slot.fact])
        for name in (one for one, base in LED_TO.items() if base == slot.fact):
            if name in led:
                typed.then.append(Slot(name))
            else:
                typed.values[Slot(name)] = None if value is None else 0


def _tick(slot: Slot, is_chosen: bool, unsure: bool, fact: Fact, typed: Typed) -> None:
    if fact.kind == Kind.YES_NO:
        typed.values[slot] = 1 if is_chosen else None if unsure else 0
    elif is_chosen:
        typed.then.append(slot)
    else:
        typed.values[slot] = None if unsure else fact.otherwise


def _pick(slot: Slot, post: Mapping[str, str], fact: Fact, typed: Typed) -> None:
    said = post.get(str(slot), "")
    if said == "unknown":
        typed.values[slot] = None
    elif said == "exact" and fact.kind in (Kind.MONEY, Kind.COUNT):
        amount = figure(post.get(f"{slot}-exact", ""))
        if amount is None or not fact.least <= amount <= fact.most:
            typed.errors[slot] = "exact"
        else:
            typed.values[slot] = amount
    elif (value := _option(said, fact)) is not None:
        typed.values[slot] = value
    else:
        typed.errors[slot] = "none"


def _option(said: str, fact: Fact) -> Value:
    if fact.kind == Kind.YES_NO:
        return {"1": 1, "0": 0}.get(said)
    if fact.kind == Kind.CHOICE:
        return next((place for place, one in enumerate(fact.options) if one.id == said), None)
    return next((low if low == high else (low, high) for low, high in bands_of(fact) if said == f"{low}-{high}"), None)


def follows(name: str, value: Value, fact: Fact) -> tuple[str, ...]:
    """Facts that an answer leads to."""
    if name not in FOLLOWS or value is None or isinstance(value, tuple):
        return ()
    return FOLLOWS[name][fact.options[int(value)].id if fact.kind == Kind.CHOICE else str(int(value))]


def bands_of(fact: Fact) -> tuple[tuple[int, int], ...]:
    """The ranges to pick from, the last one open to what the fact may be at most."""
    if not fact.bands or fact.bands[-1][1] >= fact.most:
        return fact.bands
    return (*fact.bands, (fact.bands[-1][1] + 1, fact.most))


def figure(text: str) -> int | None:
    """A sum as people type it: 850000, 850,000원, 85만, 1억 2천만, 약 백만원쯤 -> won; None where it is none."""
    text = text.replace(",", "").replace(" ", "").removeprefix("약").removeprefix("한")
    text = text.removesuffix("쯤").removesuffix("정도").removesuffix("원")
    total, rest = 0, text
    for word, size in (("억", 100_000_000), ("만", 10_000)):
        if word in rest:
            before, rest = rest.split(word, 1)
            number = _hundreds(before)
            if number is None:
                return None
            total += number * size
    if not rest:
        return total if text else None
    number = _hundreds(rest)
    return None if number is None else total + number


def _hundreds(text: str) -> int | None:
    """12, 3천, 2천5백 -> a number."""
    total, rest = 0, text
    for word, size in (("천", 1000), ("백", 100)):
        if word in rest:
            before, rest = rest.split(word, 1)
            if before and not _is_digits(before):
                return None
            total += int(before or 1) * size
    if rest and not _is_digits(rest):
        return None
    return total + int(rest or 0) if text else None


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 13
