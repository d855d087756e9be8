"""받을 수 있는 혜택: what a household may be owed and why, what it gets, and its claims, each with its one next step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chatdong.ground.places.queries import gu_of
from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from chatdong.policy.permissions import Permission as P
from chatdong.policy.record import gathered
from chatdong.safetynet.benefits.actions import end_receipt, note_claim, note_receipt
from chatdong.safetynet.benefits.queries import (
    AdditionCard,
    ClaimCard,
    Owed,
    OwedCard,
    additions_for,
    is_claim_of,
    is_receipt_of,
    owed_of,
)
from chatdong.safetynet.benefits.standard import for_everybody
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.door.rulebook import catalog
from chatdong.web.staff.asked import number
from chatdong.web.staff.dues import due_of
from chatdong.web.staff.household_benefits_forms import STEPS, EndForm, ReceiptForm, Step, begin, form_of
from chatdong.web.staff.household_benefits_next import next_step
from chatdong.web.staff.household_benefits_words import (
    amount_words,
    days_words,
    open_lines,
    plain_amount,
    sure_words,
    worth,
)
from chatdong.web.staff.opened import Opened, opened_household
from chatdong.web.staff.wording import WordedForm

ASKED_FIRST = 3
FEW = 10  # open benefits shown before the rest is folded away
HERE = "staff-household-benefits"
CLAIM = "households/<int:household_id>/benefits/claims/<int:claim_id>"


@dataclass(frozen=True)
class Refused:
    """A form that was sent and not taken: where on the page it stands, as it was typed."""

    at: str
    form: WordedForm


@staff(P.BENEFIT_READ)
def benefits(request: HttpRequest, household_id: int) -> HttpResponse:
    """The whole page of one household."""
    with gathered():
        opened = opened_household(request, household_id)
        return show(request, opened)


def show(request: HttpRequest, opened: Opened, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    """The page, with a form as it was typed where one was not taken."""
    owed = owed_of(by=opened.by, household_id=opened.id, catalog=catalog(), at=opened.at, owner_ids=opened.owner_ids)
    everybody = for_everybody(catalog().book.on(kst(opened.at).date()))
    may_work = opened.may(P.BENEFIT_WORK)
    questions = {one.id: one.text for one in catalog().book.questions}
    likely = sorted(
        (one for one in owed.likely if one.benefit not in everybody), key=lambda one: -worth(one.page, one.amount)
    )  # fmt: skip
    unknown = sorted((one for one in owed.maybe if one.status == "unknown"), key=_openness)
    paid = [one for one in likely if worth(one.page, one.amount)]
    services = [one for one in likely if not worth(one.page, one.amount)]
    return page(
        request, "staff/household_benefits.html", status=status, opened=opened, owed=owed, may_work=may_work,
        likely=likely, paid=paid, services=services, next_step=next_step(opened, owed, paid, services), unknown=unknown, few=FEW,
        everybody=[one for one in owed.likely if one.benefit in everybody],
        check=[one for one in owed.maybe if one.status == "check"],
        claims=[(card, _steps(opened, card, refused) if may_work else []) for card in owed.claims],
        receipts=[(card, _end_form(opened, card.id, refused)) for card in owed.receipts], names=names_of(opened),
        receipt_form=refused.form if refused and refused.at == "receipt" else ReceiptForm(opened=opened, prefix="receipt"),
        additions=_additions(opened, owed), plain_amount=plain_amount, refused=refused, why=request.GET.get("why", ""),
        ask_first=[questions[one] for one in owed.questions[:ASKED_FIRST]], consent=consent_of(opened),
        today=kst(opened.at).date(), now=opened.at, due_of=due_of, amount_words=amount_words, days_words=days_words,
        sure_words=sure_words, open_lines=open_lines, pages=catalog().pages,
    )  # fmt: skip


def _additions(opened: Opened, owed: Owed) -> tuple[AdditionCard, ...]:
    """What the gu of the household gives besides in its situation."""
    return additions_for(owed.told, gu_of(opened.file.dong_id), kst(opened.at).date())


def _openness(card: OwedCard) -> tuple[int, int, str]:
    """How much of it is not known: what one answer may settle stands first."""
    return len(open_lines(card.lines)), -worth(card.page, card.amount), card.benefit


def _steps(opened: Opened, card: ClaimCard, refused: Refused | None) -> list[dict[str, Any]]:
    """The steps that a claim's state allows, each with its form and whether it stands open."""
    found = []
    for step in STEPS:
        key = step.prefix(card.id)
        is_refused = refused is not None and refused.at == key
        if step.offered(card) or is_refused:
            begun = form_of(step, opened, prefix=key, initial=begin(step, card, opened))
            form = refused.form if refused and is_refused else begun
            found.append({"step": step, "form": form, "is_open": is_refused, "key": key})
    return found


