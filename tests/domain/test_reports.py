"""Reports: taken in once, owned from the first second, compared at once, never lost."""

from datetime import date, datetime, timedelta

import pytest
from tests.world import BY, World

from chatdong.kernel.clock import KST
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.kernel.identity import read_code
from chatdong.policy.record import broken_links
from chatdong.safetynet.discovery.actions import (
    ReporterCard,
    Subject,
    choose_match,
    close_report,
    match_report,
    redirect_report,
    submit_report,
)
from chatdong.safetynet.discovery.models import Lead, MatchCandidate, Report, Reporter
from chatdong.safetynet.discovery.queries import inbox, proof, report_card

KIM = Subject(
    name="김영숙", birth=date(1941, 3, 1), phone="010-2345-6789", address="서대문구 독립문로8길 13-2", detail="지하 101호"
)
STRANGER = Subject(name="허막내", phone="010-7777-1212", address="서대문구 천연동 산 1-5")


def send(world: World, who, key="k1", **rest) -> Report:
    rest.setdefault("subject", KIM)
    by = rest.pop("by", None) or who("resident")
    return submit_report(by=by, key=key, pathway=rest.pop("pathway", "neighbor"), at=rest.pop("at", world.now), **rest)


def test_a_report_about_somebody_known_joins_the_household(world, who):
    report = send(world, who)
    kim = world.households["kim"]
    assert (report.state, report.match, report.household_id) == ("joined", "sure", kim.pk)
    lead = Lead.objects.get()
    assert (lead.household_id, lead.dong_id, lead.state, lead.next_step) == (kim.pk, kim.dong_id, "open", "first_contact")
    assert report.lead_id == lead.pk
    assert lead.next_at == lead.first_due_at
    assert lead.statuses.count() == 1
    assert read_code(report.receipt) == report.receipt
    assert proof(at=world.now) == []


def test_the_same_key_is_the_same_report(world, who):
    first = send(world, who)
    again = send(world, who, text="다른 글")
    assert again.pk == first.pk
    assert Report.objects.count() == 1
    assert Report.objects.get().text == ""
    assert Lead.objects.count() == 1


def test_two_reports_about_one_household_make_one_lead_that_gets_more_urgent(world, who):
    send(world, who, urgency="routine")
    before = Lead.objects.get()
    send(world, who, key="k2", text="목을 매겠다고 합니다")
    lead = Lead.objects.get()
    assert lead.pk == before.pk
    assert (lead.urgency, lead.rank) == ("now", 1)
    assert lead.next_at < before.next_at
    assert lead.first_due_at < before.first_due_at
    send(world, who, key="k3", urgency="routine", at=world.now + timedelta(hours=1))
    after = Lead.objects.get()
    assert (after.urgency, after.next_at) == ("now", lead.next_at)
    assert lead.reports.count() == 3
    assert [status.why for status in lead.statuses.order_by("id")] == ["opened", "joined", "joined"]


def test_urgency_is_never_lower_than_the_caller_said(world, who):
    assert send(world, who, urgency="today", text="조용합니다").urgency == "today"
    report = send(world, who, key="k2", urgency="routine", text="죽고 싶다고 했어요")
    assert report.urgency == "now"
    assert report.words and report.words[0]["words"]
    raised = send(world, who, key="k3", details={"answers": {"no_food_or_heat": "yes"}})
    assert raised.urgency == "today"


def test_a_stranger_becomes_a_provisional_household_with_a_lead(world, who):
    report = send(world, who, subject=STRANGER)
    assert (report.state, report.match) == ("joined", "new")
    household = report.household
    assert (household.state, household.dong_id) == ("provisional", world.dongs["own"].pk)
    assert household.residents.get().name == "허막내"
    assert proof(at=world.now) == []


def test_nothing_known_asks_a_person_and_has_an_owner(world, who):
    report = send(world, who, subject=Subject(), text="옆집이 이상해요", gu_id=world.gus["서대문구"].pk)
    assert (report.state, report.match) == ("asking", "ask")
    assert report.worker_id and report.due_at > world.now
    assert report.details["dong_guessed"]
    assert report.dong_id == world.dongs["own"].pk
    assert not Lead.objects.exists()
    assert proof(at=world.now) == []


def test_a_name_alone_asks_with_candidates_and_reasons(world, who):
    report = send(world, who, subject=Subject(name="김영숙"))
    assert report.state == "asking"
    candidate = MatchCandidate.objects.get()
    assert candidate.household_id == world.households["kim"].pk
    assert "이름이 같아요." in candidate.reasons
    card = report_card(by=who("planner"), report_id=report.pk, at=world.now)
    assert [one.household_id for one in card.candidates] == [candidate.household_id]
    assert "김영숙" not in card.candidates[0].masked.name


