"""What must hold at every moment, said once more and slowly: loops over plain rows, nothing shared with the proof under test."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from chatdong.ground.accounts.models import Posted
from chatdong.ground.households.models import Household
from chatdong.safetynet.benefits.models import Claim
from chatdong.safetynet.discovery.models import Breach, Handover, Lead, Report
from chatdong.safetynet.visits.models import Assessment, Unreached, Visit, Watch

HOUR = timedelta(hours=1)


def dropped(at: datetime, keys: set[str] = frozenset()) -> list[str]:
    """Every way in which somebody is dropped now, as a line; `keys` are those of reports that were said to be taken in."""
    return sorted({*_reports(at, keys), *_owned(at), *_claims(at), *_handovers(at), *_risks(), *_seconds()})


def works(account_id: int, dong_id: int, gu_id: int, on: date) -> bool:
    """Whether somebody is posted in a dong, or as an officer of its gu."""
    for posted in Posted.objects.select_related("account"):
        if posted.account_id != account_id or not posted.account.is_active:
            continue
        if posted.valid_from > on or (posted.valid_to is not None and posted.valid_to <= on):
            continue
        if posted.dong_id == dong_id or (posted.role == "gu_officer" and posted.gu_id == gu_id):
            return True
    return False


def _told(about: str, pk: int, due: datetime) -> bool:
    return any(row.due_at == due for row in Breach.objects.filter(about=about, about_id=pk))


def _reports(at: datetime, keys: set[str]) -> Iterator[str]:
    rows = list(Report.objects.select_related("dong", "lead", "household"))
    for key in keys:
        if sum(row.key == key for row in rows) != 1:
            yield f"key {key} is not one report"
    for row in rows:
        if row.state in ("received", "asking"):
            if not works(row.worker_id, row.dong_id, row.dong.gu_id, at.date()):
                yield f"report {row.pk} has nobody"
            if at - row.due_at > HOUR and not _told("report", row.pk, row.due_at):
                yield f"report {row.pk} is late and nobody was told"
        elif row.state == "joined":
            if row.lead is None or row.household is None or row.lead.household_id != row.household_id:
                yield f"report {row.pk} is joined to nothing"
            elif row.lead.state != "closed" and (row.dong_id, row.worker_id) != (row.lead.dong_id, row.lead.worker_id):
                yield f"report {row.pk} stands elsewhere than its lead"
        elif not row.closure:
            yield f"report {row.pk} is closed without a reason"


def _owned(at: datetime) -> Iterator[str]:
    for kind, rows in (
        ("lead", Lead.objects.exclude(state="closed")),
        ("watch", Watch.objects.exclude(state="closed")),
        ("unreached", Unreached.objects.filter(state="open")),
        ("visit", Visit.objects.filter(state="planned")),
    ):
        seen = set()
        for row in rows.select_related("household__dong", "dong"):
            if not works(row.worker_id, row.dong_id, row.dong.gu_id, at.date()):
                yield f"{kind} {row.pk} has nobody"
            if row.household.state == "merged":
                yield f"{kind} {row.pk} is about a household that is another one now"
            if row.household.dong_id != row.dong_id:
                yield f"{kind} {row.pk} stands in another dong than its household"
            if kind == "visit":
                continue
            if row.household_id in seen:
                yield f"{kind} {row.pk} is a second one"
            seen.add(row.household_id)
            if row.next_at is None or (row.next_at - at).days > 400:
                yield f"{kind} {row.pk} has no time"
            elif at - row.next_at > HOUR and not _told(kind, row.pk, row.next_at):
                yield f"{kind} {row.pk} is late and nobody was told"
            late = kind == "lead" and row.first_contact_at is None and at - row.first_due_at > HOUR
            if late and not _told("lead", row.pk, row.first_due_at):
                yield f"lead {row.pk} has a late first contact and nobody was told"


def _claims(at: datetime) -> Iterator[str]:
    seen = set()
    for row in Claim.objects.filter(closed_at=None).select_related("household", "dong"):
        if not works(row.worker_id, row.dong_id, row.dong.gu_id, at.date()):
            yield f"claim {row.pk} has nobody"
        if row.household.state == "merged" or row.household.dong_id != row.dong_id:
            yield f"claim {row.pk} stands elsewhere than its household"
        if row.resident is not None and row.resident.household_id != row.household_id:
            yield f"claim {row.pk} is for somebody of another household"
        if (row.household_id, row.benefit, row.resident_id) in seen:
            yield f"claim {row.pk} is a second one"
        seen.add((row.household_id, row.benefit, row.resident_id))
        if row.due_at is None or row.next_on is None:
            yield f"claim {row.pk} has no time"
        elif at - row.due_at > HOUR and not _told("claim", row.pk, row.due_at):
            yield f"claim {row.pk} is late and nobody was told"


def _handovers(at: datetime) -> Iterator[str]:
    for row in Handover.objects.filter(state="asked").select_related("household", "from_dong"):
        if at - row.due_at > HOUR:
            yield f"hand-over {row.pk} did not come back"
        if row.household.dong_id != row.from_dong_id:
            yield f"hand-over {row.pk} is not the sender's to give"
        if not works(row.from_worker_id, row.from_dong_id, row.from_dong.gu_id, at.date()):
            yield f"hand-over {row.pk} has no sender"


def _risks() -> Iterator[str]:
    into = dict(Household.objects.values_list("id", "merged_into_id"))

    def root(pk: int) -> int:
        while into[pk] is not None:
            pk = into[pk]
        return pk

    newest: dict[int, Assessment] = {}
    for one in Assessment.objects.order_by("at", "id"):
        newest[root(one.household_id)] = one
    for pk, one in newest.items():
        if one.grade not in (1, 2):
            continue
        watches = [watch for watch in Watch.objects.all() if root(watch.household_id) == pk]
        is_open = any(watch.state != "closed" for watch in watches)
        is_answered = any(
            watch.state == "closed" and watch.closed_at >= one.at and watch.closure not in ("", "joined") for watch in watches
        )
        if not (is_open or is_answered):
            yield f"household {pk} is at risk and nobody watches"


def _seconds() -> Iterator[str]:
    for kind, rows in (("lead", Lead.objects.filter(state="closed")), ("watch", Watch.objects.filter(state="closed"))):
        for row in rows:
            if not row.closure:
                yield f"{kind} {row.pk} is closed without a reason"
            if row.needs_second and row.closure_confirmed_by_id in (None, row.closure_asked_by_id):
                yield f"{kind} {row.pk} was closed by one person"
    for row in Lead.objects.filter(state="closed", urgency="now").exclude(closure="joined"):
        if not row.needs_second:
            yield f"lead {row.pk} of at once was closed by one person"
    for row in Lead.objects.filter(state="closed", closure="unreached"):
        if not row.needs_second:
            yield f"lead {row.pk} was given up by one person"
