"""Everything that is asked about discovery, one noun a file."""

from chatdong.safetynet.discovery.queries.board import Board, WorkerLine, board
from chatdong.safetynet.discovery.queries.cards import LeadCard, lead_card, timeline_of
from chatdong.safetynet.discovery.queries.deadlines import first_contact_due
from chatdong.safetynet.discovery.queries.handovers import HandoverRow, handovers_waiting
from chatdong.safetynet.discovery.queries.inbox import Climbed, climbed_to, closures_waiting, inbox, leads_due, reports_to_match
from chatdong.safetynet.discovery.queries.leads import open_lead_of, owners_of, where_of, worker_of_household
from chatdong.safetynet.discovery.queries.lists import (
    ListCard,
    ListRowLine,
    list_card,
    list_rows,
    lists_of,
    lists_to_load,
    mapping_for,
    waiting_numbers,
)
from chatdong.safetynet.discovery.queries.previews import Outcome, Preview, PreviewRow, preview_of
from chatdong.safetynet.discovery.queries.proof import Orphan, proof
from chatdong.safetynet.discovery.queries.readings import RowReading, header_of, read_row
from chatdong.safetynet.discovery.queries.report_cards import ReportCard, report_card
from chatdong.safetynet.discovery.queries.rows import LeadRow, ReportRow
from chatdong.safetynet.discovery.queries.triage import Triaged, triaged

__all__ = [
    "Board",
    "Climbed",
    "HandoverRow",
    "LeadCard",
    "LeadRow",
    "ListCard",
    "ListRowLine",
    "Orphan",
    "Outcome",
    "Preview",
    "PreviewRow",
    "ReportCard",
    "ReportRow",
    "RowReading",
    "Triaged",
    "WorkerLine",
    "board",
    "climbed_to",
    "closures_waiting",
    "first_contact_due",
    "handovers_waiting",
    "header_of",
    "inbox",
    "lead_card",
    "leads_due",
    "list_card",
    "list_rows",
    "lists_of",
    "lists_to_load",
    "mapping_for",
    "open_lead_of",
    "owners_of",
    "preview_of",
    "proof",
    "read_row",
    "report_card",
    "reports_to_match",
    "timeline_of",
    "triaged",
    "waiting_numbers",
    "where_of",
    "worker_of_household",
]
