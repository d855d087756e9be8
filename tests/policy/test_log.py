"""The log: five items of the law, one chain a gu, and a changed, removed or inserted line is found."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from tests.world import BY, NOW

from chatdong.ground.households import actions, queries
from chatdong.ground.messages.actions import tell
from chatdong.policy.models import ChainHead, Entry
from chatdong.policy.record import broken_links, digest, record_read


@pytest.fixture
def lines(world, who):
    """A few reads and writes in both gu and in the city's chain."""
    for role, where, name in (("planner", "own", "kim"), ("nurse", "own", "family"), ("planner", "other_gu", "far")):
        queries.access_household(by=who(role, where), household_id=world.households[name].pk, at=world.now)
    actions.hide_address(by=who("team_lead"), household_id=world.households["kim"].pk, hidden=True, why="본인 요청", at=world.now)
    assert not list(broken_links())
    return world


def test_an_untouched_log_holds_and_has_a_chain_for_each_gu(lines):
    seodaemun, mapo = (f"gu-{lines.gus[name].pk}" for name in ("서대문구", "마포구"))
    assert {seodaemun, mapo, "city"} == set(ChainHead.objects.values_list("chain", flat=True))
    for chain in (seodaemun, mapo, "city"):
        numbers = list(Entry.objects.filter(chain=chain).order_by("seq").values_list("seq", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
    assert Entry.objects.get(chain=mapo, kind="read").household == lines.households["far"].pk


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "다른 사람"},
        {"account": 999},
        {"why": "다른 까닭"},
        {"household": 12345},
        {"address": "10.9.9.9"},
        {"event": "household.other"},
        {"kind": "write"},
        {"details": {"x": 1}},
        {"subjects": [1]},
        {"count": 3},
        {"role": "팀장"},
        {"dong": 7},
        {"prev": "0" * 64},
        {"hash": "0" * 64},
    ],
)
def test_a_changed_line_is_found(lines, change):
    chain = f"gu-{lines.gus['서대문구'].pk}"
    line = Entry.objects.filter(chain=chain, kind="read").first()
    Entry.objects.filter(pk=line.pk).update(**change)
    assert {broken.chain for broken in broken_links()} == {chain}


def test_a_line_moved_in_time_is_found(lines):
    line = Entry.objects.filter(kind="read").first()
    Entry.objects.filter(pk=line.pk).update(at=line.at + timedelta(microseconds=1))
    assert [(one.chain, one.seq) for one in broken_links()] == [(line.chain, line.seq)]


@pytest.mark.parametrize("which", ["first", "middle", "last", "all"])
def test_a_removed_line_is_found(lines, which):
    chain = f"gu-{lines.gus['서대문구'].pk}"
    rows = Entry.objects.filter(chain=chain).order_by("seq")
    count = rows.count()
    assert count >= 3
    place = {"first": 1, "middle": 2, "last": count}.get(which)
    (rows.filter(seq=place) if place else rows).delete()
    found = list(broken_links())
    assert found and {broken.chain for broken in found} == {chain}


def test_an_inserted_line_is_found_even_with_its_own_hash_made_right(lines):
    chain = f"gu-{lines.gus['서대문구'].pk}"
    last = Entry.objects.filter(chain=chain).order_by("seq").last()
    forged = Entry.objects.get(pk=last.pk)
    forged.pk, forged.seq, forged.prev, forged.why = None, last.seq + 1, last.hash, "꾸민 까닭"
    forged.hash = digest(forged)
    forged.save(force_insert=True)
    assert [broken.chain for broken in broken_links()] == [chain]


def test_a_rewritten_tail_is_found_by_the_head(lines):
    """Whoever rewrites the last line and its hash still has to rewrite the head."""
    chain = f"gu-{lines.gus['서대문구'].pk}"
    last = Entry.objects.filter(chain=chain).order_by("seq").last()
    last.why = "꾸민 까닭"
    last.hash = digest(last)
    last.save()
    assert [broken.chain for broken in broken_links()] == [chain]


