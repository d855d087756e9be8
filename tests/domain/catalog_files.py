"""A tiny catalog on disk, for tests that make one mistake in it, and a copy of the real one, for tests that change one number."""

import shutil
from pathlib import Path

from chatdong.safetynet.benefits.catalog import HERE

FIGURE = "{since: 2026-01-01, until: 2026-12-31, value: 900, cite: 고시 제1호, verified_on: 2026-11-21, confidence: high}"
FILES = {
    "facts.yaml": """\
- {id: age_months, of: person, kind: count, label: 나이(개월), range: [0, 1499]}
- {id: female, of: person, kind: yes_no, label: 여성}
- {id: earned, of: person, kind: money, label: 월급, asked_when: age_months >= 180, range: [0, 1000000]}
- {id: receives, of: household, kind: yes_no, label: 받고 있음}
""",
    "questions.yaml": """\
- {id: members, facts: [age_months, female], text: 누구와 사시나요?, text_en: Who lives with you?}
- {id: money, facts: [earned, receives], text: 얼마를 버시나요?, text_en: How much do you earn?}
""",
    "measures.yaml": """\
- {id: age, of: person, label: 만 나이, formula: age_months // 12}
- {id: size, of: household, label: 가구원 수, formula: count(True)}
- {id: income, of: household, label: 소득, formula: total(earned)}
""",
    "groups.yaml": "- {id: both, label: 둘, benefits: [bread, milk]}\n",
    "situations.yaml": "- {id: hungry, of: money, label: 배고픔, label_en: Hungry}\n",
    "tables/limits.yaml": f"""\
- id: limit
  label: 소득 기준
  figures:
    - {FIGURE}
""",
    "benefits/bread.yaml": f"""\
id: bread
name: 빵
name_en: Bread
owner: 자치구
department: 복지정책과
unit: household
summary: 빵을 드립니다.
summary_en: Bread.
law:
  - {{name: 빵 조례, article: §1, link: "https://example.org"}}
income_tested: true
parameters:
  loaf:
    label: 빵값
    figures:
      - {FIGURE}
criteria:
  all:
    - at_most: {{what: income, limit: limit}}
    - not: {{is: receives}}
amount: {{formula: loaf, per: month, text: 빵값, text_en: The price of bread}}
documents: [신청서]
apply: {{where: 동주민센터, how: 방문, phone: "129"}}
visit: [빵을 드시는지 여쭙니다.]
words: [빵]
situations: [hungry]
cases:
  - {{name: 꼭 기준, day: 2026-07-01, people: [{{age: 40, earned: 900}}], expect: eligible, amount: 900}}
  - {{name: 넘음, day: 2026-07-01, people: [{{age: 40, earned: 901}}], expect: not_eligible}}
""",
    "benefits/milk.yaml": """\
id: milk
name: 우유
name_en: Milk
owner: 민간
department: 우유은행
unit: child
summary: 우유를 드립니다.
summary_en: Milk.
law:
  - {name: 우유은행 규칙}
criteria:
  anyone: {age: {to: 18}}
gives: 우유 한 병
gives_en: A bottle of milk
excluded_by: [bread]
documents: [신청서]
apply: {where: 우유은행, how: 방문, phone: "120"}
visit: [우유를 마시는지 여쭙니다.]
words: [우유]
situations: [hungry]
cases:
  - {name: 아이, day: 2026-07-01, people: [{age: 40, earned: 5000}, {age: 7}], expect: eligible}
""",
}


def write_catalog(folder: Path, **changed: tuple[str, str]) -> Path:
    """The tiny catalog, with (what, by what) replaced in the files named by their last part: `bread=("900", "800")`."""
    names = {Path(file).stem: file for file in FILES}
    assert not changed.keys() - names.keys()
    for file, text in FILES.items():
        old, new = changed.get(Path(file).stem, ("", ""))
        assert old in text
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    return folder


def copy_catalog(folder: Path) -> Path:
    """The real catalog's files in a folder of the test's own."""
    return Path(shutil.copytree(HERE, folder / "catalog", ignore=shutil.ignore_patterns("*.py", "__pycache__")))


def change(file: Path, old: str, new: str) -> None:
    """Replaces a text that stands in a file exactly once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    file.write_text(text.replace(old, new), encoding="utf-8")
