"""Views for staff are closed unless a right opens them; the public ones say that they are public."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from chatdong.kernel.errors import Forbidden
from chatdong.policy.check import may
from chatdong.policy.permissions import Permission

View = Callable[..., HttpResponse]


def staff(*rights: Permission) -> Callable[[View], View]:
    """Only people who hold one of the rights somewhere. What exactly they may see, the queries narrow in SQL."""

    def gate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = request.actor  # type: ignore[attr-defined]
            if not actor.is_person:
                return _to_login(request)
            if rights and not any(may(actor, right) for right in rights):
                raise Forbidden("이 화면을 볼 권한이 없습니다. 필요하면 팀장이나 운영담당에게 요청해 주세요.")
            return view(request, *args, **kwargs)

        guarded.gate = rights  # type: ignore[attr-defined]
        return guarded

    return gate


def public(view: View) -> View:
    """Anyone, not logged in."""
    view.gate = None  # type: ignore[attr-defined]
    return view


def _to_login(request: HttpRequest) -> HttpResponse:
    target = resolve_url(settings.LOGIN_URL)
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=401)
        answer["HX-Redirect"] = target
        return answer
    from django.contrib.auth.views import redirect_to_login

    return redirect_to_login(request.get_full_path(), target)
