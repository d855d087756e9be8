"""One actor's look-ups in the register: the same reach as tokens for the index and as a filter for the rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from chatdong.engines.linkage.ranking import Hit as Texts
from chatdong.engines.linkage.ranking import Nearness, rank
from chatdong.engines.linkage.tokens import Query, query_tokens
from chatdong.ground.households.indexing import dong_token, gu_token
from chatdong.ground.households.models import Household, Resident
from chatdong.ground.households.queries.index import asked, found_ids
from chatdong.ground.households.queries.masked import in_order
from chatdong.ground.households.queries.names import names_like
from chatdong.ground.places.queries import gus
from chatdong.policy.actor import Actor
from chatdong.policy.check import Scope, reach
from chatdong.policy.permissions import Permission
from chatdong.policy.roles import Reach

PAGE = 50
OWN_MOST = 500
# How often rows are read for one page: tokens that meet by chance must not make a search long.
ROUNDS = 8
ALIKE = "비슷한 이름"
Own = Callable[[], Iterable[int]] | Sequence[int]


@dataclass(frozen=True)
class Found:
    """A household that answers, how near it comes, and what of it answers ("이름", "전화", "주소", 비슷한 이름)."""

    row: Household
    people: list[Resident]
    near: Nearness
    why: str


class Looking:
    """What one actor finds. `own` are households the actor answers for; whoever has only OWN reach finds among these alone."""

    def __init__(self, by: Actor, own: Own, at: datetime) -> None:
        self.scope: Scope = reach(by, Permission.HOUSEHOLD_READ)
        self.places = _places(by)
        self.is_wide = bool(self.places) or self.scope.everywhere
        self.gu_ids = sorted(by.gu_ids) or list(gus(at.date()).values_list("id", flat=True)) * self.scope.everywhere
        told = list(own() if callable(own) else own) if self.scope.owner_id is not None else []
        self.extra = sorted({*told[:OWN_MOST], *self.scope.household_ids})

    def page(self, query: Query, place: int, last: int) -> tuple[list[Found], tuple[int, int] | None]:
        """The next hits from clause `place` beyond the id `last`, the nearest first, and where the next page starts.

        Clauses are asked from the nearest to the widest; a household that answers an earlier one is not told again.
        """
        first = (place, last) == (0, 0)
        found = self._extra(query) if first else []
        questions = [asked(clause, self.places) for clause in query.clauses] if self.is_wide else []
        seen = {one.row.pk for one in found}
        for _ in range(ROUNDS):
            asking: dict[int, int] = {}  # which clause brought a household
            while place < len(questions) and (room := PAGE - len(found) - len(asking)) > 0:
                batch = found_ids(questions[place], last, room)
                asking |= {pk: place for pk in batch if pk not in seen}
                seen.update(batch)
                place, last = (place, batch[-1]) if len(batch) == room else (place + 1, 0)
            rows = self._rows(list(asking), with_tokens=not first)
            if not first:  # what earlier pages told is known from the rows' own tokens only
                rows = [one for one in rows if not any(q.holds(one[0].tokens) for q in questions[: asking[one[0].pk]])]
            found += _answering(query, rows)
            if len(found) >= PAGE or place >= len(questions):
                break
        return _nearest(found), (place, last) if place < len(questions) else None

    def typos(self, query: Query, seen: set[int]) -> tuple[list[str], list[Found]]:
        """Households of people whose name is one typo away. A name nobody within reach carries is not told."""
        alike = names_like(query.name, self.gu_ids)
        if not alike:
            return [], []
        ids = [pk for pk in self._called(query, alike) if pk not in seen] if self.is_wide else []
        others = (alone for name in alike for alone in self._extra(_meant(query, name)))
        rows = {row.pk: (row, people) for row, people in self._rows(ids)} | {one.row.pk: (one.row, one.people) for one in others}
        found: dict[str, list[Found]] = {}
        for pk, (row, people) in rows.items():
            name = next((name for name in alike if any(one.name == name for one in people)), None)
            if name is not None and pk not in seen and rank(_meant(query, name), _texts(row, people)) is not Nearness.NONE:
                found.setdefault(name, []).append(Found(row, people, Nearness.TYPO, ALIKE))
        near = [name for name in alike if name in found]
        return near, [one for name in near for one in found[name]][:PAGE]

    def _called(self, query: Query, alike: list[str]) -> list[int]:
        """Households of people of these names: asked all at once where the name is all that was typed."""
        heard = [_heard(name) for name in alike] if query.text == query.name else []
        if heard and all(heard):
            return found_ids(asked((), heard, self.places), 0, 2 * PAGE)
        return [pk for name in alike for pk in found_ids(asked(_meant(query, name).required, self.places), 0, PAGE // 2)]

    def _rows(self, ids: list[int], with_tokens: bool = False) -> list[tuple[Household, list[Resident]]]:
        if not ids:
            return []
        rows = Household.objects.filter(self.scope.q(dong="dong_id"), pk__in=ids).select_related("dong__gu", "tong")
        return _with_people(list((rows if with_tokens else rows.defer("tokens")).order_by("id")))

    def _extra(self, query: Query) -> list[Found]:
        """Those that are the actor's own or behind broken glass and stand elsewhere."""
        if not self.extra:
            return []
        rows = Household.objects.filter(pk__in=self.extra).exclude(dong_id__in=self.scope.dong_ids)
        questions = [asked(clause) for clause in query.clauses]
        answering = [
            row
            for row in rows.select_related("dong__gu", "tong").order_by("id")
            if any(one.holds(row.tokens) for one in questions)
        ]
        return list(_answering(query, _with_people(answering)))


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


def _answering(query: Query, rows: Iterable[tuple[Household, list[Resident]]]) -> Iterator[Found]:
    """Those whose tokens did not only meet by chance, with what of them answers."""
    for row, people in rows:
        texts = _texts(row, people)
        alone = {
            "이름": rank(query, Texts(names=texts.names)),
            "전화": rank(query, Texts(phones=texts.phones)),
            "주소": rank(query, Texts(addresses=texts.addresses)),
        }
        near = max(alone.values()) if len(query.words) == 1 else rank(query, texts)
        if near is not Nearness.NONE:
            why = " · ".join(what for what, one in alone.items() if one is not Nearness.NONE)
            yield Found(row, people, near, why or "이름 · 주소")


def _texts(row: Household, people: list[Resident]) -> Texts:
    phones = tuple(number for number in (row.phone, *(one.phone for one in people)) if number)
    addresses = () if row.address_hidden else (f"{row.road_address} {row.address_detail}",)
    return Texts(tuple(one.name for one in people if one.name), phones, addresses)


def _nearest(found: list[Found]) -> list[Found]:
    return sorted(found, key=lambda one: (-one.near, one.row.pk))


def _meant(query: Query, name: str) -> Query:
    """What was typed, with another name in its place."""
    return query_tokens(query.text.replace(query.name, name, 1) if query.name in query.text else name)


def _heard(name: str) -> str:
    """The one token that stands for a whole name as it is heard; "" for a name that has none."""
    alone = [clause[0] for clause in query_tokens(name).clauses if len(clause) == 1]
    return next((token for token in alone if token.startswith("k")), "")
