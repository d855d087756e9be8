"""Who a report may be about: candidates from the register, weighed by the linkage engine, told as households."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from chatdong.engines.linkage.person import Person, person_of
from chatdong.engines.linkage.verdict import Outcome, judge
from chatdong.engines.linkage.weigh import Weighing
from chatdong.ground.households.queries import candidates_for
from chatdong.ground.households.states import HouseholdState, ResidentState
from chatdong.safetynet.discovery.models import Report
from chatdong.safetynet.discovery.states import MatchOutcome


@dataclass(frozen=True)
class HouseholdCandidate:
    """A household that a report may be about. `score` is the weight in bits; `reasons` are Korean sentences."""

    household_id: int
    resident_id: int | None
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class MatchVerdict:
    """What comparing brought. `household_id` only when sure; `may_open` when a new household can be told apart at all."""

    outcome: MatchOutcome
    household_id: int | None
    candidates: tuple[HouseholdCandidate, ...]
    because: tuple[str, ...]
    may_open: bool


def person_reported(report: Report, today: date) -> Person:
    """The reported person in the engine's normal form."""
    address = " ".join(part for part in (report.subject_address, report.subject_detail) if part)
    return person_of(
        name=report.subject_name,
        birth=report.subject_birth or report.subject_birth_year,
        phone=report.subject_phone,
        address=address,
        sex=report.subject_sex.upper(),
        ref=None,
        today=today,
    )


def verdict_on(report: Report, *, gu_id: int, today: date) -> MatchVerdict:
    """Compare a report with everybody known in its gu.

    Sure only when the engine is and the household still lives there; one that moved away, ended, or whose resident died
    is shown to a person instead. New needs an address, or a name with a phone or birth; otherwise a person is asked.
    """
    person = person_reported(report, today)
    verdict = judge(person, candidates_for(person, gu_id=gu_id))
    shown = _households([*verdict.candidates, *verdict.same_home])
    may_open = bool(person.address.keys) or (bool(person.name) and bool(person.phones or person.birth))
    household_id = None
    outcome = MatchOutcome(verdict.outcome.value)
    if verdict.outcome is Outcome.SURE:
        if _still_there(verdict.match):
            household_id = verdict.match.household_id  # type: ignore[attr-defined]
        else:
            outcome = MatchOutcome.ASK
    elif verdict.outcome is Outcome.NEW and (shown or not may_open):
        # Family at the same home or phone: whether this is their household, a person says.
        outcome = MatchOutcome.ASK
    return MatchVerdict(outcome, household_id, shown, verdict.because, may_open)


def _households(weighings: list[Weighing]) -> tuple[HouseholdCandidate, ...]:
    """One line a household, its best resident's."""
    best: dict[int, HouseholdCandidate] = {}
    for one in sorted(weighings, key=lambda weighing: -weighing.bits):
        ref: Any = one.ref
        best.setdefault(ref.household_id, HouseholdCandidate(ref.household_id, ref.resident_id, one.bits, one.reasons))
    return tuple(best.values())


def _still_there(ref: Any) -> bool:
    lives = ref.household_state in (HouseholdState.LIVING, HouseholdState.PROVISIONAL)
    return lives and ref.state not in (ResidentState.DIED, ResidentState.MOVED)
