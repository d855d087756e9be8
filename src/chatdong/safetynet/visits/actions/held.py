"""What actions of visits begin with: the household held, the right asked, and who answers for it."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from chatdong.ground.accounts.queries import answering_worker, is_posted
from chatdong.ground.households.states import HouseholdState
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.policy.actor import Actor, Posting
from chatdong.policy.check import Where, ensure, may
from chatdong.policy.permissions import Permission
from chatdong.policy.roles import Role
from chatdong.safetynet.visits.models import Unreached, Watch
from chatdong.safetynet.visits.queries.homes import lock_home, open_watches, where_of
from chatdong.safetynet.visits.states import UnreachedState


def held_home(by: Actor, household_id: int, permission: Permission, also: int | None = None) -> Any:
    """The household, locked until the action ends, for somebody who may do this there.

    `also`: who answers for it in another app (an open lead's worker), said by that app and never by a form.

    Raises:
        NotFound: there is none, or it is out of reach; the two look the same.
        Forbidden: within reach, but without this right.
    """
    home = lock_home(household_id)
    ensure_here(by, permission, where_of(home, also))
    return home


def ensure_here(by: Actor, permission: Permission, where: Where) -> None:
    """`ensure`, except that what the actor may not even see is not found."""
    if not may(by, permission, where) and not may(by, Permission.VISIT_READ, where):
        raise NotFound
    ensure(by, permission, where)


def ensure_not_merged(home: Any) -> None:
    """Raises Conflict for a household that became another."""
    if home.state == HouseholdState.MERGED:
        raise Conflict(_("다른 가구와 합쳐진 가구입니다. 합쳐진 가구를 열어 주세요."))


def ensure_lived_in(home: Any) -> None:
    """Raises Conflict where nobody lives any more: nothing new begins there."""
    ensure_not_merged(home)
    if home.state in (HouseholdState.MOVED_OUT, HouseholdState.ENDED):
        raise Conflict(_("지금은 살지 않는 가구입니다. 가구의 상태를 먼저 확인해 주세요."))


def ensure_person(by: Actor) -> int:
    """The account of whoever acts. Raises Forbidden for a machine: such things are signed by somebody."""
    if by.account_id is None:
        raise Forbidden(_("사람이 직접 해야 하는 일입니다."))
    return by.account_id


def ensure_posted(account_id: int, dong_id: int, on: date, field: str) -> None:
    """Raises Invalid at the field unless somebody works for the dong on a day."""
    if not is_posted(account_id, dong_id, on):
        raise Invalid({field: _("이 동에서 일하는 사람을 골라 주세요.")})


def worker_for(home: Any, on: date, said: int | None = None) -> int:
    """Who answers for a household: the one said, else whoever has it now, else the dong's answering worker.

    Raises Conflict where the dong and its gu have nobody posted.
    """
    if said is not None and is_posted(said, home.dong_id, on):
        return said
    search = Unreached.objects.filter(household_id=home.pk, state=UnreachedState.OPEN)
    for rows in (open_watches().filter(household_id=home.pk), search):
        now = rows.values_list("worker_id", flat=True).first()
        if now is not None and is_posted(now, home.dong_id, on):
            return int(now)
    return answering_worker(home.dong_id, on, home.tong.number if home.tong_id else None).pk


def in_name_of(by: Actor) -> Actor:
    """The same person, for what follows from an action of theirs that was checked.

    A nurse may record that somebody died without having the right to edit the register; the register follows the record,
    and the log names the nurse.
    """
    gu_id = next(iter(sorted(by.gu_ids)), None)
    return replace(by, postings=(Posting(Role.SYSTEM, gu_id, by.dong_ids, by.place_name),))


def lock_watch(household_id: int) -> Watch | None:
    """The open watch of a household, locked; None where there is none."""
    pk = open_watches().filter(household_id=household_id).values_list("id", flat=True).first()
    return Watch.at(pk) if pk is not None else None


def found_watch(by: Actor, watch_id: int, permission: Permission) -> Watch:
    """A watch by its number, its household and itself locked, with the right asked. Raises NotFound, Forbidden."""
    household_id = Watch.objects.filter(pk=watch_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise NotFound
    lock_home(household_id)
    watch = Watch.at(watch_id)
    ensure_here(by, permission, watch.where)
    return watch
