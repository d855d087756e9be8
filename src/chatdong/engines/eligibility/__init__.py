"""Who may have which benefit: one rule in one algebra, for one household that tells what it likes and for a whole city."""

from chatdong.engines.eligibility.explain import Line, Step, explain, head, steps_of
from chatdong.engines.eligibility.facts import Household, Status, Value, Verdict, fits, misfits
from chatdong.engines.eligibility.interpret import Assessment, assess
from chatdong.engines.eligibility.questions import Ranked, next_questions

__all__ = [
    "Assessment",
    "Household",
    "Line",
    "Ranked",
    "Status",
    "Step",
    "Value",
    "Verdict",
    "assess",
    "explain",
    "fits",
    "head",
    "misfits",
    "next_questions",
    "steps_of",
]
