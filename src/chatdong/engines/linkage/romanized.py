"""A consonant key that is equal for a Korean name and for the ways it gets romanized.

Passports, foreigner registration and old papers spell 이 as Lee, Yi or Rhee and 정 as Jung, Chung or Jeong, so vowels are
dropped and consonants kept in classes; only the surname is looked up.
Source: 국어의 로마자 표기법 (문화체육관광부고시) and common passport spellings.
"""

import re

from chatdong.kernel.hangul import is_syllable, parts, phonetic, split_name

_SURNAMES = {
    "김": "KIM GIM", "이": "LEE YI RHEE I RI", "박": "PARK PAK BAK", "최": "CHOI CHOE",
    "정": "JUNG CHUNG JEONG JEUNG CHONG", "강": "KANG GANG", "조": "CHO JO", "윤": "YOON YUN",
    "장": "JANG CHANG", "임": "LIM IM RIM YIM", "한": "HAN", "오": "OH O", "서": "SEO SUH",
    "신": "SHIN SIN", "권": "KWON GWON", "황": "HWANG", "안": "AHN AN", "송": "SONG",
    "유": "YOO YU RYU RYOO YOU", "홍": "HONG", "전": "JEON CHUN JUN", "고": "KO GO KOH",
    "문": "MOON MUN", "양": "YANG", "손": "SON SOHN", "배": "BAE PAE", "백": "BAEK PAIK BAIK",
    "허": "HUH HEO HUR", "남": "NAM", "심": "SHIM SIM", "노": "ROH NOH NO", "하": "HA", "곽": "KWAK GWAK",
    "성": "SUNG SEONG", "차": "CHA", "주": "JOO JU", "우": "WOO U", "구": "KOO GU KU", "민": "MIN",
    "나": "NA RA", "진": "JIN CHIN", "지": "JI CHI", "엄": "UM EOM", "채": "CHAE", "원": "WON",
    "천": "CHEON", "방": "BANG PANG", "공": "KONG GONG", "현": "HYUN HYEON", "함": "HAM",
    "변": "BYUN BYEON", "염": "YEOM YUM", "여": "YEO", "추": "CHOO CHU", "도": "DO", "석": "SEOK SUK",
    "선": "SUN SEON", "설": "SEOL", "마": "MA", "길": "GIL KIL", "남궁": "NAMGUNG NAMKOONG",
    "황보": "HWANGBO", "제갈": "JEGAL", "선우": "SUNWOO SEONWOO",
}  # fmt: skip
_SURNAME_OF = {spelling: phonetic(name) for name, spellings in _SURNAMES.items() for spelling in spellings.split()}

_CLASSES = dict.fromkeys("GKQ", "K") | dict.fromkeys("DT", "T") | dict.fromkeys("BPFV", "P") | dict.fromkeys("LR", "R")
_CLASSES |= {"J": "J", "C": "J", "Z": "J", "S": "S", "M": "M", "N": "N"}
_INITIAL = dict(zip("ㄱㄲㅋㄷㄸㅌㅂㅃㅍㅈㅉㅊㅅㅆㅁㄴㄹㅇㅎ", "KKKTTTPPPJJJSSMNR  ", strict=True))
_FINAL = {"ㅇ": "N", "ㄱ": "K", "ㄲ": "K", "ㅋ": "K", "ㅂ": "P", "ㅍ": "P", "ㅁ": "M", "ㄴ": "N", "ㄹ": "R"}


def roman_key(name: str) -> str:
    """The key of a normal name, such as 김.KRTN: the surname as heard and the consonants of the given name; "" when unknown.

    A Latin name may have its surname first or last; the given name may be one word or several.
    """
    if not name:
        return ""
    if name.isascii():
        words = name.split(" ")
        for spelling, others in ((words[0], words[1:]), (words[-1], words[:-1])):
            if spelling in _SURNAME_OF and others:
                return f"{_SURNAME_OF[spelling]}.{_latin_classes(''.join(others))}"
        return ""
    surname, given = split_name(name)
    if not given or not all(map(is_syllable, name)):
        return ""
    return f"{phonetic(surname)}.{_hangul_classes(given)}"


def _latin_classes(word: str) -> str:
    word = re.sub(r"NG(?![AEIOUYW])|NG(?=$)", "N", word.replace("CH", "J").replace("SH", "S"))
    return _undoubled("".join(_CLASSES.get(letter, "") for letter in word))


def _hangul_classes(given: str) -> str:
    classes = ""
    for syllable in given:
        initial, _, final = parts(syllable)
        classes += _INITIAL[initial] + (_FINAL.get(final, "T") if final else "")
    return _undoubled(classes.replace(" ", ""))


def _undoubled(classes: str) -> str:
    return re.sub(r"(.)\1+", r"\1", classes)
