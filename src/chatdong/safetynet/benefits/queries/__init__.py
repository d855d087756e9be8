"""Everything that is asked about benefits."""

from chatdong.safetynet.benefits.queries.additions import AdditionCard, additions_for, additions_of
from chatdong.safetynet.benefits.queries.asked import asked_of
from chatdong.safetynet.benefits.queries.claims import (
    DueClaim,
    HomeClaims,
    claims_at_home,
    claims_due,
    is_claim_of,
    is_receipt_of,
)
from chatdong.safetynet.benefits.queries.directory import (
    OfferingCard,
    OfferingPage,
    directory_of_gu,
    offering_page,
    offerings_for,
    stale_offerings,
)
from chatdong.safetynet.benefits.queries.directory_plan import Count, Plan, directory_plan
from chatdong.safetynet.benefits.queries.entries import EntryHit, counts_of_entries, entries_like
from chatdong.safetynet.benefits.queries.owed import ClaimCard, Owed, OwedCard, ReceiptCard, owed_of
from chatdong.safetynet.benefits.queries.told import Told, told_of
from chatdong.safetynet.benefits.queries.whose import Double, is_personal

__all__ = [
    "AdditionCard",
    "ClaimCard",
    "Count",
    "Double",
    "DueClaim",
    "EntryHit",
    "HomeClaims",
    "OfferingCard",
    "OfferingPage",
    "Owed",
    "OwedCard",
    "Plan",
    "ReceiptCard",
    "Told",
    "additions_for",
    "additions_of",
    "asked_of",
    "claims_at_home",
    "claims_due",
    "counts_of_entries",
    "directory_of_gu",
    "directory_plan",
    "entries_like",
    "is_claim_of",
    "is_personal",
    "is_receipt_of",
    "offering_page",
    "offerings_for",
    "owed_of",
    "stale_offerings",
    "told_of",
]
