"""Templates: the Jinja environment, what every page is given, and how a page is returned."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined

from chatdong.kernel import clock, identity, money
from chatdong.web.door.menu import menu_of


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named screen."""
    return reverse(name, args=args, kwargs=kwargs)


def environment(**options: Any) -> Environment:
    """Jinja with our globals and filters; an unknown name in a template is an error, not an empty string."""
    env = Environment(
        **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True},
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(static=static, url=url, _=env.globals["gettext"])
    env.filters.update(
        day=clock.date_text,
        time=clock.time_text,
        moment=clock.moment_text,
        mask_name=identity.mask_name,
        mask_phone=identity.mask_phone,
        phone=identity.phone_text,
        won=money.won,
    )
    return env


def furniture(request: HttpRequest) -> dict[str, Any]:
    """What web/ui's templates need on every page."""
    actor = getattr(request, "actor", None)
    person = actor if actor is not None and actor.is_person else None
    return {
        "actor": person,
        "menu": menu_of(person, request.path) if person else [],
        "notices_count": getattr(request, "notices_count", 0),
        "messages": [{"level": m.level_tag or "info", "text": str(m)} for m in get_messages(request)]
        if hasattr(request, "_messages")
        else [],
        "idle_seconds": settings.SESSION_COOKIE_AGE,
        "district_name": settings.DISTRICT_NAME,
        "demo": settings.DEMO,
    }


def page(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A whole page or a part of one. Personal pages are never kept by the browser or a proxy."""
    answer = render(request, template, context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
