"""Households at high or medium risk that nobody watches, and lists whose rows do not add up."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef
from django.utils.translation import gettext as _

from chatdong.ground.households.queries import former_ids, now_called
from chatdong.safetynet.discovery.models import DiscoveryList, ListRow
from chatdong.safetynet.discovery.queries.paths import to_household, to_list
from chatdong.safetynet.discovery.queries.proof.found import MOST_OF_A_KIND, Area, Orphan
from chatdong.safetynet.discovery.states import ListState, RowState
from chatdong.safetynet.visits.models import Assessment, Watch
from chatdong.safetynet.visits.states import Grade, OwnedState

STUCK = timedelta(days=1)


def unwatched(area: Area) -> Iterator[Orphan]:
    """The newest grading is high or medium, and there is neither an open watch nor one closed with a reason since."""
    graded = Assessment.objects.filter(grade__in=[Grade.HIGH, Grade.MEDIUM])
    newer = Assessment.objects.filter(household_id=OuterRef("household_id"), at__gt=OuterRef("at"))
    watched = Watch.objects.filter(household_id=OuterRef("household_id"))
    still = watched.exclude(state=OwnedState.CLOSED)
    closed = watched.filter(state=OwnedState.CLOSED, closed_at__gte=OuterRef("at")).exclude(closure="")
    rows = area.within(graded.filter(~Exists(newer), ~Exists(still), ~Exists(closed)), "household__dong")
    seen = set()
    for household_id in rows.order_by("household_id").values_list("household_id", flat=True)[:MOST_OF_A_KIND]:
        root = now_called(household_id)
        if root not in seen and not _held_together(root):
            seen.add(root)
            yield Orphan(
                "risk.unwatched", root, _("고위험이나 중위험 가구인데 주기적 방문도, 종결 기록도 없습니다."), to_household(root)
            )


def _held_together(root: int) -> bool:
    """Whether the household with all joined into it is watched, or was let go with a reason since its newest grading."""
    ids = [root, *former_ids(root)]
    newest = Assessment.objects.filter(household_id__in=ids).order_by("-at", "-id").first()
    if newest is None or newest.grade not in (Grade.HIGH, Grade.MEDIUM):
        return True
    watches = Watch.objects.filter(household_id__in=ids)
    closed = watches.filter(state=OwnedState.CLOSED, closed_at__gte=newest.at).exclude(closure__in=["", "joined"])
    return watches.exclude(state=OwnedState.CLOSED).exists() or closed.exists()


def lists_apart(area: Area) -> Iterator[Orphan]:
    """Lists that are done with rows still waiting, whose counts do not add up, or that stopped on the way."""
    if area.dong_id is not None:
        return
    lists = DiscoveryList.objects.exclude(state=ListState.DISCARDED)
    lists = lists if area.gu_id is None else lists.filter(gu_id=area.gu_id)
    waiting = ListRow.objects.filter(list_id=OuterRef("pk"), state=RowState.WAITING)
    for list_id in lists.filter(Exists(waiting), state=ListState.LOADED).values_list("id", flat=True):
        yield Orphan("list.waiting", list_id.int % 10**9, _("다 넣은 명단에 아직 기다리는 줄이 있습니다."), to_list(list_id))
    for row in lists.exclude(state=ListState.UPLOADED):
        counted = row.rows.order_by().values_list("state").annotate(many=Count("id"))
        held = dict.fromkeys(RowState.values, 0) | dict(counted)
        told = {state: int(row.counts.get(state, 0)) for state in RowState.values if state != RowState.WAITING}
        done = sum(count for state, count in held.items() if state != RowState.WAITING)
        if row.done != done or row.total != sum(held.values()) or any(held[state] != count for state, count in told.items()):
            yield Orphan("list.counts", row.pk.int % 10**9, _("명단의 줄 수와 결과의 합이 맞지 않습니다."), to_list(row.pk))
    for list_id in lists.filter(state=ListState.LOADING, uploaded_at__lt=area.at - STUCK, done__lt=F("total")).values_list(
        "id", flat=True
    ):
        yield Orphan("list.stuck", list_id.int % 10**9, _("명단을 넣다가 멈춘 채 하루가 지났습니다."), to_list(list_id))


def unmade(area: Area) -> Iterator[Orphan]:
    """Rows that say they were reported and have no report."""
    rows = ListRow.objects.filter(state__in=[RowState.REPORTED, RowState.SAME], report=None)
    if area.dong_id is not None:
        return
    rows = rows if area.gu_id is None else rows.filter(list__gu_id=area.gu_id)
    for row_id, list_id in rows.values_list("id", "list_id")[:MOST_OF_A_KIND]:
        yield Orphan("list.unmade", row_id, _("접수되었다는 명단의 줄에 신고가 없습니다."), to_list(list_id))
