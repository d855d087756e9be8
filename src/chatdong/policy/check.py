"""May this actor do this here? `ensure` answers for one thing, `reach` narrows a list in SQL."""

from dataclasses import dataclass, field

from django.db.models import Q

from chatdong.kernel.errors import Forbidden
from chatdong.policy.action import mark_checked
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.policy.roles import Reach


@dataclass(frozen=True)
class Where:
    """Where a thing stands, as far as rights go: its dong, who owns it, and the household it is about."""

    dong_id: int | None = None
    owner_ids: frozenset[int] = field(default_factory=frozenset)
    household_id: int | None = None
    gu_id: int | None = None


NOWHERE = Where()


def at_dong(dong_id: int | None, owner_id: int | None = None, household_id: int | None = None) -> Where:
    """A place in a dong, with its owner where it has one."""
    owners = frozenset() if owner_id is None else frozenset({owner_id})
    return Where(dong_id=dong_id, owner_ids=owners, household_id=household_id)


@dataclass(frozen=True)
class Scope:
    """What a queryset may show: everything, or some dong, or what one account owns, or households behind broken glass."""

    everywhere: bool = False
    dong_ids: frozenset[int] = field(default_factory=frozenset)
    owner_id: int | None = None
    household_ids: frozenset[int] = field(default_factory=frozenset)

    @property
    def is_empty(self) -> bool:
        return not (self.everywhere or self.dong_ids or self.owner_id or self.household_ids)

    def q(self, *, dong: str = "dong_id", owner: str | tuple[str, ...] = (), household: str = "") -> Q:
        """The filter for a queryset.

        `dong`, `owner` and `household` name the columns that hold the dong, the accountable account(s) and the household;
        a kind of reach whose column is not named shows nothing.
        """
        if self.everywhere:
            return Q()
        parts = [Q(pk__in=())]
        if len(self.dong_ids) == 1 and dong:
            parts.append(Q(**{dong: next(iter(self.dong_ids))}))
        elif self.dong_ids and dong:
            parts.append(Q(**{f"{dong}__in": sorted(self.dong_ids)}))
        if self.owner_id is not None:
            parts += [Q(**{name: self.owner_id}) for name in ((owner,) if isinstance(owner, str) else owner)]
        if self.household_ids and household:
            parts.append(Q(**{f"{household}__in": sorted(self.household_ids)}))
        if len(parts) > 1:
            parts = parts[1:]
        whole = parts[0]
        for part in parts[1:]:
            whole |= part
        return whole

    def holds(self, where: Where) -> bool:
        """Does the scope hold one thing? The same answer as `q` on its row."""
        if self.everywhere or (where.dong_id is not None and where.dong_id in self.dong_ids):
            return True
        if self.owner_id is not None and self.owner_id in where.owner_ids:
            return True
        return where.household_id is not None and where.household_id in self.household_ids


BROKEN_GLASS = frozenset(
    {
        Permission.HOUSEHOLD_READ,
        Permission.VISIT_READ,
        Permission.LEAD_READ,
        Permission.HIDDEN_ADDRESS_READ,
        Permission.SAFETY_PLAN_READ,
    }
)


def reach(actor: Actor, permission: Permission) -> Scope:
    """How far a right of this actor goes, as something a queryset filters by."""
    everywhere, dong_ids, owner_id = False, frozenset[int](), None
    for posting, how_far in actor.grants(permission):
        everywhere = everywhere or how_far is Reach.CITY
        if how_far in (Reach.DONG, Reach.GU):
            dong_ids |= posting.dong_ids
        owner_id = actor.account_id
    broken = actor.broken if permission in BROKEN_GLASS else frozenset[int]()
    return Scope(everywhere, dong_ids, owner_id, broken)


def may(actor: Actor, permission: Permission, where: Where = NOWHERE) -> bool:
    """Whether a screen offers something. The action asks again with `ensure`."""
    if where is NOWHERE:
        return bool(actor.grants(permission))
    return reach(actor, permission).holds(where)


def ensure(actor: Actor, permission: Permission, where: Where = NOWHERE) -> None:
    """Refuse unless the actor may do this here; the action around it counts as checked.

    `NOWHERE` is for rights that stand in no place (signing in, making a list). Raises `Forbidden` with the reason in Korean.
    """
    mark_checked()
    if may(actor, permission, where):
        return
    if not actor.grants(permission):
        raise Forbidden("이 일을 할 권한이 없습니다. 필요하면 팀장이나 운영담당에게 요청해 주세요.")
    raise Forbidden("담당 지역이 아니어서 할 수 없습니다.")
