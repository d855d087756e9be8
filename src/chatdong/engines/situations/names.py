"""Names of benefits typed directly: whole, in part, by initials (ㅇㄷㅅㄷ), or with a slip of the finger."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from chatdong.engines.situations.words import letters, stem, words
from chatdong.kernel.hangul import choseong, is_choseong, plain

_LEAST = 2  # syllables or initials that make a query worth comparing
_NAMED = 4  # syllables that make a name inside a longer sentence no chance
_SLIPS = 0.25  # of the letters may be wrong


@dataclass(frozen=True, slots=True)
class Names:
    """What each thing is called: (name without spaces, its letters, its initials, id)."""

    rows: tuple[tuple[str, str, str, str], ...]

    @classmethod
    def of(cls, names: Mapping[str, Iterable[str]]) -> "Names":
        """From id -> its names and key words."""
        rows = []
        for key, told in names.items():
            for name in told:
                squeezed = _squeezed(name)
                if len(squeezed) >= _LEAST:
                    rows.append((squeezed, letters(squeezed), choseong(squeezed), key))
        return cls(tuple(rows))

    def find(self, text: str) -> list[tuple[str, float]]:
        """(id, likeness from 0 to 1), best first: 1 for a name told whole, less for a part of it, initials or a slip."""
        if is_choseong(text):
            asked = choseong(text.replace(" ", ""))
            return _best((key, _by_initials(asked, initials)) for _, _, initials, key in self.rows)
        asked = _squeezed(text)
        if len(asked) < _LEAST:
            return []
        last = words(text)[-1]
        bare = asked[: len(asked) - len(last)] + stem(last)  # 기초연금을 -> 기초연금
        forms = {form: letters(form) for form in (asked, bare) if len(form) >= _LEAST}
        return _best((key, _by_spelling(asked, forms, name, spelt)) for name, spelt, _, key in self.rows)


def _squeezed(text: str) -> str:
    return "".join(words(plain(text).replace("(", " ").replace(")", " ")))


def _by_initials(asked: str, initials: str) -> float:
    if len(asked) < _LEAST or asked not in initials:
        return 0.0
    return len(asked) / len(initials) if initials.startswith(asked) else 0.8 * len(asked) / len(initials)


def _by_spelling(asked: str, forms: Mapping[str, str], name: str, spelt: str) -> float:
    if len(name) >= _NAMED and name in asked:
        return 1.0
    best = 0.0
    for form, letters_of in forms.items():
        if form == name:
            return 1.0
        if len(form) >= 3 and form in name:
            best = max(best, 0.6 + 0.4 * len(form) / len(name))
        elif len(spelt) >= 8 and abs(len(spelt) - len(letters_of)) <= 3:
            slips = Levenshtein.distance(spelt, letters_of, score_cutoff=int(len(spelt) * _SLIPS))
            if slips <= len(spelt) * _SLIPS:
                best = max(best, 0.95 - slips / len(spelt))
    return best


def _best(found: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    top: dict[str, float] = {}
    for key, likeness in found:
        if likeness > top.get(key, 0.0):
            top[key] = likeness
    return sorted(top.items(), key=lambda one: -one[1])
