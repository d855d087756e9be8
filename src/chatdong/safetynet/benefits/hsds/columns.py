"""Which HSDS column is which of our fields, and how its text is read and written."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from chatdong.kernel.hangul import nfc
from chatdong.safetynet.benefits.hsds.rows import CostRow, LocationRow, OfferingRow, OrganizationRow, PlaceRow, ScheduleRow
from chatdong.safetynet.benefits.states import AttendingType

# HSDS 3 service.status; the long one does not fit where states are kept.
STATUSES = {"active": "active", "inactive": "inactive", "defunct": "defunct", "temporarily closed": "paused"}
_ATTENDING = {"physical": "in_person", "inperson": "in_person", "online": "virtual", **{one: one for one in AttendingType.values}}
_DAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
MOST_WON = 10**15


@dataclass(frozen=True)
class Column:
    """One column. `read` raises ValueError with the Korean sentence of what is wrong; an empty cell is not read."""

    ours: str
    theirs: str
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str
    needed: bool = False


def cleaned(text: str) -> str:
    """A cell as it is kept: NFC, one kind of line end, no unseen characters, no spaces around."""
    return _UNSEEN.sub("", nfc(text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def _words(most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > most:
            raise ValueError(f"{most}자를 넘습니다")
        return text

    return read


def _key(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError as error:
        raise ValueError("UUID가 아닙니다. 8-4-4-4-12자리 번호로 적어 주세요") from error


def _day(text: str) -> date:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError as error:
        raise ValueError("날짜를 2026-11-22처럼 적어 주세요") from error


def _clock(text: str) -> time:
    try:
        found = time.fromisoformat(text)
    except ValueError as error:
        raise ValueError("시각을 09:00처럼 적어 주세요") from error
    apart = found.utcoffset()
    if apart is not None and apart.total_seconds() != 9 * 3600:
        raise ValueError("시각이 한국 시각이 아닙니다. 09:00이나 09:00+09:00으로 적어 주세요")
    return found.replace(tzinfo=None)


def _clock_text(value: time) -> str:
    return value.isoformat("minutes" if not (value.second or value.microsecond) else "auto") + "+09:00"


def _number(text: str, most: int) -> int:
    try:
        found = Decimal(text)
        whole = int(found)
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise ValueError("숫자가 아닙니다") from error
    if found != whole or not 0 <= whole <= most:
        raise ValueError(f"0에서 {most:,}까지의 정수로 적어 주세요")
    return whole


def _degrees(most: int) -> Callable[[str], float]:
    def read(text: str) -> float:
        found = float(text)
        if not math.isfinite(found) or abs(found) > most:
            raise ValueError(f"-{most}도에서 {most}도까지 적어 주세요")
        return found

    return read


def _address(text: str) -> str:
    """A web address; one without https:// in front gets it. Only what a browser may safely follow."""
    if not text.startswith(("https://", "http://")):
        if ":" in text or " " in text:
            raise ValueError("https://로 시작하는 주소를 적어 주세요")
        text = f"https://{text}"
    return _words(200)(text)


def _status(text: str) -> str:
    if text.lower() not in STATUSES:
        raise ValueError("active, inactive, defunct, temporarily closed 가운데 하나로 적어 주세요")
    return STATUSES[text.lower()]


def _freq(text: str) -> str:
    if text.upper() not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        raise ValueError("DAILY, WEEKLY, MONTHLY, YEARLY 가운데 하나로 적어 주세요")
    return text.upper()


def _days(text: str) -> str:
    days = [day.strip().upper() for day in re.split(r"[,;]", text) if day.strip()]
    if not all(_DAY.fullmatch(day) for day in days):
        raise ValueError("요일을 MO,TU처럼 적어 주세요")
    return _words(60)(",".join(days))


def _attending(text: str) -> str:
    return _ATTENDING.get(re.sub(r"[\s-]+", "_", text.lower()), _ATTENDING.get(re.sub(r"\W|_", "", text.lower()), ""))


def _currency(text: str) -> str:
    if not re.fullmatch("[A-Za-z]{3}", text):
        raise ValueError("통화를 KRW처럼 적어 주세요")
    return text.upper()


_ID = Column("key", "id", _key, needed=True)
_VALID = (Column("valid_from", "valid_from", _day), Column("valid_to", "valid_to", _day))
_LONG = _words(20_000)


def _paragraph(ours: str, theirs: str) -> Column:
    return Column(ours, theirs, _LONG)


TABLES: dict[str, tuple[type[Any], tuple[Column, ...]]] = {
    "organizations": (OrganizationRow, (
        _ID, Column("name", "name", _words(120), needed=True), _paragraph("description", "description"),
        Column("email", "email", _words(120)), Column("website", "website", _address),
        Column("legal_status", "legal_status", _words(60)),
    )),
    "locations": (LocationRow, (
        _ID, Column("organization", "organization_id", _key), Column("name", "name", _words(120)),
        Column("lon", "longitude", _degrees(180), repr), Column("lat", "latitude", _degrees(90), repr),
    )),
    "services": (OfferingRow, (
        _ID, Column("organization", "organization_id", _key, needed=True), Column("name", "name", _words(120), needed=True),
        _paragraph("description", "description"),
        Column("status", "status", _status, lambda value: {kept: told for told, kept in STATUSES.items()}[value]),
        _paragraph("application", "application_process"), Column("fees", "fees_description", _words(200)),
        _paragraph("eligibility", "eligibility_description"),
        Column("minimum_age", "minimum_age", lambda text: _number(text, 150)),
        Column("maximum_age", "maximum_age", lambda text: _number(text, 150)), Column("url", "url", _address),
        Column("assured_date", "assured_date", _day), Column("assurer_email", "assurer_email", _words(120)),
    )),
    "service_at_locations": (PlaceRow, (
        _ID, Column("offering", "service_id", _key, needed=True), Column("location", "location_id", _key, needed=True),
        Column("description", "description", _words(300)),
    )),
    "schedules": (ScheduleRow, (
        _ID, Column("offering", "service_id", _key), Column("at_place", "service_at_location_id", _key), *_VALID,
        Column("dtstart", "dtstart", _day), Column("freq", "freq", _freq), Column("byday", "byday", _days),
        Column("opens_at", "opens_at", _clock, _clock_text), Column("closes_at", "closes_at", _clock, _clock_text),
        Column("description", "description", _words(300)), Column("attending_type", "attending_type", _attending),
    )),
    "cost_options": (CostRow, (
        _ID, Column("offering", "service_id", _key, needed=True), *_VALID, Column("option", "option", _words(120)),
        Column("currency", "currency", _currency), Column("amount", "amount", lambda text: _number(text, MOST_WON)),
        Column("amount_description", "amount_description", _words(200)),
    )),
}  # fmt: skip
