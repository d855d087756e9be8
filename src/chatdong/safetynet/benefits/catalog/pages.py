"""What a reader sees of a benefit beside its rule: who gives it, what it is, papers, where to go, the words people use."""

from dataclasses import dataclass
from typing import NamedTuple


class Law(NamedTuple):
    """Where a benefit is written: the law or ordinance, its article, and a link."""

    name: str
    article: str
    link: str


@dataclass(frozen=True, slots=True)
class Page:
    """The texts of one benefit. `per` is month, year, once, quarter, day or hour, empty for a service; `situations` are ids."""

    id: str
    name: str
    name_en: str
    owner: str
    department: str
    unit: str
    serv_id: str
    summary: str
    summary_en: str
    law: tuple[Law, ...]
    amount_text: str
    amount_text_en: str
    per: str
    documents: tuple[str, ...]
    where: str
    how: str
    phone: str
    online: str
    visit: tuple[str, ...]
    words: tuple[str, ...]
    situations: tuple[str, ...]
    not_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """A plight that sentences lead to and benefits answer. `group` gathers them on a screen; `urgent` shows a hotline first."""

    id: str
    group: str
    label: str
    label_en: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A name for several benefits at once."""

    id: str
    label: str
    label_en: str
    benefits: tuple[str, ...]
