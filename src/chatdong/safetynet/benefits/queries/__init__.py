"""Everything that is asked about benefits."""

from chatdong.safetynet.benefits.queries.additions import AdditionCard, additions_of
from chatdong.safetynet.benefits.queries.asked import asked_of
from chatdong.safetynet.benefits.queries.claims import (
    DueClaim,
    HomeClaims,
    claims_at_home,
    claims_due,
    is_claim_of,
    is_receipt_of,
)
from chatdong.safetynet.benefits.queries.owed import ClaimCard, Double, Owed, OwedCard, ReceiptCard, owed_of
from chatdong.safetynet.benefits.queries.told import Told, told_of

__all__ = [
    "AdditionCard",
    "ClaimCard",
    "Double",
    "DueClaim",
    "HomeClaims",
    "Owed",
    "OwedCard",
    "ReceiptCard",
    "Told",
    "additions_of",
    "asked_of",
    "claims_at_home",
    "claims_due",
    "is_claim_of",
    "is_receipt_of",
    "owed_of",
    "told_of",
]
