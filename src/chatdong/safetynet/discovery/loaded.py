"""The rows of bulk loads of discovery: a city for measuring, or what a district brings from elsewhere."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class LeadRow:
    """One open lead with its owner, first deadline and next step."""

    household_id: int
    dong_id: int
    worker_id: int
    pathway: str
    urgency: str
    opened_at: datetime
    first_due_at: datetime
    next_at: datetime
    next_step: str = "first_contact"
