"""Loading many leads at once; one line in the log a run. The database's constraints hold as always."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from itertools import islice

from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.bulk import insert_rows
from chatdong.policy.check import ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.discovery.loaded import LeadRow
from chatdong.safetynet.discovery.models import Lead, LeadStatus
from chatdong.safetynet.discovery.states import URGENCY_RANK
from chatdong.safetynet.visits.states import OwnedState

BATCH = 20_000


@action
def load_leads(*, by: Actor, rows: Iterable[LeadRow], at: datetime) -> int:
    """Load open leads, each with its first status; returns how many. Raises Forbidden, IntegrityError."""
    ensure(by, Permission.DEMO_BUILD)
    stream, count = iter(rows), 0
    while batch := list(islice(stream, BATCH)):
        leads = [Lead(**asdict(row), rank=URGENCY_RANK[row.urgency]) for row in batch]
        count += insert_rows(Lead, leads)
        insert_rows(LeadStatus, [_first_status(lead) for lead in leads])
    record("lead.load", by=by, at=at, count=count)
    return count


def _first_status(lead: Lead) -> LeadStatus:
    return LeadStatus(
        lead_id=lead.pk, state=OwnedState.OPEN, next_step=lead.next_step, next_at=lead.next_at, dong=lead.dong_id,
        worker=lead.worker_id, why="loaded", at=lead.opened_at,
    )  # fmt: skip
