"""이 가구의 사정 적기: what a household tells about its means, by question, with bands and 모름; only what changed is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from chatdong.engines.eligibility import Value, fits
from chatdong.engines.eligibility.book import Fact, Kind, Question, Subject
from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Forbidden, Invalid
from chatdong.kernel.money import won_short
from chatdong.policy.permissions import Permission as P
from chatdong.policy.record import gathered
from chatdong.safetynet.benefits.actions import note_facts
from chatdong.safetynet.benefits.queries import Owed, Told, asked_of, owed_of
from chatdong.safetynet.benefits.queries.packages import SENSITIVE
from chatdong.safetynet.benefits.states import FactSource
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.door.rulebook import catalog
from chatdong.web.staff.household_benefits import consent_of, names_of
from chatdong.web.staff.opened import Opened, opened_household

# Age and sex are the register's: they are mended there.
OF_REGISTER = {"age_months", "female"}
EXACT = "exact"
OPEN_FIRST = 3


@dataclass
class Entry:
    """One fact of the household or of one person, as its field shows it; `told` is what stood there before."""

    name: str
    fact: Fact
    person: int | None
    told: Value
    value: str = ""
    exact: str = ""
    error: str = ""
    typed: Value = None

    @property
    def options(self) -> list[tuple[str, str]]:
        """모름, then what can be answered."""
        found = [("", _("모름")), *_answers(self.fact)]
        if self.value and self.value != EXACT and self.value not in dict(found):
            found.append((self.value, _band_words(self.fact, self.value)))
        return found

    @property
    def takes_figure(self) -> bool:
        return self.fact.kind in (Kind.MONEY, Kind.COUNT)


@dataclass(frozen=True)
class Asked:
    """One question with its fields: the household's own, and each person's under the name."""

    question: Question
    entries: list[Entry]
    people: list[tuple[str, list[Entry]]]
    is_open: bool

    @property
    def every(self) -> Iterator[Entry]:
        yield from self.entries
        for _name, entries in self.people:
            yield from entries

    @property
    def answered(self) -> int:
        return sum(1 for one in self.every if one.value)

    @property
    def is_sensitive(self) -> bool:
        return any(one.fact.id in SENSITIVE for one in self.every)


@staff(P.BENEFIT_WORK)
def facts(request: HttpRequest, household_id: int) -> HttpResponse:
    """The form, and what was typed into it."""
    with gathered():
        opened = opened_household(request, household_id)
        if not opened.may(P.BENEFIT_WORK):
            raise Forbidden(_("이 가구의 사정을 적을 권한이 없습니다. 담당자나 팀장에게 부탁해 주세요."))
        owed = owed_of(by=opened.by, household_id=opened.id, catalog=catalog(), at=opened.at, owner_ids=opened.owner_ids)
    asked = asked_questions(opened, owed) if owed.told else []
    if request.method != "POST" or not owed.told:
        return _show(request, opened, owed, asked)
    read_answers(asked, request.POST)
    errors = [(one.name, one.error) for group in asked for one in group.every if one.error]
    source = request.POST.get("source", "")
    if source not in FactSource.values:
        errors.append(("source", _("어떻게 알게 되었는지 골라 주세요.")))
    if request.POST.get("seen", "") != _seen(owed.told):
        errors.insert(0, ("", _("그사이 다른 사람이 사정을 적었습니다. 쓰신 것은 그대로 있으니 확인하고 다시 저장해 주세요.")))
    if not errors:
        errors = _sent(opened, asked, source)
    if errors:
        return _show(request, opened, owed, asked, errors, source, status=409 if errors[0][0] == "" else 422)
    changed = sum(one.typed != one.told for group in asked for one in group.every)
    done = _("사정 %(count)d가지를 적었습니다.") if changed else _("바뀐 것 없이 오늘 확인한 것으로 적었습니다.")
    messages.success(request, done % {"count": changed} if changed else done)
    return redirect("staff-household-benefits", household_id=opened.id)


def _sent(opened: Opened, asked: list[Asked], source: str) -> list[tuple[str, str]]:
    """Write what changed; the errors of the action at the fields where there are any."""
    told: dict[str, Value] = {}
    people: dict[int, dict[str, Value]] = {}
    entries = [one for group in asked for one in group.every if one.typed != one.told]
    for one in entries:
        (told if one.person is None else people.setdefault(one.person, {}))[one.fact.id] = one.typed
    try:
        note_facts(
            by=opened.by, household_id=opened.id, facts=told, people=people, source=source, book=catalog().book, at=opened.at,
            owner_ids=opened.owner_ids,
        )  # fmt: skip
    except Invalid as refusal:
        at = {one.fact.id: one.name for one in entries}
        return [(at.get(field, field if field == "source" else ""), sentence) for field, sentence in refusal.fields.items()]
    return []


def _show(
    request: HttpRequest, opened: Opened, owed: Owed, asked: list[Asked], errors: list[tuple[str, str]] | None = None,
    source: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    return page(
        request, "staff/household_benefits_facts.html", status=status, opened=opened, owed=owed, asked=asked, errors=errors or [],
        source=source, sources=FactSource.choices, seen=_seen(owed.told) if owed.told else "", consent=consent_of(opened),
        wrong=dict(errors or []),
    )  # fmt: skip


def _seen(told: Told) -> str:
    return told.told_at.isoformat() if told.told_at else ""


def asked_questions(opened: Opened, owed: Owed) -> list[Asked]:
    """The catalog's questions with their fields filled from what is known, those that settle most first."""
    assert owed.told is not None
    told, book, names = owed.told, catalog().book, names_of(opened)
    rules = book.on(kst(opened.at).date())
    may_ask = [asked_of(rules, person) for person in told.household.people]
    order = {key: place for place, key in enumerate(owed.questions)}
    found: list[Asked] = []
    for question in sorted(book.questions, key=lambda one: order.get(one.id, len(order))):
        own = [name for name in question.facts if name not in OF_REGISTER]
        entries = [
            _entry(book.facts[name], None, told.household.facts.get(name))
            for name in own if book.facts[name].subject == Subject.HOUSEHOLD
        ]  # fmt: skip
        people = [
            (
                names.get(pk, ""),
                [
                    _entry(book.facts[name], pk, person.get(name))
                    for name in own
                    if name in may_ask[place] and book.facts[name].subject == Subject.PERSON
                ],
            )
            for place, (pk, person) in enumerate(zip(told.resident_ids, told.household.people, strict=True))
        ]
        people = [(name, rows) for name, rows in people if rows]
        if entries or people:
            found.append(Asked(question, entries, people, len(found) < OPEN_FIRST and question.id in order))
    return found


