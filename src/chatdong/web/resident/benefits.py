"""맞춤복지검색 for anyone: one question at a time, and what it comes to. Nothing is kept: the answers live in the page alone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from chatdong.ground.places.queries import work_calendar
from chatdong.kernel import clock
from chatdong.web.door.gate import public
from chatdong.web.resident.answers import MOST_PEOPLE, Told
from chatdong.web.resident.danger import calls_of
from chatdong.web.resident.fields import TICKED, Words, heading_of
from chatdong.web.resident.flow import MEMBERS, kept, still_worth
from chatdong.web.resident.language import asked_of
from chatdong.web.resident.members import Row, checked, rows_of, typed
from chatdong.web.resident.results import answered, outcome
from chatdong.web.resident.screens import Screen, Typed, detail_screen, named, nothing, slots_in, take
from chatdong.web.resident.today import asks_of, opening, today_of
from chatdong.web.resident.visit import Visit
from chatdong.web.resident.wishes import EXAMPLES

LEAVING = ("back", "result", "switch")


@public
@require_GET
def doors(request: HttpRequest, language: str) -> HttpResponse:
    """Two doors: words of one's own, or one question at a time."""
    return Visit.of(request, language).page("doors", "", examples=EXAMPLES[language])


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, language: str) -> HttpResponse:
    """One question; its answer leads to the next. A page that is sent again gives the same page again."""
    visit = Visit.of(request, language)
    do, question = request.POST.get("do", ""), request.POST.get("question", "")
    if visit.reading.is_broken or visit.reading.wrong:
        return _lost(visit)
    if question == MEMBERS and do:
        return _members_typed(visit, do)
    if do.startswith("open-"):
        return _open(visit, do.removeprefix("open-"))
    if question in visit.flow.questions and visit.told.people:
        return _answer(visit, question, do)
    return _onward(visit) if do == "next" and visit.told.people else _members(visit, rows_of(visit.told.people))


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def result(request: HttpRequest, language: str) -> HttpResponse:
    """Everything found so far; a shared link arrives here by way of the first page."""
    visit = Visit.of(request, language)
    if visit.reading.is_broken or visit.reading.wrong:
        return _lost(visit)
    if not visit.told.people:
        return _members(visit, rows_of(()))
    return _result(visit, is_unfolded=request.POST.get("do") == "unfold")


def _result(visit: Visit, *, is_done: bool = False, is_unfolded: bool = False) -> HttpResponse:
    found = outcome(visit)
    told: dict[str, Any] = {
        "lines": visit.calls(calls_of(visit)),
        "outcome": found,
        "today": today_of(found.first),
        "opening": opening(work_calendar(), clock.now(), visit.say),
        "on": clock.today(),
        "asks": asks_of(visit),
        "answered": answered(visit),
    }
    told |= {"is_done": is_done, "is_unfolded": is_unfolded, "more": bool(visit.flow.worth_asking)}
    return visit.page("result", "result", **told)


def _lost(visit: Visit) -> HttpResponse:
    """Something that came with the page is nothing we can read: the rest stays, and that one is asked again."""
    wrong = visit.reading.wrong
    for question in visit.flow.questions.values() if visit.told.people else ():
        if any(one in question.facts for one in wrong):
            screen = visit.flow.screen(question.id)
            if screen is not None:
                errors = {slot: "lost" for slot in screen.picks if slot.fact in wrong}
                return _question(visit, screen, Typed(errors=errors), is_lost=True, status=422)
    return _members(visit, rows_of(visit.told.people), is_lost=True, status=422)


def _members(visit: Visit, rows: list[Row], *, is_lost: bool = False, status: int = 200) -> HttpResponse:
    errors = [(f"{part}-{i}", text) for i, row in enumerate(rows) for part, text in row.errors.items()]
    if is_lost:
        errors.insert(0, ("", visit.say("보내신 답 가운데 읽지 못한 것이 있습니다. 여기부터 다시 봐 주세요.")))
    text, hint = asked_of(next(one for one in visit.catalog.book.questions if one.id == MEMBERS), visit.language)
    told: dict[str, Any] = {"rows": rows, "errors": errors, "text": text, "hint": hint, "is_full": len(rows) >= MOST_PEOPLE}
    told["lines"] = visit.calls(calls_of(visit))
    return visit.page("members", "ask", status, tally=visit.tally(), after=visit.request.POST.get("after", ""), **told)


