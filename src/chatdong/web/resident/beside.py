"""Beside the rule book: services near home, and entries of the public catalogs in their own words."""

from datetime import date
from typing import Any

from chatdong.ground.places.queries import gus
from chatdong.safetynet.benefits.queries import entries_like, offerings_for

MOST = 5
LEAST = 0.08


def beside(said: str, chosen: tuple[str, ...], today: date) -> dict[str, Any]:
    """Services for the situations that were understood, and entries like the words; neither was checked against any rule."""
    return {
        "services": offerings_for(today, situations=chosen, limit=MOST) if chosen else (),
        "entries": [one for one in entries_like(said, MOST, area=_area(today)) if one.score >= LEAST] if said else [],
    }


def _area(today: date) -> str:
    """The district's own area; nothing where several share this database."""
    found = list(gus(today).select_related("city")[:2])
    return f"{found[0].city.name} {found[0].name}" if len(found) == 1 else ""
