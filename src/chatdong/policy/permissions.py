"""Every right there is. A right says what is done, never by whom or where: roles.py and check.py say that."""

from enum import StrEnum


class Permission(StrEnum):
    """The rights, grouped by noun. The value is what the log and the golden files show."""

    HOUSEHOLD_READ = "household.read"
    HOUSEHOLD_EDIT = "household.edit"
    HOUSEHOLD_MERGE = "household.merge"
    HIDDEN_ADDRESS_READ = "household.hidden_address.read"
    CONSENT_RECORD = "household.consent.record"

    REPORT_SUBMIT = "report.submit"
    REPORT_READ = "report.read"
    REPORT_TRIAGE = "report.triage"
    REPORTER_READ = "report.reporter.read"

    LEAD_READ = "lead.read"
    LEAD_WORK = "lead.work"
    LEAD_ASSIGN = "lead.assign"
    CLOSURE_CONFIRM = "closure.confirm"
    HANDOVER_ASK = "handover.ask"
    HANDOVER_ANSWER = "handover.answer"

    VISIT_READ = "visit.read"
    VISIT_PLAN = "visit.plan"
    VISIT_RECORD = "visit.record"
    RISK_GRADE = "risk.grade"
    SAFETY_PLAN_READ = "safety_plan.read"
    SAFETY_PLAN_WRITE = "safety_plan.write"
    ACTIVITY_RECORD = "activity.record"

    BENEFIT_READ = "benefit.read"
    BENEFIT_WORK = "benefit.work"
    SCREENING_RUN = "screening.run"
    SCREENING_READ = "screening.read"
    SCREENING_DECIDE = "screening.decide"
    RULES_PROPOSE = "rules.propose"
    RULES_RELEASE = "rules.release"
    ADDITION_WRITE = "addition.write"
    DIRECTORY_WRITE = "directory.write"

    MAP_READ = "map.read"
    BOARD_READ = "board.read"
    COVERAGE_READ = "coverage.read"
    LIST_LOAD = "list.load"
    EXPORT = "export"

    GLASS_BREAK = "glass.break"
    LOG_READ = "log.read"
    LOG_VERIFY = "log.verify"
    ACCOUNT_GRANT = "account.grant"
    STAFF_RELEASE = "staff.release"
    PLACE_LOAD = "place.load"
    SETTING_WRITE = "setting.write"
    SIGN_IN = "account.sign_in"
    DRAFT_KEEP = "draft.keep"
    PROOF_RUN = "proof.run"
    CLOCK_RUN = "clock.run"
    TARGET_ENROLL = "target.enroll"
    RETENTION_RUN = "retention.run"
    DEMO_BUILD = "demo.build"
