"""Loading places and setting the rules that hold in them."""

from chatdong.ground.places.actions.codes import load_dong_codes, load_dong_parts, load_legal_codes, load_tongs
from chatdong.ground.places.actions.outlines import load_outlines, note_succession
from chatdong.ground.places.actions.rules import note_extra_day, set_rule
from chatdong.ground.places.actions.shelf import Loaded

__all__ = [
    "Loaded",
    "load_dong_codes",
    "load_dong_parts",
    "load_legal_codes",
    "load_outlines",
    "load_tongs",
    "note_extra_day",
    "note_succession",
    "set_rule",
]
