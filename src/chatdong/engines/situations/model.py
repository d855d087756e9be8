"""From a sentence to the situations it speaks of: one linear least-squares model over all views, fitted in seconds.

Regularized least squares with a kernel (kernel ridge): with a few thousand examples one Cholesky factorization solves all
situations at once, and the solution folds back into plain weights, so answering needs numpy and no library of learning.
A score is near 1 for a situation that is surely spoken of and near 0 for one that is not; scores do not add up to 1.
Source: Saunders, Gammerman, Vovk (1998), Ridge Regression Learning Algorithm in Dual Variables; Rifkin, Klautau (2004).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from chatdong.engines.situations.features import VIEWS, marks
from chatdong.engines.situations.lexicon import Lexicon

# How much each view counts, and how much a fit is held back; chosen on the tuning sentences (make bench NAMES=finding).
WEIGHTS: Mapping[str, float] = {"syllables": 1.0, "sounds": 1.0, "stems": 1.0, "concepts": 0.5, "pairs": 0.25}
RIDGE = 0.2
_SHARES = tuple(float(np.sqrt(WEIGHTS[view] / sum(WEIGHTS.values()))) for view in VIEWS)

Rows = list[tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True, slots=True)
class Example:
    """What somebody might say, and the situations it speaks of."""

    says: str
    situations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted model, each part by view: `keys` are the known marks in order, `rarity` how much a mark counts (ln(1 + n / df)),
    `weights` marks x situations.
    """

    situations: tuple[str, ...]
    lexicon: Lexicon
    keys: tuple[np.ndarray, ...]
    rarity: tuple[np.ndarray, ...]
    weights: tuple[np.ndarray, ...]

    def scores(self, text: str) -> np.ndarray:
        """One score for each situation, in the order of `situations`; all 0 for a text without any known mark."""
        found = np.zeros(len(self.situations), dtype=np.float32)
        for place, (at, strength) in enumerate(self._rows(text)):
            if len(at):
                found += strength @ self.weights[place][at].astype(np.float32)
        return found

    def arrays(self) -> dict[str, np.ndarray]:
        """The model as plain arrays, to be kept without pickle; `restored` reads them."""
        kept = {"situations": np.array(self.situations)}
        for place, view in enumerate(VIEWS):
            kept |= {f"{view}_keys": self.keys[place], f"{view}_rarity": self.rarity[place]}
            kept[f"{view}_weights"] = self.weights[place]
        return kept

    def _rows(self, text: str) -> Rows:
        told = marks(text, self.lexicon)
        return [_weighed(told[view], self.keys[at], self.rarity[at], _SHARES[at]) for at, view in enumerate(VIEWS)]


def restored(arrays: Mapping[str, Any], lexicon: Lexicon) -> Model:
    """The model that `Model.arrays` wrote. Raises KeyError when an array is missing."""
    return Model(
        tuple(map(str, arrays["situations"])),
        lexicon,
        tuple(arrays[f"{view}_keys"] for view in VIEWS),
        tuple(arrays[f"{view}_rarity"] for view in VIEWS),
        tuple(arrays[f"{view}_weights"] for view in VIEWS),
    )


def fit(examples: Sequence[Example], lexicon: Lexicon, situations: Sequence[str]) -> Model:
    """Learn from examples. Raises ValueError when an example names a situation that is not among `situations`."""
    names = tuple(situations)
    wanted = _targets(examples, names)
    told = [marks(one.says, lexicon) for one in examples]
    keys, rarity, matrices = [], [], []
    for place, view in enumerate(VIEWS):
        known, counts = _vocabulary([one[view] for one in told])
        rare = np.log1p(len(told) / counts).astype(np.float32)
        rows = [_weighed(one[view], known, rare, _SHARES[place]) for one in told]
        keys.append(known)
        rarity.append(rare)
        matrices.append(_sparse(rows, len(known)))
    duals = _solved(matrices, wanted)
    weights = tuple((matrix.T @ duals).astype(np.float16) for matrix in matrices)
    return Model(names, lexicon, tuple(keys), tuple(rarity), weights)


def _solved(matrices: Sequence[Any], wanted: np.ndarray) -> np.ndarray:
    from scipy.linalg import cho_factor, cho_solve

    gram = np.zeros((len(wanted), len(wanted)), dtype=np.float32)
    for matrix in matrices:
        gram += (matrix @ matrix.T).toarray()
    gram[np.diag_indices_from(gram)] += RIDGE
    return cho_solve(cho_factor(gram, overwrite_a=True, check_finite=False), wanted, check_finite=False)


def _targets(examples: Sequence[Example], names: tuple[str, ...]) -> np.ndarray:
    place = {name: at for at, name in enumerate(names)}
    unknown = sorted({name for one in examples for name in one.situations} - set(place))
    if unknown:
        raise ValueError(f"examples speak of unknown situations: {', '.join(unknown)}")
    wanted = np.zeros((len(examples), len(names)), dtype=np.float32)
    for row, one in enumerate(examples):
        wanted[row, [place[name] for name in one.situations]] = 1
    return wanted


def _vocabulary(told: Sequence[Collection[int]]) -> tuple[np.ndarray, np.ndarray]:
    keys = [np.fromiter(one, dtype=np.uint32, count=len(one)) for one in told]
    return np.unique(np.concatenate(keys), return_counts=True)


def _weighed(told: Mapping[int, int], keys: np.ndarray, rarity: np.ndarray, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Where a text's known marks stand and how strong they are; the strengths of one view have the length `share`."""
    if not told or not len(keys):
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32)
    wanted = np.fromiter(told.keys(), dtype=np.uint32, count=len(told))
    counts = np.fromiter(told.values(), dtype=np.float32, count=len(told))
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    known = keys[at] == wanted
    at, counts = at[known], counts[known]
    strength = (1 + np.log(counts)) * rarity[at]
    length = float(np.sqrt(strength @ strength))
    return at, strength * np.float32(share / length) if length else strength


def _sparse(rows: Rows, width: int) -> Any:
    from scipy import sparse  # only fitting needs it: a web process that finds a kept model never loads it

    starts = np.concatenate([[0], np.cumsum([len(at) for at, _ in rows])])
    at = np.concatenate([at for at, _ in rows])
    strength = np.concatenate([strength for _, strength in rows])
    return sparse.csr_matrix((strength.astype(np.float32), at, starts), shape=(len(rows), width))
