"""Everything that changes discovery, one noun a file."""

from chatdong.safetynet.discovery.actions.climbing import climb, climb_batch
from chatdong.safetynet.discovery.actions.closures import ask_closure, confirm_closure, refuse_closure
from chatdong.safetynet.discovery.actions.handovers import (
    accept_handover,
    ask_handover,
    refuse_handover,
    return_handover,
    return_overdue_handovers,
    withdraw_handover,
)
from chatdong.safetynet.discovery.actions.leads import assign_lead, open_lead, register_lead, set_lead_next
from chatdong.safetynet.discovery.actions.lists import (
    discard_list,
    finish_list,
    load_rows,
    map_columns,
    save_mapping,
    start_list,
    upload_list,
)
from chatdong.safetynet.discovery.actions.loads import load_leads
from chatdong.safetynet.discovery.actions.matching import choose_match, match_report
from chatdong.safetynet.discovery.actions.merging import merge_households, note_household_gone
from chatdong.safetynet.discovery.actions.proving import run_proof
from chatdong.safetynet.discovery.actions.reports import close_report, redirect_report, submit_report
from chatdong.safetynet.discovery.actions.retention import anonymize_reports, clear_lists
from chatdong.safetynet.discovery.actions.sheets import record_visit_of
from chatdong.safetynet.discovery.actions.staffing import release_worker
from chatdong.safetynet.discovery.states import Next, ReporterCard, Subject

__all__ = [
    "Next",
    "ReporterCard",
    "Subject",
    "accept_handover",
    "anonymize_reports",
    "ask_closure",
    "ask_handover",
    "assign_lead",
    "choose_match",
    "clear_lists",
    "climb",
    "climb_batch",
    "close_report",
    "confirm_closure",
    "discard_list",
    "finish_list",
    "load_leads",
    "load_rows",
    "map_columns",
    "match_report",
    "merge_households",
    "note_household_gone",
    "open_lead",
    "record_visit_of",
    "redirect_report",
    "refuse_closure",
    "refuse_handover",
    "register_lead",
    "release_worker",
    "return_handover",
    "return_overdue_handovers",
    "run_proof",
    "save_mapping",
    "set_lead_next",
    "start_list",
    "submit_report",
    "upload_list",
    "withdraw_handover",
]
