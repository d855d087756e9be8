"""Households that tell only a part of what they know, or a band around it."""

from collections.abc import Mapping
from random import Random

from chatdong.engines.eligibility import Household, Value
from chatdong.engines.eligibility.book import Fact
from chatdong.engines.eligibility.facts import bounds

BAND = 0.15  # told facts of which only a band is told


def masked(random: Random, full: Household, facts: Mapping[str, Fact], hidden: float) -> Household:
    """The household with about so great a share of its facts unknown and some told as a band."""
    return Household(
        {name: told(random, facts[name], value, hidden) for name, value in full.facts.items()},
        tuple({name: told(random, facts[name], value, hidden) for name, value in one.items()} for one in full.people),
    )


def told(random: Random, fact: Fact, value: Value, hidden: float) -> Value:
    """One fact: unknown, a band it lies in, or exactly."""
    assert isinstance(value, int)
    if random.random() < hidden:
        return None
    if random.random() > BAND:
        return value
    fitting = [one for one in fact.bands if one[0] <= value <= one[1]]
    least, most = bounds(fact)
    width = random.choice([1, (most - least) // 1000, (most - least) // 10])
    return fitting[0] if fitting else (max(least, value - random.randint(0, width)), min(most, value + random.randint(0, width)))


def told_more(random: Random, full: Household, part: Household) -> Household:
    """The same household having told half of what it had left out, and the half of its bands exactly."""

    def more(known: Mapping[str, Value], all_of_it: Mapping[str, Value]) -> dict[str, Value]:
        return {name: all_of_it[name] if random.random() < 0.5 else value for name, value in known.items()}

    return Household(
        more(part.facts, full.facts), tuple(more(one, whole) for one, whole in zip(part.people, full.people, strict=True))
    )
