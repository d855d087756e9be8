"""일제 살핌 and 지원 기준 on screens: one by one in the dong, counts for the gu, two persons for a rule."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.domain.test_claims import tell_poor
from tests.web.desk import desk, stopped, text_of
from tests.world import actor

from chatdong.jobs.screen_district import screen_district
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.catalog.texts import texts_of
from chatdong.safetynet.benefits.models import Finding, Release, Screening
from chatdong.safetynet.benefits.states import FoundState, ScreeningState
from chatdong.safetynet.discovery.queries import open_lead_of

HERE = "/staff/screenings/"


@pytest.fixture
def at(world):
    with stopped(world.now):
        yield world.now


@pytest.fixture
def kim(world):
    return world.households["kim"].pk


@pytest.fixture
def screened(world, at, kim):
    """김영숙 told her means, and the gu's officer asked for a run, which a job did."""
    tell_poor(actor(world, "planner"), kim, catalog().book, world)
    answer = desk(world, "gu_officer").post(f"{HERE}ask/", {"day": "2026-03-16", "compared_day": ""})
    assert answer["Location"] == f"{HERE}gu/"
    row = Screening.objects.get()
    screen_district.call(row.pk)
    return row


def test_the_dong_sees_its_own_masked_with_the_reason_and_the_law(world, screened):
    page = text_of(desk(world, "planner").get(HERE))
    for word in ("김*숙", "생계급여", "소득인정액", "제37조의2", "급한 정도"):
        assert word in page, word
    assert "김영숙" not in page
    other = text_of(desk(world, "planner", "other_dong").get(HERE))
    assert "김*숙" not in other and "살펴볼 가구가 없습니다" in other


def test_filters_narrow_and_what_is_made_up_is_ignored(world, screened):
    client = desk(world, "planner")
    only = text_of(client.get(f"{HERE}?benefit=living_benefit&kind=owed"))
    assert "생계급여" in only and only.count("발굴 건으로 올리기") == 1
    assert "고른 것에 맞는 가구가 없습니다" in text_of(client.get(f"{HERE}?kind=double"))
    assert client.get(f"{HERE}?kind=nonsense&benefit=1").status_code == 200
    assert client.get(f"{HERE}?after=broken").status_code in (400, 422)


def test_taking_one_makes_a_lead_and_twice_is_told(world, screened, kim):
    client, finding = desk(world, "planner"), Finding.objects.get(household_id=kim, benefit="living_benefit")
    assert client.post(f"{HERE}findings/{finding.pk}/take/")["Location"] == HERE
    assert open_lead_of(kim) is not None
    assert "발굴 건으로 올렸습니다" in text_of(client.get(HERE))
    assert client.post(f"{HERE}findings/{finding.pk}/take/").status_code == 409


def test_dismissing_asks_for_a_reason_at_its_field(world, screened, kim):
    client, finding = desk(world, "planner"), Finding.objects.get(household_id=kim, benefit="living_benefit")
    bare = client.post(f"{HERE}findings/{finding.pk}/dismiss/", {"reason": " "})
    assert bare.status_code == 422 and f'id="id_reason_{finding.pk}-error"' in text_of(bare)
    client.post(f"{HERE}findings/{finding.pk}/dismiss/", {"reason": "본인이 원하지 않음"})
    finding.refresh_from_db()
    assert finding.state == FoundState.DISMISSED and open_lead_of(kim) is None


def test_another_dong_and_the_gu_do_not_decide(world, screened, kim):
    finding = Finding.objects.filter(household_id=kim).first()
    assert desk(world, "planner", "other_dong").post(f"{HERE}findings/{finding.pk}/take/").status_code == 404
    assert desk(world, "gu_officer").post(f"{HERE}findings/{finding.pk}/take/").status_code == 403
    finding.refresh_from_db()
    assert finding.state == FoundState.WAITING


def test_the_gu_sees_counts_and_the_share_and_no_name(world, screened):
    page = text_of(desk(world, "gu_officer").get(HERE))
    for word in ("생계급여", "5 미만", "하나 이상 받는 주민", "기록이 없는 주민", "명"):
        assert word in page, word
    assert "김*숙" not in page and "김영숙" not in page
    assert desk(world, "planner").get(f"{HERE}gu/").status_code == 403


