"""A finding of a run over the district becomes a lead, once a person has decided so."""

from datetime import datetime

from chatdong.ground.households.queries import now_called
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.benefits.actions.screenings import mark_taken
from chatdong.safetynet.discovery.actions.leads import open_lead
from chatdong.safetynet.discovery.models import Lead
from chatdong.safetynet.discovery.queries.deadlines import first_contact_due
from chatdong.safetynet.discovery.queries.duty import gu_of
from chatdong.safetynet.discovery.states import Pathway, Urgency


@action
def take_finding(*, by: Actor, finding_id: int, at: datetime, with_others: bool = False) -> Lead:
    """Take a finding up: who decided and when stands on it, and the household's lead has its owner and deadline as ever.

    An open lead of the household is joined, not doubled. `with_others`: all that was found in the household goes along.
    Raises NotFound out of reach, Forbidden, Conflict (decided already).
    """
    found = mark_taken(by=by, finding_id=finding_id, at=at, with_others=with_others)
    urgency = Urgency.ROUTINE
    gu_id = gu_of(found.dong_id)
    due_at = first_contact_due(urgency, since=at, gu_id=gu_id)
    ensure(by, Permission.SCREENING_DECIDE, found.where)
    lead = open_lead(
        by=by, household_id=now_called(found.household_id), pathway=Pathway.SCREENING, urgency=urgency, due_at=due_at, at=at
    )
    record("finding.lead", by=by, at=at, about=lead, household_id=lead.household_id, dong_id=lead.dong_id, gu_id=gu_id)
    return lead
