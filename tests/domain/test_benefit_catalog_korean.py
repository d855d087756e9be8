"""What is wrong with a file is said in Korean on a screen: no sentence of the loader or of the notation's reader is left out."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.domain.catalog_files import write_catalog
from tests.domain.test_benefit_catalog_mistakes import MISTAKES, problems_of

import chatdong.engines.eligibility
import chatdong.safetynet.benefits.catalog
from chatdong.safetynet.benefits.catalog import load
from chatdong.safetynet.benefits.catalog.korean import DO, SAYS, in_korean
from chatdong.safetynet.benefits.catalog.reading import Problem
from chatdong.safetynet.benefits.catalog.texts import wrong_cases

FOLDERS = [Path(package.__file__).parent for package in (chatdong.engines.eligibility, chatdong.safetynet.benefits.catalog)]
NOT_ON_A_SCREEN = {"__main__.py"}
# Made of two sentences, each of which is looked for by itself.
JOINED = {"worked case '{}': {}"}


def written(node: ast.expr) -> str | None:
    """A sentence as it stands in the source, {} for what is filled in; None for what is made elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    if isinstance(node, ast.IfExp):
        return written(node.body)
    return None


def sentences() -> Iterator[tuple[str, str, str]]:
    for folder in FOLDERS:
        for file in sorted(folder.glob("*.py")):
            if file.name in NOT_ON_A_SCREEN:
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in ("wrong", "Problem"):
                    yield file.name, "says", written(node.args[-2]) or ""
                    yield file.name, "do", written(node.args[-1]) or ""
                elif name == "FormulaError":
                    yield file.name, "says", written(node.args[0]) or ""


def test_every_sentence_has_its_korean():
    known = {"says": {english for english, _korean in SAYS} | JOINED, "do": {english for english, _korean in DO}}
    found = [one for one in sentences() if one[2]]
    assert len(found) > 100
    assert not [one for one in found if one[2] not in known[one[1]]]


def test_every_korean_sentence_keeps_what_was_written_in_the_file():
    for english, korean in (*SAYS, *DO):
        assert re.search("[가-힣]", korean)
        assert korean.count("{}") == english.count("{}") or english.startswith("this is no YAML")


@pytest.mark.parametrize("name", sorted(MISTAKES))
def test_a_mistake_is_told_in_korean_with_its_file_and_line(tmp_path, name):
    changed, *_rest = MISTAKES[name]
    for one in problems_of(tmp_path, **changed):
        said = in_korean(one)
        assert (said.file, said.line) == (one.file, one.line)
        assert said.says != one.says and said.do != one.do
        for text in (said.says, said.do):
            assert re.search("[가-힣]", text) and not re.search(r"\b(are|the|write|use|may|cannot|must)\b", text), text


def test_what_was_written_is_repeated_as_it_was():
    says = in_korean(Problem("a.yaml", 3, "'is {odd}: x' is no whole number", "write value: 1234567"))
    assert says.says == "‘is {odd}: x’은(는) 정수가 아닙니다" and says.do == "value: 1234567처럼 적어 주세요"
    bare = in_korean(Problem("a.yaml", 3, "the bare number 900", "leave it out"))
    assert bare.says == "규칙 안에 날짜 없는 수 900이(가) 있습니다"


def test_a_case_that_comes_out_otherwise_is_told_in_korean(tmp_path):
    found = load(write_catalog(tmp_path, bread=("expect: eligible", "expect: not_eligible")))
    said = [in_korean(one) for one in wrong_cases(found)]
    assert said and all("사례" in one.says and "기준에 맞지 않음" in one.says for one in said)
    assert {one.do for one in said} == {"규칙이나 사례를 고쳐 주세요"}
