"""The directory's screens: anybody looks, its officers see what grew old and load a file after seeing what it does."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.domain.test_directory import LINKS, SMALL
from tests.web.desk import desk, stopped, text_of
from tests.world import BY

from chatdong.safetynet.benefits.actions import load_directory, load_entries
from chatdong.safetynet.benefits.hsds import OrganizationRow, package_of, profile_of, read_directory
from chatdong.safetynet.benefits.models import Offering, Organization
from chatdong.safetynet.benefits.publiclist import EntryRow


@pytest.fixture
def loaded(world):
    load_directory(by=BY, directory=SMALL, gu_id=world.dongs["own"].gu_id, at=world.now, **LINKS)
    return world


def sent(client, content, name="목록.zip", **more):
    return client.post(reverse("staff-directory-upload"), {"file": SimpleUploadedFile(name, content), **more})


def test_anybody_finds_services_by_dong_and_situation(loaded):
    with stopped(loaded.now):
        everything = text_of(Client().get("/services/"))
        here = text_of(Client().get(f"/services/?dong={loaded.dongs['own'].pk}&situation=no_food"))
        none = text_of(Client().get("/services/?situation=newborn"))
        odd = Client().get("/services/?dong=x&situation=%27&page=-1")
    assert "밑반찬 배달" in everything and "상담" in everything and "확인한 지 오래됨" in everything
    assert "밑반찬 배달" in here and "화·금" in here and "02-000-1000" in here
    assert "맞는 서비스가 없습니다" in none
    assert odd.status_code == 200


def test_one_service_says_where_when_what_and_the_day(loaded):
    with stopped(loaded.now):
        page = text_of(Client().get(f"/services/{Offering.objects.get(name='밑반찬 배달').pk}/"))
        gone = Client().get("/services/987654321/")
    for word in ("통일로 900", "화·금", "무료", "tel:020001000", "마지막으로 확인한 날: 2026. 1. 1.", "생계급여"):
        assert word in page
    assert gone.status_code == 404


def test_what_is_not_offered_is_not_shown(loaded):
    closed = replace(SMALL, offerings=tuple(replace(one, status="defunct") for one in SMALL.offerings))
    load_directory(by=BY, directory=closed, gu_id=loaded.dongs["own"].gu_id, at=loaded.now, **LINKS)
    with stopped(loaded.now):
        assert "아직 올린 서비스가 없습니다" in text_of(Client().get("/services/"))
        assert Client().get(f"/services/{Offering.objects.first().pk}/").status_code == 404


def test_the_list_goes_on_over_pages(world):
    many = tuple(
        replace(SMALL.offerings[1], key=f"00000000-0000-4000-8000-0000000001{number:02d}", name=f"서비스 {number:02d}")
        for number in range(45)
    )
    directory = replace(SMALL, offerings=many, places=(), schedules=(), costs=(), locations=())
    load_directory(by=BY, directory=directory, gu_id=world.dongs["own"].gu_id, at=world.now, **LINKS)
    with stopped(world.now):
        second = text_of(Client().get("/services/?page=2"))
        last = text_of(Client().get("/services/?page=3"))
    assert "서비스 20" in second and "서비스 39" in second and "서비스 40" not in second
    assert "page=1" in second and "page=3" in second
    assert "서비스 44" in last and "page=4" not in last


def test_a_file_is_shown_before_it_is_loaded(world):
    officer = desk(world, "gu_officer")
    with stopped(world.now):
        first = sent(officer, package_of(SMALL))
        assert first.status_code == 200 and not Organization.objects.exists()
        seen = first.content.decode().split('name="seen" value="')[1].split('"')[0]
        other = sent(officer, profile_of(SMALL), "다른.json", seen=seen)
        assert "이대로 넣기" in text_of(other) and not Organization.objects.exists()
        done = sent(officer, package_of(SMALL), seen=seen)
        again = text_of(sent(officer, package_of(SMALL)))
        page = text_of(officer.get("/staff/directory/"))
    assert done.status_code == 302 and Offering.objects.count() == 2
    assert Organization.objects.get().gu_id == world.dongs["own"].gu_id
    assert "바뀌는 것이 없습니다" in again
    assert "상담" in page and "적힌 날 없음" in page


def test_mistakes_come_back_with_their_places(world):
    officer = desk(world, "gu_officer")
    with stopped(world.now):
        wrong = sent(officer, b'[{"id": "x"}]', "x.json")
        empty = officer.post(reverse("staff-directory-upload"))
    assert wrong.status_code == 422 and "x.json [0]: id" in text_of(wrong) and "아무것도 바뀌지 않았습니다" in text_of(wrong)
    assert empty.status_code == 422 and "올릴 파일을 골라 주세요" in text_of(empty)


def test_another_gus_rows_are_out_of_reach(loaded):
    officer = desk(loaded, "gu_officer", "other_gu")
    with stopped(loaded.now):
        assert "다른 자치구" in text_of(sent(officer, package_of(SMALL)))
        assert "햇살복지관" not in text_of(officer.get("/staff/directory/"))
        assert "햇살복지관".encode() not in officer.get("/staff/directory/export/?form=json").content


def test_only_its_officers_open_it_and_see_the_line_in_the_menu(loaded):
    with stopped(loaded.now):
        assert desk(loaded, "planner").get("/staff/directory/").status_code == 403
        assert "/staff/directory/" not in text_of(desk(loaded, "planner").get("/staff/"))
        assert "/staff/directory/" in text_of(desk(loaded, "gu_officer").get("/staff/directory/"))


@pytest.mark.parametrize("form", ["json", "zip"])
def test_the_export_is_what_is_kept(loaded, form):
    with stopped(loaded.now):
        answer = desk(loaded, "gu_officer").get(f"/staff/directory/export/?form={form}")
    read = read_directory(answer.content, f"x.{form}")
    assert read.organizations == (OrganizationRow(SMALL.organizations[0].key, "햇살복지관", phone="02-000-1000"),)
    assert {row.key for row in read.offerings} == {row.key for row in SMALL.offerings}


def test_words_lead_to_services_near_home_and_to_the_public_catalogs(loaded):
    row = EntryRow("WLF1", {"name": "지어낸 도시락 지원", "summary": "밥을 못 챙기는 분께", "url": "https://example.org/1"}, "1")
    load_entries(by=BY, rows=[row], source="central", at=loaded.now)
    said = {"words": "쌀이 떨어져서 먹을 게 없어요 도시락", "plight": "no_food", "do": "correct"}
    with stopped(loaded.now):
        korean = text_of(Client().post(reverse("resident-benefits-words"), said))
        english = text_of(Client().post(reverse("resident-benefits-words-en"), said))
    for word in (
        "밑반찬 배달",
        "햇살복지관",
        "지어낸 도시락 지원",
        "중앙부처복지서비스",
        "목록을 받은 날",
        "https://example.org/1",
    ):
        assert word in korean
    assert "Places to go" in english and "Public lists" in english
