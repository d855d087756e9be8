"""The words of an explanation: one table of Korean templates, and numbers as people say them.

A door that speaks another language passes its own table of the same keys. Nothing here promises: a person decides.
"""

from collections.abc import Mapping

from chatdong.engines.eligibility.facts import Status
from chatdong.kernel.money import won_short

HEADS: dict[Status, tuple[str, str]] = {
    Status.ELIGIBLE: ("받으실 가능성이 높습니다.", "You are likely to get this."),
    Status.NOT_ELIGIBLE: ("지금은 기준에 맞지 않습니다.", "You do not meet the conditions now."),
    Status.UNKNOWN: ("정보가 더 필요합니다.", "We need to know more."),
    Status.CHECK: ("구청에 확인해 주세요.", "Please ask your district office."),
}

TEXTS: dict[str, str] = {
    "limit": "{found} 기준 {limit} {relation}",
    "limit_open": "{found} 기준 {limit} {relation}인지 아직 모름",
    "found": "{label} {value}",
    "share": "{limit}(기준 중위소득 {base}의 {percent} %)",
    "no_limit": "(확인 중)",
    "yes": "{label}: 예",
    "no": "{label}: 아니요",
    "open": "{label}: 아직 모름",
    "choice": "{label}: {found} ({options})",
    "choice_open": "{label}: 아직 모름 ({options})",
    "one_of": "{options} 가운데 하나",
    "just": "{text}",
    "none_of": "{options}이 아니어야 함",
    "must_be_no": "{text} (아니어야 함)",
    "missing": "{text} (알려 주실 것: {facts})",
    "all": "다음에 모두 맞아야 함",
    "any": "다음 가운데 하나에 맞아야 함",
    "who": "해당하는 분: {people}",
    "who_label": "{label}: {people}",
    "nobody": "해당하는 분이 없음 (가장 가까운 분: {people})",
    "nobody_label": "{label}: 없음 (가장 가까운 분: {people})",
    "who_open": "해당하는 분이 있는지 아직 모름: {people}",
    "who_open_label": "{label}: 아직 모름 ({people})",
    "counted": "해당하는 분",
    "entitled": "{names}{particle} 받음: 예 ({found})",
    "entitled_no": "{names}{particle} 받음: 아니요",
    "entitled_open": "{names}{particle} 받음: 아직 모름",
    "one_among": "{names} 가운데 하나",
    "excluded": "{name}{particle} 함께 받을 수 없음: 받으실 가능성이 높음",
    "excluded_no": "{name}{particle} 함께 받을 수 없음: 해당 없음",
    "excluded_open": "{name}{particle} 함께 받을 수 없음: 아직 모름",
    "not_offered": "지금은 신청을 받지 않음 ({since}~{until})",
    "missing_figure": "{label}: 이 날짜에 정해진 값이 아직 없음",
    "low_figure": "{label}: 값의 출처를 아직 확인하지 못함",
    "stale_figure": "{label}: 확인한 지 1년이 넘음",
    "person": "{age} {sex}",
    "person_plain": "{age}",
    "woman": "여성",
    "man": "남성",
    "age_open": "나이를 모르는 분",
    "infant": "{months}개월",
    "years": "{years}세",
    "between": "약 {low}~{high} 원 사이",
    "at_most": "약 {high} 원 이하",
    "counts": "{low}~{high}{unit}",
    "at_least": "적어도 {low}",
    "unknown": "모름",
    "and": " 그리고 ",
    "or": " 또는 ",
    "is_not": "{text} 아님",
    "being": "{label}({option})",
    "truth": "언제나",
}

RELATIONS: dict[str, str] = {"<=": "이하", "<": "미만", ">=": "이상", ">": "초과", "==": "같음", "!=": "다름"}
WON = "원"


def number(value: int, unit: str) -> str:
    """1714892, 원 -> 1,714,892원; 32, % -> 32 %."""
    return f"{value:,} %" if unit == "%" else f"{value:,}{unit}"


def span(low: int, high: int, unit: str, texts: Mapping[str, str]) -> str:
    """A range as a person would say it: 약 100만~150만 원 사이, 약 50만 원 이하, 1~2명."""
    if low == high:
        return number(low, unit)
    if unit != WON:
        return texts["counts"].format(low=f"{low:,}", high=f"{high:,}", unit=unit)
    least, most = rough(low), rough(high)
    if least == most:
        return f"{low:,}~{high:,}{WON}"
    return (texts["between"] if least != "0" else texts["at_most"]).format(low=least, high=most)


def rough(amount: int) -> str:
    """To the next ten thousand won and without the won: 1000001 -> 100만, 123456789 -> 1억 2,346만, 4000 -> 4,000."""
    if abs(amount) < 5:
        return "0"
    sign, size = ("-" if amount < 0 else ""), abs(amount)
    near = (size + 5_000) // 10_000 * 10_000 if size >= 10_000 else size
    return sign + won_short(near).removesuffix("원").rstrip()
