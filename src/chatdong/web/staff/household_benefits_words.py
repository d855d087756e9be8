"""How benefits read on staff screens: amounts, how sure, and a refusal's days."""

from typing import Any

from django.utils.translation import gettext as _

from chatdong.engines.eligibility import Status
from chatdong.kernel.money import won_short
from chatdong.safetynet.benefits.catalog.pages import Page

PER = {"month": "한 달", "year": "한 해", "quarter": "석 달", "once": "한 번", "day": "하루", "hour": "한 시간"}
SURE = {
    Status.ELIGIBLE: ("가능성이 높음", "good"),
    Status.UNKNOWN: ("정보가 더 필요함", "info"),
    Status.CHECK: ("구청에 확인", "warn"),
}
TIMES = {"month": 12, "quarter": 4, "day": 30}  # how often a year, roughly: an order, no sum
# A range wider than this says less than the words of the page do.
WIDE = 1_000_000_000


def amount_words(page: Page, amount: tuple[int, int] | None) -> str:
    """한 달 82만 556원, 한 달 10만 원 ~ 30만 원; the page's own words where no figure can be told."""
    per = _(PER[page.per]) if page.per in PER else ""
    if amount is None or amount[1] <= 0 or amount[1] >= WIDE:
        return page.amount_text
    low, high = amount
    if low == high:
        return f"{per} {won_short(low)}".strip()
    if low <= 0:
        return _("%(per)s 많게는 %(high)s") % {"per": per, "high": won_short(high)}
    return f"{per} {won_short(low)} ~ {won_short(high)}".strip()


def worth(page: Page, amount: tuple[int, int] | None) -> int:
    """For the order of a list: the most that it may bring in a year; a service without a figure stands last."""
    return 0 if amount is None or amount[1] >= WIDE else amount[1] * TIMES.get(page.per, 1)


def plain_amount(amount: int | None, per: str) -> str:
    """한 번 20만 원; empty where there is none."""
    return "" if amount is None else f"{_(PER[per])} {won_short(amount)}" if per in PER else won_short(amount)


def sure_words(status: Status) -> tuple[str, str]:
    """The badge of a status: its words and its tone."""
    words, tone = SURE[status]
    return _(words), tone


def days_words(days: int | None) -> str:
    """이의신청까지 12일 남음, 오늘까지, 기한이 지남."""
    if days is None:
        return ""
    if days < 0:
        return _("이의신청 기한이 지났습니다")
    return _("이의신청 오늘까지") if days == 0 else _("이의신청 %(days)d일 남음") % {"days": days}


def open_lines(lines: tuple[Any, ...]) -> list[str]:
    """What is not known yet, in short: the texts of the deepest open lines, each once, at most four."""
    found = [
        line.text
        for place, line in enumerate(lines)
        if line.mark == "?" and not (place + 1 < len(lines) and lines[place + 1].depth > line.depth)
    ]
    return list(dict.fromkeys(found))[:4]
