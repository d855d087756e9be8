"""Finding a household by whatever is typed: a name, initials, a half-typed name, a phone, an address; within reach only."""

import base64
import json
from dataclasses import dataclass, field
from datetime import datetime

from chatdong.engines.linkage.tokens import Kind, Query, query_tokens
from chatdong.ground.households.queries.looking import Found, Looking, Own
from chatdong.ground.households.queries.masked import NO_NAME, address_shown
from chatdong.kernel.errors import Invalid
from chatdong.kernel.hangul import with_particle
from chatdong.kernel.identity import mask_name
from chatdong.policy.actor import Actor
from chatdong.policy.check import ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read

FEW = 5


@dataclass(frozen=True)
class Hit:
    """One household found, masked. `names` are everybody in it, the nearest first; `state` is the Korean label."""

    id: int
    names: tuple[str, ...]
    address: str
    dong_name: str
    tong: str
    state: str
    why_matched: str
    hidden: bool = False


@dataclass(frozen=True)
class SearchResult:
    """One page. `near_names` are names one typo away that somebody within reach carries; `after` opens the next page."""

    kind: str
    hits: list[Hit] = field(default_factory=list)
    near_names: list[str] = field(default_factory=list)
    after: str = ""
    sentence: str = ""


def search(*, by: Actor, text: str, at: datetime, after: str = "", own_ids: Own = ()) -> SearchResult:
    """Households within reach that answer a typed text, the nearest first, logged as one read.

    `own_ids` are households the actor answers for, told by the apps above; whoever reaches only what is the own finds among
    these alone. A hidden address is never found by and never shown.

    Raises:
        Forbidden: the actor may not read households at all.
        Invalid: `after` was not made by this search.
    """
    ensure(by, Permission.HOUSEHOLD_READ)
    query = query_tokens(text)
    if query.kind is Kind.EMPTY:
        return SearchResult(query.kind, sentence="찾을 이름, 전화번호나 주소를 적어 주세요.")
    looking = Looking(by, own_ids, at)
    found, onward = looking.page(query, *_read(after, len(query.clauses)))
    near: list[str] = []
    if not after and len(found) < FEW and query.name:
        near, more = looking.typos(query, {one.row.pk for one in found})
        found += more
    hits = [_hit(one) for one in found]
    if hits:
        record_read("household.search", by=by, at=at, subjects=tuple(hit.id for hit in hits), count=len(hits))
    return SearchResult(query.kind, hits, near, _mark(*onward) if onward else "", _sentence(query, hits, near, after))


def _hit(found: Found) -> Hit:
    row = found.row
    names = tuple(mask_name(one.name) for one in found.people if one.name) or (NO_NAME,)
    tong = "" if row.address_hidden or row.tong is None else str(row.tong)
    return Hit(row.pk, names, address_shown(row), row.dong.name, tong, row.get_state_display(), found.why, row.address_hidden)


def _sentence(query: Query, hits: list[Hit], near: list[str], after: str) -> str:
    if near:
        return f"{with_particle(query.text, '과/와')} 비슷한 이름도 함께 보여 드립니다."
    if hits or after:
        return ""
    return "맞는 가구가 없습니다. 이름의 첫소리(예: ㅎㄱㄷ), 전화번호 뒤 네 자리나 길 이름으로도 찾을 수 있습니다."


def _mark(place: int, last: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([place, last]).encode()).decode().rstrip("=")


def _read(mark: str, clauses: int) -> tuple[int, int]:
    if not mark:
        return 0, 0
    try:
        place, last = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
        if not (isinstance(place, int) and isinstance(last, int) and 0 <= place < clauses and last >= 0):
            raise ValueError(mark)
    except Exception as error:
        raise Invalid({"after": "목록의 위치를 읽을 수 없습니다. 처음부터 다시 찾아 주세요."}) from error
    return place, last