def _entry(fact: Fact, person: int | None, told: Value) -> Entry:
    name = fact.id if person is None else f"p{person}-{fact.id}"
    told = int(told) if isinstance(told, bool) else told
    value, exact = _as_typed(fact, told)
    return Entry(name, fact, person, told, value, exact, typed=told)


def _as_typed(fact: Fact, told: Value) -> tuple[str, str]:
    if told is None:
        return "", ""
    if isinstance(told, tuple):
        return f"{told[0]}-{told[1]}", ""
    if fact.kind not in (Kind.MONEY, Kind.COUNT):
        return str(told), ""
    return (f"{told}-{told}", "") if (told, told) in fact.bands else (EXACT, str(told))


def read_answers(asked: list[Asked], sent: Mapping[str, str]) -> None:
    """Put what was sent into the fields, with a sentence where it cannot be read. A field that was not sent stays as it was."""
    for group in asked:
        for one in group.every:
            if one.name not in sent:
                continue
            one.value, one.exact = sent[one.name].strip()[:40], sent.get(f"{one.name}-exact", "").strip()[:20]
            try:
                one.typed = _read(one)
            except ValueError:
                one.error = _("‘%(label)s’ 칸을 다시 확인해 주세요. 숫자로 적습니다.") % {"label": one.fact.label}
                one.typed = one.told


def _read(one: Entry) -> Value:
    """The value of a field. Raises ValueError."""
    if not one.value:
        return None
    if one.value == EXACT and one.takes_figure:
        text = one.exact.replace(",", "").removesuffix("원").strip()
        value: Value = int(text[:-1]) * 10_000 if text.endswith("만") else int(text)
    else:
        ends = [int(part) for part in one.value.split("-")]
        value = ends[0] if len(ends) == 1 or ends[0] == ends[1] else (ends[0], ends[1])
    if not fits(one.fact, value):
        raise ValueError(one.name)
    return value


def _answers(fact: Fact) -> list[tuple[str, str]]:
    if fact.kind == Kind.YES_NO:
        return [("1", _("예")), ("0", _("아니요"))]
    if fact.kind == Kind.CHOICE:
        return [(str(place), one.label) for place, one in enumerate(fact.options)]
    bands = [(f"{low}-{high}", _band_words(fact, f"{low}-{high}")) for low, high in fact.bands]
    return [*bands, (EXACT, _("금액을 압니다"))]


def _band_words(fact: Fact, value: str) -> str:
    try:
        ends = [int(part) for part in value.split("-")]
    except ValueError:
        return value
    low, high = ends[0], ends[-1]
    if low == high:
        return _("없음") if low == 0 else won_short(low)
    if fact.options:
        return " · ".join(one.label for one in fact.options[low : high + 1])
    return _("%(high)s 이하") % {"high": won_short(high)} if low <= 1 else f"{won_short(low - 1)} ~ {won_short(high)}"


urlpatterns = [path("households/<int:household_id>/facts/", facts, name="staff-household-facts")]