def _end_form(opened: Opened, receipt_id: int, refused: Refused | None) -> WordedForm:
    if refused is not None and refused.at == f"end{receipt_id}":
        return refused.form
    return EndForm(prefix=f"end{receipt_id}", initial={"until": kst(opened.at).date().isoformat()})


def names_of(opened: Opened) -> dict[int, str]:
    """Whose name stands behind a resident's id."""
    return {one.id: one.name or _("이름 모름") for one in opened.file.residents}


def consent_of(opened: Opened) -> dict[str, Any]:
    """How the consent to sensitive facts stands: (given, when). Law: 개인정보 보호법 §23."""
    rows = [one for one in opened.file.consents if one.kind == "sensitive"]
    given = next((one for one in rows if one.withdrawn_at is None), None)
    return {"given": given, "withdrawn": rows[-1] if rows and given is None else None}


def _opened(request: HttpRequest, household_id: int) -> Opened:
    """The household for somebody who may work on its benefits. Raises Forbidden, NotFound."""
    opened = opened_household(request, household_id)
    if not opened.may(P.BENEFIT_WORK):
        raise Forbidden(_("이 가구의 혜택을 적을 권한이 없습니다. 담당자나 팀장에게 부탁해 주세요."))
    return opened


def _answer(
    request: HttpRequest, opened: Opened, at: str, form: WordedForm, send: Callable[[], Any], done: str, anchor: str
) -> HttpResponse:
    """Send what was typed; back to the page, or the page again with what is wrong at its field."""
    status = 422
    if form.is_valid():
        try:
            send()
        except NotFound:
            raise
        except Refusal as refusal:
            told = refusal.fields if isinstance(refusal, Invalid) else {refusal.field or "": str(refusal)}
            for field, sentence in told.items():
                form.add_error(field if field in form.fields else None, str(sentence))
            status = 409 if isinstance(refusal, Conflict) else 422
        else:
            messages.success(request, done)
            return redirect(reverse(HERE, args=(opened.id,)) + anchor)
    return show(request, opened, Refused(at, form), status)


@staff(P.BENEFIT_WORK)
@require_POST
def note(request: HttpRequest, household_id: int) -> HttpResponse:
    """One click: this benefit is to be told to the household, or to one person of it."""
    opened = _opened(request, household_id)
    key = request.POST.get("benefit", "")
    try:
        row = note_claim(
            by=opened.by, household_id=opened.id, benefit=key, book=catalog().book, at=opened.at, worker_id=opened.owner_id,
            resident_id=number(request.POST.get("resident")), owner_ids=opened.owner_ids,
        )  # fmt: skip
    except (Invalid, Conflict) as refusal:
        messages.error(request, str(refusal))
        return redirect(HERE, household_id=opened.id)
    whose = names_of(opened).get(row.resident_id or 0, "")
    said = {"name": catalog().pages[key].name, "whose": whose}
    done = _("‘%(name)s’ 혜택을 안내할 것으로 올렸습니다.")
    messages.success(request, (_("‘%(name)s’ 혜택을 %(whose)s 님께 안내할 것으로 올렸습니다.") if whose else done) % said)
    return redirect(reverse(HERE, args=(opened.id,)) + f"#claim-{row.pk}")


