"""The public catalogs: taken over once, changed where they changed, gone where they are gone, and found by words."""

from datetime import date, timedelta
from time import perf_counter

import pytest
from tests.world import BY, actor

from chatdong.kernel.errors import Forbidden, Invalid
from chatdong.policy.models import Entry as LogLine
from chatdong.safetynet.benefits.actions import load_entries
from chatdong.safetynet.benefits.models import Entry
from chatdong.safetynet.benefits.publiclist import EntryRow
from chatdong.safetynet.benefits.queries import counts_of_entries, entries_like


def row(serv_id, name="", place="목록.xml 1번째 서비스", weak=(), **told):
    return EntryRow(serv_id, {**({"name": name} if name else {}), **told}, place, frozenset(weak))


ROWS = (
    row("WLF1", "월세 지원", summary="밀린 월세를 돕습니다", life_stages="청년", area="서울특별시 서대문구"),
    row("WLF2", "도시락 배달", summary="밥을 못 챙기는 어르신", life_stages="노년", area="부산광역시 중구"),
    row("WLF3", "기초연금", summary="어르신 생활비", life_stages="노년", changed_on=date(2026, 2, 1)),
)


def load(world, rows=ROWS, source="local", days=0, **rest):
    return load_entries(by=BY, rows=rows, source=source, at=world.now + timedelta(days=days), **rest)


def test_the_same_rows_again_change_nothing(world):
    done = load(world)
    assert (done.added, done.changed, done.same, done.gone) == (3, 0, 0, 0)
    before = list(Entry.objects.order_by("pk").values())
    again = load(world, days=1, complete=True)
    assert (again.added, again.changed, again.same, again.gone) == (0, 0, 3, 0)
    assert list(Entry.objects.order_by("pk").values()) == before
    line = LogLine.objects.filter(event="entry.load").latest("pk")
    assert line.count == 3 and line.details["added"] == 0


def test_what_differs_is_changed_and_what_a_file_does_not_say_stays(world):
    load(world)
    done = load(world, [row("WLF1", "월세 도움")], days=1)
    entry = Entry.objects.get(serv_id="WLF1")
    assert (done.changed, entry.name, entry.summary) == (1, "월세 도움", "밀린 월세를 돕습니다")
    assert entry.imported_at == world.now + timedelta(days=1)


def test_list_and_detail_fill_each_other_up_in_either_order(world):
    short, full = row("W", "이름", apply="방문", weak=("apply",)), row("W", gives="월 10만원", apply="동주민센터에 신청합니다")
    for number, rows in enumerate(([short, full], [full, short])):
        load(world, [row(f"W{number}", one.told.get("name", ""), weak=one.weak, **_rest(one)) for one in rows])
        entry = Entry.objects.get(serv_id=f"W{number}")
        assert (entry.name, entry.gives, entry.apply) == ("이름", "월 10만원", "동주민센터에 신청합니다")
    assert load(world, [row("W1", "이름", apply="방문", weak=("apply",))]).same == 1


def _rest(one):
    return {key: value for key, value in one.told.items() if key != "name"}


def test_only_a_whole_catalog_makes_entries_go_and_they_come_back(world):
    load(world)
    assert load(world, ROWS[:1]).gone == 0
    assert load(world, ROWS[:1], complete=True).gone == 2
    assert not entries_like("기초연금")
    assert load(world, ROWS, days=1, complete=True).changed == 2
    assert entries_like("기초연금")[0].serv_id == "WLF3"
    with pytest.raises(Invalid):
        load(world, [], complete=True)
    # another catalog's entries are none of its business
    assert load(world, [row("WLF9", "중앙")], source="central", complete=True).gone == 0


def test_a_row_without_a_name_is_told_and_stops_nobody(world):
    done = load(world, [row("X1", place="목록.xml 7번째 서비스"), ROWS[0]])
    assert done.added == 1 and "목록.xml 7번째 서비스" in done.problems[0]


def test_only_who_may_write_the_directory_brings_them_in(world):
    with pytest.raises(Forbidden):
        load_entries(by=actor(world, "planner"), rows=ROWS, source="local", at=world.now)
    with pytest.raises(Invalid):
        load(world, source="elsewhere")
    assert load_entries(by=actor(world, "gu_officer"), rows=ROWS, source="local", at=world.now).added == 3


def test_words_find_entries_of_the_area_and_stage(world):
    load(world)
    first = entries_like("월세가 밀려서 걱정이에요")[0]
    assert (first.name, first.source_label, first.owner) == ("월세 지원", "지자체복지서비스", "서울특별시 서대문구")
    assert first.said_on == world.today and not first.is_own_date
    assert {one.name for one in entries_like("어르신")} == {"도시락 배달", "기초연금"}
    assert [one.name for one in entries_like("어르신", area="서울특별시 서대문구")] == ["기초연금"]
    assert [one.name for one in entries_like("월세", life_stage="노년")] == []
    assert entries_like("기초연금")[0].said_on == date(2026, 2, 1)
    assert entries_like("") == () and entries_like("ㅋㅋ") == () and entries_like("월세", 0) == ()


def test_nothing_is_found_where_nothing_is(world):
    assert entries_like("월세") == ()
    assert counts_of_entries() == {"central": (0, 0, None), "local": (0, 0, None)}


@pytest.mark.slow
def test_five_thousand_entries_are_searched_in_fifty_milliseconds(world):
    words = [
        "월세",
        "도시락",
        "병원",
        "아이",
        "어르신",
        "장애인",
        "상담",
        "주거",
        "교육",
        "일자리",
        "연금",
        "출산",
        "돌봄",
        "난방",
        "급식",
        "의료비",
        "학비",
        "청년",
        "임산부",
        "보육",
    ]
    rows = [
        row(
            f"F{number}",
            f"{words[number % 20]} {words[number // 20 % 20]} 지원 {number}",
            summary=" ".join(words[: number % 20]) * 3,
        )
        for number in range(5000)
    ]
    load(world, rows)
    entries_like("월세")
    took = []
    for number in range(100):
        begun = perf_counter()
        assert entries_like(f"{words[number % 20]} 때문에 {words[(number + 7) % 20]}이 걱정돼요", 10)
        took.append(perf_counter() - begun)
    assert sorted(took)[98] < 0.05