def test_somebody_who_died_is_not_matched_by_the_machine(world, who):
    from chatdong.ground.households.actions import note_death

    resident = world.households["kim"].residents.get()
    note_death(by=BY, resident_id=resident.pk, died_on=world.today, at=world.now)
    report = send(world, who)
    assert report.state == "asking"
    assert MatchCandidate.objects.filter(household_id=world.households["kim"].pk).exists()


def test_the_dong_comes_from_what_is_known_nearest_first(world, who):
    own, near = world.dongs["own"].pk, world.dongs["other_dong"].pk
    said = send(world, who, subject=Subject(name="누구", dong_id=near))
    assert (said.dong_id, said.details["dong_by"]) == (near, "subject")
    by_name = send(world, who, key="k2", subject=Subject(name="누구", address="서울 서대문구 홍제1동 어딘가"))
    assert (by_name.dong_id, by_name.details["dong_by"]) == (near, "address")
    legal = send(world, who, key="k3", subject=Subject(name="누구", address="서대문구 홍제동 12-3"))
    assert (legal.dong_id, legal.details["dong_by"]) == (near, "legal_dong")
    building = send(world, who, key="k4", subject=Subject(name="누구", address="서대문구 독립문로8길 13-2"))
    assert (building.dong_id, building.details["dong_by"]) == (own, "building")
    other_gu = send(world, who, key="k5", subject=Subject(name="누구", address="마포구 어느길"))
    assert other_gu.dong_id == world.dongs["other_gu"].pk


def test_a_dong_that_does_not_exist_is_refused(world, who):
    with pytest.raises(Invalid) as refused:
        send(world, who, subject=Subject(dong_id=999_999))
    assert refused.value.field == "dong"


def test_the_reporter_stands_apart_and_only_those_allowed_see_them(world, who):
    report = send(world, who, reporter=ReporterCard(category="이웃", name="홍길동", phone="01012345678"))
    assert Reporter.objects.get().report_id == report.pk
    sees = report_card(by=who("planner"), report_id=report.pk, at=world.now)
    assert sees.reporter.name == "홍길동"
    hidden = report_card(by=who("nurse"), report_id=report.pk, at=world.now)
    assert hidden.reporter is None and hidden.reporter_hidden
    with pytest.raises(NotFound):
        report_card(by=who("planner", "other_gu"), report_id=report.pk, at=world.now)


def test_a_report_stands_when_comparing_breaks(world, who, monkeypatch):
    from chatdong.safetynet.discovery.queries import matching

    def breaks(*_args, **_rest):
        raise RuntimeError("no index")

    monkeypatch.setattr(matching, "judge", breaks)
    report = send(world, who)
    assert report.state == "received"
    assert report.worker_id and report.due_at
    assert proof(at=world.now) == []
    monkeypatch.undo()
    match_report(by=BY, report_id=report.pk, at=world.now)
    assert Report.objects.get().state == "joined"
    assert list(broken_links()) == []


def test_a_person_chooses_the_household(world, who):
    report = send(world, who, subject=Subject(name="김영숙"))
    kim = world.households["kim"]
    lead = choose_match(by=who("planner"), report_id=report.pk, household_id=kim.pk, at=world.now + timedelta(hours=1))
    report.refresh_from_db()
    assert (report.state, report.lead_id, lead.household_id) == ("joined", lead.pk, kim.pk)
    assert lead.first_due_at == first_due(world, report)
    assert MatchCandidate.objects.get().is_chosen is True
    with pytest.raises(Conflict):
        choose_match(by=who("planner"), report_id=report.pk, household_id=None, at=world.now)


def first_due(world: World, report: Report) -> datetime:
    from chatdong.safetynet.discovery.queries import first_contact_due

    return first_contact_due(report.urgency, since=report.received_at, gu_id=world.gus["서대문구"].pk)


def test_a_person_makes_a_new_household_even_of_nothing(world, who):
    report = send(world, who, subject=Subject(dong_id=world.dongs["own"].pk), text="반지하에서 아기가 웁니다")
    lead = choose_match(by=who("planner"), report_id=report.pk, household_id=None, at=world.now)
    assert lead.household.state == "provisional"
    assert lead.household.dong_id == world.dongs["own"].pk
    assert proof(at=world.now) == []


def test_a_chosen_household_in_another_dong_is_answered_for_there(world, who):
    report = send(world, who, subject=Subject(name="최말순", dong_id=world.dongs["own"].pk))
    near = world.households["near"]
    assert MatchCandidate.objects.filter(report=report, household=near).exists()
    lead = choose_match(by=who("planner"), report_id=report.pk, household_id=near.pk, at=world.now)
    report.refresh_from_db()
    assert lead.dong_id == near.dong_id == report.dong_id
    assert lead.worker_id == world.accounts["planner", "other_dong"].pk
    assert proof(at=world.now) == []


