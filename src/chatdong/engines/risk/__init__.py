"""Risk from declared reasons, urgency from a report's words, the visiting rhythm, and what to do when nobody answers."""

from chatdong.engines.risk.grade import Contribution, Grade, UnknownReason, Verdict, assess
from chatdong.engines.risk.reach import (
    Attempt,
    HourBand,
    Outcome,
    ReachRung,
    ReachSettings,
    Suggestion,
    Way,
    attempts_counted,
    differs,
    in_vain,
    next_attempt,
    rung,
)
from chatdong.engines.risk.reasons import BYPASSES, REASONS, Bypass, Category, Reason, Weights
from chatdong.engines.risk.rhythm import SUICIDE, Rhythm, next_visit_by, parse_rhythms
from chatdong.engines.risk.signs import HOTLINES, Hotline, Sign, Urgency
from chatdong.engines.risk.triage import QUESTIONS, SIGNS, Answer, Found, Question, Triage, triage

__all__ = [
    "BYPASSES",
    "HOTLINES",
    "QUESTIONS",
    "REASONS",
    "SIGNS",
    "SUICIDE",
    "Answer",
    "Attempt",
    "Bypass",
    "Category",
    "Contribution",
    "Found",
    "Grade",
    "HourBand",
    "Hotline",
    "Outcome",
    "Question",
    "ReachRung",
    "ReachSettings",
    "Reason",
    "Rhythm",
    "Sign",
    "Suggestion",
    "Triage",
    "UnknownReason",
    "Urgency",
    "Verdict",
    "Way",
    "Weights",
    "assess",
    "attempts_counted",
    "differs",
    "in_vain",
    "next_attempt",
    "next_visit_by",
    "parse_rhythms",
    "rung",
    "triage",
]
