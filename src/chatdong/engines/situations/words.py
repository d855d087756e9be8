"""Everyday Korean cut into what a sentence can be recognized by: words, stems, letters as they sound.

People type without spaces, by ear, in four dialects and with half a word missing; so nothing here needs a dictionary of
morphemes. A word is what stands between spaces; a stem is the word without the particles and endings of a small table;
the sounding form makes ㅐ and ㅔ, ㅚ and ㅙ, ㅅ and ㅆ at the end of a syllable one.
"""

import re

from chatdong.kernel.hangul import compose as syllable_of
from chatdong.kernel.hangul import is_syllable, jamo, parts, plain

_SAME_VOWEL = {"ㅐ": "ㅔ", "ㅒ": "ㅖ", "ㅙ": "ㅚ", "ㅞ": "ㅚ"}
_SAME_FINAL = {"ㅆ": "ㅅ", "ㄲ": "ㄱ", "ㄶ": "ㄴ", "ㅀ": "ㄹ", "ㅋ": "ㄱ"}
_WORD = re.compile(r"[0-9]+|[a-z]+|[가-힣]+|[ㄱ-ㅎㅏ-ㅣ]+|[^\x00-\x7f\s가-힣ㄱ-ㅣ.,!?~…]+")
_CRYING = re.compile("[ㅠㅜㅋㅎ]+")

_ENDINGS = """
은 는 이 가 을 를 에 의 로 으로 와 과 도 만 랑 이랑 하고 한테 에게 께 께서 에서 에서는 에는 에도
부터 까지 마저 조차 라도 이라도 이나 나 보다 처럼 밖에 이며 이고 이라 라서 이라서 요 이요 예요 이에요
에요 입니다 임니다 이다 다 네요 네 지요 죠 군요 거든요 는데요 은데요 데요 는데 은데 인데 인데요 던데
던데요 어요 아요 여요 해요 돼요 세요 으세요 셔요 시는 신 십니다 습니다 슴니다 읍니다 ㅂ니다 합니다
됩니다 했어요 했습니다 었어요 았어요 였어요 었습니다 았습니다 겠어요 겠습니다 을까요 ㄹ까요 나요 까요 가요
래요 대요 냐 니 노 고 며 면 으면 려면 으려면 려고 으려고 려고요 고요 구요 구 어서 아서 여서 해서 서
니까 으니까 으니 지만 든지 거나 도록 게 게요 을게요 지 자 자고 라고 다고 냐고 던 어 아 여 었 았 겠
네예 심더 심니더 니더 예 임더 입니더 어예 아예 라예 유 아유 어유 디 는디 인디 랑께 당께 소 오 우
시오 구려 수다 수꽈 멍 허고 슈 쥬 쟈 음 임 함 기 는거 는게 은거 하는 하게 하면 하지 한 할 했 된
될 됐 되는 되나요 하나요 있나요 없나요 있어요 없어요 있는 없는 들 들이 들을 들은 들도 들이랑 씩 째 쯤
마다 뿐 뿐이에요 대로 만큼
"""
# Longest first; an ending goes only where a syllable of a longer word, or two of a short one, stays.
_SUFFIXES = sorted(_ENDINGS.split(), key=len, reverse=True)
_SUFFIX_SET = frozenset(_SUFFIXES)
_LONGEST = max(map(len, _SUFFIXES))


def words(text: str) -> list[str]:
    """The words in order, lower case, without marks and the crying and laughing of chats (ㅠㅠ, ㅋㅋ)."""
    return [word for word in _WORD.findall(plain(text).lower()) if not _CRYING.fullmatch(word)]


def stem(word: str) -> str:
    """The word without at most two endings: 월세가 -> 월세, 밀렸습니다 -> 밀렸."""
    for _ in range(2):
        for size in range(min(_LONGEST, len(word) - 1), 0, -1):
            if word[-size:] in _SUFFIX_SET and (len(word) - size >= 2 or size >= 2 or len(word) == 2):
                word = word[:-size]
                break
        else:
            break
    return word


def sounding(text: str) -> str:
    """The text as it is heard, so that 됐/됬, 세/새 and 갔/갓 are one."""
    return "".join(_sounding_syllable(char) if is_syllable(char) else char for char in text)


def letters(word: str) -> str:
    """The jamo of a word as it is heard, one letter each."""
    return jamo(sounding(word))


_KNOWN: dict[str, str] = {}


def _sounding_syllable(char: str) -> str:
    kept = _KNOWN.get(char)
    if kept is None:
        initial, vowel, final = parts(char)
        kept = syllable_of(initial, _SAME_VOWEL.get(vowel, vowel), _SAME_FINAL.get(final, final))
        _KNOWN[char] = kept
    return kept
