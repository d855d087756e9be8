"""How much each agreement and disagreement counts: m and u of Fellegi and Sunter, as dated tables.

m is how often two records of one person show this, u how often two records of different people do; the weight in bits is
log2(m / u). Source of the method: Fellegi and Sunter, A Theory for Record Linkage, JASA 64 (1969).
Source of m: error rates of agency lists as measured on synthetic lists of 50,000 against a register of one million (names
equal 88.5 %, equal as heard 96.1 %, births equal 93.3 %, phones equal 81.3 %, buildings 90.3 % with a lot-to-road table).
To be replaced by rates from the district's own confirmed matches, under a new date.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import log2


class Level(StrEnum):
    """How two values of one field compare."""

    SAME = "same"
    HEARD = "heard"
    ROMANIZED = "romanized"
    ONE_SLIP = "one_slip"
    HIDDEN = "hidden"
    ONE_DAY = "one_day"
    SWAPPED = "swapped"
    LUNAR = "lunar"
    ONE_READING = "one_reading"
    SAME_YEAR = "same_year"
    HOME = "home"
    BUILDING = "building"
    DONG = "dong"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class WeightTable:
    """m and u by field and level, in force from a day on."""

    since: date
    odds: Mapping[str, Mapping[Level, tuple[float, float]]]
    surnames: Mapping[str, float]
    common_given: Mapping[str, float]
    rare_surname: float
    rare_given: float
    shared_evidence: float  # bits that phone or home still adds when the other already says "same household"

    def bits(self, field: str, level: Level) -> float:
        """The weight of one level; 0 when nothing is known."""
        if level is Level.UNKNOWN:
            return 0.0
        m, u = self.odds[field][level]
        return log2(m / u)

    def name_share(self, surname: str, given: str) -> float:
        """The share of people who bear this name: a shared 김영희 says less than a shared 홍길동."""
        return self.surnames.get(surname, self.rare_surname) * self.common_given.get(given, self.rare_given)


# 통계청 2015 인구주택총조사 성씨·본관: the largest surnames as a share of the population, rounded.
_SURNAMES_2015 = {
    "김": 0.215, "이": 0.147, "박": 0.084, "최": 0.047, "정": 0.043, "강": 0.024, "조": 0.021, "윤": 0.021, "장": 0.020,
    "임": 0.017, "한": 0.016, "오": 0.015, "서": 0.015, "신": 0.015, "권": 0.014, "황": 0.014, "안": 0.014, "송": 0.014,
    "전": 0.011, "홍": 0.011, "유": 0.014, "고": 0.010, "문": 0.009, "양": 0.009, "손": 0.009, "배": 0.008, "백": 0.008,
    "허": 0.007, "남": 0.005, "심": 0.005, "노": 0.005, "하": 0.005, "곽": 0.004, "성": 0.004, "차": 0.004, "주": 0.004,
}  # fmt: skip

# Given names borne by many of one generation. A rough share: the public rankings tell order, not counts.
_GIVEN_BY_SHARE = {
    0.004: (
        "영숙 정숙 순자 영자 영희 정희 경숙 미숙 명숙 현숙 순옥 정자 춘자 옥순 복순 영순 정순 미경 은주 은정 은영 지영 미영 현정 "
        "영수 영호 영철 영식 정호 성수 정식 상철 종수 광수 병철 성호 정수 상훈 성민 지훈 동현 현우 준호 민수 재현 "
        "민준 서준 예준 도윤 시우 주원 지호 서연 서윤 지우 서현 민서 하은 지민 지현 수진 유진"
    )
}
_COMMON_GIVEN = {name: share for share, names in _GIVEN_BY_SHARE.items() for name in names.split()}

WEIGHTS_2026 = WeightTable(
    since=date(2026, 1, 1),
    odds={
        "name": {
            # u of SAME is the share of that very name, see name_share.
            Level.SAME: (0.885, 0.0002),
            Level.HEARD: (0.045, 0.0006),
            Level.ONE_SLIP: (0.035, 0.0030),
            Level.ROMANIZED: (0.010, 0.0010),
            Level.HIDDEN: (0.900, 0.0300),  # u: the share of one shown given syllable; the surname's own comes on top
            Level.DIFFERENT: (0.010, 0.9950),
        },
        "birth": {
            Level.SAME: (0.930, 0.00004),  # 70 years of birthdays, thinner at the ends
            Level.ONE_READING: (0.930, 0.00008),
            Level.SWAPPED: (0.008, 0.0001),
            Level.ONE_DAY: (0.008, 0.0003),
            Level.ONE_SLIP: (0.020, 0.0015),
            Level.LUNAR: (0.010, 0.0014),
            Level.SAME_YEAR: (0.015, 0.0130),
            Level.DIFFERENT: (0.009, 0.9830),
        },
        "phone": {
            Level.SAME: (0.813, 0.000002),  # in a register of a million 1.3 others share a number
            Level.ONE_SLIP: (0.007, 0.00002),
            Level.DIFFERENT: (0.180, 0.99998),
        },
        "address": {
            Level.HOME: (0.550, 0.000002),
            Level.BUILDING: (0.300, 0.00006),
            Level.DONG: (0.050, 0.0100),
            Level.DIFFERENT: (0.100, 0.9900),
        },
        "sex": {Level.SAME: (0.990, 0.5000), Level.DIFFERENT: (0.010, 0.5000)},
    },
    surnames=_SURNAMES_2015,
    common_given=_COMMON_GIVEN,
    rare_surname=0.003,
    rare_given=0.001,
    shared_evidence=2.0,
)
