"""A sentence as counted marks in several views, each weighed apart: syllables, sounds, stems, concepts.

A view that knows nothing of a misspelled word is made up for by one that does: stems and concepts carry meaning,
syllable and jamo n-grams carry spelling errors and words no table holds.
"""

import zlib
from collections import Counter
from itertools import combinations, pairwise

from chatdong.engines.situations.lexicon import Lexicon
from chatdong.engines.situations.words import letters, sounding, stem, words

VIEWS = ("syllables", "sounds", "stems", "concepts", "pairs")


def marks(text: str, lexicon: Lexicon) -> dict[str, Counter[int]]:
    """The marks of a text by view, as 32-bit keys with counts."""
    told = words(text)
    sure, inside = lexicon.find(told)
    found = {
        "syllables": _syllables(told),
        "sounds": _sounds(told),
        "stems": _stems(told),
        "concepts": [*sorted(sure), *(f"~{one}" for one in sorted(inside))],
        "pairs": ["+".join(pair) for pair in combinations(sorted(sure), 2)],
    }
    return {view: Counter(zlib.crc32(f"{view}:{mark}".encode()) for mark in found[view]) for view in VIEWS}


def _syllables(told: list[str]) -> list[str]:
    squeezed = "".join(told)
    grams = [squeezed[at : at + size] for size in (2, 3) for at in range(len(squeezed) - size + 1)]
    return grams + [f"^{word[:2]}" for word in told] + [f"{word[-2:]}$" for word in told]


def _sounds(told: list[str]) -> list[str]:
    grams = []
    for word in told:
        marked = f"<{letters(word)}>"
        grams += [marked[at : at + size] for size in (4, 5, 6) for at in range(len(marked) - size + 1)]
    return grams


def _stems(told: list[str]) -> list[str]:
    stems = [stem(sounding(word)) for word in told]
    return stems + [f"{left} {right}" for left, right in pairwise(stems)]
