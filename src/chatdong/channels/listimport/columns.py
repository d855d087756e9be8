"""Which column holds what: guessed from the header's words, checked against what the column holds."""

import re
from collections.abc import Mapping, Sequence

from chatdong.engines.linkage.phones import normal_phones
from chatdong.kernel.hangul import plain

# field -> header words, the likelier ones first. A header is compared without spaces, marks and brackets.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    field: tuple(words.split())
    for field, words in {
        "name": "성명 이름 대상자 대상자명 대상자성명 성함 가구주 가구주명 가구주성명 세대주 세대주명 세대주성명 주민명 name",
        "birth": "생년월일 생년월 생일 출생일 출생년월일 출생연월일 생년 출생연도 출생년도 birth birthdate",
        "sex": "성별 남녀 sex gender",
        "phone": "전화번호 연락처 휴대전화 휴대폰 핸드폰 휴대전화번호 휴대폰번호 핸드폰번호 전화 자택전화 연락처1 전화번호1 "
        "이동전화 이동전화번호 phone tel mobile",
        "address": "주소 도로명주소 거주지주소 주민등록주소 주민등록지 거주지 거주주소 실거주지 소재지 자택주소 주소지 기본주소 "
        "지번주소 address",
        "detail": "상세주소 나머지주소 동호수 동호 세부주소 상세",
        "dong": "행정동 읍면동 행정동명 읍면동명 동명 관할동 담당동 동주민센터 주민센터 동",
        "reason": "걱정되는점 발굴사유 위기사유 위기정보 위기징후 위기상황 사유 내용 신고내용 상담내용 입수정보 위기정보명 "
        "발굴정보 연계정보 특이사항 비고 메모",
        "urgency": "긴급도 급한정도 긴급여부 우선순위 위험도 시급성",
        "number": "관리번호 대상자번호 대상자관리번호 발굴번호 접수번호 식별번호 명단번호",
    }.items()
}
_KNOWN = {word: (field, place) for field, words in SYNONYMS.items() for place, word in enumerate(words)}

# A resident number is kept nowhere (개인정보 보호법 제24조의2): a column of them is left out, and one inside a text is taken out.
_REFUSED = re.compile(r"주민(?:등록)?번호|주민번호|주민등록$|외국인(?:등록)?번호|여권번호|운전면허|rrn|ssn")
_FRONT = re.compile(r"앞\s*(?:자리|6)|생년월일")
_RESIDENT_NUMBER = re.compile(r"(?<!\d)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s*[-–—.]?\s*[1-8]\s*\d{6}(?!\d)")
TAKEN_OUT = "[주민등록번호 지움]"
_MARKS = re.compile(r"\([^)]*\)|\[[^\]]*\]|[^0-9a-z가-힣]")
_SUM = re.compile(r"합\s*계|총\s*계|소\s*계|계|총\s*\d+\s*(?:명|건|가구|세대)")
_SAMPLE = 200


def header_word(text: str) -> str:
    """A header as it is compared: "성 명(한글)" -> "성명"."""
    return _MARKS.sub("", plain(text).lower())


def field_of(header: str) -> str:
    """The field a header names; "" when it names none."""
    return _KNOWN.get(header_word(header), ("", 0))[0]


def is_refused(header: str) -> bool:
    """Whether a column by this name is never read."""
    word = plain(header).lower().replace(" ", "")
    return bool(_REFUSED.search(word)) and not _FRONT.search(word)


def without_resident_number(text: str) -> tuple[str, bool]:
    """The text with every whole resident number taken out, and whether there was one."""
    cleaned, count = _RESIDENT_NUMBER.subn(TAKEN_OUT, text)
    return cleaned, count > 0


def is_sum(cells: Sequence[str]) -> bool:
    """Whether a line is a total: its first filled cell says so."""
    first = next((cell for cell in cells if cell), "")
    return bool(_SUM.fullmatch(plain(first).strip()))


def guess(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[dict[str, str], list[str]]:
    """Field -> column, and sentences about what was doubtful.

    A field gets the column with its likeliest word. Two columns whose contents stand crosswise (phones under 성명, names under
    전화번호) are mapped by content, and that is told.
    """
    best: dict[str, tuple[int, str]] = {}
    for column in columns:
        field, place = _KNOWN.get(header_word(re.sub(r" \(\d+\)$", "", column)), ("", 0))
        if field and (field not in best or place < best[field][0]):
            best[field] = (place, column)
    mapping = {field: column for field, (_place, column) in best.items()}
    return mapping, _uncross(mapping, columns, rows)


def _uncross(mapping: dict[str, str], columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    notes = []
    fields = [field for field in _LOOKS if field in mapping]
    share = {
        (field, other): _share(field, [row[columns.index(mapping[other])] for row in rows[:_SAMPLE]])
        for field in fields
        for other in fields
    }
    for place, one in enumerate(fields):
        for two in fields[place + 1 :]:
            is_crossed = min(share[one, two], share[two, one]) >= 0.6 and max(share[one, one], share[two, two]) <= 0.3
            if is_crossed:
                pair = f"'{mapping[one]}' 칸과 '{mapping[two]}' 칸"
                notes.append(f"{pair}의 내용이 서로 바뀐 것으로 보여 바꾸어 맞췄습니다. 맞는지 확인해 주세요.")
                mapping[one], mapping[two] = mapping[two], mapping[one]
    return notes


def _looks_like_name(text: str) -> bool:
    return bool(re.fullmatch(r"[가-힣○●*OX]{2,5}|[A-Za-z][A-Za-z ,.'-]{2,40}", text))


def _looks_like_birth(text: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)?\d{2}[-./]?[01]\d[-./]?[0-3]\d\.?(?:-?[1-8]\**)?|(?:19|20)\d{2}", text))


def _looks_like_address(text: str) -> bool:
    return bool(re.search(r"(?:로|길)\s*\d|동\s*\d|[가-힣]구\s|번지|아파트", text))


_LOOKS = {
    "name": _looks_like_name,
    "birth": _looks_like_birth,
    "phone": lambda text: not _looks_like_birth(text) and not re.search(r"[가-힣]{2}", text) and bool(normal_phones(text)),
    "address": _looks_like_address,
    "sex": lambda text: text in ("남", "여", "남자", "여자", "남성", "여성", "M", "F", "m", "f"),
}


def _share(field: str, cells: Sequence[str]) -> float:
    """How much of the filled cells look like a field, 0 to 1."""
    filled = [cell for cell in cells if cell]
    return sum(map(_LOOKS[field], filled)) / len(filled) if filled else 0.0
