"""The timetable and the worker: each job once a slot, and what a killed worker left is taken up again."""

import os
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from tests.domain.own_database import own_database
from tests.domain.test_lists import upload
from tests.world import World

from chatdong.ground.accounts.actions import end_posting, keep_draft
from chatdong.ground.accounts.models import Draft, Posted
from chatdong.ground.messages.models import Message
from chatdong.jobs import climb, load_list, match, prove, queue, retain, schedule
from chatdong.jobs.climb import climb_ladder
from chatdong.jobs.load_list import load_batch, pick_lists
from chatdong.jobs.queue import MOST_ATTEMPTS, take_back, worker_name
from chatdong.jobs.schedule import REPEATABLE, TIMETABLE, Clock, Row
from chatdong.kernel import clock
from chatdong.kernel.clock import KST
from chatdong.kernel.clock import now as real_now
from chatdong.safetynet.discovery.actions import Subject, start_list, submit_report
from chatdong.safetynet.discovery.models import Breach, Report

MORNING = datetime(2026, 3, 16, 9, 0, 30, tzinfo=KST)


@pytest.fixture
def at(world: World, monkeypatch):
    """The doors' clock shows the world's time; returns how to move it."""
    shown = [world.now]
    monkeypatch.setattr(clock, "now", lambda: shown[0])

    def move(moment: datetime) -> datetime:
        shown[0] = moment
        return moment

    return move


def test_slots():
    minute, night = Row("분", climb_ladder, timedelta(minutes=1)), Row("밤", climb_ladder, schedule.DAY, time(2, 30))
    assert minute.slot(MORNING) == MORNING.replace(second=0)
    assert night.slot(MORNING) == MORNING.replace(hour=2, minute=30, second=0)
    assert night.slot(MORNING.replace(hour=2, minute=29)) == datetime(2026, 3, 15, 2, 30, tzinfo=KST)


def test_each_job_is_put_once_a_slot_even_by_two_workers(db):
    now = real_now()
    rows = (Row("분", climb_ladder, timedelta(minutes=1)),)
    one, two = Clock(rows), Clock(rows)
    assert one.tick(now) == ["분"] and one.tick(now) == [] and two.tick(now) == []
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)
    later = now + timedelta(minutes=1)
    assert two.tick(later) == ["분"]
    assert DBTaskResult.objects.count() == 2


def test_a_job_still_in_the_queue_is_not_put_again(db):
    now = real_now()
    rows = (Row("분", climb_ladder, timedelta(minutes=1)),)
    Clock(rows).tick(now)
    assert Clock(rows).tick(now + timedelta(minutes=1)) == []


def test_a_job_that_breaks_leaves_the_others_running(db):
    ran = []

    def breaks():
        raise RuntimeError("no power")

    rows = (Row("하나", breaks, timedelta(minutes=1)), Row("둘", lambda: ran.append(1), timedelta(minutes=1)))
    timetable = Clock(rows)
    with pytest.raises(RuntimeError):
        timetable.tick(MORNING)
    assert ran == [1]
    with pytest.raises(RuntimeError):
        timetable.tick(MORNING)
    assert ran == [1]


def test_the_timetable_is_visible(capsys):
    call_command("work", "--timetable")
    said = capsys.readouterr().out
    assert all(row.name in said for row in TIMETABLE)
    assert "02:30" in said


def left_running(worker: str, path: str = climb_ladder.module_path, started=None, attempts: int = 1) -> DBTaskResult:
    climb_ladder.enqueue()
    row = DBTaskResult.objects.order_by("-enqueued_at").first()
    row.status, row.worker_ids, row.task_path = TaskResultStatus.RUNNING, [worker] * attempts, path
    row.started_at = started or real_now()
    row.save()
    return row


def after(row: DBTaskResult, me: str) -> str:
    take_back(now=real_now(), me=me, repeatable=REPEATABLE)
    row.refresh_from_db()
    return row.status


def test_what_a_dead_worker_left_goes_back_into_the_queue(db):
    me = worker_name()
    host = me.split(":")[0]
    assert after(left_running(f"{host}:{os.getpid()}:another"), me) == "READY"
    assert after(left_running(f"{host}:999999999:aaaa"), me) == "READY"
    assert after(left_running(f"{host}:{os.getppid()}:aaaa"), me) == "RUNNING"
    assert after(left_running("elsewhere:1:aaaa"), me) == "RUNNING"
    over = real_now() - queue.LEASE - timedelta(seconds=1)
    assert after(left_running("elsewhere:1:aaaa", started=over), me) == "READY"
    assert after(left_running(me, started=over), me) == "RUNNING"


def test_what_kills_its_worker_again_and_again_or_may_not_be_repeated_is_given_up(db):
    me = worker_name()
    over = real_now() - queue.LEASE - timedelta(seconds=1)
    assert after(left_running("elsewhere:1:aaaa", started=over, attempts=MOST_ATTEMPTS), me) == "FAILED"
    assert after(left_running("elsewhere:1:aaaa", path="somebody.elses.task", started=over), me) == "FAILED"


