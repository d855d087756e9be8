"""Something of every kind at three places, so that every address with a number in it can be asked for with a real one."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from tests.world import BY, World, actor

from chatdong.ground.households.actions import give_consent, note_circumstance
from chatdong.ground.households.actions.register import NewResident, register_household
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.benefits.actions import add_addition, load_directory, note_claim, note_receipt
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.hsds import Directory, OfferingRow, OrganizationRow
from chatdong.safetynet.benefits.models import Finding, Release, Screening
from chatdong.safetynet.benefits.queries import offerings_for
from chatdong.safetynet.benefits.states import FoundKind, ReleaseState, ScreeningState
from chatdong.safetynet.discovery.actions import (
    Subject,
    ask_closure,
    ask_handover,
    open_lead,
    submit_report,
    upload_list,
)
from chatdong.safetynet.visits.actions import ask_watch_closure, assess_household, plan_visit

PLACES = ("own", "other_dong", "other_gu")
HOUSEHOLD_AT = {"own": "kim", "other_dong": "near", "other_gu": "far"}
NOWHERE = 987_654_321


@dataclass
class Matter:
    """What stands at one place, as the names that addresses use for their parts."""

    household_id: int = NOWHERE
    resident_id: int = NOWHERE
    report_id: int = NOWHERE
    handover_id: int = NOWHERE
    visit_id: int = NOWHERE
    account_id: int = NOWHERE
    dong_id: int = NOWHERE
    claim_id: int = NOWHERE
    receipt_id: int = NOWHERE
    addition_id: int = NOWHERE
    offering_id: int = NOWHERE
    screening_id: int = NOWHERE
    finding_id: int = NOWHERE
    release_id: int = NOWHERE
    list_id: Any = field(default_factory=uuid4)
    closing: dict[str, int] = field(default_factory=lambda: {"lead": NOWHERE, "watch": NOWHERE})


def nothing() -> Matter:
    """Numbers that stand for nothing."""
    return Matter()


def matter_at(world: World, where: str) -> Matter:
    """A household with an open lead, watch and visit, a waiting report, closures to confirm, a hand-over to the dong, a list."""
    at, dong = world.now, world.dongs[where]
    planner = actor(world, "planner", where)
    home = world.households[HOUSEHOLD_AT[where]]
    resident = home.residents.get()
    report = submit_report(
        by=BY, key=str(uuid4()), pathway="neighbor", at=at, text="며칠째 안 보여요.",
        subject=Subject(name=resident.name, dong_id=dong.pk),
    )  # fmt: skip
    assert report.state == "asking"
    open_lead(by=planner, household_id=home.pk, pathway="neighbor", urgency="today", due_at=at.replace(hour=18), at=at)
    assess_household(by=planner, household_id=home.pk, reasons=["lives_alone"], at=at)
    visit = plan_visit(by=planner, household_id=home.pk, planned_on=at.date(), at=at)
    give_consent(by=planner, household_id=home.pk, kind="collect", text_version="2026-1", way="paper", at=at)
    note_circumstance(by=planner, household_id=home.pk, kind="near_poor", since=date(2026, 1, 1), at=at)
    return Matter(
        household_id=home.pk, resident_id=resident.pk, report_id=report.pk, visit_id=visit.pk, dong_id=dong.pk,
        account_id=world.accounts["planner", where].pk, handover_id=_handover(world, where), list_id=_list(world, where),
        closing=_closing(world, where), offering_id=_offering(world, where), **_benefits(world, where, home.pk),
        **lay_run(by=BY, world=world, where=where),
    )  # fmt: skip


def _benefits(world: World, where: str, household_id: int) -> dict[str, int]:
    """A claim, something received, and what the gu adds of its own."""
    rest: dict[str, Any] = {"by": actor(world, "planner", where), "household_id": household_id, "at": world.now}
    claim = note_claim(benefit="living_benefit", book=catalog().book, **rest)
    receipt = note_receipt(
        benefit="basic_pension", since=world.today, source="visit", book=catalog().book, **rest
    )  # fmt: skip
    added = add_addition(
        by=actor(world, "gu_officer", where), gu_id=world.dongs[where].gu_id, situation="older", title=f"추가 {where}",
        text="쌀", source="방침", since=world.today, at=world.now,
    )  # fmt: skip
    return {"claim_id": claim.pk, "receipt_id": receipt.pk, "addition_id": added.pk}


@action
def lay_run(*, by: Actor, world: World, where: str) -> dict[str, int]:
    """A run over the gu that found one household of the dong, and the one proposal of changed rules that may wait."""
    ensure(by, Permission.SCREENING_RUN)
    at, dong, home = world.now, world.dongs[where], world.households[HOUSEHOLD_AT[where]]
    run = Screening.objects.create(
        gu_id=dong.gu_id, day=world.today, fingerprint="x", asked_at=at, finished_at=at, state=ScreeningState.DONE
    )
    finding = Finding.objects.create(screening=run, household=home, dong=dong, benefit="living_benefit", kind=FoundKind.OWED)
    release = Release.objects.filter(state=ReleaseState.PROPOSED).first() or Release.objects.create(
        fingerprint="x", why="시험", proposed_by=world.accounts["gu_officer", "own"].pk, proposed_at=at
    )
    record("test.run", by=by, at=at)
    return {"screening_id": run.pk, "finding_id": finding.pk, "release_id": release.pk}


def _offering(world: World, where: str) -> int:
    """A service of the place's gu: public, so that everybody sees each."""
    key = {"own": 1, "other_dong": 2, "other_gu": 3}[where]
    ids = [f"00000000-0000-4000-9000-00000000{key}00{number}" for number in range(2)]
    organization = OrganizationRow(ids[0], f"복지관 {key}", phone="02-000-1000")
    directory = Directory((organization,), (), (OfferingRow(ids[1], ids[0], "생활 상담", assured_date=date(2026, 1, 1)),))
    load_directory(by=BY, directory=directory, gu_id=world.dongs[where].gu_id, at=world.now, situations=(), benefits=())
    return int(offerings_for(world.today)[-1].id)


