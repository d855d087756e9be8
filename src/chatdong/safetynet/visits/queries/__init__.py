"""What visits know: lists of what is due, the map, coverage, the self-check, one household's sheet and timeline."""

from chatdong.safetynet.visits.queries.attempts import NextTry, contacts_of, met_of
from chatdong.safetynet.visits.queries.board import BoardCells, WorkerCell, board_cells
from chatdong.safetynet.visits.queries.coverage import CoverageRow, coverage
from chatdong.safetynet.visits.queries.gaps import Gap, Late, gaps, households_held, late_things
from chatdong.safetynet.visits.queries.homes import owners_of
from chatdong.safetynet.visits.queries.map import MapData, Point, map_points, map_table
from chatdong.safetynet.visits.queries.plans import visits_planned
from chatdong.safetynet.visits.queries.rows import DueRow, grades_of
from chatdong.safetynet.visits.queries.safety import SafetyPlanCard, has_safety_plan, may_read_safety_plan, safety_plan_of
from chatdong.safetynet.visits.queries.selfcheck import self_check
from chatdong.safetynet.visits.queries.sheet import Sheet, visit_sheet
from chatdong.safetynet.visits.queries.targets import targets_due
from chatdong.safetynet.visits.queries.timeline import timeline_of
from chatdong.safetynet.visits.queries.unreached import suggestion_for, unreached_open
from chatdong.safetynet.visits.queries.watches import (
    WatchCard,
    kind_labels,
    reasons_in_words,
    watch_closures_waiting,
    watch_of,
    watches_due,
    watches_of,
)

__all__ = [
    "BoardCells",
    "CoverageRow",
    "DueRow",
    "Gap",
    "Late",
    "MapData",
    "NextTry",
    "Point",
    "SafetyPlanCard",
    "Sheet",
    "WatchCard",
    "WorkerCell",
    "board_cells",
    "contacts_of",
    "coverage",
    "gaps",
    "grades_of",
    "has_safety_plan",
    "households_held",
    "kind_labels",
    "late_things",
    "map_points",
    "map_table",
    "may_read_safety_plan",
    "met_of",
    "owners_of",
    "reasons_in_words",
    "safety_plan_of",
    "self_check",
    "suggestion_for",
    "targets_due",
    "timeline_of",
    "unreached_open",
    "visit_sheet",
    "visits_planned",
    "watch_closures_waiting",
    "watch_of",
    "watches_due",
    "watches_of",
]
