"""The files that all benefits share: facts, questions, measures, groups, situations and the tables of dated figures."""

import ast
from collections.abc import Iterable, Mapping
from typing import Any

from chatdong.engines.eligibility.book import Dated, Fact, Kind, Measure, Option, Question, Subject, in_order
from chatdong.engines.eligibility.formula import FormulaError, Scope, read_condition, read_number
from chatdong.engines.eligibility.terms import Term, names
from chatdong.safetynet.benefits.catalog.checks import mistakes
from chatdong.safetynet.benefits.catalog.fields import Fields, entries
from chatdong.safetynet.benefits.catalog.figures import Place, read_dated
from chatdong.safetynet.benefits.catalog.pages import Group, Situation
from chatdong.safetynet.benefits.catalog.reading import Reader

FACT = (
    "id", "of", "kind", "label", "label_en", "hint", "unit", "range", "bands", "options", "asked_when", "otherwise",
)  # fmt: skip
KNOWN_OF_EVERYONE = frozenset({"age_months", "female"})
SUBJECTS = tuple(one.value for one in Subject)
SITUATION_GROUPS = ("money", "home", "health", "care", "disability", "family", "life")


def read_facts(reader: Reader) -> dict[str, Fact]:
    """What a household may tell, in the order it is written."""
    found: dict[str, Fact] = {}
    waiting: list[Fields] = []
    for fields in entries(reader, "facts.yaml"):
        fields.only(*FACT)
        fact = _fact(fields, None)
        if fact:
            found[fact.id] = fact
            waiting += [fields] if "asked_when" in fields.entry else []
    for fields in waiting:
        scope = Scope(found, {}, {}, subject=found[fields.entry["id"]].subject)
        asked = fields.formula("asked_when", lambda text, scope=scope: read_condition(text, scope))  # type: ignore[misc]
        if asked is None:
            continue
        if names(asked) - KNOWN_OF_EVERYONE:
            fields.wrong("asked_when", "asked_when looks at age_months and female only", "leave it out")
        elif made := _fact(fields, asked):
            found[made.id] = made
    return found


def _fact(fields: Fields, asked: Term | None) -> Fact | None:
    kind = fields.choice("kind", tuple(one.value for one in Kind))
    of = fields.choice("of", SUBJECTS)
    if not kind or not of:
        return None
    options = []
    for line, one in fields.items("options", must=kind == Kind.CHOICE):
        option = Fields(fields.reader, fields.file, one, line)
        option.only("id", "label", "label_en")
        options.append(Option(option.text("id"), option.text("label"), option.text("label_en", must=False)))
    least, most = _span(fields, "range", fields.entry.get("range", (0, max(1, len(options) - 1))))
    if kind in (Kind.MONEY, Kind.COUNT) and "range" not in fields.entry:
        fields.wrong("range", f"'{fields.entry['id']}' has no bounds", "write range: [least, most]")
    return Fact(
        fields.text("id"), Subject(of), Kind(kind), fields.text("label"), least, most, tuple(options),
        tuple(_span(fields, "bands", one) for _, one in fields.items("bands")),
        asked, fields.number("otherwise"), fields.text("label_en", must=False), fields.text("hint", must=False),
        fields.text("unit", must=False) or ("원" if kind == Kind.MONEY else ""),
    )  # fmt: skip


def _span(fields: Fields, key: str, written: Any) -> tuple[int, int]:
    if not isinstance(written, (list, tuple)) or len(written) != 2 or not all(type(one) is int for one in written):
        fields.wrong(key, "a span has two whole numbers", "write [least, most]")
        return (0, 0)
    if written[0] > written[1]:
        fields.wrong(key, "this span ends before it begins", "write [least, most]")
    return (written[0], written[1])


def read_questions(reader: Reader, facts: Mapping[str, Fact]) -> tuple[Question, ...]:
    """The questions in the form's order; every fact is asked by one of them."""
    found: list[Question] = []
    asked: dict[str, str] = {}
    for fields in entries(reader, "questions.yaml"):
        fields.only("id", "facts", "text", "text_en", "hint", "hint_en")
        told = fields.texts("facts", must=True)
        for one in told:
            if one not in facts:
                fields.wrong("facts", f"'{one}' is no fact", "write it into facts.yaml first")
            if one in asked:
                fields.wrong("facts", f"'{one}' is asked twice", f"it is asked by '{asked[one]}' already")
            asked[one] = fields.text("id")
        found.append(
            Question(
                fields.text("id"),
                told,
                fields.text("text"),
                fields.text("text_en"),
                fields.text("hint", must=False),
                fields.text("hint_en", must=False),
            )
        )
    for one in facts:
        if one not in asked:
            reader.wrong("questions.yaml", 1, f"nobody asks for '{one}'", "name it under the facts of a question")
    return tuple(found)


