"""접속 기록: what the privacy officer reads, and whether the chains hold."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from chatdong.kernel import clock
from chatdong.policy.log import KINDS, broken_glasses, log_lines
from chatdong.policy.permissions import Permission as P
from chatdong.policy.record import record_read
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.asked import day, number


@staff(P.LOG_READ)
def log(request: HttpRequest) -> HttpResponse:
    """Lines of the log, narrowed by kind, account, household and day. Reading the log is logged too."""
    actor = request.actor  # type: ignore[attr-defined]
    asked = request.GET
    on = day(asked.get("on", ""))
    lines = log_lines(
        by=actor, kind=asked.get("kind", ""), account=number(asked.get("account")), household=number(asked.get("household")),
        on=on, after=asked.get("after", ""),
    )  # fmt: skip
    record_read("log.read", by=actor, at=clock.now(), count=len(lines.rows))
    return page(
        request, "staff/log.html", lines=lines, asked=asked.dict(), kinds=list(KINDS.items()),
        glasses=list(broken_glasses(by=actor)[:20]),
        wrong_day=bool(asked.get("on")) and on is None,
    )  # fmt: skip


urlpatterns = [path("log/", log, name="staff-log")]
