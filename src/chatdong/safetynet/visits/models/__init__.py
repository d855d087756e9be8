"""Tables of visits, by noun."""

from chatdong.safetynet.visits.models.contacts import Contact, Unreached, Visit
from chatdong.safetynet.visits.models.owned import Owned
from chatdong.safetynet.visits.models.targets import Activity, Target
from chatdong.safetynet.visits.models.watches import Assessment, SafetyPlan, Watch

__all__ = ["Activity", "Assessment", "Contact", "Owned", "SafetyPlan", "Target", "Unreached", "Visit", "Watch"]
