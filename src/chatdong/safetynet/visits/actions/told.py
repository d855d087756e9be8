"""Who is told what: in words that name no illness, benefit or address, because others see the screen too."""

from datetime import datetime

from django.utils.translation import gettext as _

from chatdong.ground.accounts.queries import holders
from chatdong.ground.messages.actions import tell
from chatdong.ground.messages.states import MessageKind
from chatdong.ground.places.queries import dongs
from chatdong.kernel.clock import kst
from chatdong.policy.actor import Actor
from chatdong.policy.roles import Role


def page_path(household_id: int) -> str:
    """Where a message about a household leads."""
    return f"/staff/households/{household_id}/"


def leads_of(dong_id: int, at: datetime, *, besides: int | None = None) -> list[int]:
    """Team leads and heads of a dong, else the officers of its gu; `besides` is left out."""
    on = kst(at).date()
    found = [*holders(Role.TEAM_LEAD, on, dong_id=dong_id), *holders(Role.DONG_HEAD, on, dong_id=dong_id)]
    found = [one for one in dict.fromkeys(found) if one != besides]
    if found:
        return found
    gu_id = dongs(on).filter(pk=dong_id).values_list("gu_id", flat=True).first()
    return [one for one in holders(Role.GU_OFFICER, on, gu_id=gu_id) if one != besides] if gu_id else []


def tell_assigned(worker_id: int, by: Actor, household_id: int, *, key: str, at: datetime) -> None:
    """Tell somebody that a household is theirs now, unless they took it themselves."""
    if worker_id == by.account_id:
        return
    tell(
        [worker_id], MessageKind.ASSIGNED, _("새로 맡은 가구가 있습니다."), at=at, key=key, path=page_path(household_id),
        household_id=household_id,
    )  # fmt: skip
