"""지원 기준: which rule book answers now, which of its figures are doubtful, and what somebody proposes to change."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chatdong.kernel import clock
from chatdong.kernel.errors import Invalid, NotFound, Refusal
from chatdong.policy.check import may
from chatdong.policy.permissions import Permission as P
from chatdong.safetynet.benefits.actions.rules import propose_rules, refuse_rules, release_rules, withdraw_rules
from chatdong.safetynet.benefits.catalog import CatalogError
from chatdong.safetynet.benefits.catalog.korean import in_korean
from chatdong.safetynet.benefits.catalog.texts import LARGEST, is_file_name
from chatdong.safetynet.benefits.queries.rules import doubts_of, releases, texts_in_force
from chatdong.safetynet.discovery.queries.people import names_of
from chatdong.web.door.gate import staff
from chatdong.web.door.page import page
from chatdong.web.door.rulebook import catalog
from chatdong.web.staff.asked import day as asked_day

AT_ONCE = 30
FOLDERS = (("benefits/", "제도 한 가지 (benefits)"), ("tables/", "함께 쓰는 값 (tables)"), ("", "물음·사정·계산 (맨 위 폴더)"))


@staff(P.RULES_PROPOSE, P.RULES_RELEASE)
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """The rule book in force, doubtful figures, proposals and releases."""
    return _show(request)


def _show(
    request: HttpRequest, *, status: int = 200, errors: dict[str, str] | None = None, problems: Any = (), at_fault: int = 0
) -> HttpResponse:
    actor, found = request.actor, catalog()  # type: ignore[attr-defined]
    cards = releases(by=actor)
    return page(
        request,
        "staff/rules.html",
        status=status,
        fingerprint=found.book.fingerprint,
        benefits=len(found.book.benefits),
        figures=len(found.book.parameters),
        unsure=len(found.book.on(clock.today()).unsure),
        doubts=doubts_of(found, clock.today()),
        cards=cards,
        waiting=any(one.state == "proposed" for one in cards),
        in_force=next((one.id for one in cards if one.state == "released"), 0),
        names=names_of([account for one in cards for account in (one.proposed_by, one.decided_by) if account]),
        folders=[(value, _(label)) for value, label in FOLDERS],
        may_propose=may(actor, P.RULES_PROPOSE),
        may_release=may(actor, P.RULES_RELEASE),
        errors=errors or {},
        problems=problems,
        at_fault=at_fault,
        typed=request.POST,
        today=clock.today().isoformat(),
    )


@staff(P.RULES_PROPOSE)
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Files of one folder, put in place of those in force, become a proposal."""
    files, folder = request.FILES.getlist("file"), request.POST.get("folder", "")
    day = asked_day(request.POST.get("day"))
    errors = {}
    fit = [is_file_name(f"{folder}{one.name}") and (one.size or 0) <= LARGEST for one in files]
    if not 0 < len(files) <= AT_ONCE or not all(fit):
        errors["file"] = _("YAML 파일을 골라 주세요. 이름은 영문 소문자와 밑줄입니다. 예: basic_pension.yaml")
    if day is None:
        errors["day"] = _("날짜를 적어 주세요.")
    if errors or day is None:
        return _show(request, status=422, errors=errors)
    try:
        texts = {f"{folder}{one.name}": one.read().decode("utf-8") for one in files}
    except UnicodeDecodeError:
        return _show(request, status=422, errors={"file": _("UTF-8로 저장한 파일을 올려 주세요.")})
    return _proposed(request, {**texts_in_force(), **texts}, day)


def _proposed(request: HttpRequest, texts: dict[str, str], day: Any) -> HttpResponse:
    try:
        propose_rules(
            by=request.actor, texts=texts, why=request.POST.get("why", ""), day=day, at=clock.now(),  # type: ignore[attr-defined]
        )  # fmt: skip
    except CatalogError as refusal:
        said = {"file": _("파일에 고칠 곳이 %(count)d군데 있습니다.") % {"count": len(refusal.problems)}}
        return _show(request, status=422, errors=said, problems=[in_korean(one) for one in refusal.problems])
    except Invalid as refusal:
        fields = {("file" if name == "texts" else name): sentence for name, sentence in refusal.fields.items()}
        return _show(request, status=422, errors=fields)
    except Refusal as refusal:
        return _show(request, status=409, errors={"": str(refusal)})
    messages.success(request, _("기준을 올렸습니다. 다른 사람이 확인해야 시행됩니다."))
    return redirect("staff-rules")


@staff(P.RULES_RELEASE)
@require_POST
def release(request: HttpRequest, release_id: int) -> HttpResponse:
    """A second person lets a proposal take effect."""
    try:
        release_rules(by=request.actor, release_id=release_id, at=clock.now())  # type: ignore[attr-defined]
    except NotFound:
        raise
    except CatalogError as refusal:
        said = _("올린 뒤에 프로그램이 바뀌어 이 기준을 읽을 수 없습니다. 돌려보내고 고쳐서 다시 올려 주세요.")
        problems = [in_korean(one) for one in refusal.problems]
        return _show(request, status=409, errors={"": said}, problems=problems, at_fault=release_id)
    except Refusal as refusal:
        return _show(request, status=409, errors={"": str(refusal)}, at_fault=release_id)
    messages.success(request, _("시행했습니다. 1분 안에 모든 화면이 새 기준으로 답합니다."))
    return redirect("staff-rules")


@staff(P.RULES_RELEASE)
@require_POST
def send_back(request: HttpRequest, release_id: int) -> HttpResponse:
    """A second person sends a proposal back and says why."""
    reason = request.POST.get("reason", "")
    try:
        refuse_rules(by=request.actor, release_id=release_id, reason=reason, at=clock.now())  # type: ignore[attr-defined]
    except NotFound:
        raise
    except Refusal as refusal:
        status = 422 if isinstance(refusal, Invalid) else 409
        return _show(request, status=status, errors={"reason": str(refusal)}, at_fault=release_id)
    messages.success(request, _("돌려보냈습니다."))
    return redirect("staff-rules")


@staff(P.RULES_PROPOSE)
@require_POST
def withdraw(request: HttpRequest, release_id: int) -> HttpResponse:
    """The proposer takes a proposal back."""
    try:
        withdraw_rules(by=request.actor, release_id=release_id, at=clock.now())  # type: ignore[attr-defined]
    except NotFound:
        raise
    except Refusal as refusal:
        return _show(request, status=409, errors={"": str(refusal)}, at_fault=release_id)
    messages.success(request, _("올린 기준을 거두었습니다."))
    return redirect("staff-rules")


urlpatterns = [
    path("rules/", rules, name="staff-rules"),
    path("rules/propose/", propose, name="staff-rules-propose"),
    path("rules/<int:release_id>/release/", release, name="staff-rules-release"),
    path("rules/<int:release_id>/return/", send_back, name="staff-rules-return"),
    path("rules/<int:release_id>/withdraw/", withdraw, name="staff-rules-withdraw"),
]
