"""Benefits of one household at a desk: what it may be owed and why, each next step by a small form, and nothing typed is lost."""

from datetime import timedelta

import pytest
from tests.web.desk import desk, queries, stopped, text_of
from tests.world import BY, World, actor

from chatdong.ground.households.actions import give_consent, merge_rows
from chatdong.policy.models import Entry
from chatdong.safetynet.benefits.actions import add_addition, apply_claim, decide_claim, note_claim, note_facts, note_receipt
from chatdong.safetynet.benefits.catalog import catalog
from chatdong.safetynet.benefits.models import Claim, FactSheet, Receipt

MOST_QUERIES = 60
POOR = {
    "tenure": 2, "deposit": 5_000_000, "rent": 300_000, "home_value": 0, "other_property": 0, "financial": 500_000, "debt": 0,
    "car": 0, "car_value": 0, "other_income": 0, "medical_expense": 0, "supporter_exists": 0, "receives_living": 0,
}  # fmt: skip


@pytest.fixture
def planner(world: World):
    with stopped(world.now):
        yield desk(world, "planner")


@pytest.fixture
def kim(world: World) -> int:
    return world.households["kim"].pk


@pytest.fixture
def told(world: World, kim: int):
    person = world.households["kim"].residents.get().pk
    nothing = {"earned": 0, "business": 0, "pension": 0}
    return note_facts(
        by=actor(world, "planner"), household_id=kim, facts=POOR, people={person: nothing}, source="visit",
        book=catalog().book, at=world.now,
    )  # fmt: skip


def here(household_id: int, rest: str = "") -> str:
    return f"/staff/households/{household_id}/benefits/{rest}"


def noted(world: World, household_id: int, benefit: str = "living_benefit") -> Claim:
    by = actor(world, "planner")
    return note_claim(by=by, household_id=household_id, benefit=benefit, book=catalog().book, at=world.now)


def refused(world: World, household_id: int, days_ago: int) -> Claim:
    by, then = actor(world, "planner"), world.now - timedelta(days=days_ago)
    row = note_claim(by=by, household_id=household_id, benefit="living_benefit", book=catalog().book, at=then)
    apply_claim(by=by, claim_id=row.pk, on=then.date(), at=then)
    return decide_claim(by=by, claim_id=row.pk, is_granted=False, on=then.date(), at=then, reason="재산이 기준을 넘음")


# --- what is shown


def test_what_may_be_owed_stands_with_amount_reason_papers_and_phone(planner, kim, told):
    page = text_of(planner.get(here(kim)))
    words = ("받을 가능성이 높고 받지 않는 것", "생계급여", "82만", "소득인정액", "사회보장급여 신청서", "tel:129", "김영숙",
             "국민기초생활보장법", "안내할 것으로 올리기", "사람이 정합니다")  # fmt: skip
    assert not [word for word in words if word not in page]
    assert "수급 확정" not in page
    assert page.find("누구나 이용할 수 있는 것") > page.find("생계급여"), "a hotline is no find"
    assert Entry.objects.filter(event="benefit.owed", household=kim).count() == 1


def test_before_anything_was_told_the_page_says_so_and_what_to_ask_first(planner, kim):
    page = text_of(planner.get(here(kim)))
    assert "아직 들은 사정이 없습니다" in page
    assert "먼저 여쭐 것" in page
    assert f'href="/staff/households/{kim}/facts/"' in page
    why = text_of(planner.get(here(kim), {"why": "living_benefit"}))
    assert why.count("benefit-line__mark") > page.count("benefit-line__mark")


def test_what_is_received_twice_is_told_with_what_to_do(world, planner, kim, told):
    for key in ("living_benefit", "seoul_basic_security"):
        note_receipt(
            by=actor(world, "planner"), household_id=kim, benefit=key, since=world.today, source="register",
            book=catalog().book, at=world.now,
        )  # fmt: skip
    page = text_of(planner.get(here(kim)))
    assert "함께 받을 수 없는 것" in page
    assert "어느 쪽이 맞는지 구청에 확인" in page


