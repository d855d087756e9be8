"""Everything that visits write: plans, contacts, gradings, watches, searches, targets, safety plans, activities."""

from chatdong.safetynet.visits.actions.activities import note_activity
from chatdong.safetynet.visits.actions.closures import ask_watch_closure, confirm_watch_closure, refuse_watch_closure
from chatdong.safetynet.visits.actions.contacts import record_contact
from chatdong.safetynet.visits.actions.hands import change_hands, release_visits
from chatdong.safetynet.visits.actions.joins import join_household
from chatdong.safetynet.visits.actions.loads import (
    load_activities,
    load_assessments,
    load_contacts,
    load_targets,
    load_unreached,
    load_visits,
    load_watches,
)
from chatdong.safetynet.visits.actions.plans import cancel_visit, plan_visit, reschedule_visit
from chatdong.safetynet.visits.actions.safety import write_safety_plan
from chatdong.safetynet.visits.actions.searches import stop_search
from chatdong.safetynet.visits.actions.targets import enroll_targets
from chatdong.safetynet.visits.actions.watches import assess_household, assign_watch, set_watch_next
from chatdong.safetynet.visits.loaded import (
    ActivityRow,
    AssessmentRow,
    ContactRow,
    TargetRow,
    UnreachedRow,
    VisitRow,
    WatchRow,
)

__all__ = [
    "ActivityRow",
    "AssessmentRow",
    "ContactRow",
    "TargetRow",
    "UnreachedRow",
    "VisitRow",
    "WatchRow",
    "ask_watch_closure",
    "assess_household",
    "assign_watch",
    "cancel_visit",
    "change_hands",
    "confirm_watch_closure",
    "enroll_targets",
    "join_household",
    "load_activities",
    "load_assessments",
    "load_contacts",
    "load_targets",
    "load_unreached",
    "load_visits",
    "load_watches",
    "note_activity",
    "plan_visit",
    "record_contact",
    "refuse_watch_closure",
    "release_visits",
    "reschedule_visit",
    "set_watch_next",
    "stop_search",
    "write_safety_plan",
]
