"""알림: what the person was told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from chatdong.ground.messages.actions import mark_read
from chatdong.ground.messages.queries import messages_of
from chatdong.kernel import clock
from chatdong.policy.permissions import Permission as P
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.staff.asked import number


@staff(P.DRAFT_KEEP)
def notices(request: HttpRequest) -> HttpResponse:
    """The newest hundred, unread ones first to the eye."""
    return page(request, "staff/notices.html", notices=list(messages_of(request.actor)[:100]))  # type: ignore[attr-defined]


@staff(P.DRAFT_KEEP)
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark as read: one, or all that were shown."""
    ids = [found for found in map(number, request.POST.getlist("id")) if found is not None]
    mark_read(by=request.actor, message_ids=ids, at=clock.now())  # type: ignore[attr-defined]
    target = str(request.POST.get("open", ""))
    return redirect(target if target.startswith("/staff/") else "staff-notices")


urlpatterns = [
    path("notices/", notices, name="staff-notices"),
    path("notices/read/", read, name="staff-notices-read"),
]
