"""What is kept how long and why: one table, on one screen. The periods themselves are dated rules (ground/places/defaults.toml).

개인정보 보호법 §21 asks that personal data be destroyed without delay once the purpose or period is over; a test holds that
every table with personal data stands here.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Keep:
    """One row: what, the tables it stands in (app.Model), the dated rule with the period, from when it counts, how it ends.

    `done_by` is the action that does it each night; empty where another row's end is its end too, or a person decides.
    """

    what: str
    tables: tuple[str, ...]
    rule: str
    counted_from: str
    how: str
    basis: str
    done_by: str = ""


KEPT: tuple[Keep, ...] = (
    Keep(
        "가구와 주민",
        ("households.Household", "households.Resident", "households.KnownName"),
        "retention.case_years",
        "세대가 없어지거나 전출한 때",
        "이름·연락처·주소·생년월일을 지우고 해와 성별만 남김",
        "사회보장급여법 §34 (5년)",
        "forget_households",
    ),
    Keep(
        "사정과 방문 사례",
        (
            "households.Circumstance",
            "visits.Assessment",
            "visits.Watch",
            "visits.SafetyPlan",
            "visits.Target",
            "visits.Visit",
            "visits.Contact",
            "visits.Unreached",
            "visits.Activity",
            "discovery.Lead",
            "discovery.LeadStatus",
            "discovery.Handover",
            "discovery.Breach",
            "benefits.FactSheet",
            "benefits.Receipt",
            "benefits.Claim",
            "benefits.Finding",
        ),
        "retention.case_years",
        "가구의 이름을 지운 때",
        "가구의 이름이 지워져 누구의 것인지 알 수 없게 됨",
        "사회보장급여법 §34 (5년)",
    ),
    Keep(
        "동의 기록",
        ("households.Consent",),
        "retention.consent_years",
        "가구의 이름을 지운 때",
        "확인한 사람의 이름을 지움",
        "개인정보 보호법 §22 (동의를 받은 사실의 증명)",
        "forget_households",
    ),
    Keep(
        "발굴 신고",
        ("discovery.Report", "discovery.Reporter", "discovery.MatchCandidate"),
        "retention.report_days",
        "사례로 이어지지 않고 끝난 때",
        "이름·연락처·글을 지움",
        "개인정보 보호법 §21",
        "anonymize_reports",
    ),
    Keep(
        "올린 명단",
        ("discovery.DiscoveryList", "discovery.ListRow", "discovery.ColumnMapping"),
        "retention.list_days",
        "다 넣거나 버린 때",
        "줄의 원문을 지움",
        "개인정보 보호법 §21",
        "clear_lists",
    ),
    Keep(
        "쓰다 만 양식",
        ("accounts.Draft",),
        "retention.draft_days",
        "마지막으로 저장한 때",
        "줄을 지움",
        "개인정보 보호법 §21",
        "purge_drafts",
    ),
    Keep(
        "알림",
        ("notices.Message",),
        "retention.message_days",
        "알린 때",
        "줄을 지움",
        "개인정보 보호법 §21",
        "purge_messages",
    ),
    Keep(
        "계정과 발령",
        ("accounts.Account", "accounts.Posted"),
        "retention.posting_years",
        "발령이 끝난 때",
        "권한을 주고 거둔 기록은 지우지 않고 3년 넘게 남김",
        "개인정보의 안전성 확보조치 기준 §5 ③ (3년 이상)",
    ),
    Keep(
        "구 설정을 정한 사람",
        ("places.Setting", "benefits.Screening", "benefits.Release", "benefits.Addition"),
        "retention.posting_years",
        "바꾼 때",
        "지우지 않음: 정한 사람의 번호만 있음",
        "내부 관리계획",
    ),
    Keep(
        "접속·처리 기록",
        ("policy.Entry", "policy.BrokenGlass"),
        "retention.log_years",
        "적은 때",
        "사슬이 이어져야 하므로 해마다 통째로 따로 보관한 뒤 지움",
        "개인정보의 안전성 확보조치 기준 §8 (2년 이상)",
    ),
)