def _step_view(step: Step) -> Callable[..., HttpResponse]:
    @staff(P.BENEFIT_WORK)
    @require_POST
    def view(request: HttpRequest, household_id: int, claim_id: int) -> HttpResponse:
        opened = _opened(request, household_id)
        if not is_claim_of(opened.id, claim_id):
            raise NotFound
        key = step.prefix(claim_id)
        form = form_of(step, opened, request.POST, prefix=key)

        def send() -> None:
            step.send(opened, claim_id, form.cleaned_data)

        return _answer(request, opened, key, form, send, str(step.done), f"#claim-{claim_id}")

    view.__name__ = view.__qualname__ = f"claim_{step.slug}"
    return view


@staff(P.BENEFIT_WORK)
@require_POST
def receive(request: HttpRequest, household_id: int) -> HttpResponse:
    """Write down what the household gets already."""
    opened = _opened(request, household_id)
    form = ReceiptForm(request.POST, opened=opened, prefix="receipt")

    def send() -> None:
        typed = form.cleaned_data
        note_receipt(
            by=opened.by, household_id=opened.id, benefit=typed["benefit"], since=typed["since"], source=typed["source"],
            resident_id=number(typed["resident"]), book=catalog().book, at=opened.at, owner_ids=opened.owner_ids,
        )  # fmt: skip

    return _answer(request, opened, "receipt", form, send, _("받는 혜택을 적었습니다."), "#receipts")


@staff(P.BENEFIT_WORK)
@require_POST
def stop(request: HttpRequest, household_id: int, receipt_id: int) -> HttpResponse:
    """Write down that a benefit stopped."""
    opened = _opened(request, household_id)
    if not is_receipt_of(opened.id, receipt_id):
        raise NotFound
    form = EndForm(request.POST, prefix=f"end{receipt_id}")

    def send() -> None:
        end_receipt(
            by=opened.by, receipt_id=receipt_id, until=form.cleaned_data["until"], at=opened.at, owner_ids=opened.owner_ids
        )

    return _answer(request, opened, f"end{receipt_id}", form, send, _("끝난 것으로 적었습니다."), "#receipts")


@staff(P.BENEFIT_READ)
def for_visit(request: HttpRequest, household_id: int) -> HttpResponse:
    """A part for the visit sheet: what fits this household, what to look at there, and the two questions that settle most."""
    with gathered():
        opened = opened_household(request, household_id)
        owed = owed_of(by=opened.by, household_id=opened.id, catalog=catalog(), at=opened.at, owner_ids=opened.owner_ids)
    everybody = for_everybody(catalog().book.on(kst(opened.at).date()))
    questions = {one.id: one.text for one in catalog().book.questions}
    return page(
        request, "staff/household_benefits_visit.html", opened=opened, package=package_of(owed, everybody),
        ask_first=[questions[one] for one in owed.questions[:2]], amount_words=amount_words, sure_words=sure_words,
        claims=owed.claims, names=names_of(opened), may_work=opened.may(P.BENEFIT_WORK),
        additions=_additions(opened, owed), plain_amount=plain_amount,
    )  # fmt: skip


def package_of(owed: Owed, everybody: frozenset[str]) -> list[Any]:
    """What a visitor takes along: the likely ones, then open ones, at most eight; none that everybody may have."""
    cards = [*owed.likely, *(one for one in owed.maybe if one.status == "unknown" and len(open_lines(one.lines)) == 1)]
    return [one for one in cards if one.benefit not in everybody][:8]


urlpatterns = [
    path("households/<int:household_id>/benefits/", benefits, name=HERE),
    path("households/<int:household_id>/benefits/visit/", for_visit, name="staff-household-benefits-visit"),
    path("households/<int:household_id>/benefits/claims/", note, name="staff-claim-note"),
    *(
        path(f"{CLAIM}/{step.slug}/", _step_view(step), name=f"staff-claim-{step.slug}")
        for step in STEPS
    ),
    path("households/<int:household_id>/benefits/receipts/", receive, name="staff-receipt-note"),
    path("households/<int:household_id>/benefits/receipts/<int:receipt_id>/end/", stop, name="staff-receipt-end"),
]  # fmt: skip
