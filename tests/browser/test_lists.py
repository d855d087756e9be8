"""A district loads its list, with all its dirt, in a real browser; every row ends as a report or on the error sheet."""

import io
import re
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from tests.channels.sheets import HEADER, text, workbook
from tests.world import account

from chatdong.ground.accounts.queries import actor_of
from chatdong.jobs.load_list import load_batch
from chatdong.kernel import clock
from chatdong.safetynet.discovery.models import DiscoveryList, ListRow, Report

DIRTY = [
    ["2026년 3차 복지사각지대 발굴명단"],
    [],
    HEADER,
    [1, "천연동", "홍길순", date(1956, 3, 12), 1012345678, "서울 서대문구 독립문로 1", "단전"],
    [2, None, "김영희", 19490105, "010-1111-2222", "서울 서대문구 독립문로 2 반지하", "건강보험료 체납"],
    [3, "홍제1동", "박철수", None, None, "서울 서대문구 통일로 3", "월세 체납"],
    [4, "홍제1동", "이순자", "1951.2.3", "02-312-3456", "", "단수"],
    [5, "천연동", "홍길순", "560312", "010-1234-5678", "서울 서대문구 독립문로 1", "단전"],
    [6, "천연동", None, None, None, None, "이름을 모름"],
    [7, "천연동", '="최"&"민수"', None, 1033334444, "서울 서대문구 독립문로 7", "가스 끊김"],
]


@pytest.fixture
def dirty(tmp_path) -> Path:
    path = tmp_path / "3차 명단.xlsx"
    path.write_bytes(workbook(("명단", DIRTY), merged=["A1:G1", "B4:B5"], hidden_rows=[8]))
    return path


def upload(page: Page, path: Path) -> None:
    page.get_by_label("파일").set_input_files(path)
    page.get_by_role("button", name="올리기", exact=True).click()


def run_the_job(list_id: UUID) -> None:
    """What the job's worker does: batch after batch until the list is loaded."""
    for _ in range(100):
        if DiscoveryList.objects.get(pk=list_id).state != "loading":
            return
        load_batch.func(str(list_id))
    raise AssertionError("the list is never loaded")


def the_list() -> DiscoveryList:
    return DiscoveryList.objects.order_by("-uploaded_at").first()


def test_a_dirty_list_is_uploaded_previewed_loaded_and_its_errors_mended(page: Page, world, log_in, dirty, every_look, tmp_path):
    log_in("gu_officer")
    page.goto("/staff/lists/")
    every_look(page, "lists-empty")
    upload(page, dirty)
    expect(page.get_by_role("heading", level=1)).to_have_text("3차 명단.xlsx")
    expect(page.get_by_text("합쳐진 칸")).to_be_visible()
    expect(page.get_by_text("수식만 있고")).to_be_visible()
    assert Report.objects.count() == 0
    every_look(page, "lists-preview")
    page.get_by_role("link", name=re.compile("^오류")).click()
    expect(page.get_by_text("누구인지 알 수 없습니다")).to_be_visible()

    page.get_by_role("button", name="7줄 넣기").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("명단을 넣고 있습니다")
    every_look(page, "lists-loading")
    run_the_job(the_list().pk)
    expect(page.get_by_text("파일의 7줄 = 접수 5 + 이미 있음 1 + 오류 1")).to_be_visible(timeout=15_000)
    every_look(page, "lists-result")
    assert Report.objects.count() == 5
    assert ListRow.objects.filter(state="waiting").count() == 0

    with page.expect_download() as download:
        page.get_by_role("button", name="오류 줄 1개 내려받기").click()
    sheet = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active
    rows = list(sheet.values)
    assert rows[0][: len(HEADER)] == tuple(HEADER)
    assert rows[1][-2] == 9 and "누구인지 알 수 없습니다" in rows[1][-1]

    page.goto("/staff/lists/")
    upload(page, dirty)  # the same file again changes nothing
    page.get_by_role("button", name="7줄 넣기").click()
    run_the_job(the_list().pk)
    page.reload()
    expect(page.get_by_text("파일의 7줄 = 접수 0 + 이미 있음 6 + 오류 1")).to_be_visible()
    assert Report.objects.count() == 5
    page.goto("/staff/lists/")
    every_look(page, "lists-full")


