"""What the proof finds, and the open rows it looks at."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chatdong.ground.accounts.queries import is_posted
from chatdong.safetynet.benefits.models import Claim
from chatdong.safetynet.discovery.models import Handover, Lead, Report
from chatdong.safetynet.discovery.queries.paths import TO_HANDOVERS, to_benefits, to_household, to_report
from chatdong.safetynet.discovery.states import HandoverState, ReportState
from chatdong.safetynet.visits.models import Unreached, Visit, Watch
from chatdong.safetynet.visits.states import OwnedState, UnreachedState, VisitState

MOST_OF_A_KIND = 500


@dataclass(frozen=True, order=True)
class Orphan:
    """Something that nobody would come to. `kind`: the rule it breaks, `sentence`: what is wrong, `path`: where to open it."""

    kind: str
    id: int
    sentence: str
    path: str = ""


@dataclass(frozen=True)
class Area:
    """Where the proof looks: everywhere, in a gu, or in a dong; and when."""

    at: datetime
    gu_id: int | None = None
    dong_id: int | None = None
    _works: dict[tuple[int, int], bool] = field(default_factory=dict)

    def works(self, account_id: int | None, dong_id: int) -> bool:
        """Whether somebody may answer for things of a dong; asked once for each pair."""
        if account_id is None:
            return False
        if (account_id, dong_id) not in self._works:
            self._works[account_id, dong_id] = is_posted(account_id, dong_id, self.at.date())
        return self._works[account_id, dong_id]

    def within(self, rows: QuerySet[Any], dong: str = "dong") -> QuerySet[Any]:
        """The rows of the area; `dong` is the column that points at the dong."""
        if self.dong_id is not None:
            return rows.filter(**{f"{dong}_id": self.dong_id})
        return rows if self.gu_id is None else rows.filter(**{f"{dong}__gu_id": self.gu_id})


@dataclass(frozen=True)
class Owned:
    """One kind of thing that somebody answers for: its open rows and its columns. `person`: it may be one resident's."""

    name: str
    label: str
    rows: QuerySet[Any]
    dong: str = "dong"
    worker: str = "worker_id"
    due: str = "next_at"
    person: bool = False

    def orphan(self, rule: str, row: dict[str, Any], sentence: str) -> Orphan:
        """What is wrong with a row (with `id` and `household_id`); the sentence names the thing as %(what)s."""
        return Orphan(f"{self.name}.{rule}", row["id"], sentence % {"what": self.label}, self.path(row))

    def path(self, row: dict[str, Any]) -> str:
        """Where a row (with `id` and `household_id`) is opened."""
        if self.name == "report":
            return to_report(row["id"])
        if self.name == "claim":
            return to_benefits(row["household_id"])
        return TO_HANDOVERS if self.name == "handover" else to_household(row["household_id"])


def owned_things() -> list[Owned]:
    """Everything open that somebody answers for."""
    return [
        Owned("report", _("신고"), Report.objects.filter(state__in=[ReportState.RECEIVED, ReportState.ASKING]), due="due_at"),
        Owned("lead", _("발굴 건"), Lead.objects.exclude(state=OwnedState.CLOSED)),
        Owned("watch", _("주기적 방문"), Watch.objects.exclude(state=OwnedState.CLOSED)),
        Owned("claim", _("혜택 신청"), Claim.objects.filter(closed_at=None), due="due_at", person=True),
        Owned("unreached", _("연락두절"), Unreached.objects.filter(state=UnreachedState.OPEN)),
        Owned(
            "handover", _("넘기기"), Handover.objects.filter(state=HandoverState.ASKED), "from_dong", "from_worker_id", "due_at"
        ),
        Owned("visit", _("방문 예정"), Visit.objects.filter(state=VisitState.PLANNED), due=""),
    ]
