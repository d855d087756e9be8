"""Free words: whom to call first where there is danger, then the situations heard in them, then the benefits that help."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from chatdong.kernel import clock
from chatdong.safetynet.benefits.catalog import Catalog
from chatdong.safetynet.benefits.catalog.pages import Page
from chatdong.safetynet.benefits.finding import Found, warm
from chatdong.web.door.gate import public
from chatdong.web.resident.answers import MOST_SITUATIONS
from chatdong.web.resident.beside import beside
from chatdong.web.resident.danger import is_urgent
from chatdong.web.resident.language import ENGLISH, place_of
from chatdong.web.resident.outcome import name_of
from chatdong.web.resident.visit import Visit

LONGEST_WORDS = 500
SHOWN = 12


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, language: str) -> HttpResponse:
    """What somebody says in their own words; what was understood can be put right. Nothing of it is kept."""
    visit = Visit.of(request, language)
    if request.method == "GET":
        return redirect(visit.url(""))
    said = request.POST.get("words", "").strip()[:LONGEST_WORDS]
    is_corrected = request.POST.get("do") == "correct"
    if not said and not is_corrected:
        return _page(visit, "", Found((), (), ()), (), status=422)
    found = warm(settings.VAR).find(said, SHOWN)
    chosen = _plight(visit, request.POST.getlist("plight")) if is_corrected else tuple(key for key, _ in found.situations)
    return _page(visit, said, found, chosen, is_corrected=is_corrected)


def _plight(visit: Visit, posted: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in posted if one in visit.catalog.situations))[:MOST_SITUATIONS]


def _page(
    visit: Visit, said: str, found: Found, chosen: tuple[str, ...], *, is_corrected: bool = False, status: int = 200
) -> HttpResponse:
    visit = visit.with_told(replace(visit.told, plight=chosen))
    heard = [key for key, _ in found.situations]
    told = {
        "said": said,
        "chosen": chosen,
        "heard": _labels(visit, list(dict.fromkeys((*heard, *chosen)))),
        "groups": _all_situations(visit, {*heard, *chosen}),
        "lines": visit.calls(found.hotlines),
        "is_named": any(not one.because for one in found.hits),
        "hits": [_hit(visit, one) for one in benefits_for(visit.catalog, found, chosen if is_corrected else None)],
    }
    return visit.page("words", "words", status, **told, **beside(said, chosen, clock.today()))


def benefits_for(catalog: Catalog, found: Found, chosen: tuple[str, ...] | None) -> list[Page]:
    """Benefits to show, best first. Once the situations were put right they decide, in the order of the words among equals."""
    keys = [one.id for one in found.hits if one.kind == "benefit" and one.id in catalog.pages]
    if chosen is not None:
        by_name = {one.id for one in found.hits if not one.because}
        met = {key: len(set(page.situations) & set(chosen)) for key, page in catalog.pages.items()}
        places = {key: place for place, key in enumerate(keys)}
        keys = [key for key in catalog.pages if met[key] or key in by_name]
        keys.sort(key=lambda key: (-met[key], places.get(key, SHOWN), key))
    return [catalog.pages[key] for key in keys[:SHOWN]]


def _hit(visit: Visit, page: Page) -> dict[str, Any]:
    return {
        "id": page.id,
        "names": (name_of(page, visit.language), page.name),
        "summary": page.summary_en if visit.language == ENGLISH else page.summary,
        "phone": page.phone,
        "where": place_of(page.where, visit.language),
        "is_urgent": is_urgent(visit, page),
    }


def _labels(visit: Visit, keys: list[str]) -> list[tuple[str, str]]:
    known = visit.catalog.situations
    return [(key, known[key].label_en if visit.language == ENGLISH else known[key].label) for key in keys]


def _all_situations(visit: Visit, shown: set[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The other situations under their headings, for somebody who was not understood."""
    known = visit.catalog.situations
    found: dict[str, list[str]] = {}
    for key, one in known.items():
        if key not in shown:
            found.setdefault(one.group, []).append(key)
    headings = {
        "money": visit.say("돈과 일"),
        "home": visit.say("집"),
        "health": visit.say("건강과 마음"),
        "care": visit.say("돌봄"),
        "disability": visit.say("장애"),
        "family": visit.say("가족과 아이"),
    }
    return [(headings.get(group, visit.say("그 밖의 일")), _labels(visit, keys)) for group, keys in found.items()]
