"""Open leads as lines of a file, within the right to export; hidden addresses never among them."""

from datetime import datetime
from typing import Any

from chatdong.kernel.clock import moment_text
from chatdong.policy.actor import Actor
from chatdong.policy.check import reach
from chatdong.policy.permissions import Permission
from chatdong.safetynet.discovery.models import Lead
from chatdong.safetynet.visits.queries.export import Exported, exported
from chatdong.safetynet.visits.states import OwnedState


def leads_to_export(*, by: Actor, at: datetime, dong_id: int | None = None, full: bool = False) -> Exported:
    """The open leads: pathway, urgency, first contact, next step with its deadline, where it is registered, worker."""
    rows = Lead.objects.exclude(state=OwnedState.CLOSED).filter(reach(by, Permission.EXPORT).q(owner="worker_id"))
    rows = rows.select_related("dong", "worker")
    if dong_id is not None:
        rows = rows.filter(dong_id=dong_id)

    def about(row: Any) -> tuple[str, ...]:
        return (
            row.get_pathway_display(), row.get_urgency_display(), moment_text(row.opened_at), moment_text(row.first_due_at),
            moment_text(row.first_contact_at) if row.first_contact_at else "", row.get_next_step_display(),
            moment_text(row.next_at), row.registered_no, row.worker.name,
        )  # fmt: skip

    columns = ("발굴경로", "급한 정도", "시작", "첫 연락 기한", "첫 연락", "다음 할 일", "다음 기한", "등록번호", "담당자")
    return exported(rows, columns, about, at=at, full=full)
