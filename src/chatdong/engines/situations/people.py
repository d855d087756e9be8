"""Who is spoken of, as far as the words tell: ages in figures and words, and marks such as 손주, 복지카드, 만삭.

A situation alone does not say whose help is meant: 월세 of a student and of a pensioner lead to different support. What is
not told changes nothing; help for the kind of person told rises, help for a kind the words speak against falls.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from chatdong.engines.situations.lexicon import Lexicon
from chatdong.engines.situations.words import words

_ONES = ("하나|한", "둘|두", "셋|세", "넷|네", "다섯", "여섯", "일곱", "여덟|여덜", "아홉")
_ONE = {form: at + 1 for at, forms in enumerate(_ONES) for form in forms.split("|")}
_TENS = {"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90}
_SINO = {digit: at + 1 for at, digit in enumerate("일이삼사오육칠팔구")}
_FEAST = {"환갑": 60, "칠순": 70, "팔순": 80, "구순": 90, "구십노": 90}
_SCHOOL = {"초": 9, "중": 14, "고": 17}
# After a number these say that it counts something else than years of life.
_COUNTED = (
    r"(?!\s*(?:\d|만|천|백|원|년|개|번|통|장|명|분|시간|도|평|프로|퍼|%|일|군데|곳|마리|포|대째|시|층|병|박|끼|배|킬로|kg|건"
    r"|호|동|단지)|\s대)"
)
_FIGURES = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?:살|세(?!대|트)|대(?!\d)\s*(?=남|여|초|중|후|인|예|라|딸|아|엄|할|부|청|노|혼)|짜리\s*(?:애|아))"
)
_NATIVE = re.compile(rf"({'|'.join(_TENS)})\s?({'|'.join(sorted(_ONE, key=len, reverse=True))})?(\s*살|\s*먹|짜리)?{_COUNTED}")
# Twenty to fifty may as well be money; sixty and above stand for years more often than not.
_CHINESE = re.compile(
    rf"(?<![가-힣])(?:([이삼사오])십\s?([{''.join(_SINO)}])?\s?(?:대|세|살|줄|초반|중반|후반)"
    rf"|([육칠팔구])십\s?([{''.join(_SINO)}])?{_COUNTED}(?:대|세|살|줄|이|인|노|넘|먹|늙|된|중|후|초|$|\s|\W))"
)
_YEARS = re.compile(rf"(?<![가-힣])({'|'.join(sorted(_ONE, key=len, reverse=True))})\s?(?:살|돌)")
_GRADE = re.compile(r"(?<![가-힣])([초중고])\s?[1-6](?!\d)")

# Chosen on the tuning sentences; between 1.2 and 1.6 little changes.
TOLD = 1.25
AGAINST = 0.45


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of person: words that tell it, the ages (both ends included) and the kinds that speak against it."""

    words: tuple[str, ...]
    ages: tuple[int, int] | None
    against: tuple[str, ...]
    benefits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Kinds of persons and, for each of the benefits in order, how they change what it is worth."""

    kinds: Mapping[str, Kind]
    lexicon: Lexicon
    benefits: tuple[str, ...]

    @classmethod
    def of(cls, kinds: Mapping[str, Kind], benefits: Sequence[str]) -> "People":
        """From kinds and the benefits that are ranked."""
        return cls(kinds, Lexicon.of({name: kind.words for name, kind in kinds.items()}), tuple(benefits))

    def told(self, text: str) -> frozenset[str]:
        """The kinds of persons a text speaks of."""
        said, _ = self.lexicon.find(words(text))
        years = ages(text)
        by_age = {name for name, kind in self.kinds.items() if kind.ages and _within(years, kind.ages)}
        return frozenset(said | by_age)

    def suits(self, text: str) -> np.ndarray:
        """For each benefit a factor: above 1 when it is meant for somebody told, below 1 when the words speak against it."""
        told = self.told(text)
        factors: dict[str, list[float]] = {}
        for name, kind in self.kinds.items():
            factor = TOLD if name in told else AGAINST if told.intersection(kind.against) else 1.0
            for benefit in kind.benefits:
                factors.setdefault(benefit, []).append(factor)
        return np.array([max(factors.get(name, [1.0])) for name in self.benefits], dtype=np.float32)


def ages(text: str) -> list[int]:
    """The ages a text tells, in years: 75세, 일흔여덟, 칠십 노인, 팔순, 고2 (as 17), 60대 남성 (as 60)."""
    found = [int(figure) for figure in _FIGURES.findall(text)]
    found += [_TENS[tens] + _ONE.get(one, 0) for tens, one, mark in _NATIVE.findall(text) if tens != "열" or one or mark]
    found += [10 * _SINO[low or high] + _SINO.get(one or more, 0) for low, one, high, more in _CHINESE.findall(text)]
    found += [_ONE[one] for one in _YEARS.findall(text)]
    found += [age for word, age in _FEAST.items() if word in text]
    return found + [_SCHOOL[school] for school in _GRADE.findall(text)]


def _within(years: Iterable[int], span: tuple[int, int]) -> bool:
    return any(span[0] <= age <= span[1] for age in years)
