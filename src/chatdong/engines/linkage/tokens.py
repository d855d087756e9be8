"""Search tokens: one list of words that SQLite FTS5 and a PostgreSQL text[] hold alike.

Each token is one letter saying what it is and then only digits, small Latin letters, syllables and initials, so that no
tokenizer ever splits it (146-21 is written 146x21).

    n  two neighboring syllables of a name, 0 before the first    n0홍 n홍길 n길동
    c  the same as initials                                       c0ㅎ cㅎㄱ cㄱㄷ
    h  a syllable and the initial after it: half-typed input      h0ㅎ h홍ㄱ h길ㄷ
    o  a syllable and the opening of the next one                 o0호 o홍기 o길도
    k  a name and a given name as heard                           k홍길동 k길동
    w  a word of a Latin name
    p  three neighboring digits of a phone   t  its last four   f  all of it
    a  words, numbers and neighboring letters of an address   b  a building: b독립문로8길x13x2

A `Query` lists its clauses from the nearest to the widest; a row answers a clause that has all its tokens. Ask clause by
clause until there are enough rows, then order them by `ranking.rank`, which also drops rows whose tokens met by chance.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise, product

from chatdong.engines.linkage.addresses import normal_address
from chatdong.kernel.hangul import choseong, composing, is_choseong, is_syllable, loosened, opened, phonetic, plain, split_name

_MOST_CLAUSES = 16
_NOT_TOKEN = re.compile(r"[^0-9a-z가-힣ㄱ-ㅎ]")


class Kind(StrEnum):
    """What a typed text looks like."""

    EMPTY = "empty"
    NAME = "name"
    GIVEN = "given"
    CHOSEONG = "choseong"
    COMPOSING = "composing"
    PHONE_LAST4 = "phone_last4"
    PHONE = "phone"
    ADDRESS = "address"
    MIXED = "mixed"


@dataclass(frozen=True)
class Query:
    """A typed text ready to be looked up: `words` to rank by, `clauses` to ask the index, `name` to look for typos."""

    kind: Kind
    text: str = ""
    words: tuple[str, ...] = ()
    clauses: tuple[tuple[str, ...], ...] = ()
    name: str = ""

    @property
    def required(self) -> tuple[str, ...]:
        """The tokens of the nearest clause."""
        return self.clauses[0] if self.clauses else ()


def clean(text: str) -> str:
    """Small letters, and nothing that a tokenizer could split at."""
    return _NOT_TOKEN.sub("", plain(text).lower())


def digits_token(number: str) -> str:
    """13-2 -> 13x2."""
    return clean(re.sub(r"\s*-\s*", "x", number))


def fts_match(clause: Iterable[str]) -> str:
    """A clause as an FTS5 MATCH expression. Tokens hold no quotes, so quoting them is enough."""
    return " AND ".join(f'"{token}"' for token in clause)


def index_tokens(names: Iterable[str], phones: Iterable[str], addresses: Iterable[str]) -> list[str]:
    """Every token of one row (a household), sorted, each once. Texts are taken as stored; phones may have hyphens."""
    tokens: set[str] = set()
    for name in names:
        tokens |= _name_tokens(name)
    for phone in phones:
        tokens |= _phone_tokens(re.sub(r"[^0-9]", "", phone))
    for address in addresses:
        tokens |= _address_tokens(address)
    return sorted(tokens)


def _name_tokens(name: str) -> set[str]:
    tokens = {f"w{clean(word)}" for word in plain(name).split() if clean(word) and word.isascii()}
    glued = clean(name)
    if not glued:
        return tokens
    for before, char in pairwise("0" + glued):
        tokens |= {f"n{before}{char}", f"c{choseong(before)}{choseong(char)}", f"h{before}{choseong(char)}"}
        if is_syllable(char):
            tokens.add(f"o{before}{opened(char)}")
    return tokens | {f"k{phonetic(glued)}", f"k{phonetic(split_name(glued)[1])}"} - {"k"}


def _phone_tokens(digits: str) -> set[str]:
    if len(digits) < 4:
        return set()
    return {f"p{digits[at : at + 3]}" for at in range(len(digits) - 2)} | {f"t{digits[-4:]}", f"f{digits}"}


def _address_tokens(text: str) -> set[str]:
    tokens: set[str] = set()
    for word in re.split(r"[\s,()]+", plain(text)):
        tokens |= {f"a{digits_token(word)}", *_grams(word)}
        tokens |= {f"a{number}" for number in re.findall(r"[0-9]+", word)}
    address = normal_address(text)
    for part in (address.road, address.legal_dong, address.dong_hint, address.gu):
        tokens |= {f"a{clean(part)}", *_grams(part)}
    for key in address.keys:
        tokens |= {building_token(key), building_token(key.partition("-")[0])}
    return tokens - {"a"}


def building_token(key: str) -> str:
    """The token of a building key: 독립문로8길 13-2 -> b독립문로8길x13x2."""
    street, _, number = key.rpartition(" ")
    return f"b{clean(street)}x{digits_token(number)}"


def _grams(word: str) -> list[str]:
    return [f"a{one}{two}" for one, two in pairwise(clean(word))]


def query_tokens(text: str) -> Query:
    """A typed text as a query; one without letters or digits gives an empty query, never an error.

    Knows a name, a given name, initials (ㅎㄱㄷ), a half-typed name (정영ㅅ), digits of a phone, a part of an address, and
    several of these with spaces between.
    """
    typed = " ".join(plain(text)[:100].split())
    words = tuple(word for word in typed.split(" ") if clean(word))
    if not words:
        return Query(Kind.EMPTY, typed)
    digits = re.sub(r"[\s().+-]", "", typed)
    if digits.isdecimal() and digits.isascii() and len(digits) >= 7:
        return Query(Kind.PHONE, typed, (digits,), _phone_clauses(digits))
    if len(words) == 1:
        kind, clauses = _word(words[0])
        return Query(kind, typed, words, clauses, _name_in(words[0], kind))
    return _several(typed, words)


def _several(typed: str, words: tuple[str, ...]) -> Query:
    """Words that must all be found, in one field or in several; a spaced name (홍 길동) counts as one word too."""
    found = [_word(word) for word in words]
    kinds = {kind for kind, _ in found}
    clauses: list[tuple[str, ...]] = []
    address = normal_address(typed)
    if address.key:
        clauses.append((building_token(address.key),))
    glued = "".join(words)
    names = [word for word, (kind, _) in zip(words, found, strict=True) if _name_in(word, kind)]
    name = names[0] if names else ""
    if len(glued) <= 6 and (all(map(is_syllable, glued)) or is_choseong(glued)):
        kind, whole = _word(glued)
        clauses += whole
        name = _name_in(glued, kind)
    for choice in product(*(alternatives for _, alternatives in found)):
        if len(clauses) >= _MOST_CLAUSES:
            break
        clauses.append(tuple(dict.fromkeys(token for clause in choice for token in clause)))
    kind = Kind.ADDRESS if address.road or kinds <= {Kind.ADDRESS} else Kind.MIXED
    return Query(kind, typed, words, tuple(dict.fromkeys(clauses)), "" if kind is Kind.ADDRESS else name)


def _name_in(word: str, kind: Kind) -> str:
    return word if kind in (Kind.NAME, Kind.GIVEN, Kind.COMPOSING) and len(word) >= 2 else ""


def _word(word: str) -> tuple[Kind, tuple[tuple[str, ...], ...]]:
    """The kind and the clauses of one word, nearest first."""
    letters = clean(word)
    if letters.isdecimal():
        number = digits_token(word)
        if "x" in number or len(letters) <= 3:
            return Kind.ADDRESS, ((f"a{number}",),)
        if len(letters) == 4:
            return Kind.PHONE_LAST4, ((f"t{letters}",), (f"a{letters}",))
        return Kind.PHONE, _phone_clauses(letters)
    if is_choseong(letters):
        initials = choseong(letters)
        return Kind.CHOSEONG, (_chain(initials if len(initials) > 1 else "0" + initials),)
    if any("ㄱ" <= char <= "ㅎ" for char in letters):
        return Kind.COMPOSING, (_chain("".join(composing(letters))),)
    if all(map(is_syllable, letters)) and len(letters) <= 6:
        return (Kind.GIVEN if len(letters) == 2 else Kind.NAME), _name_clauses(letters)
    address = ((f"a{digits_token(word)}",), *([tuple(_grams(word))] if len(letters) > 1 else []))
    if told := re.fullmatch(r"(\d+)(?:호|동|층|번지)", letters):
        address += ((f"a{told[1]}",),)
    if letters.isascii() and letters.isalpha():
        return Kind.NAME, ((f"w{letters}",), _chain(letters) if len(letters) > 1 else (f"n0{letters}",), *address)
    key = normal_address(word).key
    return Kind.ADDRESS, (((building_token(key),),) if key else ()) + address


def _name_clauses(letters: str) -> tuple[tuple[str, ...], ...]:
    """Exactly this, then what it may still become, then what sounds like it, then an address with these letters."""
    start = letters if len(letters) > 1 else "0" + letters
    finished, last = _chain(start[:-1]) if len(start) > 2 else (), start[-1]
    clauses = [_chain(start)]
    stays, moves = loosened(last)
    if moves:
        clauses.append((*finished, f"n{start[-2]}{stays}", f"h{stays}{moves}"))
    else:
        clauses.append((*finished, f"o{start[-2]}{opened(last)}"))
    clauses.append((f"k{phonetic(letters)}",))
    if len(letters) > 1:
        clauses.append(tuple(_grams(letters)))
    return tuple(dict.fromkeys(clauses))


def _chain(letters: str) -> tuple[str, ...]:
    """The tokens of neighboring letters, each a syllable or an initial: 정영ㅅ -> n정영 h영ㅅ."""
    tokens = []
    for before, char in pairwise(letters):
        initial, after_initial = "ㄱ" <= char <= "ㅎ", "ㄱ" <= before <= "ㅎ"
        if after_initial or (initial and before == "0"):
            tokens.append(f"c{before}{choseong(char)}")
        else:
            tokens.append(f"h{before}{char}" if initial else f"n{before}{char}")
    return tuple(dict.fromkeys(tokens))


def _phone_clauses(digits: str) -> tuple[tuple[str, ...], ...]:
    if digits.startswith("82") and len(digits) > 9:
        digits = "0" + digits[2:]
    return (f"f{digits}",), tuple(dict.fromkeys(f"p{digits[at : at + 3]}" for at in range(len(digits) - 2)))
