"""Addresses as people write them, split into the parts that can be compared.

Source: 도로명주소법 시행령 (road name, building number, 지하) and the older 지번 form (법정동 and lot number).
Seoul's districts are listed because a glued 서대문구천연동 cannot be cut without them; everywhere else the space decides.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from chatdong.kernel.hangul import plain

_SEOUL_GU = (
    "(?:종로|중|용산|성동|광진|동대문|중랑|성북|강북|도봉|노원|은평|서대문|마포|양천|강서|구로|금천|"
    "영등포|동작|관악|서초|강남|송파|강동)구"
)
_PROVINCE = re.compile(r"^\s*(?:서울(?:특별시|시)?|[가-힣]{2,5}(?:특별시|광역시|특별자치시|특별자치도|도)(?=\s))\s*")
_GU = re.compile(rf"^\s*(?:[가-힣]{{1,4}}시\s+)?({_SEOUL_GU}|[가-힣]{{1,4}}[구군](?=\s))\s*")
_DONG = re.compile(
    r"^\s*([가-힣]{1,6}?(?:제?\d+(?:[·.,]\d+)*)?가?동(?:\d+가)?|[가-힣]{1,5}?\d가)"
    r"(?=\s|$|[,(]|산?\s*\d|[가-힣]{2,}(?:대로|로|길)|[가-힣]+\d+[가-힣]?길)"
)
_ROAD = re.compile(
    r"([가-힣][가-힣·.]*(?:대로|로)(?:\s?\d+[가-힣]{0,2}길)?|[가-힣]+\d*[가-힣]?길)\s*(지하\s*)?(\d+)(?:\s*-\s*(\d+))?"
    r"(?!\d|\s*-\s*\d+(?!\d|호)|[가-힣]{0,2}길|가|동|호|층)(?:\s*번지)?"
)
_LOT = re.compile(r"^\s*(산\s*)?(\d+)(?:\s*-\s*(\d+))?(?!\d|동|호|층)(?:\s*번지)?(?:\s*(\d{1,2})\s*호)?")
_BRACKET = re.compile(r"\(([^()]*)\)?")
_BELOW = re.compile(r"반지하|지하|지층|비(?=\d)|[Bb](?=\d)")
_ROOF = re.compile(r"옥탑|옥상")
_HOUSE_DONG = re.compile(r"(?<![가-힣\d])(?:제\s*)?(\d{1,4}|[가-하A-Z])\s*동(?=\s|\d|,|$|지|반|비|B)")
_HO = re.compile(r"(\d{1,5})\s*호")
_FLOOR = re.compile(r"(\d{1,2})\s*층")
_BARE_PAIR = re.compile(r"(?<![\d-])(\d{1,4})\s*-\s*(\d{1,5})\s*$")
_BARE = re.compile(r"(?<![\d-])(\d{2,5})\s*$")


@dataclass(frozen=True)
class Address:
    """The parts of one address; what is not told is "".

    `dong_hint` is the dong as written, administrative or legal. `lot_no` belongs to `legal_dong` (산12-3), `building_no` to
    `road` (13-2, 지하175). `unit` is 101-302, 302, B1, 2F or R; `floor_flag` is 반지하 or 옥탑.
    """

    gu: str = ""
    dong_hint: str = ""
    road: str = ""
    building_no: str = ""
    legal_dong: str = ""
    lot_no: str = ""
    unit: str = ""
    floor_flag: str = ""

    def __bool__(self) -> bool:
        return bool(self.key or self.gu or self.dong_hint)

    @property
    def key(self) -> str:
        """The building: road and number when told, else legal dong and lot; "" when neither is."""
        keys = self.keys
        return keys[0] if keys else ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Every way the building is told, the road first."""
        road = (f"{self.road} {self.building_no}",) if self.road and self.building_no else ()
        lot = (f"{self.legal_dong} {self.lot_no}",) if self.legal_dong and self.lot_no else ()
        return road + lot

    @property
    def full(self) -> bool:
        """Whether one home is meant, not only a building."""
        return bool(self.key and self.unit)

    @property
    def text(self) -> str:
        """The address written the normal way; reading it again gives the same parts."""
        told = [self.gu]
        if self.road:
            told += [self.dong_hint, self.road, self.building_no.replace("지하", "지하 ")]
        else:
            told += [self.dong_hint or self.legal_dong, self.lot_no.replace("산", "산 ")]
        told.append(_unit_text(self.unit, self.floor_flag))
        if self.road and self.legal_dong:
            told.append(f"({' '.join(part for part in (self.legal_dong, self.lot_no.replace('산', '산 ')) if part)})")
        return " ".join(part for part in told if part)


