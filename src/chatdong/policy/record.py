"""The log of reads and writes: append-only, hash-chained, one chain a gu."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import models, transaction

from chatdong.kernel.errors import HouseRuleBroken
from chatdong.policy.action import doing
from chatdong.policy.actor import Actor
from chatdong.policy.models import ChainHead, Entry

CITY_CHAIN = "city"
BATCH = 1000


@dataclass(frozen=True)
class Line:
    """A line before it has its number and hash."""

    event: str
    kind: str
    by: Actor
    at: datetime
    about: models.Model | None = None
    household_id: int | None = None
    subjects: tuple[int, ...] = ()
    count: int | None = None
    why: str = ""
    dong_id: int | None = None
    gu_id: int | None = None
    details: dict[str, Any] = field(default_factory=dict)

    def entry(self) -> Entry:
        gu_id = self.gu_id if self.gu_id is not None else next(iter(sorted(self.by.gu_ids)), None)
        return Entry(
            chain=f"gu-{gu_id}" if gu_id is not None else CITY_CHAIN,
            at=self.at.astimezone(UTC),
            account=self.by.account_id,
            actor=self.by.name[:80],
            role=", ".join(self.by.role_names)[:80],
            address=self.by.address[:45],
            kind=self.kind,
            event=self.event,
            about_type=self.about._meta.label_lower if self.about is not None else "",
            about_id=str(self.about.pk) if self.about is not None else "",
            household=self.household_id,
            subjects=list(self.subjects),
            count=self.count,
            why=(self.why or self.by.purpose)[:300],
            details=self.details,
            gu=gu_id,
            dong=self.dong_id,
        )


def record(event: str, *, by: Actor, at: datetime, about: models.Model | None = None, **rest: Any) -> None:
    """Write down what an action did; kept with the action's transaction.

    `rest` is any other field of `Line`: household_id, subjects, count, why, dong_id, gu_id, details.
    Names, phones and free text about a person never go into `details` or `why`: they are for codes and reasons.

    Raises:
        HouseRuleBroken: called outside an action.
    """
    current = doing()
    if current is None:
        raise HouseRuleBroken(f"record({event!r}) outside an action")
    current.recorded, current.append = True, append
    current.entries.append(Line(event, "write", by, at, about, **rest))


_gathered: ContextVar[list[Line] | None] = ContextVar("gathered", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """The reads of one screen are written down in one go when the block ends, also when it fails: the head is locked once."""
    lines: list[Line] = []
    token = _gathered.set(lines)
    try:
        yield
    finally:
        _gathered.reset(token)
        append(lines)


def record_read(event: str, *, by: Actor, at: datetime, kind: str = "read", **rest: Any) -> None:
    """Write down a read of personal data (kind `read`, `export` or `print`): at once, in its own transaction, or `gathered`."""
    line, held = Line(event, kind, by, at, **rest), _gathered.get()
    if held is None:
        append([line])
    else:
        held.append(line)


def append(lines: Iterable[Line]) -> None:
    """Add lines to their chains. The head row is locked until the surrounding transaction ends."""
    by_chain: dict[str, list[Entry]] = {}
    for line in lines:
        entry = line.entry()
        by_chain.setdefault(entry.chain, []).append(entry)
    if not by_chain:
        return
    with transaction.atomic():
        for chain in sorted(by_chain):
            _link(chain, by_chain[chain])


def _link(chain: str, entries: list[Entry]) -> None:
    head = ChainHead.objects.select_for_update().filter(chain=chain).first()
    if head is None:
        ChainHead.objects.get_or_create(chain=chain)
        head = ChainHead.objects.select_for_update().get(chain=chain)
    for entry in entries:
        entry.seq, entry.prev = head.seq + 1, head.hash
        entry.hash = digest(entry)
        head.seq, head.hash = entry.seq, entry.hash
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    head.save()


def digest(entry: Entry) -> str:
    """The hash of a line: SHA-256 over all its fields and the hash before it."""
    fields = {f.attname: getattr(entry, f.attname) for f in Entry._meta.concrete_fields if f.attname not in {"id", "hash"}}
    fields["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return sha256(json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Broken:
    """A place where a chain does not hold."""

    chain: str
    seq: int
    sentence: str


def broken_links() -> Iterator[Broken]:
    """Walk every chain and yield each place where a line was changed, removed or put in between."""
    heads = {head.chain: head for head in ChainHead.objects.all()}
    for chain in sorted({*heads, *Entry.objects.values_list("chain", flat=True).distinct()}):
        seq, before = 0, ""
        for entry in Entry.objects.filter(chain=chain).order_by("seq").iterator(chunk_size=BATCH):
            seq += 1
            if entry.seq != seq:
                yield Broken(chain, seq, "기록이 빠졌습니다.")
                seq = entry.seq
            if entry.prev != before:
                yield Broken(chain, entry.seq, "앞 기록과 이어지지 않습니다.")
            if digest(entry) != entry.hash:
                yield Broken(chain, entry.seq, "기록의 내용이 바뀌었습니다.")
            before = entry.hash
        head = heads.get(chain)
        if head is None or head.seq != seq or head.hash != before:
            yield Broken(chain, seq, "마지막 기록이 사라졌습니다.")