def test_the_consent_to_sensitive_facts_is_told(world, planner, kim):
    assert "아직 받지 않았습니다" in text_of(planner.get(f"/staff/households/{kim}/facts/"))
    give_consent(by=actor(world, "planner"), household_id=kim, kind="sensitive", text_version="2026-1", way="paper", at=world.now)
    assert "동의를 2026. 3. 16.에 받았습니다" in text_of(planner.get(f"/staff/households/{kim}/facts/"))


def test_the_page_asks_no_more_questions_for_more_claims(world, planner, kim, told):
    few = len(queries(lambda: planner.get(here(kim))))
    for key in ("living_benefit", "basic_pension", "housing_benefit", "culture_card", "energy_voucher"):
        noted(world, kim, key)
    assert len(queries(lambda: planner.get(here(kim)))) <= few + 2 <= MOST_QUERIES


def test_the_households_page_has_one_small_card(world, planner, kim):
    noted(world, kim)
    page = text_of(planner.get(f"/staff/households/{kim}/"))
    assert "진행 중인 혜택 1건" in page
    assert f'href="{here(kim)}"' in page


def test_a_pension_is_noted_for_each_person_and_then_stands_under_the_name(world, planner):
    home = world.households["family"]
    names = dict(home.residents.values_list("name", "id"))
    minsu, other = names["박민수"], names["정영식"]
    note_claim(
        by=actor(world, "planner"), household_id=home.pk, benefit="basic_pension", book=catalog().book, at=world.now,
        resident_id=minsu,
    )  # fmt: skip
    answer = planner.post(here(home.pk, "claims/"), {"benefit": "basic_pension", "resident": str(other)})
    row = Claim.objects.get(resident_id=other)
    assert answer["Location"] == here(home.pk) + f"#claim-{row.pk}"
    page = text_of(planner.get(here(home.pk)))
    assert "정영식 님께 안내할 것으로 올렸습니다" in page
    cards = [part.partition("</article>")[0] for part in page.split('<article class="card benefit-card"')[1:]]
    assert {name for name in names for card in cards if "기초연금" in card and name in card} == {"박민수", "정영식"}
    planner.post(here(home.pk, "claims/"), {"benefit": "living_benefit", "resident": str(other)})
    assert "사람을 고르지 않습니다" in text_of(planner.get(here(home.pk)))
    assert Claim.objects.count() == 2


def test_a_claim_of_the_whole_home_is_told_whose_it_is_on_its_card(world, planner):
    home = world.households["family"]
    pk = noted(world, home.pk, "basic_pension").pk
    person = home.residents.get(name="정영식").pk
    assert "누구의 신청인지 적기" in text_of(planner.get(here(home.pk)))
    empty = planner.post(here(home.pk, f"claims/{pk}/person/"), {f"person{pk}-resident_id": ""})
    assert empty.status_code == 422 and f'id="id_person{pk}-resident_id-error"' in text_of(empty)
    stranger = world.households["kim"].residents.get().pk
    assert planner.post(here(home.pk, f"claims/{pk}/person/"), {f"person{pk}-resident_id": stranger}).status_code == 422
    assert planner.post(here(home.pk, f"claims/{pk}/person/"), {f"person{pk}-resident_id": person}).status_code == 302
    assert Claim.objects.get().resident_id == person
    assert "누구의 신청인지 적기" not in text_of(planner.get(here(home.pk)))


def test_what_may_not_be_combined_is_ended_where_it_is_told(world, planner, kim, told):
    for key in ("living_benefit", "seoul_basic_security"):
        note_receipt(
            by=actor(world, "planner"), household_id=kim, benefit=key, since=world.today, source="register",
            book=catalog().book, at=world.now,
        )  # fmt: skip
    row = Receipt.objects.get(benefit="seoul_basic_security")
    part = text_of(planner.get(here(kim))).partition('id="doubles"')[2].partition("</section>")[0]
    assert f"receipts/{row.pk}/end/" in part and f'name="end{row.pk}-until"' in part
    assert planner.post(here(kim, f"receipts/{row.pk}/end/"), {f"end{row.pk}-until": "2026-03-16"}).status_code == 302
    row.refresh_from_db()
    assert row.until == world.today


