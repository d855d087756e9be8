"""Finding a household by whatever is typed: a name, initials, a half-typed name, a phone, an address; within reach only."""

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from chatdong.engines.linkage.ranking import Hit as Texts
from chatdong.engines.linkage.ranking import Nearness, rank
from chatdong.engines.linkage.tokens import Kind, Query, query_tokens
from chatdong.ground.households.indexing import dong_token, gu_token
from chatdong.ground.households.models import Household, Resident
from chatdong.ground.households.queries.index import asked, found_ids
from chatdong.ground.households.queries.masked import address_shown, in_order
from chatdong.ground.households.queries.names import names_like
from chatdong.ground.places.queries import gus
from chatdong.kernel.errors import Invalid
from chatdong.kernel.hangul import with_particle
from chatdong.kernel.identity import mask_name
from chatdong.policy.actor import Actor
from chatdong.policy.check import Scope, ensure, reach
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read
from chatdong.policy.roles import Reach

PAGE = 50
FEW = 5
OWN_MOST = 500
OF_A_NAME = 20
# How often the index is asked for one page: tokens that meet by chance must not make a search long.
ROUNDS = 24


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


def search(
    *, by: Actor, text: str, at: datetime, after: str = "", own_ids: Callable[[], Iterable[int]] | Sequence[int] = ()
) -> SearchResult:
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
    looking = _Looking(by, own_ids, at)
    found, mark = looking.page(query, after)
    near: list[str] = []
    if not after and len(found) < FEW and query.name:
        near, more = looking.typos(query, {row.pk for row, *_ in found})
        found += more
    hits = [_hit(row, people, why) for row, people, why in found]
    if hits:
        record_read("household.search", by=by, at=at, subjects=tuple(hit.id for hit in hits), count=len(hits))
    return SearchResult(query.kind, hits, near, mark, _sentence(query, hits, near, after))


_Found = tuple[Household, list[Resident], str]


class _Looking:
    """One actor's look-ups: the same reach as tokens for the index and as a filter for the rows."""

    def __init__(self, by: Actor, own_ids: Callable[[], Iterable[int]] | Sequence[int], at: datetime) -> None:
        self.scope: Scope = reach(by, Permission.HOUSEHOLD_READ)
        self.places = _places(by)
        self.gu_ids = sorted(by.gu_ids) or list(gus(at.date()).values_list("id", flat=True)) * self.scope.everywhere
        self.is_wide = bool(self.places) or self.scope.everywhere
        own = list(own_ids() if callable(own_ids) else own_ids) if self.scope.owner_id is not None else []
        self.extra = sorted({*own[:OWN_MOST], *self.scope.household_ids})

    def page(self, query: Query, after: str) -> tuple[list[_Found], str]:
        """The next hits, clause by clause from the nearest to the widest, and the mark of where the next page starts."""
        place, last = _read(after, len(query.clauses))
        found = [] if after else self._extra(query)
        seen = {row.pk for row, *_ in found}
        questions = [asked(clause, self.places) for clause in query.clauses] if self.is_wide else []
        for _ in range(ROUNDS):
            room = PAGE - len(found)
            if place >= len(questions):
                return _nearest(query, found), ""
            if room <= 0:
                break
            ids = found_ids(questions[place], last, room)
            for row, people in self._rows(ids):
                why = _why(query, row, people)
                if why and row.pk not in seen and not any(one.holds(row.tokens) for one in questions[:place]):
                    seen.add(row.pk)
                    found.append((row, people, why))
            place, last = (place, ids[-1]) if len(ids) == room else (place + 1, 0)
        return _nearest(query, found), _mark(place, last)

    def typos(self, query: Query, seen: set[int]) -> tuple[list[str], list[_Found]]:
        """Households of people whose name is one typo away. A name nobody within reach carries is not told."""
        near, found = [], []
        for name in names_like(query.name, self.gu_ids):
            meant = query_tokens(query.text.replace(query.name, name, 1) if query.name in query.text else name)
            rows = self._extra(meant)
            if self.is_wide:
                ids = found_ids(asked(meant.required, self.places), 0, OF_A_NAME)
                rows += [(row, people, "") for row, people in self._rows(ids)]
            fresh = [
                (row, people, "비슷한 이름")
                for row, people, _ in rows
                if row.pk not in seen and any(one.name == name for one in people)
            ]
            seen |= {row.pk for row, *_ in fresh}
            if fresh:
                near.append(name)
                found += fresh
            if len(found) >= PAGE:
                break
        return near, found[:PAGE]

    def _rows(self, ids: list[int]) -> list[tuple[Household, list[Resident]]]:
        rows = Household.objects.filter(self.scope.q(dong="dong_id"), pk__in=ids) if ids else Household.objects.none()
        return _with_people(list(rows.select_related("dong__gu", "tong").order_by("id")))

    def _extra(self, query: Query) -> list[_Found]:
        """Those that are the actor's own or behind broken glass, wherever they stand."""
        if not self.extra:
            return []
        rows = Household.objects.filter(pk__in=self.extra).exclude(dong_id__in=self.scope.dong_ids)
        rows = rows.select_related("dong__gu", "tong").order_by("id")
        questions = [asked(clause) for clause in query.clauses]
        answering = [row for row in rows if any(one.holds(row.tokens) for one in questions)]
        told = ((row, people, _why(query, row, people)) for row, people in _with_people(answering))
        return [(row, people, why) for row, people, why in told if why]