def read_tables(reader: Reader, files: Iterable[str], places: dict[str, Place]) -> dict[str, Dated]:
    """The parameters that benefits share, by name."""
    found: dict[str, Dated] = {}
    for file in files:
        for fields in entries(reader, file):
            key = fields.text("id")
            if key in found:
                fields.wrong("id", f"the id '{key}' is given twice", f"choose another (the first is in {places[key].file})")
            elif dated := read_dated(fields, key):
                found[key], places[key] = dated, Place(file, fields.entry.line)
    return found


def read_measures(reader: Reader, facts: Mapping[str, Fact], parameters: Mapping[str, Dated]) -> dict[str, Measure]:
    """What is worked out from facts; each measure is read after those it names."""
    written = {fields.entry["id"]: fields for fields in entries(reader, "measures.yaml")}
    found: dict[str, Measure] = {}
    scope = Scope(facts, found, parameters)
    for key in _order(written):
        fields = written[key]
        fields.only("id", "of", "label", "label_en", "unit", "formula", "cite", "steps")
        subject = fields.choice("of", SUBJECTS)
        inner = scope.of_person() if subject == Subject.PERSON else scope
        read = fields.formula("formula", lambda text, inner=inner: _number_or_condition(text, inner))  # type: ignore[misc]
        for taken, what in ((facts, "fact"), (parameters, "parameter")):
            if key in taken:
                fields.wrong("id", f"'{key}' is the name of a {what} too", "choose another name")
        if read is None or not subject:
            continue
        for says, do in mistakes(read[0], parameters):
            fields.wrong("formula", says, do)
        found[key] = Measure(
            key, Subject(subject), read[1], fields.text("label"), read[0], fields.text("cite", must=False),
            fields.texts("steps"), fields.text("label_en", must=False),
            fields.text("unit", must=False) or ("원" if read[1] else ""),
        )  # fmt: skip
    for key, measure in found.items():
        for step in measure.steps:
            if step not in found or found[step].subject != measure.subject:
                written[key].wrong("steps", f"'{step}' is no measure of the same", "steps are measures shown to the reader")
    return found


def _order(written: Mapping[str, Fields]) -> list[str]:
    needs = {key: _names_in(fields.entry.get("formula")) & written.keys() for key, fields in written.items()}
    left = dict(needs)
    while True:
        try:
            return in_order(left)
        except ValueError as error:
            key = str(error).rsplit(" -> ", 1)[1]
            written[key].wrong("formula", error, "a measure may not need itself")
            del left[key]


def _names_in(formula: object) -> frozenset[str]:
    try:
        tree = ast.parse(str(formula).strip(), mode="eval")
    except SyntaxError:
        return frozenset()
    return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))


def _number_or_condition(text: Any, scope: Scope) -> tuple[Term, bool]:
    try:
        return read_number(text, scope), True
    except FormulaError:
        return read_condition(text, scope), False


def read_groups(reader: Reader, benefits: frozenset[str]) -> dict[str, Group]:
    """Names for several benefits at once."""
    found = {}
    for fields in entries(reader, "groups.yaml"):
        fields.only("id", "label", "label_en", "benefits")
        named = fields.texts("benefits", must=True)
        for one in named:
            if one not in benefits:
                fields.wrong("benefits", f"'{one}' is no benefit", f"write benefits/{one}.yaml, or take it out")
        key = fields.text("id")
        if key in benefits:
            fields.wrong("id", f"'{key}' is a benefit too", "choose another name")
        known = tuple(one for one in named if one in benefits)
        found[key] = Group(key, fields.text("label"), fields.text("label_en", must=False), known)
    return found


def read_situations(reader: Reader) -> dict[str, Situation]:
    """The plights that sentences lead to and benefits answer."""
    found = {}
    for fields in entries(reader, "situations.yaml"):
        fields.only("id", "of", "label", "label_en", "urgent")
        key = fields.text("id")
        group = fields.choice("of", SITUATION_GROUPS)
        found[key] = Situation(key, group, fields.text("label"), fields.text("label_en"), fields.flag("urgent"))
    return found
