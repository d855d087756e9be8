"""Who works where, what they may reach, and who answers for a household."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from chatdong.ground.accounts.models import Account, Draft, Posted
from chatdong.ground.accounts.states import PostedRole
from chatdong.ground.places.queries import dongs
from chatdong.kernel.errors import Conflict
from chatdong.policy.actor import Actor, Posting
from chatdong.policy.check import reach
from chatdong.policy.models import BrokenGlass
from chatdong.policy.permissions import Permission
from chatdong.policy.roles import ROLES, Role

GU_ROLES = {PostedRole.GU_OFFICER, PostedRole.AUDITOR, PostedRole.ADMINISTRATOR}
# Who answers where nobody was named: the nearest to the household first.
ANSWERING = (PostedRole.PLANNER, PostedRole.TEAM_LEAD, PostedRole.DONG_HEAD)


def in_force(on: date) -> Q:
    """The filter for postings in force on a day."""
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on)) & Q(account__is_active=True)


def postings_of(account_id: int, on: date) -> QuerySet[Posted]:
    """A person's postings in force, oldest first."""
    return Posted.objects.filter(in_force(on), account_id=account_id).select_related("dong", "gu").order_by("valid_from", "id")


def actor_of(account: Account, *, at: datetime, address: str = "") -> Actor:
    """The person as an actor: the postings of today with the dong each reaches, and households behind broken glass."""
    postings = []
    for row in postings_of(account.pk, at.date()):
        if row.role in GU_ROLES:
            reached, place = frozenset(dongs(at.date(), row.gu_id).values_list("id", flat=True)), row.gu.name
        else:
            reached, place = frozenset({row.dong_id}), f"{row.gu.name} {row.dong.name}"  # type: ignore[arg-type,union-attr]
        postings.append(Posting(Role(row.role), row.gu_id, reached, place))
    broken = BrokenGlass.objects.filter(account=account.pk, until__gt=at, closed_at=None).values_list("household", flat=True)
    return Actor(
        role_names=tuple(dict.fromkeys(ROLES[posting.role].korean for posting in postings)),
        name=account.name,
        postings=tuple(postings),
        account_id=account.pk,
        address=address,
        broken=frozenset(broken),
    )


@dataclass(frozen=True)
class Worker:
    """A person to choose in a list."""

    id: int
    name: str
    role: str
    dong_id: int | None
    dong_name: str


def workers_of(dong_ids: Iterable[int], on: date) -> list[Worker]:
    """Everybody posted in some dong on a day, by dong and name."""
    rows = Posted.objects.filter(in_force(on), dong_id__in=list(dong_ids)).select_related("account", "dong")
    return [
        Worker(row.account_id, row.account.name, row.get_role_display(), row.dong_id, row.dong.name)  # type: ignore[union-attr]
        for row in rows.order_by("dong__code", "account__name", "id")
    ]


def answering_worker(dong_id: int, on: date, tong_number: int | None = None) -> Account:
    """Who answers for a household of a dong when nobody is named.

    The planner of its 통, else the dong's 접수 담당, else any planner, team lead or head of the dong (the longest there), else an
    officer of its gu. Nobody may be left without one.

    Raises:
        Conflict: the dong and its gu have nobody posted at all.
    """
    rows = list(Posted.objects.filter(in_force(on), dong_id=dong_id).select_related("account").order_by("valid_from", "id"))
    if tong_number is not None:
        for row in rows:
            if row.role == PostedRole.PLANNER and tong_number in row.tongs:
                return row.account
    for row in rows:
        if row.is_duty:
            return row.account
    for role in ANSWERING:
        for row in rows:
            if row.role == role:
                return row.account
    gu = Posted.objects.filter(in_force(on), role=PostedRole.GU_OFFICER, gu__dongs=dong_id).select_related("account")
    first = gu.order_by("valid_from", "id").first()
    if first is None:
        raise Conflict("이 동에 일하는 사람이 등록되어 있지 않아 담당자를 정할 수 없습니다. 운영담당에게 알려 주세요.")
    return first.account


def holders(role: Role, on: date, *, dong_id: int | None = None, gu_id: int | None = None) -> list[int]:
    """The accounts posted as a role in a dong or a gu."""
    rows = Posted.objects.filter(in_force(on), role=role.value)
    if dong_id is not None:
        rows = rows.filter(dong_id=dong_id)
    if gu_id is not None:
        rows = rows.filter(gu_id=gu_id)
    return list(rows.order_by("id").values_list("account_id", flat=True).distinct())


def is_posted(account_id: int, dong_id: int, on: date) -> bool:
    """Whether somebody may answer for a household of a dong: posted there, or as an officer of its gu."""
    rows = Posted.objects.filter(in_force(on), account_id=account_id)
    return rows.filter(Q(dong_id=dong_id) | Q(role=PostedRole.GU_OFFICER, gu__dongs=dong_id)).exists()


def staff_of(by: Actor, on: date) -> QuerySet[Posted]:
    """Postings that the actor may change, newest first."""
    scope = reach(by, Permission.ACCOUNT_GRANT)
    rows = Posted.objects.select_related("account", "dong", "gu").order_by("dong__code", "account__name", "-valid_from")
    return rows if scope.everywhere else rows.filter(gu_id__in=sorted(by.gu_ids)) if not scope.is_empty else rows.none()


def draft_of(by: Actor, key: str) -> Draft | None:
    """What the person had typed into a form and not sent."""
    return Draft.objects.filter(account_id=by.account_id, key=key).first() if by.is_person else None  # type: ignore[misc]


def drafts_of(by: Actor) -> QuerySet[Draft]:
    """All unsent forms of the person, newest first."""
    return Draft.objects.filter(account_id=by.account_id).order_by("-saved_at")  # type: ignore[misc]


def demo_accounts() -> list[dict[str, str]]:
    """The invented people whose names the log-in page of a demo shows; empty where there are none."""
    rows = Posted.objects.filter(account__login_id__startswith="demo-", valid_to=None).select_related("account", "dong", "gu")
    return [
        {"login_id": row.account.login_id, "role": row.get_role_display(), "place": row.dong.name if row.dong else row.gu.name}
        for row in rows.order_by("id")[:12]
    ]


def actor_of_id(account_id: int, *, at: datetime) -> Actor:
    """The person of an account id as an actor, for jobs that act as somebody. Raises Account.DoesNotExist."""
    return actor_of(Account.objects.get(pk=account_id), at=at)
