"""The reasons a worker may declare for a household's risk, as one table: a new reason is a new row.

Points are a starting proposal that a district replaces by a dated setting. What a reason rests on is named in
``source``: 위기가구 법 (사회보장급여법 제9조의2, 제12조), 욕구 영역 (korea_domain §5.2), B-21, C-06.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Category(StrEnum):
    """Where in a life the reason lies."""

    SAFETY = "안전"
    HEALTH = "건강"
    ISOLATION = "고립"
    INCOME = "생계"
    HOUSING = "주거"
    CHILD = "아동"
    OLDER_PERSON = "어르신"
    DISABILITY = "장애"


@dataclass(frozen=True, slots=True)
class Reason:
    """One row. ``is_suicide``: also sets the map's own suicide-risk sign. ``points`` are at least zero."""

    code: str
    name: str
    category: Category
    points: int
    source: str
    is_suicide: bool = False


@dataclass(frozen=True, slots=True)
class Bypass:
    """Reasons that together mean HIGH at once, whatever the points say, and the sentence for it."""

    codes: frozenset[str]
    because: str


@dataclass(frozen=True, slots=True)
class Weights:
    """The dated setting of the grading rule: points by code (a code left out keeps the table's), and the two limits.

    ValueError when points are negative (adding a reason could then lower a grade) or the limits are out of order.
    """

    medium_from: int
    high_from: int
    valid_from: date
    source: str
    points: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if not 0 < self.medium_from <= self.high_from:
            raise ValueError("중위험 기준점은 0보다 크고 고위험 기준점보다 크지 않아야 해요.")
        wrong = sorted(code for code, points in self.points.items() if points < 0 or code not in REASONS)
        if wrong:
            raise ValueError(f"점수를 매길 수 없는 까닭이 있어요: {', '.join(wrong)}")

    def of(self, reason: Reason) -> int:
        """The points of a reason under this setting."""
        return self.points.get(reason.code, reason.points)


_LAW12 = "사회보장급여법 제12조 제1항"
_LAW9 = "사회보장급여법 제9조의2, 시행령 제6조의2"

