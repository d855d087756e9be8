"""A screen's fields with their words, as the template prints them."""

from collections.abc import Mapping
from dataclasses import dataclass

from chatdong.engines.eligibility import Value
from chatdong.engines.eligibility.book import Fact, Kind, RuleBook
from chatdong.web.resident.answers import Told
from chatdong.web.resident.language import Say, label_of, money_band, person_of
from chatdong.web.resident.screens import Screen, Slot, bands_of

TICKED = "ticked"


@dataclass(frozen=True)
class Field:
    """One group of boxes or of choices. `chosen` are the values that stand; `exact` is the figure as typed or told."""

    name: str
    legend: str
    options: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    is_ticks: bool = False
    has_exact: bool = False
    exact: str = ""
    error: str = ""


@dataclass(frozen=True)
class Words:
    """What fields are written with."""

    book: RuleBook
    told: Told
    language: str
    say: Say

    def fields(self, screen: Screen, post: Mapping[str, str], ticked: list[str], errors: Mapping[Slot, str]) -> list[Field]:
        """The fields of a screen; what was typed stands where it could not be taken."""
        return [
            *self._ticks(screen, ticked),
            *(self._pick(slot, post, errors.get(slot, ""), len(screen.picks) > 1) for slot in screen.picks),
        ]

    def person(self, place: int) -> str:
        return person_of(self.told.people[place], place, self.say)

    def _ticks(self, screen: Screen, ticked: list[str]) -> list[Field]:
        """By fact where several persons are asked; of one person or of the home all in one list."""
        facts = dict.fromkeys(slot.fact for slot in screen.ticks if slot.person is not None)
        several = len({slot.person for slot in screen.ticks if slot.person is not None}) > 1
        found = []
        alone = [slot for slot in screen.ticks if slot.person is None or not several]
        if alone:
            options = tuple((str(slot), label_of(self.book.facts[slot.fact], self.language)) for slot in alone)
            legend = self.say("해당하는 것을 모두 골라 주세요")
            found.append(Field(TICKED, legend, options, self._ticked(alone, ticked), is_ticks=True))
        for fact in facts if several else ():
            slots = [slot for slot in screen.ticks if slot.fact == fact]
            options = tuple((str(slot), self.person(slot.person or 0)) for slot in slots)
            legend = label_of(self.book.facts[fact], self.language)
            found.append(Field(TICKED, legend, options, self._ticked(slots, ticked), is_ticks=True))
        return found

    def _ticked(self, slots: list[Slot], ticked: list[str]) -> tuple[str, ...]:
        return tuple(str(slot) for slot in slots if str(slot) in ticked or self.told.value(slot.fact, slot.person))

    def _pick(self, slot: Slot, post: Mapping[str, str], error: str, is_one_of_several: bool) -> Field:
        """A choice. 모름 has a button of its own; only beside other choices it has to be chosen for this one."""
        fact = self.book.facts[slot.fact]
        label = label_of(fact, self.language)
        legend = label if slot.person is None or len(self.told.people) == 1 else f"{self.person(slot.person)}: {label}"
        value = self.told.value(slot.fact, slot.person)
        chosen = post.get(str(slot), "") or self._chosen(value, fact)
        exact = post.get(f"{slot}-exact", "")[:20] or (f"{value:,}" if chosen == "exact" and isinstance(value, int) else "")
        unknown = (("unknown", self.say("잘 모르겠어요")),) if is_one_of_several else ()
        has_exact = fact.kind in (Kind.MONEY, Kind.COUNT)
        options = (*self._options(fact), *((("exact", self.say("정확한 금액을 적을게요")),) if has_exact else ()), *unknown)
        return Field(str(slot), legend, options, (chosen,), has_exact=has_exact, exact=exact, error=self._error(error))

    def _error(self, error: str) -> str:
        if error == "exact":
            return self.say("금액을 숫자로 적어 주세요. 예: 850000 또는 85만")
        if error == "lost":
            return self.say("보내신 답을 읽지 못했습니다. 다시 골라 주세요.")
        return self.say("하나를 골라 주세요. 모르시면 '잘 모르겠어요'를 눌러 주세요.") if error else ""

    def _options(self, fact: Fact) -> tuple[tuple[str, str], ...]:
        if fact.kind == Kind.YES_NO:
            return (("1", self.say("예")), ("0", self.say("아니요")))
        if fact.kind == Kind.CHOICE:
            return tuple((one.id, label_of(one, self.language)) for one in fact.options)
        return tuple((f"{low}-{high}", money_band(low, high, fact.most, self.language, self.say)) for low, high in bands_of(fact))

    def _chosen(self, value: Value, fact: Fact) -> str:
        """The option that shows what was told before."""
        if value is None:
            return ""
        if fact.kind == Kind.YES_NO:
            return "" if isinstance(value, tuple) else str(int(value))
        if fact.kind == Kind.CHOICE:
            return "" if isinstance(value, tuple) else fact.options[int(value)].id
        low, high = value if isinstance(value, tuple) else (int(value), int(value))
        return f"{low}-{high}" if (low, high) in bands_of(fact) else "exact" if low == high else ""


def heading_of(screen: Screen, words: Words) -> str:
    """Which of the household a detail is about, in the language of the page; empty for the home."""
    person = screen.picks[0].person if screen.is_detail and screen.picks else None
    return "" if person is None else words.person(person)
