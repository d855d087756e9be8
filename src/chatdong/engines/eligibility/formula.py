"""Reads a written formula into terms: `max(earned - deduction, 0)`, `share(median, pct_living)`, `tenure == 'monthly_rent'`.

The notation is a small part of Python's expressions (parsed, never run): numbers, names, + - * //, comparisons, and / or / not,
`a if c else b`, and min, max, share(base, percent), by_size(table), total(x), count(x), anyone(x), entitled(benefit or group).
Inside total, count and anyone the names are those of a person, outside those of the household; parameters are known in both.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from chatdong.engines.eligibility import terms as t
from chatdong.engines.eligibility.book import Dated, Fact, Kind, Measure, Subject

SIZE = "size"  # the household measure that by_size goes by


class FormulaError(ValueError):
    """A formula that cannot be read; the text says what is wrong and what would be right."""


@dataclass(frozen=True)
class Scope:
    """What a formula may name: facts, measures and parameters; `own` prefixes parameters that a benefit keeps for itself."""

    facts: Mapping[str, Fact]
    measures: Mapping[str, Measure]
    parameters: Mapping[str, Dated]
    benefits: frozenset[str] = frozenset()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own: str = ""
    subject: Subject = Subject.HOUSEHOLD

    def of_person(self) -> "Scope":
        """The same, inside an aggregate."""
        return replace(self, subject=Subject.PERSON)

    def parameter(self, name: str) -> str | None:
        """The full name of a parameter, the benefit's own first."""
        for key in (f"{self.own}.{name}", name):
            if key in self.parameters:
                return key
        return None

    def name(self, name: str) -> t.Term:
        """A fact, measure or single-valued parameter. Raises FormulaError."""
        known = self.facts.get(name) or self.measures.get(name)
        if known is not None:
            if known.subject != self.subject:
                where = "a person" if known.subject == Subject.PERSON else "the household"
                raise FormulaError(f"'{name}' is about {where}: use it inside count/total/anyone only where it belongs")
            return t.Named(name)
        key = self.parameter(name)
        if key is None:
            raise FormulaError(f"'{name}' is no fact, measure or parameter")
        if any(isinstance(one.value, tuple) for one in self.parameters[key].figures):
            raise FormulaError(f"'{name}' goes by household size: write by_size({name})")
        return t.Parameter(key)

    def is_number(self, name: str) -> bool:
        """Whether a name stands for a number rather than yes/no."""
        if name in self.facts:
            return self.facts[name].kind != Kind.YES_NO
        return name not in self.measures or self.measures[name].is_number


ARITHMETIC: dict[type, t.Operator] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.FloorDiv: "//"}
RELATIONS: dict[type, t.Relation] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}


def read_number(text: object, scope: Scope) -> t.Term:
    """A formula that gives a number. Raises FormulaError."""
    term = _read(text, scope)
    if not gives_number(term, scope):
        raise FormulaError(f"'{text}' gives yes/no where a number is needed")
    return term


def read_condition(text: object, scope: Scope) -> t.Term:
    """A formula that gives yes or no. Raises FormulaError."""
    term = _read(text, scope)
    if gives_number(term, scope):
        raise FormulaError(f"'{text}' gives a number where yes/no is needed")
    return term


def gives_number(term: t.Term, scope: Scope) -> bool:
    """Whether a term gives a number."""
    if isinstance(term, t.Named):
        return scope.is_number(term.name)
    return not isinstance(term, (t.Truth, t.Compared, t.All, t.Any, t.Not, t.Entitled, t.Anyone))


def _read(text: object, scope: Scope) -> t.Term:
    if isinstance(text, bool):
        return t.Truth(text)
    if isinstance(text, int):
        return t.Number(text)
    if not isinstance(text, str):
        raise FormulaError(f"a formula is text or a whole number, not {text!r}")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        raise FormulaError(f"'{text}' cannot be read near place {error.offset}") from error
    return _term(tree, scope)


