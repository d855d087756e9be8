"""Everything that is asked about benefits."""

from chatdong.safetynet.benefits.queries.claims import DueClaim, claims_due
from chatdong.safetynet.benefits.queries.owed import ClaimCard, Double, Owed, OwedCard, ReceiptCard, owed_of
from chatdong.safetynet.benefits.queries.told import Told, told_of

__all__ = ["ClaimCard", "Double", "DueClaim", "Owed", "OwedCard", "ReceiptCard", "Told", "claims_due", "owed_of", "told_of"]
