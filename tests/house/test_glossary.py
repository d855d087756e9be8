"""docs/glossary.md says what each word on a screen is called in the code; it cannot lag behind the tables."""

import importlib
import inspect
import re

from django.apps import apps
from django.db.models import Choices
from tests.house.sources import ROOT

GLOSSARY = ROOT / "docs" / "glossary.md"


def rows() -> list[list[str]]:
    """The rows of every table: 한국어, English, in code, source."""
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines if line.startswith("|")]
    return [row for row in cells if len(row) >= 3 and row[0] != "한국어" and not set(row[0]) <= {"-", ":"}]


def said() -> dict[str, str]:
    """`places.Dong` -> 행정동, for each name in code of the third column."""
    return {code: row[0] for row in rows() for code in re.findall(r"`([^`]+)`", row[2])}


def meant() -> dict[str, str]:
    """What the tables and choices call themselves."""
    found = {}
    for config in (config for config in apps.get_app_configs() if config.name.startswith("chatdong.")):
        for model in config.get_models():
            found[f"{config.label}.{model.__name__}"] = str(model._meta.verbose_name)
        try:
            states = importlib.import_module(f"{config.name}.states")
        except ModuleNotFoundError:
            continue
        for name, kind in vars(states).items():
            if inspect.isclass(kind) and issubclass(kind, Choices) and kind.__module__ == states.__name__:
                found |= {f"{name}.{choice.name}": str(choice.label) for choice in kind}
    return found


def test_every_table_and_choice_stands_in_the_glossary():
    words, known = meant(), said()
    assert len(words) > 200
    missing = [f"| {word} | ... | `{code}` | |" for code, word in words.items() if known.get(code) != word]
    assert not missing, "add to docs/glossary.md (or change the word there):\n" + "\n".join(missing)


def test_the_glossary_names_nothing_that_is_gone():
    groups = {code.split(".")[0] for code in meant()}
    gone = [code for code in said() if code.split(".")[0] in groups and code not in meant() and code.count(".") == 1]
    assert gone == []


def test_every_row_has_english():
    assert [row[0] for row in rows() if not re.search(r"[A-Za-z]", row[1])] == []
