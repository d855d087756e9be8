"""What a person did besides visits, for the own 1.2.3 self-check."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Invalid
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import at_dong, ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.safetynet.visits.actions.held import ensure_person
from chatdong.safetynet.visits.models import Activity
from chatdong.safetynet.visits.queries.rules import back_days
from chatdong.safetynet.visits.states import ActivityKind


@action
def note_activity(*, by: Actor, kind: str, on: date, at: datetime, note: str = "", dong_id: int | None = None) -> Activity:
    """Note that one looked for neighbors, held a case meeting or found a case. The dong is one's own where none is said.

    Raises:
        Invalid: fields `kind`, `on` (in the future, or too long ago).
        Forbidden: no ACTIVITY_RECORD there, or a machine.
    """
    account_id = ensure_person(by)
    dong_id = dong_id if dong_id is not None else next(iter(sorted(by.dong_ids)), None)
    ensure(by, Permission.ACTIVITY_RECORD, at_dong(dong_id, account_id))
    today = kst(at).date()
    if kind not in ActivityKind.values:
        raise Invalid({"kind": _("무엇을 했는지 골라 주세요.")})
    if not today - timedelta(days=back_days(today, next(iter(sorted(by.gu_ids)), None))) <= on <= today:
        raise Invalid({"on": _("오늘까지의 날 가운데 너무 오래되지 않은 날을 골라 주세요.")})
    row = Activity.objects.create(account_id=account_id, dong_id=dong_id, kind=kind, on=on, note=note.strip()[:200], at=at)
    record("activity.note", by=by, at=at, about=row, dong_id=dong_id, details={"kind": str(kind)})
    return row
