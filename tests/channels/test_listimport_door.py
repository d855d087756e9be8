"""From a file to reports through the upload's own door: every row ends as a report or on the error sheet; counts reconcile."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.channels.sheets import HEADER, text, workbook
from tests.world import account

from chatdong.channels.listimport import grid
from chatdong.jobs.load_list import load_batch
from chatdong.safetynet.discovery.models import DiscoveryList, ListRow, Report

pytestmark = pytest.mark.django_db
ROWS = [
    [1, "천연동", "홍길순", date(1956, 3, 12), 1012345678, "서울 서대문구 독립문로 1", "단전"],
    [2, "홍제1동", "김영희", 19490105, "010-1111-2222", "서울 서대문구 통일로 2", "건강보험료 체납"],
    [3, "천연동", None, None, None, None, "누구인지 모름"],
]


def send(client, content: bytes, name: str = "명단.xlsx", **fields):
    file = SimpleUploadedFile(name, content)
    return client.post("/channels/lists/", {"file": file, "pathway": "big_data", "round_name": "2026년 3차", **fields})


def load(client, row: DiscoveryList) -> DiscoveryList:
    client.post(f"/staff/lists/{row.pk}/load/")
    for _ in range(1000):
        if DiscoveryList.objects.get(pk=row.pk).state == "loaded":
            return DiscoveryList.objects.get(pk=row.pk)
        load_batch.func(str(row.pk))
    raise AssertionError("never loaded")


def newest() -> DiscoveryList:
    return DiscoveryList.objects.order_by("-uploaded_at").first()


@pytest.fixture
def officer(client, world):
    client.force_login(account(world, "gu_officer"))
    return client


def reconciled(row: DiscoveryList) -> dict[str, int]:
    states = {state: row.rows.filter(state=state).count() for state in ("reported", "same", "faulty")}
    assert sum(states.values()) == row.total == row.done
    assert {state: row.counts.get(state, 0) for state in states} == states
    assert not row.rows.filter(state="reported", report=None).exists()
    assert not row.rows.filter(state="faulty", sentence="").exists()
    return states


def test_an_uploaded_list_is_kept_and_nothing_is_reported_yet(officer, world):
    answer = send(officer, workbook(("명단", [HEADER, *ROWS])))
    row = newest()
    assert answer["Location"] == f"/staff/lists/{row.pk}/"
    assert (row.total, row.state, row.gu_id, row.dong_id) == (3, "uploaded", world.gus["서대문구"].pk, None)
    assert row.uploaded_by == account(world, "gu_officer")
    assert Report.objects.count() == 0


def test_each_row_ends_as_a_report_or_on_the_error_sheet_and_again_changes_nothing(officer, world):
    content = workbook(("명단", [HEADER, *ROWS]))
    send(officer, content)
    assert reconciled(load(officer, newest())) == {"reported": 2, "same": 0, "faulty": 1}
    by_dong = dict(Report.objects.values_list("subject_name", "dong__name"))
    assert by_dong == {"홍길순": "천연동", "김영희": "홍제1동"}
    send(officer, content)
    assert reconciled(load(officer, newest())) == {"reported": 0, "same": 2, "faulty": 1}
    # the same people as text, with other cell types and another order of columns
    moved = [["연락처", "성명", "생년월일", "주소", "행정동", "발굴사유"],
             ["010-1234-5678", "홍길순", "1956.03.12", "서울 서대문구 독립문로 1", "천연동", "단전"]]  # fmt: skip
    send(officer, text(moved, "cp949", "\t"), "명단.txt")
    assert reconciled(load(officer, newest())) == {"reported": 0, "same": 1, "faulty": 0}
    assert Report.objects.count() == 2


def test_a_worker_of_a_dong_loads_into_the_own_dong(client, world):
    client.force_login(account(world, "planner"))
    rows = [["성명", "주소"], ["홍길순", "독립문로 1"]]
    send(client, text(rows), "우리 동.csv")
    assert newest().dong_id == world.dongs["own"].pk
    refused = send(client, text(rows), "남의 동.csv", dong=str(world.dongs["other_dong"].pk))
    assert refused["Location"] == "/staff/lists/"
    assert "고를 수 없는 동입니다" in client.get("/staff/lists/").content.decode()
    assert DiscoveryList.objects.count() == 1


@pytest.mark.parametrize("role", ["nurse", "area_officer", "auditor", "administrator"])
def test_without_the_right_nothing_is_taken(client, world, role):
    client.force_login(account(world, role))
    assert send(client, text([["성명"], ["홍길순"]])).status_code == 403
    assert DiscoveryList.objects.count() == 0


def test_nobody_else_comes_in(client, world):
    assert send(client, text([["성명"], ["홍길순"]]))["Location"].startswith("/login/")
    client.force_login(account(world, "planner"))
    assert client.get("/channels/lists/").status_code == 405


def test_what_was_typed_comes_back_with_the_sentence_once(officer, world):
    send(officer, b"%PDF-1.7", "명단.pdf", round_name="2026년 특별")
    page = officer.get("/staff/lists/")
    assert page.status_code == 422
    assert "표가 아닌 파일입니다" in page.content.decode() and "2026년 특별" in page.content.decode()
    assert officer.get("/staff/lists/").status_code == 200


def test_no_file_and_a_file_beyond_the_limit(officer, world, monkeypatch):
    officer.post("/channels/lists/", {"pathway": "big_data"})
    assert "올릴 파일을 골라 주세요" in officer.get("/staff/lists/").content.decode()
    monkeypatch.setattr("chatdong.channels.listimport.kinds.MOST_BYTES", 10)
    send(officer, text([["성명"], ["홍길순"]]))
    assert "너무 큽니다" in officer.get("/staff/lists/").content.decode()


def test_a_file_beyond_what_the_server_reads_at_all(officer, world, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    content = text([["성명"], *[["홍길순"]] * 100])
    from chatdong.channels.listimport import door

    before, door.MOST_BYTES = door.MOST_BYTES, 1000
    try:
        send(officer, content)
    finally:
        door.MOST_BYTES = before
    assert "파일이 너무 큽니다" in officer.get("/staff/lists/").content.decode()
    assert grid.MOST_BYTES == 20 * 1024 * 1024


CELLS = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.sampled_from(
        ["홍길순", "김**", "미상", "010-1234-5678", "1012345678", "560312", "1956.3.12", "3/4/1956", "독립문로 1", "합계", "=1+1"]
    ),
    st.integers(0, 10**11),
    st.dates(date(1900, 3, 1), date(2026, 1, 1)),
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(st.lists(CELLS, min_size=7, max_size=7), min_size=1, max_size=12))
def test_whatever_the_cells_hold_every_row_ends_somewhere(officer, world, rows):
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    clean = [[ILLEGAL_CHARACTERS_RE.sub("", cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    before = DiscoveryList.objects.count()
    answer = send(officer, workbook(("명단", [HEADER, *clean])))
    if answer["Location"] == "/staff/lists/":  # nothing but empty lines, totals or headers
        assert officer.get("/staff/lists/").status_code == 422
        return
    assert DiscoveryList.objects.count() == before + 1
    assert officer.get(answer["Location"]).status_code == 200
    reconciled(load(officer, newest()))
    assert officer.get(answer["Location"]).status_code == 200


def many(count: int) -> bytes:
    """A list of `count` people, none twice."""
    rows = [
        [number, "천연동", f"홍길{chr(0xAC00 + number % 5000)}", f"19{number % 60 + 30:02d}-0{number % 9 + 1}-1{number % 10}",
         f"010-{number // 10:04d}-{number:04d}", f"서울 서대문구 독립문로 {number}", "단전"]
        for number in range(1, count + 1)
    ]  # fmt: skip
    return workbook(("명단", [HEADER, *rows]))


@pytest.mark.slow
def test_ten_thousand_rows_are_read_previewed_and_loaded_bit_by_bit(officer, world):
    send(officer, many(10_000))
    row = newest()
    preview = officer.get(f"/staff/lists/{row.pk}/").content.decode()
    assert "10,000줄 넣기" in preview
    officer.post(f"/staff/lists/{row.pk}/load/")
    for done in (200, 400):
        load_batch.func(str(row.pk))
        progress = officer.get(f"/staff/lists/{row.pk}/progress/").json()
        assert (progress["done"], progress["total"], progress["state"]) == (done, 10_000, "running")
    assert Report.objects.count() == 400
    assert ListRow.objects.filter(list=row, state="waiting").count() == 9_600


def test_a_loading_that_dies_in_the_middle_loses_and_doubles_nothing(officer, world, monkeypatch):
    from chatdong.safetynet.discovery.actions import lists

    send(officer, many(300))
    row = newest()
    officer.post(f"/staff/lists/{row.pk}/load/")
    load_batch.func(str(row.pk))
    whole, seen = lists.submit_report, []

    def dies(**asked):
        seen.append(asked["key"])
        if len(seen) == 40:
            raise MemoryError
        return whole(**asked)

    monkeypatch.setattr(lists, "submit_report", dies)
    with pytest.raises(MemoryError):
        load_batch.func(str(row.pk))
    monkeypatch.setattr(lists, "submit_report", whole)
    assert Report.objects.count() == 200  # the batch that died left nothing behind
    assert reconciled(load(officer, newest())) == {"reported": 300, "same": 0, "faulty": 0}
    assert Report.objects.count() == 300
