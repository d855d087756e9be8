"""The kinds of condition a benefit may be written with. Each reads its YAML into one term and keeps what its sentence needs.

A new kind is one function here and its name in CRITERIA; everything that runs or explains rules then knows it, because a kind is
only a way of writing terms. Every reader gets the value written under its name and the scope, and raises FormulaError.
"""

from collections.abc import Callable, Mapping
from typing import Any

from chatdong.engines.eligibility import terms as t
from chatdong.engines.eligibility.book import Criterion, Subject
from chatdong.engines.eligibility.formula import FormulaError, Scope, by_size, entitled, read_condition, read_number

MEDIAN = "median_income"
Reader = Callable[[Any, Scope], Criterion]
RELATION_OF: dict[str, t.Relation] = {"at_most": "<=", "at_least": ">=", "below": "<", "above": ">"}


def read_criterion(written: Any, scope: Scope) -> Criterion:
    """One condition as written: a mapping with one kind (and optionally `say`, `say_en`: the label it is told by)."""
    if not isinstance(written, Mapping):
        raise FormulaError(f"a condition is a mapping such as 'is: fact', not {written!r}")
    kinds = [key for key in written if key not in ("say", "say_en")]
    if len(kinds) != 1 or kinds[0] not in CRITERIA:
        raise FormulaError(
            f"unknown condition {', '.join(map(str, kinds)) or '(none)'}: use one of {', '.join(sorted(CRITERIA))}"
        )
    made = CRITERIA[kinds[0]](written[kinds[0]], scope)
    label = written.get("say", made.label)
    return Criterion(
        kinds[0], made.term, label, made.found, made.relation, made.limit, made.percent, made.items, written.get("say_en", "")
    )


def _all(written: Any, scope: Scope) -> Criterion:
    items = _items(written, scope)
    return Criterion("all", t.All(tuple(one.term for one in items)), items=items)


def _any(written: Any, scope: Scope) -> Criterion:
    items = _items(written, scope)
    return Criterion("any", t.Any(tuple(one.term for one in items)), items=items)


def _not(written: Any, scope: Scope) -> Criterion:
    item = read_criterion(written, scope)
    return Criterion("not", t.Not(item.term), label=item.label, items=(item,))


def _items(written: Any, scope: Scope) -> tuple[Criterion, ...]:
    if not isinstance(written, list) or not written:
        raise FormulaError("all and any hold a list of conditions")
    return tuple(read_criterion(one, scope) for one in written)


def _is(written: Any, scope: Scope) -> Criterion:
    """`is: single_parent`: a yes/no fact or measure holds."""
    term = read_condition(written, scope)
    return Criterion("is", term, _label(written, scope), found=term)


def _one_of(written: Any, scope: Scope) -> Criterion:
    """`one_of: {what: tenure, options: [monthly_rent, jeonse]}`."""
    what, options = _of(written, "what", "options")
    if not isinstance(options, list) or not options:
        raise FormulaError("'options' is a list of the choice's ids")
    terms = tuple(read_condition(f"{what} == '{one}'", scope) for one in options)
    label = _label(what, scope)
    return Criterion("one_of", t.Any(terms), label, found=scope.name(what))


def _limit(relation: str) -> Reader:
    """`at_most: {what: net_property, limit: property_limit}` and its three sisters; `what` and `limit` are formulas."""

    def read(written: Any, scope: Scope) -> Criterion:
        what, limit = _of(written, "what", "limit")
        found, held = read_number(what, scope), read_number(limit, scope)
        sign = RELATION_OF[relation]
        return Criterion(relation, t.Compared(sign, found, held), _label(what, scope), found, sign, held)

    return read


