"""Runs over a gu, their lists in the dong, and their counts for the gu."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from chatdong.ground.households.queries import Masked, masked_rows
from chatdong.ground.households.states import HouseholdState
from chatdong.ground.places.queries import dongs, gu_of, rule
from chatdong.kernel.clock import kst
from chatdong.kernel.errors import NotFound
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.listing import Page, keyset
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record_read
from chatdong.policy.roles import Reach
from chatdong.safetynet.benefits.models import Claim, Finding, Screening
from chatdong.safetynet.benefits.queries.homes import Homes
from chatdong.safetynet.benefits.small_cells import Crossed, crossed
from chatdong.safetynet.benefits.states import FoundKind, FoundState, ScreeningState

UNDER_WAY = frozenset({ScreeningState.ASKED, ScreeningState.RUNNING})
SETTLED = (FoundState.TAKEN, FoundState.DISMISSED)
PAGE_SIZE = 20


@dataclass(frozen=True)
class ScreeningCard:
    """One run as a screen shows it, and how far it got. What it found is told by `counts_of` alone."""

    id: int
    gu_id: int
    gu_name: str
    day: date
    compared_day: date | None
    state: str
    state_label: str
    asked_at: datetime
    finished_at: datetime | None
    households: int
    done: int
    fingerprint: str = ""
    begun_at: datetime | None = None
    reached: int = 0

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


@dataclass(frozen=True)
class FindingCard:
    """One household of a dong's list, masked, by its most pressing finding; `others` are what else was found there."""

    id: int
    household_id: int
    masked: Masked
    benefit: str
    kind: str
    kind_label: str
    amount: tuple[int, int] | None
    need: int
    why: str
    others: tuple["FindingCard", ...] = ()


def gus_of(by: Actor, permission: Permission) -> list[int]:
    """The gu in which somebody has a right over the whole gu."""
    return sorted(
        {posting.gu_id for posting, how_far in by.grants(permission) if how_far is Reach.GU and posting.gu_id is not None}
    )


def screenings_of(*, by: Actor, most: int = 10) -> list[ScreeningCard]:
    """The newest runs over the gu of somebody with SCREENING_RUN there."""
    rows = Screening.objects.filter(gu_id__in=gus_of(by, Permission.SCREENING_RUN)).select_related("gu").order_by("-id")
    return [_card(row) for row in rows[:most]]


def screening_card(*, by: Actor, screening_id: int) -> ScreeningCard:
    """One run. Raises NotFound outside one's gu."""
    rows = Screening.objects.filter(pk=screening_id, gu_id__in=gus_of(by, Permission.SCREENING_RUN)).select_related("gu")
    row = rows.first()
    if row is None:
        raise NotFound
    return _card(row)


def newest_run(by: Actor) -> ScreeningCard | None:
    """The newest finished run over the gu in which somebody decides about findings."""
    gu_ids = {gu_of(dong) for dong in reach(by, Permission.SCREENING_DECIDE).dong_ids}
    rows = Screening.objects.filter(gu_id__in=gu_ids, state=ScreeningState.DONE).select_related("gu").order_by("-id")
    row = rows.first()
    return _card(row) if row else None


def screenings_to_run() -> list[tuple[int, int]]:
    """Runs that are asked for or under way, each with the gu it is about."""
    return list(Screening.objects.filter(state__in=UNDER_WAY).order_by("id").values_list("id", "gu_id"))


def screening_to_run(screening_id: int) -> ScreeningCard | None:
    """What a job is to run; None where it is over."""
    row = Screening.objects.filter(pk=screening_id, state__in=UNDER_WAY).select_related("gu").first()
    return _card(row) if row else None


def findings_waiting(
    *, by: Actor, at: datetime, kind: str = "", benefit: str = "", after: str = "", size: int = PAGE_SIZE
) -> Page[FindingCard]:
    """Households with findings that wait for a decision where somebody decides (SCREENING_DECIDE), the most needy first.

    Each stands once, by the finding with the most points of those asked for. Written to the log.
    """
    rows = _waiting(by)
    if kind:
        rows = rows.filter(kind=kind)
    if benefit:
        rows = rows.filter(benefit=benefit)
    before = Q(need__gt=OuterRef("need")) | Q(need=OuterRef("need"), pk__gt=OuterRef("pk"))
    rows = rows.filter(~Exists(rows.filter(before, household_id=OuterRef("household_id"))))
    found = keyset(rows, ("need", "id"), lambda row: row, after, size, newest_first=True)
    homes = [row.household_id for row in found.rows]
    masked = masked_rows(homes, kst(at).date())
    others: dict[int, list[FindingCard]] = {}
    for row in _waiting(by).filter(household_id__in=homes).exclude(pk__in=[row.pk for row in found.rows]).order_by("-need", "id"):
        others.setdefault(row.household_id, []).append(_finding(row, masked[row.household_id]))
    cards = [_finding(row, masked[row.household_id], tuple(others.get(row.household_id, ()))) for row in found.rows]
    if cards:
        homes = sorted({one.household_id for one in cards})
        record_read("finding.list", by=by, at=at, count=len(cards), details={"households": homes})
    return Page(cards, found.after)