def test_what_the_gu_adds_in_the_households_situation_is_shown_there_and_on_the_visit(world, planner, kim, told):
    for situation, title in (("older", "어르신 방문 이불"), ("newborn", "출산 축하 상자")):
        add_addition(
            by=actor(world, "gu_officer"), gu_id=world.gus["서대문구"].pk, situation=situation, title=title, text="겨울에",
            amount=50_000, per="once", source="구 방침 2026-3", median_pct_at_most=80, since=world.today, at=world.now,
        )  # fmt: skip
    for path in ("", "visit/"):
        page = text_of(planner.get(here(kim, path)))
        assert "어르신 방문 이불" in page and "5만 원" in page and "80%" in page and "구 방침 2026-3" in page
        assert "출산 축하 상자" not in page, "nobody there is a baby"


# --- the steps


def test_one_click_notes_it_and_two_clicks_are_one_claim(planner, kim, told):
    for _ in range(2):
        answer = planner.post(here(kim, "claims/"), {"benefit": "living_benefit"})
        assert answer.status_code == 302
    row = Claim.objects.get()
    assert (row.state, row.household_id, answer["Location"]) == ("noted", kim, here(kim) + f"#claim-{row.pk}")
    assert "진행 중: 안내할 것" in text_of(planner.get(here(kim)))


def test_a_benefit_that_is_none_is_refused_in_words(planner, kim):
    answer = planner.post(here(kim, "claims/"), {"benefit": "nonsense"}, follow=True)
    assert "목록에서 혜택을 골라 주세요" in text_of(answer)
    assert not Claim.objects.exists()


def test_from_told_to_granted_step_by_step(world, planner, kim, told):
    pk, day = noted(world, kim).pk, world.today.isoformat()
    assert planner.post(here(kim, f"claims/{pk}/tell/"), {f"tell{pk}-on": day}).status_code == 302
    typed = {f"apply{pk}-on": day, f"apply{pk}-system_number": "2026-0316 77", f"apply{pk}-system_on": day}
    assert planner.post(here(kim, f"claims/{pk}/apply/"), typed).status_code == 302
    page = text_of(planner.get(here(kim)))
    assert 'data-copy="2026-031677"' in page
    number = {f"number{pk}-system_number": "2026-031678", f"number{pk}-system_on": day}
    assert planner.post(here(kim, f"claims/{pk}/number/"), number).status_code == 302
    decided = {f"decide{pk}-result": "granted", f"decide{pk}-on": day, f"decide{pk}-reason": ""}
    assert planner.post(here(kim, f"claims/{pk}/decide/"), decided).status_code == 302
    row = Claim.objects.get()
    assert (row.state, row.system_number) == ("granted", "2026-031678")
    assert Receipt.objects.get().benefit == "living_benefit"


def test_a_refusal_without_its_reason_keeps_what_was_typed(world, planner, kim, told):
    pk = noted(world, kim).pk
    apply_claim(by=actor(world, "planner"), claim_id=pk, on=world.today, at=world.now)
    typed = {f"decide{pk}-result": "refused", f"decide{pk}-on": world.today.isoformat(), f"decide{pk}-reason": "  "}
    answer = planner.post(here(kim, f"claims/{pk}/decide/"), typed)
    page = text_of(answer)
    assert answer.status_code == 422
    assert f'href="#id_decide{pk}-reason"' in page
    assert f'id="id_decide{pk}-reason-error"' in page
    assert f'value="{world.today.isoformat()}"' in page
    assert Claim.objects.get().state == "applied"


def test_a_refusal_counts_the_days_to_its_objection_and_takes_it(world, planner, kim, told):
    row = refused(world, kim, 78)
    page = text_of(planner.get(here(kim)))
    assert "이의신청 14일 남음" in page, "the ninetieth day is a Saturday: until Monday"
    assert "재산이 기준을 넘음" in page
    day = world.today.isoformat()
    assert planner.post(here(kim, f"claims/{row.pk}/object/"), {f"object{row.pk}-on": day}).status_code == 302
    assert Claim.objects.get().state == "objected"


def test_giving_up_needs_a_reason(world, planner, kim):
    pk = noted(world, kim).pk
    assert planner.post(here(kim, f"claims/{pk}/drop/"), {f"drop{pk}-reason": ""}).status_code == 422
    assert planner.post(here(kim, f"claims/{pk}/drop/"), {f"drop{pk}-reason": "unwanted"}).status_code == 302
    assert "본인이 원하지 않음" in text_of(planner.get(here(kim)))