def _share_of_median(written: Any, scope: Scope) -> Criterion:
    """`share_of_median: {what: recognized_income, at_most: pct}`: against the published threshold, rounded half up to the won.

    Also `above` (more than the share). Law: 국민기초생활보장법 §2(11), §6의2.
    """
    relation = next((one for one in ("at_most", "above") if isinstance(written, Mapping) and one in written), "at_most")
    what, percent = _of(written, "what", relation)
    found, pct = read_number(what, scope), read_number(percent, scope)
    threshold = t.Share(by_size(MEDIAN, scope), pct)
    sign = RELATION_OF[relation]
    return Criterion("share_of_median", t.Compared(sign, found, threshold), _label(what, scope), found, sign, threshold, pct)


def _age(written: Any, scope: Scope) -> Criterion:
    """`age: {from: 65, to: 70}`: full years (만 나이), both ends included; inside `anyone` or `count` only."""
    return _span("age", written, scope)


def _age_months(written: Any, scope: Scope) -> Criterion:
    """`age_months: {from: 0, to: 23}`: full months, both ends included; inside `anyone` or `count` only."""
    return _span("age_months", written, scope)


def _span(what: str, written: Any, scope: Scope) -> Criterion:
    if not isinstance(written, Mapping) or not written or set(written) - {"from", "to"}:
        raise FormulaError(f"{what} has 'from', 'to' or both")
    found = scope.name(what)
    terms: list[t.Term] = []
    if "from" in written:
        terms.append(t.Compared(">=", found, read_number(written["from"], scope)))
    if "to" in written:
        terms.append(t.Compared("<=", found, read_number(written["to"], scope)))
    term = terms[0] if len(terms) == 1 else t.All(tuple(terms))
    return Criterion(what, term, _label(what, scope), found)


def _anyone(written: Any, scope: Scope) -> Criterion:
    """`anyone: {all: [...]}`: at least one person of the household meets conditions about a person."""
    item = read_criterion(written, _inside(scope))
    return Criterion("anyone", t.Anyone(item.term), item.label, items=(item,))


def _count(written: Any, scope: Scope) -> Criterion:
    """`count: {who: {...}, at_least: 2}` (or at_most): so many persons meet a condition."""
    relation = next((one for one in ("at_least", "at_most") if isinstance(written, Mapping) and one in written), "at_least")
    who, limit = _of(written, "who", relation)
    item = read_criterion(who, _inside(scope))
    found, held = t.Count(item.term), read_number(limit, scope)
    sign = RELATION_OF[relation]
    return Criterion("count", t.Compared(sign, found, held), item.label, found, sign, held, items=(item,))


def _inside(scope: Scope) -> Scope:
    if scope.subject == Subject.PERSON:
        raise FormulaError("anyone and count do not stand inside one another")
    return scope.of_person()


def _entitled(written: Any, scope: Scope) -> Criterion:
    """`entitled: [living_benefit, medical_benefit]`: gets, or is likely to get, one of these benefits."""
    named = written if isinstance(written, list) else [written]
    terms = tuple(entitled(str(one), scope) for one in named)
    return Criterion("entitled", terms[0] if len(terms) == 1 else t.Any(terms))


def _formula(written: Any, scope: Scope) -> Criterion:
    """`formula: "..."` with `say`: what no other kind can say."""
    term = read_condition(written, scope)
    return Criterion("formula", term, str(written), found=term)


def _of(written: Any, *keys: str) -> tuple[Any, ...]:
    if not isinstance(written, Mapping) or set(written) != set(keys):
        raise FormulaError(f"this condition has exactly {' and '.join(keys)}")
    return tuple(written[key] for key in keys)


def _label(what: Any, scope: Scope) -> str:
    known = scope.facts.get(what) or scope.measures.get(what) if isinstance(what, str) else None
    return known.label if known else ""


CRITERIA: dict[str, Reader] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "is": _is,
    "one_of": _one_of,
    "at_most": _limit("at_most"),
    "at_least": _limit("at_least"),
    "below": _limit("below"),
    "above": _limit("above"),
    "share_of_median": _share_of_median,
    "age": _age,
    "age_months": _age_months,
    "anyone": _anyone,
    "count": _count,
    "entitled": _entitled,
    "formula": _formula,
}
