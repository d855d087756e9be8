"""Money is whole won, an int. Here it becomes text; nothing here rounds silently."""

_DIGITS = "영일이삼사오육칠팔구"
_GROUPS = ("", "만", "억", "조", "경")


def won(amount: int) -> str:
    """1234567 -> 1,234,567원."""
    return f"{amount:,}원"


def _grouped(amount: int) -> list[tuple[int, str]]:
    """Groups of four digits with their unit, largest first: 123450000 -> [(1, 억), (2345, 만)]. Raises OverflowError past 경."""
    if amount >= 10_000 ** len(_GROUPS):
        raise OverflowError(f"{amount} won is beyond any budget")
    groups = [(amount // 10_000**n % 10_000, unit) for n, unit in enumerate(_GROUPS)]
    return [(number, unit) for number, unit in reversed(groups) if number]


def won_short(amount: int) -> str:
    """123450000 -> 1억 2,345만 원; nothing is cut off: 12345678 -> 1,234만 5,678원."""
    groups = _grouped(abs(amount)) or [(0, "")]
    words = " ".join(f"{number:,}{unit}" for number, unit in groups)
    return ("-" if amount < 0 else "") + words + (" 원" if groups[-1][1] else "원")


def won_official(amount: int) -> str:
    """금1,234,567원(금일백이십삼만사천오백육십칠원), as payment papers write it. Raises ValueError below zero.

    Source: 행정업무의 운영 및 혁신에 관한 규정 시행규칙 제2조 (금액은 아라비아 숫자와 한글을 함께).
    """
    if amount < 0:
        raise ValueError("an official amount is not negative")
    words = ""
    for number, unit in _grouped(amount):
        for power, name in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
            digit = number // power % 10
            words += _DIGITS[digit] + name if digit else ""
        words += unit
    return f"금{amount:,}원(금{words or '영'}원)"


THOUSANDS_UNIT = "(단위: 천원)"


def thousands(amount: int) -> str:
    """A cell of a table headed `THOUSANDS_UNIT`: 1234567 -> 1,235, halves away from zero."""
    rounded = (abs(amount) + 500) // 1000
    return f"{-rounded if amount < 0 else rounded:,}"
