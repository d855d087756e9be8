"""What a channel is: one way by which reports reach us, with its own folder, its address and who may use it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from chatdong.kernel.errors import Forbidden
from chatdong.policy.check import may
from chatdong.policy.permissions import Permission

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Channel:
    """One row of the table. `route` is the address under channels/; `receive` takes what is sent there."""

    name: str
    korean: str
    route: str
    receive: View
    sender: str
    basis: str


def for_staff(right: Permission) -> Callable[[View], View]:
    """Only a person who holds the right somewhere; where it reaches, the action asks."""

    def gate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = request.actor  # type: ignore[attr-defined]
            if not actor.is_person:
                return redirect_to_login(resolve_url("staff-lists"), resolve_url(settings.LOGIN_URL))
            if not may(actor, right):
                raise Forbidden("이 일을 할 권한이 없습니다. 필요하면 팀장이나 운영담당에게 요청해 주세요.")
            return view(request, *args, **kwargs)

        guarded.gate = (right,)  # type: ignore[attr-defined]
        return guarded

    return gate


def for_everybody(view: View) -> View:
    """Anyone, not logged in (사회보장급여법 제13조 제1항)."""
    view.gate = None  # type: ignore[attr-defined]
    return view
