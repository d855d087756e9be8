"""Who may have which benefit: one rule in one algebra, for one household that tells what it likes and for a whole city."""

from chatdong.engines.eligibility.facts import Household, Status, Value, Verdict, fits, misfits
from chatdong.engines.eligibility.interpret import Assessment, assess

__all__ = [
    "Assessment",
    "Household",
    "Status",
    "Value",
    "Verdict",
    "assess",
    "fits",
    "misfits",
]
