"""Free words to what helps: everyday sentences, names of benefits, initials; on danger the numbers to call come first.

Pure reading: nothing that is typed is kept, logged or counted. The model is fitted from the catalog's example sentences once
for each version of them, a few seconds, and kept as plain numbers under the folder given to `warm`.
"""

import os
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Literal
from zipfile import BadZipFile

import numpy as np

from chatdong.engines.risk import HOTLINES, Hotline, Urgency, triage
from chatdong.engines.situations import Help, Lexicon, Model, Names, fit, restored
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.catalog.sayings import Sayings, sayings

Kind = Literal["benefit", "entry", "service"]

_LONGEST = 600  # characters read of what somebody typed; a story says what it is about well before
_SURE_NAME = 0.75
_SPOKEN = 0.1
# How many of the surest situations and of the benefits that help are looked at for danger, and from what share on:
# low on purpose, for a number shown in vain costs a glance, one not shown may cost a life.
_LOOKED_AT, _CALLED = 4, 3
_DANGER = 0.02
DEEP = 64 * 2**20  # bytes


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that may help. `because` is the situation it answers, "" when it was found by its name."""

    kind: Kind
    id: str
    score: float
    because: str


@dataclass(frozen=True, slots=True)
class Found:
    """Hits best first, the situations understood (id, label) surest first, and numbers to call at once, in order."""

    hits: tuple[Hit, ...]
    situations: tuple[tuple[str, str], ...]
    hotlines: tuple[Hotline, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Something beside the rule book that can be found: an imported entry or a local service."""

    kind: Kind
    id: str
    names: tuple[str, ...]
    situations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is listed beside the rule book, made ready once: thousands of entries are too many to prepare at each search."""

    listed: Mapping[str, Listed]
    names: Names

    @classmethod
    def of(cls, listed: Iterable[Listed]) -> "Shelf":
        """A shelf of these things; of two with one kind and id the later stays."""
        kept = {f"{one.kind}:{one.id}": one for one in listed}
        return cls(kept, Names.of({key: one.names for key, one in kept.items()}))


NOTHING_BESIDE = Shelf.of(())


@dataclass(frozen=True, slots=True)
class Finder:
    """Everything a search needs, ready in memory."""

    sayings: Sayings
    model: Model
    help: Help
    names: Names

    def find(self, words: str, limit: int = 10, beside: Shelf = NOTHING_BESIDE) -> Found:
        """What helps somebody who says this. Empty words find nothing."""
        told = words[:_LONGEST]
        heard = self.model.heard(told)
        scores = heard.situations
        labels = self._labels()
        surest = [int(at) for at in np.argsort(-scores, kind="stable")[:5]]
        spoken = [self.model.situations[at] for at in surest if scores[at] >= _SPOKEN]
        hits = {(hit.kind, hit.id): hit for hit in self._by_name(told, beside, limit)}
        ranked = self.help.rank(heard, max(limit, _CALLED))
        for key, score, why in ranked[:limit]:
            hits.setdefault(("benefit", key), Hit("benefit", key, round(score, 4), labels[why]))
        for one in beside.listed.values():
            met = [(float(scores[self.model.situations.index(name)]), name) for name in one.situations if name in spoken]
            if met:
                score, why = max(met)
                hits.setdefault((one.kind, one.id), Hit(one.kind, one.id, round(score, 4), labels[why]))
        best = sorted(hits.values(), key=lambda hit: -hit.score)[:limit]
        understood = tuple((name, labels[name]) for name in spoken if name in catalog().situations)
        return Found(tuple(best), understood, self._hotlines(told, scores, ranked[:_CALLED]))

    def _by_name(self, told: str, beside: Shelf, limit: int) -> list[Hit]:
        found = [Hit("benefit", key, 1 + likeness, "") for key, likeness in self.names.find(told) if likeness >= _SURE_NAME]
        for key, likeness in beside.names.find(told):
            if likeness >= _SURE_NAME:
                one = beside.listed[key]
                found.append(Hit(one.kind, one.id, 1 + likeness, ""))
        return sorted(found, key=lambda hit: -hit.score)[:limit]

    def _hotlines(self, told: str, scores: np.ndarray, first: list[tuple[str, float, str]]) -> tuple[Hotline, ...]:
        judged = triage(told)
        numbers = [line.number for line in judged.hotlines] if judged.urgency is Urgency.NOW else []
        for at in np.argsort(-scores, kind="stable")[:_LOOKED_AT]:
            if scores[at] >= _DANGER:
                numbers += self.sayings.hotlines.get(self.model.situations[int(at)], ())
        for key, score, _ in first:
            if score >= _DANGER:
                numbers += self.sayings.calls.get(key, ())
        return tuple(HOTLINES[number] for number in dict.fromkeys(numbers) if number in HOTLINES)

    def _labels(self) -> dict[str, str]:
        known = catalog().situations
        return {name: known[name].label if name in known else "" for name in self.model.situations}


_ready: list[Finder] = []
_making = Lock()
_stacks = Lock()


def find(words: str, limit: int = 10, beside: Shelf = NOTHING_BESIDE) -> Found:
    """What helps somebody who says this, from the rule book and from the shelf beside it; at most `limit` hits."""
    return finder().find(words, limit, beside)


def finder() -> Finder:
    """The process's finder; made at the first call, a few seconds, when `warm` was not called before."""
    return warm(None)


