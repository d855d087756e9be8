"""Birth dates as lists and forms hold them: six or eight digits, dots, Excel numbers, a year alone, 음력."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chatdong.kernel.hangul import plain

_EXCEL_DAY_ZERO = date(1899, 12, 30)
_OLDEST = 120  # years; a date further back is a slip
_OLDEST_OF_TWO_DIGITS = 110  # years; 15 is read as 2015 when 1915 would be older than this
_UNREADABLE = "생년월일로 읽을 수 없어요."
# A resident number must not be kept anywhere (개인정보 보호법 제24조의2): only the date and the century are read from one.
_RESIDENT_NUMBER = re.compile(r"(\d{6})\s*-?\s*([0-9])(?:[\d*xX]{6}|\*+)?")
_CENTURY_OF = dict(zip("0123456789", (1800, 1900, 1900, 2000, 2000, 1900, 1900, 2000, 2000, 1800), strict=True))


@dataclass(frozen=True)
class Birth:
    """One birth date, or what is known of it.

    `day` is None when it is unknown or could be read two ways; then `readings` holds every way and `note` the reason in
    Korean. `year` alone may be known. `lunar` tells that the date was given in 음력 and was not converted.
    """

    day: date | None = None
    year: int | None = None
    readings: tuple[date, ...] = ()
    lunar: bool = False
    note: str = ""

    def __bool__(self) -> bool:
        return self.year is not None or bool(self.readings)


def normal_birth(value: object, today: date) -> Birth:
    """A birth date from a cell or a field, as of `today` (which tells 2015 from 1915). Idempotent over `day`.

    An ambiguous one gives no date but its readings and the reason: 3/4/1956 (day or month first), 160315 (1916 or 2016).
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _settled([value], today)
    if value is None or isinstance(value, bool):
        return Birth()
    if isinstance(value, float):
        value = int(value) if abs(value) < 10**9 else ""
    text = plain(str(value)).strip().rstrip(".").removesuffix(".0")
    if not text or not re.search(r"\d", text):
        return Birth(note=_UNREADABLE if text else "")
    lunar = bool(re.search(r"음력|\(음\)|음\s*$|^음", text))
    resident = _RESIDENT_NUMBER.fullmatch(text)
    if resident and len(text) >= 7 and not re.fullmatch(r"\d{8}", text):
        day = _day(_CENTURY_OF[resident[2]] + int(text[:2]), int(text[2:4]), int(text[4:6]))
        return _settled([day], today)
    if re.fullmatch(r"\d+", text):
        return _from_digits(text, today)
    numbers = [(int(number), len(number)) for number in re.findall(r"\d+", text)]
    return _from_numbers(numbers, today, lunar, text)


def _from_digits(digits: str, today: date) -> Birth:
    number = int(digits)
    match len(digits):
        case 8:
            year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
            return _settled([_day(year, month, day), _day(year, day, month)][: 1 if _day(year, month, day) else 2], today, year)
        case 6:
            days = _two_digit_years(int(digits[:2]), int(digits[2:4]), int(digits[4:]), today)
            if not any(days) and 1 <= int(digits[4:]) <= 12:
                return _year_only(int(digits[:4]), today)
            return _settled(days, today)
        case 5:  # an Excel day number, or six digits that lost their zero
            serial = _EXCEL_DAY_ZERO + timedelta(days=number)
            return _settled([serial, *_two_digit_years(int(digits[0]), int(digits[1:3]), int(digits[3:]), today)], today)
        case 4:
            return _year_only(number, today)
    return Birth(note=_UNREADABLE)


def _from_numbers(numbers: list[tuple[int, int]], today: date, lunar: bool, text: str) -> Birth:
    if len(numbers) >= 3:
        (one, width), (two, _), (three, last_width) = numbers[:3]
        if width == 4:
            days = [_day(one, two, three)]
            days = days if days[0] else [_day(one, three, two)]
            return _settled(days, today, one, lunar)
        if last_width == 4:
            return _settled([_day(three, one, two), _day(three, two, one)], today, three, lunar)
        if width <= 2:
            return _settled(_two_digit_years(one, two, three, today), today, None, lunar)
    elif "세" in text or "살" in text:
        return Birth(note="나이만 있고 생년월일이 없어요.")
    elif numbers[0][1] == 4:
        return _year_only(numbers[0][0], today)
    elif numbers[0][1] == 2 and "년" in text:
        years = [year for year in (1900 + numbers[0][0], 2000 + numbers[0][0]) if 0 <= today.year - year <= _OLDEST_OF_TWO_DIGITS]
        if len(years) == 1:
            return _year_only(years[0], today)
    return Birth(note=_UNREADABLE)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _two_digit_years(year: int, month: int, day: int, today: date) -> list[date | None]:
    days = [_day(century + year, month, day) for century in (1900, 2000)]
    return [one for one in days if one and one <= today and today.year - one.year <= _OLDEST_OF_TWO_DIGITS]


def _year_only(year: int, today: date) -> Birth:
    if not 0 <= today.year - year <= _OLDEST:
        return Birth(note=_UNREADABLE)
    return Birth(year=year, note="태어난 해만 있어요.")


def _settled(days: Iterable[date | None], today: date, year: int | None = None, lunar: bool = False) -> Birth:
    told = [day for day in days if day]
    possible = sorted({day for day in told if day <= today and today.year - day.year <= _OLDEST})
    if len(possible) == 1:
        return Birth(possible[0], possible[0].year, (possible[0],), lunar, "음력 생일이에요." if lunar else "")
    if possible:
        years = {day.year for day in possible}
        note = "월과 일 가운데 어느 것이 먼저인지 알 수 없어요."
        if len(years) > 1:
            note = f"{'년인지 '.join(map(str, sorted(years)))}년인지 알 수 없어요."
        return Birth(None, years.pop() if len(years) == 1 else None, tuple(possible), lunar, note)
    if any(day > today for day in told):
        return Birth(note="아직 오지 않은 날이에요.")
    if year is not None and not told:
        known = _year_only(year, today)
        return known if known else Birth(note=_UNREADABLE)
    return Birth(note=_UNREADABLE)
