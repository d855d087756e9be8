"""A child process that writes in a loop until it is killed: `python -m tests.domain.writer build|write|check|race|wait ...`.

Every deed has a fixed key, so that a later child can do it again; what was answered is noted in a file only after the commit.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid5

import django

DEEDS = 400
NAMES = UUID("5b1f2f4a-0f0c-4a52-9f0e-2f2a4c3f7d10")


def main(what: str, *rest: str) -> int:
    """Do one of these things; 0 when all is well."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatdong.config.settings")
    django.setup()
    return {"build": build, "write": write, "race": race, "check": check, "wait": wait}[what](*rest)


def build(rows: str = "") -> int:
    """An empty database gets its tables and the small world, and a list of so many rows that waits to be loaded."""
    from django.core.management import call_command
    from tests.world import build_world

    call_command("migrate", verbosity=0)
    build_world()
    if rows:
        make_list(int(rows))
    return 0


def people():
    """A planner and a team lead of 천연동 and a team lead of 홍제1동, as actors."""
    from tests.world import NOW

    from chatdong.ground.accounts.models import Account
    from chatdong.ground.accounts.queries import actor_of

    names = ("planner-own", "team-lead-own", "team-lead-other-dong")
    return [actor_of(Account.objects.get(login_id=name), at=NOW) for name in names]


def write(done: str, start: str = "0", stop: str = str(DEEDS)) -> int:
    """Deed after deed from `start` on, each noted in the file `done` once it is committed."""
    with Path(done).open("a", encoding="utf-8") as notes:
        for number in range(int(start), int(stop)):
            # What was refused in words left nothing to look for, and is noted as a negative number.
            notes.write(f"{number if deed(number) else -number - 1}\n")
            notes.flush()
            os.fsync(notes.fileno())
    return 0


def deed(number: int) -> bool:
    """A report, a visit or a hand-over, by number; always the same one. Whether it was made, now or before."""
    from tests.world import NOW

    from chatdong.kernel.errors import Refusal
    from chatdong.policy.actor import resident
    from chatdong.safetynet.discovery import actions as do
    from chatdong.safetynet.discovery.models import Handover, Report

    planner, _lead, receiver = people()
    at, family = NOW + timedelta(minutes=number), number // 4
    name = f"허{'막덕복말분옥순끝점춘'[family // 10 % 10]}{'내례녀자이순심단월금'[family % 10]}"
    subject = do.Subject(name=name, address=f"서대문구 천연동 {family + 1}-2", phone=f"0105000{family:04d}")
    if number % 4 in (0, 1):
        do.submit_report(by=resident(), key=f"w{number}", pathway="neighbor", at=at, subject=subject, text="걱정됩니다")
        return True
    report = Report.objects.get(key=f"w{number - number % 4}")
    if report.household_id is None:
        return False
    try:
        if number % 4 == 2:
            do.record_visit_of(
                by=planner, key=uuid5(NAMES, str(number)), household_id=report.household_id, at=at,
                done_at=at - timedelta(minutes=1), way="visit", outcome="met", reasons=["lives_alone"],
                next=do.Next(step="visit", at=at + timedelta(days=2)),
            )  # fmt: skip
            return True
        waiting = Handover.objects.filter(household_id=report.household_id, state="asked").first()
        if waiting is None:
            waiting = do.ask_handover(
                by=planner, household_id=report.household_id, to_dong_id=min(receiver.dong_ids), reason="이사", at=at
            )
        do.accept_handover(by=receiver, handover_id=waiting.pk, at=at)
    except Refusal:
        # Done again after the hand-over, a visit is out of the first dong's reach: a refusal in words is an answer.
        return False
    return True


def race(keys: str) -> int:
    """Send the same reports as everybody else at the same time."""
    from tests.world import NOW

    from chatdong.policy.actor import resident
    from chatdong.safetynet.discovery.actions import Subject, submit_report

    for number in range(int(keys)):
        submit_report(
            by=resident(), key=f"race{number}", pathway="neighbor", at=NOW,
            subject=Subject(name="김영숙", phone="010-2345-6789", address="서대문구 독립문로8길 13-2", detail="지하 101호"),
        )  # fmt: skip
    return 0


def check(done: str = "") -> int:
    """Everything noted is there once, nobody is dropped, and the log's chains hold."""
    from tests.domain.reference import dropped
    from tests.world import NOW

    from chatdong.policy.record import broken_links
    from chatdong.safetynet.discovery.models import DiscoveryList, Report
    from chatdong.safetynet.discovery.queries import proof
    from chatdong.safetynet.visits.models import Contact

    noted = {int(line) for line in Path(done).read_text().split() if not line.startswith("-")} if done else set()
    keys = {f"w{number}" for number in noted if number % 4 in (0, 1)}
    visits = {uuid5(NAMES, str(number)) for number in noted if number % 4 == 2}
    wrong = [f"{orphan.kind} {orphan.id}" for orphan in proof(at=NOW)]
    wrong += [*dropped(NOW, keys), *(broken.sentence for broken in broken_links())]
    lost = visits - set(Contact.objects.values_list("key", flat=True))
    wrong += [f"visit {key} was answered and is lost" for key in sorted(map(str, lost))]
    lists = [f"{row.state} {row.done}/{row.total}" for row in DiscoveryList.objects.all()]
    print(f"reports {Report.objects.count()}, contacts {Contact.objects.count()}, lists {lists}")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


def make_list(rows: int) -> None:
    """A discovery list of so many rows that waits to be loaded."""
    from tests.world import NOW

    from chatdong.safetynet.discovery.actions import start_list, upload_list

    planner = people()[0]
    lines = [(number, (f"허막내{number}", f"서대문구 천연동 {number}-2")) for number in range(2, rows + 2)]
    row = upload_list(
        by=planner, gu_id=min(planner.gu_ids), dong_id=min(planner.dong_ids), name="명단.xlsx", size=1, digest="d",
        columns=("성명", "주소"), mapping={"name": "성명", "address": "주소"}, problems=(), rows=lines, at=NOW,
    )  # fmt: skip
    start_list(by=planner, list_id=row.pk, at=NOW)


def wait() -> int:
    """Until a worker has begun to load a batch."""
    import time

    from django_tasks_db.models import DBTaskResult

    for _ in range(6000):
        if DBTaskResult.objects.filter(task_path__endswith="load_batch", status="RUNNING").exists():
            return 0
        time.sleep(0.02)
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
