"""What a gu gives of its own in one of the three situations (C-04): added with its source and days, and ended."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from chatdong.ground.places.queries import dongs
from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Conflict, Invalid, NotFound
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import Where, ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.benefits.models import Addition
from chatdong.safetynet.benefits.states import Situation

PERIODS = ("once", "month", "quarter", "year")
MOST_WON = 1_000_000_000
MOST_PERCENT = 300


@action
def add_addition(
    *, by: Actor, gu_id: int, situation: str, title: str, text: str, source: str, since: date, at: datetime,
    amount: int | None = None, per: str = "", median_pct_at_most: int | None = None, until: date | None = None,
) -> Addition:  # fmt: skip
    """Write down what the gu gives besides, money in whole won.

    Raises:
        Invalid: the field that is missing or out of bounds.
        Conflict: the same title stands in the same situation from the same day.
        Forbidden: ADDITION_WRITE in the gu.
    """
    _ensure(by, gu_id, at)
    title, text, source = (" ".join(one.split()) for one in (title, text, source))
    wrong = _wrong(situation, title, text, source, since, until, amount, per, median_pct_at_most)
    if wrong:
        raise Invalid(wrong)
    rows = Addition.objects.filter(gu_id=gu_id, situation=situation, title=title)
    if rows.filter(since=since).exists():
        raise Conflict(_("같은 날부터 시행하는 같은 이름의 지원이 이미 있습니다."), field="title")
    row = Addition.objects.create(
        gu_id=gu_id, situation=situation, title=title, text=text, amount=amount, per=per, source=source,
        median_pct_at_most=median_pct_at_most, since=since, until=until, noted_by=by.account_id, noted_at=at,
    )  # fmt: skip
    record("benefit.addition", by=by, at=at, about=row, gu_id=gu_id, details={"situation": situation})
    return row


@action
def end_addition(*, by: Actor, addition_id: int, until: date, at: datetime) -> Addition:
    """The last day of an addition: none before it began, none gone by.

    Raises Invalid (`until`), Conflict (it is over), NotFound, Forbidden.
    """
    found = Addition.objects.filter(pk=addition_id).values_list("gu_id", flat=True).first()
    if found is None:
        raise NotFound
    _ensure(by, found, at)
    row = Addition.at(addition_id)
    today = kst(at).date()
    if row.until is not None and row.until < today:
        raise Conflict(_("이미 끝난 지원입니다."))
    if until < row.since or until < today:
        raise Invalid({"until": _("시행한 날과 오늘 뒤의 날을 적어 주세요. 지난 날로 되돌려 끝낼 수 없습니다.")})
    row.until = until
    row.save()
    record("benefit.addition_end", by=by, at=at, about=row, gu_id=found, details={"situation": row.situation})
    return row


def _ensure(by: Actor, gu_id: int, at: datetime) -> None:
    first = dongs(kst(at).date(), gu_id).values_list("id", flat=True).first()
    ensure(by, Permission.ADDITION_WRITE, Where(dong_id=first, gu_id=gu_id))


def _wrong(
    situation: str, title: str, text: str, source: str, since: date, until: date | None, amount: int | None, per: str,
    percent: int | None,
) -> dict[str, str]:  # fmt: skip
    wrong = {}
    if situation not in Situation.values:
        wrong["situation"] = _("상황을 골라 주세요.")
    for field, said, most in (("title", title, 80), ("text", text, 300), ("source", source, 200)):
        if not said:
            wrong[field] = _("이 칸을 적어 주세요.")
        elif len(said) > most:
            wrong[field] = _("%(most)d자까지 적을 수 있습니다.") % {"most": most}
    if until is not None and until < since:
        wrong["until"] = _("시작한 날보다 앞선 날입니다.")
    if amount is not None and not 0 < amount <= MOST_WON:
        wrong["amount"] = _("금액을 다시 확인해 주세요.")
    if (amount is None) != (per == "") or per not in ("", *PERIODS):
        wrong["per"] = _("금액과 주기를 함께 적어 주세요.")
    if percent is not None and not 0 < percent <= MOST_PERCENT:
        wrong["median_pct_at_most"] = _("1부터 300까지 적어 주세요.")
    return wrong
