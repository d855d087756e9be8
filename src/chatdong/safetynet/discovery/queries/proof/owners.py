"""Things without an owner at work, in another dong than their household, or without a time."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F, Q
from django.utils.translation import gettext as _

from chatdong.ground.accounts.queries import workers_of
from chatdong.ground.places.queries import dongs
from chatdong.safetynet.discovery.models import Report
from chatdong.safetynet.discovery.queries.overdue import late_of
from chatdong.safetynet.discovery.queries.paths import TO_ACCOUNTS, TO_HANDOVERS, path_of, to_report
from chatdong.safetynet.discovery.queries.proof.found import MOST_OF_A_KIND, Area, Orphan, Owned
from chatdong.safetynet.discovery.states import About, ClimbRung, ReportState
from chatdong.safetynet.visits.states import OwnedState

FARTHEST = timedelta(days=400)
GRACE = timedelta(hours=1)  # the clock runs every minute; an hour later something is wrong with the clock itself


def without_owner(thing: Owned, area: Area) -> Iterator[Orphan]:
    """Open, but its worker is not posted in its dong, nor an officer of its gu."""
    rows, dong = area.within(thing.rows, thing.dong), f"{thing.dong}_id"
    for worker_id, dong_id in rows.order_by().values_list(thing.worker, dong).distinct():
        if area.works(worker_id, dong_id):
            continue
        for row in rows.filter(**{thing.worker: worker_id, dong: dong_id}).values("id", "household_id")[:MOST_OF_A_KIND]:
            yield thing.orphan("owner", row, _("%(what)s: 담당자가 이 동에서 일하지 않습니다."))


def misplaced(thing: Owned, area: Area) -> Iterator[Orphan]:
    """Open in another dong than its household's, about one that became another or for somebody else's, or without a time."""
    farthest = area.at + FARTHEST
    wrong = (Q(household__isnull=False) & ~Q(**{f"{thing.dong}_id": F("household__dong_id")})) | Q(household__state="merged")
    if thing.person:
        wrong |= Q(resident__isnull=False) & ~Q(resident__household_id=F("household_id"))
    if thing.due:
        wrong |= Q(**{thing.due: None}) | Q(**{f"{thing.due}__gt": farthest})
    columns = [
        "id",
        "household_id",
        "household__dong_id",
        "household__state",
        f"{thing.dong}_id",
        *([thing.due] if thing.due else []),
        *(["resident__household_id"] if thing.person else []),
    ]
    for row in area.within(thing.rows, thing.dong).filter(wrong).values(*columns)[:MOST_OF_A_KIND]:
        due = row[thing.due] if thing.due else area.at
        if row["household_id"] is not None and row["household__dong_id"] != row[f"{thing.dong}_id"]:
            yield thing.orphan("dong", row, _("%(what)s: 맡은 동과 가구의 동이 다릅니다."))
        if row["household__state"] == "merged":
            yield thing.orphan("merged", row, _("%(what)s: 가구가 다른 가구와 합쳐졌습니다."))
        if thing.person and row["resident__household_id"] not in (None, row["household_id"]):
            yield thing.orphan("person", row, _("%(what)s: 이 가구의 사람이 아닙니다."))
        if due is None or due > farthest:
            yield thing.orphan("time", row, _("%(what)s: 다음 기한이 없거나 너무 멉니다."))


def never_told(area: Area) -> Iterator[Orphan]:
    """Overdue for more than an hour, and nobody was told: the clock does not run."""
    inside = None if area.dong_id is None else {area.dong_id}
    if inside is None and area.gu_id is not None:
        inside = set(dongs(area.at.date(), area.gu_id).values_list("id", flat=True))
    for about in About:
        for late in late_of(about, area.at - GRACE, without=ClimbRung.WORKER):
            if inside is None or late.dong_id in inside:
                sentence = _("%(what)s: 기한이 지났는데 아무에게도 알리지 않았습니다.") % {"what": about.label}
                yield Orphan(f"{about}.climb", late.id, sentence, path_of(about, late.id, late.household_id))


def joined_wrongly(area: Area) -> Iterator[Orphan]:
    """Reports carried by a lead that is about another household, stands elsewhere, or handed its reports on without this one."""
    rows = area.within(Report.objects.filter(state=ReportState.JOINED))
    wrong = rows.filter(
        Q(lead=None)
        | Q(household=None)
        | ~Q(household_id=F("lead__household_id"))
        | Q(household__state="merged")
        | (~Q(lead__state=OwnedState.CLOSED) & (~Q(dong_id=F("lead__dong_id")) | ~Q(worker_id=F("lead__worker_id"))))
        | Q(lead__state=OwnedState.CLOSED, lead__closure="joined")
    )
    for report_id in wrong.values_list("id", flat=True)[:MOST_OF_A_KIND]:
        yield Orphan("report.joined", report_id, _("이 신고가 이어진 발굴 건이나 가구가 맞지 않습니다."), to_report(report_id))


def overdue_handovers(thing: Owned, area: Area) -> Iterator[Orphan]:
    """Unanswered for more than an hour past the deadline: it should have come back."""
    for handover_id in area.within(thing.rows.filter(due_at__lt=area.at - GRACE), thing.dong).values_list("id", flat=True):
        yield Orphan(
            "handover.return", handover_id, _("답할 기한이 지난 넘기기가 보낸 동으로 돌아오지 않았습니다."), TO_HANDOVERS
        )


def empty_dongs(area: Area) -> Iterator[Orphan]:
    """Dong in which nobody is posted."""
    ids = [dong.pk for dong in dongs(area.at.date(), area.gu_id) if area.dong_id in (None, dong.pk)]
    staffed = {one.dong_id for one in workers_of(ids, area.at.date())}
    for dong_id in ids:
        if dong_id not in staffed:
            yield Orphan("dong.empty", dong_id, _("이 동에 발령된 직원이 한 명도 없습니다."), TO_ACCOUNTS)