def test_swapped_columns_in_cp949_are_matched_by_hand_and_remembered(page: Page, world, log_in, tmp_path):
    log_in("planner")
    path = tmp_path / "다른칸.csv"
    path.write_bytes(
        text(
            [["가", "나", "다"], ["010-5555-6666", "독립문로 9", "정미숙"], ["010-7777-8888", "독립문로 10", "오세훈씨"]], "cp949"
        )
    )
    page.goto("/staff/lists/")
    upload(page, path)
    expect(page.get_by_text("칸 이름을 알아보지 못했습니다")).to_be_visible()
    page.get_by_role("button", name="2줄 넣기").click()
    expect(page.get_by_role("alert")).to_contain_text("하나는 어느 칸인지 알려 주세요")
    page.get_by_label("이름", exact=True).select_option(label="다")
    page.get_by_label("전화번호").select_option(label="가")
    page.get_by_label("주소", exact=True).select_option(label="나")
    page.get_by_label("머리글이 같은 파일은").check()
    page.get_by_role("button", name="칸 맞춤 저장").click()
    expect(page.get_by_text("정*숙")).to_be_visible()
    page.get_by_text("명단 버리기").click()
    page.get_by_role("button", name="버리기", exact=True).click()
    expect(page.get_by_text("올린 명단을 버렸습니다")).to_be_visible()
    assert ListRow.objects.count() == 0

    upload(page, path)
    expect(page.get_by_text("정*숙")).to_be_visible()


def test_files_that_cannot_be_read_are_refused_in_words_and_the_chosen_file_stays(
    page: Page, world, log_in, tmp_path, every_look
):
    log_in("planner")
    page.goto("/staff/lists/")
    old = tmp_path / "옛날.xls"
    old.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    page.get_by_label("차수").fill("2026년 3차")
    upload(page, old)
    expect(page.get_by_role("alert")).to_contain_text("옛 엑셀 형식")
    expect(page.get_by_label("차수")).to_have_value("2026년 3차")
    every_look(page, "lists-refused")

    two = tmp_path / "두 시트.xlsx"
    rows = [HEADER, [1, "천연동", "홍길순", "560312", "01012345678", "독립문로 1", "단전"]]
    two.write_bytes(workbook(("1월", rows), ("2월", rows)))
    upload(page, two)
    expect(page.get_by_role("alert")).to_contain_text("시트가 2개 있습니다")
    every_look(page, "lists-sheets")
    page.get_by_role("radio", name="2월").check()
    page.get_by_role("button", name="올리기", exact=True).click()  # without choosing the file again
    expect(page.get_by_role("heading", level=1)).to_have_text("두 시트.xlsx · 2월")


def test_a_worker_writes_down_a_call(page: Page, world, log_in, every_look):
    log_in("planner")
    page.goto("/staff/reports/new/")
    every_look(page, "take-empty")
    page.get_by_role("button", name="접수").click()
    expect(page.get_by_role("alert")).to_contain_text("무엇이 걱정되는지 적어 주세요")
    page.get_by_label("걱정되는 점").fill("며칠째 안 보이고 우편물이 쌓여 있다고 함")
    page.locator("#id_reporter_name").fill("박이웃")
    page.get_by_role("button", name="접수").click()
    expect(page.get_by_role("alert")).to_contain_text("동의가 필요합니다")
    every_look(page, "take-error")
    page.get_by_label("연락처를 적는 데 동의를 받았습니다").check()
    page.get_by_label("주소나 가까운 곳").fill("독립문로 8")
    page.get_by_role("button", name="접수").dblclick()
    page.wait_for_url(re.compile(r"/staff/reports/\d+/"))
    report = Report.objects.get()
    assert report.urgency == "now"
    assert report.reporter.name == "박이웃"
    assert actor_of(account(world, "planner"), at=clock.now()).dong_ids == {report.dong_id}
