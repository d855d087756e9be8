"""The wish to be called: what the form holds, what is wrong with it, and the report that it becomes."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from chatdong.ground.places.queries import dongs
from chatdong.kernel.identity import phone_digits
from chatdong.policy.actor import Actor
from chatdong.safetynet.discovery.actions import submit_report
from chatdong.safetynet.discovery.states import Pathway, ReporterCard, Subject
from chatdong.web.resident.language import Say
from chatdong.web.resident.outcome import groups_of
from chatdong.web.resident.results import answered
from chatdong.web.resident.visit import Visit

CONSENT_TEXT = "2026-benefits-1"
RESIDENT_NUMBER = re.compile(r"(?<!\d)\d{6}\s*-?\s*[1-8]\d{6}(?!\d)")
FIRST = 8  # likely benefits named in the report


class CallForm:
    """Name or alias, phone, dong or address, consent; `errors` are (field, sentence)."""

    def __init__(self, post: Mapping[str, str], say: Say, on: date) -> None:
        self.name = post.get("name", "").strip()[:60]
        self.phone = post.get("phone", "").strip()[:20]
        self.dong = post.get("dong", "").strip()[:10]
        self.address = post.get("address", "").strip()[:160]
        self.agree = bool(post.get("agree"))
        self.attach = bool(post.get("attach"))
        self.dongs = [(str(one.pk), one.name) for one in dongs(on)]
        self.errors = list(self._wrong(say)) if post else []

    def _wrong(self, say: Say) -> list[tuple[str, str]]:
        found = []
        if phone_digits(self.phone) is None:
            found.append(("phone", say("전화번호를 다시 확인해 주세요. 예: 010-1234-5678")))
        if not self.dong and not self.address:
            found.append(("dong", say("동을 고르거나 주소를 적어 주세요.")))
        elif self.dong and self.dong not in dict(self.dongs):
            found.append(("dong", say("목록에서 동을 골라 주세요.")))
        if any(RESIDENT_NUMBER.search(one) for one in (self.name, self.phone, self.address)):
            found.append(("name", say("주민등록번호는 적지 말아 주세요. 번호를 지우고 다시 눌러 주세요.")))
        if not self.agree:
            found.append(("agree", say("전화를 드리려면 동의가 필요합니다. 동의하지 않으시면 129나 120으로 전화해 주세요.")))
        return found

    def error(self, name: str) -> str:
        """What is wrong with a field."""
        return next((text for field, text in self.errors if field == name), "")


def send_call(visit: Visit, form: CallForm, key: str, *, by: Actor, at: datetime) -> Any:
    """The report; the same key is the same report. Raises what `submit_report` raises."""
    phone = phone_digits(form.phone) or ""
    return submit_report(
        by=by,
        key=f"benefits:{key}",
        pathway=Pathway.SELF,
        at=at,
        text=_text(visit, form),
        subject=_subject(form, phone),
        reporter=ReporterCard("self", form.name, phone, "", wants_answer=True),
        details=_details(visit, form, at),
    )


def _subject(form: CallForm, phone: str) -> Subject:
    return Subject(
        name=form.name,
        phone=phone,
        address=form.address,
        detail="",
        dong_id=int(form.dong) if form.dong else None,
    )


def _text(visit: Visit, form: CallForm) -> str:
    """What the dong reads. Answers stand in it only where the resident ticked that they go along."""
    lines = ["맞춤복지검색을 써 보고, 동에서 전화해 주기를 바랍니다."]
    if visit.language != "ko":
        lines.append("화면을 영어로 보았습니다.")
    if form.attach and visit.told.people:
        korean = Visit(visit.request, "ko", visit.reading)
        lines += ["", "답한 것(본인이 함께 보내기로 함):"]
        lines += [f"· {one.text} {', '.join(one.lines)}" for one in answered(korean)]
        likely = groups_of(korean.flow, korean.catalog).likely[:FIRST]
        if likely:
            lines += ["", "받으실 가능성이 높은 것: " + ", ".join(korean.catalog.pages[one].name for one in likely)]
    return "\n".join(lines)[:4000]


def _details(visit: Visit, form: CallForm, at: datetime) -> dict[str, Any]:
    given = {"text": CONSENT_TEXT, "way": "web", "at": at.isoformat()}
    agreed = {"contact": True, "answers": form.attach and bool(visit.told.people)}
    return {"who": "me", "consents": {kind: given for kind, yes in agreed.items() if yes}}
