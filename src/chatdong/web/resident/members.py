"""Who lives together: rows of age and sex as typed, and the persons they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chatdong.engines.eligibility import Value
from chatdong.web.resident.answers import MOST_PEOPLE
from chatdong.web.resident.language import Say

OLDEST = 124
BABY_MONTHS = 35  # up to here an age is told by months


@dataclass(frozen=True)
class Row:
    """One person as typed; `errors` by field (age, months)."""

    age: str = ""
    months: str = ""
    sex: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        return not (self.age or self.months or self.sex)


def rows_of(people: tuple[Mapping[str, Value], ...]) -> list[Row]:
    """The rows that show what was told; one empty row to begin with."""
    return [_row(one) for one in people] or [Row()]


def _row(person: Mapping[str, Value]) -> Row:
    months, female = person.get("age_months"), person.get("female")
    sex = "" if female is None or isinstance(female, tuple) else "f" if female else "m"
    if months is None:
        return Row(sex=sex)
    if isinstance(months, tuple):
        return Row(str(months[0] // 12), "", sex)
    return Row("", str(months), sex) if months <= BABY_MONTHS else Row(str(int(months) // 12), "", sex)


def typed(post: Mapping[str, str]) -> list[Row]:
    """The rows of the form, as many as it says it has."""
    count = post.get("rows", "")
    many = int(count) if count.isascii() and count.isdigit() and len(count) < 3 else 1
    return [
        Row(_typed(post, "age", i), _typed(post, "months", i), _typed(post, "sex", i))
        for i in range(min(max(many, 1), MOST_PEOPLE))
    ]


def _typed(post: Mapping[str, str], part: str, row: int) -> str:
    return post.get(f"{part}-{row}", "").strip()[:8]


def checked(row: Row, say: Say) -> tuple[Row, dict[str, Value] | None]:
    """The row with its errors, and the person where there are none. A whole year of age is a year's span of months."""
    sex: dict[str, Value] = {"female": int(row.sex == "f")} if row.sex in ("f", "m") else {}
    if row.months:
        months = _number(row.months)
        if months is None or months > BABY_MONTHS:
            return _wrong(row, "months", say("개월 수는 0부터 35까지 숫자로 적어 주세요. 세 살부터는 나이를 적어 주세요."))
        age = _number(row.age) if row.age else months // 12
        if age != months // 12:
            return _wrong(row, "age", say("나이와 개월 수가 서로 다릅니다. 아기는 개월 수만 적으셔도 됩니다."))
        return row, {"age_months": months, **sex}
    if not row.age:
        return _wrong(row, "age", say("나이를 적어 주세요."))
    age = _number(row.age)
    if age is None or age > OLDEST:
        return _wrong(row, "age", say("나이는 0부터 124까지 숫자로 적어 주세요. 예: 68"))
    return row, {"age_months": (12 * age, 12 * age + 11), **sex}


def _wrong(row: Row, part: str, sentence: str) -> tuple[Row, None]:
    return Row(row.age, row.months, row.sex, {part: sentence}), None


def _number(text: str) -> int | None:
    text = text.removesuffix("세").removesuffix("개월").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else None
