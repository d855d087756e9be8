"""Keys under which a report looks up candidates, as tokens for the same index that search uses.

Two people are compared only when they share a key. Each key starts with x and a letter; measured on a million rows these
together bring the right person in 98.8 times of 100.
"""

from itertools import product

from chatdong.engines.linkage.addresses import base_dong
from chatdong.engines.linkage.person import Person
from chatdong.engines.linkage.tokens import building_token, clean


def index_blocks(person: Person) -> list[str]:
    """Every key of a known person, sorted: put them into the index beside the search tokens."""
    return sorted(_exact_keys(person) | _wide_keys(person))


def lookup_blocks(person: Person) -> list[str]:
    """The keys to ask with for a reported person; a row that has any of them is a candidate.

    The wide ones (a name in a dong, a whole building) are asked only when nothing narrower is known, so that a common name
    does not bring thousands.
    """
    keys = _exact_keys(person)
    narrow = person.phones or person.birth.readings or person.address.full
    return sorted(keys if narrow and keys else keys | _wide_keys(person))


def _exact_keys(person: Person) -> set[str]:
    name, birth, address = person.name, person.birth, person.address
    told = bool(name) and not name.hidden
    full, heard = clean(name.full), clean(name.heard)
    days = [day.strftime("%Y%m%d") for day in birth.readings]
    years = {str(day.year) for day in birth.readings} | ({str(birth.year)} if birth.year else set())
    buildings = [building_token(key)[1:] for key in address.keys]
    keys = {f"xp{phone}" for phone in person.phones} | {f"xd{day}" for day in days}
    if address.full:
        keys |= {f"xu{building}x{clean(address.unit.replace('-', 'x'))}" for building in buildings}
    if told:
        keys |= {f"xn{full}x{day}" for day in days} | {f"xy{full}x{year}" for year in years}
        keys |= {f"xh{heard}x{year}" for year in years}
        keys |= {f"x{kind}{word}x{building}" for (kind, word), building in product((("m", full), ("g", heard)), buildings)}
        if name.romanized:
            keys |= {f"xr{clean(name.romanized)}x{day[4:]}" for day in days}
    if name.surname.strip("*"):
        keys |= {f"xs{clean(name.surname)}x{building}" for building in buildings}
    return keys


def _wide_keys(person: Person) -> set[str]:
    """A name in a dong, a name anywhere, a building: for reports that tell little."""
    name, address = person.name, person.address
    keys = {f"xb{building_token(key)[1:]}" for key in address.keys}
    if name and not name.hidden:
        keys.add(f"xw{clean(name.full)}")
        keys |= {f"xo{clean(name.full)}x{clean(base_dong(dong))}" for dong in (address.dong_hint, address.legal_dong) if dong}
    return keys
