"""The staff's list screens: own lists only, the preview tells what loading does, and exports are logged and harmless."""

import io
import re
from uuid import uuid4

import pytest
from openpyxl import load_workbook
from tests.world import account

from chatdong.ground.accounts.queries import actor_of
from chatdong.kernel import clock
from chatdong.policy.models import Entry
from chatdong.safetynet.discovery.actions import finish_list, load_rows, start_list, upload_list
from chatdong.safetynet.discovery.models import ColumnMapping, DiscoveryList, Report
from chatdong.safetynet.discovery.queries import preview_of
from chatdong.web.staff.error_sheet import error_sheet, harmless

pytestmark = pytest.mark.django_db
COLUMNS = ["성명", "연락처", "주소", "사유", "메모"]
MAPPING = {"name": "성명", "phone": "연락처", "address": "주소", "reason": "사유"}
ROWS = [
    (2, ["홍길순", "010-1234-5678", "독립문로 1", "단전", "=cmd|' /C calc'!A0"]),
    (3, ["", "", "", "누구인지 모름", "=1+1"]),
    (4, ["홍길순", "01012345678", "독립문로  1", "단전", "다시"]),
    (5, ["", "", "", "+82 모름", "<script>alert(1)</script>"]),
]


def listed(world, role="team_lead", where="own", **rest) -> DiscoveryList:
    by = actor_of(account(world, role, where), at=clock.now())
    given = {
        "gu_id": min(by.gu_ids), "dong_id": min(by.dong_ids), "name": "3차.xlsx", "size": 10, "digest": uuid4().hex,
        "columns": COLUMNS,
        "mapping": MAPPING, "problems": ["합계 줄은 뺐습니다(줄 9)."], "rows": ROWS, "at": clock.now(), "round_name": "3차",
    }  # fmt: skip
    return upload_list(by=by, **(given | rest))


def loaded(world, row: DiscoveryList, role="team_lead") -> DiscoveryList:
    by = actor_of(account(world, role), at=clock.now())
    start_list(by=by, list_id=row.pk, at=clock.now())
    load_rows(by=by, list_id=row.pk, numbers=[number for number, _cells in ROWS], at=clock.now())
    return finish_list(by=by, list_id=row.pk, at=clock.now())


def numbers(body: str) -> list[int]:
    """The lines of the file that a page shows."""
    return [int(number) for number in re.findall(r'role="rowheader">(\d+)', body)]


@pytest.fixture
def lead(client, world):
    client.force_login(account(world, "team_lead"))
    return client


def test_the_preview_says_per_row_what_loading_then_does(lead, world):
    row = listed(world)
    page = lead.get(f"/staff/lists/{row.pk}/")
    by = actor_of(account(world, "team_lead"), at=clock.now())
    told = {one.number: (one.outcome, one.sentence) for one in preview_of(by=by, list_id=row.pk, at=clock.now()).rows}
    assert {number: outcome for number, (outcome, _sentence) in told.items()} == {2: "new", 3: "faulty", 4: "same", 5: "faulty"}
    assert "2번째 줄과 같은 내용" in told[4][1] and "누구인지 알 수 없습니다" in told[3][1]
    body = page.content.decode()
    assert numbers(body) == list(told)
    assert all(sentence in body for _outcome, sentence in told.values())
    assert "홍*순" in body and "010-****-5678" in body and "천연동" in body
    assert "홍길순" not in body and "독립문로" not in body and "합계 줄은 뺐습니다" in body
    loaded(world, row)
    names = {"new": "reported", "same": "same", "faulty": "faulty"}
    assert {number: names[outcome] for number, (outcome, _s) in told.items()} == dict(row.rows.values_list("number", "state"))
    assert Report.objects.count() == 1


def test_the_preview_of_one_outcome_and_its_log(lead, world):
    row = listed(world)
    page = lead.get(f"/staff/lists/{row.pk}/?outcome=faulty")
    assert numbers(page.content.decode()) == [3, 5]
    assert lead.get(f"/staff/lists/{row.pk}/?outcome=moon&after=x").status_code == 200
    entry = Entry.objects.filter(event="list.preview").first()
    assert (entry.kind, entry.count, entry.account) == ("read", 2, account(world, "team_lead").pk)


