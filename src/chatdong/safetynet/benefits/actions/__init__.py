"""Everything that benefits write."""

from chatdong.safetynet.benefits.actions.additions import add_addition, end_addition
from chatdong.safetynet.benefits.actions.claims import (
    apply_claim,
    decide_claim,
    drop_claim,
    name_claim,
    note_claim,
    number_claim,
    object_claim,
    tell_claim,
)
from chatdong.safetynet.benefits.actions.directory import load_directory
from chatdong.safetynet.benefits.actions.entries import load_entries
from chatdong.safetynet.benefits.actions.hands import change_claim_hands, join_claims, release_claims
from chatdong.safetynet.benefits.actions.told import end_receipt, note_facts, note_receipt

__all__ = [
    "add_addition",
    "apply_claim",
    "change_claim_hands",
    "decide_claim",
    "drop_claim",
    "end_addition",
    "end_receipt",
    "join_claims",
    "load_directory",
    "load_entries",
    "name_claim",
    "note_claim",
    "note_facts",
    "note_receipt",
    "number_claim",
    "object_claim",
    "release_claims",
    "tell_claim",
]
