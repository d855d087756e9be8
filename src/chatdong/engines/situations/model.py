"""From a sentence to the situations it speaks of and the benefits that help: small networks, learned from examples.

Each known mark of a sentence has a row of numbers; the rows, weighed and added up, pass one rectified layer of hidden numbers,
and two heads share what is sure among the situations and among the benefits, each with a place for "none of them". Several such
networks that began differently are asked and their shares averaged. Answering needs numpy and a few hundred rows.
Scores are shares: those of the situations, and those of the benefits, add up to at most 1.
Source: Joulin, Grave, Bojanowski, Mikolov (2017), Bag of Tricks for Efficient Text Classification; Srivastava and others (2014),
Dropout; Kingma, Ba (2015), Adam; Hansen, Salamon (1990), Neural Network Ensembles. Why this one: decision 0011.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from chatdong.engines.situations.features import VIEWS, marks
from chatdong.engines.situations.learning import learned
from chatdong.engines.situations.lexicon import Lexicon

# How much each view counts; chosen on the tuning sentences (make bench NAMES=finding).
WEIGHTS: Mapping[str, float] = {"syllables": 1.0, "sounds": 1.0, "stems": 1.0, "concepts": 0.5, "pairs": 0.25}
# The first benefit of an example counts 1, each further one so much of the one before it, none less than the least.
FADING, LEAST = 0.85, 0.3
# A mark of one example alone says nothing of other sentences.
_COMMON = 2
_SHARES = tuple(float(np.sqrt(WEIGHTS[view] / sum(WEIGHTS.values()))) for view in VIEWS)

Row = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True)
class Example:
    """What somebody might say, the situations it speaks of, and the benefits that help, the most helpful first."""

    says: str
    situations: tuple[str, ...]
    helps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """One share for each situation and one for each benefit, in the model's orders; all 0 for a text without any known mark."""

    situations: np.ndarray
    benefits: np.ndarray


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted model. By view: `keys` are the known marks in order, `rarity` how much a mark counts (ln(1 + n / df)).

    `rows` is marks (over all views one after another) x (networks x hidden), in whole numbers from -127 to 127 times the mark's
    `scales`; `heads` is networks x hidden x (situations, none, benefits, none), `bias` networks x the same.
    """

    situations: tuple[str, ...]
    benefits: tuple[str, ...]
    lexicon: Lexicon
    keys: tuple[np.ndarray, ...]
    rarity: tuple[np.ndarray, ...]
    rows: np.ndarray
    scales: np.ndarray
    heads: np.ndarray
    bias: np.ndarray

    def heard(self, text: str) -> Heard:
        """What a text speaks of and what helps."""
        at, strength = _row(marks(text, self.lexicon), self.keys, self.rarity)
        cut = len(self.situations) + 1
        if not len(at):
            return Heard(np.zeros(cut - 1, dtype=np.float32), np.zeros(len(self.benefits), dtype=np.float32))
        hidden = np.maximum((strength * self.scales[at]) @ self.rows[at].astype(np.float32), 0)
        scores = np.einsum("nh,nha->na", hidden.reshape(len(self.heads), -1), self.heads) + self.bias
        return Heard(_shares(scores[:, :cut])[:-1], _shares(scores[:, cut:])[:-1])

    def arrays(self) -> dict[str, np.ndarray]:
        """The model as plain arrays, to be kept without pickle; `restored` reads them."""
        kept = {"situations": np.array(self.situations), "benefits": np.array(self.benefits)}
        kept |= {"rows": self.rows, "scales": self.scales, "heads": self.heads, "bias": self.bias}
        for place, view in enumerate(VIEWS):
            kept |= {f"{view}_keys": self.keys[place], f"{view}_rarity": self.rarity[place]}
        return kept


def restored(arrays: Mapping[str, Any], lexicon: Lexicon) -> Model:
    """The model that `Model.arrays` wrote. Raises KeyError when an array is missing."""
    return Model(
        tuple(map(str, arrays["situations"])),
        tuple(map(str, arrays["benefits"])),
        lexicon,
        tuple(arrays[f"{view}_keys"] for view in VIEWS),
        tuple(arrays[f"{view}_rarity"] for view in VIEWS),
        *(arrays[name] for name in ("rows", "scales", "heads", "bias")),
    )


def fit(examples: Sequence[Example], lexicon: Lexicon, situations: Sequence[str], benefits: Sequence[str] = ()) -> Model:
    """Learn from examples, the same each time. Raises ValueError when one names a situation or a benefit that is not given."""
    wanted = (_spoken(examples, tuple(situations)), _helping(examples, tuple(benefits)))
    told = [marks(one.says, lexicon) for one in examples]
    keys, rarity = [], []
    for view in VIEWS:
        known, counts = _vocabulary([one[view] for one in told])
        keys.append(known)
        rarity.append(np.log1p(len(told) / counts).astype(np.float32))
    networks = learned(_sparse([_row(one, keys, rarity) for one in told], sum(map(len, keys))), wanted)
    rows = np.hstack([one[0] for one in networks])
    heads, bias = np.stack([one[1] for one in networks]), np.stack([one[2] for one in networks])
    scales = np.maximum(np.abs(rows).max(axis=1) / 127, 1e-9).astype(np.float32)
    rows = np.rint(rows / scales[:, None]).astype(np.int8)
    return Model(tuple(situations), tuple(benefits), lexicon, tuple(keys), tuple(rarity), rows, scales, heads, bias)


def _shares(scores: np.ndarray) -> np.ndarray:
    """The mean over the networks (rows) of what each shares out."""
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    return (grown / grown.sum(axis=1, keepdims=True)).mean(axis=0).astype(np.float32)


def _spoken(examples: Sequence[Example], names: tuple[str, ...]) -> np.ndarray:
    wanted = np.zeros((len(examples), len(names) + 1), dtype=np.float32)
    for row, places in enumerate(_places([one.situations for one in examples], names, "situations")):
        wanted[row, places or [-1]] = 1
    return wanted / wanted.sum(axis=1, keepdims=True)


def _helping(examples: Sequence[Example], names: tuple[str, ...]) -> np.ndarray:
    wanted = np.zeros((len(examples), len(names) + 1), dtype=np.float32)
    for row, places in enumerate(_places([one.helps for one in examples], names, "benefits")):
        wanted[row, places or [-1]] = [max(FADING**order, LEAST) for order in range(len(places) or 1)]
    return wanted / wanted.sum(axis=1, keepdims=True)


def _places(told: Sequence[Sequence[str]], names: tuple[str, ...], what: str) -> list[list[int]]:
    place = {name: at for at, name in enumerate(names)}
    unknown = sorted({name for one in told for name in one} - set(place))
    if unknown:
        raise ValueError(f"examples speak of unknown {what}: {', '.join(unknown)}")
    return [[place[name] for name in one] for one in told]


def _vocabulary(told: Sequence[Collection[int]]) -> tuple[np.ndarray, np.ndarray]:
    keys, counts = np.unique(
        np.concatenate([np.fromiter(one, dtype=np.uint32, count=len(one)) for one in told]), return_counts=True
    )
    return keys[counts >= _COMMON], counts[counts >= _COMMON]


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
