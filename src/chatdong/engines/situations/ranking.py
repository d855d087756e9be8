"""From the situations a sentence speaks of to the benefits that help, best first.

A benefit's worth is the sum over the surest situations of how surely each is spoken of times how much the benefit helps
there; so a sentence of two troubles gets the best of both, and help that answers both comes first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

# Each further benefit of a situation's list helps this much of the one before it.
FADING = 0.8
# Only so many situations have a say, and a score up to the floor is noise of the model.
SURE = 6
FLOOR = 0.03


@dataclass(frozen=True, slots=True)
class Help:
    """Which benefits help in which situations: `worth` is situations x benefits, from 0 to 1."""

    situations: tuple[str, ...]
    benefits: tuple[str, ...]
    worth: np.ndarray

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[str]], situations: Sequence[str]) -> "Help":
        """From each situation's benefits in order, the most helpful first."""
        benefits = tuple(dict.fromkeys(name for one in situations for name in lists.get(one, ())))
        place = {name: at for at, name in enumerate(benefits)}
        worth = np.zeros((len(situations), len(benefits)), dtype=np.float32)
        for row, situation in enumerate(situations):
            for order, name in enumerate(lists.get(situation, ())):
                worth[row, place[name]] = FADING**order
        return cls(tuple(situations), benefits, worth)

    def rank(self, scores: np.ndarray, limit: int, suits: np.ndarray | None = None) -> list[tuple[str, float, str]]:
        """The best benefits as (id, score, the situation that speaks most for it), best first; only scores above 0.

        `suits` is a factor for each of `benefits`, above 1 for those that are meant for the person spoken of.
        """
        surest = np.argsort(-scores, kind="stable")[:SURE]
        shares = np.maximum(scores[surest] - FLOOR, 0)[:, None] * self.worth[surest]
        total = shares.sum(axis=0) if suits is None else shares.sum(axis=0) * suits
        best = [int(at) for at in np.argsort(-total, kind="stable")[:limit] if total[at] > 0]
        return [(self.benefits[at], float(total[at]), self.situations[int(surest[shares[:, at].argmax()])]) for at in best]
