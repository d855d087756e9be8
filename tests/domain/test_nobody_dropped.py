"""Nobody is dropped: random lives of a district, with mistakes and failures in the middle, and two proofs after every step."""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from django.db import transaction
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.domain.power_cut import PowerCut, cut
from tests.domain.reference import dropped
from tests.world import BY, World, actor, build_world

from chatdong.ground.accounts.actions import post_person
from chatdong.ground.accounts.models import Posted
from chatdong.ground.households import actions as households
from chatdong.ground.households.models import Household, Resident
from chatdong.ground.households.queries.names import forget
from chatdong.kernel.errors import Refusal
from chatdong.policy.record import broken_links
from chatdong.safetynet.benefits import actions as benefits
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.models import Claim
from chatdong.safetynet.discovery import actions as do
from chatdong.safetynet.discovery.models import Handover, Lead, Report
from chatdong.safetynet.discovery.queries import proof
from chatdong.safetynet.discovery.states import Pathway, ReportClosure, Urgency
from chatdong.safetynet.visits import actions as visits
from chatdong.safetynet.visits.models import Unreached, Visit, Watch
from chatdong.safetynet.visits.states import ClosureReason, NextStep, Outcome, Way

STEPS_AN_EXAMPLE = 40
NAMES = UUID("9a4f0b0e-52b1-4f0b-8d39-0c2c1f6c5a11")
SUBJECTS = [
    do.Subject(),
    do.Subject(name="김영숙", phone="010-2345-6789", address="서대문구 독립문로8길 13-2", detail="지하 101호"),
    do.Subject(name="김영숙"),
    do.Subject(name="박민수", phone="010-1111-2222"),
    do.Subject(name="최말순", phone="01033334444", address="서대문구 홍제내길 24"),
    do.Subject(name="오세라", address="마포구 마포대로 210"),
    do.Subject(name="허막내", phone="010-7777-1212", address="서대문구 천연동 산 1-5"),
    do.Subject(name="나막내", address="서대문구 홍은동 2-7"),
    do.Subject(address="서대문구 독립문로8길 13-2", detail="301호"),
]
TEXTS = ["", "며칠째 안 보여요", "죽고 싶다고 합니다", "전기가 끊겼어요", "인사를 안 합니다"]
REASONS = [[], ["lives_alone"], ["lives_alone", "no_income"], ["no_food", "no_income", "rent_overdue"], ["suicide_plan"],
           ["domestic_violence"], ["chronic_illness"]]  # fmt: skip
PLACES = ("own", "other_dong", "other_gu")
ROLES = ("planner", "nurse", "area_officer", "team_lead", "dong_head", "gu_officer")

index = st.integers(0, 10**6)
failures = st.sampled_from(["sql", "sql", "record", "due", "judge", "assess", "tell", "chain"])
places = st.sampled_from(PLACES)
staff = st.tuples(st.sampled_from(ROLES), places)


