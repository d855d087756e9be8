"""The invented staff of the demo: every dong has its head, team lead, planners, nurse and area officer; every gu its officers."""

import random
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from chatdong.demo.people import MID_FIRST, MID_LAST_F, PASSWORD, SURNAMES
from chatdong.ground.accounts.actions import open_account, post_person
from chatdong.ground.accounts.states import PostedRole
from chatdong.policy.actor import Actor

PLANNERS = 3
# The log-ins that the README names stand in the first dong of 서대문구.
NAMED = {
    PostedRole.PLANNER: "demo-planner",
    PostedRole.NURSE: "demo-nurse",
    PostedRole.AREA_OFFICER: "demo-area",
    PostedRole.TEAM_LEAD: "demo-lead",
    PostedRole.DONG_HEAD: "demo-head",
    PostedRole.GU_OFFICER: "demo-gu",
    PostedRole.AUDITOR: "demo-auditor",
    PostedRole.ADMINISTRATOR: "demo-admin",
}


@dataclass(frozen=True)
class Team:
    """Who works in one dong, as account ids; planners in the order of their 통."""

    planners: tuple[int, ...]
    nurse: int
    area_officer: int
    team_lead: int
    dong_head: int

    def planner_of(self, tong: int, tongs: int) -> int:
        """The planner whose part of the dong holds a 통."""
        return self.planners[min(len(self.planners) - 1, (tong - 1) * len(self.planners) // max(1, tongs))]


class Hiring:
    """Opens accounts and posts people; one password hash serves them all, for Argon2 is slow on purpose."""

    def __init__(self, by: Actor, since: date, at: datetime, seed: int) -> None:
        self.by, self.since, self.at = by, since, at
        self.dice = random.Random(f"{seed}:staff")
        self.hashed = make_password(PASSWORD)
        self.named = dict(NAMED)
        self.number = 0

    def dong_team(self, gu_id: int, dong_id: int, tongs: int) -> Team:
        """Post a dong's whole team."""
        parts = [[tong for tong in range(1, tongs + 1) if (tong - 1) * PLANNERS // tongs == part] for part in range(PLANNERS)]
        planners = tuple(
            self._post(PostedRole.PLANNER, gu_id, dong_id, tongs=part, is_duty=number == 0) for number, part in enumerate(parts)
        )
        return Team(
            planners,
            self._post(PostedRole.NURSE, gu_id, dong_id),
            self._post(PostedRole.AREA_OFFICER, gu_id, dong_id),
            self._post(PostedRole.TEAM_LEAD, gu_id, dong_id),
            self._post(PostedRole.DONG_HEAD, gu_id, dong_id),
        )

    def gu_team(self, gu_id: int) -> tuple[int, ...]:
        """Post a gu's officers, its privacy officer and its administrator."""
        roles = (PostedRole.GU_OFFICER, PostedRole.GU_OFFICER, PostedRole.AUDITOR, PostedRole.ADMINISTRATOR)
        return tuple(self._post(role, gu_id, None) for role in roles)

    def _post(
        self, role: PostedRole, gu_id: int, dong_id: int | None, tongs: list[int] | None = None, is_duty: bool = False
    ) -> int:
        self.number += 1
        login_id = self.named.pop(role, f"work-{self.number:05d}")
        name = self.dice.choice(SURNAMES[:30]) + self.dice.choice(MID_FIRST) + self.dice.choice(MID_LAST_F)
        account = open_account(
            by=self.by, login_id=login_id, name=name, password="", hashed=self.hashed, at=self.at, phone="02-330-1004"
        )
        post_person(
            by=self.by, account=account, role=role, gu_id=gu_id, dong_id=dong_id, on=self.since, at=self.at,
            tongs=tongs, is_duty=is_duty, reason="시연",
        )  # fmt: skip
        return account.pk
