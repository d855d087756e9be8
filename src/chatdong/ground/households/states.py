"""The word lists of households, and which state may follow which."""

from django.db.models import TextChoices


class HouseholdState(TextChoices):
    """Where a household stands."""

    PROVISIONAL = "provisional", "확인 전"
    LIVING = "living", "거주"
    MOVED_OUT = "moved_out", "전출"
    ENDED = "ended", "세대 없음"
    MERGED = "merged", "합쳐짐"


HOUSEHOLD_TURNS: dict[str, set[str]] = {
    HouseholdState.PROVISIONAL: {HouseholdState.LIVING, HouseholdState.MOVED_OUT, HouseholdState.ENDED, HouseholdState.MERGED},
    HouseholdState.LIVING: {HouseholdState.MOVED_OUT, HouseholdState.ENDED, HouseholdState.MERGED},
    HouseholdState.MOVED_OUT: {HouseholdState.LIVING, HouseholdState.MERGED},
    HouseholdState.ENDED: {HouseholdState.LIVING},
    HouseholdState.MERGED: set(),
}


class ResidentState(TextChoices):
    """Where a resident stands."""

    LIVING = "living", "거주"
    MOVED = "moved", "이사"
    ADMITTED = "admitted", "시설·병원"
    DIED = "died", "사망"


class Sex(TextChoices):
    FEMALE = "f", "여"
    MALE = "m", "남"
    UNKNOWN = "", "모름"


class Relation(TextChoices):
    """To the head of the household."""

    HEAD = "head", "세대주"
    SPOUSE = "spouse", "배우자"
    CHILD = "child", "자녀"
    PARENT = "parent", "부모"
    GRANDCHILD = "grandchild", "손자녀"
    SIBLING = "sibling", "형제자매"
    OTHER = "other", "그 밖"


class Dwelling(TextChoices):
    """What the home is; the first two are where people are missed."""

    BASEMENT = "basement", "반지하"
    ROOFTOP = "rooftop", "옥탑"
    ONE_ROOM = "one_room", "쪽방·고시원"
    HOUSE = "house", "일반"
    UNKNOWN = "", "모름"


class Circumstances(TextChoices):
    """What makes a household or resident one to visit (B-09, C-20)."""

    BASIC_LIVELIHOOD = "basic_livelihood", "기초생활수급"
    NEAR_POOR = "near_poor", "차상위"
    SINGLE_PARENT = "single_parent", "한부모"
    ISOLATED = "isolated", "은둔·고립"
    DISABILITY = "disability", "장애"
    CRISIS = "crisis", "위기"


class ConsentKind(TextChoices):
    """Each consent is asked apart (개인정보 보호법 §22)."""

    COLLECT = "collect", "수집·이용"
    SENSITIVE = "sensitive", "민감정보(건강 등)"
    PROVIDE = "provide", "다른 기관에 제공"
    PHOTO = "photo", "사진"
    CONTACT = "contact", "연락 방법"
