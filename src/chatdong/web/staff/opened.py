"""A household opened for a screen: its file, what is open about it, and what the person may do there."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import HttpRequest

from chatdong.ground.accounts.queries import Worker, workers_of
from chatdong.ground.households.queries import HouseholdFile, access_household, now_called
from chatdong.kernel import clock
from chatdong.kernel.errors import NotFound
from chatdong.policy.actor import Actor
from chatdong.policy.check import Where, may
from chatdong.policy.permissions import Permission
from chatdong.safetynet.discovery.queries import LeadCard, lead_card, owners_of
from chatdong.safetynet.visits.queries import DueRow, WatchCard, watch_of
from chatdong.safetynet.visits.queries.unreached import search_of


@dataclass(frozen=True)
class Opened:
    """One household as one person sees it now. `where` says who answers for it; rights are asked with it."""

    by: Actor
    at: datetime
    file: HouseholdFile
    lead: LeadCard | None
    watch: WatchCard | None
    where: Where

    @property
    def id(self) -> int:
        return self.file.id

    @property
    def owner_ids(self) -> frozenset[int]:
        return self.where.owner_ids

    @property
    def owner_id(self) -> int | None:
        """Who answers for it: the worker of the open lead, else of the watch."""
        owned = self.lead or self.watch
        return owned.worker_id if owned else None

    @property
    def owner_name(self) -> str:
        owned = self.lead or self.watch
        return owned.worker_name if owned else ""

    @property
    def title(self) -> str:
        """Whose household it is, in full: the opening was recorded."""
        named = [one.name for one in self.file.residents if one.name]
        return f"{named[0]} 님 가구" if named else f"가구 {self.file.id}"

    @cached_property
    def search(self) -> DueRow | None:
        """The open search for a household that cannot be reached."""
        return search_of(self.id, at=self.at)

    def may(self, right: Permission) -> bool:
        """Whether a screen offers something; the action asks again. Broken glass lets one read, never write."""
        return may(self.by, right, self.where)

    def workers(self) -> list[Worker]:
        """Everybody who works in its dong."""
        return workers_of([self.file.dong_id], self.at.date())


def opened_household(request: HttpRequest, household_id: int, purpose: str = "") -> Opened:
    """Open a household for the person at the screen; the opening is written down.

    Raises NotFound where there is none within reach.
    """
    by, at = request.actor, clock.now()  # type: ignore[attr-defined]
    owners = owners_of(now_called(household_id))
    file = access_household(by=by, household_id=household_id, at=at, purpose=purpose, owner_ids=owners)
    where = Where(dong_id=file.dong_id, owner_ids=owners, household_id=file.id)
    return Opened(by, at, file, _lead(by, file.id, at), watch_of(file.id), where)


def _lead(by: Actor, household_id: int, at: datetime) -> LeadCard | None:
    try:
        return lead_card(by=by, at=at, household_id=household_id)
    except NotFound:
        # Somebody who only goes along on a visit opens the household, not the lead of a colleague.
        return None