def test_a_household_out_of_reach_and_no_candidate_is_not_found(world, who):
    report = send(world, who, subject=Subject(name="허막내"))
    with pytest.raises(NotFound):
        choose_match(by=who("planner"), report_id=report.pk, household_id=world.households["far"].pk, at=world.now)
    assert Report.objects.get().state == "asking"


def test_closing_needs_a_reason_and_a_note_when_urgent(world, who):
    report = send(world, who, subject=Subject(name="허막내"), urgency="today")
    with pytest.raises(Invalid) as refused:
        close_report(by=who("planner"), report_id=report.pk, closure="prank", at=world.now)
    assert refused.value.field == "note"
    with pytest.raises(Invalid):
        close_report(by=who("planner"), report_id=report.pk, closure="bored", at=world.now, note="왜")
    closed = close_report(by=who("planner"), report_id=report.pk, closure="prank", at=world.now, note="전화로 확인함")
    assert (closed.state, closed.closure) == ("closed", "prank")
    with pytest.raises(Conflict):
        close_report(by=who("planner"), report_id=report.pk, closure="prank", at=world.now, note="또")


@pytest.mark.parametrize(("role", "where", "error"), [("nurse", "own", Forbidden), ("planner", "other_dong", NotFound),
                                                       ("auditor", "own", NotFound), ("resident", "own", NotFound)])  # fmt: skip
def test_who_may_not_close(world, who, role, where, error):
    report = send(world, who, subject=Subject(name="허막내"))
    with pytest.raises(error):
        close_report(by=who(role, where), report_id=report.pk, closure="prank", at=world.now)
    assert Report.objects.get().state == "asking"


def test_a_report_in_the_wrong_dong_is_sent_on_with_its_deadline(world, who):
    report = send(world, who, subject=Subject(name="허막내"))
    to = world.dongs["other_dong"]
    sent = redirect_report(by=who("planner"), report_id=report.pk, dong_id=to.pk, at=world.now + timedelta(minutes=5))
    assert (sent.dong_id, sent.due_at) == (to.pk, report.due_at)
    assert sent.worker_id == world.accounts["planner", "other_dong"].pk
    with pytest.raises(NotFound):
        close_report(by=who("planner"), report_id=report.pk, closure="prank", at=world.now)
    assert proof(at=world.now) == []


def test_the_inbox_shows_own_dong_masked_and_by_deadline(world, who):
    send(world, who, subject=Subject(name="허막내"))
    send(world, who, key="k2", subject=Subject(name="박씨"), text="쓰러졌어요")
    send(world, who, key="k3", subject=Subject(name="남의동", dong_id=world.dongs["other_dong"].pk))
    page = inbox(by=who("planner"), at=world.now)
    assert [row.urgency for row in page.rows] == ["now", "soon"]
    assert all("허막내" not in row.name for row in page.rows)
    assert inbox(by=who("planner", "other_gu"), at=world.now).is_empty
    assert len(inbox(by=who("gu_officer"), at=world.now).rows) == 3


def test_deadline_of_an_unmatched_report_is_the_nearer_of_both_promises(world, who):
    quick = send(world, who, subject=Subject(name="허막내"), urgency="now")
    assert quick.due_at == world.now + timedelta(hours=2)
    slow = send(world, who, key="k2", subject=Subject(name="허막내"), urgency="routine")
    assert slow.due_at == datetime(2026, 3, 16, 14, 0, tzinfo=KST)


def test_a_report_in_a_dong_without_staff_goes_to_somebody_of_the_gu(world, who):
    report = send(world, who, subject=Subject(name="누구", dong_id=world.dongs["third_dong"].pk))
    assert report.worker_id == world.accounts["planner", "third_dong"].pk


def test_a_hidden_address_is_not_told_by_a_report_either(world, who):
    hidden = world.households["hidden"]
    report = send(
        world, who, subject=Subject(name="한가람", birth=date(1990, 5, 5), phone="01098765432", address="서대문구 숨은집길 77"),
        text="숨은집길 77 501호에서 울음소리가 나요", details={"cells": {"비고": "숨은집길 77"}},
    )  # fmt: skip
    if report.state != "joined":
        choose_match(by=who("team_lead"), report_id=report.pk, household_id=hidden.pk, at=world.now)
    assert Report.objects.get().household_id == hidden.pk
    for role, sees in (("planner", True), ("team_lead", True), ("nurse", False), ("gu_officer", False)):
        card = report_card(by=who(role), report_id=report.pk, at=world.now)
        assert card.address_hidden is not sees
        assert ("숨은집길" in str(card)) is sees


def test_a_persons_worry_waits_no_week_even_without_a_dangerous_word(world, who):
    harmless = "요즘 좀 외로워 보이세요."
    assert send(world, who, key="worry", text=harmless, urgency="routine").urgency == "soon"
    assert send(world, who, key="row", text="", pathway="big_data").urgency == "routine"
