"""Who may import whom, beyond what `.importlinter` can say: tables are private to their app's own rooms."""

import ast
import configparser
import subprocess
import sys
from functools import cache

import grimp
from tests.house.sources import ROOT, SRC, imports_of, name_of, python_files, tree_of

WINGS = ("safetynet", "ground")
ROOMS = ("actions", "queries", "models")
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("chatdong", include_external_packages=False, exclude_type_checking_imports=True, cache_dir=None)


def app_of(module: str) -> tuple[str, ...]:
    """chatdong.ground.places.models -> (ground, places)."""
    parts = module.split(".")
    return tuple(parts[1:3]) if parts[1] in WINGS else (parts[1],)


def models() -> list[str]:
    return sorted(module for module in graph().modules if "models" in module.split(".") and app_of(module)[0] in WINGS)


def may_read_tables(importer: str, table: str) -> bool:
    """An app's tables are for its own rooms, and for actions, queries and models of its wing."""
    room = importer.split(".")[3] if len(importer.split(".")) > 3 else ""
    if app_of(importer) == app_of(table):
        return True
    return app_of(importer)[0] == app_of(table)[0] and room in ROOMS


def test_tables_are_private():
    found = models()
    assert len(found) >= 6
    bad = [
        f"{importer} imports {table}"
        for table in found
        for importer in sorted(graph().find_modules_that_directly_import(table))
        if not may_read_tables(importer, table)
    ]
    assert not bad, "go through the other app's queries and actions:\n" + "\n".join(bad)


def test_the_rule_about_tables_can_fail():
    assert may_read_tables("chatdong.ground.households.queries.search", "chatdong.ground.households.models")
    assert may_read_tables("chatdong.safetynet.discovery.models.leads", "chatdong.safetynet.visits.models.owned")
    assert not may_read_tables("chatdong.safetynet.visits.queries", "chatdong.ground.households.models")
    assert not may_read_tables("chatdong.web.staff.board", "chatdong.safetynet.visits.models")


def foreign_keys():
    for path in python_files("src"):
        if "models" not in {path.stem, *path.parts} or path.is_relative_to(SRC / "policy"):
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in RELATIONS:
                yield path, node.lineno, node.args[0] if node.args else None


def test_foreign_keys_to_other_apps_are_strings():
    keys = list(foreign_keys())
    assert len(keys) > 20
    bad = []
    for path, line, target in keys:
        if isinstance(target, ast.Constant):
            continue
        imported = {name.rsplit(".", 1)[1]: app_of(name) for _, name in imports_of(path) if name.startswith("chatdong.")}
        own = app_of(".".join(("chatdong", *path.relative_to(SRC).parts)))
        if not isinstance(target, ast.Name) or imported.get(target.id, own) != own:
            bad.append(f"{name_of(path)}:{line} {ast.unparse(target) if target else 'no target'}")
    assert not bad


def layers():
    told = configparser.ConfigParser()
    told.read(ROOT / ".importlinter", encoding="utf-8")
    for section in told.sections():
        if told[section].get("type") == "layers" and "*" not in told[section]["containers"]:
            for line in told[section]["layers"].split("\n"):
                for layer in line.replace("|", " ").split():
                    yield f"{told[section]['containers'].strip()}.{layer}"


def test_the_contracts_list_only_what_exists():
    named = list(layers())
    assert len(named) > 15
    assert [layer for layer in named if layer not in graph().modules] == []


def test_no_empty_packages_wait_for_later():
    empty = [
        name_of(path.parent)
        for path in SRC.rglob("__init__.py")
        if "migrations" not in path.parts
        and not [other for other in path.parent.iterdir() if other.name not in {"__init__.py", "__pycache__"}]
        and len(path.read_text(encoding="utf-8").splitlines()) < 3
    ]
    assert empty == []


def test_the_floors_hold():
    """The contracts themselves, so that `pytest` alone shows a broken floor too."""
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-logo", "--no-cache"], cwd=ROOT, env={"PYTHONPATH": "src", "PATH": ""},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
