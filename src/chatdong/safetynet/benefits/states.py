"""The word lists of benefits, and which state may follow which."""

from django.db.models import TextChoices


class ClaimState(TextChoices):
    """Where a household's claim to one benefit stands: from the day somebody says it may be owed to the end of an objection."""

    NOTED = "noted", "안내할 것"
    TOLD = "told", "안내함"
    APPLIED = "applied", "신청함"
    GRANTED = "granted", "받게 됨"
    REFUSED = "refused", "받지 못함"
    OBJECTED = "objected", "이의신청"
    DROPPED = "dropped", "그만둠"


# 사회보장급여법 §17: an objection within 90 days of the day one learned of the decision; it is decided anew.
CLAIM_TURNS: dict[str, set[str]] = {
    ClaimState.NOTED: {ClaimState.TOLD, ClaimState.APPLIED, ClaimState.DROPPED},
    ClaimState.TOLD: {ClaimState.APPLIED, ClaimState.DROPPED},
    ClaimState.APPLIED: {ClaimState.GRANTED, ClaimState.REFUSED, ClaimState.DROPPED},
    ClaimState.GRANTED: set(),
    ClaimState.REFUSED: {ClaimState.OBJECTED, ClaimState.DROPPED},
    ClaimState.OBJECTED: {ClaimState.GRANTED, ClaimState.REFUSED, ClaimState.DROPPED},
    ClaimState.DROPPED: set(),
}
CLAIM_OPEN = frozenset({ClaimState.NOTED, ClaimState.TOLD, ClaimState.APPLIED, ClaimState.REFUSED, ClaimState.OBJECTED})


class DropReason(TextChoices):
    """Why a claim was given up; a refused one ends only with a reason too."""

    UNWANTED = "unwanted", "본인이 원하지 않음"
    NOT_ELIGIBLE = "not_eligible", "기준에 맞지 않음을 확인함"
    OTHER_BETTER = "other_better", "다른 혜택이 더 나음"
    ACCEPTED = "accepted", "결정을 받아들임"
    MISTAKE = "mistake", "잘못 올림"
    GONE = "gone", "이사·사망 등으로 대상이 아님"
    JOINED = "joined", "가구가 합쳐져 하나만 남김"


class FactSource(TextChoices):
    """Where the facts of a household come from."""

    VISIT = "visit", "방문에서 들음"
    PHONE = "phone", "전화로 들음"
    DOCUMENT = "document", "서류로 확인"
    REGISTER = "register", "행복e음 확인"
    LIST = "list", "발굴명단"


class FoundKind(TextChoices):
    """Why a run over the district put a household on its list (C-20, A-12)."""

    OWED = "owed", "받을 가능성이 높음"
    NEAR = "near", "기준에 조금 모자람"
    BY_RULE = "by_rule", "기준이 바뀌어 새로 맞음"
    BY_AGE = "by_age", "나이가 되어 새로 맞음"
    DOUBLE = "double", "함께 받을 수 없는 것을 받음"


class FoundState(TextChoices):
    """What a person decided about a finding. Nothing happens to a household before that (개인정보 보호법 §37의2)."""

    WAITING = "waiting", "살펴볼 것"
    TAKEN = "taken", "발굴 건으로 올림"
    DISMISSED = "dismissed", "올리지 않음"
    STALE = "stale", "새 결과로 바뀜"


FOUND_TURNS: dict[str, set[str]] = {
    FoundState.WAITING: {FoundState.TAKEN, FoundState.DISMISSED, FoundState.STALE},
    FoundState.TAKEN: set(),
    FoundState.DISMISSED: set(),
    FoundState.STALE: set(),
}


class ScreeningState(TextChoices):
    """Where a run over the district stands."""

    ASKED = "asked", "기다림"
    RUNNING = "running", "계산 중"
    DONE = "done", "끝남"
    FAILED = "failed", "멈춤"


class Situation(TextChoices):
    """The three situations of the standardized support (C-04)."""

    OLDER = "older", "어르신"
    NEWBORN = "newborn", "출산가정"
    POVERTY = "poverty", "빈곤가정"


class ReleaseState(TextChoices):
    """A text of the rule book: proposed by one person, released or refused by another."""

    PROPOSED = "proposed", "확인 대기"
    RELEASED = "released", "시행"
    REFUSED = "refused", "돌려보냄"


class EntrySource(TextChoices):
    """Which public catalog an entry comes from (korea_domain §8)."""

    CENTRAL = "central", "중앙부처복지서비스"
    LOCAL = "local", "지자체복지서비스"


class AttendingType(TextChoices):
    """HSDS attending_type: how a schedule is attended."""

    IN_PERSON = "in_person", "방문"
    PHONE = "phone", "전화"
    VIRTUAL = "virtual", "온라인"
    OUTREACH = "outreach", "찾아감"
