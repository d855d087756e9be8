"""Names as people write them into lists, brought to one form."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from chatdong.engines.linkage.romanized import roman_key
from chatdong.kernel.hangul import phonetic, plain, split_name

# Said instead of a name, or the name of somebody else ("철수 엄마").
_NO_NAME = re.compile(
    r"(이름|성명|성함)?\s*(미상|모름|모르겠음|없음|불명|불상|익명|무명|무명씨|아무개|미기재|비공개|확인\s*불가|[-?.x*\s]+)"
)
_SOMEBODY_ELSE = re.compile(
    r"[가-힣]{2,}\s*(?:엄마|아빠|어머니|어머님|아버지|아버님|모친|부친|네|네집|(?<=\s)(?:모|부|아들|딸|손자|손녀|며느리|사위|배우자|남편|부인))"
)
# Taken off even when it is glued to the name; the ones in the second list only after a space or a full name.
_TITLE = re.compile(
    r"\s*(할머니|할머님|할아버지|할아버님|어르신|어머님|아버님|아주머니|아줌마|아저씨|선생님|사모님|여사님|씨|귀하)$"
)
_LOOSE_TITLE = re.compile(
    r"(?:\s+(?:님|양|군|여사|대표|사장|회장|통장|반장|주민|세대주|본인)|(?<=[가-힣]{3})(?:님|여사|통장|반장|회장|대표|사장)님?)$"
)
_FIRM = re.compile(r"\((?:주|유|재|사|복)\)|주식회사|유한회사|재단법인|사단법인|사회복지법인")
_HIDDEN_MARKS = re.compile(r"[○●〇◯◎□■◇◆☆★×✕✖﹡∗⁎]")
_HIDDEN_LETTERS = re.compile(r"(?<=[가-힣*])[OoXx0ㅇ]+(?=[가-힣*\s]|$|씨)")
_SOMEBODY_MO = re.compile(r"^([가-힣]{1,2})\s*모\s*씨$")


@dataclass(frozen=True)
class Name:
    """One name: `full` has no spaces when it is Korean, and is upper case when it is Latin; * stands for a hidden letter.

    `note` says in Korean what was unusual about it. An unknown name is the empty one and is false.
    """

    full: str = ""
    note: str = ""

    def __bool__(self) -> bool:
        return bool(self.full)

    @property
    def hidden(self) -> bool:
        """Whether part of it is not told: 홍*동, 김**, or a surname alone."""
        return "*" in self.full or len(self.full) == 1

    @property
    def latin(self) -> bool:
        """Whether it is written in Latin letters."""
        return self.full.replace("*", "").replace(" ", "").isascii() and self.full != ""

    @cached_property
    def heard(self) -> str:
        """The phonetic key; see `kernel.hangul.phonetic`."""
        return phonetic(self.full)

    @cached_property
    def romanized(self) -> str:
        """A key equal for 김길동 and KIM GILDONG; "" when the surname cannot be told."""
        return "" if self.hidden else roman_key(self.full)

    @property
    def surname(self) -> str:
        """The surname of a Korean name, in Latin the first word."""
        return self.full.split(" ")[0] if self.latin else split_name(self.full)[0]

    @property
    def given(self) -> str:
        """The given name; "" when only a surname is told."""
        return self.full.partition(" ")[2] if self.latin else split_name(self.full)[1]


def normal_name(value: object) -> Name:
    """A name from whatever a list or a form holds. Idempotent: the normal form of `full` is itself.

    Takes off titles (할머니, 씨, 어르신, ㈜), remarks in brackets, numbers behind the name and spaces; reads 김OO, 김○○ and
    김모 씨 as hidden names; takes 미상 and 철수 엄마 as no name at all and says so in the note.
    """
    text = plain(str(value)) if value is not None else ""
    note = ""
    for _ in range(10):
        cleaned, remark = _once(text)
        note = note or remark
        if cleaned == text:
            break
        text = cleaned
    return Name(text, note)


def _once(text: str) -> tuple[str, str]:
    text = re.sub(r"[\u200b-\u200f\ufeff\x00-\x1f]", " ", plain(text)).strip()
    text = _FIRM.sub("", text)
    text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|[(\[].*$", " ", text)
    text = re.sub(r"^(?:이름|성명|성함|대상자|故|고인)\s*[:：]?\s+|^(?:이름|성명|성함)\s*:|^故", "", text)
    text = re.sub(r"\s*외\s*\d+\s*[명인]?$", "", text.strip())
    if not text or _NO_NAME.fullmatch(text):
        return "", "이름을 모르는 신고예요." if text else ""
    if _SOMEBODY_ELSE.fullmatch(text):
        return "", "본인이 아니라 가족의 이름이에요."
    text = _SOMEBODY_MO.sub(r"\1*", _HIDDEN_MARKS.sub("*", text))
    text = _HIDDEN_LETTERS.sub(lambda found: "*" * len(found[0]), text)
    shorter = _LOOSE_TITLE.sub("", _TITLE.sub("", text))
    text = shorter if shorter.strip(" *") else text
    text = re.sub(r"\d+", " ", text)
    if re.search(r"[가-힣]", text):
        return re.sub(r"[^가-힣*]", "", text), ""
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    bare = bare.replace("Đ", "D").replace("đ", "d").upper()
    letters = "".join(char if char.isalpha() or char == "*" else " " if char not in "'’" else "" for char in bare)
    letters = " ".join(unicodedata.normalize("NFKC", letters).split())
    return (letters if letters.strip("* ") else ""), ""


def hidden_fits(one: str, other: str) -> bool:
    """Whether two names, at least one hiding letters, could be the same: 홍*동 and 홍길동, 김** and 김영, 김 and 김영희."""
    shorter, longer = sorted((one, other), key=len)
    if not shorter:
        return False
    if len(shorter) == len(longer):
        return all("*" in pair or pair[0] == pair[1] for pair in zip(one, other, strict=True))
    for hidden, told in ((one, other), (other, one)):
        surname = split_name(told)[0]
        if not hidden[1:].strip("*") and hidden[0] in (surname[0], "*"):
            return True
        if len(surname) == 2 and hidden[:2] == surname and not hidden[2:].strip("*"):
            return True
    return False
