"""Which dong a report belongs to and who answers for it: the nearest that is known, and never nobody."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from chatdong.engines.linkage.addresses import Address, base_dong, normal_address
from chatdong.ground.accounts.queries import answering_worker, is_posted, workers_of
from chatdong.ground.places.queries import dongs, gu_of, gus, legal_dongs_of, rule, successors
from chatdong.kernel.errors import Conflict, Invalid
from chatdong.policy.actor import Actor
from chatdong.safetynet.discovery.states import Subject


@dataclass(frozen=True)
class DongFound:
    """The dong of a report. `way` says how it was found; a guess is to be looked at by the desk that got it."""

    dong_id: int
    gu_id: int
    way: str
    is_guess: bool = False
    others: list[int] = field(default_factory=list)

    def as_details(self) -> dict[str, Any]:
        """What the report keeps of it."""
        kept: dict[str, Any] = {"dong_by": self.way}
        if self.is_guess:
            kept["dong_guessed"] = True
        if self.others:
            kept["dong_others"] = self.others
        return kept


def dong_for(subject: Subject, *, by: Actor, on: date, gu_id: int | None = None) -> DongFound:
    """The dong that answers for somebody.

    The one named, else the one the address names (행정동, then 법정동), else the one in which the register knows the building,
    else the intake desk of the gu (rule `intake.dong`), else the gu's first dong by code.

    Raises:
        Invalid: there is no dong at all (field `dong`).
    """
    if subject.dong_id is not None:
        row = _living_dong(subject.dong_id, on)
        return DongFound(row.pk, row.gu_id, "subject")
    address = normal_address(" ".join(part for part in (subject.address, subject.detail) if part))
    gu_id = gu_id or _gu_for(address, by, on)
    rows = list(dongs(on, gu_id))
    if not rows:
        raise Invalid({"dong": _("등록된 행정동이 없습니다. 운영담당에게 알려 주세요.")})
    if found := _by_name(address, rows, on):
        return found
    if (at_building := dong_of_building(address, [row.pk for row in rows])) is not None:
        return DongFound(at_building, rows[0].gu_id, "building")
    return _intake(rows, on)


def _living_dong(dong_id: int, on: date) -> Any:
    row = dongs(on).filter(pk=dong_id).first()
    if row is None:
        try:
            row = dongs(on).filter(pk__in=[one.pk for one in successors(dong_id, on)]).first()
        except apps.get_model("places", "Dong").DoesNotExist:
            row = None
    if row is None:
        raise Invalid({"dong": _("지금은 없는 동입니다. 다시 골라 주세요.")})
    return row


def _gu_for(address: Address, by: Actor, on: date) -> int | None:
    known = list(gus(on))
    named = next((gu.pk for gu in known if address.gu and gu.name == address.gu), None)
    own = min(by.gu_ids, default=None)
    return named or own or (known[0].pk if known else None)


def _by_name(address: Address, rows: list[Any], on: date) -> DongFound | None:
    hint = address.dong_hint.replace("제", "")
    for row in rows:
        if hint and row.name.replace("제", "") == hint:
            return DongFound(row.pk, row.gu_id, "address")
    legal = [name for name in (address.legal_dong, address.dong_hint) if name]
    for name in legal:
        covering = [row for row in rows if any(one.name == name for one in legal_dongs_of(row.pk, on))]
        covering = covering or [row for row in rows if base_dong(row.name) == base_dong(name)]
        if covering:
            others = [row.pk for row in covering[1:]]
            return DongFound(covering[0].pk, covering[0].gu_id, "legal_dong", bool(others), others)
    return None


def dong_of_building(address: Address, dong_ids: list[int]) -> int | None:
    """The dong in which the register already knows a household of this building."""
    if not address.keys:
        return None
    known = apps.get_model("households", "Household").objects.filter(
        dong_id__in=dong_ids, building_key__in=address.keys, address_hidden=False
    )
    found = known.exclude(state="merged").values_list("dong_id", flat=True).first()
    return None if found is None else int(found)


def _intake(rows: list[Any], on: date) -> DongFound:
    try:
        code = str(rule("intake.dong", on=on, gu_id=rows[0].gu_id).value.get("code", ""))
    except KeyError:
        code = ""
    desk = next((row for row in rows if row.code == code), None)
    if desk is not None:
        return DongFound(desk.pk, desk.gu_id, "intake", True)
    return DongFound(rows[0].pk, rows[0].gu_id, "first", True)


def owner_for(dong_id: int, on: date, tong_number: int | None = None, prefer: int | None = None) -> int:
    """The account that answers for something in a dong.

    `prefer` (whoever already answers for the household) where still posted there, else the answering worker of the dong; where
    dong and gu have nobody in charge, anybody working in the gu, so that a report has an owner and the proof shows the gap.

    Raises:
        Conflict: nobody works in the whole gu.
    """
    if prefer is not None and is_posted(prefer, dong_id, on):
        return prefer
    try:
        return int(answering_worker(dong_id, on, tong_number).pk)
    except Conflict:
        anybody = workers_of(dongs(on, gu_of(dong_id)).values_list("id", flat=True), on)
        if not anybody:
            raise
        return anybody[0].id
