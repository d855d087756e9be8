"""Who asks: each request gets its actor, built afresh from the postings in force today."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from chatdong.ground.accounts.queries import actor_of
from chatdong.ground.messages.queries import unread_count
from chatdong.kernel import clock
from chatdong.policy.actor import resident

Answer = Callable[[HttpRequest], HttpResponse]


def address_of(request: HttpRequest) -> str:
    """The caller's network address. Behind proxies, the one that the outermost trusted proxy saw."""
    if settings.PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if len(hops) >= settings.PROXIES:
            return hops[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def who_asks(answer: Answer) -> Answer:
    """Middleware: `request.actor` is the person at their postings, or a resident at the public door."""

    def ask(request: HttpRequest) -> HttpResponse:
        where_from = address_of(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            request.actor = actor_of(user, at=clock.now(), address=where_from)  # type: ignore[attr-defined]
            request.notices_count = unread_count(request.actor)  # type: ignore[attr-defined]
        else:
            request.actor = resident(where_from)  # type: ignore[attr-defined]
        return answer(request)

    return ask
