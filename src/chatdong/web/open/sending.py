"""From the answers of the form to one report, to the calls to make at once, and to what the last page says."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from chatdong.engines.linkage.births import normal_birth
from chatdong.engines.risk import QUESTIONS, SIGNS, Answer, Triage, Urgency, triage
from chatdong.ground.places.queries import dongs
from chatdong.kernel import clock
from chatdong.kernel.identity import phone_digits
from chatdong.policy.actor import Actor
from chatdong.safetynet.discovery.actions import submit_report
from chatdong.safetynet.discovery.queries import first_contact_due
from chatdong.safetynet.discovery.states import ReporterCard, Subject
from chatdong.web.open.answers import Answers
from chatdong.web.open.steps import order_for
from chatdong.web.open.words import CATEGORIES, UNSURE, WHO, dangers_for, pathway_of, worries_for

CONSENT_TEXT = "2026-1"


def who_of(answers: Answers) -> str:
    return str(answers.of("who").get("who_is", ""))


def told(answers: Answers) -> str:
    """What was said, the chosen words first."""
    worry, words = answers.of("worry"), dict(worries_for(who_of(answers)))
    chosen = "\n".join(f"· {words[code]}" for code in worry.get("worries", []) if code in words)
    return "\n\n".join(part for part in (chosen, worry.get("text", "").strip()) if part)


def danger_answers(answers: Answers) -> dict[str, str]:
    """The answers to the questions of danger as the triage reads them."""
    signs = answers.of("danger").get("signs", [])
    if UNSURE in signs:
        return {code: Answer.YES if code in signs else Answer.UNKNOWN for code in QUESTIONS}
    return {code: Answer.YES if code in signs else Answer.NO for code in QUESTIONS} if signs else {}


def judged(answers: Answers) -> Triage:
    """What the words and answers so far say about danger."""
    return triage(told(answers), danger_answers(answers))


def new_calls(answers: Answers) -> Triage | None:
    """The calls to make before going on, where life or body is in danger and this person was not shown them yet."""
    found = judged(answers)
    numbers = {line.number for line in found.hotlines}
    return found if found.urgency is Urgency.NOW and numbers - answers.shown_lines() else None


def call_sentence(found: Triage) -> str:
    """Why to call, in the words of the most urgent sign; half a word of what was written is not quoted back."""
    sentences = {sign.code: sign.sentence for sign in SIGNS}
    return next((sentences[one.sign] for one in found.found if one.urgency is found.urgency), found.sentence)


def subject_of(answers: Answers, on: date) -> Subject:
    """Whom the report is about."""
    where, person = answers.of("where"), answers.of("person")
    birth = normal_birth(person.get("age", ""), on)
    return Subject(
        name=person.get("name", ""),
        birth=birth.day,
        birth_year=birth.year,
        phone=phone_digits(person.get("phone", "")) or "",
        address=where.get("address", ""),
        detail=where.get("detail", ""),
        dong_id=int(where["dong"]) if where.get("dong") else None,
    )


def reporter_of(answers: Answers) -> ReporterCard | None:
    """Who reports, where they said so."""
    who, said, person = who_of(answers), answers.of("reporter"), answers.of("person")
    if who == "me":
        phone = phone_digits(person.get("phone", "")) or ""
        return ReporterCard("self", person.get("name", ""), phone, "", wants_answer=bool(phone))
    card = ReporterCard(
        category=said.get("category", "family" if who == "family" else ""),
        name=said.get("name", ""),
        phone=phone_digits(said.get("phone", "")) or "",
        wants_answer=bool(said.get("answer")),
    )
    return card if card != ReporterCard() else None


def details_of(answers: Answers, at: datetime) -> dict[str, Any]:
    """Everything else that was answered: who is worried, the answers about danger, the age as said, each consent by itself."""
    person, said = answers.of("person"), answers.of("reporter")
    agreed = {"contact": person.get("agree") or said.get("agree"), "health": person.get("health")}
    consents = {kind: {"text": CONSENT_TEXT, "way": "web", "at": at.isoformat()} for kind, given in agreed.items() if given}
    details: dict[str, Any] = {"who": who_of(answers), "answers": danger_answers(answers), "age": person.get("age", "")}
    return {name: value for name, value in (details | {"consents": consents}).items() if value}


def send(answers: Answers, *, by: Actor, at: datetime) -> dict[str, Any]:
    """Submit the report; the same answers again are the same report. Returns what the last page shows, as JSON holds it."""
    report = submit_report(
        by=by,
        key=f"web:{answers.key}",
        pathway=pathway_of(who_of(answers), answers.of("reporter").get("category", "")),
        at=at,
        text=told(answers),
        subject=subject_of(answers, at.date()),
        reporter=reporter_of(answers),
        details=details_of(answers, at),
    )
    dong = next((row for row in dongs(at.date()) if row.pk == report.dong_id), None)
    received = clock.kst(report.received_at)
    due = first_contact_due(report.urgency, since=received, gu_id=dong.gu_id if dong else None)
    found = judged(answers)
    return {
        "receipt": report.receipt,
        "by_when": promise_text(due, received),
        "received": clock.moment_text(received),
        "urgency": str(report.urgency),
        "dong": dong.name if dong else "",
        "phone": dong.phone if dong else "",
        "wants_answer": bool(reporter_of(answers) and reporter_of(answers).wants_answer),  # type: ignore[union-attr]
        "own": who_of(answers) == "me",
        "lines": [[line.number, line.name, line.when] for line in found.hotlines],
    }


def promise_text(due: datetime, now: datetime) -> str:
    """By when somebody is in touch: "오늘 11:00까지", "3월 19일 18:00까지"."""
    due = clock.kst(due)
    if due.date() == now.date():
        return _("오늘 %(time)s까지") % {"time": clock.time_text(due)}
    return _("%(month)d월 %(day)d일 %(time)s까지") % {"month": due.month, "day": due.day, "time": clock.time_text(due)}


def summary(answers: Answers, on: date) -> list[tuple[str, str, str]]:
    """(step, heading, what was said) for the page that asks whether all is right."""
    who, where, person, said = who_of(answers), answers.of("where"), answers.of("person"), answers.of("reporter")
    names = {str(dong.pk): dong.name for dong in dongs(on)}
    signs = {code: str(word) for code, word in dangers_for(who)}
    words = {row.code: str(row.word) for row in CATEGORIES}
    lines = {
        "who": (_("걱정되는 분"), [str(word) for code, word, _hint in WHO if code == who]),
        "worry": (_("걱정되는 점"), [told(answers)]),
        "danger": (_("지금 위험한 일"), [signs.get(code, "") for code in answers.of("danger").get("signs", [])]),
        "where": (_("사는 곳"), [names.get(where.get("dong", ""), ""), where.get("address", ""), where.get("detail", "")]),
        "person": (_("그분"), [person.get("name", ""), person.get("age", ""), person.get("phone", "")]),
        "reporter": (
            _("알려 주신 분"),
            [said.get("name", ""), said.get("phone", ""), words.get(said.get("category", ""), "")]
            if said.get("named") == "yes"
            else [_("이름 없이 알림"), words.get(said.get("category", ""), "")],
        ),
    }
    return [(step, lines[step][0], "\n".join(part for part in lines[step][1] if part)) for step in order_for(who)]
