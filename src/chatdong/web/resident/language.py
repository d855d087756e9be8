"""Korean and English: one function that says a sentence, and what the rule book calls things in each."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext

from chatdong.engines.eligibility import Value
from chatdong.engines.eligibility.book import Fact, Option, Question
from chatdong.engines.eligibility.phrases import rough
from chatdong.web.resident.english import HINTS, SENTENCES
from chatdong.web.resident.english_papers import PAPERS
from chatdong.web.resident.english_ways import PLACES, WAYS

KOREAN, ENGLISH = "ko", "en"
LANGUAGES = {KOREAN: "한국어", ENGLISH: "English"}
Say = Callable[..., str]
Beside = tuple[str, str]  # in the language of the page, and in Korean as it is asked for at a counter
WON = "원"
WIDE = 20  # a range this wide has no lower end worth saying


def sayer(language: str) -> Say:
    """say("나이 %(n)s세", n=3): the sentence in a language. Raises KeyError for one that has no English yet."""

    def say(sentence: str, **words: object) -> str:
        said = gettext(sentence) if language == KOREAN else SENTENCES[sentence]
        return said % words if words else said

    return say


def label_of(thing: Fact | Option, language: str) -> str:
    """What a fact or an option is called."""
    return (thing.label_en or thing.label) if language == ENGLISH else thing.label


def asked_of(question: Question, language: str) -> tuple[str, str]:
    """A question and its hint."""
    if language == ENGLISH:
        return question.text_en or question.text, question.hint_en or HINTS.get(question.hint, "")
    return question.text, question.hint


def paper_of(paper: str, language: str) -> Beside:
    """A paper to bring; one that has no English yet stays Korean."""
    return (PAPERS.get(paper, paper) if language == ENGLISH else paper), paper


def place_of(place: str, language: str) -> Beside:
    """Where to apply."""
    return (PLACES.get(place, place) if language == ENGLISH else place), place


def way_of(way: str, language: str) -> str:
    """How to apply."""
    return WAYS.get(way, way) if language == ENGLISH else way


def person_of(person: Mapping[str, Value], place: int, say: Say) -> str:
    """A person as the form calls them, as nobody's name is known: "본인 (68세 여성)", "2번째 분 (7개월)"."""
    months, female = person.get("age_months"), person.get("female")
    least = months[0] if isinstance(months, tuple) else months
    if least is None:
        age = say("나이 모름")
    elif least < 36 and not isinstance(months, tuple):
        age = say("%(n)s개월", n=least)
    else:
        age = say("%(n)s세", n=int(least) // 12)
    sex = "" if female is None or isinstance(female, tuple) else " " + (say("여성") if female else say("남성"))
    return f"{say('%(n)s번째 분', n=place + 1) if place else say('본인')} ({age}{sex})"


def money_band(low: int, high: int, most: int, language: str, say: Say) -> str:
    """A range of money to pick: 없음, 50만 원까지, 50만~100만 원, 1,000만 원 넘음."""
    if low == high == 0:
        return say("없음 (0원)")
    if high >= most:
        return say("%(won)s 넘음", won=_won(low - 1, language))
    if low <= 1:
        return say("%(won)s까지", won=_won(high, language))
    if language == ENGLISH:
        return f"{_won(low - 1, language)} – {high:,}"
    return f"{rough(low - 1)}~{_won(high, language)}"


def money_range(low: int, high: int, language: str, say: Say) -> str:
    """An amount as it is said of a benefit; never more exact than it is known."""
    if low == high or (language == KOREAN and rough(low) == rough(high)):
        return say("약 %(won)s", won=_won(high, language))
    if low * WIDE < high:
        return say("많게는 약 %(won)s", won=_won(high, language))
    if language == ENGLISH:
        return say("약 %(won)s", won=f"{_won(low, language)} – {_near(high):,}")
    return say("약 %(won)s", won=f"{rough(low)}~{_won(high, language)}")


def _won(amount: int, language: str) -> str:
    if language == ENGLISH:
        return f"₩{_near(amount):,}"
    return f"{rough(amount)} {WON}" if amount >= 10_000 else f"{amount:,}{WON}"


def _near(amount: int) -> int:
    return (amount + 5_000) // 10_000 * 10_000 if amount >= 10_000 else amount
