"""One sending of the page: what it carried, in which language, and how a page of ours is answered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from chatdong.engines.risk import Hotline
from chatdong.kernel import clock
from chatdong.safetynet.benefits.catalog import Catalog
from chatdong.web.door.page import page
from chatdong.web.door.rulebook import catalog
from chatdong.web.resident.answers import Reading, Told, read, written
from chatdong.web.resident.english import DISTRICTS
from chatdong.web.resident.english import HOTLINES as HOTLINES_ENGLISH
from chatdong.web.resident.flow import Flow
from chatdong.web.resident.language import ENGLISH, KOREAN, Say, sayer
from chatdong.web.resident.outcome import Tally, tally_of


@dataclass(frozen=True)
class Visit:
    """A request with what it told. Everything here lives as long as the answer takes."""

    request: HttpRequest
    language: str
    reading: Reading

    @classmethod
    def of(cls, request: HttpRequest, language: str) -> "Visit":
        """The visit of a request; whatever its state field holds."""
        found = catalog()
        return cls(request, language, read(request.POST.get("state", ""), found.book, found.situations))

    @property
    def catalog(self) -> Catalog:
        return catalog()

    @cached_property
    def say(self) -> Say:
        return sayer(self.language)

    @property
    def told(self) -> Told:
        return self.reading.told

    @cached_property
    def flow(self) -> Flow:
        """Everything about this household on today's rules."""
        return Flow(self.catalog.book.on(clock.today()), self.told)

    @property
    def state(self) -> str:
        """What the page carries on."""
        return written(self.told, self.catalog.book)

    def with_told(self, told: Told) -> "Visit":
        """The same visit a step further."""
        return Visit(self.request, self.language, replace(self.reading, told=told))

    def url(self, name: str) -> str:
        """The address of one of our pages in the language of this visit."""
        return address(name, self.language)

    def other(self, name: str) -> str:
        """The same page in the other language."""
        return address(name, KOREAN if self.language == ENGLISH else ENGLISH)

    def tally(self) -> Tally | None:
        """The result so far; None before anybody was named."""
        return tally_of(self.flow, self.catalog, self.language) if self.told.people else None

    def calls(self, lines: Iterable[Hotline]) -> list[tuple[str, str, str]]:
        """Numbers to call at once, as they are printed: number, who answers, when to call."""
        if self.language == ENGLISH:
            return [(one.number, *HOTLINES_ENGLISH.get(one.number, (one.name, ""))) for one in lines]
        return [(one.number, one.name, one.when) for one in lines]

    def page(self, template: str, name: str, status: int = 200, **context: Any) -> HttpResponse:
        """A page of ours. `name` is the address that shows it, for the switch of language."""
        told: dict[str, Any] = {
            "say": self.say,
            "language": self.language,
            "state": self.state,
            "at": self.url,
            "other": self.other(name),
        }
        district = settings.DISTRICT_NAME
        if self.language == ENGLISH:
            district = DISTRICTS.get(district, district)
            told["_"] = self.say  # the furniture of web/ui speaks English too
        return page(self.request, f"resident/{template}.html", status=status, district=district, **told, **context)


def address(name: str, language: str) -> str:
    """resident-benefits-ask in Korean, resident-benefits-ask-en in English."""
    return reverse(f"resident-benefits{'-' + name if name else ''}{'-en' if language == ENGLISH else ''}")
