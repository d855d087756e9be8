"""What a household is found by: its search tokens, from plain values, the same for an action and a bulk load."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from chatdong.engines.linkage.addresses import Address, normal_address
from chatdong.engines.linkage.births import Birth
from chatdong.engines.linkage.blocking import index_blocks
from chatdong.engines.linkage.names import Name, normal_name
from chatdong.engines.linkage.person import Person
from chatdong.engines.linkage.tokens import index_tokens

MANY = 100_000


@dataclass(frozen=True)
class Known:
    """One resident as far as finding goes; all empty for a household of which nobody is known by name."""

    name: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    sex: str = ""
    phone: str = ""
    ref: object = None


def dong_token(dong_id: int) -> str:
    """The token that every household of a dong carries; what a search in a dong asks for."""
    return f"d{dong_id}"


def gu_token(gu_id: int) -> str:
    """The token that every household of a gu carries."""
    return f"g{gu_id}"


def person(known: Known, phone: str = "", address: str = "") -> Person:
    """A resident in the form that linkage compares, with the household's phone and address (empty where hidden)."""
    day, year = known.birth_date, known.birth_year
    birth = Birth(day, day.year, (day,)) if day else Birth(year=year)
    phones = tuple(dict.fromkeys(number for number in (known.phone, phone) if number))
    sex = known.sex.upper()
    return Person(
        _called(known.name),
        birth,
        phones,
        normal_address(address) if address else Address(),
        sex if sex in ("F", "M") else "",
        known.ref,
    )


def tokens_of(
    *, dong_id: int, gu_id: int, residents: Iterable[Known], phone: str = "", road: str = "", detail: str = "",
    hidden: bool = False,
) -> list[str]:  # fmt: skip
    """Every token of one household, sorted. A hidden address leaves no token: it can be found by name and phone only."""
    people = list(residents) or [Known()]
    road, detail = ("", "") if hidden else (road, detail)
    address = f"{road} {detail}".strip()
    # Read apart: a road is shared by a building and a door by a city, so that both are mostly known already.
    tokens = {dong_token(dong_id), gu_token(gu_id), *_address_words(road), *_address_words(detail)}
    for one in people:
        tokens.update(_name_words(one.name))
        tokens.update(index_blocks(person(one, phone, address)))
    tokens.update(index_tokens((), [number for number in (phone, *(one.phone for one in people)) if number], ()))
    return sorted(tokens)


def building_of(address: str) -> str:
    """The key of a building, equal for everybody who lives in it; "" where the address tells no building."""
    return _building(address)


@lru_cache(MANY)
def _called(name: str) -> Name:
    # one object a name: its phonetic and Latin keys are worked out once for everybody who is called so
    return normal_name(name)


@lru_cache(MANY)
def _building(road: str) -> str:
    return normal_address(road).key[:80]


@lru_cache(MANY)
def _name_words(name: str) -> tuple[str, ...]:
    return tuple(index_tokens((name,), (), ())) if name else ()


@lru_cache(MANY)
def _address_words(address: str) -> tuple[str, ...]:
    return tuple(index_tokens((), (), (address,))) if address.strip() else ()
