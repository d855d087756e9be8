"""Writes docs/reference from the code: who may do what how far, and which state may follow which.

`python -m tools.reference` writes the files; a test compares them, so that a changed right or state shows as a diff in review.
The third golden file, docs/reference/access-matrix.txt, is written by its own test (CHATDONG_GOLDEN=write).
"""

import importlib
import os
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
WRITTEN = "Written by `make docs` from `{source}`; do not edit."


def rights() -> str:
    """Role by right, each cell how far it goes."""
    from chatdong.policy.permissions import Permission
    from chatdong.policy.roles import ROLES

    lines = ["# Rights", "", WRITTEN.format(source="policy/roles.py"), ""]
    lines += ["| role | 한국어 | who | legal basis |", "|---|---|---|---|"]
    lines += [f"| {role} | {row.korean} | {row.holder} | {row.basis} |" for role, row in ROLES.items()]
    lines += ["", "OWN: what is assigned to the person. DONG: the dong of the posting. GU: all its dong. CITY: everywhere.", ""]
    lines += ["| right | " + " | ".join(ROLES) + " |", "|---|" + "---|" * len(ROLES)]
    for right in Permission:
        reach = [row.grants[right].name if right in row.grants else "" for row in ROLES.values()]
        lines.append(f"| {right} | " + " | ".join(reach) + " |")
    return "\n".join(lines) + "\n"


def states() -> str:
    """Each table of allowed turns as a diagram."""
    from django.apps import apps

    lines = ["# States", "", WRITTEN.format(source="*/states.py"), "A state without an arrow out of it is an end.", ""]
    for config in (config for config in apps.get_app_configs() if config.name.startswith("chatdong.")):
        try:
            module = importlib.import_module(f"{config.name}.states")
        except ModuleNotFoundError:
            continue
        for name, turns in vars(module).items():
            if name.endswith("_TURNS"):
                lines += diagram(f"{config.verbose_name}: {name.removesuffix('_TURNS').lower()}", turns)
    return "\n".join(lines).rstrip() + "\n"


def diagram(title: str, turns: dict[Any, set[Any]]) -> list[str]:
    """One table of turns in mermaid, states by their code with the Korean label beside."""
    lines = [f"## {title}", "", "```mermaid", "stateDiagram-v2"]
    lines += [f"    {state.value}: {state.label} ({state.value})" for state in turns]
    order = list(turns)
    for state, following in turns.items():
        lines += [f"    {state.value} --> {after.value}" for after in sorted(following, key=order.index)]
        lines += [] if following else [f"    {state.value} --> [*]"]
    return [*lines, "```", ""]


WRITERS = {"rights.md": rights, "states.md": states}


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatdong.config.settings")
    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, write in WRITERS.items():
        (FOLDER / name).write_text(write(), encoding="utf-8")
        print(f"docs/reference/{name}")


if __name__ == "__main__":
    sys.exit(main())
