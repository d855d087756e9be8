"""How the networks of `model` are learned: gradient descent over shuffled handfuls of examples, part of the hidden left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

# Chosen on the tuning sentences (make bench NAMES=finding).
NETWORKS, HIDDEN = 2, 192
ROUNDS = 8
HANDFUL = 256
LEAST_HANDFULS = 200  # of a few examples more rounds are needed
LEFT_OUT = 0.4
ROW_STEP, STEP = 0.1, 0.002
_SEED = 1004
_KEEP, _KEEP_SQUARE = 0.9, 0.99


@dataclass(slots=True)
class _Steps:
    """Adam's two running means for a small array of weights."""

    weights: np.ndarray
    mean: np.ndarray = field(init=False)
    square: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.mean, self.square = np.zeros_like(self.weights), np.zeros_like(self.weights)

    def take(self, slope: np.ndarray) -> None:
        self.mean += (1 - _KEEP) * (slope - self.mean)
        self.square += (1 - _KEEP_SQUARE) * (slope * slope - self.square)
        self.weights -= STEP * self.mean / (np.sqrt(self.square) + 1e-6)


@dataclass(slots=True)
class _RowSteps:
    """AdaGrad with one number for each row, over the rows that a handful touches: the rows are many, most are rare."""

    weights: np.ndarray
    square: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.square = np.zeros(len(self.weights), dtype=np.float32)

    def take(self, slope: np.ndarray, at: np.ndarray) -> None:
        self.square[at] += np.einsum("ij,ij->i", slope, slope) / slope.shape[1]
        slope *= (ROW_STEP / (np.sqrt(self.square[at]) + 1e-8))[:, None]
        self.weights[at] -= slope


def learned(examples: Any, wanted: Sequence[np.ndarray]) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """For each network its rows (marks x hidden), heads (hidden x answers) and bias, from examples (sparse, examples x marks).

    `wanted` holds for each head the shares that every example should get (examples x answers, each row adds up to 1).
    """
    return [_network(examples, wanted, np.random.default_rng([_SEED, at])) for at in range(NETWORKS)]


def _network(examples: Any, wanted: Sequence[np.ndarray], dice: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    widths = [one.shape[1] for one in wanted]
    rows = _RowSteps(0.5 * dice.standard_normal((examples.shape[1], HIDDEN), dtype=np.float32))
    heads = _Steps(0.07 * dice.standard_normal((HIDDEN, sum(widths)), dtype=np.float32))
    bias = _Steps(np.zeros(sum(widths), dtype=np.float32))
    targets = np.hstack(wanted)
    cuts = np.cumsum(widths)[:-1]
    for _ in range(max(ROUNDS, LEAST_HANDFULS * HANDFUL // max(len(targets), HANDFUL))):
        order = dice.permutation(len(targets))
        for begin in range(0, len(order), HANDFUL):
            some = order[begin : begin + HANDFUL]
            _learn(examples[some], targets[some], cuts, (rows, heads, bias), dice)
    return rows.weights, heads.weights, bias.weights


def _learn(
    told: Any, wanted: np.ndarray, cuts: np.ndarray, steps: tuple[_RowSteps, _Steps, _Steps], dice: np.random.Generator
) -> None:
    by_mark = told.tocsc()
    at = np.flatnonzero(np.diff(by_mark.indptr))  # the marks that occur in this handful
    rows, heads, bias = steps
    kept = (dice.random((len(wanted), HIDDEN), dtype=np.float32) >= LEFT_OUT).astype(np.float32) / (1 - LEFT_OUT)
    down = slopes(by_mark[:, at], wanted, cuts, (rows.weights[at], heads.weights, bias.weights), kept)
    rows.take(down[0], at)
    heads.take(down[1])
    bias.take(down[2])


def slopes(
    told: Any, wanted: np.ndarray, cuts: np.ndarray, weights: tuple[np.ndarray, np.ndarray, np.ndarray], kept: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How the mean cross entropy of the heads changes with rows, heads and bias; `kept` is what each hidden number is times."""
    rows, heads, bias = weights
    hidden = np.maximum(told @ rows, 0)
    seen = hidden * kept
    slope = (_by_head(seen @ heads + bias, cuts) - wanted) / len(wanted)
    back = (slope @ heads.T) * kept * (hidden > 0)
    return np.asarray(told.T @ back), seen.T @ slope, slope.sum(axis=0)


def _by_head(scores: np.ndarray, cuts: np.ndarray) -> np.ndarray:
    """Shares within each head."""
    found = []
    for part in np.split(scores, cuts, axis=1):
        grown = np.exp(part - part.max(axis=1, keepdims=True))
        found.append(grown / grown.sum(axis=1, keepdims=True))
    return np.hstack(found)
