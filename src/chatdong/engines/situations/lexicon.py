"""Everyday words and what they speak of: 월세, 방세, 사글세 -> rent. A sentence nobody wrote before is met through these.

A lexicon is looked up letter by letter without spaces, so spacing errors cost nothing. A word of one syllable counts
only as a word of its own (술, 술을), never inside another (기술).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chatdong.engines.situations.words import sounding, stem

_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Concepts by sounding word."""

    concepts: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, table: Mapping[str, Iterable[str]]) -> "Lexicon":
        """From concept -> its words. A word may stand under several concepts."""
        found: dict[str, list[str]] = {}
        for concept, told in table.items():
            for word in told:
                found.setdefault(sounding(word.lower().replace(" ", "")), []).append(concept)
        return cls({word: tuple(dict.fromkeys(names)) for word, names in found.items()})

    def find(self, words: list[str]) -> tuple[set[str], set[str]]:
        """The concepts of a text (its words in order): the sure ones, and those met only inside a longer word."""
        sounds = [sounding(word) for word in words]
        sure: set[str] = set()
        inside: set[str] = set()
        squeezed = "".join(sounds)
        starts = set()
        at = 0
        for word in sounds:
            starts.add(at)
            at += len(word)
            sure.update(self.concepts.get(word, ()))
            sure.update(self.concepts.get(stem(word), ()))
        for begin in range(len(squeezed)):
            for size in range(2, _LONGEST + 1):
                names = self.concepts.get(squeezed[begin : begin + size])
                if names:
                    (sure if size > 2 or begin in starts else inside).update(names)
        return sure, inside - sure
