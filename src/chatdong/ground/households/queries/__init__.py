"""Everything that is asked about households."""

from chatdong.ground.households.queries.candidates import KnownRef, candidates_for, known_people
from chatdong.ground.households.queries.files import (
    CircumstanceCard,
    ConsentCard,
    HouseholdFile,
    ResidentCard,
    access_household,
    may_see_address,
)
from chatdong.ground.households.queries.masked import Masked, masked, masked_names, masked_rows, representative
from chatdong.ground.households.queries.rows import former_ids, household_row, now_called
from chatdong.ground.households.queries.search import Hit, SearchResult, search
from chatdong.ground.households.queries.timeline import TimelineItem, timeline_of

__all__ = [
    "CircumstanceCard",
    "ConsentCard",
    "Hit",
    "HouseholdFile",
    "KnownRef",
    "Masked",
    "ResidentCard",
    "SearchResult",
    "TimelineItem",
    "access_household",
    "candidates_for",
    "former_ids",
    "household_row",
    "known_people",
    "masked",
    "masked_names",
    "masked_rows",
    "may_see_address",
    "now_called",
    "representative",
    "search",
    "timeline_of",
]
