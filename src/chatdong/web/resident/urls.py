"""Addresses for residents: each page in Korean and, under /en/, in English. Answers are posted; none stands in an address."""

from django.urls import URLPattern, path

from chatdong.web.resident import benefits, benefits_call, benefits_words
from chatdong.web.resident.language import ENGLISH, KOREAN

PAGES = (
    ("", "", benefits.doors),
    ("ask/", "-ask", benefits.ask),
    ("result/", "-result", benefits.result),
    ("words/", "-words", benefits_words.words),
    ("call/", "-call", benefits_call.call),
)


def _pages(language: str, before: str, ending: str) -> list[URLPattern]:
    return [
        path(f"{before}{route}", view, {"language": language}, name=f"resident-benefits{name}{ending}")
        for route, name, view in PAGES
    ]


urlpatterns = [*_pages(KOREAN, "", ""), *_pages(ENGLISH, "en/", "-en")]
