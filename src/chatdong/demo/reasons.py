"""What a worker would declare about an invented home, drawn from what the home is."""

import random
from datetime import date

from chatdong.demo.people import Home
from chatdong.engines.risk import REASONS
from chatdong.kernel.period import age_on

RARE = (
    (0.002, ("suicide_plan", "depression")),
    (0.002, ("domestic_violence",)),
    (0.003, ("no_income", "rent_overdue", "no_food")),
    (0.003, ("hoarding", "withdrawn", "addiction")),
    (0.003, ("dementia", "lives_alone", "cannot_move")),
    (0.004, ("utilities_cut", "bills_overdue")),
)


def declared(home: Home, today: date, dice: random.Random) -> tuple[str, ...]:
    """Reason codes for a home, none for most."""
    found: list[str] = []
    ages = [age_on(person.birth, today) for person in home.people]
    alone = len(ages) == 1
    chances = {
        "chronic_illness": 0.45 if "basic_livelihood" in home.circumstances else 0.0,
        "bills_overdue": 0.4 if "near_poor" in home.circumstances else 0.0,
        "debt": 0.25 if "near_poor" in home.circumstances else 0.0,
        "no_contact": 0.75 if "isolated" in home.circumstances else 0.0,
        "withdrawn": 0.5 if "isolated" in home.circumstances else 0.0,
        "severe_disability": 0.5 if "disability" in home.circumstances else 0.0,
        "disability_no_care": 0.15 if "disability" in home.circumstances else 0.0,
        "aged_alone": 0.7 if alone and ages[0] >= 75 else 0.0,
        "cannot_move": 0.15 if alone and ages[0] >= 75 else 0.0,
        "infant": 0.3 if min(ages) < 1 and home.circumstances else 0.0,
    }
    found += [code for code, chance in chances.items() if dice.random() < chance]
    for chance, codes in RARE:
        if dice.random() < chance:
            found += codes
    if home.hidden:
        found.append("domestic_violence")
    if found:
        found += ["lives_alone"] if alone else []
        found += ["poor_dwelling"] if home.dwelling in {"basement", "rooftop", "one_room"} else []
    return tuple(code for code in dict.fromkeys(found) if code in REASONS)