def _unit_text(unit: str, floor_flag: str) -> str:
    building, _, door = unit.rpartition("-")
    told = f"{building}동 " if building else ""
    if door in ("B", "R"):
        return told + floor_flag
    if door.endswith("F"):
        return told + door[:-1] + "층"
    ho = f"{door[1:]}호" if door[:1] in ("B", "R") else f"{door}호" if door else ""
    return " ".join(part for part in (told.strip(), floor_flag, ho) if part)


def base_dong(dong: str) -> str:
    """A dong without its number, as legal dong are named: 홍은1동 -> 홍은동, 남가좌제2동 -> 남가좌동; 충정로3가 stays."""
    return re.sub(r"제?\d+(?:[·.,]\d+)*동$", "동", dong)


def normal_address(value: object, lot_to_road: Mapping[str, str] | None = None) -> Address:
    """The parts of an address. Tolerates a missing gu, glued words, 번지 and 호, remarks in brackets. Idempotent over `text`.

    `lot_to_road` maps a lot key (천연동 98-1) to a road key (독립문로8길 13-2), from the official address table; a lot found
    there gets its road.
    """
    text = plain(str(value)) if value is not None else ""
    text = re.sub(r"[\s\u200b\ufeff]+", " ", text.replace("–", "-").replace("−", "-").replace("~", "-")).strip()
    text = _PROVINCE.sub("", text)
    found = _GU.match(text)
    gu, text = (found[1], text[found.end() :]) if found else ("", text)
    remarks = " ".join(_BRACKET.findall(text))
    text = _BRACKET.sub(" ", text)
    found = _DONG.match(text)
    dong, text = (found[1], text[found.end() :]) if found else ("", text)
    address = Address(gu=gu, dong_hint=dong)
    road = _ROAD.search(text)
    if road:
        number = road[3].lstrip("0") + (f"-{road[4].lstrip('0')}" if road[4] and road[4].strip("0") else "")
        address = replace(address, road=road[1].replace(" ", ""), building_no=("지하" if road[2] else "") + number)
        address = _with_remark(address, remarks)
        text = text[road.end() :]
    elif dong and (lot := _LOT.match(text)):
        address = replace(address, legal_dong=base_dong(dong), lot_no=_lot_number(lot))
        text = text[lot.end() if lot[4] and _old_ho(lot) else lot.start(4) if lot[4] else lot.end() :]
    unit, floor_flag = _unit_of(text) if address.key else ("", "")
    address = replace(address, unit=unit, floor_flag=floor_flag)
    if not address.road and lot_to_road and address.key in lot_to_road:
        road_name, _, building_no = lot_to_road[address.key].rpartition(" ")
        address = replace(address, road=road_name, building_no=building_no)
    return address


def _with_remark(address: Address, remarks: str) -> Address:
    """The legal dong (and lot) that official road addresses carry in brackets: (천연동, 독립문아파트)."""
    found = _DONG.match(remarks)
    if not found:
        return address
    lot = _LOT.match(remarks[found.end() :])
    return replace(address, legal_dong=base_dong(found[1]), lot_no=_lot_number(lot) if lot else "")


def _old_ho(lot: re.Match[str]) -> bool:
    """Whether 호 is the old way of writing the second lot number: 123번지 4호, but not 98-1번지 4호."""
    return not lot[3] and "번지" in lot[0]


def _lot_number(lot: re.Match[str]) -> str:
    second = lot[3] or (lot[4] if lot[4] and _old_ho(lot) else "")
    return ("산" if lot[1] else "") + lot[2].lstrip("0") + (f"-{second.lstrip('0')}" if (second or "").strip("0") else "")


def _unit_of(tail: str) -> tuple[str, str]:
    below, roof = bool(_BELOW.search(tail)), bool(_ROOF.search(tail))
    floor_flag = "반지하" if below else "옥탑" if roof else ""
    prefix = "B" if below else "R" if roof else ""
    building = _HOUSE_DONG.search(tail)
    rest = tail[building.end() :] if building else tail
    ho, floor = _HO.search(rest), _FLOOR.search(rest)
    bare_pair, bare = _BARE_PAIR.search(rest), _BARE.search(rest)
    if ho:
        door = prefix + (ho[1].lstrip("0") or "0")
    elif bare_pair and not building:
        return f"{bare_pair[1].lstrip('0') or '0'}-{bare_pair[2].lstrip('0') or '0'}", floor_flag
    elif bare and not below:
        door = prefix + (bare[1].lstrip("0") or "0")
    elif prefix:
        below_number = re.search(r"(?:지하|지층|비|[Bb])\s*(\d{1,4})(?!\s*층)", rest)
        door = prefix + (below_number[1].lstrip("0") if below_number else "")
    else:
        door = f"{floor[1]}F" if floor else ""
    told_building = building[1].lstrip("0") if building else ""
    return "-".join(part for part in (told_building, door) if part) if door else "", floor_flag
