"""What was typed, brought to the stored form or refused in words at its field."""

from datetime import date

from chatdong.engines.linkage.phones import normal_phones
from chatdong.ground.households.models import Resident
from chatdong.ground.households.rows import LoadedResident, NewResident
from chatdong.ground.households.states import Relation, Sex
from chatdong.ground.places.models import Ban, Tong
from chatdong.ground.places.queries import in_force
from chatdong.kernel.errors import Invalid
from chatdong.kernel.hangul import nfc

OLDEST = 1880
_SEXES, _RELATIONS = frozenset(Sex.values), frozenset(Relation.values)


def phone_kept(text: str) -> str:
    """The stored form of a phone: its digits, or what was typed where nobody can read it (a worry is not refused over it)."""
    return normal_phones(text).first or text.strip()[:20]


def phone_typed(text: str, field: str = "phone") -> str:
    """The stored form of a phone that a person typed. Raises Invalid where it is none."""
    digits = normal_phones(text).first
    if text.strip() and not digits:
        raise Invalid({field: "전화번호를 다시 확인해 주세요. 예: 010-1234-5678"})
    return digits


def resident_row(new: NewResident, today: date) -> Resident:
    """An unsaved resident. Raises Invalid for a birth date that cannot be, an unknown sex or relation."""
    born = new.birth_date
    if born is not None and not (born.year >= OLDEST and born <= today):
        raise Invalid({"birth_date": "생년월일을 다시 확인해 주세요."})
    if born is None and new.birth_year is not None and not OLDEST <= new.birth_year <= today.year:
        raise Invalid({"birth_year": "태어난 해를 다시 확인해 주세요."})
    if new.sex not in _SEXES:
        raise Invalid({"sex": "성별을 골라 주세요."})
    if new.relation not in _RELATIONS:
        raise Invalid({"relation": "관계를 골라 주세요."})
    row = Resident(
        name=nfc(new.name).strip()[:60], birth_date=born,
        birth_year=born.year if born else new.birth_year, sex=new.sex, relation=new.relation, phone=phone_kept(new.phone),
    )  # fmt: skip
    if isinstance(new, LoadedResident):
        row.state, row.died_on, row.moved_on = new.state, new.died_on, new.moved_on
    return row


def tong_and_ban(dong_id: int, tong: int | None, ban: int | None, on: date) -> tuple[int | None, int | None]:
    """The row ids of a 통 and 반 by their numbers. Raises Invalid where the dong has no such one."""
    if tong is None:
        return None, None
    tong_id = Tong.objects.filter(in_force(on), dong_id=dong_id, number=tong).values_list("id", flat=True).first()
    if tong_id is None:
        raise Invalid({"tong_number": "이 동에 없는 통입니다."})
    if ban is None:
        return tong_id, None
    ban_id = Ban.objects.filter(in_force(on), tong_id=tong_id, number=ban).values_list("id", flat=True).first()
    if ban_id is None:
        raise Invalid({"ban_number": "이 통에 없는 반입니다."})
    return tong_id, ban_id
