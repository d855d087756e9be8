"""The project's own files, as the house tests read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "chatdong"
FOLDERS = ("src", "tests", "tools", "bench")
BELOW_THE_DOORS = ("safetynet", "ground", "policy", "engines", "kernel")
DOORS = ("web", "channels", "jobs", "demo")


def python_files(*folders: str) -> list[Path]:
    """Every Python file of ours below some folders, migrations left out."""
    found = (path for folder in folders or FOLDERS for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts and "__pycache__" not in path.parts)


def below_the_doors() -> list[Path]:
    return python_files(*(f"src/chatdong/{floor}" for floor in BELOW_THE_DOORS))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Every module or name a file imports, as a dotted name, with its line."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
