"""Names that live in a gu, kept in the process: what a mistyped name is compared with."""

from dataclasses import dataclass, field
from threading import Lock

from chatdong.engines.linkage.ranking import near_names
from chatdong.engines.linkage.tokens import clean
from chatdong.ground.households.models import KnownName
from chatdong.kernel.hangul import jamo

NEAREST = 8


@dataclass
class _Names:
    """The names of one gu by their jamo, up to a row id."""

    last: int = 0
    spelled: dict[str, str] = field(default_factory=dict)


_kept: dict[int, _Names] = {}
_lock = Lock()


def names_like(typed: str, gu_ids: list[int]) -> list[str]:
    """Names of some gu that are one typo away from what was typed, the nearest first. The typed one itself is not among them."""
    found: list[tuple[str, int]] = []
    for gu_id in gu_ids:
        found += near_names(typed, _spelled(gu_id), NEAREST)
    found.sort(key=lambda one: (one[1], one[0]))
    return [name for name in dict.fromkeys(name for name, _ in found) if clean(name) != clean(typed)][:NEAREST]


def forget() -> None:
    """Drop what is kept; for a process that turns to another database."""
    with _lock:
        _kept.clear()


def _spelled(gu_id: int) -> dict[str, str]:
    """The names of a gu, those added since the last time read now. Names are only ever added."""
    newest = KnownName.objects.order_by("-id").values_list("id", flat=True).first() or 0
    with _lock:
        kept = _kept.setdefault(gu_id, _Names())
        if kept.last < newest:
            rows = KnownName.objects.filter(gu_id=gu_id, id__gt=kept.last, id__lte=newest).values_list("name", flat=True)
            kept.spelled.update((name, jamo(clean(name))) for name in rows.iterator(chunk_size=5000))
            kept.last = newest
        return kept.spelled
