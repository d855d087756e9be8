"""Visit target groups, who arrives in them when, coverage with a denominator, and the 1.2.3 self-check."""

from chatdong.engines.cohorts.arrivals import Arrival, arrivals
from chatdong.engines.cohorts.coverage import NO_RATE, Coverage, MixedUnits, coverage
from chatdong.engines.cohorts.people import CIRCUMSTANCE_NAMES, Candidate, Circumstance, Held
from chatdong.engines.cohorts.selfcheck import CheckLine, Goal, Per, self_check
from chatdong.engines.cohorts.table import COHORTS, Cohort, Joining, Unit, Window, window_on

__all__ = [
    "CIRCUMSTANCE_NAMES",
    "COHORTS",
    "NO_RATE",
    "Arrival",
    "Candidate",
    "CheckLine",
    "Circumstance",
    "Cohort",
    "Coverage",
    "Goal",
    "Held",
    "Joining",
    "MixedUnits",
    "Per",
    "Unit",
    "Window",
    "arrivals",
    "coverage",
    "self_check",
    "window_on",
]