def test_a_list_in_reach_of_nobody_else(client, world):
    row = listed(world)
    for role, where in [("team_lead", "other_dong"), ("gu_officer", "other_gu"), ("planner", "other_gu")]:
        client.force_login(account(world, role, where))
        for path in ("", "progress/"):
            assert client.get(f"/staff/lists/{row.pk}/{path}").status_code == 404, (role, where, path)
        for path in ("map/", "load/", "discard/", "errors/"):
            assert client.post(f"/staff/lists/{row.pk}/{path}", {"why": "보려고"}).status_code in (302, 403, 404)
        assert str(row.pk) not in client.get("/staff/lists/").content.decode()
        row.refresh_from_db()
        assert row.state == "uploaded"
    assert client.get(f"/staff/lists/{uuid4()}/").status_code == 404
    client.force_login(account(world, "gu_officer"))
    assert client.get(f"/staff/lists/{row.pk}/").status_code == 200


def test_a_mapping_is_checked_saved_and_remembered(lead, world):
    row = listed(world, mapping={})
    refused = lead.post(f"/staff/lists/{row.pk}/load/")
    assert refused.status_code == 422 and "하나는 어느 칸인지 알려 주세요" in refused.content.decode()
    twice = lead.post(f"/staff/lists/{row.pk}/map/", {"name": "성명", "phone": "성명"})
    assert twice.status_code == 422 and "한 칸을 두 가지로" in twice.content.decode()
    assert twice.content.decode().count('value="성명" selected') == 2
    lead.post(f"/staff/lists/{row.pk}/map/", MAPPING | {"birth": "없는 칸", "remember": "on"})
    row.refresh_from_db()
    assert row.mapping == MAPPING
    assert ColumnMapping.objects.get().mapping == MAPPING


def test_counts_reconcile_on_the_result_page(lead, world):
    row = loaded(world, listed(world))
    body = lead.get(f"/staff/lists/{row.pk}/").content.decode()
    assert "파일의 4줄 = 접수 1 + 이미 있음 1 + 오류 2" in body
    assert f"/staff/reports/{Report.objects.get().pk}/" in body
    assert numbers(lead.get(f"/staff/lists/{row.pk}/?state=same").content.decode()) == [4]


def test_the_error_sheet_is_logged_with_its_reason_and_runs_nothing(lead, world):
    row = loaded(world, listed(world))
    without = lead.post(f"/staff/lists/{row.pk}/errors/", {"why": " "}, follow=True)
    assert "내려받는 까닭을 적어 주세요" in without.content.decode()
    assert not Entry.objects.filter(kind="export").exists()
    answer = lead.post(f"/staff/lists/{row.pk}/errors/", {"why": "고쳐서 다시 올림"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    found = list(sheet.values)
    assert found[0] == (*COLUMNS, "파일의 줄", "오류 이유")
    assert [line[-2] for line in found[1:]] == [3, 5]
    assert found[1][4] == "'=1+1" and found[2][3] == "'+82 모름"
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    entry = Entry.objects.get(kind="export")
    assert (entry.event, entry.count, entry.why) == ("list.errors", 2, "고쳐서 다시 올림")
    assert answer["Cache-Control"] == "no-store"


def test_only_those_who_may_export_get_the_error_sheet(client, world):
    row = loaded(world, listed(world))
    client.force_login(account(world, "nurse"))
    assert client.post(f"/staff/lists/{row.pk}/errors/", {"why": "보려고"}).status_code == 403


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_what_starts_like_a_formula_is_text(text):
    assert harmless(text) == f"'{text}"
    assert error_sheet([text], [])


def test_discarding_leaves_no_rows(lead, world):
    row = listed(world)
    assert lead.post(f"/staff/lists/{row.pk}/discard/")["Location"] == "/staff/lists/"
    assert not row.rows.exists()
    assert "버린 명단입니다" in lead.get(f"/staff/lists/{row.pk}/").content.decode()
    again = lead.post(f"/staff/lists/{row.pk}/load/", follow=True)
    assert "이미 넣기 시작한 명단입니다" in again.content.decode()
