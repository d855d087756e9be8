"""From a sentence to the situations it speaks of and the benefits that help: learned from examples, answered from them.

Regularized least squares with a kernel (kernel ridge): one Cholesky factorization solves all situations and all benefits at
once. A sentence is compared with every example through the marks they share, so what is kept is the examples' marks and one
weight for each example and answer; answering needs numpy and no library of learning.
A score is near 1 for what is surely spoken of, or surely helps, and near 0 for what does not; scores do not add up to 1.
Source: Saunders, Gammerman, Vovk (1998), Ridge Regression Learning Algorithm in Dual Variables; Rifkin, Klautau (2004).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from chatdong.engines.situations.features import VIEWS, marks
from chatdong.engines.situations.lexicon import Lexicon

# How much each view counts, and how much a fit is held back; chosen on the tuning sentences (make bench NAMES=finding).
WEIGHTS: Mapping[str, float] = {"syllables": 1.0, "sounds": 1.0, "stems": 1.0, "concepts": 0.5, "pairs": 0.25}
RIDGE = 0.5
# An example of few letters is like many sentences and sure of little: it is held back more, one of many letters less.
LETTERS, MOST_HELD, LEAST_HELD = 20, 5.0, 0.3
# The first benefit of an example counts 1, each further one so much of the one before it, none less than the least.
FADING, LEAST = 0.85, 0.3
_SHARES = tuple(float(np.sqrt(WEIGHTS[view] / sum(WEIGHTS.values()))) for view in VIEWS)
_BLOCK = 1024  # examples compared at a time: the whole comparison as a sparse matrix would not fit a small machine

Row = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True)
class Example:
    """What somebody might say, the situations it speaks of, and the benefits that help, the most helpful first."""

    says: str
    situations: tuple[str, ...]
    helps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """One score for each situation and one for each benefit, in the model's orders; all 0 for a text without any known mark."""

    situations: np.ndarray
    benefits: np.ndarray


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted model. By view: `keys` are the known marks in order, `rarity` how much a mark counts (ln(1 + n / df)).

    Over all views one after another: `starts` (marks + 1) says where a mark's `rows` (examples that have it) and `strengths`
    begin. `duals` is examples x (situations + benefits).
    """

    situations: tuple[str, ...]
    benefits: tuple[str, ...]
    lexicon: Lexicon
    keys: tuple[np.ndarray, ...]
    rarity: tuple[np.ndarray, ...]
    starts: np.ndarray
    rows: np.ndarray
    strengths: np.ndarray
    duals: np.ndarray

    def heard(self, text: str) -> Heard:
        """What a text speaks of and what helps."""
        scores = self._likeness(*_row(marks(text, self.lexicon), self.keys, self.rarity)) @ self.duals
        return Heard(scores[: len(self.situations)], scores[len(self.situations) :])

    def arrays(self) -> dict[str, np.ndarray]:
        """The model as plain arrays, to be kept without pickle; `restored` reads them."""
        kept = {"situations": np.array(self.situations), "benefits": np.array(self.benefits)}
        kept |= {"starts": self.starts, "rows": self.rows, "strengths": self.strengths, "duals": self.duals}
        for place, view in enumerate(VIEWS):
            kept |= {f"{view}_keys": self.keys[place], f"{view}_rarity": self.rarity[place]}
        return kept

    def _likeness(self, at: np.ndarray, strength: np.ndarray) -> np.ndarray:
        """How much a text is like each example, 0 to 1, from its marks and their strengths."""
        begins = self.starts[at]
        counts = self.starts[at + 1] - begins
        ends = np.cumsum(counts)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(begins - ends + counts, counts)
        weights = self.strengths[places] * np.repeat(strength, counts)
        return np.bincount(self.rows[places], weights=weights, minlength=len(self.duals)).astype(np.float32)


def restored(arrays: Mapping[str, Any], lexicon: Lexicon) -> Model:
    """The model that `Model.arrays` wrote. Raises KeyError when an array is missing."""
    return Model(
        tuple(map(str, arrays["situations"])),
        tuple(map(str, arrays["benefits"])),
        lexicon,
        tuple(arrays[f"{view}_keys"] for view in VIEWS),
        tuple(arrays[f"{view}_rarity"] for view in VIEWS),
        *(arrays[name] for name in ("starts", "rows", "strengths", "duals")),
    )


def fit(examples: Sequence[Example], lexicon: Lexicon, situations: Sequence[str], benefits: Sequence[str] = ()) -> Model:
    """Learn from examples. Raises ValueError when one names a situation or a benefit that is not among those given."""
    wanted = np.hstack([_spoken(examples, tuple(situations)), _helping(examples, tuple(benefits))])
    told = [marks(one.says, lexicon) for one in examples]
    keys, rarity = [], []
    for view in VIEWS:
        known, counts = _vocabulary([one[view] for one in told])
        keys.append(known)
        rarity.append(np.log1p(len(told) / counts).astype(np.float32))
    matrix = _sparse([_row(one, keys, rarity) for one in told], sum(map(len, keys)))
    by_mark = matrix.tocsc()
    return Model(
        tuple(situations),
        tuple(benefits),
        lexicon,
        tuple(keys),
        tuple(rarity),
        by_mark.indptr.astype(np.int64),
        by_mark.indices.astype(np.int32),
        by_mark.data,
        _solved(matrix, wanted, np.array([_held(one.says) for one in examples], dtype=np.float32)),
    )


def _held(says: str) -> float:
    letters = max(len(says.replace(" ", "")), 1)
    return RIDGE * min(max(LETTERS / letters, LEAST_HELD), MOST_HELD)


def _solved(matrix: Any, wanted: np.ndarray, held: np.ndarray) -> np.ndarray:
    from scipy.linalg import cho_factor, cho_solve

    size = matrix.shape[0]
    likeness = np.zeros((size, size), dtype=np.float32, order="F")
    turned = matrix.T.tocsc()
    for begin, end in pairwise([*range(0, size, _BLOCK), size]):
        likeness[begin:, begin:end] = (matrix[begin:] @ turned[:, begin:end]).toarray()  # the upper half is never looked at
    likeness[np.diag_indices_from(likeness)] += held
    factor = cho_factor(likeness, lower=True, overwrite_a=True, check_finite=False)
    return cho_solve(factor, wanted, check_finite=False).astype(np.float32)


def _spoken(examples: Sequence[Example], names: tuple[str, ...]) -> np.ndarray:
    wanted = np.zeros((len(examples), len(names)), dtype=np.float32)
    for row, places in enumerate(_places([one.situations for one in examples], names, "situations")):
        wanted[row, places] = 1
    return wanted


def _helping(examples: Sequence[Example], names: tuple[str, ...]) -> np.ndarray:
    wanted = np.zeros((len(examples), len(names)), dtype=np.float32)
    for row, places in enumerate(_places([one.helps for one in examples], names, "benefits")):
        wanted[row, places] = [max(FADING**order, LEAST) for order in range(len(places))]
    return wanted


def _places(told: Sequence[Sequence[str]], names: tuple[str, ...], what: str) -> list[list[int]]:
    place = {name: at for at, name in enumerate(names)}
    unknown = sorted({name for one in told for name in one} - set(place))
    if unknown:
        raise ValueError(f"examples speak of unknown {what}: {', '.join(unknown)}")
    return [[place[name] for name in one] for one in told]


def _vocabulary(told: Sequence[Collection[int]]) -> tuple[np.ndarray, np.ndarray]:
    keys = [np.fromiter(one, dtype=np.uint32, count=len(one)) for one in told]
    return np.unique(np.concatenate(keys), return_counts=True)


def _row(told: Mapping[str, Mapping[int, int]], keys: Sequence[np.ndarray], rarity: Sequence[np.ndarray]) -> Row:
    """Where a text's known marks stand among the marks of all views, and how strong they are."""
    at, strength, before = [], [], 0
    for place, view in enumerate(VIEWS):
        found, strong = _weighed(told[view], keys[place], rarity[place], _SHARES[place])
        at.append(found + before)
        strength.append(strong)
        before += len(keys[place])
    return np.concatenate(at), np.concatenate(strength)


def _weighed(told: Mapping[int, int], keys: np.ndarray, rarity: np.ndarray, share: float) -> Row:
    """A text's known marks of one view; the strengths have the length `share`."""
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


def _sparse(rows: Sequence[Row], width: int) -> Any:
    from scipy import sparse  # only fitting needs it: a web process that finds a kept model never loads it

    starts = np.concatenate([[0], np.cumsum([len(at) for at, _ in rows])])
    at = np.concatenate([at for at, _ in rows])
    strength = np.concatenate([strength for _, strength in rows])
    return sparse.csr_matrix((strength.astype(np.float32), at, starts), shape=(len(rows), width))
