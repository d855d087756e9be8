"""Who may do what, and how far: one table on one screen.

A role reaches OWN (what is assigned to the person), DONG (the dong of the posting), GU (all dong of the gu) or CITY.
Legal bases: 사회보장급여법 (사회보장급여의 이용ㆍ제공 및 수급권자 발굴에 관한 법률) §9의2-16, §13, §42의2;
개인정보 보호법 §15, §31;
지역보건법 §11 (방문건강관리). korea_domain §2 lists the roles.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from chatdong.policy.permissions import Permission as P


class Reach(IntEnum):
    """How far a right goes; a larger one contains the smaller."""

    OWN = 1
    DONG = 2
    GU = 3
    CITY = 4


class Role(StrEnum):
    """What a person is posted as, or what a machine acts as."""

    PLANNER = "planner"
    NURSE = "nurse"
    AREA_OFFICER = "area_officer"
    TEAM_LEAD = "team_lead"
    DONG_HEAD = "dong_head"
    GU_OFFICER = "gu_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    RESIDENT = "resident"
    SYSTEM = "system"


@dataclass(frozen=True)
class Row:
    """One role: its Korean name, who may hold it, the legal basis, and its rights with their reach."""

    korean: str
    holder: str
    basis: str
    grants: Mapping[P, Reach]


def _at(reach: Reach, *rights: P) -> dict[P, Reach]:
    return dict.fromkeys(rights, reach)


_READ = (P.HOUSEHOLD_READ, P.REPORT_READ, P.LEAD_READ, P.VISIT_READ, P.MAP_READ, P.COVERAGE_READ, P.BENEFIT_READ)
_WORK = (
    P.HOUSEHOLD_EDIT, P.CONSENT_RECORD, P.REPORT_TRIAGE, P.LEAD_WORK, P.HANDOVER_ASK,
    P.VISIT_PLAN, P.VISIT_RECORD, P.RISK_GRADE, P.ACTIVITY_RECORD, P.BENEFIT_WORK, P.SCREENING_READ, P.SCREENING_DECIDE,
)  # fmt: skip
_LEAD = (
    P.REPORTER_READ, P.HOUSEHOLD_MERGE, P.LEAD_ASSIGN, P.CLOSURE_CONFIRM, P.HANDOVER_ANSWER, P.BOARD_READ, P.LIST_LOAD,
    P.EXPORT, P.SAFETY_PLAN_READ, P.SAFETY_PLAN_WRITE, P.HIDDEN_ADDRESS_READ, P.STAFF_RELEASE,
)  # fmt: skip
# 사회보장급여법 §13 ①: anybody may report, so everybody at a desk may.
_DESK = (P.SIGN_IN, P.DRAFT_KEEP, P.REPORT_SUBMIT)

ROLES: Mapping[Role, Row] = {
    Role.PLANNER: Row(
        "복지플래너", "동 사회복지담당 공무원", "사회보장급여법 §9의2-14",
        _at(Reach.DONG, *_READ, *_WORK, P.REPORTER_READ, P.EXPORT, P.LIST_LOAD, P.SAFETY_PLAN_READ, P.SAFETY_PLAN_WRITE)
        | _at(Reach.OWN, P.HIDDEN_ADDRESS_READ) | _at(Reach.CITY, *_DESK, P.GLASS_BREAK),
    ),
    Role.NURSE: Row(
        "방문간호사", "동 방문간호사 (보건소 소속)", "지역보건법 §11 ①5, 사회보장급여법 §12의2",
        _at(Reach.DONG, *_READ, P.CONSENT_RECORD, P.VISIT_PLAN, P.VISIT_RECORD, P.RISK_GRADE, P.ACTIVITY_RECORD,
            P.BENEFIT_WORK, P.SAFETY_PLAN_READ, P.SAFETY_PLAN_WRITE)
        | _at(Reach.OWN, P.LEAD_WORK, P.HANDOVER_ASK, P.HIDDEN_ADDRESS_READ) | _at(Reach.CITY, *_DESK, P.GLASS_BREAK),
    ),
    Role.AREA_OFFICER: Row(
        "우리동네주무관", "동 공무원 (담당 구역)", "사회보장급여법 §13 (발견 시 신고)",
        _at(Reach.OWN, *_READ, P.VISIT_RECORD, P.LEAD_WORK, P.HANDOVER_ASK, P.ACTIVITY_RECORD) | _at(Reach.CITY, *_DESK),
    ),
    Role.TEAM_LEAD: Row(
        "팀장", "동 복지팀장", "사회보장급여법 §9의2-16",
        _at(Reach.DONG, *_READ, *_WORK, *_LEAD) | _at(Reach.CITY, *_DESK, P.GLASS_BREAK),
    ),
    Role.DONG_HEAD: Row(
        "복지동장", "동장", "사회보장급여법 §9의2-16",
        _at(Reach.DONG, *_READ, *_WORK, *_LEAD) | _at(Reach.CITY, *_DESK, P.GLASS_BREAK),
    ),
    Role.GU_OFFICER: Row(
        "구 복지담당", "자치구 복지정책·희망복지지원단 공무원", "사회보장급여법 §9의2-16, §42의2",
        _at(Reach.GU, *_READ, P.REPORT_TRIAGE, P.LEAD_WORK, P.LEAD_ASSIGN, P.CLOSURE_CONFIRM, P.HANDOVER_ASK,
            P.HANDOVER_ANSWER, P.BOARD_READ, P.LIST_LOAD, P.EXPORT, P.STAFF_RELEASE, P.REPORTER_READ,
            P.SCREENING_RUN, P.SCREENING_READ, P.RULES_PROPOSE, P.RULES_RELEASE, P.ADDITION_WRITE, P.DIRECTORY_WRITE)
        | _at(Reach.CITY, *_DESK, P.GLASS_BREAK),
    ),
    Role.AUDITOR: Row(
        "개인정보 보호책임자", "자치구 4급 이상 공무원, 감사", "개인정보 보호법 §31, 시행령 §32",
        _at(Reach.GU, P.LOG_READ, P.LOG_VERIFY) | _at(Reach.CITY, *_DESK),
    ),
    Role.ADMINISTRATOR: Row(
        "운영담당", "자치구 전산·인사 담당", "개인정보의 안전성 확보조치 기준 §5",
        _at(Reach.GU, P.ACCOUNT_GRANT, P.STAFF_RELEASE, P.SETTING_WRITE, P.PLACE_LOAD, P.RULES_PROPOSE,
            P.DIRECTORY_WRITE) | _at(Reach.CITY, *_DESK),
    ),
    Role.RESIDENT: Row("주민", "누구나", "사회보장급여법 §13 ①", _at(Reach.CITY, P.REPORT_SUBMIT)),
    Role.SYSTEM: Row(
        "자동 처리", "사람이 아닌 정기 작업", "내부 관리계획",
        _at(Reach.CITY, *P),
    ),
}  # fmt: skip
