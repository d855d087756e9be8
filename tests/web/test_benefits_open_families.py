"""The founding documents' families (B-35, B-36, B-37) at the open door: the help that mattered comes first."""

import pytest
from tests.web.benefits_door import Family, shown, walk

from chatdong.kernel import clock

# 사례1: 가정폭력을 피해 온 세 모녀, 월세 열 달 밀린 반지하.
MOTHER_AND_DAUGHTERS = Family(
    [
        {"age": "42", "sex": "f", "job_seeking": 1, "low_spirits": 1},
        {"age": "15", "sex": "f", "student": "middle"},
        {"age": "12", "sex": "f", "student": "elementary"},
    ],
    {
        "crisis_abuse": 1, "crisis_housing": 1, "single_parent": 1, "tenure": "monthly_rent", "deposit": 5_000_000,
        "rent": 400_000, "financial": 100_000,
    },
)  # fmt: skip
# 사례2: 기저귀가 떨어진 아기와 어린 부부.
YOUNG_COUPLE = Family(
    [
        {"age": "22", "sex": "f", "spouse": 1},
        {"age": "23", "sex": "m", "spouse": 1, "job_seeking": 1},
        {"months": "5", "sex": "f"},
    ],
    {"crisis_work": 1, "tenure": "monthly_rent", "deposit": 3_000_000, "rent": 350_000},
)
# 사례3: 열사병으로 쓰러진 어머니와 또래가 없는 딸.
MOTHER_IN_HOSPITAL = Family(
    [
        {"age": "47", "sex": "f", "serious_illness": 1, "in_hospital": 1},
        {"age": "17", "sex": "f", "caring_for_family": 1, "low_spirits": 1},
    ],
    {
        "crisis_illness": 1,
        "single_parent": 1,
        "tenure": "monthly_rent",
        "deposit": 2_000_000,
        "rent": 300_000,
        "medical_expense": 0,
    },
)


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    from datetime import date

    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 22))


@pytest.mark.parametrize(
    ("family", "first", "also", "check"),
    [
        (MOTHER_AND_DAUGHTERS, {"emergency_living", "violence_shelter"}, {"living_benefit", "self_support_work"}, set()),
        (YOUNG_COUPLE, {"emergency_living"}, {"diaper_formula", "parental_benefit", "child_allowance", "living_benefit"}, set()),
        (MOTHER_IN_HOSPITAL, {"emergency_medical"}, {"youth_dream_center", "medical_benefit"}, {"public_rental"}),
    ],
    ids=["B-35", "B-36", "B-37"],
)
def test_a_family_of_the_founding_documents_sees_its_help_first(client, db, family, first, also, check):
    """긴급지원 first; 자활, 기저귀·분유, 청소년드림센터 among the likely; 임대주택, by its notices, to ask for."""
    body, screens = walk(client, family)
    likely = shown(body)
    assert first <= set(likely[:4]), likely
    assert also <= set(likely[:50]), also - set(likely)
    assert check <= set(shown(body, "check"))
    assert screens <= 25
    assert "더 여쭐 것이 없습니다" in body


def test_the_result_is_the_same_in_english(client, db):
    korean, _ = walk(client, MOTHER_AND_DAUGHTERS)
    english, _ = walk(client, MOTHER_AND_DAUGHTERS, at="/benefits/en/ask/")
    assert set(shown(english)) == set(shown(korean))
    assert "Livelihood Benefit" in english and "a month" in english and "Thank you" in english


def test_a_baby_by_months_gets_what_a_child_of_two_does_not(client, db):
    baby, _ = walk(client, Family([{"age": "33", "sex": "f"}, {"months": "5"}]))
    toddler, _ = walk(client, Family([{"age": "33", "sex": "f"}, {"age": "2"}]))
    assert "parental_benefit" in shown(baby) and "parental_benefit" not in shown(toddler)