def warm(folder: Path | None) -> Finder:
    """Make the process's finder ready. The fitted model is read from `folder`, or fitted and kept there."""
    with _making:
        if not _ready:
            _ready.append(_made(sayings(), folder))
        return _ready[0]


def is_learned(folder: Path) -> bool:
    """Whether the model of the present sentences is kept in a folder."""
    return _kept_in(folder, sayings()).exists()


def _kept_in(folder: Path, told: Sayings) -> Path:
    return folder / "finding" / f"{told.fingerprint}.npz"


def _made(told: Sayings, folder: Path | None) -> Finder:
    lexicon = Lexicon.of(told.concepts)
    pages = catalog().pages
    lists = {name: [key for key in keys if key in pages] for name, keys in told.benefits.items()}
    for key, page in pages.items():
        for name in page.situations:
            if name in lists and key not in lists[name]:
                lists[name].append(key)
    model = _model(told, lexicon, folder)
    names = Names.of({key: (page.name, page.name.split("(")[0], page.name_en) for key, page in pages.items()})
    untaught = [key for key in pages if key not in model.benefits]
    return Finder(told, model, Help.of(lists, model.situations, model.benefits, untaught), names)


def _model(told: Sayings, lexicon: Lexicon, folder: Path | None) -> Model:
    kept = _kept_in(folder, told) if folder else None
    if kept and kept.exists():
        try:
            with np.load(kept, allow_pickle=False) as arrays:
                return restored(arrays, lexicon)
        except (OSError, ValueError, KeyError, BadZipFile):
            kept.unlink(missing_ok=True)  # half written or damaged: fitted anew below
    model = _deep(lambda: fit(told.examples, lexicon, tuple(told.benefits), told.taught))
    if kept:
        _keep(model, kept)
    return model


def _deep(make: Callable[[], Model]) -> Model:
    """Fit on a thread with a deep stack: the matrix routines behind it need more than a web server's threads have."""
    made: list[Model] = []
    with _stacks:
        before = threading.stack_size(DEEP)
        try:
            worker = threading.Thread(target=lambda: made.append(make()))
            worker.start()
        finally:
            threading.stack_size(before)
    worker.join()
    if not made:
        raise RuntimeError("the words could not be fitted; the thread's own traceback says why")
    return made[0]


def _keep(model: Model, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=kept.parent, suffix=".new")
    with os.fdopen(handle, "wb") as file:
        np.savez(file, **model.arrays())  # type: ignore[arg-type]
    Path(beside).replace(kept)