def test_climbing_and_proving_by_the_clock(world, who, at):
    report = submit_report(by=who("resident"), key="k1", pathway="neighbor", at=world.now, subject=Subject(name="허막내"))
    at(report.due_at + timedelta(minutes=2))
    assert climb_ladder.call() == 2
    assert Breach.objects.filter(about="report", about_id=report.pk).count() == 2
    assert climb.return_handovers.call() == 0
    assert set(prove.prove_all.call().values()) == {0}
    assert not Message.objects.filter(kind="proof").exists()


def test_the_proof_tells_the_officers_of_the_gu(world, who, at):
    submit_report(by=who("resident"), key="k1", pathway="neighbor", at=world.now, subject=Subject(name="허막내"))
    posted = Posted.objects.get(account=world.accounts["planner", "own"])
    end_posting(by=who("system"), posting_id=posted.pk, on=world.today, at=world.now)
    found = prove.prove_all.call()
    assert found == {"1141000000": 1, "1144000000": 0}
    told = set(Message.objects.filter(kind="proof").values_list("account_id", flat=True))
    assert told == {world.accounts["gu_officer", "own"].pk, world.accounts["gu_officer", "other_dong"].pk}
    with pytest.raises(SystemExit) as ended:
        call_command("prove")
    assert ended.value.code == 1


def test_the_proof_and_the_chains_by_hand(world, capsys):
    call_command("prove", "--gu", "11410")
    call_command("verify_log")
    call_command("climb_now")
    said = capsys.readouterr().out
    assert "빠진 일이 없습니다." in said and "모두 이어져" in said
    from chatdong.policy.models import Entry

    Entry.objects.filter(seq=2).update(actor="다른 사람")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_log")
    assert ended.value.code == 1


def test_what_could_not_be_compared_is_compared_again(world, who, at, monkeypatch):
    from chatdong.safetynet.discovery.queries import matching

    def breaks(*_args, **_rest):
        raise RuntimeError("no index")

    monkeypatch.setattr(matching, "judge", breaks)
    submit_report(by=who("resident"), key="k1", pathway="neighbor", at=world.now, subject=Subject(name="허막내"))
    assert match.match_waiting.call() == 0
    monkeypatch.undo()
    assert match.match_waiting.call() == 1
    assert Report.objects.get().state == "asking"


def test_a_list_is_loaded_batch_by_batch(world, who, at, monkeypatch):
    monkeypatch.setattr(load_list, "BATCH", 2)
    row = upload(world, who)
    assert pick_lists() == 0
    start_list(by=who("planner"), list_id=row.pk, at=world.now)
    assert pick_lists() == 1 and pick_lists() == 0
    assert load_batch.call(str(row.pk)) == 2
    row.refresh_from_db()
    assert row.done == 2
    while load_batch.call(str(row.pk)):
        pass
    row.refresh_from_db()
    assert (row.state, row.done) == ("loaded", 5)
    assert load_batch.call(str(row.pk)) == 0
    assert Message.objects.filter(kind="list", account=row.uploaded_by).exists()


def test_a_list_that_keeps_failing_rests(world, who, at):
    row = upload(world, who)
    start_list(by=who("planner"), list_id=row.pk, at=world.now)
    for _ in range(load_list.FAILURES):
        assert pick_lists() == 1
        DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(status=TaskResultStatus.FAILED, finished_at=world.now)
    assert pick_lists() == 0
    at(world.now + load_list.REST + timedelta(seconds=1))
    assert pick_lists() == 1


def test_the_list_of_somebody_who_left_is_loaded_all_the_same(world, who, at):
    row = upload(world, who)
    start_list(by=who("planner"), list_id=row.pk, at=world.now)
    posted = Posted.objects.get(account=row.uploaded_by)
    end_posting(by=who("system"), posting_id=posted.pk, on=world.today, at=world.now)
    load_batch.call(str(row.pk))
    row.refresh_from_db()
    assert row.done == 5


def test_old_drafts_and_reports_go_at_night(world, who, at):
    keep_draft(by=who("planner"), key="report-new", body={"text": "x"}, at=world.now)
    at(world.now + timedelta(days=13))
    assert set(retain.retain.call().values()) == {0}
    at(world.now + timedelta(days=15))
    assert retain.retain.call()["drafts"] == 1
    assert not Draft.objects.exists()


def test_a_worker_killed_while_loading_is_followed_by_one_that_finishes(tmp_path: Path):
    with own_database(tmp_path) as children:
        children.run(children.writer("build", "60"))
        worker = children.start("manage.py", "work")
        children.run(children.writer("wait"))
        worker.kill()
        worker.communicate()
        children.run(children.start("manage.py", "work", "--once"))
        assert children.run(children.writer("check")).startswith("reports 60, contacts 0, lists ['loaded 60/60']")
