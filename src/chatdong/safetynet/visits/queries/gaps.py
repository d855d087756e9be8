"""What passed its deadline, what a person holds, and every way in which somebody under watch could be dropped."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from chatdong.ground.households.states import HouseholdState
from chatdong.kernel.clock import kst
from chatdong.safetynet.visits.models import Assessment, Target, Unreached, Visit, Watch
from chatdong.safetynet.visits.queries.homes import open_watches
from chatdong.safetynet.visits.states import Grade, OwnedState, TargetState, UnreachedState, VisitState

GONE = (HouseholdState.MOVED_OUT, HouseholdState.ENDED)


@dataclass(frozen=True)
class Late:
    """Something whose deadline passed; `about` is a code of discovery's list of such things."""

    about: str
    id: int
    household_id: int
    dong_id: int
    worker_id: int
    due_at: datetime


def late_things(*, at: datetime) -> Iterator[Late]:
    """Watches and searches past their deadline, for the ladder; everywhere, whoever asks."""
    columns = ("id", "household_id", "dong_id", "worker_id", "next_at")
    for row in open_watches().filter(next_at__lt=at).order_by("id").values_list(*columns).iterator(chunk_size=2000):
        yield Late("watch", *row)
    searches = Unreached.objects.filter(state=UnreachedState.OPEN, next_at__lt=at)
    for row in searches.order_by("id").values_list(*columns).iterator(chunk_size=2000):
        yield Late("unreached", *row)


def households_held(account_id: int, dong_id: int | None = None) -> list[int]:
    """Households for which a person answers here: open watches, searches, planned visits and waiting targets."""
    kept: set[int] = set()
    for rows in _held(account_id):
        narrowed = rows if dong_id is None else rows.filter(dong_id=dong_id)
        kept |= set(narrowed.values_list("household_id", flat=True))
    return sorted(kept)


def _held(account_id: int) -> list[QuerySet]:  # type: ignore[type-arg]
    return [
        open_watches().filter(worker_id=account_id),
        Unreached.objects.filter(worker_id=account_id, state=UnreachedState.OPEN),
        Visit.objects.filter(worker_id=account_id, state=VisitState.PLANNED),
        Target.objects.filter(worker_id=account_id, state=TargetState.WAITING),
    ]


@dataclass(frozen=True)
class Gap:
    """One way in which somebody could be dropped: which row, and the sentence."""

    kind: str
    id: int
    household_id: int
    sentence: str


def gaps(*, at: datetime, gu_id: int | None = None) -> list[Gap]:
    """The part of the nightly proof that visits answer for. Empty when nobody is dropped."""
    here = Q() if gu_id is None else Q(dong__gu_id=gu_id)
    homes = Q() if gu_id is None else Q(household__dong__gu_id=gu_id)
    watches = open_watches().filter(here)
    searches = Unreached.objects.filter(here, state=UnreachedState.OPEN)
    visits = Visit.objects.filter(here, state=VisitState.PLANNED)
    found = [*_unposted("watch", watches, at), *_unposted("unreached", searches, at), *_unposted("visit", visits, at)]
    for kind, rows in (("watch", watches), ("unreached", searches), ("visit", visits)):
        found += _told(kind, rows.filter(household__state=HouseholdState.MERGED), "합쳐진 가구에 남은 일이 있습니다.")
        found += _told(kind, rows.exclude(dong_id=F("household__dong_id")), "가구가 사는 동과 맡은 동이 다릅니다.")
    open_ones = watches.filter(state=OwnedState.OPEN)
    found += _told("watch", open_ones.filter(household__state__in=GONE), "살지 않는 가구의 방문이 닫히지 않았습니다.")
    found += _unwatched(homes)
    return found


def _told(kind: str, rows: QuerySet, sentence: str) -> list[Gap]:  # type: ignore[type-arg]
    return [Gap(kind, pk, home, sentence) for pk, home in rows.order_by("id").values_list("id", "household_id")]


def _unposted(kind: str, rows: QuerySet, at: datetime) -> list[Gap]:  # type: ignore[type-arg]
    today = kst(at).date()
    posted = Q(worker__postings__valid_from__lte=today) & (
        Q(worker__postings__valid_to=None) | Q(worker__postings__valid_to__gt=today)
    )
    there = Q(worker__postings__dong_id=F("dong_id")) | Q(
        worker__postings__role="gu_officer", worker__postings__gu_id=F("dong__gu_id")
    )
    held = rows.filter(posted & there, worker__is_active=True)
    return _told(kind, rows.exclude(pk__in=held.values("pk")), "담당자가 이 동에서 일하지 않습니다.")


def _unwatched(homes: Q) -> list[Gap]:
    """High or medium risk by the newest grading, still living there, and under no watch."""
    newest = Assessment.objects.filter(household_id=OuterRef("household_id")).order_by("-at", "-id").values("id")[:1]
    rows = Assessment.objects.filter(
        homes, grade__in=(Grade.HIGH, Grade.MEDIUM), pk=Subquery(newest), household__state=HouseholdState.LIVING
    )
    rows = rows.exclude(household_id__in=open_watches().values("household_id"))
    # a watch closed after the grading, by a typed closure, is an answer
    closed = Watch.objects.filter(state=OwnedState.CLOSED, household_id=OuterRef("household_id"))
    last = rows.annotate(closed_at=Subquery(closed.order_by("-closed_at").values("closed_at")[:1]))
    return _told(
        "household", last.filter(Q(closed_at=None) | Q(closed_at__lt=F("at"))), "위험군인데 담당과 다음 방문이 없습니다."
    )
