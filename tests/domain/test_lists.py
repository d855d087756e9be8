"""Discovery lists: every row a report or a sentence, the same file twice changes nothing, and the counts add up."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.world import BY, World

from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chatdong.policy.record import broken_links
from chatdong.safetynet.discovery.actions import (
    anonymize_reports,
    clear_lists,
    close_report,
    discard_list,
    finish_list,
    load_rows,
    map_columns,
    save_mapping,
    start_list,
    submit_report,
    upload_list,
)
from chatdong.safetynet.discovery.models import DiscoveryList, Lead, ListRow, Report
from chatdong.safetynet.discovery.queries import (
    header_of,
    list_card,
    list_rows,
    lists_of,
    mapping_for,
    proof,
    read_row,
    waiting_numbers,
)
from chatdong.safetynet.discovery.states import Subject

COLUMNS = ("성명", "생년월일", "전화", "주소", "사유")
MAPPING = {"name": "성명", "birth": "생년월일", "phone": "전화", "address": "주소", "reason": "사유"}
ROWS = [
    (2, ("김영숙", "1941.3.1", 1023456789, "서대문구 독립문로8길 13-2 지하 101호", "전기요금 체납")),
    (3, ("허막내", "560312", "010-7777-1212", "서대문구 천연동 산 1-5", "건강보험료 체납")),
    (4, ("", "", "", "", "")),
    (5, ("", "1970", "", "", "이름도 주소도 없음")),
    (6, ("허막내", "1956-03-12", "01077771212", "서대문구 천연동 산 1-5", "건강보험료 체납")),
]


def upload(world: World, who, rows=ROWS, by=None, **rest) -> DiscoveryList:
    rest.setdefault("digest", "d1")
    rest.setdefault("dong_id", world.dongs["own"].pk)
    return upload_list(
        by=by or who("planner"), gu_id=world.gus["서대문구"].pk, name="3월.xlsx", size=100, columns=COLUMNS, mapping=MAPPING,
        problems=(), rows=rows, at=rest.pop("at", world.now), **rest,
    )  # fmt: skip


def load(world: World, who, row: DiscoveryList, by=None) -> DiscoveryList:
    by = by or who("planner")
    start_list(by=by, list_id=row.pk, at=world.now)
    while numbers := waiting_numbers(row.pk, 2):
        load_rows(by=by, list_id=row.pk, numbers=numbers, at=world.now)
    return finish_list(by=by, list_id=row.pk, at=world.now)


def states(row: DiscoveryList) -> list[str]:
    return list(row.rows.order_by("number").values_list("state", flat=True))


def test_every_row_ends_as_a_report_or_with_a_sentence(world, who):
    row = load(world, who, upload(world, who))
    assert states(row) == ["reported", "reported", "faulty", "faulty", "same"]
    assert row.counts == {"reported": 2, "faulty": 2, "same": 1}
    assert (row.total, row.done, row.state) == (5, 5, "loaded")
    assert ListRow.objects.get(number=4).sentence == "빈 줄입니다."
    assert Report.objects.count() == Lead.objects.count() == 2
    kim = Report.objects.get(subject_name="김영숙")
    assert (kim.match, kim.household_id, kim.subject_phone) == ("sure", world.households["kim"].pk, "01023456789")
    assert kim.pathway == "big_data" and kim.details["row"] == 2
    assert proof(at=world.now) == []


def test_the_same_file_again_changes_nothing_even_a_month_later(world, who):
    load(world, who, upload(world, who))
    again = load(world, who, upload(world, who, at=world.now + timedelta(days=40)))
    assert states(again) == ["same", "same", "faulty", "faulty", "same"]
    assert Report.objects.count() == 2
    assert any("전에 올린" in problem for problem in again.problems)


def test_the_next_round_is_a_new_report_on_the_same_lead(world, who):
    load(world, who, upload(world, who, round_name="3차"))
    load(world, who, upload(world, who, digest="d2", round_name="4차"))
    assert Report.objects.count() == 4
    assert Lead.objects.count() == 2


def test_a_row_that_breaks_stops_neither_its_batch_nor_itself(world, who, monkeypatch):
    from chatdong.safetynet.discovery.actions import lists

    real = lists.submit_report

    def breaks(**rest):
        report = real(**rest)
        if rest["subject"].name == "김영숙":
            raise Conflict("잠시 안 됩니다.")
        return report

    monkeypatch.setattr(lists, "submit_report", breaks)
    row = load(world, who, upload(world, who))
    assert states(row) == ["faulty", "reported", "faulty", "faulty", "same"]
    assert ListRow.objects.get(number=2).sentence == "잠시 안 됩니다."
    assert not Report.objects.filter(subject_name="김영숙").exists()
    assert proof(at=world.now) == []


def test_a_batch_that_breaks_is_done_again_from_where_it_stood(world, who, monkeypatch):
    from chatdong.safetynet.discovery.actions import lists

    row = upload(world, who)
    by = who("planner")
    start_list(by=by, list_id=row.pk, at=world.now)
    load_rows(by=by, list_id=row.pk, numbers=[2], at=world.now)
    monkeypatch.setattr(lists, "record", _breaks)
    with pytest.raises(RuntimeError):
        load_rows(by=by, list_id=row.pk, numbers=[3, 4], at=world.now)
    monkeypatch.undo()
    row.refresh_from_db()
    assert row.done == 1 and states(row).count("waiting") == 4
    assert load_rows(by=by, list_id=row.pk, numbers=[2, 3, 4], at=world.now) == 2
    row.refresh_from_db()
    assert row.done == 3
    assert proof(at=world.now) == []


def _breaks(*_args, **_rest):
    raise RuntimeError("no power")


def test_a_list_cannot_be_finished_while_rows_wait(world, who):
    row = upload(world, who)
    start_list(by=who("planner"), list_id=row.pk, at=world.now)
    with pytest.raises(Conflict):
        finish_list(by=who("planner"), list_id=row.pk, at=world.now)
    with pytest.raises(Conflict):
        map_columns(by=who("planner"), list_id=row.pk, mapping=MAPPING, at=world.now)
    with pytest.raises(Conflict):
        discard_list(by=who("planner"), list_id=row.pk, at=world.now)


def test_a_mapping_must_name_a_person_and_no_column_twice(world, who):
    row = upload(world, who)
    for mapping in ({"birth": "생년월일"}, {"name": "성명", "address": "성명"}):
        with pytest.raises(Invalid) as refused:
            map_columns(by=who("planner"), list_id=row.pk, mapping=mapping, at=world.now)
        assert refused.value.field == "mapping"
    assert map_columns(by=who("planner"), list_id=row.pk, mapping={"name": "성명", "nonsense": "사유"}, at=world.now).mapping == {
        "name": "성명"
    }


def test_a_mapping_is_remembered_by_its_header(world, who):
    gu_id, header = world.gus["서대문구"].pk, header_of(COLUMNS)
    assert mapping_for(header, gu_id=gu_id) is None
    save_mapping(by=who("planner"), gu_id=gu_id, name="행복e음", header=header, mapping=MAPPING, at=world.now)
    assert mapping_for(header, gu_id=gu_id) == MAPPING
    assert mapping_for(header_of(("성명 ", *COLUMNS[1:])), gu_id=gu_id) == MAPPING
    assert mapping_for(header_of(COLUMNS[::-1]), gu_id=gu_id) is None
    with pytest.raises(Forbidden):
        save_mapping(by=who("planner"), gu_id=world.gus["마포구"].pk, name="남의 구", header="h", mapping=MAPPING, at=world.now)


def test_who_may_load_and_see_a_list(world, who):
    with pytest.raises(Forbidden):
        upload(world, who, by=who("nurse"))
    with pytest.raises(Forbidden):
        upload(world, who, by=who("planner", "other_dong"))
    with pytest.raises(Forbidden):
        upload(world, who, dong_id=None)
    whole = upload(world, who, by=who("gu_officer"), dong_id=None, digest="gu")
    own = upload(world, who)
    assert [card.id for card in lists_of(by=who("planner"))] == [own.pk]
    assert {card.id for card in lists_of(by=who("gu_officer"))} == {own.pk, whole.pk}
    assert lists_of(by=who("gu_officer", "other_gu")) == []
    with pytest.raises(NotFound):
        list_card(by=who("planner", "other_dong"), list_id=own.pk)
    with pytest.raises(NotFound):
        list_card(by=who("planner"), list_id=uuid4())
    with pytest.raises(Forbidden):
        start_list(by=who("planner", "other_dong"), list_id=own.pk, at=world.now)


def test_a_list_of_the_whole_gu_goes_to_the_dong_of_each_address(world, who):
    rows = [(2, ("허막내", "", "", "서대문구 홍제1동 어디", "")), (3, ("나막내", "", "", "서대문구 천연동 어디", ""))]
    load(world, who, upload(world, who, rows=rows, by=who("gu_officer"), dong_id=None), by=who("gu_officer"))
    assert {report.subject_name: report.dong_id for report in Report.objects.all()} == {
        "허막내": world.dongs["other_dong"].pk, "나막내": world.dongs["own"].pk,
    }  # fmt: skip


def test_progress_and_rows_for_the_screen(world, who):
    row = load(world, who, upload(world, who))
    card = list_card(by=who("planner"), list_id=row.pk)
    assert (card.percent, card.counts) == (100, {"reported": 2, "same": 1, "faulty": 2})
    faulty = list_rows(by=who("planner"), list_id=row.pk, at=world.now, state="faulty").rows
    assert [one.number for one in faulty] == [4, 5]
    assert all(one.sentence for one in faulty)


def test_a_thrown_away_list_leaves_no_rows(world, who):
    row = upload(world, who)
    discard_list(by=who("planner"), list_id=row.pk, at=world.now)
    assert not ListRow.objects.exists()
    with pytest.raises(Conflict):
        start_list(by=who("planner"), list_id=row.pk, at=world.now)
    assert proof(at=world.now) == []


@pytest.mark.parametrize(("cells", "expected"), [
    (("남궁 옥분 할머니", 19410301.0, 1023456789.0, "천연동", ""), ("남궁옥분", "1941-03-01", "01023456789")),
    (("홍길동", "3/4/1956", "없음", "", ""), ("홍길동", "None", "")),
])  # fmt: skip
def test_cells_are_read_as_people_write_them(world, cells, expected):
    reading = read_row(cells, MAPPING, COLUMNS, world.today)
    assert (reading.subject.name, str(reading.subject.birth), reading.subject.phone) == expected
    assert reading.fault == ""
    assert read_row(dict(zip(COLUMNS, cells, strict=True)), MAPPING, COLUMNS, world.today) == reading


def test_what_was_kept_long_enough_goes(world, who):
    load(world, who, upload(world, who))
    somebody = Subject(name="허막내")
    report = submit_report(by=who("resident"), key="k1", pathway="neighbor", at=world.now, subject=somebody, text="옆집")
    close_report(by=who("planner"), report_id=report.pk, closure="prank", at=world.now)
    gu_id = world.gus["서대문구"].pk
    assert anonymize_reports(by=BY, gu_id=gu_id, at=world.now + timedelta(days=364)) == 0
    assert clear_lists(by=BY, gu_id=gu_id, at=world.now + timedelta(days=179)) == 0
    late = world.now + timedelta(days=366)
    assert anonymize_reports(by=BY, gu_id=gu_id, at=late) == 1
    assert anonymize_reports(by=BY, gu_id=gu_id, at=late) == 0
    assert clear_lists(by=BY, gu_id=gu_id, at=late) == 5
    report.refresh_from_db()
    assert (report.subject_name, report.text, report.details, report.closure) == ("", "", {}, "prank")
    assert not report.candidates.exists()
    assert Report.objects.exclude(subject_name="").count() == 2
    assert not [orphan for orphan in proof(at=world.now) if orphan.kind.startswith("list")]
    with pytest.raises(Forbidden):
        anonymize_reports(by=who("gu_officer"), gu_id=gu_id, at=late)
    assert list(broken_links()) == []
