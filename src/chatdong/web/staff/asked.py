"""What a screen was asked for: numbers, days and choices read from an address, never trusted."""

from collections.abc import Iterable
from datetime import date


def number(text: str | None) -> int | None:
    """A whole number of at most 18 digits; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 18 else None


def day(text: str | None) -> date | None:
    """A day such as 2026-11-21; None for anything else."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def choice(text: str | None, allowed: Iterable[str]) -> str:
    """The text where it is one of the allowed ones; empty otherwise."""
    return text if text and text in set(allowed) else ""
