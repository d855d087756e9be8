"""What is wrong with a file of the rule book, said in Korean to whoever puts one up on a screen.

The loader and the notation's reader say it in English, for those who write them. A test holds this table against their sources:
no sentence is without its Korean. {} stands for what was written in the file; it comes back as it was.
"""

import re
from functools import cache

from chatdong.safetynet.benefits.catalog.reading import Problem

WORDS = {
    "household": "가구", "the household": "가구", "person": "사람", "a person": "한 사람", "fact": "사정", "measure": "계산",
    "parameter": "날짜 붙은 값", "day": "날짜", "whole number": "정수",
    "none": "없음", "eligible": "받을 가능성이 높음", "not_eligible": "기준에 맞지 않음",
    "unknown": "정보가 더 필요함", "check": "구청에 확인",
}  # fmt: skip

SAYS = (
    # the file as such
    ("the file is missing", "파일이 없습니다"),
    ("the file is not UTF-8", "UTF-8로 저장한 파일이 아닙니다"),
    ("the file is empty", "파일이 비어 있습니다"),
    ("the file is too large", "파일이 너무 큽니다"),
    ("too many files", "파일이 너무 많습니다"),
    ("this file has no place in the catalog", "이 파일은 기준의 어느 자리에도 들어갈 수 없습니다"),
    ("this is no YAML ({})", "YAML로 읽을 수 없습니다. 들여쓰기나 따옴표가 틀린 곳입니다"),
    ("this file is a list", "이 파일은 목록이어야 합니다"),
    ("an entry is a mapping, not {}", "한 항목은 ‘이름: 값’들이어야 하는데 {}이(가) 적혀 있습니다"),
    ("'{}' is written twice here", "‘{}’이(가) 여기에 두 번 적혀 있습니다"),
    # a field
    ("unknown field '{}'", "모르는 칸 ‘{}’이(가) 있습니다"),
    ("'{}' has no text", "‘{}’ 칸에 글이 없습니다"),
    ("'{}' is no whole number", "‘{}’은(는) 정수가 아닙니다"),
    ("'{}' is no day", "‘{}’은(는) 날짜가 아닙니다"),
    ("'{}' is neither true nor false", "‘{}’은(는) true나 false여야 합니다"),
    ("'{}' holds texts, not {}", "‘{}’에는 글만 들어가는데 {}이(가) 적혀 있습니다"),
    ("'{}' is empty", "‘{}’이(가) 비어 있습니다"),
    ("'{}' is no list", "‘{}’은(는) 목록이어야 합니다"),
    ("'{}' is missing", "‘{}’이(가) 빠져 있습니다"),
    ("the id '{}' is given twice", "식별자 ‘{}’이(가) 두 번 쓰였습니다"),
    ("the id is not the file's name '{}'", "식별자(id)가 파일 이름 ‘{}’과(와) 다릅니다"),
    ("'{}' is the name of a {} too", "‘{}’은(는) {}의 이름이기도 합니다"),
    ("'{}' is a benefit too", "‘{}’은(는) 제도의 이름이기도 합니다"),
    # figures
    ("an undated number", "언제부터 쓰는 값인지 날짜가 없습니다"),
    ("a number without a source", "값에 근거가 적혀 있지 않습니다"),
    ("the value is no whole number", "값이 정수가 아닙니다"),
    ("some figures go by size and some do not", "어떤 값은 가구원 수마다 적혀 있고 어떤 값은 그렇지 않습니다"),
    ("it ends before it begins", "끝나는 날이 시작하는 날보다 앞섭니다"),
    ("'extra' is for figures by size", "extra는 가구원 수마다 적은 값에만 씁니다"),
    ("overlapping dates: the figure of {} still holds on {}", "기간이 겹칩니다. {}부터의 값이 {}에도 쓰이고 있습니다"),
    ("the bare number {}", "규칙 안에 날짜 없는 수 {}이(가) 있습니다"),
    ("a division by what may be below one", "1보다 작을 수 있는 값으로 나눕니다"),
    # facts, questions, measures
    ("'{}' has no bounds", "‘{}’의 범위가 없습니다"),
    ("a span has two whole numbers", "범위는 정수 두 개로 적습니다"),
    ("this span ends before it begins", "범위의 끝이 처음보다 작습니다"),
    (
        "asked_when is for persons and looks at age_months and female only",
        "asked_when은 사람에 관한 사정에만 쓰고, 나이(age_months)와 성별(female)만 봅니다",
    ),
    ("asked_when looks at age_months and female only", "asked_when은 나이(age_months)와 성별(female)만 봅니다"),
    ("nobody asks for '{}'", "‘{}’을(를) 묻는 물음이 없습니다"),
    ("'{}' is asked twice", "‘{}’을(를) 두 번 묻습니다"),
    ("'{}' is no fact", "‘{}’이라는 사정은 없습니다"),
    ("'{}' is no measure of the same", "‘{}’은(는) 같은 대상의 계산이 아닙니다"),
    ("'{}' is no situation", "‘{}’이라는 상황은 없습니다"),
    ("'{}' is no benefit", "‘{}’이라는 제도는 없습니다"),
    ("a circle: {}", "서로를 물고 돕니다: {}"),
    # conditions and amounts
    ("a benefit without criteria", "조건(criteria)이 없는 제도입니다"),
    ("both an amount and what is given", "금액(amount)과 주는 것(gives)이 함께 적혀 있습니다"),
    ("a condition is a mapping such as 'is: fact', not {}", "조건은 ‘is: 사정’처럼 적는데 {}이(가) 적혀 있습니다"),
    ("unknown condition {}: use one of {}", "모르는 조건 ‘{}’입니다. 쓸 수 있는 것: {}"),
    ("all and any hold a list of conditions", "all과 any 아래에는 조건의 목록을 적습니다"),
    ("'options' is a list of the choice's ids", "options에는 고를 것들의 식별자를 목록으로 적습니다"),
    ("{} has 'from', 'to' or both", "{}에는 from이나 to, 또는 둘 다를 적습니다"),
    ("anyone and count do not stand inside one another", "anyone과 count는 서로의 안에 쓸 수 없습니다"),
    ("this condition has exactly {}", "이 조건에는 정확히 {}을(를) 적습니다"),
    # the notation of formulas
    (
        "'{}' is about {}: use it inside count/total/anyone only where it belongs",
        "‘{}’은(는) {}에 관한 것이라 여기에 쓸 수 없습니다. 사람의 것은 count·total·anyone 안에 씁니다",
    ),
    ("'{}' is no fact, measure or parameter", "‘{}’은(는) 사정도 계산도 날짜 붙은 값도 아닙니다"),
    ("'{}' goes by household size: write by_size({})", "‘{}’은(는) 가구원 수마다 다른 값입니다. by_size({})로 적습니다"),
    ("'{}' is one figure for all sizes: write {}", "‘{}’은(는) 가구원 수와 상관없는 값입니다. {}라고만 적습니다"),
    ("'{}' is no parameter", "‘{}’이라는 날짜 붙은 값은 없습니다"),
    ("'{}' is no benefit of the catalog and no group", "‘{}’은(는) 기준에 있는 제도도 묶음도 아닙니다"),
    ("'{}' gives yes/no where a number is needed", "‘{}’은(는) 예/아니요인데 수가 있어야 할 자리입니다"),
    ("'{}' gives a number where yes/no is needed", "‘{}’은(는) 수인데 예/아니요가 있어야 할 자리입니다"),
    ("a formula is text or a whole number, not {}", "식은 글이나 정수로 적는데 {}이(가) 적혀 있습니다"),
    ("'{}' cannot be read near place {}", "‘{}’을(를) {}번째 글자 가까이에서 읽을 수 없습니다"),
    ("'{}' is not part of the notation", "‘{}’은(는) 식에 쓸 수 없는 표현입니다"),
    ("'{}' with {} values is not part of the notation here", "‘{}’에 값 {}개를 주는 것은 여기에서 쓸 수 없습니다"),
    ("only a choice is compared with a text: '{} {} {}'", "글과 견줄 수 있는 것은 고르는 사정뿐입니다: ‘{} {} {}’"),
    ("'{}' is no option of '{}' ({})", "‘{}’은(는) ‘{}’에서 고를 수 있는 것이 아닙니다 ({})"),
    # worked cases
    ("a person without an age", "나이가 없는 사람이 있습니다"),
    ("'{}' is no fact of the {}", "‘{}’은(는) {}에 관한 사정이 아닙니다"),
    ("'{}' cannot be {}", "‘{}’은(는) {}일 수 없습니다"),
    ("an amount is won, or [least, most]", "금액은 원으로, 또는 [적게, 많게]로 적습니다"),
    (
        "worked case '{}': expected the amount {}, came out {}",
        "사례 ‘{}’의 금액이 다릅니다. 적힌 금액은 {}인데 {}이(가) 나왔습니다",
    ),
    ("worked case '{}': expected {}, came out {}", "사례 ‘{}’의 답이 다릅니다. 적힌 답은 ‘{}’인데 ‘{}’이(가) 나왔습니다"),
    ("'{}' is no {}", "‘{}’은(는) {}에 쓸 수 없습니다"),
)

