"""From the situations a sentence speaks of to the benefits that help, best first.

A benefit's worth is the sum over situations of how surely they are spoken of times how much the benefit helps there.
For whom a benefit is matters too: an old-age service is put back when a child speaks, and forward when a grandmother is spoken of.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

# Each further benefit of a situation's list helps this much of the one before it.
FADING = 0.85
# Scores below this are noise of the model.
FLOOR = 0.0


@dataclass(frozen=True, slots=True)
class Fit:
    """For whom a benefit is, in concepts of the lexicon: `of` speaks for it, `against` speaks against it."""

    of: frozenset[str] = frozenset()
    against: frozenset[str] = frozenset()
    missing: float = 1.0

    def factor(self, concepts: Collection[str]) -> float:
        """How a benefit's worth changes for a text with these concepts: 1 when they say nothing about it."""
        if self.of & set(concepts):
            return 1.5
        return 0.3 if self.against & set(concepts) else self.missing


@dataclass(frozen=True, slots=True)
class Help:
    """Which benefits help in which situations: `worth` is situations x benefits, from 0 to 1."""

    situations: tuple[str, ...]
    benefits: tuple[str, ...]
    worth: np.ndarray
    fits: Mapping[str, Fit]

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[str]], situations: Sequence[str], fits: Mapping[str, Fit]) -> "Help":
        """From each situation's benefits in order, the most helpful first."""
        benefits = tuple(dict.fromkeys(name for one in situations for name in lists.get(one, ())))
        place = {name: at for at, name in enumerate(benefits)}
        worth = np.zeros((len(situations), len(benefits)), dtype=np.float32)
        for row, situation in enumerate(situations):
            for order, name in enumerate(lists.get(situation, ())):
                worth[row, place[name]] = FADING**order
        return cls(tuple(situations), benefits, worth, fits)

    def rank(self, scores: np.ndarray, concepts: Collection[str], limit: int) -> list[tuple[str, float, str]]:
        """The best benefits as (id, score, the situation that speaks most for it), best first; only scores above 0."""
        sure = np.maximum(scores - FLOOR, 0)
        shares = sure[:, None] * self.worth
        total = shares.sum(axis=0)
        for at, name in enumerate(self.benefits):
            if name in self.fits and total[at] > 0:
                total[at] *= self.fits[name].factor(concepts)
        best = np.argsort(-total, kind="stable")[:limit]
        return [
            (self.benefits[at], float(total[at]), self.situations[int(shares[:, at].argmax())]) for at in best if total[at] > 0
        ]
