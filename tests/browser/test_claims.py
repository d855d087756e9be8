"""A benefit in a real browser: what a household tells, what it may be owed, and its claim to the objection day."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect
from tests.world import World

from chatdong.safetynet.benefits.models import Claim, FactSheet

# What is answered with "none" here.
NOTHING = (
    "일해서 받는 돈(월급·일당)", "장사·농사로 남는 돈", "연금(국민연금·직역연금 등)", "보증금", "한 달 월세", "집값(공시가격)",
    "그 밖에 들어오는 돈(임대료·이자·가족이 보내는 돈)", "땅·상가·다른 집", "통장·적금·보험에 있는 돈",
    "갚을 빚(대출)", "자동차 값",
    "한 달 병원비·약값",
)  # fmt: skip


def test_from_a_question_to_the_objection(page: Page, world: World, log_in: Callable, hour, every_look: Callable) -> None:
    log_in("planner")
    kim = world.households["kim"].pk
    page.goto(f"/staff/households/{kim}/")
    page.get_by_role("link", name="받을 수 있는 혜택 보기").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("받을 수 있는 혜택")
    every_look(page, "benefits-empty")
    page.get_by_role("link", name="이 가구의 사정 적기").first.click()
    tell(page, every_look)
    card = page.locator("#benefit-living_benefit")
    expect(card).to_contain_text("생계급여")
    every_look(page, "benefits-told")
    card.get_by_text("왜 그런가요").click()
    expect(card).to_contain_text("소득인정액")
    card.get_by_role("button", name="안내할 것으로 올리기").press("Enter")
    claim = page.locator(f"#claim-{Claim.objects.get().pk}")
    claim.get_by_role("button", name="오늘 안내함").click()
    expect(claim).to_contain_text("안내함")
    claim.get_by_text("신청함", exact=True).click()
    claim.get_by_label("행복e음 등록번호").fill("2026-031677")
    claim.get_by_role("button", name="신청한 것으로 적기").click()
    expect(claim.get_by_role("button", name="복사")).to_be_visible()
    hour.later(days=20)
    refuse(page, claim, every_look)
    hour.later(days=80)
    page.goto("/staff/?show=claims")
    expect(page.locator("main")).to_contain_text("이의신청할지 확인")
    page.get_by_role("link", name="혜택 보기").click()
    expect(claim).to_contain_text("이의신청 12일 남음")
    every_look(page, "benefits-refused")
    claim.get_by_role("button", name="오늘 이의신청함").click()
    expect(claim).to_contain_text("이의신청")
    row = Claim.objects.get()
    assert (row.state, row.objected_on) == ("objected", world.today + timedelta(days=100))


def tell(page: Page, every_look: Callable) -> None:
    """Everything that decides 생계급여, at first with a figure that is none: what was typed stays."""
    page.evaluate("document.querySelectorAll('details.disclosure').forEach(one => { one.open = true; })")
    for label in NOTHING:
        select = page.get_by_label(label, exact=True)
        if select.count():
            select.select_option("0-0")
    page.get_by_label("생계급여를 받고 있음", exact=True).select_option("0")
    page.get_by_label("자동차", exact=True).select_option("0")
    page.get_by_label("따로 사는 부모나 자녀가 있음", exact=True).select_option("0")
    page.get_by_label("보증금", exact=True).select_option("exact")
    page.locator("#id_deposit-exact").fill("오백만")
    page.get_by_label("어떻게 알게 되었나요").select_option("visit")
    page.get_by_role("button", name="저장").click()
    expect(page.locator(".error-summary")).to_contain_text("보증금")
    expect(page.locator("#id_deposit-exact")).to_have_value("오백만")
    every_look(page, "benefits-facts-error")
    page.locator("#id_deposit-exact").fill("500만")
    page.get_by_role("button", name="저장").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("받을 수 있는 혜택")
    assert FactSheet.objects.get().facts["deposit"] == 5_000_000


def refuse(page: Page, claim, every_look: Callable) -> None:
    """A refusal, at first without its reason."""
    page.reload()
    claim.get_by_text("결정이 남", exact=True).click()
    claim.get_by_text("받지 못하게 되었습니다", exact=True).click()
    claim.get_by_role("button", name="결정 적기").click()
    expect(page.locator(".error-summary")).to_contain_text("왜 받지 못하게 되었는지")
    every_look(page, "benefits-claim-error")
    claim.get_by_label("받지 못한 이유").fill("재산이 기준을 넘는다고 함")
    claim.get_by_role("button", name="결정 적기").click()
    expect(claim).to_contain_text("이의신청 92일 남음")  # the ninetieth day is a Saturday: 민법 §161


def test_the_standard_sheet_by_keyboard(page: Page, world: World, log_in: Callable, hour, every_look: Callable) -> None:
    log_in("gu_officer")
    page.goto("/staff/standard-support/")
    page.get_by_label("상황", exact=True).first.select_option("newborn")
    page.get_by_role("button", name="보기", exact=True).press("Enter")
    expect(page.locator("#likely")).to_contain_text("첫만남이용권")
    every_look(page, "standard-support")
    page.locator("summary", has_text="추가 지원 적기").press("Enter")
    page.get_by_role("button", name="적기", exact=True).press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    every_look(page, "standard-support-error")


def test_what_fits_the_home_is_loaded_when_it_is_opened(page: Page, world: World, log_in: Callable) -> None:
    log_in("planner")
    page.goto(f"/staff/households/{world.households['kim'].pk}/visit/")
    part = page.locator("details", has_text="이 집에 맞는 지원과 여쭐 것").first
    whole = part.get_by_role("link", name="받을 수 있는 혜택 모두 보기")
    expect(whole).to_have_count(0)
    part.locator("summary").first.click()
    expect(whole).to_be_visible()
