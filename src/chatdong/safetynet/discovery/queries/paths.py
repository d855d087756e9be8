"""Where a message or an exception leads. The addresses are those of web/staff; a test holds them against the resolver."""


def to_household(household_id: int) -> str:
    return f"/staff/households/{household_id}/"


def to_report(report_id: int) -> str:
    return f"/staff/reports/{report_id}/"


def to_list(list_id: object) -> str:
    return f"/staff/lists/{list_id}/"


TO_HANDOVERS = "/staff/handovers/"
TO_CLOSURES = "/staff/closures/"
TO_BOARD = "/staff/board/"
TO_ACCOUNTS = "/staff/accounts/"
