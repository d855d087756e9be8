"""How a refusal looks: a clear sentence, the way back, and never a bare 500."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig, TooManyFieldsSent
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from chatdong.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from chatdong.policy.actor import resident
from chatdong.web.door.page import page

Answer = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)

STATUS = {Forbidden: 403, NotFound: 404, Conflict: 409, Invalid: 422}


def refused(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """The page of a refusal."""
    if not hasattr(request, "actor"):
        request.actor = resident()  # type: ignore[attr-defined]
    return page(request, "door/refused.html", status=status, title=title, sentence=sentence)


def refusals(answer: Answer) -> Answer:
    """Middleware: anything raised below becomes a page in words; what nobody foresaw is logged without personal data."""

    def ask(request: HttpRequest) -> HttpResponse:
        return answer(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        return _as_page(request, error)

    ask.process_exception = process_exception  # type: ignore[attr-defined]
    return ask


def _as_page(request: HttpRequest, error: Exception) -> HttpResponse | None:
    if isinstance(error, Refusal):
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
        title = {403: _("볼 수 없습니다"), 404: _("찾을 수 없습니다"), 409: _("그사이 바뀌었습니다")}.get(
            status, _("다시 확인해 주세요")
        )
        return refused(request, status, title, str(error))
    if isinstance(error, Http404 | ObjectDoesNotExist):
        return refused(request, 404, _("찾을 수 없습니다"), _("주소가 바뀌었거나, 담당 지역이 아닌 자료입니다."))
    if isinstance(error, RequestDataTooBig | TooManyFieldsSent):
        return refused(request, 413, _("너무 큽니다"), _("보내신 내용이 너무 큽니다. 파일을 나누어 다시 올려 주세요."))
    if isinstance(error, OperationalError) and "locked" in str(error):
        return refused(request, 503, _("잠시 붐빕니다"), _("지금 처리할 일이 몰렸습니다. 잠시 뒤 다시 눌러 주세요."))
    return None


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page was too old (CSRF)."""
    return refused(
        request,
        403,
        _("화면이 오래되었습니다"),
        _("앞 화면으로 돌아가 새로고침한 뒤 다시 보내 주세요. 쓰던 내용은 임시 저장되어 있습니다."),
    )


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """No such address."""
    return refused(request, 404, _("찾을 수 없습니다"), _("주소를 다시 확인해 주세요."))


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """A request that makes no sense."""
    return refused(request, 400, _("다시 확인해 주세요"), _("보내신 내용을 읽을 수 없습니다."))


def broken(request: HttpRequest) -> HttpResponse:
    """Our own fault. The worker is told what to do now, in words."""
    log.error("request failed", extra={"path": request.resolver_match.route if request.resolver_match else ""})
    return refused(
        request, 503, _("일시적인 문제입니다"),
        _("잠시 뒤 다시 해 주세요. 급하면 112, 119로 전화하고 동주민센터에 알려 주세요. 쓰던 내용은 임시 저장되어 있습니다."),
    )  # fmt: skip
