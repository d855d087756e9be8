"""Safety plans for a person at risk of suicide: written anew each time, told to team lead and nurse."""

from datetime import datetime

from django.utils.translation import gettext as _

from chatdong.ground.accounts.queries import holders
from chatdong.ground.messages.actions import tell
from chatdong.ground.messages.states import MessageKind
from chatdong.kernel.clock import kst
from chatdong.kernel.errors import Invalid
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.policy.roles import Role
from chatdong.safetynet.visits.actions.held import ensure_lived_in, held_home
from chatdong.safetynet.visits.actions.told import leads_of, page_path
from chatdong.safetynet.visits.models import SafetyPlan

NEEDED = {
    "warning_signs": "어떤 때 위험해지는지 적어 주세요.",
    "people": "함께 있어 줄 사람을 적어 주세요.",
    "professionals": "연락할 기관을 적어 주세요. 예: 109, 자살예방센터",
}
MOST = 2000


@action
def write_safety_plan(
    *, by: Actor, household_id: int, warning_signs: str, people: str, professionals: str, at: datetime, coping: str = "",
    safer_place: str = "", resident_id: int | None = None, owner_id: int | None = None,
) -> SafetyPlan:  # fmt: skip
    """Write the plan that applies from now on; earlier ones are kept. Team lead and nurse of the dong are told.

    Raises:
        Invalid: a part that has to be said is empty or too long, or the resident lives elsewhere (`resident_id`).
        Conflict: nobody lives there.
        NotFound, Forbidden: SAFETY_PLAN_WRITE at the household.
    """
    home = held_home(by, household_id, Permission.SAFETY_PLAN_WRITE, owner_id)
    ensure_lived_in(home)
    parts = {
        "warning_signs": warning_signs, "coping": coping, "people": people, "professionals": professionals,
        "safer_place": safer_place,
    }  # fmt: skip
    parts = {name: text.strip() for name, text in parts.items()}
    wrong = {name: _(sentence) for name, sentence in NEEDED.items() if not parts[name]}
    wrong |= {name: _("2,000자 안으로 적어 주세요.") for name, text in parts.items() if len(text) > MOST}
    if resident_id is not None and not home.residents.filter(pk=resident_id).exists():
        wrong["resident_id"] = _("이 가구의 사람을 골라 주세요.")
    if wrong:
        raise Invalid(wrong)
    plan = SafetyPlan.objects.create(household_id=home.pk, resident_id=resident_id, by=by.account_id, at=at, **parts)
    on = kst(at).date()
    told = [*holders(Role.TEAM_LEAD, on, dong_id=home.dong_id), *holders(Role.NURSE, on, dong_id=home.dong_id)]
    tell(
        told or leads_of(home.dong_id, at), MessageKind.SAFETY, _("안전계획이 새로 쓰였습니다. 확인해 주세요."), at=at,
        key=f"safety:{plan.pk}", path=page_path(home.pk), household_id=home.pk, urgent=True,
    )  # fmt: skip
    record("safety_plan.write", by=by, at=at, about=plan, household_id=home.pk, dong_id=home.dong_id)
    return plan
