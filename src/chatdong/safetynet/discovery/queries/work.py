"""What one person answers for in a dong."""

from collections.abc import Iterable

from django.db.models import QuerySet

from chatdong.safetynet.discovery.models import Lead, Report
from chatdong.safetynet.discovery.states import ReportState
from chatdong.safetynet.visits.queries import households_held
from chatdong.safetynet.visits.queries.homes import open_watches
from chatdong.safetynet.visits.states import OwnedState


def open_leads_of_worker(account_id: int, dong_id: int) -> QuerySet[Lead, int]:
    """The ids of the leads a person answers for in a dong."""
    return (
        Lead.objects.filter(worker_id=account_id, dong_id=dong_id).exclude(state=OwnedState.CLOSED).values_list("id", flat=True)
    )


def open_reports_of_worker(account_id: int, dong_id: int) -> QuerySet[Report, int]:
    """The ids of the reports that wait for a person in a dong."""
    states = [ReportState.RECEIVED, ReportState.ASKING]
    return Report.objects.filter(worker_id=account_id, dong_id=dong_id, state__in=states).values_list("id", flat=True)


def households_of(account_id: int) -> list[int]:
    """Every household for which a person holds something open, wherever it stands: what OWN reach finds in a search."""
    leads = Lead.objects.filter(worker_id=account_id).exclude(state=OwnedState.CLOSED)
    return sorted({*households_held(account_id), *leads.values_list("household_id", flat=True)})


def still_open(household_ids: Iterable[int]) -> set[int]:
    """Those of some households for which a lead or a watch is open: their names are needed yet."""
    ids = list(household_ids)
    leads = Lead.objects.filter(household_id__in=ids).exclude(state=OwnedState.CLOSED)
    watches = open_watches().filter(household_id__in=ids)
    return {*leads.values_list("household_id", flat=True), *watches.values_list("household_id", flat=True)}
