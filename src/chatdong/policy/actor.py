"""Who acts: a person at a posting, a resident at the public door, or a timed job."""

from dataclasses import dataclass, field

from chatdong.policy.permissions import Permission
from chatdong.policy.roles import ROLES, Reach, Role


@dataclass(frozen=True)
class Posting:
    """One posting in force: the role, and the places it stands on as row ids.

    `dong_ids` holds every dong the posting reaches below CITY: one for a dong's own staff, all of the gu for gu staff.
    """

    role: Role
    gu_id: int | None
    dong_ids: frozenset[int]
    place_name: str = ""


@dataclass(frozen=True)
class Actor:
    """Whoever asks. `broken` holds households opened by breaking the glass, while it lasts."""

    role_names: tuple[str, ...]
    name: str
    postings: tuple[Posting, ...]
    account_id: int | None = None
    address: str = ""
    purpose: str = ""
    broken: frozenset[int] = field(default_factory=frozenset)

    @property
    def place_name(self) -> str:
        return self.postings[0].place_name if self.postings else ""

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(posting.role for posting in self.postings)

    @property
    def gu_ids(self) -> frozenset[int]:
        return frozenset(posting.gu_id for posting in self.postings if posting.gu_id is not None)

    @property
    def dong_ids(self) -> frozenset[int]:
        return frozenset().union(*(posting.dong_ids for posting in self.postings))

    @property
    def is_person(self) -> bool:
        return self.account_id is not None

    def grants(self, permission: Permission) -> list[tuple[Posting, Reach]]:
        """The postings that carry a right, each with how far it goes there."""
        return [
            (posting, ROLES[posting.role].grants[permission])
            for posting in self.postings
            if permission in ROLES[posting.role].grants
        ]


def _alone(role: Role, name: str, address: str) -> Actor:
    return Actor((ROLES[role].korean,), name, (Posting(role, None, frozenset()),), address=address)


def resident(address: str = "") -> Actor:
    """Somebody at the public door, not logged in."""
    return _alone(Role.RESIDENT, "주민", address)


def system(job: str) -> Actor:
    """A timed job; its name stands in the log where a person's would."""
    return _alone(Role.SYSTEM, job, "")
