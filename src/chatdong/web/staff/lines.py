"""One line of 오늘 and of the lists behind it: whom, what, until when, and the one button that does it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chatdong.ground.households.queries import Masked
from chatdong.kernel.clock import KST, kst
from chatdong.safetynet.discovery.queries import Climbed, HandoverRow, LeadRow, ReportRow
from chatdong.safetynet.visits.queries import DueRow
from chatdong.web.staff.dues import Due, due_of

NEVER = datetime.max.replace(tzinfo=KST)


@dataclass(frozen=True)
class Line:
    """What one line shows. `order` sorts lines of every kind by their deadline; `household_id` joins those of one household."""

    kind: str
    title: str
    what: str
    href: str
    action: str
    action_href: str
    due: Due | None = None
    order: datetime = NEVER
    place: str = ""
    household_id: int | None = None
    grade: int | None = None
    suicide: bool = False
    urgency: str = ""
    worker_name: str = ""
    detail: str = ""
    more: tuple[str, ...] = field(default=())

    @property
    def is_pressing(self) -> bool:
        """Help was asked for at once, or somebody may take their life."""
        return self.urgency == "now" or self.suicide

    @property
    def is_overdue(self) -> bool:
        return self.due is not None and self.due.is_overdue


def of_lead(row: LeadRow, now: datetime) -> Line:
    """A lead with its next step."""
    return _household_line(
        "lead", row.household_id, row.masked, row.what, row.due_at, now, grade=row.grade, suicide=row.suicide,
        urgency=row.urgency, worker_name=row.worker_name, detail=_("첫 연락 전") if row.first_contact_missing else "",
    )  # fmt: skip


WHAT = {"watch": "정기 방문", "visit": "방문 예정", "target": "보편방문", "unreached": "연락두절"}


def of_due(row: DueRow, now: datetime) -> Line:
    """A watch, planned visit, target or search."""
    what = row.what if row.kind in ("visit", "target") else f"{_(WHAT[row.kind])}: {row.what}"
    detail = row.detail
    if row.attempts:
        detail = " · ".join(
            part for part in (_("%(count)d번 시도") % {"count": row.attempts}, _("다음 %(way)s") % {"way": detail}) if part
        )
    return _household_line(
        row.kind, row.household_id, row.masked, what, row.due_at or row.due_on, now, grade=row.grade, suicide=row.suicide,
        worker_name=row.worker_name, detail=detail,
    )  # fmt: skip


def _household_line(
    kind: str, household_id: int, masked: Masked, what: str, when: datetime | date | None, now: datetime, *,
    grade: int | None = None, suicide: bool = False, urgency: str = "", worker_name: str = "", detail: str = "",
) -> Line:  # fmt: skip
    return Line(
        kind=kind, title=name_and_age(masked), place=place_of(masked), what=what, due=due_of(when, now), order=order_of(when),
        href=reverse("staff-household", args=(household_id,)), action=_("방문 기록"),
        action_href=reverse("staff-visit-record", args=(household_id,)), household_id=household_id, grade=grade, suicide=suicide,
        urgency=urgency, worker_name=worker_name, detail=detail,
    )  # fmt: skip


def name_and_age(masked: Masked) -> str:
    """김*숙 (만 85세)."""
    return f"{masked.name} ({masked.age_text})" if masked.age_text else masked.name


def place_of(masked: Masked) -> str:
    """서대문구 천연동 *** 1통, or 천연동 주소 비공개."""
    if masked.hidden:
        return f"{masked.dong_name} {masked.address}"
    return f"{masked.address} {masked.tong}".strip()


def order_of(when: datetime | date | None) -> datetime:
    """Where a deadline stands among others; a day counts from its end."""
    if when is None:
        return NEVER
    return kst(when) if isinstance(when, datetime) else datetime(when.year, when.month, when.day, 23, 59, 59, tzinfo=KST)


def of_report(row: ReportRow, now: datetime) -> Line:
    """A report that waits for its household."""
    href = reverse("staff-report", args=(row.id,))
    return Line(
        kind="report", title=row.name, place=row.dong_name, what=_("신고: 어느 가구인지 확인"), due=due_of(row.due_at, now),
        order=kst(row.due_at), href=href, action=_("가구 확인"), action_href=href, urgency=row.urgency,
        worker_name=row.worker_name, detail=" · ".join((row.pathway, *row.danger)),
    )  # fmt: skip


def of_handover(row: HandoverRow, now: datetime) -> Line:
    """A hand-over to answer."""
    href = reverse("staff-handovers")
    return Line(
        kind="handover", title=_("%(dong)s에서 넘기는 가구") % {"dong": row.from_dong_name}, what=_("넘겨받을지 답하기"),
        due=due_of(row.due_at, now), order=kst(row.due_at), href=href, action=_("답하기"), action_href=href, detail=row.summary,
    )  # fmt: skip


def of_closure(row: LeadRow | DueRow, now: datetime) -> Line:
    """A closure that a second person confirms."""
    href = reverse("staff-closures")
    why = row.closure_label if isinstance(row, LeadRow) else row.detail
    line = _household_line(
        "closure", row.household_id, row.masked, _("종결 확인: %(why)s") % {"why": why}, row.due_at, now, grade=row.grade,
        suicide=row.suicide, worker_name=row.worker_name,
    )  # fmt: skip
    return replace(line, href=href, action=_("확인"), action_href=href)


def of_climbed(row: Climbed, masked: Masked | None, now: datetime) -> Line:
    """A missed deadline that has reached this person."""
    return Line(
        kind="climbed", title=name_and_age(masked) if masked else row.about_label, place=place_of(masked) if masked else "",
        what=_("%(what)s 기한이 지나 %(rung)s까지 올라왔습니다") % {"what": row.about_label, "rung": row.rung_label},
        due=due_of(row.due_at, now), order=kst(row.due_at), href=row.href, action=_("확인"), action_href=row.href,
        household_id=row.household_id,
    )  # fmt: skip


def joined(lines: Iterable[Line]) -> list[Line]:
    """One line a household, by deadline, a life in danger first: what else is due there stands below its most pressing thing."""
    first: dict[int, int] = {}
    found: list[Line] = []
    for line in sorted(lines, key=lambda one: (not one.is_pressing, one.order)):
        place = first.get(line.household_id) if line.household_id is not None else None
        if place is None:
            if line.household_id is not None:
                first[line.household_id] = len(found)
            found.append(line)
        else:
            kept = found[place]
            found[place] = replace(
                kept, more=(*kept.more, line.what), grade=kept.grade or line.grade, suicide=kept.suicide or line.suicide,
                urgency=kept.urgency or line.urgency,
            )  # fmt: skip
    return found
