"""Two people compared field by field, each with its weight and its reason in plain Korean."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from math import log2

from rapidfuzz.distance import OSA

from chatdong.engines.linkage.addresses import Address, base_dong
from chatdong.engines.linkage.births import Birth
from chatdong.engines.linkage.names import Name, hidden_fits
from chatdong.engines.linkage.person import Person
from chatdong.engines.linkage.weights import WEIGHTS_2026, Level, WeightTable
from chatdong.kernel.hangul import jamo

# 음력 runs 18 to 52 days behind the solar calendar (한국천문연구원 월력요항).
_LUNAR_DAYS = range(18, 53)
_FAMILY = "가족이 함께 쓰는 번호일 수 있어요"

_SENTENCES = {
    ("name", Level.SAME): "이름이 같아요.",
    ("name", Level.HEARD): "이름의 소리가 같아요.",
    ("name", Level.ONE_SLIP): "이름에서 자모 하나가 달라요.",
    ("name", Level.ROMANIZED): "로마자로 적은 이름이 맞아요.",
    ("name", Level.HIDDEN): "이름에서 보이는 글자가 맞아요.",
    ("name", Level.DIFFERENT): "이름이 달라요.",
    ("birth", Level.SAME): "생년월일이 같아요.",
    ("birth", Level.ONE_READING): "생년월일을 읽는 방법 가운데 하나가 같아요.",
    ("birth", Level.SWAPPED): "생년월일에서 월과 일이 바뀐 것 같아요.",
    ("birth", Level.ONE_DAY): "생년월일이 하루 달라요.",
    ("birth", Level.ONE_SLIP): "생년월일에서 숫자 하나가 달라요.",
    ("birth", Level.LUNAR): "한쪽은 음력 생일일 수 있어요.",
    ("birth", Level.SAME_YEAR): "태어난 해가 같아요.",
    ("birth", Level.DIFFERENT): "생년월일이 달라요.",
    ("phone", Level.SAME): f"전화번호가 같아요 ({_FAMILY}).",
    ("phone", Level.ONE_SLIP): "전화번호에서 숫자 하나가 달라요.",
    ("phone", Level.DIFFERENT): "전화번호가 달라요 (바꿨을 수 있어요).",
    ("address", Level.HOME): "주소가 호수까지 같아요.",
    ("address", Level.BUILDING): "건물까지 같고, 호수는 몰라요.",
    ("address", Level.DONG): "같은 동이지만 다른 집이에요.",
    ("address", Level.DIFFERENT): "주소가 달라요 (이사했을 수 있어요).",
    ("sex", Level.SAME): "성별이 같아요.",
    ("sex", Level.DIFFERENT): "성별이 달라요.",
}


@dataclass(frozen=True)
class FieldWeight:
    """One field compared: its level, its weight in bits (above 0 speaks for one person), and the reason in Korean."""

    field: str
    level: Level
    bits: float
    reason: str


@dataclass(frozen=True)
class Weighing:
    """A reported and a known person compared. `ref` is the known one's; `bits` the sum of the fields told on both sides."""

    ref: object
    bits: float
    fields: tuple[FieldWeight, ...]

    def level(self, field: str) -> Level:
        """How one field compares; UNKNOWN when a side does not tell it."""
        return next((one.level for one in self.fields if one.field == field), Level.UNKNOWN)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons, the heaviest first."""
        return tuple(one.reason for one in sorted(self.fields, key=lambda one: -abs(one.bits)))


def weigh(report: Person, known: Person, table: WeightTable = WEIGHTS_2026) -> Weighing:
    """Compare two people. Symmetric: who is reported and who is known changes nothing but `ref`."""
    levels = {
        "name": name_level(report.name, known.name),
        "birth": birth_level(report.birth, known.birth),
        "phone": phone_level(report.phones, known.phones),
        "address": address_level(report.address, known.address),
        "sex": Level.UNKNOWN if not (report.sex and known.sex) else Level.SAME if report.sex == known.sex else Level.DIFFERENT,
    }
    bits = {field: table.bits(field, level) for field, level in levels.items()}
    bits["name"] = _name_bits(report.name, known.name, levels["name"], table)
    if levels["phone"] is Level.SAME and levels["address"] in (Level.HOME, Level.BUILDING):
        # One household has one home and often one phone: the second says little that the first did not.
        weaker = min(("phone", "address"), key=lambda field: bits[field])
        bits[weaker] = min(bits[weaker], table.shared_evidence)
    told = tuple(
        FieldWeight(field, level, round(bits[field], 3), _SENTENCES[field, level])
        for field, level in levels.items()
        if level is not Level.UNKNOWN
    )
    return Weighing(known.ref, round(sum(one.bits for one in told), 3), told)


def _name_bits(one: Name, other: Name, level: Level, table: WeightTable) -> float:
    if level is Level.SAME and not one.latin:
        m, _ = table.odds["name"][level]
        return log2(m / table.name_share(one.surname, one.given))
    if level is Level.HIDDEN and not one.latin and not other.latin:
        # A hidden name always fits its own person; what it is worth is how rare the shown letters are.
        m, u = table.odds["name"][level]
        least = min((one, other), key=lambda name: (len(name.full.replace("*", "")), name.full))
        share = table.surnames.get(least.surname.strip("*"), table.rare_surname) if least.surname.strip("*") else 1.0
        return log2(m / (share * (u if least.given.strip("*") else 1.0)))
    return table.bits("name", level)


def name_level(one: Name, other: Name) -> Level:
    """Same, heard the same, one jamo off, romanized, hidden but fitting, different; unknown when a side has none."""
    if not one or not other:
        return Level.UNKNOWN
    if one.hidden or other.hidden:
        return Level.HIDDEN if hidden_fits(one.full, other.full) else Level.DIFFERENT
    if one.full == other.full or (one.latin and sorted(one.full.split()) == sorted(other.full.split())):
        return Level.SAME
    if one.latin != other.latin:
        if not (one.romanized and other.romanized):
            return Level.UNKNOWN
        return Level.ROMANIZED if one.romanized == other.romanized else Level.DIFFERENT
    if one.heard == other.heard:
        return Level.HEARD
    slips = OSA.distance(jamo(one.full), jamo(other.full), score_cutoff=1)
    return Level.ONE_SLIP if slips <= 1 and len(one.full) > 1 else Level.DIFFERENT


def birth_level(one: Birth, other: Birth) -> Level:
    """The nearest of all readings of the two; a year alone can only agree or disagree on the year."""
    if not one or not other:
        return Level.UNKNOWN
    if one.day and other.day:
        return _days_level(one, other)
    if one.readings and other.readings:
        common = set(one.readings) & set(other.readings)
        return Level.ONE_READING if common else Level.DIFFERENT
    years = [{day.year for day in birth.readings} | ({birth.year} if birth.year else set()) for birth in (one, other)]
    return Level.SAME_YEAR if years[0] & years[1] else Level.DIFFERENT


def _days_level(one: Birth, other: Birth) -> Level:
    first, second = one.day, other.day
    assert first is not None and second is not None
    apart = abs(first - second)
    if not apart:
        return Level.SAME
    if first.year == second.year and (first.month, first.day) == (second.day, second.month):
        return Level.SWAPPED
    if apart == timedelta(days=1):
        return Level.ONE_DAY
    if sum(a != b for a, b in zip(first.isoformat(), second.isoformat(), strict=True)) == 1:
        return Level.ONE_SLIP
    if apart.days in _LUNAR_DAYS:
        return Level.LUNAR
    return Level.SAME_YEAR if first.year == second.year else Level.DIFFERENT


def phone_level(one: tuple[str, ...], other: tuple[str, ...]) -> Level:
    """Same when any number is shared, one slip when two are one digit apart."""
    if not one or not other:
        return Level.UNKNOWN
    if set(one) & set(other):
        return Level.SAME
    slip = any(len(a) == len(b) and OSA.distance(a, b, score_cutoff=1) <= 1 for a, b in product(one, other))
    return Level.ONE_SLIP if slip else Level.DIFFERENT


def address_level(one: Address, other: Address) -> Level:
    """One home, one building (a unit not told), one dong, or different; two told units that differ are two homes."""
    if not one.keys or not other.keys:
        return Level.DONG if _same_dong(one, other) and not _gu_differs(one, other) else Level.UNKNOWN
    if set(one.keys) & set(other.keys) and not _gu_differs(one, other):
        if one.unit and other.unit:
            return Level.HOME if one.unit == other.unit else Level.DONG
        return Level.BUILDING
    if (one.road and other.road) or (one.lot_no and other.lot_no):
        return Level.DONG if _same_dong(one, other) and not _gu_differs(one, other) else Level.DIFFERENT
    # A road on one side and a lot on the other cannot be compared without the official table.
    return Level.UNKNOWN


def _gu_differs(one: Address, other: Address) -> bool:
    return bool(one.gu and other.gu and one.gu != other.gu)


def _same_dong(one: Address, other: Address) -> bool:
    dongs = [{base_dong(dong) for dong in (at.dong_hint, at.legal_dong) if dong} for at in (one, other)]
    return bool(dongs[0] & dongs[1])
