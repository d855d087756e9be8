"""Keeping a half-filled form while it is being filled."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from chatdong.ground.accounts.actions import keep_draft
from chatdong.kernel import clock
from chatdong.web.door.gate import staff

NOT_KEPT = {"csrfmiddlewaretoken", "password"}


@staff()
@require_POST
def keep(request: HttpRequest, key: str) -> HttpResponse:
    """Store what is typed so far under the form's key; answers when it was kept."""
    body = {name: values for name, values in request.POST.lists() if name not in NOT_KEPT}
    at = clock.now()
    keep_draft(by=request.actor, key=key, body=body, at=at)  # type: ignore[attr-defined]
    return JsonResponse({"saved_at": clock.time_text(at)})
