"""Tables of benefits."""

from chatdong.safetynet.benefits.models.claims import Claim, FactSheet, Receipt
from chatdong.safetynet.benefits.models.directory import (
    CostOption,
    Entry,
    Location,
    Offering,
    Organization,
    Schedule,
    ServiceAtLocation,
)
from chatdong.safetynet.benefits.models.runs import Addition, Finding, Release, Screening

__all__ = [
    "Addition",
    "Claim",
    "CostOption",
    "Entry",
    "FactSheet",
    "Finding",
    "Location",
    "Offering",
    "Organization",
    "Receipt",
    "Release",
    "Schedule",
    "Screening",
    "ServiceAtLocation",
]
