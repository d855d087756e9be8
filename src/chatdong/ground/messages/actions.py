"""Telling people something, from inside another action."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from chatdong.ground.messages.models import Message
from chatdong.ground.messages.states import MessageKind
from chatdong.ground.places.queries import rule
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import NOWHERE, ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record


def tell(
    account_ids: Iterable[int], kind: MessageKind, text: str, *, at: datetime, key: str, path: str = "",
    household_id: int | None = None, urgent: bool = False,
) -> list[int]:  # fmt: skip
    """Write a message to each person, once a key: the same thing is not told twice. Part of an action; the ids told."""
    told = list(dict.fromkeys(account_ids))
    Message.objects.bulk_create(
        [
            Message(account_id=account_id, kind=kind, text=text[:200], path=path, household=household_id, urgent=urgent, at=at,
                    key=f"{key}:{account_id}"[:120])
            for account_id in told
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return told


@action
def mark_read(*, by: Actor, message_ids: list[int], at: datetime) -> int:
    """The person has read these messages of their own."""
    ensure(by, Permission.DRAFT_KEEP, NOWHERE)
    count = Message.objects.filter(account_id=by.account_id, pk__in=message_ids, read_at=None).update(read_at=at)  # type: ignore[misc]
    record("message.read", by=by, at=at, count=count)
    return count


@action
def purge_messages(*, by: Actor, at: datetime) -> int:
    """Forget messages told long enough ago (rule retention.message_days); how many."""
    ensure(by, Permission.RETENTION_RUN, NOWHERE)
    days = int(rule("retention.message_days", on=at.date()).value["days"])
    count, _ = Message.objects.filter(at__lt=at - timedelta(days=days)).delete()
    record("retention.messages", by=by, at=at, count=count)
    return count
