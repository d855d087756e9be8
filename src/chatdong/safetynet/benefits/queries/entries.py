"""Searching the public catalogs' entries beside our own benefits: their words, never our rules."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max

from chatdong.kernel.clock import kst
from chatdong.kernel.hangul import plain
from chatdong.safetynet.benefits.models import Entry
from chatdong.safetynet.benefits.states import EntrySource

# How much of each field is searched; the name counts three times, for people search by what a thing is called.
SEARCHED = (
    ("name", 200), ("name", 200), ("name", 200), ("summary", 400), ("targets", 300), ("gives", 300), ("themes", 200),
    ("groups", 200), ("life_stages", 200),
)  # fmt: skip
LEAST = 0.02
LONGEST_QUESTION = 300


@dataclass(frozen=True)
class EntryHit:
    """One entry that fits. `said_on` is the day its owner last changed it, else the day it was brought in; score is 0-1."""

    id: int
    source_label: str
    serv_id: str
    name: str
    owner: str
    summary: str
    targets: str
    gives: str
    apply: str
    url: str
    said_on: date
    is_own_date: bool
    score: float


def entries_like(words: str, limit: int = 10, *, area: str = "", life_stage: str = "") -> tuple[EntryHit, ...]:
    """Entries like some words, best first, at most `limit`; those that are gone are left out.

    `area` is "서울특별시 서대문구": entries of the whole country, of that city as a whole and of that gu stay. `life_stage` is
    one of the catalogs' own (영유아 … 노년). Served from an index in memory, made anew after an import.
    """
    index = _index()
    scored = index.scores(words[:LONGEST_QUESTION], _areas(area), life_stage) if index is not None else []
    best = dict(sorted(scored, key=lambda one: (-one[1], one[0]))[: max(0, limit)])
    rows = Entry.objects.in_bulk(list(best))
    return tuple(_hit(rows[pk], score) for pk, score in best.items() if pk in rows)


def counts_of_entries() -> dict[str, tuple[int, int, date | None]]:
    """Per source: how many there are, how many are gone, and the day something last changed; sources without any too."""
    found = {
        row["source"]: (row["all"], row["gone"], kst(row["last"]).date())
        for row in Entry.objects.values("source").annotate(all=Count("pk"), gone=Count("gone_at"), last=Max("imported_at"))
    }
    return {source: found.get(source, (0, 0, None)) for source in EntrySource.values}


class _Index:
    """Which entries hold which pieces of words. Read-only once made, so that threads may share it."""

    def __init__(self, entries: Iterable[Any]) -> None:
        # Slow to load, and most commands and workers never search.
        import numpy as np
        from sklearn.feature_extraction.text import TfidfVectorizer

        rows = list(entries)
        self.ids = np.array([row.pk for row in rows], dtype=np.int64)
        self.areas = np.array([row.area for row in rows], dtype=object)
        self.stages = np.array([row.life_stages for row in rows], dtype=object)
        # Syllables in twos and threes inside words: no dictionary, particles and spacing matter little.
        self.pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 3), sublinear_tf=True, dtype=np.float32)
        held = self.pieces.fit_transform(_text_of(row) for row in rows)
        self.by_piece = held.T.tocsr()

    def scores(self, words: str, areas: frozenset[str], life_stage: str) -> list[tuple[int, float]]:
        asked = self.pieces.transform([plain(words).lower()])
        if asked.nnz == 0:
            return []
        found = (asked @ self.by_piece).tocsr()
        return [
            (int(self.ids[at]), float(score))
            for at, score in zip(found.indices, found.data, strict=True)
            if score >= LEAST
            and (not areas or self.areas[at] in areas)
            and (not life_stage or not self.stages[at] or life_stage in self.stages[at])
        ]


_made: tuple[tuple[Any, ...], _Index | None] = ((), None)
_making = threading.Lock()


def _index() -> _Index | None:
    """The index of what is in the table now; made once and again when an import changed something."""
    global _made
    key = tuple(
        Entry.objects.aggregate(
            count=Count("pk"), gone=Count("gone_at"), last=Max("imported_at"), left=Max("gone_at"), top=Max("pk")
        ).values()
    )
    if _made[0] != key:
        with _making:
            if _made[0] != key:
                rows = Entry.objects.filter(gone_at=None).order_by("pk")
                kept = list(rows.only("pk", "area", *dict.fromkeys(name for name, _most in SEARCHED)))
                _made = (key, _Index(kept) if kept else None)
    return _made[1]


def _text_of(entry: Entry) -> str:
    return plain(" ".join(getattr(entry, name)[:most] for name, most in SEARCHED)).lower()


def _areas(area: str) -> frozenset[str]:
    """The areas whose entries concern a gu: the country (""), its city, itself."""
    parts = area.split()
    return frozenset({"", *(" ".join(parts[: size + 1]) for size in range(len(parts)))}) if parts else frozenset()


def _hit(entry: Entry, score: float) -> EntryHit:
    return EntryHit(
        entry.pk, EntrySource(entry.source).label, entry.serv_id, entry.name,
        " ".join(filter(None, (entry.area, entry.ministry, entry.department))), entry.summary, entry.targets, entry.gives,
        entry.apply, entry.url, entry.changed_on or kst(entry.imported_at).date(), entry.changed_on is not None,
        min(1.0, round(score, 4)),
    )  # fmt: skip
