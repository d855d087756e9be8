"""Reports that another site posts: read whole or refused field by field, once a key, and never more than the hour allows."""

import json

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatdong.channels.table import CHANNELS
from chatdong.channels.webform.payload import payload_of
from chatdong.kernel.errors import Invalid
from chatdong.safetynet.discovery.models import Report

pytestmark = pytest.mark.django_db
GOOD = {
    "key": "gu-2026-0001",
    "text": "옆집 할머니가 며칠째 안 보여요",
    "subject": {
        "name": "홍길순",
        "birth": "1950",
        "phone": "010-1234-5678",
        "address": "독립문로 1",
        "dong": "1141052000",
        "sex": "f",
    },
    "reporter": {"name": "박이웃", "phone": "010-9999-8888", "consent": True, "wants_answer": True},
    "answers": {"not_seen": "yes"},
    "source": "서대문구 누리집",
}


@pytest.fixture(autouse=True)
def _fresh_hour():
    cache.clear()


def post(client, body, **rest):
    content = body if isinstance(body, bytes | str) else json.dumps(body)
    return client.post("/channels/report/", content, content_type="application/json", **rest)


def test_each_channel_has_a_folder_an_address_and_a_basis(client, world):
    for channel in CHANNELS:
        assert channel.basis and channel.sender
        assert channel.receive.__module__ == f"chatdong.channels.{channel.name}.door"
    assert len({channel.route for channel in CHANNELS}) == len(CHANNELS)


def test_a_real_payload_is_one_report_however_often_it_is_sent(client, world):
    first, again = post(client, GOOD), post(client, GOOD)
    report = Report.objects.get()
    assert first.status_code == again.status_code == 200
    assert first.json()["receipt"] == again.json()["receipt"] == report.receipt
    assert (report.dong_id, report.urgency, report.subject_phone) == (world.dongs["own"].pk, "now", "01012345678")
    assert report.reporter.name == "박이웃" and report.reporter.wants_answer
    assert report.source == "서대문구 누리집"
    answer = first.json()
    assert {line["number"] for line in answer["call_now"]} >= {"119", "112"}
    assert answer["dong"] == "천연동" and answer["contact_by"].endswith("+09:00")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"key": ""}, "key"),
        ({"key": "k" * 61}, "key"),
        ({"text": "", "answers": {}}, "text"),
        ({"text": ["a"]}, "text"),
        ({"text": "가" * 2001}, "text"),
        ({"pathway": "moon"}, "pathway"),
        ({"subject": {}}, "subject.address"),
        ({"subject": "집"}, "subject.address"),
        ({"subject": {"dong": "1"}}, "subject.dong"),
        ({"subject": {"address": "독립문로 1", "phone": "12"}}, "subject.phone"),
        ({"subject": {"address": "독립문로 1", "sex": "x"}}, "subject.sex"),
        ({"reporter": {"name": "박이웃"}}, "reporter.consent"),
        ({"answers": {"moon": "yes"}}, "answers"),
        ({"answers": {"not_seen": "perhaps"}}, "answers"),
    ],
)
def test_a_field_at_fault_is_named_with_its_sentence(client, world, change, field):
    answer = post(client, GOOD | change)
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {field}
    assert Report.objects.count() == 0


def test_what_is_no_report_is_refused_by_kind(client, world):
    assert client.get("/channels/report/").status_code == 405
    assert client.post("/channels/report/", {"key": "1"}).status_code == 415
    assert post(client, b"{not json").status_code == 400
    assert post(client, b"\xff\xfe\x00").status_code == 400
    assert post(client, b"[" * 60_000).status_code == 400
    assert post(client, [GOOD]).status_code == 422
    assert post(client, b" " * (64 * 1024 + 1)).status_code == 413


def test_no_cookie_and_no_token_is_needed_or_read(world):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert post(strict, GOOD).status_code == 200
    assert not strict.cookies


def test_the_hour_has_a_limit_per_address(client, world):
    for number in range(20):
        assert post(client, GOOD | {"key": f"n-{number}"}).status_code == 200
    refused = post(client, GOOD | {"key": "n-20"})
    assert refused.status_code == 429
    assert "전화해 주세요" in refused.json()["fields"][""]
    assert post(client, GOOD | {"key": "n-21"}, REMOTE_ADDR="198.51.100.7").status_code == 200


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*GOOD, "x", "phone"]), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=JSON)
def test_any_json_is_read_or_refused(body):
    from datetime import date

    try:
        read = payload_of(body, dong_ids={"1141052000": 1}, today=date(2026, 3, 16))
    except Invalid:
        return
    assert read.key and (read.subject.address or read.subject.dong_id)
