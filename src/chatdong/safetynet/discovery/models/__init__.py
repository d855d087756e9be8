"""Tables of discovery, by noun."""

from chatdong.safetynet.discovery.models.leads import Breach, Handover, Lead, LeadStatus
from chatdong.safetynet.discovery.models.lists import ColumnMapping, DiscoveryList, ListRow
from chatdong.safetynet.discovery.models.reports import MatchCandidate, Report, Reporter

__all__ = [
    "Breach",
    "ColumnMapping",
    "DiscoveryList",
    "Handover",
    "Lead",
    "LeadStatus",
    "ListRow",
    "MatchCandidate",
    "Report",
    "Reporter",
]
