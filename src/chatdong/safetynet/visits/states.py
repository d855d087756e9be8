"""The word lists of visits, and which state may follow which."""

from django.db.models import IntegerChoices, TextChoices


class Grade(IntegerChoices):
    """위험군 of the 복지방문지도 (C-06). A smaller number comes first in every list."""

    HIGH = 1, "고위험"
    MEDIUM = 2, "중위험"
    LOW = 3, "저위험"
    NONE = 9, "해당 없음"


class OwnedState(TextChoices):
    """Where a thing that somebody answers for stands. CLOSING still has its owner: a second person has yet to confirm."""

    OPEN = "open", "진행"
    CLOSING = "closing", "종결 확인 대기"
    CLOSED = "closed", "종결"


OWNED_TURNS: dict[str, set[str]] = {
    OwnedState.OPEN: {OwnedState.CLOSING, OwnedState.CLOSED},
    OwnedState.CLOSING: {OwnedState.OPEN, OwnedState.CLOSED},
    OwnedState.CLOSED: set(),
}


class NextStep(TextChoices):
    """What is to happen next; every open thing has one, with a time."""

    MATCH = "match", "가구 확인"
    FIRST_CONTACT = "first_contact", "첫 연락"
    CALL = "call", "전화"
    VISIT = "visit", "방문"
    TRY_AGAIN = "try_again", "다시 연락"
    ASK_WARDEN = "ask_warden", "통장에게 확인"
    ASK_AGENCY = "ask_agency", "기관에 확인"
    ASK_POLICE = "ask_police", "경찰 안부 확인"
    WATCH = "watch", "주기적 방문"
    CONFIRM_CLOSURE = "confirm_closure", "종결 확인"
    ANSWER_HANDOVER = "answer_handover", "넘겨받기 답"


class ClosureReason(TextChoices):
    """종결 사유 (korea_domain §5.1), and the two that only a lead has."""

    GOAL_REACHED = "goal_reached", "목표 달성"
    IMPROVED = "improved", "상황 호전"
    LINKED = "linked", "서비스·기관 연계 완료"
    WATCHED = "watched", "주기적 방문으로 전환"
    NO_NEED = "no_need", "도움이 필요하지 않음"
    MOVED = "moved", "이사·전출"
    REFUSED = "refused", "거절"
    DIED = "died", "사망"
    ADMITTED = "admitted", "시설 입소"
    UNREACHED = "unreached", "끝내 연락되지 않음"
    JOINED = "joined", "다른 건과 합침"
    REGRADED = "regraded", "위험군에서 내려옴"


class Outcome(TextChoices):
    """How a contact ended (korea_domain §3)."""

    MET = "met", "만남"
    PHONE = "phone", "전화상담"
    ABSENT = "absent", "부재"
    UNREACHABLE = "unreachable", "연락두절"
    REFUSED = "refused", "거부"
    MOVED = "moved", "이사"
    ADMITTED = "admitted", "시설입소"
    DIED = "died", "사망"


REACHED = frozenset({Outcome.MET, Outcome.PHONE})
NOT_REACHED = frozenset({Outcome.ABSENT, Outcome.UNREACHABLE})
GONE = frozenset({Outcome.MOVED, Outcome.DIED, Outcome.ADMITTED})


class Way(TextChoices):
    """How somebody was tried."""

    VISIT = "visit", "방문"
    PHONE = "phone", "전화"
    TEXT = "text", "문자"
    NEIGHBOR = "neighbor", "이웃·통장을 통해"
    AGENCY = "agency", "기관을 통해"
    POLICE = "police", "경찰 안부 확인"


class VisitKind(TextChoices):
    """Why a visit is made."""

    LEAD = "lead", "발굴 첫 방문"
    WATCH = "watch", "주기적 방문"
    TARGET = "target", "보편방문"
    FOLLOW_UP = "follow_up", "다시 방문"


class VisitState(TextChoices):
    """Where a planned visit stands."""

    PLANNED = "planned", "예정"
    DONE = "done", "마침"
    CANCELED = "canceled", "취소"


class Slot(TextChoices):
    """When on the day."""

    MORNING = "morning", "오전"
    AFTERNOON = "afternoon", "오후"
    EVENING = "evening", "저녁"


class Cohort(TextChoices):
    """Visit target groups (B-21, C-19, C-20). Codes are those of engines.cohorts."""

    AGE_65 = "age_65", "65세 도래"
    AGE_70 = "age_70", "70세 도래"
    NEWBORN = "newborn", "출산가정"
    POVERTY_CRISIS = "poverty_crisis", "빈곤위기가정"


class TargetState(TextChoices):
    """Whether a target was reached this year."""

    WAITING = "waiting", "방문 전"
    MET = "met", "만남"
    REFUSED = "refused", "거부"
    MOVED = "moved", "이사"
    DIED = "died", "사망"
    ADMITTED = "admitted", "시설입소"


class Rung(TextChoices):
    """How far the search for an unreached household has climbed."""

    WORKER = "worker", "담당자"
    WARDEN = "warden", "통장"
    AGENCY = "agency", "기관"
    POLICE = "police", "경찰 안부 확인"


class UnreachedState(TextChoices):
    """Where the search stands."""

    OPEN = "open", "찾는 중"
    FOUND = "found", "연락됨"
    STOPPED = "stopped", "멈춤(서명)"


class ActivityKind(TextChoices):
    """What the 1.2.3 self-check counts besides visits (C-03, C-12)."""

    NEIGHBOR_FINDING = "neighbor_finding", "이웃(자원) 찾기"
    CASE_MEETING = "case_meeting", "사례회의"
    CASE_FINDING = "case_finding", "사례 발굴"


class Need(TextChoices):
    """What is looked at on a visit: the need domains (korea_domain §5.2), with mood and benefits apart (§3)."""

    SAFETY = "safety", "안전(폭력·방임)"
    HEALTH = "health", "건강"
    MOOD = "mood", "우울·마음"
    DAILY = "daily", "끼니·일상생활"
    FAMILY = "family", "가족·돌봄"
    RELATIONS = "relations", "이웃·외로움"
    INCOME = "income", "생계·빚"
    BENEFITS = "benefits", "복지 급여"
    HOME = "home", "집의 상태"
    SCHOOL_WORK = "school_work", "교육·일"
    RIGHTS = "rights", "법률·권익"
