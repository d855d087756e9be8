"""The word lists of discovery, which state may follow which, and what a report or a visit brings in."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices


class Pathway(TextChoices):
    """발굴경로 (B-23; korea_domain §4.1). Extend freely."""

    STAFF_VISIT = "staff_visit", "직원 방문"
    AREA_OFFICER = "area_officer", "우리동네주무관"
    WARDEN = "warden", "복지통장·통반장"
    NEIGHBOR = "neighbor", "이웃 주민"
    CITIZEN = "citizen", "찾아가는 이웃·나눔이웃·시민찾동이"
    COUNCIL = "council", "협의체 위원"
    WELFARE_AGENCY = "welfare_agency", "사회복지기관"
    POLICE = "police", "경찰"
    FIRE = "fire", "소방(119)"
    SCHOOL = "school", "교육청·학교"
    HEALTH = "health", "보건소·의료기관"
    FINANCE = "finance", "금융상담센터"
    LEGAL = "legal", "공익법·법률센터"
    KAKAO = "kakao", "천사톡(카카오톡)"
    CALL_1004 = "call_1004", "행복1004콜센터"
    CALL_120 = "call_120", "다산콜센터 120"
    SELF = "self", "본인·가족 신청"
    BIG_DATA = "big_data", "빅데이터 발굴명단(행복e음)"
    METER = "meter", "검침·집배원"
    HOUSING = "housing", "공동주택 관리주체"
    SCREENING = "screening", "맞춤복지 일제 살핌"
    OTHER = "other", "기타"


class Urgency(TextChoices):
    """How soon somebody must be in touch; the deadline of each is a dated setting."""

    NOW = "now", "지금 바로"
    TODAY = "today", "오늘 안"
    SOON = "soon", "3일 안"
    ROUTINE = "routine", "일반"


URGENCY_RANK: dict[str, int] = {Urgency.NOW: 1, Urgency.TODAY: 2, Urgency.SOON: 3, Urgency.ROUTINE: 4}


class ReportState(TextChoices):
    """Where a report stands. RECEIVED and ASKING have an owner; JOINED ones are carried by their lead."""

    RECEIVED = "received", "접수"
    ASKING = "asking", "가구 확인 중"
    JOINED = "joined", "발굴 건에 이어짐"
    CLOSED = "closed", "종결"


REPORT_TURNS: dict[str, set[str]] = {
    ReportState.RECEIVED: {ReportState.ASKING, ReportState.JOINED, ReportState.CLOSED},
    ReportState.ASKING: {ReportState.JOINED, ReportState.CLOSED},
    ReportState.JOINED: set(),
    ReportState.CLOSED: set(),
}


class ReportClosure(TextChoices):
    """Why a report ends without a lead."""

    NOT_WELFARE = "not_welfare", "복지 일이 아님(다른 부서 안내)"
    UNTRACEABLE = "untraceable", "누구인지 알 수 없음"
    PRANK = "prank", "장난"
    ANSWERED = "answered", "안내로 끝남"


class MatchOutcome(TextChoices):
    """What came of comparing a report with the register."""

    SURE = "sure", "같은 사람"
    ASK = "ask", "사람이 확인"
    NEW = "new", "새 가구"


class HandoverState(TextChoices):
    """Where a hand-over stands. The sender stays owner until ACCEPTED."""

    ASKED = "asked", "답 기다림"
    ACCEPTED = "accepted", "넘겨받음"
    REFUSED = "refused", "돌려보냄"
    RETURNED = "returned", "기한이 지나 되돌아옴"
    WITHDRAWN = "withdrawn", "거둬들임"


HANDOVER_TURNS: dict[str, set[str]] = {
    HandoverState.ASKED: {HandoverState.ACCEPTED, HandoverState.REFUSED, HandoverState.RETURNED, HandoverState.WITHDRAWN},
    HandoverState.ACCEPTED: set(),
    HandoverState.REFUSED: set(),
    HandoverState.RETURNED: set(),
    HandoverState.WITHDRAWN: set(),
}


class About(TextChoices):
    """What a missed deadline is about."""

    REPORT = "report", "신고"
    LEAD = "lead", "발굴 건"
    WATCH = "watch", "주기적 방문"
    HANDOVER = "handover", "넘겨받기"
    UNREACHED = "unreached", "연락두절"
    CLAIM = "claim", "혜택 신청"


class ClimbRung(TextChoices):
    """Who is told of a missed deadline, in this order."""

    WORKER = "worker", "담당자"
    TEAM_LEAD = "team_lead", "팀장"
    DONG_HEAD = "dong_head", "복지동장"
    GU = "gu", "구"


class ListState(TextChoices):
    """Where an uploaded discovery list stands."""

    UPLOADED = "uploaded", "올림"
    LOADING = "loading", "넣는 중"
    LOADED = "loaded", "다 넣음"
    DISCARDED = "discarded", "버림"


class RowState(TextChoices):
    """What became of one row."""

    WAITING = "waiting", "기다림"
    REPORTED = "reported", "신고로 접수"
    SAME = "same", "이미 있는 줄"
    FAULTY = "faulty", "오류"


class ListField(TextChoices):
    """What a column of a discovery list can hold. The name is what a mapping is keyed by."""

    NAME = "name", "이름"
    BIRTH = "birth", "생년월일"
    SEX = "sex", "성별"
    PHONE = "phone", "전화번호"
    ADDRESS = "address", "주소"
    DETAIL = "detail", "상세주소"
    DONG = "dong", "행정동"
    REASON = "reason", "걱정되는 점"
    URGENCY = "urgency", "급한 정도"
    NUMBER = "number", "관리번호"


@dataclass(frozen=True)
class Subject:
    """Whom a report is about, as far as the reporter knew; everything may be empty.

    `dong_id` and `tong_number` are said only when the reporter picked them, not guessed from the address.
    """

    name: str = ""
    birth: date | None = None
    birth_year: int | None = None
    sex: str = ""
    phone: str = ""
    address: str = ""
    detail: str = ""
    dong_id: int | None = None
    tong_number: int | None = None


@dataclass(frozen=True)
class ReporterCard:
    """Who reports, where they said so."""

    category: str = ""
    name: str = ""
    phone: str = ""
    relation: str = ""
    wants_answer: bool = False


@dataclass(frozen=True)
class Next:
    """What a visit leads to: a next step with its time, or a closure with its note. Exactly one of `step` and `closure`."""

    step: str = ""
    at: datetime | None = None
    closure: str = ""
    note: str = ""