def _term(node: ast.expr, scope: Scope) -> t.Term:
    match node:
        case ast.Constant(value=bool() as value):
            return t.Truth(value)
        case ast.Constant(value=int() as value):
            return t.Number(value)
        case ast.Name(id=name):
            return scope.name(name)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return t.Not(_condition(inner, scope))
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as value)):
            return t.Number(-value)
        case ast.BoolOp(op=operator, values=values):
            items = tuple(_condition(one, scope) for one in values)
            return t.All(items) if isinstance(operator, ast.And) else t.Any(items)
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in ARITHMETIC:
            return t.Arithmetic(ARITHMETIC[type(operator)], _number(left, scope), _number(right, scope))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return t.Choose(_condition(test, scope), _number(body, scope), _number(orelse, scope))
        case ast.Compare(left=left, ops=[operator], comparators=[right]) if type(operator) in RELATIONS:
            return _compared(RELATIONS[type(operator)], left, right, scope)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            return _called(name, args, scope)
    raise FormulaError(f"'{ast.unparse(node)}' is not part of the notation")


def _number(node: ast.expr, scope: Scope) -> t.Term:
    term = _term(node, scope)
    if not gives_number(term, scope):
        raise FormulaError(f"'{ast.unparse(node)}' gives yes/no where a number is needed")
    return term


def _condition(node: ast.expr, scope: Scope) -> t.Term:
    term = _term(node, scope)
    if gives_number(term, scope):
        raise FormulaError(f"'{ast.unparse(node)}' gives a number where yes/no is needed")
    return term


def _compared(relation: t.Relation, left: ast.expr, right: ast.expr, scope: Scope) -> t.Term:
    if isinstance(right, ast.Constant) and isinstance(right.value, str):
        fact = scope.facts.get(left.id) if isinstance(left, ast.Name) else None
        if fact is None or fact.kind != Kind.CHOICE:
            raise FormulaError(f"only a choice is compared with a text: '{ast.unparse(left)} {relation} {right.value!r}'")
        try:
            place = fact.place_of(right.value)
        except KeyError as error:
            known = ", ".join(option.id for option in fact.options)
            raise FormulaError(f"'{right.value}' is no option of '{fact.id}' ({known})") from error
        return t.Compared(relation, scope.name(fact.id), t.Number(place))
    return t.Compared(relation, _number(left, scope), _number(right, scope))


def _called(name: str, args: list[ast.expr], scope: Scope) -> t.Term:
    match name, args:
        case (("min" | "max"), [_, _, *_]):
            items = tuple(_number(one, scope) for one in args)
            return t.Least(items) if name == "min" else t.Greatest(items)
        case "share", [base, percent]:
            return t.Share(_number(base, scope), _number(percent, scope))
        case "by_size", [ast.Name(id=table)]:
            return by_size(table, scope)
        case "by_size", [ast.Name(id=table), size]:
            return by_size(table, scope, _number(size, scope))
        case (("total" | "count" | "anyone"), [inner]) if scope.subject == Subject.HOUSEHOLD:
            person = scope.of_person()
            if name == "total":
                return t.Total(_number(inner, person))
            return t.Count(_condition(inner, person)) if name == "count" else t.Anyone(_condition(inner, person))
        case "entitled", [ast.Name(id=benefit)] if scope.subject == Subject.HOUSEHOLD:
            return entitled(benefit, scope)
    raise FormulaError(f"'{name}' with {len(args)} values is not part of the notation here")


def by_size(table: str, scope: Scope, size: t.Term | None = None) -> t.Term:
    """A figure that goes by the household's size (or another count). Raises FormulaError."""
    key = scope.parameter(table)
    if key is None:
        raise FormulaError(f"'{table}' is no parameter")
    if not all(isinstance(one.value, tuple) for one in scope.parameters[key].figures):
        raise FormulaError(f"'{table}' is one figure for all sizes: write {table}")
    return t.BySize(key, size or t.Named(SIZE))


def entitled(benefit: str, scope: Scope) -> t.Term:
    """Another benefit's verdict, or that of any benefit of a group (groups.yaml). Raises FormulaError."""
    if benefit in scope.groups:
        return t.Any(tuple(t.Entitled(one) for one in scope.groups[benefit]))
    if benefit not in scope.benefits:
        raise FormulaError(f"'{benefit}' is no benefit of the catalog and no group")
    return t.Entitled(benefit)