def test_what_somebody_else_did_meanwhile_is_a_conflict_in_words(world, planner, kim):
    pk = noted(world, kim).pk
    day = world.today.isoformat()
    planner.post(here(kim, f"claims/{pk}/drop/"), {f"drop{pk}-reason": "unwanted"})
    answer = planner.post(here(kim, f"claims/{pk}/tell/"), {f"tell{pk}-on": day})
    assert answer.status_code == 409
    assert "지금 상태에서는 할 수 없는 일입니다" in text_of(answer)


def test_what_is_received_begins_and_ends(world, planner, kim):
    day = world.today.isoformat()
    begun = {"receipt-benefit": "basic_pension", "receipt-since": day, "receipt-source": "visit", "receipt-resident": ""}
    assert planner.post(here(kim, "receipts/"), begun | {"receipt-source": ""}).status_code == 422
    assert planner.post(here(kim, "receipts/"), begun).status_code == 302
    pk = Receipt.objects.get().pk
    early = (world.today - timedelta(days=3)).isoformat()
    assert planner.post(here(kim, f"receipts/{pk}/end/"), {f"end{pk}-until": early}).status_code == 422
    assert planner.post(here(kim, f"receipts/{pk}/end/"), {f"end{pk}-until": day}).status_code == 302
    assert Receipt.objects.get().until == world.today


def test_claims_of_a_household_that_was_joined_go_on(world, planner, kim):
    other = world.households["family"].pk
    pk = noted(world, other).pk
    merge_rows(by=BY, keep_id=kim, drop_id=other, at=world.now)
    assert f'id="claim-{pk}"' in text_of(planner.get(here(kim)))
    assert planner.post(here(kim, f"claims/{pk}/tell/"), {f"tell{pk}-on": world.today.isoformat()}).status_code == 302
    assert noted(world, kim).pk == pk, "no second claim for the same benefit"


# --- who may not


def test_a_claim_of_another_household_is_not_reached_through_this_one(world, planner, kim):
    pk = noted(world, world.households["family"].pk).pk
    answer = planner.post(here(kim, f"claims/{pk}/tell/"), {f"tell{pk}-on": world.today.isoformat()})
    assert answer.status_code == 404
    assert Claim.objects.get().state == "noted"


def test_out_of_reach_is_not_there(world, planner):
    far = world.households["far"].pk
    assert planner.get(here(far)).status_code == 404
    assert planner.get(f"/staff/households/{far}/facts/").status_code == 404
    assert planner.post(here(far, "claims/"), {"benefit": "living_benefit"}).status_code == 404


def test_who_may_only_read_is_offered_no_step_and_may_take_none(world, kim, told):
    pk = noted(world, kim).pk
    with stopped(world.now):
        officer = desk(world, "gu_officer")
        page = text_of(officer.get(here(kim)))
        assert "생계급여" in page
        assert "안내할 것으로 올리기" not in page
        assert f"claims/{pk}/" not in page
        assert officer.post(here(kim, "claims/"), {"benefit": "living_benefit"}).status_code == 403
        assert officer.get(f"/staff/households/{kim}/facts/").status_code == 403


# --- facts


def facts_of(planner, kim: int, **typed: str):
    page = text_of(planner.get(f"/staff/households/{kim}/facts/"))
    seen = page.split('name="seen" value="')[1].split('"')[0]
    return planner.post(f"/staff/households/{kim}/facts/", {"seen": seen, "source": "visit", **typed})


def test_bands_figures_and_not_known_are_taken_and_only_what_changed_is_written(world, planner, kim, told):
    person = world.households["kim"].residents.get().pk
    answer = facts_of(planner, kim, rent="200001-400000", deposit="exact", **{"deposit-exact": "1,200만"}, debt="",
                      tenure="2", **{f"p{person}-pension": "exact", f"p{person}-pension-exact": "320,000원"})  # fmt: skip
    assert answer.status_code == 302
    sheet = FactSheet.objects.order_by("-id").first()
    assert sheet.facts["rent"] == [200_001, 400_000]
    assert sheet.facts["deposit"] == 12_000_000
    assert "debt" not in sheet.facts
    assert sheet.facts["financial"] == 500_000
    assert sheet.people[str(person)]["pension"] == 320_000
    written = Entry.objects.filter(event="benefit.told").order_by("-id").first()
    assert set(written.details["facts"]) == {"rent", "deposit", "debt", "pension"}


