"""A wrong file stops the catalog: every mistake with its file, its line and what to do, all of them at once."""

import pytest
from tests.domain.catalog_files import FIGURE, FILES, write_catalog

from chatdong.safetynet.benefits.catalog import CatalogError, load, read
from chatdong.safetynet.benefits.catalog.cases import differences
from chatdong.safetynet.benefits.catalog.checks import bare_numbers, circles


def problems_of(folder, **changed):
    with pytest.raises(CatalogError) as caught:
        load(write_catalog(folder, **changed))
    return caught.value.problems


def test_the_tiny_catalog_itself_is_right(tmp_path):
    found = load(write_catalog(tmp_path))
    assert list(found.book.benefits) == ["bread", "milk"]
    assert [said for key in found.cases for _, said in differences(found.book, found.cases[key])] == []


LATER = "\n    - {since: 2026-06-01, value: 950, cite: 고시, verified_on: 2026-11-21, confidence: high}"
IN_THE_RULE = "- not: {is: receives}"
MISTAKES = {
    "an undated number": ({"bread": ("{since: 2026-01-01, ", "{")}, "benefits/bread.yaml", 16, "an undated number"),
    "no number": ({"limits": ("value: 900", "value: 구백")}, "tables/limits.yaml", 4, "no whole number"),
    "a missing source": ({"limits": ("cite: 고시 제1호, ", "")}, "tables/limits.yaml", 4, "without a source"),
    "an empty source": ({"bread": ("cite: 고시 제1호", "cite: ''")}, "benefits/bread.yaml", 16, "without a source"),
    "never verified": ({"limits": ("verified_on: 2026-11-21, ", "")}, "tables/limits.yaml", 4, "'verified_on'"),
    "unknown confidence": ({"limits": ("confidence: high", "confidence: sure")}, "tables/limits.yaml", 4, "confidence"),
    "overlapping dates": ({"limits": (FIGURE, FIGURE + LATER)}, "tables/limits.yaml", 5, "overlapping dates"),
    "ends before it begins": ({"limits": ("until: 2026-12-31", "until: 2025-12-31")}, "tables/limits.yaml", 4, "ends before"),
    "a comma that cuts a source": ({"limits": ("고시 제1호", "고시(1호, 2호)")}, "tables/limits.yaml", 4, "unknown field"),
    "unknown condition": ({"bread": (IN_THE_RULE, "- feels: hungry")}, "benefits/bread.yaml", 20, "unknown condition feels"),
    "unknown fact": ({"bread": ("is: receives", "is: hungry")}, "benefits/bread.yaml", 20, "'hungry' is no fact"),
    "unknown option": ({"bread": (IN_THE_RULE, "- formula: receives == 'x'")}, "benefits/bread.yaml", 20, "only a choice"),
    "a bare number in a rule": ({"bread": ("limit: limit", "limit: 900")}, "benefits/bread.yaml", 19, "the bare number 900"),
    "a bare number in an amount": ({"bread": ("formula: loaf", "formula: loaf + 500")}, "benefits/bread.yaml", 21, "number 500"),
    "a bare number in a measure": ({"measures": ("total(earned)", "total(earned) - 500")}, "measures.yaml", 3, "number 500"),
    "a division by nothing": ({"bread": ("loaf, per", "loaf // (loaf - limit), per")}, "benefits/bread.yaml", 21, "below one"),
    "a division by a figure that is 0": (
        {"bread": ("loaf, per", "100 // limit, per"), "limits": ("value: 900", "value: 0")}, "benefits/bread.yaml", 21, "below"),
    "a division by a fact": ({"measures": ("total(earned)", "total(1000 // earned)")}, "measures.yaml", 3, "below one"),
    "an empty group": ({"bread": (IN_THE_RULE, "- any: []")}, "benefits/bread.yaml", 20, "hold a list"),
    "no criteria": ({"milk": ("criteria:\n  anyone: {age: {to: 18}}\n", "")}, "benefits/milk.yaml", 1, "without criteria"),
    "neither money nor service": ({"milk": ("gives: 우유 한 병\n", "")}, "benefits/milk.yaml", 1, "'gives' has no text"),
    "unknown benefit asked for": ({"milk": ("[bread]", "[honey]")}, "benefits/milk.yaml", 15, "'honey' is no benefit"),
    "unknown benefit in a group": ({"groups": ("bread", "honey")}, "groups.yaml", 1, "'honey' is no benefit"),
    "unknown situation": ({"milk": ("situations: [hungry]", "situations: [thirsty]")}, "benefits/milk.yaml", 20, "'thirsty'"),
    "no case": ({"milk": (FILES["benefits/milk.yaml"].split("words: [우유]\n")[1], "situations: [hungry]\n")},
                "benefits/milk.yaml", 1, "'cases' is no list"),
    "a case with an unknown fact": ({"bread": ("age: 40, earned: 901", "age: 40, paid: 1")}, "benefits/bread.yaml", 29, "'paid'"),
    "a case out of bounds": ({"bread": ("earned: 901", "earned: 1000001")}, "benefits/bread.yaml", 29, "cannot be 1000001"),
    "a case without a day": ({"bread": ("꼭 기준, day: 2026-07-01,", "꼭 기준,")}, "benefits/bread.yaml", 28, "'day' is no day"),
    "a case expects nonsense": ({"bread": ("not_eligible", "no")}, "benefits/bread.yaml", 29, "expect"),
    "a person without an age": ({"bread": ("age: 40, earned: 901", "earned: 901")}, "benefits/bread.yaml", 29, "without an age"),
    "duplicate id in a list": ({"facts": ("id: receives", "id: earned")}, "facts.yaml", 4, "given twice"),
    "id other than the file's name": ({"milk": ("id: milk", "id: cream")}, "benefits/milk.yaml", 1, "not the file's name"),
    "a field twice": ({"milk": ("unit: child", "unit: child\nunit: person")}, "benefits/milk.yaml", 7, "written twice"),
    "a misspelled field": ({"milk": ("owner:", "ownr:")}, "benefits/milk.yaml", 4, "unknown field 'ownr'"),
    "unknown owner": ({"milk": ("owner: 민간", "owner: 달나라")}, "benefits/milk.yaml", 4, "'달나라' is no owner"),
    "a figure named like a fact": ({"bread": ("  loaf:", "  earned:")}, "benefits/bread.yaml", 13, "name of a fact too"),
    "a figure named like a shared one": ({"bread": ("  loaf:", "  limit:")}, "benefits/bread.yaml", 13, "shared figure too"),
    "a measure that needs itself": ({"measures": ("total(earned)", "income + 1")}, "measures.yaml", 3, "a circle"),
    "a person measure of the household": ({"measures": ("age_months // 12", "size + 1")}, "measures.yaml", 1, "the household"),
    "a fact that nobody asks": ({"questions": ("[earned, receives]", "[earned]")}, "questions.yaml", 1, "asks for 'receives'"),
    "a question for no fact": ({"questions": ("[earned, receives]", "[earned, receives, pets]")}, "questions.yaml", 2, "'pets'"),
    "asked when unknown": ({"facts": ("age_months >= 180", "receives")}, "facts.yaml", 3, "about the household"),
    "a home asked by what it tells": (
        {"facts": ("받고 있음}", "받고 있음, asked_when: total(earned) > 0}")}, "facts.yaml", 4, "age_months and female only"),
    "a home asked by a person's age": (
        {"facts": ("받고 있음}", "받고 있음, asked_when: age_months >= 180}")}, "facts.yaml", 4, "about a person"),
    "no bounds": ({"facts": (", range: [0, 1000000]", "")}, "facts.yaml", 3, "no bounds"),
    "no YAML": ({"milk": ("summary: 우유를", "summary: [우유를")}, "benefits/milk.yaml", 8, "no YAML"),
    "an empty file": ({"milk": (FILES["benefits/milk.yaml"], "# nothing\n")}, "benefits/milk.yaml", 1, "is empty"),
    "an impossible day": ({"limits": ("2026-01-01", "2026-02-30")}, "tables/limits.yaml", 4, "'2026-02-30' is no day"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_where_it_stands(tmp_path, name):
    changed, file, line, says = MISTAKES[name]
    found = problems_of(tmp_path, **changed)
    assert [one for one in found if one.file == file and one.line == line and says in one.says], "\n".join(map(str, found))
    assert all(one.do for one in found)


def test_benefits_may_not_ask_for_one_another_in_a_circle(tmp_path):
    found = problems_of(tmp_path, bread=("documents:", "excluded_by: [milk]\ndocuments:"))
    assert [(one.file, one.says) for one in found] == [("benefits/bread.yaml", "a circle: bread -> milk -> bread")]


def test_a_benefit_may_not_exclude_itself_through_a_group(tmp_path):
    found = problems_of(tmp_path, milk=("[bread]", "[both]"))
    assert any("a circle: milk -> milk" in one.says for one in found)


def test_all_mistakes_are_told_at_once_in_the_order_of_files(tmp_path):
    found = problems_of(
        tmp_path, limits=("cite: 고시 제1호, ", ""), milk=("[bread]", "[honey]"), bread=("is: receives", "is: hungry")
    )
    assert [(one.file, one.line) for one in found] == [
        ("benefits/bread.yaml", 20), ("benefits/milk.yaml", 15), ("tables/limits.yaml", 4),
    ]  # fmt: skip
    assert list(found) == sorted(found)


def test_one_wrong_file_does_not_keep_an_author_of_another_from_working(tmp_path):
    found, problems = read(write_catalog(tmp_path, bread=("is: receives", "is: hungry")))
    assert [one.file for one in problems] == ["benefits/bread.yaml"]
    assert list(differences(found.book, found.cases["milk"])) == []


def test_a_missing_file_is_a_mistake(tmp_path):
    (write_catalog(tmp_path) / "groups.yaml").unlink()
    with pytest.raises(CatalogError, match=r"groups\.yaml:1: the file is missing"):
        load(tmp_path)


def test_a_case_that_comes_out_otherwise_is_told(tmp_path):
    found = load(write_catalog(tmp_path, bread=("earned: 901", "earned: 900")))
    assert [(case.name, said) for case, said in differences(found.book, found.cases["bread"])] == [
        ("넘음", "expected not_eligible, came out eligible")
    ]
    found = load(write_catalog(tmp_path, bread=("amount: 900", "amount: 899")))
    assert [said for _, said in differences(found.book, found.cases["bread"])] == ["expected the amount 899, came out 900"]


def test_ages_and_shares_are_no_bare_numbers(tmp_path):
    found = load(write_catalog(tmp_path, milk=("anyone: {age: {to: 18}}", "anyone: {formula: age_months * 100 // 12 < 10000}")))
    assert [list(bare_numbers(one.term)) for one in found.book.benefits["milk"].criteria] == [[]]
    assert list(circles(found.book.benefits)) == []
