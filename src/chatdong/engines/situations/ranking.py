"""From what was heard in a sentence to the benefits that help, best first, each with the situation that speaks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from chatdong.engines.situations.model import Heard

# A share up to the floor is noise of the model.
FLOOR = 0.003
# A benefit that no example names yet is as helpful as the situations it answers are sure, held back this much.
UNTAUGHT = 0.5


@dataclass(frozen=True, slots=True)
class Help:
    """Which benefits answer which situations: `answers` is situations x benefits, those that examples name (`taught`) first."""

    situations: tuple[str, ...]
    benefits: tuple[str, ...]
    answers: np.ndarray
    taught: int

    @classmethod
    def of(
        cls, lists: Mapping[str, Sequence[str]], situations: Sequence[str], taught: Sequence[str], untaught: Sequence[str] = ()
    ) -> "Help":
        """From each situation's benefits, the benefits that a model scores (in its order) and those it does not know."""
        benefits = (*taught, *untaught)
        place = {name: at for at, name in enumerate(benefits)}
        answers = np.zeros((len(situations), len(benefits)), dtype=bool)
        for row, situation in enumerate(situations):
            answers[row, [place[name] for name in lists.get(situation, ()) if name in place]] = True
        return cls(tuple(situations), benefits, answers, len(taught))

    def rank(self, heard: Heard, limit: int) -> list[tuple[str, float, str]]:
        """The best benefits as (id, score, the situation that speaks most for it), best first; only scores above the floor.

        Where no situation that the benefit answers is heard, the surest of all stands beside it.
        """
        by_situation = np.where(self.answers, heard.situations[:, None], 0.0)
        untaught = UNTAUGHT * by_situation[:, self.taught :].max(axis=0, initial=0.0)
        scores = np.concatenate([heard.benefits, untaught])
        best = [int(at) for at in np.argsort(-scores, kind="stable")[:limit] if scores[at] > FLOOR]
        surest = int(heard.situations.argmax())
        found = []
        for at in best:
            speaks = by_situation[:, at]
            why = int(speaks.argmax()) if speaks.max() > FLOOR else surest
            found.append((self.benefits[at], float(scores[at]), self.situations[why]))
        return found
