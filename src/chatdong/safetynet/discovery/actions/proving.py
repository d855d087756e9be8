"""The nightly proof, told to those who can put it right."""

from datetime import datetime

from django.utils.translation import gettext as _

from chatdong.ground.accounts.queries import holders
from chatdong.ground.messages.actions import tell
from chatdong.ground.messages.states import MessageKind
from chatdong.policy.action import action
from chatdong.policy.actor import Actor
from chatdong.policy.check import NOWHERE, ensure
from chatdong.policy.permissions import Permission
from chatdong.policy.record import record
from chatdong.policy.roles import Role
from chatdong.safetynet.discovery.queries.paths import TO_BOARD
from chatdong.safetynet.discovery.queries.proof import Orphan, proof


@action
def run_proof(*, by: Actor, gu_id: int, at: datetime) -> list[Orphan]:
    """Look for everything that could be dropped in a gu; the gu's officers are told when there is anything."""
    ensure(by, Permission.PROOF_RUN, NOWHERE)
    orphans = proof(at=at, gu_id=gu_id)
    if orphans:
        text = _("점검에서 빠진 일 %(count)d건을 찾았습니다. 확인해 주세요.") % {"count": len(orphans)}
        tell(holders(Role.GU_OFFICER, at.date(), gu_id=gu_id), MessageKind.PROOF, text, at=at, key=f"proof:{gu_id}:{at.date()}",
             path=TO_BOARD, urgent=True)  # fmt: skip
    record("proof.run", by=by, at=at, gu_id=gu_id, count=len(orphans))
    return orphans
