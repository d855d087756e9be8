"""From the JSON of another web site to what a report is made of; each field that cannot be read gets its sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chatdong.engines.linkage.births import normal_birth
from chatdong.engines.risk import QUESTIONS, Answer
from chatdong.kernel.errors import Invalid
from chatdong.kernel.hangul import nfc
from chatdong.kernel.identity import phone_digits
from chatdong.safetynet.discovery.states import Pathway, ReporterCard, Subject

LONGEST = {
    "key": 60, "text": 2000, "source": 60, "subject.name": 60, "subject.address": 160, "subject.detail": 60, "subject.birth": 40,
    "subject.phone": 20, "reporter.name": 60, "reporter.phone": 20, "reporter.category": 20, "reporter.relation": 40,
}  # fmt: skip


@dataclass(frozen=True)
class Payload:
    """What a site sent, read. `key` is the site's own number of the report: sending it again is the same report."""

    key: str
    pathway: str
    text: str
    answers: dict[str, str]
    subject: Subject
    reporter: ReporterCard | None
    source: str


def payload_of(body: Any, *, dong_ids: Mapping[str, int], today: date) -> Payload:
    """Read the JSON body of a report; docs/how-to/receive-reports.md lists its fields.

    `dong_ids` is 행정표준코드 -> id of the dong that exist. Raises Invalid with the path of each field at fault
    ("subject.phone") and its sentence.
    """
    if not isinstance(body, Mapping):
        raise Invalid({"": "JSON 객체 하나를 보내 주세요."})
    found = _Reading(body)
    key, text = found.text("key"), found.text("text")
    if not key:
        found.faults["key"] = "신고마다 다른 번호(key)를 보내 주세요. 같은 번호는 같은 신고로 봅니다."
    pathway = found.text("pathway") or Pathway.NEIGHBOR.value
    if pathway not in Pathway.values:
        found.faults["pathway"] = f"아는 발굴경로가 아닙니다. {', '.join(Pathway.values)} 가운데 하나를 보내 주세요."
    subject, reporter = _subject(found, dong_ids, today), _reporter(found)
    answers = _answers(found)
    if not text and Answer.YES not in answers.values():
        found.faults.setdefault("text", "무엇이 걱정되는지(text) 적어 주세요.")
    if not (subject.address or subject.dong_id) and "subject.dong" not in found.faults:
        found.faults.setdefault("subject.address", "사는 곳(subject.address)이나 동(subject.dong)을 보내 주세요.")
    if found.faults:
        raise Invalid(found.faults)
    return Payload(f"site:{key}", pathway, text, answers, subject, reporter, found.text("source"))


class _Reading:
    """The body, with the faults found so far."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.body = body
        self.faults: dict[str, str] = {}

    def value(self, path: str) -> Any:
        value: Any = self.body
        for part in path.split("."):
            if not isinstance(value, Mapping):
                return None
            value = value.get(part)
        return value

    def text(self, path: str) -> str:
        value = self.value(path)
        if value is None:
            return ""
        if not isinstance(value, str | int) or isinstance(value, bool):
            self.faults[path] = "글자로 보내 주세요."
            return ""
        text, most = nfc(str(value)).replace("\0", "").strip(), LONGEST.get(path, 40)
        if len(text) > most:
            self.faults[path] = f"{most}자까지 보낼 수 있습니다."
        return text

    def phone(self, path: str) -> str:
        text = self.text(path)
        if text and path not in self.faults and phone_digits(text) is None:
            self.faults[path] = "전화번호로 읽을 수 없습니다. 예: 010-1234-5678"
        return phone_digits(text) or ""


def _subject(found: _Reading, dong_ids: Mapping[str, int], today: date) -> Subject:
    birth, code = normal_birth(found.text("subject.birth"), today), found.text("subject.dong")
    if code and code not in dong_ids:
        found.faults["subject.dong"] = "아는 행정동 코드(10자리)가 아닙니다."
    sex = found.text("subject.sex")
    if sex not in ("", "f", "m"):
        found.faults["subject.sex"] = "f나 m으로 보내 주세요."
    return Subject(
        name=found.text("subject.name"),
        birth=birth.day,
        birth_year=birth.year if birth.day is None else None,
        sex=sex[:1],
        phone=found.phone("subject.phone"),
        address=found.text("subject.address"),
        detail=found.text("subject.detail"),
        dong_id=dong_ids.get(code),
    )


def _reporter(found: _Reading) -> ReporterCard | None:
    card = ReporterCard(
        category=found.text("reporter.category"),
        name=found.text("reporter.name"),
        phone=found.phone("reporter.phone"),
        relation=found.text("reporter.relation"),
        wants_answer=found.value("reporter.wants_answer") is True,
    )
    if (card.name or card.phone) and found.value("reporter.consent") is not True:
        found.faults["reporter.consent"] = "이름이나 전화번호를 보내려면 본인의 동의(true)가 필요합니다."
    return card if card != ReporterCard() else None


def _answers(found: _Reading) -> dict[str, str]:
    said = found.value("answers")
    if said is None:
        return {}
    if not isinstance(said, Mapping) or not all(code in QUESTIONS and answer in tuple(Answer) for code, answer in said.items()):
        found.faults["answers"] = f"{', '.join(QUESTIONS)}에 yes, no, unknown으로 보내 주세요."
        return {}
    return {str(code): str(answer) for code, answer in said.items()}
