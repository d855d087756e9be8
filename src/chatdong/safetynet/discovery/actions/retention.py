"""What is kept no longer than its purpose: names in reports that led nowhere, and the rows of old lists."""

from datetime import date, datetime, timedelta

from chatdong.ground.places.queries import rule
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import NOWHERE, ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.discovery.models import DiscoveryList, ListRow, MatchCandidate, Report, Reporter
from chatdong.safetynet.discovery.states import ListState, ReportState

BATCH = 500


def _before(key: str, on: date, gu_id: int, at: datetime) -> datetime:
    return at - timedelta(days=int(rule(key, on=on, gu_id=gu_id).value["days"]))


@action
def anonymize_reports(*, by: Actor, gu_id: int, at: datetime) -> int:
    """Take name, phone, address and words out of reports closed without a lead long enough ago (개인정보 보호법 §21).

    Receipt, dates, pathway, urgency and reason stay, so that figures do not change. How many were cleaned, at most one batch.
    """
    ensure(by, Permission.RETENTION_RUN, NOWHERE)
    limit = _before("retention.report_days", at.date(), gu_id, at)
    old = Report.objects.filter(dong__gu_id=gu_id, state=ReportState.CLOSED, lead=None, anonymized_at=None, closed_at__lt=limit)
    ids = list(old.order_by("id").values_list("id", flat=True)[:BATCH])
    Reporter.objects.filter(report_id__in=ids).delete()
    MatchCandidate.objects.filter(report_id__in=ids).delete()
    Report.objects.filter(pk__in=ids).update(
        text="", words=[], details={}, source="", subject_name="", subject_birth=None, subject_birth_year=None, subject_sex="",
        subject_phone="", subject_address="", subject_detail="", anonymized_at=at,
    )  # fmt: skip
    record("retention.reports", by=by, at=at, gu_id=gu_id, count=len(ids))
    return len(ids)


@action
def clear_lists(*, by: Actor, gu_id: int, at: datetime) -> int:
    """Empty the rows of lists that were finished long enough ago; what became of each row stays. How many rows."""
    ensure(by, Permission.RETENTION_RUN, NOWHERE)
    limit = _before("retention.list_days", at.date(), gu_id, at)
    old = DiscoveryList.objects.filter(gu_id=gu_id, state=ListState.LOADED, finished_at__lt=limit)
    count = ListRow.objects.filter(list__in=old).exclude(cells=[]).update(cells=[])
    record("retention.lists", by=by, at=at, gu_id=gu_id, count=count)
    return count
