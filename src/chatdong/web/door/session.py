"""Logging in and out, staying in, and the lock after five failures."""

from typing import Any

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from chatdong.ground.accounts.actions import note_sign_in, note_sign_out
from chatdong.ground.accounts.queries import actor_of, demo_accounts
from chatdong.kernel import clock
from chatdong.web.door.gate import public, staff
from chatdong.web.door.menu import first_screen
from chatdong.web.door.middleware import address_of
from chatdong.web.door.page import page


@public
@sensitive_post_parameters("password")
def log_in(request: HttpRequest) -> HttpResponse:
    """The log-in page. A wrong password says nothing about which half was wrong."""
    error, login_id, target = "", request.POST.get("login_id", ""), _safe_target(request)
    if request.method == "POST":
        user = authenticate(request, login_id=login_id, password=request.POST.get("password", ""))
        if user is not None:
            login(request, user)
            actor = actor_of(user, at=clock.now(), address=address_of(request))
            note_sign_in(by=actor, at=clock.now())
            return redirect(target or first_screen(actor))
        error = _("아이디나 비밀번호가 맞지 않습니다. 다섯 번 틀리면 15분 동안 잠깁니다.")
    return _form(request, 422 if error else 200, error, login_id, target)


def _form(request: HttpRequest, status: int, error: str, login_id: str, target: str) -> HttpResponse:
    return page(request, "door/login.html", status=status, error=error, login_id=login_id, next=target, accounts=demo_accounts())


def _safe_target(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()) else ""


def locked(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Five failures: the account waits fifteen minutes."""
    return _form(
        request,
        429,
        _("다섯 번 틀려 15분 동안 잠겼습니다. 급하면 운영담당에게 알려 주세요."),
        request.POST.get("login_id", ""),
        "",
    )


@staff()
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    note_sign_out(by=request.actor, at=clock.now())  # type: ignore[attr-defined]
    logout(request)
    return redirect("door-login")


@staff()
@require_GET
def stay(request: HttpRequest) -> HttpResponse:
    """Keeps the session alive when the person says so."""
    return JsonResponse({"ok": True})


@staff()
def nothing(request: HttpRequest) -> HttpResponse:
    """Somebody who has an account and no posting today."""
    return page(request, "door/nothing.html")