def test_what_is_known_stands_there_with_when_and_how_it_was_learned(planner, kim, told):
    page = text_of(planner.get(f"/staff/households/{kim}/facts/"))
    assert "2026. 3. 16. 09:00에 적었습니다 (방문에서 들음)" in page
    assert 'value="300000"' in page
    assert "age_months" not in page


def test_a_figure_that_is_none_stays_typed_with_its_sentence(planner, kim, told):
    answer = facts_of(planner, kim, rent="exact", **{"rent-exact": "삼십만"})
    page = text_of(answer)
    assert answer.status_code == 422
    assert 'value="삼십만"' in page
    assert 'href="#id_rent"' in page
    assert FactSheet.objects.count() == 1


def test_how_it_was_learned_is_asked(planner, kim, told):
    answer = facts_of(planner, kim, source="")
    assert answer.status_code == 422
    assert "어떻게 알게 되었는지" in text_of(answer)


def test_what_another_wrote_meanwhile_is_not_overwritten_unseen(world, planner, kim, told):
    page = text_of(planner.get(f"/staff/households/{kim}/facts/"))
    seen = page.split('name="seen" value="')[1].split('"')[0]
    with stopped(world.now + timedelta(minutes=5)):
        note_facts(
            by=actor(world, "planner"), household_id=kim, facts={"rent": 0}, people={}, source="phone", book=catalog().book,
            at=world.now + timedelta(minutes=1),
        )  # fmt: skip
        answer = planner.post(f"/staff/households/{kim}/facts/", {"seen": seen, "source": "visit", "debt": "1-10000000"})
    assert answer.status_code == 409
    assert "다른 사람이 사정을 적었습니다" in text_of(answer)
    assert FactSheet.objects.count() == 2


def test_a_child_is_not_asked_about_wages(world, planner):
    family = world.households["family"]
    baby = family.residents.get(name="박아기").pk
    page = text_of(planner.get(f"/staff/households/{family.pk}/facts/"))
    assert f'name="p{baby}-disability"' in page
    assert f'name="p{baby}-earned"' not in page


# --- 오늘, and the visit


def test_a_claim_whose_day_has_come_stands_in_today_masked_and_late(world, planner, kim):
    noted(world, kim)
    with stopped(world.now + timedelta(days=16)):
        page = text_of(planner.get("/staff/", {"whose": "dong"}))
        rows = text_of(planner.get("/staff/", {"show": "claims", "whose": "dong"}))
    assert "혜택: 생계급여, 안내하기" in page
    assert "2일 지남" in page
    assert "김*숙" in rows
    assert "김영숙" not in rows
    assert f"{here(kim)}#claim-" in rows
    assert not [word for word in ("혜택: 생계급여",) if word in text_of(planner.get("/staff/", {"whose": "dong"}))]


def test_a_refusal_comes_back_before_its_objection_day(world, planner, kim):
    refused(world, kim, 80)
    assert "이의신청할지 확인" in text_of(planner.get("/staff/", {"show": "claims", "whose": "dong"}))


def test_claims_of_another_dong_are_not_in_today(world, kim):
    noted(world, kim)
    with stopped(world.now + timedelta(days=16)):
        assert "생계급여" not in text_of(desk(world, "planner", "other_gu").get("/staff/", {"show": "claims", "whose": "dong"}))


def test_the_visit_sheet_brings_the_package_and_what_to_ask(planner, kim, told):
    sheet = text_of(planner.get(f"/staff/households/{kim}/visit/"))
    assert f'hx-get="{here(kim)}visit/"' in sheet
    part = text_of(planner.get(here(kim, "visit/")))
    assert "<html" not in part
    assert "생계급여" in part
    assert "월세 계약서와 통장을 함께 봅니다." in part
    assert part.count("<ol>") == 1
    assert part.split("<ol>")[1].split("</ol>")[0].count("<li>") == 2
