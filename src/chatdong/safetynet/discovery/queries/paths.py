"""Where a message or an exception leads. The addresses are those of web/staff; a test holds them against the resolver."""

from chatdong.safetynet.discovery.states import About


def to_household(household_id: int) -> str:
    return f"/staff/households/{household_id}/"


def to_benefits(household_id: int) -> str:
    return f"/staff/households/{household_id}/benefits/"


def to_report(report_id: int) -> str:
    return f"/staff/reports/{report_id}/"


def path_of(about: str, about_id: int, household_id: int | None) -> str:
    """Where something that is late is opened."""
    if about == About.REPORT:
        return to_report(about_id)
    if about == About.HANDOVER or household_id is None:
        return TO_HANDOVERS
    return to_benefits(household_id) if about == About.CLAIM else to_household(household_id)


def to_list(list_id: object) -> str:
    return f"/staff/lists/{list_id}/"


TO_HANDOVERS = "/staff/handovers/"
TO_CLOSURES = "/staff/closures/"
TO_BOARD = "/staff/board/"
TO_ACCOUNTS = "/staff/accounts/"
