"""A person as far as linkage is concerned: four fields that tell people apart, and an opaque reference."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from chatdong.engines.linkage.addresses import Address, normal_address
from chatdong.engines.linkage.births import Birth, normal_birth
from chatdong.engines.linkage.names import Name, normal_name
from chatdong.engines.linkage.phones import normal_phones


@dataclass(frozen=True)
class Person:
    """Somebody reported or somebody known. `ref` is the caller's own and never looked into; sex is "F", "M" or ""."""

    name: Name = field(default_factory=Name)
    birth: Birth = field(default_factory=Birth)
    phones: tuple[str, ...] = ()
    address: Address = field(default_factory=Address)
    sex: str = ""
    ref: object = None


def person_of(
    *,
    name: object = "",
    birth: object = None,
    phone: object = None,
    address: object = "",
    sex: str = "",
    ref: object = None,
    today: date,
    lot_to_road: Mapping[str, str] | None = None,
) -> Person:
    """A person from raw cells, everything brought to its normal form. `today` tells 2015 from 1915."""
    return Person(
        name=normal_name(name),
        birth=normal_birth(birth, today),
        phones=normal_phones(phone).all,
        address=normal_address(address, lot_to_road),
        sex=sex if sex in ("F", "M") else "",
        ref=ref,
    )


FIELDS = {"name": "이름", "birth": "생년월일", "phone": "전화번호", "address": "자세한 주소"}


def still_needed(person: Person) -> tuple[str, ...]:
    """The fields to ask for, names of `FIELDS`, while fewer than two of them are known; empty when there is enough.

    Measured on a register of one million: with two of the four a person can be told apart, with one nobody can.
    """
    known = {
        "name": bool(person.name) and not person.name.hidden,
        "birth": person.birth.day is not None,
        "phone": bool(person.phones),
        "address": person.address.full,
    }
    return () if sum(known.values()) >= 2 else tuple(name for name, told in known.items() if not told)