class District(RuleBasedStateMachine):
    """A small district. Every rule either does its deed, is refused in words, or is cut off in the middle."""

    world: World
    steps = 0
    refused = 0
    cuts = 0

    def __init__(self) -> None:
        super().__init__()
        self.now = self.world.now
        self.keys: set[str] = set()
        self.plan: list[tuple[str, int]] = []
        self.turn = 0
        forget()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def teardown(self) -> None:
        try:
            assert list(broken_links()) == []
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    # How things are done

    def go(self, deed: Callable[..., Any], **rest: Any) -> Any:
        """Do it; a refusal in words or a cut leaves everything as it was."""
        type(self).steps += 1
        self.turn += 1
        fuse = self.plan.pop() if self.plan and self.turn % 2 == 0 else None
        rest.setdefault("at", self.now)
        try:
            if fuse is None:
                return deed(**rest)
            where, after = fuse
            with cut(where, after if where == "sql" else after % 6):
                return deed(**rest)
        except Refusal:
            type(self).refused += 1
        except PowerCut:
            type(self).cuts += 1
        return None

    def one(self, rows: Any, pick: int) -> Any:
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        return rows.model.objects.get(pk=ids[pick % len(ids)]) if ids else None

    def home(self, pick: int) -> Household:
        return self.one(Household.objects.all(), pick)

    def who(self, somebody: tuple[str, str]) -> Any:
        return actor(self.world, *somebody, at=self.now)

    def near(self, dong_id: int, role: str) -> Any:
        """Somebody of a role in a dong, or of the gu where the dong has none."""
        where = next((key for key in PLACES if self.world.dongs[key].pk == dong_id), "own")
        return self.who((role, where))

    # What may happen

    @invariant()
    def nobody_is_dropped(self) -> None:
        slow = dropped(self.now, self.keys)
        quick = [(orphan.kind, orphan.id) for orphan in proof(at=self.now)]
        assert (slow, quick) == ([], [])

    @initialize(plan=st.lists(st.tuples(failures, st.integers(0, 60)), min_size=10, max_size=STEPS_AN_EXAMPLE))
    def some_things_will_fail(self, plan: list[tuple[str, int]]) -> None:
        self.plan = plan

    @rule(number=st.integers(0, 40), subject=st.sampled_from(SUBJECTS), text=st.sampled_from(TEXTS), place=places,
          urgency=st.sampled_from([None, *Urgency.values]), pathway=st.sampled_from(Pathway.values), says_dong=st.booleans(),
          by=st.one_of(st.none(), staff))  # fmt: skip
    def report(self, number, subject, text, place, urgency, pathway, says_dong, by) -> None:
        key = f"r{number}"
        got = self.go(
            do.submit_report, by=actor(self.world, "resident") if by is None else self.who(by), key=key, pathway=pathway,
            text=text, urgency=urgency, subject=subject, dong_id=self.world.dongs[place].pk if says_dong else None,
        )  # fmt: skip
        if got is not None:
            self.keys.add(key)

    @rule(pick=index, home=index, by=staff, is_new=st.booleans(), right=st.booleans())
    def choose(self, pick, home, by, is_new, right) -> None:
        report = self.one(Report.objects.filter(state__in=["received", "asking"]), pick)
        if report is None:
            return
        candidate = report.candidates.first()
        household_id = None if is_new else candidate.household_id if candidate and home % 2 else self.home(home).pk
        actor_ = self.near(report.dong_id, "planner") if right else self.who(by)
        self.go(do.choose_match, by=actor_, report_id=report.pk, household_id=household_id)

    @rule(pick=index, by=staff, right=st.booleans(), closure=st.sampled_from(ReportClosure.values), to=places, on=st.booleans())
    def end_report(self, pick, by, right, closure, to, on) -> None:
        report = self.one(Report.objects.all(), pick)
        if report is None:
            return
        actor_ = self.near(report.dong_id, "planner") if right else self.who(by)
        if on:
            self.go(do.redirect_report, by=actor_, report_id=report.pk, dong_id=self.world.dongs[to].pk)
        else:
            self.go(do.close_report, by=actor_, report_id=report.pk, closure=closure, note="확인함")

    @rule(home=index, number=st.integers(0, 60), outcome=st.sampled_from(Outcome.values), way=st.sampled_from(Way.values),
          then=st.sampled_from([None, "closure", *NextStep.values]), closure=st.sampled_from(ClosureReason.values),
          reasons=st.one_of(st.none(), st.sampled_from(REASONS)), days=st.integers(0, 60), by=staff,
          right=st.booleans())  # fmt: skip
    def visit(self, home, number, outcome, way, then, closure, reasons, days, by, right) -> None:
        household = self.home(home)
        after = None
        if then == "closure":
            after = do.Next(closure=closure, note="보고 정함")
        elif then is not None:
            after = do.Next(step=then, at=self.now + timedelta(days=days))
        self.go(
            do.record_visit_of, by=self.near(household.dong_id, "planner") if right else self.who(by),
            key=uuid5(NAMES, str(number)), household_id=household.pk, done_at=self.now - timedelta(minutes=5),
            way=way, outcome=outcome, next=after,
            reasons=None if reasons is None else list(reasons),
        )  # fmt: skip

    @rule(home=index, reasons=st.sampled_from(REASONS), by=staff, right=st.booleans())
    def grade(self, home, reasons, by, right) -> None:
        household = self.home(home)
        actor_ = self.near(household.dong_id, "planner") if right else self.who(by)
        self.go(visits.assess_household, by=actor_, household_id=household.pk, reasons=list(reasons))

    @rule(home=index, days=st.integers(0, 30), by=staff)
    def plan(self, home, days, by) -> None:
        household = self.home(home)
        self.go(visits.plan_visit, by=self.near(household.dong_id, "planner"), household_id=household.pk,
                planned_on=self.now.date() + timedelta(days=days), worker_id=self.world.accounts[by].pk)  # fmt: skip

    @rule(pick=index, by=staff, step=st.sampled_from(NextStep.values), days=st.integers(-2, 420), to=staff)
    def go_on(self, pick, by, step, days, to) -> None:
        lead, watch = self.one(Lead.objects.all(), pick), self.one(Watch.objects.all(), pick)
        if lead is not None:
            if pick % 2:
                self.go(do.set_lead_next, by=self.near(lead.dong_id, "planner"), lead_id=lead.pk, next_step=step,
                        next_at=self.now + timedelta(days=days))  # fmt: skip
            else:
                self.go(do.assign_lead, by=self.near(lead.dong_id, "team_lead"), lead_id=lead.pk,
                        worker_id=self.world.accounts[to].pk)  # fmt: skip
        if watch is not None:
            self.go(visits.assign_watch, by=self.near(watch.dong_id, "team_lead"), watch_id=watch.pk,
                    worker_id=self.world.accounts[to].pk)  # fmt: skip
            soon = self.now + timedelta(days=days)
            self.go(visits.set_watch_next, by=self.who(by), watch_id=watch.pk, next_step=step, next_at=soon)

    @rule(pick=index, by=staff, right=st.booleans(), closure=st.sampled_from(ClosureReason.values), is_watch=st.booleans())
    def ask_to_close(self, pick, by, right, closure, is_watch) -> None:
        row = self.one((Watch if is_watch else Lead).objects.exclude(state="closed"), pick)
        if row is None:
            return
        actor_ = self.near(row.dong_id, "team_lead") if right else self.who(by)
        if is_watch:
            self.go(visits.ask_watch_closure, by=actor_, watch_id=row.pk, closure=closure, note="만나서 확인함")
        else:
            self.go(do.ask_closure, by=actor_, lead_id=row.pk, closure=closure, note="만나서 확인함")

    @rule(pick=index, by=staff, right=st.booleans(), yes=st.booleans(), is_watch=st.booleans())
    def answer_closure(self, pick, by, right, yes, is_watch) -> None:
        row = self.one((Watch if is_watch else Lead).objects.filter(state="closing"), pick)
        if row is None:
            return
        actor_ = self.near(row.dong_id, "dong_head") if right else self.who(by)
        name = "watch_id" if is_watch else "lead_id"
        if yes:
            self.go(visits.confirm_watch_closure if is_watch else do.confirm_closure, by=actor_, **{name: row.pk})
        else:
            deed = visits.refuse_watch_closure if is_watch else do.refuse_closure
            self.go(deed, by=actor_, **{name: row.pk}, why="한 번 더 보아 주세요")

    @rule(home=index, to=places, by=staff, right=st.booleans(), named=st.one_of(st.none(), staff))
    def ask_over(self, home, to, by, right, named) -> None:
        household = self.home(home)
        self.go(
            do.ask_handover, by=self.near(household.dong_id, "planner") if right else self.who(by), household_id=household.pk,
            to_dong_id=self.world.dongs[to].pk, reason="이사",
            to_worker_id=None if named is None else self.world.accounts[named].pk,
        )  # fmt: skip

    @rule(home=index, whose=st.one_of(st.none(), index), by=staff, right=st.booleans(),
          benefit=st.sampled_from(["basic_pension", "living_benefit"]))  # fmt: skip
    def claim(self, home, whose, by, right, benefit) -> None:
        household = self.home(home)
        actor_ = self.near(household.dong_id, "planner") if right else self.who(by)
        person = None if whose is None else self.one(Resident.objects.filter(household_id=household.pk), whose)
        self.go(benefits.note_claim, by=actor_, household_id=household.pk, benefit=benefit, book=catalog().book,
                resident_id=None if person is None else person.pk)  # fmt: skip

    @rule(pick=index, step=st.sampled_from(["tell", "apply", "refuse", "grant", "object", "drop"]), by=staff,
          right=st.booleans())  # fmt: skip
    def claim_goes_on(self, pick, step, by, right) -> None:
        row = self.one(Claim.objects.all(), pick)
        if row is None:
            return
        whom, on = self.near(row.dong_id, "planner") if right else self.who(by), self.now.date()
        deeds: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
            "tell": (benefits.tell_claim, {"on": on}),
            "apply": (benefits.apply_claim, {"on": on}),
            "refuse": (benefits.decide_claim, {"on": on, "is_granted": False, "reason": "재산"}),
            "grant": (benefits.decide_claim, {"on": on, "is_granted": True}),
            "object": (benefits.object_claim, {"on": on}),
            "drop": (benefits.drop_claim, {"reason": "unwanted"}),
        }
        deed, more = deeds[step]
        self.go(deed, by=whom, claim_id=row.pk, **more)

    @rule(pick=index, answer=st.sampled_from(["accept", "accept", "refuse", "withdraw"]), by=staff, right=st.booleans())
    def answer_over(self, pick, answer, by, right) -> None:
        row = self.one(Handover.objects.all(), pick)
        if row is None:
            return
        if answer == "withdraw":
            sender = self.near(row.from_dong_id, "planner") if right else self.who(by)
            self.go(do.withdraw_handover, by=sender, handover_id=row.pk)
            return
        actor_ = self.near(row.to_dong_id, "team_lead") if right else self.who(by)
        if answer == "accept":
            self.go(do.accept_handover, by=actor_, handover_id=row.pk)
        else:
            self.go(do.refuse_handover, by=actor_, handover_id=row.pk, answer="아직입니다")

    @rule(hours=st.sampled_from([1, 3, 9, 24, 50, 100, 400]))
    def time_passes(self, hours) -> None:
        self.now += timedelta(hours=hours)
        self.go(do.climb, by=BY)
        self.go(do.return_overdue_handovers, by=BY)
        # What was cut off is done again a minute later, as the timetable does.
        do.climb(by=BY, at=self.now)
        do.return_overdue_handovers(by=BY, at=self.now)
        for report in Report.objects.filter(state="received"):
            self.go(do.match_report, by=BY, report_id=report.pk)

    @rule(somebody=staff, to=st.one_of(st.none(), staff), by=staff, right=st.booleans())
    def leave(self, somebody, to, by, right) -> None:
        if somebody[0] == "gu_officer":
            return
        dong = self.world.dongs[somebody[1]]
        self.go(
            do.release_worker, by=self.near(dong.pk, "dong_head") if right else self.who(by),
            account_id=self.world.accounts[somebody].pk, dong_id=dong.pk,
            to_account_id=None if to is None else self.world.accounts[to].pk, on=self.now.date(),
        )  # fmt: skip

    @rule(somebody=staff, place=places)
    def come(self, somebody, place) -> None:
        account, dong = self.world.accounts[somebody], self.world.dongs[place]
        if somebody[0] != "gu_officer" and not Posted.objects.filter(account=account, dong=dong, valid_to=None).exists():
            self.go(post_person, by=BY, account=account, role=somebody[0], gu_id=dong.gu_id, dong_id=dong.pk, on=self.now.date())

    @rule(pick=index, kind=st.sampled_from(["died", "moved"]), by=staff, right=st.booleans())
    def somebody_goes(self, pick, kind, by, right) -> None:
        resident = self.one(Resident.objects.all(), pick)
        actor_ = self.near(resident.household.dong_id, "planner") if right else self.who(by)
        if kind == "died":
            self.go(households.note_death, by=actor_, resident_id=resident.pk, died_on=self.now.date())
        else:
            self.go(households.note_move, by=actor_, resident_id=resident.pk, moved_on=self.now.date())

    @rule(home=index, kind=st.sampled_from(["died", "moved", "admitted"]), by=staff, right=st.booleans())
    def all_go(self, home, kind, by, right) -> None:
        household = self.home(home)
        actor_ = self.near(household.dong_id, "planner") if right else self.who(by)
        self.go(do.note_household_gone, by=actor_, household_id=household.pk, kind=kind)

    @rule(keep=index, drop=index, by=staff, right=st.booleans())
    def merge(self, keep, drop, by, right) -> None:
        self.go(do.merge_households, by=BY if right else self.who(by), keep_id=self.home(keep).pk, drop_id=self.home(drop).pk)

    @rule(pick=index, by=staff, right=st.booleans())
    def stop_looking(self, pick, by, right) -> None:
        row = self.one(Unreached.objects.filter(state="open"), pick)
        if row is not None:
            self.go(visits.stop_search, by=self.near(row.dong_id, "dong_head") if right else self.who(by), unreached_id=row.pk,
                    reason="경찰이 확인함")  # fmt: skip

    @rule(pick=index, by=staff)
    def call_off(self, pick, by) -> None:
        row = self.one(Visit.objects.filter(state="planned"), pick)
        if row is not None:
            self.go(visits.cancel_visit, by=self.who(by), visit_id=row.pk)


def live(steps: int, first_seed: int) -> None:
    """Run examples until so many steps were taken; each seed gives the same lives again."""
    District.world = build_world()
    District.steps = District.refused = District.cuts = 0
    number = first_seed
    while District.steps < steps:
        run_state_machine_as_test(
            seed(number)(District),
            settings=settings(
                max_examples=max(1, min(100, (steps - District.steps) // STEPS_AN_EXAMPLE + 1)),
                stateful_step_count=STEPS_AN_EXAMPLE, deadline=None, database=None,
                suppress_health_check=list(HealthCheck), print_blob=False,
            ),
        )  # fmt: skip
        number += 1
    print(f"steps {District.steps}, refused {District.refused}, cut off {District.cuts}")
    assert District.steps >= steps
    assert District.cuts > 0
    assert District.refused < District.steps * 0.8


def test_nobody_is_dropped(db):
    live(int(os.environ.get("CHATDONG_STEPS", "1000")), first_seed=1)


@pytest.mark.slow
def test_nobody_is_dropped_in_ten_thousand_steps(db):
    live(10_000, first_seed=1001)