def finding_card(*, by: Actor, finding_id: int, at: datetime) -> FindingCard:
    """One waiting finding. Raises NotFound out of reach or where it waits no longer."""
    row = _waiting(by).filter(pk=finding_id).first()
    if row is None:
        raise NotFound
    return _finding(row, masked_rows([row.household_id], kst(at).date())[row.household_id])


def benefits_waiting(by: Actor) -> list[str]:
    """Benefits that stand on one's list, for its filter."""
    return list(_waiting(by).order_by("benefit").values_list("benefit", flat=True).distinct())


def counts_of(*, by: Actor, screening_id: int, names: Mapping[str, str], at: datetime) -> Crossed:
    """Findings of a run by dong and benefit, whatever was decided since; small cells hidden, and with them every exact total.

    Raises NotFound outside one's gu.
    """
    card = screening_card(by=by, screening_id=screening_id)
    rows = Finding.objects.filter(screening_id=card.id).values_list("dong__name", "benefit").annotate(count=Count("id"))
    counts = {(dong, names.get(benefit, benefit)): count for dong, benefit, count in rows.order_by()}
    places = [dong.name for dong in dongs(card.day, card.gu_id)]
    places += sorted({dong for dong, _benefit in counts} - set(places))
    columns = sorted({benefit for _dong, benefit in counts})
    least = int(rule("benefit.small_cell", kst(at).date(), card.gu_id).value["least"])
    return crossed(counts, places, columns, least)


def households_to_screen(gu_id: int, *, after: int = 0, most: int | None = None) -> list[tuple[int, int]]:
    """Households of a gu that somebody may live in, each with its dong, by ascending id; at most so many beyond an id."""
    return list(_to_screen(gu_id).filter(pk__gt=after).order_by("id").values_list("id", "dong_id")[:most])


def count_to_screen(gu_id: int) -> int:
    """How many these are in all."""
    return _to_screen(gu_id).count()


def _to_screen(gu_id: int):  # type: ignore[no-untyped-def]
    living = Q(state__in=[HouseholdState.LIVING, HouseholdState.PROVISIONAL])
    return Homes.objects.filter(living, dong__gu_id=gu_id)


def settled_for(household_ids: Sequence[int], *, day: date, rest: int) -> set[tuple[int, str]]:
    """What needs no new finding: benefits with an open claim, or about which a person decided within so many days."""
    found = set(Claim.objects.filter(household_id__in=household_ids, closed_at=None).values_list("household_id", "benefit"))
    lately = Finding.objects.filter(household_id__in=household_ids, state__in=SETTLED)
    found |= set(lately.filter(decided_at__date__gt=day - timedelta(days=rest)).values_list("household_id", "benefit"))
    return found


def kinds() -> Iterable[tuple[str, str]]:
    """Kinds of findings with their names."""
    return FoundKind.choices


def _waiting(by: Actor):  # type: ignore[no-untyped-def]
    scope = reach(by, Permission.SCREENING_DECIDE)
    return Finding.objects.filter(scope.q(), state=FoundState.WAITING, screening__state=ScreeningState.DONE)


def _finding(row: Finding, masked: Masked, others: tuple[FindingCard, ...] = ()) -> FindingCard:
    amount = None if row.amount_least is None else (row.amount_least, row.amount_most or row.amount_least)
    return FindingCard(
        row.pk, row.household_id, masked, row.benefit, row.kind, row.get_kind_display(), amount, row.need, row.why, others
    )  # fmt: skip


def _card(row: Screening) -> ScreeningCard:
    return ScreeningCard(
        row.pk, row.gu_id, row.gu.name, row.day, row.compared_day, row.state, row.get_state_display(), row.asked_at,
        row.finished_at, row.households, row.done, row.fingerprint, row.begun_at, row.reached,
    )  # fmt: skip
