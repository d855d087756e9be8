"""HSDS files: what is written is read again as it was, in both forms; what is wrong is told with its place."""

import io
import json
import zipfile
from datetime import date, time

import pytest
from hypothesis import given, settings
from tests.domain.hsds_rows import directories

from chatdong.kernel.errors import Refusal
from chatdong.safetynet.benefits.hsds import Directory, ScheduleRow, package_of, profile_of, read_directory, read_package
from chatdong.safetynet.benefits.hsds.hours import hours_text
from chatdong.safetynet.benefits.hsds.raw import Mistakes

A, B, C, D = (f"00000000-0000-4000-8000-00000000000{n}" for n in "abcd")


def by_key(directory: Directory) -> dict[str, dict[str, object]]:
    """What a directory says, whatever the order of its rows."""
    return {
        name: {row.key: row for row in rows} for name, rows in vars(directory).items() if name != "notes"
    }  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(directories())
def test_nothing_is_lost_on_the_way_through_tables(directory):
    read = read_directory(package_of(directory), "x.zip")
    assert by_key(read) == by_key(directory)
    assert package_of(read) == package_of(directory)


@settings(max_examples=40, deadline=None)
@given(directories())
def test_nothing_is_lost_on_the_way_through_json(directory):
    assert by_key(read_directory(profile_of(directory), "x.json")) == by_key(directory)


def test_a_service_as_the_specification_writes_it():
    told = {
        "id": A, "name": "도시락 배달", "status": "active", "assured_date": "2026-03-02", "minimum_age": 65,
        "organization": {"id": B, "name": "하늘복지관", "website": "sky.example.org"},
        "phones": [{"id": C, "number": "02-000-1234", "type": "fax"}, {"id": D, "number": "02-000-5678", "extension": "12"}],
        "service_at_locations": [
            {
                "id": C,
                "location": {
                    "id": D, "name": "본관", "latitude": 37.5, "longitude": 126.9,
                    "addresses": [{"id": A, "address_1": "통일로 1", "address_2": "2층", "region": "천연동"}],
                },
                "schedules": [{"id": A, "freq": "weekly", "byday": "MO,TU", "opens_at": "09:00+09:00", "closes_at": "18:00"}],
            }
        ],
        "cost_options": [{"id": A, "option": "한 끼", "amount": 2500.0}],
    }  # fmt: skip
    read = read_directory(json.dumps(told).encode(), "one.json")
    service, location = read.offerings[0], read.locations[0]
    assert (service.organization, service.minimum_age, service.assured_date) == (B, 65, date(2026, 3, 2))
    assert service.phone == "02-000-5678 (내선 12)"
    assert read.organizations[0].website == "https://sky.example.org"
    assert (location.address, location.dong) == ("통일로 1 2층", "천연동")
    assert read.schedules[0].at_place == read.places[0].key and read.schedules[0].opens_at == time(9, 0)
    assert read.costs[0].amount == 2500


def zipped(**files: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, text in files.items():
            package.writestr(f"{name}.csv", text)
    return made.getvalue()


def test_every_mistake_is_told_with_file_and_line():
    content = zipped(
        organizations=f"id,name,website\n{A},,javascript:alert(1)\nnot-an-id,둘째,\n",
        services=f'id,organization_id,name,assured_date,minimum_age\n{B},{A},"두\n줄",어제,-1\n{C},{A},맞음,,\n{C},{A},또,,\n',
        schedules=f"id,service_id,opens_at\n{D},{C},09:00-05:00\n",
        cost_options=f"id,service_id,amount\n{D},{C},12.5\n",
    )
    with pytest.raises(Mistakes) as told:
        read_directory(content, "x.zip")
    said = "\n".join(told.value.problems)
    for place in (
        "organizations.csv:2: name", "organizations.csv:2: website", "organizations.csv:3: id", "services.csv:2: assured_date",
        "services.csv:2: minimum_age", "services.csv:5: id", "schedules.csv:2: opens_at", "cost_options.csv:2: amount",
    ):  # fmt: skip
        assert place in said, said
    assert len(told.value.problems) == 8


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1]", b'{"x": 1}', b"PK\x03\x04broken", zipped(readme="a,b\n1,2\n"), b"[" * 5000, "안녕".encode("cp949")],
)
def test_what_is_no_directory_is_refused_in_words(content):
    with pytest.raises(Refusal) as told:
        read_directory(content, "이상한 파일")
    assert str(told.value).endswith(("다.", "요."))


def test_a_mistake_in_json_says_which_object():
    told = [{"id": A, "name": "기관"}, {"id": B, "name": "서비스", "organization_id": A, "schedules": [{"id": "7"}]}]
    with pytest.raises(Mistakes, match=r"x\.json \[1\]\.schedules\[0\]: id"):
        read_directory(json.dumps(told).encode(), "x.json")


def test_tables_that_are_not_kept_are_told():
    read = read_package({"organizations.csv": f"id,name\n{A},기관\n".encode(), "contacts.csv": b"id\n1\n"})
    assert any("contacts.csv" in note for note in read.notes)


DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        ({"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": time(9), "closes_at": time(18)}, "평일 09:00~18:00"),
        ({"freq": "WEEKLY", "byday": "TU,TH", "opens_at": time(14), "closes_at": time(16, 30)}, "화·목 14:00~16:30"),
        ({"freq": "WEEKLY", "byday": "SA,SU"}, "주말"),
        ({"freq": "WEEKLY", "byday": "SU"}, "일요일"),
        ({"freq": "MONTHLY", "byday": "1WE", "opens_at": time(10)}, "매달 첫째 수요일 10:00부터"),
        ({"freq": "MONTHLY", "dtstart": date(2026, 1, 15)}, "매달 15일"),
        ({"freq": "DAILY", "opens_at": time(0), "closes_at": time(23, 59)}, "매일 00:00~23:59"),
        ({"byday": "MO", "description": "점심시간 쉼"}, "월요일 (점심시간 쉼)"),
        ({"description": "전화로 약속"}, "전화로 약속"),
        ({"byday": "MO", "valid_from": date(2026, 12, 1)}, "2026. 12. 1.부터 월요일"),
        ({"byday": "MO", "valid_to": date(2026, 11, 22)}, "월요일"),
    ],
)
def test_hours_in_words(schedule, said):
    assert hours_text([ScheduleRow(A, B, **schedule)], DAY) == (said,)


def test_hours_that_are_over_are_not_said():
    assert hours_text([ScheduleRow(A, B, byday="MO", valid_to=date(2026, 11, 21))], DAY) == ()