DO = (
    ("every catalog has it", "기준에는 이 파일이 꼭 있어야 합니다"),
    ("save it as UTF-8", "UTF-8로 저장해 주세요"),
    ("mind indents, and quote texts that hold : # , or [", "들여쓰기를 살피고, : # , [ 가 든 글은 따옴표로 묶어 주세요"),
    ("write it, or take it away", "내용을 적거나 파일을 빼 주세요"),
    ("split it", "둘로 나누어 주세요"),
    ("{} at the most", "많아야 {}개입니다"),
    ("benefits/<id>.yaml, tables/<id>.yaml", "benefits/<식별자>.yaml이나 tables/<식별자>.yaml로 올려 주세요"),
    ("begin every entry with '- '", "항목마다 ‘- ’로 시작해 주세요"),
    ("write '- {id: ..., ...}' or 'id: ...'", "‘- {id: …, …}’나 ‘id: …’로 적어 주세요"),
    ("keep one (the first is in line {})", "하나만 남겨 주세요 (처음 것은 {}번째 줄에 있습니다)"),
    ("quote the text before it: its comma ends it", "앞의 글을 따옴표로 묶어 주세요. 쉼표에서 글이 끊겼습니다"),
    ("quote texts that hold : # , or [", ": # , [ 가 든 글은 따옴표로 묶어 주세요"),
    ("use one of {}", "이 가운데 하나를 쓰세요: {}"),
    ("write {}: true or {}: false", "{}: true나 {}: false로 적어 주세요"),
    (
        "write value: 820556, or one for each size: [820556, 1343773]",
        "value: 820556처럼, 가구원 수마다 다르면 [820556, 1343773]처럼 적어 주세요",
    ),
    ("write value as a list, or leave extra out", "value를 목록으로 적거나 extra를 빼 주세요"),
    ("write since: and the day it begins to hold", "since:에 쓰기 시작하는 날을 적어 주세요"),
    ("write cite: and the notice or law it stands in", "cite:에 그 값이 적힌 고시나 법령을 적어 주세요"),
    ("until is the last day it holds", "until에는 그 값을 쓰는 마지막 날을 적습니다"),
    ("give the earlier one an until: the day before", "앞의 값에 until:로 하루 앞까지라고 적어 주세요"),
    ("write all of them as a list, or none", "모두 목록으로 적거나 모두 하나로 적어 주세요"),
    ("put it into parameters or tables/ with its day and source", "날짜와 근거를 붙여 parameters나 tables/에 옮겨 주세요"),
    ("divide by a number, a figure, or max(..., 1)", "수나 날짜 붙은 값, max(…, 1)로 나누어 주세요"),
    ("choose another (the first is in line {})", "다른 이름을 지어 주세요 (처음 것은 {}번째 줄에 있습니다)"),
    ("choose another (the first is in {})", "다른 이름을 지어 주세요 (처음 것은 {}에 있습니다)"),
    ("choose another name, or use the shared one", "다른 이름을 짓거나 함께 쓰는 것을 쓰세요"),
    ("choose another name", "다른 이름을 지어 주세요"),
    ("write a day as 2026-01-01, a number as 1234567", "날짜는 2026-01-01, 수는 1234567처럼 적어 주세요"),
    ("write range: [least, most]", "range: [적게, 많게]로 적어 주세요"),
    ("write [least, most]", "[적게, 많게]로 적어 주세요"),
    ("write at least one", "하나 이상 적어 주세요"),
    ("leave it out", "빼 주세요"),
    ("name it under the facts of a question", "어느 물음의 facts에 넣어 주세요"),
    ("it is asked by '{}' already", "‘{}’ 물음이 이미 묻습니다"),
    ("write it into facts.yaml first", "facts.yaml에 먼저 적어 주세요"),
    ("see facts.yaml", "facts.yaml을 보세요"),
    ("see situations.yaml", "situations.yaml을 보세요"),
    ("steps are measures shown to the reader", "steps에는 읽는 사람에게 보일 계산의 이름을 적습니다"),
    ("a measure may not need itself", "계산은 자기 자신을 쓸 수 없습니다"),
    ("one of them must stop asking for the other", "하나는 다른 하나를 묻지 않아야 합니다"),
    ("write benefits/{}.yaml, or take it out", "benefits/{}.yaml을 적거나 빼 주세요"),
    ("take it out, or write its file", "빼거나 그 제도의 파일을 적어 주세요"),
    (
        "write them; 'formula: \"True\"' with say: is for everyone",
        '조건을 적어 주세요. 누구나 받으면 ‘formula: "True"’와 say:를 적습니다',
    ),
    ("write amount for money, gives for a service", "돈이면 amount, 도움이면 gives만 적어 주세요"),
    ("write amount: 820556", "amount: 820556처럼 적어 주세요"),
    ("write age: in years, or age_months:", "age:에 나이를, 또는 age_months:에 개월 수를 적어 주세요"),
    (
        "use a whole number from {} to {}, true/false for yes/no, [least, most], or null for unknown",
        "{}부터 {}까지의 정수, 예/아니요는 true/false, 구간은 [적게, 많게], 모르면 null로 적어 주세요",
    ),
    ("see the notation in engines/eligibility/formula.py", "‘제도 적는 법’(docs/how-to/benefits.md)의 식 적는 법을 보세요"),
    ("see the conditions in engines/eligibility/criteria.py", "‘제도 적는 법’(docs/how-to/benefits.md)의 조건을 보세요"),
    ("mend the rule, or the case", "규칙이나 사례를 고쳐 주세요"),
    ("write id: {}", "id: {}로 적어 주세요"),
    ("write {}: 1234567", "{}: 1234567처럼 적어 주세요"),
    ("write {}: 2026-01-01", "{}: 2026-01-01처럼 적어 주세요"),
    ("write {}: [..., ...]", "{}: […, …]처럼 적어 주세요"),
    ("write {}: ...", "{}: …로 적어 주세요"),
)
Row = tuple[str, str]


def in_korean(problem: Problem) -> Problem:
    """The same problem in Korean; the file, the line and what was written stay as they are."""
    return Problem(problem.file, problem.line, _said(problem.says, SAYS), _said(problem.do, DO))


def _said(text: str, table: tuple[Row, ...]) -> str:
    for pattern, korean in _patterns(table):
        if found := pattern.fullmatch(text):
            return _filled(korean, [WORDS.get(part, part) for part in found.groups()])
    return text


def _filled(text: str, parts: list[str]) -> str:
    pieces = text.split("{}")
    return "".join(piece + part for piece, part in zip(pieces, [*parts, ""], strict=False))


@cache
def _patterns(table: tuple[Row, ...]) -> list[tuple[re.Pattern[str], str]]:
    found = []
    for english, korean in table:
        pattern = "(.+?)".join(re.escape(part) for part in english.split("{}"))
        found.append((re.compile(pattern, re.DOTALL), korean))
    return found
