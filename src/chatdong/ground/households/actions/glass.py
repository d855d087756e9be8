"""Breaking the glass: one household outside one's own area, for some hours, with a reason and an alarm."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from chatdong.ground.accounts.models import Account
from chatdong.ground.accounts.queries import holders
from chatdong.ground.households.models import Household
from chatdong.ground.households.queries.rows import now_called
from chatdong.ground.places.queries import rule
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import ensure, may
from chatdong.policy.models import BrokenGlass
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.policy.roles import Role

MOST_OPEN = 3
SHORTEST_REASON = 5
Tell = Callable[..., Iterable[int]]


@action
def break_glass(*, by: Actor, household_id: int, reason: str, at: datetime, tell: Tell) -> BrokenGlass:
    """Open one household outside the actor's area for the hours that the rule glass.hours of its gu gives, never longer.

    The auditors and officers of the household's gu are told at once. One that is still open is returned and not prolonged.
    `tell` is `messages.actions.tell`, handed in by the door because households and messages do not know each other.

    Raises:
        Forbidden: the role has no GLASS_BREAK, or three are open already.
        Invalid: no reason worth the name (field `reason`). NotFound.
        Conflict: the household is within the actor's own reach anyway.
    """
    account = _person(by)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid({"reason": "왜 열어 보아야 하는지 다섯 글자 이상 적어 주세요."})
    row = Household.objects.select_related("dong").get(pk=now_called(household_id))
    Account.at(account)  # two at once could each be the third
    mine = BrokenGlass.objects.filter(account=account, until__gt=at, closed_at=None)
    still_open = {glass.household: glass for glass in mine}
    glass = still_open.get(row.pk)
    if glass is None:
        if may(by, Permission.HOUSEHOLD_READ, row.where):
            raise Conflict("담당 지역의 가구라서 긴급 열람이 필요하지 않습니다.")
        if len(still_open) >= MOST_OPEN:
            raise Forbidden(f"긴급 열람은 한 번에 {MOST_OPEN}가구까지 할 수 있습니다. 다 본 가구를 먼저 닫아 주세요.")
        glass = _broken(account, row, reason.strip(), at)
        _alarm(tell, glass, row.dong.gu_id, at)
    record(
        "household.glass", by=by, at=at, about=glass, household_id=row.pk, dong_id=row.dong_id, gu_id=row.dong.gu_id,
        why=glass.reason,
    )  # fmt: skip
    return glass


@action
def close_glass(*, by: Actor, household_id: int, at: datetime) -> None:
    """Give the household back before its hours are over. Raises NotFound where none of the actor's is open."""
    open_one = BrokenGlass.objects.filter(account=_person(by), household=household_id, until__gt=at, closed_at=None)
    if not open_one.update(closed_at=at):
        raise NotFound("열려 있는 긴급 열람이 없습니다.")
    record("household.glass_closed", by=by, at=at, household_id=household_id)


def _person(by: Actor) -> int:
    ensure(by, Permission.GLASS_BREAK)
    if by.account_id is None:
        raise Forbidden("로그인한 사람만 할 수 있습니다.")
    return by.account_id


def _broken(account: int, row: Household, reason: str, at: datetime) -> BrokenGlass:
    hours: dict[str, Any] = rule("glass.hours", at.date(), row.dong.gu_id).value
    return BrokenGlass.objects.create(
        account=account, household=row.pk, gu=row.dong.gu_id, reason=reason[:300], at=at,
        until=at + timedelta(hours=hours["hours"]),
    )  # fmt: skip


def _alarm(tell: Tell, glass: BrokenGlass, gu_id: int, at: datetime) -> None:
    watching = [account for role in (Role.AUDITOR, Role.GU_OFFICER) for account in holders(role, at.date(), gu_id=gu_id)]
    text = "담당 지역 밖의 가구를 긴급 열람했습니다. 까닭을 확인해 주세요."
    tell(
        (one for one in watching if one != glass.account), "glass", text, at=at, key=f"glass:{glass.pk}", path="/staff/log/",
        household_id=glass.household, urgent=True,
    )  # fmt: skip
