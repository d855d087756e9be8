"""Hangul: normal forms, initial consonants, jamo for edit distance, particles, and Korean names.

Source: Unicode 16 chapter 3.12 (arithmetic of Hangul syllables); 한글 맞춤법 제10-12항 (두음 법칙);
표준 발음법 제8-9항 (the seven final sounds).
"""

import re
import unicodedata

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
_SPLIT = {
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CONJOINING = (
    {0x1100 + n: jamo for n, jamo in enumerate(_INITIALS)}
    | {0x1161 + n: jamo for n, jamo in enumerate(_VOWELS)}
    | {0x11A7 + n: jamo for n, jamo in enumerate(_FINALS) if jamo}
)
_COMPATIBILITY_JAMO = re.compile("([ㄱ-ㆎ]+)")
_SETTLED = re.compile("[\x00-\x7f가-힣]*")


def nfc(text: str) -> str:
    """The stored form of a text: NFC, so that macOS and Windows spell a name with the same code points."""
    return unicodedata.normalize("NFC", text)


def plain(text: str) -> str:
    """The compared form of a text: NFKC (full width to half width, ㈜ to (주)), single jamo kept as ㄱ-ㅣ.

    Plain NFKC would turn a typed ㄱ into a conjoining jamo and glue 가+ㄳ into 갃, so single jamo are left out of it.
    """
    if _SETTLED.fullmatch(text):  # complete syllables and ASCII are their own NFKC; a city's register is hardly anything else
        return text
    parts = _COMPATIBILITY_JAMO.split(text)
    parts[::2] = [unicodedata.normalize("NFKC", part).translate(_CONJOINING) for part in parts[::2]]
    return "".join(parts)


def is_syllable(char: str) -> bool:
    """Whether this is one complete Hangul syllable, 가-힣."""
    return len(char) == 1 and "가" <= char <= "힣"


def is_choseong(text: str) -> bool:
    """Whether a text is initial consonants only, such as ㅎㄱㄷ; spaces do not count, an empty text is not."""
    letters = text.replace(" ", "")
    return bool(letters) and all("ㄱ" <= char <= "ㅎ" for char in letters)


def parts(syllable: str) -> tuple[str, str, str]:
    """(initial, vowel, final) of one syllable as single jamo; the final is "" when there is none."""
    number = ord(syllable) - ord("가")
    return _INITIALS[number // 588], _VOWELS[number % 588 // 28], _FINALS[number % 28]


def compose(initial: str, vowel: str, final: str = "") -> str:
    """One syllable from single jamo, the inverse of `parts`."""
    number = _INITIALS.index(initial) * 588 + _VOWELS.index(vowel) * 28 + _FINALS.index(final)
    return chr(ord("가") + number)


def choseong(text: str) -> str:
    """Initial consonants: 홍길동 -> ㅎㄱㄷ. A double final typed for two initials is split (ㄳ -> ㄱㅅ); the rest is kept."""
    return "".join(parts(char)[0] if is_syllable(char) else _SPLIT.get(char, char) for char in plain(text))


def jamo(text: str) -> str:
    """One ASCII letter for each jamo, so that edit distance counts jamo and any byte-based engine agrees.

    Other characters are kept in lower case and share letters with jamo: compare Hangul with Hangul.
    """
    letters = []
    for char in plain(text):
        if is_syllable(char):
            letters += [_LETTERS[ord(one) - 0x3131] for one in parts(char) if one]
        elif "ㄱ" <= char <= "ㅣ":
            letters.append(_LETTERS[ord(char) - 0x3131])
        else:
            letters.append(char.lower())
    return "".join(letters)


def composing(text: str) -> tuple[str, str]:
    """A text whose last syllable is still being typed, as (finished, initials): 정영ㅅ -> (정영, ㅅ).

    The second part is "" when the text is finished, or when it has no syllable at all (see `is_choseong`).
    """
    typed = plain(text).strip()
    finished = typed.rstrip("".join(map(chr, range(ord("ㄱ"), ord("ㅎ") + 1))))
    if not any(map(is_syllable, finished)):
        return typed, ""
    return finished, choseong(typed[len(finished) :])


def loosened(syllable: str) -> tuple[str, str]:
    """The other reading of a last syllable while typing: its final may open the next one, 영 -> (여, ㅇ).

    The second part is "" when there is no final that could move on.
    """
    initial, vowel, final = parts(syllable)
    if not final:
        return syllable, ""
    stays, moves = _SPLIT.get(final, final)[:-1], _SPLIT.get(final, final)[-1]
    return compose(initial, vowel, stays), moves


_FIRST_STROKE = dict(zip("ㅘㅙㅚㅝㅞㅟㅢ", "ㅗㅗㅗㅜㅜㅜㅡ", strict=True))


def opened(syllable: str) -> str:
    """The earliest full syllable typed on the way to this one: 영 -> 여, 권 -> 구. What a half-typed query is found by."""
    initial, vowel, _ = parts(syllable)
    return compose(initial, _FIRST_STROKE.get(vowel, vowel))


TWO_SYLLABLE_SURNAMES = frozenset(
    [
        "남궁",
        "황보",
        "제갈",
        "선우",
        "독고",
        "사공",
        "서문",
        "동방",
        "어금",
        "망절",
        "소봉",
        "장곡",
        "강전",
    ]
)


def split_name(name: str) -> tuple[str, str]:
    """(surname, given name) of a Korean name: 홍길동 -> (홍, 길동), 남궁옥분 -> (남궁, 옥분).

    황보영 could be 황 + 보영; the two-syllable reading wins, the same everywhere.
    """
    width = 2 if len(name) >= 3 and name[:2] in TWO_SYLLABLE_SURNAMES else 1
    return name[:width], name[width:]


_Y_VOWELS = "ㅑㅒㅕㅖㅛㅠㅣㅢ"
_HEARD_VOWEL = {"ㅐ": "ㅔ", "ㅒ": "ㅔ", "ㅖ": "ㅔ", "ㅙ": "ㅚ", "ㅞ": "ㅚ", "ㅢ": "ㅣ"}
_HEARD_FINAL = dict(zip("ㄲㅋㄳㄺ", "ㄱㄱㄱㄱ", strict=True)) | dict(zip("ㅅㅆㅈㅊㅌㅎ", "ㄷㄷㄷㄷㄷㄷ", strict=True))
_HEARD_FINAL |= dict(zip("ㅍㅄㄿ", "ㅂㅂㅂ", strict=True)) | dict(zip("ㄵㄶㄻㄼㄽㄾㅀ", "ㄴㄴㅁㄹㄹㄹㄹ", strict=True))


def initial_law(syllable: str, first: bool = True) -> str:
    """두음 법칙: 류 -> 유, 로 -> 노, 녀 -> 여. Inside a name only ㄹ changes (용렬 -> 용열)."""
    initial, vowel, final = parts(syllable)
    if initial == "ㄹ":
        initial = "ㅇ" if vowel in _Y_VOWELS else "ㄴ"
    elif initial == "ㄴ" and first and vowel in _Y_VOWELS:
        initial = "ㅇ"
    return compose(initial, vowel, final)


def phonetic(name: str) -> str:
    """A name as it is heard: equal for 류/유, 재/제, 희/히, 혜/해 and for finals that sound the same.

    Letters other than Hangul are kept. Idempotent. A key to find people by, never proof that two people are one.
    """
    name = plain(name).replace(" ", "")
    heard = []
    for place, char in enumerate(name):
        if is_syllable(char):
            initial, vowel, final = parts(initial_law(char, first=place < 2))
            char = compose(initial, _HEARD_VOWEL.get(vowel, vowel), _HEARD_FINAL.get(final, final))
        heard.append(char)
    return "".join(heard)


# Read aloud: digits 일 이 삼 사 오 육 칠 팔 구 영(or 십, 백, 천, 만), letter names 엘, 엠, 엔, 알.
_DIGIT_FINAL = dict(zip("0123456789", ["ㅇ", "ㄹ", "", "ㅁ", "", "", "ㄱ", "ㄹ", "ㄹ", ""], strict=True))
_LETTER_FINAL = {"L": "ㄹ", "R": "ㄹ", "M": "ㅁ", "N": "ㄴ"}
_WORD_FINAL = [
    (r"le?$", "ㄹ"),
    (r"me?$", "ㅁ"),
    (r"(ne?|ng)$", "ㄴ"),
    (r"([kpctb]|ck)$", "ㄱ"),
]
_BRACKET_AT_END = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]\s*$")


def _final_sound(word: str) -> str | None:
    """The final consonant a word is spoken with, "" for a vowel, None when nobody can say."""
    spoken = re.sub(r"[\s'\"”’.,!?」』>)\]]+$", "", _BRACKET_AT_END.sub("", plain(word)))
    last = spoken[-1:]
    if is_syllable(last):
        return parts(last)[2]
    if last in _DIGIT_FINAL and last:
        return _DIGIT_FINAL[last]
    if not last.isascii() or not last.isalpha():
        return None
    latin = re.search(r"[A-Za-z]+$", spoken)
    if latin and latin[0].isupper():
        return _LETTER_FINAL.get(last, "")
    return next(
        (final for pattern, final in _WORD_FINAL if re.search(pattern, spoken.lower())),
        "",
    )


def particle(word: str, pair: str) -> str:
    """The particle that fits: particle("홍길동", "을/를") -> 을.

    Pairs are written "with final/without": 이/가, 은/는, 과/와, 으로/로.

    Handles numerals (3은, 2는), Latin (PC는, URL을) and words in front of a bracket; a word nobody can read aloud
    (홍**) gets both, 을(를). Raises ValueError when the pair has no slash.
    """
    closed, slash, open_ = pair.partition("/")
    if not slash:
        raise ValueError(f"a pair is written like 을/를, not {pair!r}")
    final = _final_sound(word)
    if final is None:
        return f"({closed.removesuffix(open_)}){open_}" if closed.endswith(open_) else f"{closed}({open_})"
    if final == "ㄹ" and closed.startswith("으로"):
        return open_
    return closed if final else open_


def with_particle(word: str, pair: str) -> str:
    """The word and its particle: with_particle("서울", "으로/로") -> 서울로."""
    return word + particle(word, pair)
