"""Everything that changes a household."""

from chatdong.ground.households.actions.change import change_household, hide_address, set_household_state, settle
from chatdong.ground.households.actions.forget import forget_households
from chatdong.ground.households.actions.glass import break_glass, close_glass
from chatdong.ground.households.actions.load import load_households, search_index_off, search_index_on
from chatdong.ground.households.actions.merge import merge_rows
from chatdong.ground.households.actions.notes import end_circumstance, give_consent, note_circumstance, withdraw_consent
from chatdong.ground.households.actions.register import add_resident, change_resident, register_household
from chatdong.ground.households.actions.residents import note_admission, note_death, note_move, note_return
from chatdong.ground.households.rows import (
    HouseholdRow,
    LoadedCircumstance,
    LoadedConsent,
    LoadedResident,
    NewResident,
)

__all__ = [
    "HouseholdRow",
    "LoadedCircumstance",
    "LoadedConsent",
    "LoadedResident",
    "NewResident",
    "add_resident",
    "break_glass",
    "change_household",
    "change_resident",
    "close_glass",
    "end_circumstance",
    "forget_households",
    "give_consent",
    "hide_address",
    "load_households",
    "merge_rows",
    "note_admission",
    "note_circumstance",
    "note_death",
    "note_move",
    "note_return",
    "register_household",
    "search_index_off",
    "search_index_on",
    "set_household_state",
    "settle",
    "withdraw_consent",
]
