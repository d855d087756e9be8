"""Whom to call before anything is read: who told of violence, or whose words speak of danger, sees it first on every page."""

from collections.abc import Iterable

from chatdong.engines.risk import HOTLINES, Hotline
from chatdong.safetynet.benefits.catalog.pages import Page
from chatdong.safetynet.benefits.catalog.sayings import sayings
from chatdong.web.resident.answers import Told
from chatdong.web.resident.visit import Visit

WHEN_HURT = ("112", "1366")


def calls_of(visit: Visit) -> tuple[Hotline, ...]:
    """The numbers for what was told: violence at home by its question, dangers by the situations found in words."""
    numbers = [*(WHEN_HURT if _is_hurt(visit.told) else ())]
    for situation in _dangers(visit, visit.told.plight):
        numbers += sayings().hotlines.get(situation, ())
    return tuple(HOTLINES[one] for one in dict.fromkeys(numbers) if one in HOTLINES)


def is_urgent(visit: Visit, page: Page) -> bool:
    """Whether a benefit is shown because of a danger that was told: its number stands first on its card."""
    told = set(_dangers(visit, visit.told.plight)) | ({"family_violence"} if _is_hurt(visit.told) else set())
    return bool(told & set(page.situations))


def _is_hurt(told: Told) -> bool:
    return bool(told.home.get("crisis_abuse"))


def _dangers(visit: Visit, situations: Iterable[str]) -> list[str]:
    known = visit.catalog.situations
    return [one for one in situations if one in known and known[one].urgent]
