"""Writing down what a household tells and what it gets."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from chatdong.engines.eligibility import Household, Value
from chatdong.engines.eligibility.book import RuleBook
from chatdong.engines.eligibility.facts import misfits
from chatdong.ground.households.queries import now_called
from chatdong.ground.households.states import ResidentState
from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Conflict, Invalid
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.benefits.models import FactSheet, Receipt
from chatdong.safetynet.benefits.queries.homes import home_for, same_home, where_of
from chatdong.safetynet.benefits.states import FactSource


@action
def note_facts(
    *, by: Actor, household_id: int, facts: Mapping[str, Value], people: Mapping[int, Mapping[str, Value]], source: str,
    book: RuleBook, at: datetime, owner_ids: Iterable[int] = (),
) -> FactSheet:  # fmt: skip
    """Write down what a household tells. It is added to what it told before: a fact not named keeps its value, None forgets it.

    Raises:
        Invalid: `source`, or the fact that is unknown or out of bounds (the field is the fact's id); a person not living there.
        NotFound, Forbidden: BENEFIT_WORK at the household.
    """
    home = held(by, household_id, owner_ids)
    if source not in FactSource.values:
        raise Invalid({"source": _("어떻게 알게 되었는지 골라 주세요.")})
    living = set(home.residents.filter(state=ResidentState.LIVING).values_list("id", flat=True))
    if not set(people) <= living:
        raise Invalid({"people": _("이 가구에 살지 않는 사람입니다.")})
    bad = sorted(set(misfits(book.facts, Household(facts, tuple(people.values()) or ({},)))))
    if bad:
        raise Invalid({name: _("값을 다시 확인해 주세요.") for name in bad})
    before = FactSheet.objects.filter(household_id__in=same_home(home.pk)).order_by("-told_at", "-id").first()
    sheet = FactSheet.objects.create(
        household=home, dong_id=home.dong_id, source=source, told_at=at, noted_by=by.account_id,
        facts=_merged(before.facts if before else {}, facts),
        people={
            str(pk): _merged((before.people if before else {}).get(str(pk), {}), people.get(pk, {})) for pk in sorted(living)
        },
    )  # fmt: skip
    record(
        "benefit.told", by=by, at=at, about=sheet, household_id=home.pk, dong_id=home.dong_id,
        details={"facts": sorted({*facts, *(name for told in people.values() for name in told)})},
    )  # fmt: skip
    return sheet


@action
def note_receipt(
    *, by: Actor, household_id: int, benefit: str, since: date, source: str, book: RuleBook, at: datetime,
    resident_id: int | None = None, owner_ids: Iterable[int] = (),
) -> Receipt:  # fmt: skip
    """Write down that a household gets a benefit. One that is noted already is returned, not doubled.

    Raises:
        Invalid: fields `benefit`, `since` (ahead), `source`, `resident`.
        NotFound, Forbidden: BENEFIT_WORK at the household.
    """
    home = held(by, household_id, owner_ids)
    wrong = {}
    if benefit not in book.benefits:
        wrong["benefit"] = _("목록에서 혜택을 골라 주세요.")
    if since > kst(at).date():
        wrong["since"] = _("오늘까지의 날을 적어 주세요.")
    if source not in FactSource.values:
        wrong["source"] = _("어떻게 알게 되었는지 골라 주세요.")
    if resident_id is not None and not home.residents.filter(pk=resident_id).exists():
        wrong["resident"] = _("이 가구의 사람을 골라 주세요.")
    if wrong:
        raise Invalid(wrong)
    row, is_new = Receipt.objects.get_or_create(
        household=home, benefit=benefit, until=None, **whose(resident_id),
        defaults={"dong_id": home.dong_id, "since": since, "source": source, "noted_by": by.account_id},
    )  # fmt: skip
    record(
        "benefit.receipt", by=by, at=at, about=row, household_id=home.pk, dong_id=home.dong_id,
        details={"benefit": benefit, "new": is_new},
    )  # fmt: skip
    return row


@action
def end_receipt(*, by: Actor, receipt_id: int, until: date, at: datetime, owner_ids: Iterable[int] = ()) -> Receipt:
    """Write down that a benefit stopped. Raises Invalid (`until`), Conflict (it ended already), NotFound, Forbidden."""
    found = Receipt.objects.filter(pk=receipt_id).values_list("household_id", flat=True).first()
    home = held(by, found or 0, owner_ids)
    row = Receipt.at(receipt_id)
    if row.until is not None:
        raise Conflict(_("이미 끝난 것으로 적혀 있습니다."))
    if not row.since <= until <= kst(at).date():
        raise Invalid({"until": _("받기 시작한 날과 오늘 사이의 날을 적어 주세요.")})
    row.until = until
    row.save()
    record(
        "benefit.receipt_end",
        by=by,
        at=at,
        about=row,
        household_id=home.pk,
        dong_id=home.dong_id,
        details={"benefit": row.benefit},
    )
    return row


def held(by: Actor, household_id: int, owner_ids: Iterable[int] = ()) -> Any:
    """The household, locked until the action ends, for somebody who may work on its benefits.

    One that was joined with another stands for the one it is now: what was written under it goes on. Raises NotFound, Forbidden.
    """
    owners = frozenset(owner_ids)
    home = home_for(by, now_called(household_id), Permission.BENEFIT_READ, owners)
    type(home).at(home.pk)
    ensure(by, Permission.BENEFIT_WORK, where_of(home, owners))
    return home


def whose(resident_id: int | None) -> dict[str, Any]:
    """The filter for what is one person's, or the whole household's."""
    return {"resident": None} if resident_id is None else {"resident_id": resident_id}


def _merged(before: Mapping[str, Any], told: Mapping[str, Value]) -> dict[str, Any]:
    both = {**before, **{key: list(value) if isinstance(value, tuple) else value for key, value in told.items()}}
    return {key: int(value) if isinstance(value, bool) else value for key, value in both.items() if value is not None}
