"""Terms, facts and persons in plain Korean: what a condition looks at when nobody wrote a sentence for it."""

from collections.abc import Iterable, Mapping
from datetime import date

from chatdong.engines.eligibility import terms as t
from chatdong.engines.eligibility.book import Criterion, Fact, Kind, RuleBook, Rules
from chatdong.engines.eligibility.facts import Value
from chatdong.engines.eligibility.phrases import RELATIONS, WON, number, span
from chatdong.kernel.hangul import with_particle

UNITS = {"won": WON, "percent": "%"}
MONTHS_AS_SUCH = 24  # below two years a child's age is told in months


def labels_of(book: RuleBook, names: Iterable[str]) -> tuple[str, ...]:
    """Names of facts as they are asked for, each once."""
    return tuple(dict.fromkeys(book.facts[one].label for one in names))


def person_in_words(person: Mapping[str, Value], texts: Mapping[str, str]) -> str:
    """A person by age and sex, as nobody's name is known: 67세 여성, 8개월, 나이를 모르는 분."""
    months, female = person.get("age_months"), person.get("female")
    if months is None:
        age = texts["age_open"]
    elif isinstance(months, tuple):
        age = span(months[0] // 12, months[1] // 12, texts["years"].format(years=""), texts)
    elif months < MONTHS_AS_SUCH:
        age = texts["infant"].format(months=months)
    else:
        age = texts["years"].format(years=months // 12)
    if months is None or female is None or isinstance(female, tuple):
        return texts["person_plain"].format(age=age)
    return texts["person"].format(age=age, sex=texts["woman" if female else "man"])


def unit_of(term: t.Term, book: RuleBook) -> str:
    """What a number counts: 원, 명, 세; empty where it is a bare number."""
    match term:
        case t.Named(name=name):
            known = book.facts.get(name) or book.measures[name]
            if isinstance(known, Fact):
                return WON if known.kind == Kind.MONEY else known.unit
            return known.unit or WON
        case t.Count():
            return "명"
        case t.Parameter(name=name) | t.BySize(name=name):
            unit = book.parameters[name].unit
            return UNITS.get(unit, unit)
        case t.Number() | t.Truth():
            return ""
        case t.Choose(then=then, otherwise=otherwise):
            return unit_of(then, book) or unit_of(otherwise, book)
    return next((unit for one in t.parts(term) if (unit := unit_of(one, book))), "")


def sources_of(criterion: Criterion, rules: Rules) -> tuple[str, date | None]:
    """Where the figures of a condition are written and since when they hold, else where what it looks at is written."""
    measures = rules.book.measures
    used = t.parameters(criterion.term)
    if criterion.limit is None:  # a yes/no that is worked out: its figures stand inside
        used |= rules.book_parameters([criterion.term])
    figures = [rules.figures[one] for one in sorted(used) if one in rules.figures]
    if criterion.kind in ("all", "any", "anyone", "age", "age_months"):
        return "", None
    if figures:
        return "; ".join(dict.fromkeys(one.cite for one in figures)), max(one.since for one in figures)
    cites = (measures[one].cite for one in sorted(t.names(criterion.term)) if one in measures)
    return "; ".join(dict.fromkeys(one for one in cites if one)), None


def option_labels(term: t.Term, book: RuleBook) -> tuple[str, ...]:
    """The options that a choice is compared with."""
    found = []
    for one in t.walk(term):
        match one:
            case t.Compared(left=t.Named(name=name), right=t.Number(value=place)) if (
                name in book.facts and book.facts[name].options
            ):
                found.append(book.facts[name].options[place].label)
    return tuple(found)


def term_in_words(term: t.Term, rules: Rules, texts: Mapping[str, str]) -> str:
    """A term read aloud."""
    book = rules.book

    def say(one: t.Term) -> str:
        return term_in_words(one, rules, texts)

    match term:
        case t.Named(name=name):
            return (book.facts.get(name) or book.measures[name]).label
        case t.Number(value=value):
            return f"{value:,}"
        case t.Truth():
            return texts["truth"]
        case t.Parameter(name=name) | t.BySize(name=name):
            return book.parameters[name].label
        case t.Compared(relation=relation, left=t.Named(name=name), right=t.Number(value=place)) if (
            name in book.facts and book.facts[name].options
        ):
            option = book.facts[name].options[place].label
            option = texts["is_not"].format(text=option) if relation == "!=" else option
            return texts["being"].format(label=book.facts[name].label, option=option)
        case t.Compared(relation=relation, left=left, right=right):
            figure = number(right.value, unit_of(left, book)) if isinstance(right, t.Number) else say(right)
            return f"{with_particle(say(left), '이/가')} {figure} {RELATIONS[relation]}"
        case t.All(items=items):
            return texts["and"].join(map(say, items))
        case t.Any(items=items):
            return texts["or"].join(map(say, items))
        case t.Not(item=item):
            return texts["is_not"].format(text=say(item))
        case t.Entitled(benefit=name):
            return book.benefits[name].name
        case t.Arithmetic(operator=operator, left=left, right=right):
            return f"{say(left)} {operator} {say(right)}"
    return " · ".join(map(say, t.parts(term)))