REASONS: dict[str, Reason] = {
    row.code: row
    for row in (
        Reason("suicide_attempt", "자살을 시도한 적이 있음", Category.SAFETY, 60, _LAW9, is_suicide=True),
        Reason("suicide_plan", "자살을 말하거나 준비함", Category.SAFETY, 60, _LAW9, is_suicide=True),
        Reason("suicide_item", "우울 검사의 자살 문항에 표시함", Category.SAFETY, 60, "PHQ-9 9번, K-EPDS 10번", True),
        Reason("suicide_bereaved", "가족이 자살로 세상을 떠남", Category.SAFETY, 60, _LAW9, is_suicide=True),
        Reason("domestic_violence", "가정폭력", Category.SAFETY, 60, "가정폭력처벌법 제4조"),
        Reason("child_abuse", "아동 학대나 방임", Category.CHILD, 60, "아동학대처벌법 제10조"),
        Reason("elder_abuse", "노인 학대나 방임", Category.OLDER_PERSON, 60, "노인복지법 제39조의6"),
        Reason("disabled_abuse", "장애인 학대나 방임", Category.DISABILITY, 60, "장애인복지법 제59조의4"),
        Reason("outside_threat", "밖에서 위협받음(스토킹, 불법 추심)", Category.SAFETY, 30, "욕구 영역: 안전"),
        Reason("severe_illness", "중한 병이나 급히 나빠진 건강", Category.HEALTH, 25, "욕구 영역: 건강"),
        Reason("untreated_illness", "아파도 치료를 받지 못함", Category.HEALTH, 25, "욕구 영역: 건강"),
        Reason("chronic_illness", "오래된 병", Category.HEALTH, 10, "욕구 영역: 건강"),
        Reason("mental_illness", "정신건강의 어려움", Category.HEALTH, 20, "욕구 영역: 건강"),
        Reason("depression", "우울이 의심됨", Category.HEALTH, 20, "SGDS-K, PHQ-9"),
        Reason("addiction", "술이나 약물, 도박 문제", Category.HEALTH, 20, "욕구 영역: 건강"),
        Reason("dementia", "치매이거나 의심됨", Category.HEALTH, 20, "치매관리법 제2조"),
        Reason("postnatal_depression", "산후우울이 의심됨", Category.HEALTH, 25, "K-EPDS"),
        Reason("lives_alone", "혼자 삶", Category.ISOLATION, 10, "욕구 영역: 사회적 관계"),
        Reason("no_contact", "연락하는 사람이 없음", Category.ISOLATION, 20, "고독사예방법 제2조"),
        Reason("withdrawn", "밖에 나오지 않음(은둔)", Category.ISOLATION, 20, "B-09, B-21"),
        Reason("bereaved", "최근 가족과 사별하거나 헤어짐", Category.ISOLATION, 10, "욕구 영역: 가족관계"),
        Reason("no_income", "소득이 끊김", Category.INCOME, 25, "긴급복지지원법 제2조"),
        Reason("no_food", "끼니를 거름", Category.INCOME, 30, "욕구 영역: 일상생활유지"),
        Reason("utilities_cut", "전기, 수도, 가스가 끊김", Category.INCOME, 30, _LAW12),
        Reason("bills_overdue", "공과금이나 보험료가 밀림", Category.INCOME, 15, _LAW12),
        Reason("debt", "갚지 못하는 빚", Category.INCOME, 15, _LAW12),
        Reason("benefit_refused", "급여 신청에서 떨어지거나 끊김", Category.INCOME, 15, _LAW12),
        Reason("rent_overdue", "집세나 관리비가 밀림", Category.HOUSING, 15, _LAW12),
        Reason("eviction", "쫓겨날 처지", Category.HOUSING, 30, "긴급복지지원법 제2조"),
        Reason("homeless", "잘 곳이 없음", Category.HOUSING, 60, "노숙인복지법 제2조"),
        Reason("poor_dwelling", "반지하, 옥탑, 고시원처럼 살기 나쁜 집", Category.HOUSING, 15, "욕구 영역: 생활환경"),
        Reason("hoarding", "쓰레기가 쌓인 집", Category.HOUSING, 20, "욕구 영역: 생활환경"),
        Reason("no_heating", "추위나 더위를 피할 수 없음", Category.HOUSING, 25, "욕구 영역: 생활환경"),
        Reason("infant", "젖먹이가 있음", Category.CHILD, 5, "B-21, C-19"),
        Reason("child_alone", "돌볼 사람 없이 아이만 있음", Category.CHILD, 40, "아동복지법 제3조"),
        Reason("school_absence", "학교에 나오지 않음", Category.CHILD, 20, _LAW12),
        Reason("teen_parent", "청소년 부모", Category.CHILD, 15, "청소년복지 지원법 제2조"),
        Reason("young_carer", "아이나 청년이 가족을 돌봄", Category.CHILD, 20, "가족돌봄 아동·청년법"),
        Reason("aged_alone", "75세 이상이고 혼자 삶", Category.OLDER_PERSON, 15, "노인복지법 제27조의2"),
        Reason("cannot_move", "혼자 움직이기 어려움", Category.OLDER_PERSON, 20, "돌봄SOS 대상 기준"),
        Reason("aged_carer", "아픈 어르신을 어르신이 돌봄", Category.OLDER_PERSON, 15, "욕구 영역: 가족관계"),
        Reason("severe_disability", "심한 장애", Category.DISABILITY, 15, "장애인복지법 제2조"),
        Reason("disability_no_care", "장애가 있는데 돌볼 사람이 없음", Category.DISABILITY, 30, "돌봄SOS 대상 기준"),
    )
}

# B-37: a mother and daughter were found with heat stroke while being monitored; life at stake goes past the points
BYPASSES: tuple[Bypass, ...] = (
    *(Bypass(frozenset({row.code}), f"'{row.name}'만으로도 바로 고위험이에요.") for row in REASONS.values() if row.is_suicide),
    *(
        Bypass(frozenset({code}), f"'{REASONS[code].name}'만으로도 바로 고위험이에요.")
        for code in (
            "domestic_violence",
            "child_abuse",
            "elder_abuse",
            "disabled_abuse",
            "homeless",
        )
    ),
    Bypass(frozenset({"utilities_cut", "infant"}), "젖먹이가 있는데 전기, 수도, 가스가 끊겼어요."),
    Bypass(frozenset({"no_heating", "infant"}), "젖먹이가 있는데 추위나 더위를 피할 수 없어요."),
    Bypass(frozenset({"no_food", "infant"}), "젖먹이가 있는데 먹을 것이 없어요."),
    Bypass(frozenset({"child_alone", "infant"}), "젖먹이를 돌볼 사람이 없어요."),
    Bypass(frozenset({"cannot_move", "no_food"}), "혼자 움직이기 어려운데 끼니를 거르고 있어요."),
    Bypass(frozenset({"cannot_move", "utilities_cut"}), "혼자 움직이기 어려운데 전기, 수도, 가스가 끊겼어요."),
    Bypass(frozenset({"eviction", "infant"}), "젖먹이와 함께 쫓겨날 처지예요."),
)
