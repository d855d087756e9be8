"""Rules read off word by word for a household that told everything: slow, no ranges, nothing shared with the engine.

Tests hold the engine against it.
"""

from chatdong.engines.eligibility import Household
from chatdong.engines.eligibility import terms as t
from chatdong.engines.eligibility.book import Benefit, Fact, Rules, Subject

Told = dict[str, int]


class Plainly:
    """One household on one day; every fact is told, every figure is known."""

    def __init__(self, rules: Rules, household: Household) -> None:
        self.rules, self.household = rules, household

    def eligible(self, benefit: Benefit) -> bool:
        """Whether a benefit is likely."""
        if not benefit.is_offered(self.rules.day):
            return False
        others = self.rules.book.benefits
        return all(self.value(one.term) for one in benefit.criteria) and not any(
            self.eligible(others[one]) for one in benefit.excluded_by
        )

    def amount(self, benefit: Benefit) -> int | None:
        """What it pays."""
        return None if benefit.amount is None else max(self.value(benefit.amount.term), 0)

    def value(self, term: t.Term, person: int | None = None) -> int:
        """A term's value; yes is 1."""
        match term:
            case t.Number(value=value) | t.Truth(value=value):
                return int(value)
            case t.Named(name=name):
                return self._named(name, person)
            case t.Parameter(name=name):
                return self.rules.figures[name].value
            case t.BySize(name=name, size=size):
                figure, many = self.rules.figures[name], self.value(size, person)
                beyond = max(many - len(figure.value), 0)
                return figure.value[min(many, len(figure.value)) - 1] + beyond * figure.extra if many else 0
            case t.Count(condition=inner):
                return sum(self.value(inner, i) for i in range(len(self.household.people)))
            case t.Total(value=inner):
                return sum(self.value(inner, i) for i in range(len(self.household.people)))
            case t.Anyone(condition=inner):
                return int(any(self.value(inner, i) for i in range(len(self.household.people))))
            case t.Entitled(benefit=name):
                return int(self.eligible(self.rules.book.benefits[name]))
            case t.Choose(condition=condition, then=then, otherwise=otherwise):
                return self.value(then if self.value(condition, person) else otherwise, person)
        parts = [self.value(one, person) for one in t.parts(term)]
        match term:
            case t.Arithmetic(operator="+"):
                return parts[0] + parts[1]
            case t.Arithmetic(operator="-"):
                return parts[0] - parts[1]
            case t.Arithmetic(operator="*"):
                return parts[0] * parts[1]
            case t.Arithmetic():
                return parts[0] // parts[1]
            case t.Share():
                return (parts[0] * parts[1] + 50) // 100
            case t.Least():
                return min(parts)
            case t.Greatest():
                return max(parts)
            case t.All():
                return int(all(parts))
            case t.Any():
                return int(any(parts))
            case t.Not():
                return int(not parts[0])
        left, right = parts
        return int(
            {
                "<": left < right, "<=": left <= right, ">": left > right,
                ">=": left >= right, "==": left == right, "!=": left != right,
            }[term.relation]
        )  # fmt: skip

    def _named(self, name: str, person: int | None) -> int:
        book = self.rules.book
        known = book.facts.get(name) or book.measures[name]
        if not isinstance(known, Fact):
            return self.value(known.term, person if known.subject == Subject.PERSON else None)
        told = self.household.facts if person is None else self.household.people[person]
        if name in told:
            return int(told[name])
        assert known.asked_when is not None and not self.value(known.asked_when, person), f"nobody told {name}"
        return known.otherwise
