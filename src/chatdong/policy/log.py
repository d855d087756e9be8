"""Reading the log: for those who answer for privacy, within their gu, without the text of any case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.listing import Page, keyset
from chatdong.policy.models import BrokenGlass, Entry
from chatdong.policy.permissions import Permission

KINDS: Mapping[str, str] = {"read": "열람", "write": "처리", "export": "내보내기", "print": "출력"}


@dataclass(frozen=True)
class LogLine:
    """One line as the privacy officer sees it: the five items of the law and the purpose."""

    id: int
    at: datetime
    actor: str
    role: str
    address: str
    kind: str
    event: str
    household: int | None
    subjects: int
    count: int | None
    why: str


def log_lines(
    *,
    by: Actor,
    kind: str = "",
    account: int | None = None,
    household: int | None = None,
    on: date | None = None,
    after: str = "",
) -> Page[LogLine]:
    """Lines of the log, newest first, narrowed to the actor's gu; empty for anyone without LOG_READ."""
    rows = _scoped(by)
    if kind in KINDS:
        rows = rows.filter(kind=kind)
    if account is not None:
        rows = rows.filter(account=account)
    if household is not None:
        rows = rows.filter(household=household)
    if on is not None:
        rows = rows.filter(at__date__gte=on, at__date__lt=on + timedelta(days=1))
    return keyset(rows, ("id",), _line, after, newest_first=True)


def broken_glasses(*, by: Actor) -> QuerySet[BrokenGlass]:
    """Glasses broken over households of the actor's gu, newest first."""
    rows = BrokenGlass.objects.order_by("-at")
    scope = reach(by, Permission.LOG_READ)
    if scope.everywhere:
        return rows
    return rows.filter(gu__in=sorted(by.gu_ids)) if scope.dong_ids else rows.none()


def _scoped(by: Actor) -> QuerySet[Any]:
    scope = reach(by, Permission.LOG_READ)
    if scope.everywhere:
        return Entry.objects.all()
    return Entry.objects.filter(gu__in=sorted(by.gu_ids)) if scope.dong_ids else Entry.objects.none()


def _line(entry: Entry) -> LogLine:
    return LogLine(
        entry.pk, entry.at, entry.actor, entry.role, entry.address, KINDS.get(entry.kind, entry.kind), entry.event,
        entry.household, len(entry.subjects), entry.count, entry.why,
    )  # fmt: skip
