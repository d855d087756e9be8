"""Dated figures: every number of a rule with the day it begins, the notice it stands in, and when and how well it was checked."""

from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from chatdong.engines.eligibility.book import Confidence, Dated, Figure
from chatdong.safetynet.benefits.catalog.fields import Fields

FIGURE = ("since", "until", "value", "extra", "cite", "verified_on", "confidence", "link")
UNITS = ("won", "percent", "permyriad", "years", "months", "days", "persons", "count", "hours", "points", "flag")


class Place(NamedTuple):
    """Where something is written."""

    file: str
    line: int


def read_dated(fields: Fields, key: str) -> Dated | None:
    """A parameter by its full name, its figures oldest first; None where none of them can be used."""
    fields.only("id", "label", "unit", "figures")
    label = fields.text("label")
    unit = fields.choice("unit", UNITS) if "unit" in fields.entry else "won"
    read = []
    for line, one in fields.items("figures", must=True):
        found = read_figure(Fields(fields.reader, fields.file, one, line))
        if found:
            read.append((line, found))
    if not read:
        return None
    read.sort(key=lambda pair: pair[1].since)
    _overlaps(fields, read)
    figures = tuple(figure for _, figure in read)
    if len({isinstance(one.value, tuple) for one in figures}) > 1:
        fields.wrong("figures", "some figures go by size and some do not", "write all of them as a list, or none")
        return None
    return Dated(key, label, figures, unit or "won")


def read_figure(fields: Fields) -> Figure | None:
    """One figure; None where its number or its day is wrong."""
    fields.only(*FIGURE)
    since = fields.day("since")
    if since is None:
        fields.wrong("since", "an undated number", "write since: and the day it begins to hold")
    until = fields.day("until")
    cite = fields.text("cite", must=False)
    if not cite:
        fields.wrong("cite", "a number without a source", "write cite: and the notice or law it stands in")
    verified = fields.day("verified_on", must=True)
    confidence = fields.choice("confidence", tuple(one.value for one in Confidence))
    value = _value(fields)
    if since is None or value is None or verified is None or not confidence:
        return None
    if until is not None and until < since:
        fields.wrong("until", "it ends before it begins", "until is the last day it holds")
        return None
    extra = fields.number("extra")
    return Figure(since, value, cite, verified, Confidence(confidence), until, extra, fields.text("link", must=False))


def _value(fields: Fields) -> int | tuple[int, ...] | None:
    value: Any = fields.entry.get("value")
    if isinstance(value, int) and not isinstance(value, bool):
        if "extra" in fields.entry:
            fields.wrong("extra", "'extra' is for figures by size", "write value as a list, or leave extra out")
        return value
    if isinstance(value, list) and value and all(isinstance(one, int) and not isinstance(one, bool) for one in value):
        return tuple(value)
    fields.wrong("value", "the value is no whole number", "write value: 820556, or one for each size: [820556, 1343773]")
    return None


def _overlaps(fields: Fields, read: list[tuple[int, Figure]]) -> None:
    for (_, earlier), (line, later) in pairwise(read):
        if (earlier.until or date.max) >= later.since:
            fields.reader.wrong(
                fields.file,
                line,
                f"overlapping dates: the figure of {earlier.since} still holds on {later.since}",
                "give the earlier one an until: the day before",
            )
