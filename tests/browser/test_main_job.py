"""The main job in a real browser: from a neighbor's worry, and from a district's list, to a lead that is closed."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.browser.test_lists import DIRTY, run_the_job, the_list, upload
from tests.channels.sheets import HEADER, text, workbook
from tests.world import PASSWORD, World

from chatdong.ground.households.models import Household
from chatdong.safetynet.discovery.models import Lead, ListRow, Report
from chatdong.safetynet.discovery.queries.proof import proof
from chatdong.safetynet.visits.models import Contact, Watch

WORRY = "옆집 할머니가 며칠째 안 보이고 우편물이 쌓여 있어요"
HIGH = ("75세 이상이고 혼자 삶", "끼니를 거름", "아파도 치료를 받지 못함", "연락하는 사람이 없음")


def the_heading(page: Page):
    return page.get_by_role("heading", level=1)


def tell_a_worry(page: Page, look: Callable) -> str:
    """A neighbor at the public form, with danger in the words; the receipt number."""

    def onward() -> None:
        page.get_by_role("button", name="다음").click()

    page.goto("/")
    page.get_by_role("link", name="이웃을 알려 주기").click()
    onward()
    page.get_by_label("직접 적어 주세요").fill(WORRY)
    onward()
    expect(the_heading(page)).to_have_text("먼저 전화해 주세요")
    for number in ("119", "112"):
        expect(page.locator(f"main a[href='tel:{number}']").first).to_be_visible()
    page.get_by_role("link", name="전화했어요, 이어서 적을게요").click()
    page.get_by_role("checkbox", name="위험한 일은 없어요").check()
    onward()
    page.get_by_label("주소나 가까운 곳").fill("독립문로8길 13-2")
    page.get_by_label("동", exact=True).select_option(label="천연동")
    onward()
    page.get_by_label("나이나 태어난 해").fill("80대")
    onward()
    page.get_by_role("radio", name="이름 없이 알릴게요").check()
    onward()
    page.get_by_role("button", name="보내기").click()
    expect(the_heading(page)).to_have_text("접수했습니다")
    look(page, "job-1-receipt")
    receipt = Report.objects.get().receipt
    expect(page.get_by_text(receipt)).to_be_visible()
    return receipt


def log_in_by_hand(page: Page, login_id: str) -> None:
    page.goto("/login/")
    page.get_by_label("아이디").fill(login_id)
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_role("button", name="로그인").click()


def decide(page: Page, receipt: str, look: Callable) -> None:
    """The planner finds the report on 오늘 and in the inbox, and says which household it is."""
    expect(the_heading(page)).to_have_text("오늘")
    expect(page.get_by_role("table", name="오늘 할 일").get_by_role("row").filter(has_text="가구 확인")).to_be_visible()
    look(page, "job-2-today")
    page.get_by_role("navigation", name="주 메뉴").get_by_role("link", name="발굴 접수함").click()
    row = page.get_by_role("row").filter(has_text=receipt)
    expect(row).to_contain_text("지금 바로")
    row.get_by_role("link", name="가구 확인").click()
    expect(page.locator("mark").first).to_be_visible()
    look(page, "job-3-report")
    kim = page.get_by_role("region", name="김*숙")
    expect(kim).to_contain_text("건물까지 같고")
    kim.locator("summary", has_text="같은 가구").click()
    kim.get_by_role("button", name="네, 같은 가구입니다").click()
    expect(the_heading(page)).to_contain_text("김영숙")


def plan(page: Page) -> None:
    page.get_by_role("link", name="방문 잡기").click()
    page.get_by_role("button", name="방문 잡기").click()
    expect(page.get_by_text("방문을 잡았습니다")).to_be_visible()
    page.goto("/staff/")
    expect(page.get_by_role("table", name="오늘 할 일").get_by_role("row").filter(has_text="김*숙")).to_contain_text("방문")


def find_nobody(page: Page, home: str) -> None:
    page.goto(home)
    page.get_by_role("link", name="방문 기록").click()
    page.get_by_role("radio", name="부재").check()
    page.get_by_label("안내문을 남겼습니다").check()
    page.get_by_label("보고 들은 것").fill("문을 두드렸으나 대답이 없음. 우편물이 쌓여 있음")
    page.get_by_role("button", name="저장").click()
    expect(page.get_by_text("방문 기록을 저장했습니다")).to_be_visible()


def meet(page: Page, home: str, look: Callable) -> None:
    """Met at the second visit: what was seen, why it is dangerous, and what comes next."""
    page.goto(home)
    page.get_by_role("link", name="방문 기록").click()
    expect(page.get_by_text("지난번에 만나지 못했습니다")).to_be_visible()
    page.get_by_role("radio", name="만남").check()
    expect(page.get_by_role("checkbox", name=re.compile("^김영숙"))).to_be_checked()
    page.get_by_label("보고 들은 것").fill("며칠 편찮으셔서 누워 계셨음. 찬거리가 없음")
    for panel in page.locator("details:has(input[name=reasons])").all():
        if panel.get_attribute("open") is None:
            panel.locator("summary").click()
    for reason in HIGH:
        page.get_by_role("checkbox", name=reason).check()
    page.get_by_role("radio", name="날을 정해 다시 방문").check()
    page.locator("#id_next_on").fill("2026-03-17")
    look(page, "job-4-sheet")
    page.get_by_role("button", name="저장").click()
    expect(page.get_by_text("방문 기록을 저장했습니다")).to_be_visible()
    expect(page.locator(".badge--high").first).to_be_visible()


def stands_on_the_map(page: Page, household: Household, look: Callable) -> None:
    with page.expect_response(lambda answer: "/map/points/" in answer.url) as told:
        page.get_by_role("navigation", name="주 메뉴").get_by_role("link", name="복지방문지도").click()
    (point,) = told.value.json()["features"]
    assert point["properties"]["id"] == household.pk and point["properties"]["grade"] == 1
    expect(page.locator("[data-map-status]")).to_have_text("지도에 가구 1곳을 표시했습니다.")
    row = page.get_by_role("table", name="지도에 오른 가구").get_by_role("row").filter(has_text="김*숙")
    expect(row).to_contain_text("고위험")
    look(page, "job-5-map")


def set_the_next_step(page: Page, home: str) -> None:
    page.goto(home)
    page.get_by_role("link", name="다음 할 일 정하기").click()
    page.get_by_role("radio", name="전화", exact=True).check()
    page.locator("#id_next_at").fill("2026-03-18T11:00")
    page.get_by_role("button", name="정하기").click()
    expect(page.get_by_text("다음 할 일을 정했습니다")).to_be_visible()
    assert Lead.objects.get().next_step == "call"


def ask_for_closure(page: Page) -> None:
    page.get_by_role("link", name="종결 올리기").click()
    page.get_by_role("radio", name="주기적 방문으로 전환").check()
    page.get_by_label("설명").fill("매주 찾아뵙기로 함. 반찬과 병원 동행을 연계함")
    page.get_by_role("button", name="종결 올리기").click()
    expect(page.get_by_text("종결을 올렸습니다. 다른 사람이")).to_be_visible()
    assert Lead.objects.get().state == "closing"


def confirm(page: Page, look: Callable) -> None:
    """The team lead, in a browser of their own, sees it on 오늘 and confirms."""
    page.goto("/staff/")
    expect(page.get_by_role("table", name="답을 기다리는 일")).to_contain_text("김*숙")
    page.get_by_role("link", name="종결 확인", exact=True).first.click()
    expect(page.get_by_text("매주 찾아뵙기로 함")).to_be_visible()
    look(page, "job-6-closure")
    page.locator("summary", has_text="종결 확인").click()
    page.get_by_role("button", name="네, 종결합니다").click()
    expect(page.get_by_text("종결을 확인했습니다")).to_be_visible()


def in_order(lines: list[str], *told: str) -> None:
    """Each of `told` stands in a line of its own, one after the other."""
    place = -1
    for words in told:
        found = next((i for i, line in enumerate(lines) if i > place and words in line), None)
        assert found is not None, f"{words!r} does not follow line {place} of {lines}"
        place = found


def test_a_worry_in_the_morning_is_a_visit_on_the_map_and_a_closed_lead(page: Page, world: World, hour, somebody, look):
    home = f"/staff/households/{world.households['kim'].pk}/"
    receipt = tell_a_worry(page, look)
    hour.later(minutes=20)
    log_in_by_hand(page, "planner-own")
    decide(page, receipt, look)
    plan(page)
    hour.later(hours=1)
    find_nobody(page, home)
    hour.later(hours=5)
    meet(page, home, look)
    stands_on_the_map(page, world.households["kim"], look)
    hour.later(minutes=10)
    set_the_next_step(page, home)
    hour.later(minutes=10)
    ask_for_closure(page)
    hour.later(minutes=10)
    confirm(somebody("team_lead"), look)

    assert Lead.objects.get().state == "closed"
    assert Watch.objects.get().state == "open"
    assert Contact.objects.count() == 2
    assert proof(at=hour.at) == []
    page.goto("/staff/")
    expect(page.get_by_text("발굴 건")).to_have_count(0)
    expect(page.get_by_text("김*숙")).to_have_count(0)
    page.goto(home)
    look(page, "job-7-timeline")
    lines = page.locator(".timeline__item").all_inner_texts()
    in_order(
        lines[::-1], "이웃 주민", "방문: 부재", "다음: 다시 연락", "방문: 만남", "연락두절: 연락됨", "위험군 판정: 고위험",
        "복지방문지도에 올림", "다음: 방문", "다음: 전화", "종결 확인 요청", "종결 확인",
    )  # fmt: skip


# Names stand under the telephone's header and numbers under the name's, as it happens when a column is pasted.
SWAPPED = [
    row if len(row) < len(HEADER) or row is HEADER else [row[0], row[1], row[4], row[3], row[2], *row[5:]] for row in DIRTY
]
IN_CP949 = [
    HEADER,
    ["1", "천연동", "정미숙", "1948. 7. 2.", "01055556666", "서울 서대문구 독립문로 9", "월세 체납"],
    ["2", "천연동", "정미숙", "480702", "010-5555-6666", "서울 서대문구 독립문로 9", "월세 체납"],
    ["3", "천연동", "오세훈씨", "", "010 7777 8888", "서울 서대문구 독립문로 10", "단수"],
    ["4", "천연동", "", "", "", "", "확인 바람"],
]


def counts() -> Counter[str]:
    return Counter(ListRow.objects.filter(list=the_list()).values_list("state", flat=True))


def load(page: Page, rows: int) -> None:
    """Put the previewed list in, and wait until the job has gone through it."""
    page.get_by_role("button", name=f"{rows}줄 넣기").click()
    expect(the_heading(page)).to_have_text("명단을 넣고 있습니다")
    run_the_job(the_list().pk)
    page.reload()
    found = counts()
    told = f"접수 {found['reported']} + 이미 있음 {found['same']} + 오류 {found['faulty']}"
    expect(page.get_by_text(f"파일의 {rows}줄 = {told}")).to_be_visible()
    assert sum(found.values()) == rows


def send_swapped(page: Page, path: Path) -> None:
    """The columns are put right by hand before anything is loaded."""
    page.goto("/staff/lists/")
    upload(page, path)
    page.get_by_label("이름", exact=True).select_option(label="연락처")
    page.get_by_label("전화번호").select_option(label="성명")
    page.get_by_role("button", name="칸 맞춤 저장").click()
    expect(page.get_by_text("홍*순").first).to_be_visible()
    load(page, 7)


def test_a_dirty_list_becomes_reports_and_one_of_them_a_closed_lead(page: Page, world: World, hour, somebody, look, tmp_path):
    swapped, old = tmp_path / "바뀐 칸.xlsx", tmp_path / "옛 명단.csv"
    swapped.write_bytes(workbook(("명단", SWAPPED), merged=["A1:G1", "B4:B5"]))
    old.write_bytes(text(IN_CP949, "cp949"))
    officer = somebody("gu_officer")
    send_swapped(officer, swapped)
    assert counts() == {"reported": 5, "same": 1, "faulty": 1}
    assert Report.objects.count() == 5
    hour.later(minutes=5)
    send_swapped(officer, swapped)
    assert counts() == {"same": 6, "faulty": 1}

    planner = somebody("planner")
    for expected in ({"reported": 2, "same": 1, "faulty": 1}, {"same": 3, "faulty": 1}):
        hour.later(minutes=5)
        planner.goto("/staff/lists/")
        upload(planner, old)
        load(planner, 4)
        assert counts() == expected
    assert Report.objects.count() == 7
    assert not ListRow.objects.filter(state="reported", report=None).exists()
    assert proof(at=hour.at) == []
    look(planner, "job-list-result")

    report = Report.objects.get(subject_name="정미숙")
    hour.later(hours=1)
    planner.goto("/staff/")
    search = planner.get_by_role("banner").get_by_role("searchbox")
    search.fill("ㅈㅁㅅ")
    search.press("Enter")
    planner.get_by_role("link", name="정*숙", exact=True).click()
    expect(the_heading(planner)).to_contain_text("정미숙")
    planner.get_by_role("link", name="방문 기록").click()
    planner.get_by_role("radio", name="만남").check()
    planner.get_by_label("보고 들은 것").fill("밀린 월세는 긴급복지로 해결됨")
    planner.get_by_role("radio", name="종결 올리기").check()
    planner.get_by_role("radio", name="서비스·기관 연계 완료").check()
    planner.get_by_role("button", name="저장", exact=True).click()
    expect(planner.get_by_text("방문 기록을 저장했습니다")).to_be_visible()
    report.refresh_from_db()
    assert Lead.objects.get(household_id=report.household_id).state == "closed"
    planner.goto("/staff/?whose=dong")
    expect(planner.get_by_text("정*숙")).to_have_count(0)
    assert proof(at=hour.at) == []