def test_a_removed_head_is_found(lines):
    chain = f"gu-{lines.gus['서대문구'].pk}"
    ChainHead.objects.filter(chain=chain).delete()
    assert [broken.chain for broken in broken_links()] == [chain]


def test_a_read_holds_the_five_items_to_the_second(lines, who):
    planner = who("planner")
    at = lines.now.replace(second=42)
    kim = lines.households["kim"]
    record_read("household.read", by=planner, at=at, household_id=kim.pk, dong_id=kim.dong_id, why="방문 준비")
    line = Entry.objects.order_by("id").last()
    assert (line.account, line.at, line.address, line.household, line.event) == (
        planner.account_id, at, "10.1.2.3", kim.pk, "household.read",
    )  # fmt: skip
    assert line.role == "복지플래너" and line.actor == planner.name and line.why == "방문 준비"


@pytest.mark.postgresql
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="the tests' SQLite is one connection in memory: no two write at once"
)
@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_unbroken_chain():
    """Forty lines from four threads: nobody's is lost and no number is given twice."""

    def write(n: int) -> None:
        try:
            record_read("test.read", by=BY, at=NOW, count=n)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(40)))
    assert sorted(Entry.objects.values_list("count", flat=True)) == list(range(40))
    assert sorted(Entry.objects.values_list("seq", flat=True)) == list(range(1, 41))
    assert not list(broken_links())


def test_no_name_phone_or_address_gets_into_the_log(world, who):
    """A day of work: whatever is done, what was typed about people stays out of the log."""
    planted = "남궁비밀누리", "010-8642-1357", "비밀골목길 99", "누설금지", "홍비밀"
    planner, lead, nurse = who("planner"), who("team_lead"), who("nurse")
    own, at = world.dongs["own"].pk, world.now
    row = actions.register_household(
        by=planner, dong_id=own, at=at, road_address=f"서대문구 {planted[2]}", address_detail="누설금지 101호", phone=planted[1],
        staff_note="누설금지 개 조심", residents=[actions.NewResident(planted[0], phone=planted[1])],
    )  # fmt: skip
    one = row.residents.get()
    actions.add_resident(by=planner, household_id=row.pk, new=actions.NewResident("홍비밀"), at=at)
    actions.change_resident(by=planner, resident_id=one.pk, at=at, phone="010-8642-1358", name="남궁비밀누리")
    row.refresh_from_db()
    actions.change_household(
        by=planner, household_id=row.pk, version=row.version, at=at, staff_note="누설금지", road_address="비밀골목길 99"
    )
    actions.note_circumstance(by=nurse, household_id=row.pk, kind="isolated", since=world.today, at=at, source="누설금지")
    consent = actions.give_consent(
        by=nurse, household_id=row.pk, kind="collect", text_version="1", way="구두", at=at, witness="홍비밀"
    )
    actions.withdraw_consent(by=nurse, consent_id=consent.pk, at=at)
    for text in (planted[0], planted[1], planted[2], "비밀누리", "ㄴㄱㅂㅁ", "1357"):
        queries.search(by=planner, text=text, at=at)
    queries.access_household(by=planner, household_id=row.pk, at=at)
    actions.break_glass(by=who("planner", "other_gu"), household_id=row.pk, reason="경찰 안부 확인 요청", at=at, tell=tell)
    queries.access_household(by=who("planner", "other_gu"), household_id=row.pk, at=at)
    actions.note_move(by=planner, resident_id=one.pk, moved_on=world.today, at=at)
    actions.note_death(by=planner, resident_id=one.pk, died_on=world.today, at=at)
    actions.hide_address(by=lead, household_id=row.pk, hidden=True, why="본인 요청", at=at)
    actions.merge_rows(by=lead, keep_id=world.households["kim"].pk, drop_id=row.pk, at=at)
    actions.settle(by=lead, household_id=world.households["kim"].pk, dong_id=world.dongs["other_dong"].pk, at=at)
    log = " ".join(str(line) for line in Entry.objects.values_list())
    assert "household.merge" in log
    for piece in (*planted, "비밀누리", "86421357", "8642", "비밀골목길"):
        assert piece not in log
