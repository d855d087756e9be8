"""How a person is shown in a list: the one masking rule of the project, phone numbers, and codes people read aloud.

No statute fixes the mask; the rule is the usual reading of 「개인정보의 안전성 확보조치 기준」 해설서: name except the ends,
the exchange of a phone number, an address below the dong, month and day of birth.

    name     홍*동   홍*   김**다   남궁**   KIM G******
    phone    010-****-5678   02-***-5678   ****-5678 (15XX)   112 (public, not masked)
    address  서대문구 천연동 ***
    birth    1956-**-**
"""

import re
from collections.abc import Callable
from datetime import date

from chatdong.kernel.hangul import plain, split_name

_MASK = "*"


def mask_name(name: str) -> str:
    """홍길동 -> 홍*동, 홍길 -> 홍*, 남궁옥분 -> 남궁**, KIM GILDONG -> KIM G******.

    A two-syllable surname is shown and nothing else; otherwise the first and, from three letters on, the last one.
    A Latin name shows its first word and one letter of each other word, a single word only its first letter.
    """
    words = plain(name).split()
    if words and all(word.isascii() for word in words):
        first = words[0] if len(words) > 1 else _first_only(words[0])
        return " ".join([first, *map(_first_only, words[1:])])
    glued = "".join(words)
    surname, given = split_name(glued)
    if len(glued) <= 1:
        return _MASK * len(glued)
    if len(surname) == 2 or len(glued) == 2:
        return surname + _MASK * len(given)
    return glued[0] + _MASK * (len(glued) - 2) + glued[-1]


def _first_only(word: str) -> str:
    return word[0] + _MASK * (len(word) - 1) if len(word) > 1 else _MASK


def mask_birth(birth: date | None) -> str:
    """1956-**-**; an unknown one stays empty."""
    return f"{birth.year:04d}-**-**" if birth else ""


def mask_address(gu: str, dong: str) -> str:
    """서대문구 천연동 ***. The address itself is not asked for, so nothing of it can slip through."""
    return " ".join(part for part in (gu, dong, "***") if part)


# The first rule that fits, in order: how many digits stand before the exchange, and how long the whole may be.
_PHONE_SHAPES = [
    (re.compile(r"1\d\d"), 0),
    (re.compile(r"1[568]\d{6}"), 0),
    (re.compile(r"02[2-9]\d{6,7}"), 2),
    (re.compile(r"050\d\d{7,8}"), 4),
    (re.compile(r"01[016789]\d{7,8}"), 3),
    (re.compile(r"0(?:70|80|60|[3-6][1-5])\d{7,8}"), 3),
]


def phone_digits(text: str) -> str | None:
    """The normal form of a Korean phone number: digits only, 82 turned into 0. None when it is no such number.

    Knows 02, 0NN, 010 and older mobiles, 070, 080, 050X, 15XX/16XX/18XX and three-digit lines such as 112 or 129.
    """
    digits = re.sub(r"[^0-9+]", "", plain(text))
    if digits.startswith(("+82", "0082", "82")) and len(digits) > 9:
        digits = "0" + re.sub(r"^(\+|00)?82", "", digits).lstrip("0")
    return digits if _phone_prefix(digits) is not None else None


def _phone_prefix(digits: str) -> int | None:
    return next((prefix for shape, prefix in _PHONE_SHAPES if shape.fullmatch(digits)), None)


def phone_text(phone: str) -> str:
    """01012345678 -> 010-1234-5678; a text that is no phone number comes back as it was."""
    digits = phone_digits(phone)
    if digits is None or len(digits) == 3:
        return phone if digits is None else digits
    prefix = _phone_prefix(digits) or 0
    return "-".join(part for part in (digits[:prefix], digits[prefix:-4], digits[-4:]) if part)


def mask_phone(phone: str) -> str:
    """01012345678 -> 010-****-5678, 023125678 -> 02-***-5678. Three-digit public lines are not personal and stay.

    A text that is no phone number is hidden whole.
    """
    digits = phone_digits(phone)
    if digits is None:
        return _MASK * min(len(phone), 4)
    if len(digits) == 3:
        return digits
    prefix = _phone_prefix(digits) or 0
    exchange = _MASK * (len(digits) - prefix - 4)
    return "-".join(part for part in (digits[:prefix], exchange, digits[-4:]) if part)


# Read aloud and written by hand: no 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V pairs left. 23 is prime, so that the weighted
# sum below catches every single wrong letter and every swap of two.
_CODE_LETTERS = "34679ACDEFGHJKMNPRTVWXY"


def human_code(pick: Callable[[int], int], length: int = 8) -> str:
    """A code for a person to keep, such as a receipt number: 7KMA-3F9X, the last letter a checksum.

    `pick(n)` returns a random int in [0, n), so that the caller decides where randomness comes from. `length` counts the
    checksum, 4 to 16; 8 gives 3.4 billion codes. Raises ValueError for another length.
    """
    if not 4 <= length <= 16:
        raise ValueError("a code has 4 to 16 letters")
    numbers = [pick(len(_CODE_LETTERS)) for _ in range(length - 1)]
    letters = "".join(_CODE_LETTERS[number] for number in (*numbers, _check_number(numbers)))
    return _in_fours(letters)


def read_code(text: str) -> str | None:
    """The code as it was given out, from whatever was typed (spaces, small letters); None when the checksum fails."""
    letters = re.sub(r"[\s-]", "", plain(text)).upper()
    if not 4 <= len(letters) <= 16 or any(letter not in _CODE_LETTERS for letter in letters):
        return None
    *numbers, check = map(_CODE_LETTERS.index, letters)
    return _in_fours(letters) if check == _check_number(numbers) else None


def _check_number(numbers: list[int]) -> int:
    return -sum(weight * number for weight, number in enumerate(numbers, start=2)) % len(_CODE_LETTERS)


def _in_fours(letters: str) -> str:
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))
