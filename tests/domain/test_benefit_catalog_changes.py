"""What a change of one number does: to an answer, to the fingerprint, to those who gain and lose; and how figures stand today."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from tests.domain.catalog_files import change, copy_catalog, write_catalog

from chatdong.config.checks import rules_are_sound
from chatdong.engines.eligibility import Household, Status, assess
from chatdong.safetynet.benefits.catalog import load, read
from chatdong.safetynet.benefits.catalog.changes import gains_and_losses, summary
from chatdong.safetynet.benefits.catalog.standing import Doubt, standings

DAY = date(2026, 7, 1)


def earning(*won):
    return [Household({"receives": 0}, ({"age_months": 480, "female": 0, "earned": one},)) for one in won]


def test_one_number_changed_in_one_file_changes_the_answer(tmp_path):
    folder = copy_catalog(tmp_path)
    before = load(folder).book
    told = {fact.id: 0 for fact in before.facts.values() if fact.subject == "household"}
    person = {fact.id: 0 for fact in before.facts.values() if fact.subject == "person"}
    home = Household(told, (person | {"age_months": 480, "pension": 850_000},))
    change(folder / "tables/median_income.yaml", "[2564238,", "[2664238,")
    after = load(folder).book
    answers = [assess(book.on(DAY), home).verdicts["living_benefit"] for book in (before, after)]
    assert [one.status for one in answers] == [Status.NOT_ELIGIBLE, Status.ELIGIBLE]
    assert answers[1].amount == (2_556, 2_556)  # 2,664,238 x 32 % = 852,556
    assert before.fingerprint != after.fingerprint


def test_the_fingerprint_is_of_what_is_said_and_not_of_how(tmp_path):
    first = load(write_catalog(tmp_path / "a")).book.fingerprint
    assert len(first) == 64
    other = write_catalog(tmp_path / "b", bread=("name: 빵\nname_en: Bread\n", "name_en: Bread # as sold\nname: '빵'\n"))
    (other / "tables/limits.yaml").rename(other / "tables/bounds.yaml")
    change(other / "benefits/bread.yaml", "name: 꼭 기준", "name: 기준과 같음")
    assert load(other).book.fingerprint == first
    assert load(write_catalog(tmp_path / "c", bread=("value: 900", "value: 901"))).book.fingerprint != first
    assert load(write_catalog(tmp_path / "d", milk=("우유 한 병", "우유 두 병"))).book.fingerprint != first
    assert load(write_catalog(tmp_path / "e", limits=("until: 2026-12-31", "until: 2026-12-30"))).book.fingerprint != first


def rules_of(folder, day=DAY, **changed):
    return load(write_catalog(folder, **changed)).book.on(day)


def test_a_lower_limit_shows_who_loses_and_a_dearer_loaf_who_gets_more(tmp_path):
    old = rules_of(tmp_path / "old")
    lower = rules_of(tmp_path / "new", limits=("value: 900", "value: 800"), bread=("value: 900", "value: 950"))
    bread = gains_and_losses(old, lower, earning(700, 850, 900, 1000))["bread"]
    assert (bread.gains, bread.losses, bread.more, bread.less) == ([], [1, 2], [0], [])
    assert bread.difference == (50, 50)
    back = gains_and_losses(lower, old, earning(700, 850, 900, 1000))
    assert (back["bread"].gains, back["bread"].losses, back["bread"].less) == ([1, 2], [], [0])
    assert back["bread"].difference == (-50, -50)
    assert summary(back, 4) == [
        "살펴본 4가구 가운데 2가구가 새로 받을 수 있고, 0가구가 못 받게 됩니다.",
        "빵: 새로 2가구, 금액이 주는 1가구, 금액의 합 -50원",
    ]


def test_who_told_too_little_gains_and_loses_nothing_but_a_missing_figure_unsettles(tmp_path):
    old = rules_of(tmp_path)
    silent = [Household({}, ({"age_months": 480},))]
    raised = rules_of(tmp_path / "new", limits=("value: 900", "value: 950"))
    assert not gains_and_losses(old, raised, silent)["bread"].is_felt
    next_year = load(tmp_path).book.on(date(2027, 1, 1))
    bread = gains_and_losses(old, next_year, earning(700, 1000))["bread"]
    assert (bread.unsettled, bread.losses) == ([0, 1], [])


def test_new_and_ended_benefits_are_told(tmp_path):
    both = rules_of(tmp_path / "both")
    alone = write_catalog(tmp_path / "alone", groups=("[bread, milk]", "[bread]"))
    (alone / "benefits/milk.yaml").unlink()
    child = [Household({"receives": 0}, ({"age_months": 480, "earned": 5000}, {"age_months": 60, "earned": 0}))]
    one = load(alone).book.on(DAY)
    gained, lost = gains_and_losses(one, both, child)["milk"], gains_and_losses(both, one, child)["milk"]
    assert (gained.is_new, gained.gains) == (True, [0])
    assert (lost.is_gone, lost.losses) == (True, [0])
    assert summary(gains_and_losses(both, one, child), 1)[1:] == ["우유: 없어지는 제도, 못 받게 되는 1가구"]
    assert summary(gains_and_losses(one, one, child), 1) == ["살펴본 1가구 가운데 답이 달라지는 곳이 없습니다."]


@pytest.mark.parametrize(
    ("changed", "today", "doubts"),
    [
        (("", ""), date(2026, 10, 31), []),
        (("", ""), date(2026, 11, 1), [Doubt.EXPIRING]),
        (("", ""), date(2027, 1, 1), [Doubt.MISSING]),
        (("high", "low"), DAY, [Doubt.LOW]),
        (("verified_on: 2026-11-21", "verified_on: 2025-06-30"), DAY, [Doubt.STALE]),
        (("verified_on: 2026-11-21", "verified_on: 2025-07-01"), DAY, []),
        (("고시 제1호", "고시(원문 확인 전)"), DAY, [Doubt.UNREAD]),
        (("cite: 고시 제1호, ", ""), DAY, [Doubt.UNSOURCED]),
        ((", until: 2026-12-31", ""), date(2026, 12, 31), []),
    ],
)
def test_how_a_figure_stands(tmp_path, changed, today, doubts):
    found, _ = read(write_catalog(tmp_path, limits=changed))
    told = [one for one in standings(found, today) if one.parameter == "limit"]
    assert [one.doubt for one in told] == doubts
    assert all(one.benefits == ("bread",) for one in told)
    assert all(one.place == ("tables/limits.yaml", 1) for one in told)


def test_the_command_tells_and_counts(capsys):
    call_command("check_benefits", "--on", "2026-11-22")
    told = capsys.readouterr().out
    assert "2026. 11. 22. 기준, 제도 " in told
    assert "출처 없음 0," in told
    assert "잘못 적힌 곳 0" in told
    assert "기초연금 (basic_pension)" in told
    assert "곧 끝나고 다음 값이 없음: 기초연금 기준연금액(월) (tables/basic_pension.yaml:" in told
    assert "기준 중위소득 (tables" not in told, "next year's is known"


def test_the_command_fails_on_a_wrong_file(tmp_path, monkeypatch, capsys):
    wrong = write_catalog(tmp_path, limits=("cite: 고시 제1호, ", ""))
    monkeypatch.setattr("chatdong.jobs.management.commands.check_benefits.read", lambda: read(wrong))
    with pytest.raises(CommandError):
        call_command("check_benefits", "--on", "2026-07-01")
    assert "출처 없음: 소득 기준 (tables/limits.yaml:1)" in capsys.readouterr().out


def test_a_start_with_a_wrong_file_is_refused_before_it_goes_live(tmp_path, monkeypatch):
    assert rules_are_sound(None) == []
    wrong = write_catalog(tmp_path, limits=("cite: 고시 제1호, ", ""))
    monkeypatch.setattr("chatdong.config.checks.catalog", lambda: load(wrong))
    assert [(one.id, one.msg) for one in rules_are_sound(None)] == [
        ("chatdong.E007", "tables/limits.yaml:4: a number without a source")
    ]