def test_a_run_shows_how_far_it_is_and_a_second_is_told_to_wait(world, at):
    client = desk(world, "gu_officer")
    client.post(f"{HERE}ask/", {"day": "2026-03-16"})
    row = Screening.objects.get()
    assert client.get(f"{HERE}{row.pk}/progress/").json()["state"] == "running"
    assert f"{HERE}{row.pk}/progress/" in text_of(client.get(f"{HERE}gu/"))
    client.post(f"{HERE}ask/", {"day": "2026-03-16"})
    assert Screening.objects.count() == 1
    assert "이미 살피고 있습니다" in text_of(client.get(f"{HERE}gu/"))
    assert desk(world, "gu_officer", "other_gu").get(f"{HERE}{row.pk}/progress/").status_code == 404
    screen_district.call(row.pk)
    assert client.get(f"{HERE}{row.pk}/progress/").json()["state"] == "done"
    row.refresh_from_db()
    assert row.state == ScreeningState.DONE


@pytest.mark.parametrize("typed", [{"day": ""}, {"day": "2026-02-30"}, {"day": "2026-03-16", "compared_day": "2026-03-16"}])
def test_a_wrong_day_is_told_at_its_field(world, at, typed):
    answer = desk(world, "gu_officer").post(f"{HERE}ask/", typed)
    assert answer.status_code == 422 and not Screening.objects.exists()


def test_rules_need_a_right_and_show_what_answers_now(world, at):
    page = text_of(desk(world, "gu_officer").get("/staff/rules/"))
    assert catalog().book.fingerprint[:12] in page and "확인이 필요한 값" in page
    assert desk(world, "planner").get("/staff/rules/").status_code == 403


def upload(client, name, text, **rest):
    file = SimpleUploadedFile(name, text.encode())
    return client.post("/staff/rules/propose/", {"file": file, "folder": "tables/", "why": "고시", "day": "2026-03-16"} | rest)


def test_a_wrong_file_is_refused_with_its_line(world, at):
    client = desk(world, "gu_officer")
    text = texts_of()["tables/selection.yaml"].replace("verified_on:", "checked:", 1)
    answer = upload(client, "selection.yaml", text)
    assert answer.status_code == 422
    said = text_of(answer).partition("파일에서 고칠 곳")[2]
    assert "tables/selection.yaml" in said and "번째 줄" in said and "모르는 칸 ‘checked’" in said and "이렇게: " in said
    assert upload(client, "../x.yaml", text, folder="elsewhere/").status_code == 422
    both = [SimpleUploadedFile(name, text.encode()) for name in ("selection.yaml", "second.txt")]
    assert upload(client, "unused.yaml", "", file=both).status_code == 422
    assert client.post("/staff/rules/propose/", {"why": "고시", "day": "2026-03-16"}).status_code == 422
    assert not Release.objects.exists()


def test_one_proposes_and_another_releases(world, at):
    client, text = desk(world, "gu_officer"), texts_of()["situations.yaml"]
    first = next(line for line in text.split("\n") if "label:" in line)
    answer = upload(client, "situations.yaml", text.replace(first, first.replace("label: ", "label: 아주 "), 1), folder="")
    assert answer.status_code == 302, text_of(answer)
    row = Release.objects.get()
    page = text_of(client.get("/staff/rules/"))
    assert "올린 사람은 시행할 수 없습니다" in page and "물음이나 설명만 바뀝니다" in page
    assert client.post(f"/staff/rules/{row.pk}/release/").status_code == 409
    second = desk(world, "gu_officer", "other_gu")
    assert second.post(f"/staff/rules/{row.pk}/return/", {"reason": ""}).status_code == 422
    assert second.post(f"/staff/rules/{row.pk}/release/").status_code == 302
    assert "지금 기준" in text_of(second.get("/staff/rules/"))
    row.refresh_from_db()
    assert row.state == "released"
