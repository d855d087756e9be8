"""Opening hours in plain Korean: "평일 09:00~18:00", "매달 첫째 수요일 10:00~12:00"."""

import re
from collections.abc import Iterable
from datetime import date

from chatdong.kernel.clock import date_text
from chatdong.safetynet.benefits.hsds.rows import ScheduleRow

_DAYS = {"MO": "월", "TU": "화", "WE": "수", "TH": "목", "FR": "금", "SA": "토", "SU": "일"}
_GROUPS = {
    ("MO", "TU", "WE", "TH", "FR"): "평일", ("SA", "SU"): "주말", tuple(_DAYS): "매일",
    ("MO", "TU", "WE", "TH", "FR", "SA"): "월~토",
}  # fmt: skip
_NUMBERS = {"1": "첫째", "2": "둘째", "3": "셋째", "4": "넷째", "5": "다섯째", "-1": "마지막"}


def hours_text(schedules: Iterable[ScheduleRow], day: date) -> tuple[str, ...]:
    """A line for every schedule that is not over on the day; one that begins later says when."""
    lines = []
    for one in schedules:
        if one.valid_to is not None and one.valid_to < day:
            continue
        text = " ".join(filter(None, (_days(one), _times(one))))
        if one.description:
            text = f"{text} ({one.description})" if text else one.description
        if one.valid_from is not None and one.valid_from > day:
            text = f"{date_text(one.valid_from)}부터 {text}"
        if text and text not in lines:
            lines.append(text)
    return tuple(lines)


def _days(one: ScheduleRow) -> str:
    days = [found for part in one.byday.split(",") if (found := re.fullmatch(r"\+?(-?\d)?([A-Z]{2})", part))]
    if not days:
        if one.freq == "MONTHLY" and one.dtstart:
            return f"매달 {one.dtstart.day}일"
        return {"DAILY": "매일", "WEEKLY": "매주", "MONTHLY": "매달", "YEARLY": "해마다"}.get(one.freq, "")
    if any(found[1] for found in days):
        return "매달 " + ", ".join(f"{_NUMBERS.get(found[1] or '', '')} {_DAYS[found[2]]}요일".strip() for found in days)
    codes = tuple(code for code in _DAYS if code in {found[2] for found in days})
    said = _GROUPS.get(codes) or (f"{_DAYS[codes[0]]}요일" if len(codes) == 1 else "·".join(_DAYS[code] for code in codes))
    return f"매달 {said}" if one.freq == "MONTHLY" else said


def _times(one: ScheduleRow) -> str:
    opens, closes = (value.strftime("%H:%M") if value else "" for value in (one.opens_at, one.closes_at))
    if opens and closes:
        return f"{opens}~{closes}"
    return f"{opens}부터" if opens else f"{closes}까지" if closes else ""
