"""All rules of the proof over an area."""

from collections.abc import Iterator
from datetime import datetime

from chatdong.safetynet.discovery.queries.proof import owners, risks
from chatdong.safetynet.discovery.queries.proof.found import Area, Orphan, owned_things


def proof(*, at: datetime, gu_id: int | None = None) -> list[Orphan]:
    """Everything that could be dropped, everywhere or in a gu; an empty list is the proof."""
    return sorted(_all(Area(at, gu_id)))


def proof_of_dong(dong_id: int, *, at: datetime) -> list[Orphan]:
    """The same for one dong, without the lists of its gu."""
    return sorted(_all(Area(at, dong_id=dong_id)))


def _all(area: Area) -> Iterator[Orphan]:
    for thing in owned_things():
        yield from owners.without_owner(thing, area)
        yield from owners.misplaced(thing, area)
        if thing.name == "handover":
            yield from owners.overdue_handovers(thing, area)
    yield from owners.never_told(area)
    yield from owners.joined_wrongly(area)
    yield from owners.empty_dongs(area)
    yield from risks.unwatched(area)
    yield from risks.lists_apart(area)
    yield from risks.unmade(area)
