"""The rule book of benefits: YAML files beside this module, read into one `RuleBook` and the pages that go with it.

A file that is wrong stops the app: every problem is named at once with its file, its line and what to do.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from chatdong.engines.eligibility.book import Benefit, Criterion, RuleBook
from chatdong.engines.eligibility.terms import Truth
from chatdong.safetynet.benefits.catalog.cases import Case
from chatdong.safetynet.benefits.catalog.checks import circles
from chatdong.safetynet.benefits.catalog.figures import Place
from chatdong.safetynet.benefits.catalog.pages import Group, Page, Situation
from chatdong.safetynet.benefits.catalog.reading import Problem, Reader
from chatdong.safetynet.benefits.catalog.rule import Shared, read_benefit
from chatdong.safetynet.benefits.catalog.shared import (
    read_facts,
    read_groups,
    read_measures,
    read_questions,
    read_situations,
    read_tables,
)

HERE = Path(__file__).resolve().parent
NOBODYS = (Criterion("formula", Truth(False)),)


class CatalogError(Exception):
    """The catalog cannot be used; `problems` are all of them, in the order of files and lines."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} mistakes in the catalog of benefits:\n" + "\n".join(map(str, problems)))


@dataclass(frozen=True)
class Catalog:
    """The rule book with everything around it. `places` says where each figure (by parameter) is written."""

    book: RuleBook
    pages: Mapping[str, Page]
    situations: Mapping[str, Situation]
    cases: Mapping[str, tuple[Case, ...]]
    groups: Mapping[str, Group]
    places: Mapping[str, Place]


@cache
def catalog() -> Catalog:
    """The catalog this software is delivered with, read once. Raises CatalogError."""
    return load()


def load(folder: Path = HERE) -> Catalog:
    """The catalog of a folder. Raises CatalogError with every problem of every file."""
    found, problems = read(folder)
    if problems:
        raise CatalogError(problems)
    return found


def read(folder: Path = HERE) -> tuple[Catalog, tuple[Problem, ...]]:
    """As much of a folder's catalog as can be read, and what is wrong with it.

    For those who write files: a benefit that cannot be read stands in the book as one that nobody gets. The app uses `load`.
    """
    reader = _Kept(folder)
    files = {path.stem: f"benefits/{path.name}" for path in sorted((folder / "benefits").glob("*.yaml"))}
    places: dict[str, Place] = {}
    facts = read_facts(reader)
    questions = read_questions(reader, facts)
    tables = sorted(f"tables/{path.name}" for path in (folder / "tables").glob("*.yaml"))
    parameters = read_tables(reader, tables, places)
    measures = read_measures(reader, facts, parameters)
    situations = read_situations(reader)
    groups = read_groups(reader, frozenset(files))
    named = {key: one.benefits for key, one in groups.items()}
    shared = Shared(facts, measures, parameters, frozenset(files), named, situations, places)
    benefits: dict[str, Benefit] = {}
    pages: dict[str, Page] = {}
    cases: dict[str, tuple[Case, ...]] = {}
    for key, file in files.items():
        benefit, page, cases[key] = read_benefit(reader, file, key, shared)
        benefits[key] = benefit or _nobodys(key)
        if page:
            pages[key] = page
    for key, circle in circles(benefits):
        reader.wrong(files[key], 1, circle, "one of them must stop asking for the other")
        benefits[key] = _nobodys(key)
    book = RuleBook(facts, questions, measures, parameters, benefits, fingerprint(reader.kept))
    return Catalog(book, pages, situations, cases, groups, places), tuple(sorted(set(reader.problems)))


class _Kept(Reader):
    """A reader that keeps what it read, for the fingerprint."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.kept: dict[str, Any] = {}

    def read(self, file: str) -> Any:
        self.kept[file] = super().read(file)
        return self.kept[file]


def fingerprint(contents: Mapping[str, Any]) -> str:
    """The SHA-256 of what files say, whatever their order, layout and comments; worked cases prove rules and are no part."""
    said = [
        {key: value for key, value in content.items() if key != "cases"} if isinstance(content, dict) else content
        for content in contents.values()
    ]
    lines = sorted(json.dumps(one, sort_keys=True, ensure_ascii=False, default=_day) for one in said)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is nothing a file can say")


def _nobodys(key: str) -> Benefit:
    return Benefit(key, key, NOBODYS)
