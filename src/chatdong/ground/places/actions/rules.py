"""A district's own rules from a day on, and days off that the holiday library does not know."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from chatdong.ground.places.models import ExtraDay, Gu, Setting
from chatdong.ground.places.queries import shipped_rules
from chatdong.kernel.errors import Forbidden, Invalid
from chatdong.policy.action import action, forget_remembered
from chatdong.policy.actor import Actor
from chatdong.policy.check import NOWHERE, ensure, reach
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record

MOST = 10_000


@action
def set_rule(
    *, by: Actor, gu_id: int | None, key: str, value: Mapping[str, Any], valid_from: date, source: str, at: datetime
) -> Setting:
    """Set a rule of one gu (of all, where `gu_id` is None) from a day on. Setting the same again changes nothing.

    The older row stays: what held on a past day can always be told. `value` has the parts of the shipped rule of that key
    (places/defaults.toml), whole numbers of at least 0 or the words that stand there.

    Raises:
        Invalid: an unknown key, other parts than the shipped rule has, or no source (fields `key`, `value`, `source`).
        Forbidden: the rule of another gu, or one for all gu without reaching them all.
    """
    ensure(by, Permission.SETTING_WRITE, NOWHERE)
    if not reach(by, Permission.SETTING_WRITE).everywhere and gu_id not in by.gu_ids:
        raise Forbidden("우리 구의 설정만 바꿀 수 있습니다.")
    if gu_id is not None and not Gu.objects.filter(pk=gu_id).exists():
        raise Invalid({"gu": "그런 자치구가 없습니다."})
    if not source.strip():
        raise Invalid({"source": "근거를 적어 주세요. 법령, 지침, 구 내부 기준의 이름과 조항이면 됩니다."})
    _fits(key, value)
    rows = Setting.objects.filter(gu_id=gu_id, key=key, valid_from=valid_from).order_by("id")  # type: ignore[misc]
    newest = rows.last()
    if newest is None or (newest.value, newest.source) != (dict(value), source.strip()):
        newest = Setting.objects.create(
            gu_id=gu_id, key=key, value=dict(value), valid_from=valid_from, source=source.strip(), set_by=by.account_id, set_at=at
        )
    forget_remembered()
    record(
        "setting.set_rule", by=by, at=at, about=newest, gu_id=gu_id, details={"key": key, "valid_from": valid_from.isoformat()}
    )
    return newest


def _fits(key: str, value: Mapping[str, Any]) -> None:
    """Refuse a value whose parts are not those of the shipped rule."""
    shipped = [rule.value for rule in shipped_rules() if rule.key == key]
    if not shipped:
        raise Invalid(
            {"key": f"{key}이라는 항목은 없습니다. 있는 항목: {', '.join(sorted({rule.key for rule in shipped_rules()}))}"}
        )
    parts = shipped[-1]
    if set(value) != set(parts):
        raise Invalid({"value": f"{key}에는 {', '.join(parts)}만, 빠짐없이 적어 주세요."})
    for part, given in value.items():
        words = {rule.value[part] for rule in shipped_rules() if isinstance(rule.value.get(part), str)}
        if isinstance(parts[part], str) and given not in words:
            raise Invalid({"value": f"{part}에 쓸 수 있는 말: {', '.join(sorted(words))}"})
        if not isinstance(parts[part], str) and (isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= MOST):
            raise Invalid({"value": f"{part}은(는) 0부터 {MOST:,}까지의 수로 적어 주세요."})


@action
def note_extra_day(*, by: Actor, day: date, name: str, source: str, at: datetime, is_off: bool = True) -> ExtraDay:
    """Note a day off (or a working day after all) that the holiday library does not know: 임시공휴일, elections.

    A day noted before is overwritten. It holds for every gu.

    Raises:
        Invalid: no name or no source (fields `name`, `source`).
    """
    ensure(by, Permission.SETTING_WRITE, NOWHERE)
    if not name.strip():
        raise Invalid({"name": "무슨 날인지 적어 주세요."})
    if not source.strip():
        raise Invalid({"source": "근거를 적어 주세요. 관보나 국무회의 의결일이면 됩니다."})
    noted = ExtraDay.objects.filter(day=day).first() or ExtraDay(day=day)
    noted.name, noted.is_off, noted.source = name.strip(), is_off, source.strip()
    noted.save()
    forget_remembered()
    record("setting.note_extra_day", by=by, at=at, about=noted, details={"day": day.isoformat(), "is_off": is_off})
    return noted
