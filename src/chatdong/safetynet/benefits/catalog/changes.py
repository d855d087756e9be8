"""Who gains and who loses when the rules change: the same households under two books, before anybody releases the new one."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from chatdong.engines.eligibility import Household, Status, Verdict, assess
from chatdong.engines.eligibility.book import Rules

OPEN = frozenset({Status.UNKNOWN, Status.CHECK})


@dataclass
class Change:
    """What a change of rules does to one benefit. Every list holds places of households in the order they were given.

    gains: not eligible or undecided before, likely now. losses: likely before, not eligible now. unsettled: decided before,
    undecided or to be asked now. more/less: likely before and after, for another amount; `difference` is the sum of won a period,
    least and most.
    """

    benefit: str
    name: str
    is_new: bool = False
    is_gone: bool = False
    gains: list[int] = field(default_factory=list)
    losses: list[int] = field(default_factory=list)
    unsettled: list[int] = field(default_factory=list)
    more: list[int] = field(default_factory=list)
    less: list[int] = field(default_factory=list)
    difference: tuple[int, int] = (0, 0)

    @property
    def is_felt(self) -> bool:
        """Whether anybody's answer changes."""
        return bool(self.gains or self.losses or self.unsettled or self.more or self.less)


def gains_and_losses(old: Rules, new: Rules, households: Iterable[Household]) -> dict[str, Change]:
    """Per benefit of either book, what the new rules change for the households; each is assessed twice, one at a time."""
    changes = {
        key: Change(key, book[key].name, is_new=key not in old.book.benefits, is_gone=key not in new.book.benefits)
        for book in (old.book.benefits, new.book.benefits)
        for key in book
    }
    for place, household in enumerate(households):
        before, after = assess(old, household).verdicts, assess(new, household).verdicts
        for key, change in changes.items():
            _count(change, place, before.get(key), after.get(key))
    return changes


def _count(change: Change, place: int, before: Verdict | None, after: Verdict | None) -> None:
    was = before.status if before else Status.NOT_ELIGIBLE
    now = after.status if after else Status.NOT_ELIGIBLE
    if was != now:
        if now == Status.ELIGIBLE:
            change.gains.append(place)
        elif was == Status.ELIGIBLE and now == Status.NOT_ELIGIBLE:
            change.losses.append(place)
        elif now in OPEN and was not in OPEN:
            change.unsettled.append(place)
    elif was == Status.ELIGIBLE and before and after:
        _weigh(change, place, before.amount or (0, 0), after.amount or (0, 0))


def _weigh(change: Change, place: int, before: tuple[int, int], after: tuple[int, int]) -> None:
    if before == after:
        return
    ends = (after[0] - before[0], after[1] - before[1])
    (change.more if sum(ends) > 0 else change.less).append(place)
    change.difference = (change.difference[0] + min(ends), change.difference[1] + max(ends))


def summary(changes: dict[str, Change], households: int) -> list[str]:
    """The change in plain Korean, the benefits that most households feel first."""
    felt = sorted(
        (one for one in changes.values() if one.is_felt or one.is_new or one.is_gone),
        key=lambda one: (-len(one.losses), -len(one.gains), -len(one.unsettled), -len(one.more) - len(one.less), one.benefit),
    )
    if not felt:
        return [_("살펴본 %(count)s가구 가운데 답이 달라지는 곳이 없습니다.") % {"count": f"{households:,}"}]
    gained = len({place for one in felt for place in one.gains})
    lost = len({place for one in felt for place in one.losses})
    first = _("살펴본 %(count)s가구 가운데 %(gained)s가구가 새로 받을 수 있고, %(lost)s가구가 못 받게 됩니다.") % {
        "count": f"{households:,}", "gained": f"{gained:,}", "lost": f"{lost:,}",
    }  # fmt: skip
    return [first, *(_line(one) for one in felt)]


def _line(change: Change) -> str:
    said = [
        text % {"count": f"{len(places):,}"}
        for text, places in (
            (_("새로 %(count)s가구"), change.gains),
            (_("못 받게 되는 %(count)s가구"), change.losses),
            (_("다시 확인할 %(count)s가구"), change.unsettled),
            (_("금액이 느는 %(count)s가구"), change.more),
            (_("금액이 주는 %(count)s가구"), change.less),
        )
        if places
    ]
    if change.is_new:
        said.insert(0, _("새로 생긴 제도"))
    if change.is_gone:
        said.insert(0, _("없어지는 제도"))
    if change.difference != (0, 0):
        low, high = change.difference
        said.append(_("금액의 합 %(won)s원") % {"won": f"{low:+,}" if low == high else f"{low:+,} ~ {high:+,}"})
    return f"{change.name}: {', '.join(said)}"
