"""Files that leave the house: with a reason, masked, without hidden addresses, and with a line in the log."""

from hashlib import sha256
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.web.at_the_door import as_, at, few_queries, text_of
from tests.world import BY

from chatdong.ground.households.actions import change_resident
from chatdong.ground.households.models import Resident
from chatdong.policy.models import Entry
from chatdong.safetynet.visits.actions import assess_household
from chatdong.web.staff.export_file import safe

ADDRESS = "/staff/export/"
WHY = "2026년 3월 구 보고에 쓰고 복지정책과 담당자가 받음"


@pytest.fixture
def watched(world, monkeypatch):
    """kim, hidden, near and far under watch."""
    at(monkeypatch, world.now)
    for name in ("kim", "hidden", "near", "far"):
        assess_household(by=BY, household_id=world.households[name].pk, reasons=["no_food", "lives_alone"], at=world.now)
    return world


def asked(**typed: str) -> dict[str, str]:
    return {"what": "watches", "kind": "csv", "reason": WHY, **typed}


def test_a_file_is_masked_and_leaves_out_hidden_addresses_and_other_dong(watched):
    answer = as_(watched, "planner").post(ADDRESS, asked())
    text = answer.content.decode("utf-8-sig")
    assert "김*숙" in text and "김영숙" not in text and "독립문로" not in text
    assert "한*람" not in text and "최*순" not in text and "오*라" not in text
    assert len(text.strip().splitlines()) == 2


def test_more_is_asked_for_by_name(watched):
    text = as_(watched, "planner").post(ADDRESS, asked(full="on")).content.decode("utf-8-sig")
    assert "김영숙" in text and "독립문로8길 13-2 지하 101호" in text and "끼니를 거름" in text
    assert "숨은집길" not in text and "한가람" not in text


def test_the_log_names_the_file_its_rows_and_the_reason(watched):
    answer = as_(watched, "planner").post(ADDRESS, asked(kind="xlsx"))
    line = Entry.objects.get(kind="export")
    assert (line.event, line.count, line.why, line.subjects) == ("watches.export", 1, WHY, [watched.households["kim"].pk])
    assert line.details["sha256"] == sha256(answer.content).hexdigest()
    assert line.details["hidden_left_out"] == 1


@pytest.mark.parametrize("what", ["watches", "leads", "targets"])
@pytest.mark.parametrize(("kind", "code"), [("csv", "utf-8-sig"), ("cp949", "cp949")])
def test_every_list_in_every_kind_of_text(watched, what, kind, code):
    answer = as_(watched, "team_lead").post(ADDRESS, asked(what=what, kind=kind))
    assert answer.status_code == 200
    assert answer.content.decode(code).startswith("행정동,가구번호,이름")
    assert "filename" in answer["Content-Disposition"]


def test_a_workbook_opens_with_its_columns(watched):
    answer = as_(watched, "planner").post(ADDRESS, asked(kind="xlsx"))
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][:3] == ("행정동", "가구번호", "이름")
    assert rows[1][0] == "천연동"


@pytest.mark.parametrize("text", ["=1+1", "+82", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_no_cell_begins_a_formula(text):
    assert safe(text) == f"'{text}"


def test_a_formula_in_a_name_stays_text(watched):
    person = Resident.objects.get(household=watched.households["kim"])
    change_resident(by=BY, resident_id=person.pk, at=watched.now, name='=HYPERLINK("x")')
    text = as_(watched, "planner").post(ADDRESS, asked(full="on")).content.decode("utf-8-sig")
    assert ",=HYPER" not in text and ',"=HYPER' not in text
    assert "'=" in text


@pytest.mark.parametrize("reason", ["", "   ", "보고"])
def test_without_a_reason_nothing_leaves(watched, reason):
    answer = as_(watched, "planner").post(ADDRESS, asked(reason=reason))
    assert answer.status_code == 422
    assert "이유" in text_of(answer)
    assert not Entry.objects.filter(kind="export").exists()


def test_another_dong_cannot_be_chosen(watched):
    other = str(watched.dongs["other_dong"].pk)
    assert as_(watched, "planner").post(ADDRESS, asked(dong=other)).status_code == 422
    gu = as_(watched, "gu_officer").post(ADDRESS, asked(dong=other)).content.decode("utf-8-sig")
    assert "최*순" in gu and "김*숙" not in gu


@pytest.mark.parametrize("role", ["nurse", "area_officer", "auditor", "administrator"])
def test_who_may_not_export_does_not_even_see_the_form(watched, role):
    assert as_(watched, role).get(ADDRESS).status_code == 403
    assert as_(watched, role).post(ADDRESS, asked()).status_code == 403


def test_few_queries(watched):
    client = as_(watched, "team_lead")
    client.get(ADDRESS)
    with few_queries():
        client.get(ADDRESS)
    with few_queries():
        client.post(ADDRESS, asked())