def _members_typed(visit: Visit, do: str) -> HttpResponse:
    """Rows added or taken away, or everybody named: then the first question."""
    rows, people = typed(visit.request.POST), list(visit.told.people)
    if do == "add" and len(rows) < MOST_PEOPLE:
        return _members(visit, [*rows, Row()])
    if do.startswith("remove-") and len(rows) > 1 and do[7:].isascii() and do[7:].isdigit() and int(do[7:]) < len(rows):
        place = int(do[7:])
        people = [one for i, one in enumerate(people) if i != place]
        told = Told(tuple(people), visit.told.home, visit.told.asked, visit.told.later, visit.told.plight)
        return _members(visit.with_told(told), [row for i, row in enumerate(rows) if i != place])
    if do == "switch":
        return _members(visit, rows)
    rows = [row for row in rows if not row.is_blank] or rows[:1]
    found = [checked(row, visit.say) for row in rows]
    if any(person is None for _, person in found):
        return _members(visit, [row for row, _ in found], status=422)
    named_now = [{**(people[i] if i < len(people) else {}), **(person or {})} for i, (_, person) in enumerate(found)]
    told = Told(tuple(named_now), visit.told.home, visit.told.asked, visit.told.later, visit.told.plight)
    visit = visit.with_told(visit.with_told(told).flow.fitting())
    return _result(visit) if do == "result" or visit.request.POST.get("after") == "result" else _onward(visit)


def _onward(visit: Visit) -> HttpResponse:
    screen = visit.flow.next()
    return _question(visit, screen) if screen else _result(visit, is_done=True)


def _open(visit: Visit, question: str) -> HttpResponse:
    """An earlier answer to be changed."""
    screen = visit.flow.screen(question) if question in visit.flow.questions and visit.told.people else None
    return _question(visit, screen) if screen else _members(visit, rows_of(visit.told.people))


def _answer(visit: Visit, question: str, do: str) -> HttpResponse:
    """What a question was answered with, and where that leads."""
    post, book = visit.request.POST, visit.catalog.book
    asked = visit.flow.questions[question]
    ticks, picks, then = (slots_in(post.get(part, ""), asked, visit.told, book) for part in ("ticks", "picks", "then"))
    screen = Screen(asked, ticks, picks, then, is_detail=bool(post.get("detail")))
    if do in ("later", "unknown"):
        return _passed_over(visit, screen, do)
    if do == "none":
        found = take(screen, nothing(screen, post, book), (), book)
    else:
        found = take(screen, post, post.getlist(TICKED), book, is_leaving=do in LEAVING)
    if found.errors:
        return _question(visit, screen, found, status=422)
    visit = visit.with_told(kept(visit.told, found))
    if do in LEAVING:
        return _left(visit, screen, do)
    visit = visit.with_told(visit.told.with_asked(question))
    if details := still_worth(visit.flow, found.then):
        return _question(visit, detail_screen(asked, details), is_fresh=True)
    return _after(visit, question)


def _after(visit: Visit, question: str) -> HttpResponse:
    if visit.request.POST.get("after") == "result":
        return _result(visit)
    screen = visit.flow.after(question)
    return _question(visit, screen, is_fresh=True) if screen else _result(visit, is_done=True)


def _passed_over(visit: Visit, screen: Screen, do: str) -> HttpResponse:
    """모름 takes back what was told of it and counts as an answer; 나중에 is asked again when nothing else is left."""
    told = visit.told
    if do == "unknown":
        for slot in (*screen.ticks, *screen.picks):
            told = told.with_value(slot.fact, slot.person, None)
    visit = visit.with_told(told.with_asked(screen.question.id) if do == "unknown" else told.put_off(screen.question.id))
    if do == "unknown" and screen.then and (details := still_worth(visit.flow, list(screen.then))):
        return _question(visit, detail_screen(screen.question, details), is_fresh=True)
    return _after(visit, screen.question.id)


def _left(visit: Visit, screen: Screen, do: str) -> HttpResponse:
    if do == "result":
        return _result(visit)
    if do == "switch":
        return _question(visit, screen)
    return _open(visit, screen.question.id if screen.is_detail else visit.flow.before(screen.question.id))


def _question(
    visit: Visit, screen: Screen, found: Typed | None = None, *, is_lost: bool = False, is_fresh: bool = False, status: int = 200
) -> HttpResponse:
    """A question's page. `is_fresh`: what was sent belongs to another screen and is not shown here."""
    found = found or Typed()
    words = Words(visit.catalog.book, visit.told, visit.language, visit.say)
    post = visit.request.POST if found.errors and not is_fresh and not is_lost else {}
    ticked = visit.request.POST.getlist(TICKED) if post else []
    fields = words.fields(screen, post, ticked, found.errors)
    text, hint = asked_of(screen.question, visit.language)
    told: dict[str, Any] = {
        "text": text,
        "hint": hint,
        "fields": fields,
        "screen": screen,
        "named": named,
        "who": heading_of(screen, words),
    }
    errors = [(one.name, f"{one.legend}: {one.error}") for one in fields if one.error]
    if is_lost and not errors:
        errors = [("", visit.say("보내신 답 가운데 읽지 못한 것이 있습니다. 여기부터 다시 봐 주세요."))]
    back = visit.request.POST.get("after", "")
    left = sum(1 for one in visit.flow.worth_asking if one.question != screen.question.id)
    number = {"number": len(visit.told.asked) + 1, "left": left, "before": visit.flow.before(screen.question.id)}
    told["lines"] = visit.calls(calls_of(visit))
    return visit.page("question", "ask", status, tally=visit.tally(), errors=errors, after=back, **told, **number)