def _neighbor(world: World, where: str, name: str) -> Any:
    return register_household(by=BY, dong_id=world.dongs[where].pk, at=world.now, residents=[NewResident(name, birth_year=1950)])


def _closing(world: World, where: str) -> dict[str, int]:
    at, planner, dong = world.now, actor(world, "planner", where), world.dongs[where]
    first, second = _neighbor(world, where, "종결일"), _neighbor(world, where, "종결이")
    lead = open_lead(by=planner, household_id=first.pk, pathway="neighbor", urgency="now", due_at=at.replace(hour=18), at=at)
    ask_closure(by=planner, lead_id=lead.pk, closure="improved", at=at)
    assess_household(by=planner, household_id=second.pk, reasons=["domestic_violence"], at=at)
    watch = second.watchs.get()
    ask_watch_closure(by=planner, watch_id=watch.pk, closure="improved", note="좋아짐", at=at)
    assert dong.pk == watch.dong_id
    return {"lead": lead.pk, "watch": watch.pk}


def _handover(world: World, where: str) -> int:
    sender = actor(world, "planner", "third_dong")
    home = _neighbor(world, "third_dong", f"넘김 {where}")
    open_lead(
        by=sender, household_id=home.pk, pathway="neighbor", urgency="soon", due_at=world.now.replace(hour=18), at=world.now
    )
    row = ask_handover(by=sender, household_id=home.pk, to_dong_id=world.dongs[where].pk, reason="이사했습니다.", at=world.now)
    return row.pk


def _list(world: World, where: str) -> Any:
    dong = world.dongs[where]
    row = upload_list(
        by=actor(world, "planner", where), gu_id=dong.gu_id, dong_id=dong.pk, name="명단.xlsx", size=100, digest=f"{where:0<64}",
        columns=["이름", "전화"], mapping={"name": "이름", "phone": "전화"}, problems=[], rows=[(2, ["명단이", "01022220000"])],
        at=world.now,
    )  # fmt: skip
    return row.pk
