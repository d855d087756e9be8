"""Reads one benefit's file: its figures, its rule, its page and its cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chatdong.engines.eligibility.book import Amount, Benefit, Criterion, Dated, Fact, Measure
from chatdong.engines.eligibility.criteria import read_criterion
from chatdong.engines.eligibility.formula import FormulaError, Scope, read_number
from chatdong.safetynet.benefits.catalog.cases import Case, read_case
from chatdong.safetynet.benefits.catalog.checks import mistakes
from chatdong.safetynet.benefits.catalog.fields import Fields
from chatdong.safetynet.benefits.catalog.figures import Place, read_dated
from chatdong.safetynet.benefits.catalog.pages import Law, Page, Situation
from chatdong.safetynet.benefits.catalog.reading import Entry, Reader

BENEFIT = (
    "id", "name", "name_en", "owner", "department", "unit", "serv_id", "summary", "summary_en", "law", "since", "until",
    "income_tested", "parameters", "criteria", "amount", "gives", "gives_en", "excluded_by", "not_with", "documents", "apply",
    "visit", "words", "situations", "cases",
)  # fmt: skip
OWNERS = ("국가", "서울시", "자치구", "민간")
UNITS = ("household", "person", "student", "child")
PERIODS = ("month", "year", "once", "quarter", "day", "hour")
SEE = "see the conditions in engines/eligibility/criteria.py"


@dataclass(frozen=True)
class Shared:
    """What every benefit may name."""

    facts: Mapping[str, Fact]
    measures: Mapping[str, Measure]
    parameters: dict[str, Dated]
    benefits: frozenset[str]
    groups: Mapping[str, tuple[str, ...]]
    situations: Mapping[str, Situation]
    places: dict[str, Place]


def read_benefit(reader: Reader, file: str, key: str, shared: Shared) -> tuple[Benefit | None, Page | None, tuple[Case, ...]]:
    """What a file says; without a benefit where its rule cannot be read. Its figures are added to the shared ones."""
    written = reader.read(file)
    if written is None:
        return None, None, ()
    fields = Fields(reader, file, written)
    fields.only(*BENEFIT)
    if fields.text("id") != key:
        fields.wrong("id", f"the id is not the file's name '{key}'", f"write id: {key}")
    _figures(fields, key, shared)
    benefit = _rule(fields, key, shared)
    cases = []
    for line, one in fields.items("cases", must=True):
        case = read_case(Fields(reader, file, one, line), key, shared.facts)
        cases += [case] if case else []
    return benefit, _page(fields, key, shared), tuple(cases)


def _figures(fields: Fields, key: str, shared: Shared) -> None:
    inside = fields.inside("parameters")
    if inside is None:
        return
    for name, written in inside.entry.items():
        full, line = f"{key}.{name}", inside.entry.line_of(name)
        for taken, what in ((shared.facts, "fact"), (shared.measures, "measure"), (shared.parameters, "shared figure")):
            if name in taken:
                inside.wrong(name, f"'{name}' is the name of a {what} too", "choose another name, or use the shared one")
        dated = read_dated(Fields(fields.reader, fields.file, written, line), full)
        if dated:
            shared.parameters[full], shared.places[full] = dated, Place(fields.file, line)


def _rule(fields: Fields, key: str, shared: Shared) -> Benefit | None:
    scope = Scope(shared.facts, shared.measures, shared.parameters, shared.benefits, shared.groups, own=key)
    criterion = _criterion(fields, scope)
    amount = _paid(fields, scope)
    excluded_by, not_with = _known(fields, "excluded_by", shared), _known(fields, "not_with", shared)
    if criterion is None or (amount is None and "amount" in fields.entry):
        return None
    law = ", ".join(f"{one.name} {one.article}".strip() for one in _law(fields, quiet=True))
    return Benefit(
        key, fields.text("name"), criterion.items if criterion.kind == "all" else (criterion,), amount,
        fields.day("since"), fields.day("until"), excluded_by, not_with, law,
        fields.choice("unit", UNITS), fields.flag("income_tested"),
    )  # fmt: skip


def _criterion(fields: Fields, scope: Scope) -> Criterion | None:
    if "criteria" not in fields.entry:
        fields.wrong("criteria", "a benefit without criteria", "write them; 'formula: \"True\"' with say: is for everyone")
        return None
    written, sound = fields.entry["criteria"], True
    for line, leaf, inner in _leaves(written, fields.entry.line_of("criteria"), scope):
        try:
            found = list(mistakes(read_criterion(leaf, inner).term, scope.parameters))
        except FormulaError as error:
            fields.reader.wrong(fields.file, line, error, SEE)
            sound = False
            continue
        for says, do in found:
            fields.reader.wrong(fields.file, line, says, do)
    if not sound:
        return None
    return fields.formula("criteria", lambda text: read_criterion(text, scope))


def _leaves(written: Any, line: int, scope: Scope) -> Iterator[tuple[int, Any, Scope]]:
    """The single conditions of a written rule with their lines, so each mistake is named where it stands."""
    if isinstance(written, Entry):
        for kind, value in written.items():
            at = written.line_of(kind)
            if kind in ("all", "any") and isinstance(value, list) and value:
                for inner, one in value.with_lines():  # type: ignore[attr-defined]
                    yield from _leaves(one, inner, scope)
                return
            if kind == "not":
                yield from _leaves(value, at, scope)
                return
            if kind == "anyone":
                yield from _leaves(value, at, scope.of_person())
                return
            if kind == "count" and isinstance(value, Entry) and isinstance(value.get("who"), Entry):
                yield from _leaves(value["who"], value.line_of("who"), scope.of_person())
    yield line, written, scope


def _paid(fields: Fields, scope: Scope) -> Amount | None:
    paid = fields.inside("amount")
    if paid is None:
        fields.text("gives")
        fields.text("gives_en")
        return None
    if "gives" in fields.entry:
        fields.wrong("gives", "both an amount and what is given", "write amount for money, gives for a service")
    paid.only("formula", "per", "text", "text_en")
    per = paid.choice("per", PERIODS)
    term = paid.formula("formula", lambda text: read_number(text, scope))
    if term is None:
        return None
    for says, do in mistakes(term, scope.parameters):
        paid.wrong("formula", says, do)
    return Amount(term, per)


def _known(fields: Fields, key: str, shared: Shared) -> tuple[str, ...]:
    """Benefits that a field names; a group stands for its benefits."""
    found: list[str] = []
    for one in fields.texts(key):
        if one not in shared.benefits and one not in shared.groups:
            fields.wrong(key, f"'{one}' is no benefit of the catalog and no group", "take it out, or write its file")
            continue
        found += shared.groups.get(one, (one,))
    return tuple(dict.fromkeys(found))


def _law(fields: Fields, *, quiet: bool = False) -> tuple[Law, ...]:
    found = []
    for line, one in fields.items("law", must=not quiet):
        law = Fields(fields.reader, fields.file, one, line)
        if not quiet:
            law.only("name", "article", "link")
        found.append(Law(law.text("name"), law.text("article", must=False), law.text("link", must=False)))
    return tuple(found)


def _page(fields: Fields, key: str, shared: Shared) -> Page:
    apply = fields.inside("apply", must=True) or Fields(fields.reader, fields.file, Entry(1, {}, {}))
    apply.only("where", "how", "phone", "online")
    paid = fields.inside("amount")
    situations = fields.texts("situations", must=True)
    for one in situations:
        if one not in shared.situations:
            fields.wrong("situations", f"'{one}' is no situation", "see situations.yaml")
    return Page(
        key, fields.text("name"), fields.text("name_en"), fields.choice("owner", OWNERS), fields.text("department"),
        fields.choice("unit", UNITS), fields.text("serv_id", must=False), fields.text("summary"), fields.text("summary_en"),
        _law(fields), paid.text("text") if paid else fields.text("gives", must=False),
        paid.text("text_en") if paid else fields.text("gives_en", must=False), paid.text("per", must=False) if paid else "",
        fields.texts("documents", must=True), apply.text("where"), apply.text("how"), apply.text("phone"),
        apply.text("online", must=False), fields.texts("visit", must=True), fields.texts("words", must=True), situations,
        _known(fields, "not_with", shared),
    )  # fmt: skip