def _places(by: Actor) -> list[str]:
    """The tokens of one's reach: a gu whole where the posting reaches the gu, else each dong."""
    tokens: set[str] = set()
    for posting, how_far in by.grants(Permission.HOUSEHOLD_READ):
        if how_far is Reach.CITY:
            return []
        if how_far is Reach.GU and posting.gu_id is not None:
            tokens.add(gu_token(posting.gu_id))
        elif how_far is Reach.DONG:
            tokens |= {dong_token(dong_id) for dong_id in posting.dong_ids}
    return sorted(tokens)


def _with_people(rows: list[Household]) -> list[tuple[Household, list[Resident]]]:
    people: dict[int, list[Resident]] = {}
    for resident in Resident.objects.filter(household_id__in=[row.pk for row in rows]):
        people.setdefault(resident.household_id, []).append(resident)
    return [(row, sorted(people.get(row.pk, []), key=in_order)) for row in rows]


def _texts(row: Household, people: list[Resident]) -> Texts:
    phones = tuple(number for number in (row.phone, *(one.phone for one in people)) if number)
    addresses = () if row.address_hidden else (f"{row.road_address} {row.address_detail}",)
    return Texts(tuple(one.name for one in people if one.name), phones, addresses)


def _why(query: Query, row: Household, people: list[Resident]) -> str:
    """What of the household answers the text, in Korean; "" when its tokens only met by chance."""
    texts = _texts(row, people)
    if rank(query, texts) is Nearness.NONE:
        return ""
    alone = {"이름": Texts(names=texts.names), "전화": Texts(phones=texts.phones), "주소": Texts(addresses=texts.addresses)}
    fitting = [what for what, one in alone.items() if rank(query, one) is not Nearness.NONE]
    return " · ".join(fitting) or "이름 · 주소"


def _nearest(query: Query, found: list[_Found]) -> list[_Found]:
    return sorted(found, key=lambda one: (-rank(query, _texts(one[0], one[1])), one[0].pk))


def _hit(row: Household, people: list[Resident], why: str) -> Hit:
    names = tuple(mask_name(one.name) for one in people if one.name) or ("이름 모름",)
    tong = "" if row.address_hidden or row.tong is None else str(row.tong)
    return Hit(row.pk, names, address_shown(row), row.dong.name, tong, row.get_state_display(), why, row.address_hidden)


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
