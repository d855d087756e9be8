"""What a household's page of benefits says in its first five seconds: what may be owed, and the one next step."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chatdong.safetynet.benefits.queries import ClaimCard, Owed
from chatdong.safetynet.benefits.states import ClaimState
from chatdong.web.staff.benefits_due import NEXT
from chatdong.web.staff.household_benefits_words import amount_words
from chatdong.web.staff.opened import Opened

# A refusal first: its objection day is lost when it passes. What only waits for a decision comes last.
PRESSING = (ClaimState.REFUSED, ClaimState.NOTED, ClaimState.TOLD, ClaimState.OBJECTED, ClaimState.APPLIED)


@dataclass(frozen=True)
class NextStep:
    """One sentence and where it is done."""

    text: str
    href: str


def next_step(opened: Opened, owed: Owed, paid: list[Any], services: list[Any]) -> NextStep | None:
    """The one thing to do now: what is pressing, what nobody took up yet, then what to ask. None where nothing is open."""
    today = opened.at.date()
    facts = reverse("staff-household-facts", args=(opened.id,))
    claims = sorted(owed.claims, key=lambda one: (PRESSING.index(ClaimState(one.state)), one.next_on or today))
    pressing = [one for one in claims if one.is_gone or one.state == ClaimState.REFUSED or (one.next_on and one.next_on <= today)]
    if pressing:
        return _of_claim(pressing[0])
    if owed.doubles:
        return NextStep(_("함께 받을 수 없는 것을 구청에 확인하기: %(what)s") % {"what": owed.doubles[0].says}, "#doubles")
    if owed.told is None or owed.told.told_at is None:
        return NextStep(_("이 가구의 사정을 여쭙고 적기"), facts)
    card = next((one for one in (*paid, *services) if one.to_note), None)
    if card is not None:
        said = {"name": card.page.name, "amount": amount_words(card.page, card.amount)}
        where = f"#benefit-{card.benefit}" if card in paid else "#likely"
        return NextStep(_("‘%(name)s’ 안내하기 (%(amount)s)") % said, where)
    if claims:
        return _of_claim(claims[0])
    return NextStep(_("더 알아야 할 것을 여쭙고 적기"), facts) if owed.questions else None


def _of_claim(card: ClaimCard) -> NextStep:
    what = _("까닭을 골라 마치기") if card.is_gone else _(NEXT.get(ClaimState(card.state), card.state_label))
    return NextStep(_("‘%(name)s’ %(what)s") % {"name": card.name, "what": what}, f"#claim-{card.id}")
