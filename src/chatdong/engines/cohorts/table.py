"""The visit target groups (방문 대상군) as one table: a new group is a new row.

Sources: B-21 and C-19 (65세, 70세 도래, 출산가정, 빈곤위기가정), C-20 (차상위), korea_domain §3 (windows).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from chatdong.engines.cohorts.people import CIRCUMSTANCE_NAMES, Candidate
from chatdong.kernel.period import Period, turns


class Unit(StrEnum):
    """What is counted. Figures of different units are never added (B-F17, B-F18)."""

    PERSON = "명"
    HOUSEHOLD = "가구"
    FAMILY = "가정"
    CASE = "건"
    TIMES = "회"
    PLACE = "개소"


@dataclass(frozen=True, slots=True)
class Joining:
    """Why and when somebody comes onto a list. ``window_from`` is the day the window is measured from.

    ``is_late``: after the regular day, by moving in or by becoming known in the course of the year.
    """

    ref: str
    on: date
    window_from: date
    reason: str
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """How long a visit may take, as dated data: valid from ``since``, with its source.

    ``days``: so many days from ``window_from``. None: up to the end of the month of the list; who joins late has until
    the end of the next month. ``whole_year``: who is on the list at new year has the whole year, who joins later ``days``.
    """

    since: date
    source: str
    days: int | None = None
    whole_year: bool = False

    def due_by(self, joining: Joining) -> date:
        """The last day on which the visit is in time."""
        if self.whole_year and not joining.is_late:
            return Period.year(joining.on.year).end
        if self.days is not None:
            return joining.window_from + timedelta(days=self.days)
        end = Period.month(joining.on.year, joining.on.month).end
        if joining.is_late:
            following = end + timedelta(days=1)
            end = Period.month(following.year, following.month).end
        return end


@dataclass(frozen=True, slots=True)
class Cohort:
    """One row: who joins in a year (``joins``: people and year -> one Joining a ref), counted in what, visited when."""

    code: str
    name: str
    unit: Unit
    joins: Callable[[Iterable[Candidate], int, Sequence[Window]], list[Joining]]
    windows: tuple[Window, ...]
    source: str


def window_on(windows: Sequence[Window], day: date) -> Window:
    """The newest window valid on a day; before the first one, the first one. ValueError when there is none."""
    if not windows:
        raise ValueError("방문 기간이 정해져 있지 않아요.")
    ordered = sorted(windows, key=lambda window: window.since)
    return next((window for window in reversed(ordered) if window.since <= day), ordered[0])


def turning(age: int) -> Callable[[Iterable[Candidate], int, Sequence[Window]], list[Joining]]:
    """Residents who reach ``age`` in the year, in the list of their birth month; who moves in later joins that day."""

    def joins(people: Iterable[Candidate], year: int, windows: Sequence[Window]) -> list[Joining]:
        joined: dict[str, Joining] = {}
        for person in people:
            if person.birth_date is None or person.birth_date.year + age != year:
                continue
            birthday = turns(person.birth_date, age)
            # somebody born on 29 February turns on 1 March in a common year, but stays in the list of February
            in_list = min(birthday, Period.month(year, person.birth_date.month).end)
            on = person.here_from(in_list)
            if on is not None and on.year == year:
                when = f"{birthday.year}. {birthday.month}. {birthday.day}."
                reason = f"{when}에 만 {age}세가 돼요." + (" 그 뒤에 전입했어요." if on > in_list else "")
                joined[person.ref] = Joining(person.ref, on, on, reason, is_late=on > in_list)
        return list(joined.values())

    return joins


def newborn_families(people: Iterable[Candidate], year: int, windows: Sequence[Window]) -> list[Joining]:
    """Families with a birth, once for each birth: twins, also across midnight or new year, make one visit list entry.

    A family that moves in while the window is still open joins on that day.
    """
    births: dict[str, list[Candidate]] = {}
    for person in people:
        if person.birth_date is not None:
            births.setdefault(person.household_ref, []).append(person)
    joined = []
    for household, children in births.items():
        for group in _same_birth(sorted(children, key=lambda child: (child.birth_date or date.min, child.ref)), windows):
            joining = _family_joins(household, group, windows)
            if joining is not None and joining.on.year == year:
                joined.append(joining)
    return joined


def _same_birth(children: list[Candidate], windows: Sequence[Window]) -> list[list[Candidate]]:
    groups: list[list[Candidate]] = []
    for child in children:
        first = groups[-1][0].birth_date if groups else None
        born = child.birth_date
        assert born is not None
        if first is not None and born - first <= timedelta(days=window_on(windows, first).days or 0):
            groups[-1].append(child)
        else:
            groups.append([child])
    return groups


def _family_joins(household: str, children: list[Candidate], windows: Sequence[Window]) -> Joining | None:
    born = children[0].birth_date
    assert born is not None
    here = [day for child in children if (day := child.here_from(child.birth_date or born)) is not None]
    last = born + timedelta(days=window_on(windows, born).days or 0)
    if not here or min(here) > last:
        return None
    count = f" ({len(children)}명)" if len(children) > 1 else ""
    return Joining(household, min(here), born, f"{born.year}. {born.month}. {born.day}.에 아기가 태어났어요{count}.")


def poverty_households(people: Iterable[Candidate], year: int, windows: Sequence[Window]) -> list[Joining]:
    """Households in which anybody is 수급자, 차상위, 한부모 or isolated in the year; once a year, on the first such day."""
    first: dict[str, tuple[date, set[str]]] = {}
    for person in people:
        for held in person.circumstances:
            starts = held.first_day_in(Period.year(year))
            on = None if starts is None else person.here_from(starts)
            if on is None or on.year != year or (held.until is not None and on > held.until):
                continue
            day, names = first.get(person.household_ref, (on, set()))
            first[person.household_ref] = (min(day, on), names | {CIRCUMSTANCE_NAMES[held.circumstance]})
    return [
        Joining(household, on, on, f"{', '.join(sorted(names))} 가구예요.", is_late=on > date(year, 1, 1))
        for household, (on, names) in first.items()
    ]


_BIRTH_MONTH = (Window(date(2015, 7, 1), "B-21, C-19: 출생월별 방문 명단"),)

COHORTS: dict[str, Cohort] = {
    row.code: row
    for row in (
        Cohort("age_65", "65세 도래 어르신", Unit.PERSON, turning(65), _BIRTH_MONTH, "B-21, B-F12"),
        Cohort("age_70", "70세 도래 어르신", Unit.PERSON, turning(70), _BIRTH_MONTH, "B-21, C-19, B-F13"),
        Cohort(
            "newborn",
            "출산가정",
            Unit.FAMILY,
            newborn_families,
            (
                Window(date(2015, 7, 1), "서울아기 건강 첫걸음 2016: 출산 뒤 4주 안", days=28),
                Window(date(2025, 1, 1), "서울아기 건강 첫걸음 2025: 출산 뒤 8주 안", days=56),
            ),
            "B-21, B-F15, C-19",
        ),
        Cohort(
            "poverty",
            "빈곤위기가정",
            Unit.HOUSEHOLD,
            poverty_households,
            (
                Window(
                    date(2015, 7, 1),
                    "B-21, C-20: 해마다 한 번. 새로 알게 된 가구는 30일(자체 기준)",
                    days=30,
                    whole_year=True,
                ),
            ),
            "B-21, B-F16, C-20",
        ),
    )
}
