"""Sizes, names and habits of the house (docs/house.md), read from the files."""

import ast
import re

import pytest
from tests.house.sources import DOORS, ROOT, below_the_doors, imports_of, name_of, python_files, tree_of

MOST_LINES = 400
NOT_A_NAME = {
    "utils", "util", "helpers", "helper", "common", "core", "misc", "base", "manager", "managers", "service", "services",
    "handler", "handlers", "data", "info", "process",
}  # fmt: skip
DJANGO_ASKS = {"handler400", "handler403", "handler404", "handler500"}
CLOCKS = {"now", "today", "utcnow", "fromtimestamp", "localtime"}
CLOCK_OWNERS = {"datetime", "date", "clock", "timezone", "dt", "time"}


def own_pages():
    suffixes = {".html", ".js", ".css", ".sh"}
    return sorted(path for path in (ROOT / "src").rglob("*") if path.suffix in suffixes) + sorted((ROOT / "tools").glob("*.sh"))


def test_no_file_is_longer_than_four_hundred_lines():
    files = [*python_files(), *own_pages()]
    assert len(files) > 100
    long = [
        f"{name_of(path)}: {lines}"
        for path in files
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    ]
    assert not long, "split by noun:\n" + "\n".join(long)


def test_no_module_is_called_after_nothing():
    bad = [
        name_of(path)
        for path in python_files()
        if NOT_A_NAME
        & (set(path.stem.split("_")) | {word for part in path.relative_to(ROOT).parts[:-1] for word in part.split("_")})
    ]
    assert not bad


def test_nothing_is_called_after_nothing():
    bad = []
    for path in python_files("src"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                words = re.sub(r"(?<!^)(?=[A-Z])", "_", node.name).lower().strip("_").split("_")
                if words[-1] in NOT_A_NAME - {"data", "base"} or node.name.lower() in NOT_A_NAME:
                    bad.append(f"{name_of(path)}:{node.lineno} {node.name}")
    assert not bad


@pytest.mark.parametrize(
    ("banned", "why"),
    [
        ("django.dispatch", "no signals"),
        ("django.db.models.signals", "no signals"),
        ("django.core.signals", "no signals"),
        ("django.views.generic", "no class-based views"),
        ("django.views.View", "no class-based views"),
    ],
)
def test_banned_everywhere(banned, why):
    bad = [
        f"{name_of(path)}:{line}" for path in python_files("src") for line, name in imports_of(path) if name.startswith(banned)
    ]
    assert not bad, why


def test_no_settings_below_the_doors():
    bad = [
        f"{name_of(path)}:{line}"
        for path in below_the_doors()
        for line, name in imports_of(path)
        if name.startswith(("django.conf", "chatdong.config")) or name == "os.environ"
    ]
    assert not bad


def test_no_clock_is_read_below_the_doors():
    bad = []
    for path in below_the_doors():
        if path.parts[-2:] == ("kernel", "clock.py"):
            continue
        bad += [f"{name_of(path)}:{line} imports {name}" for line, name in imports_of(path) if is_clock_import(name)]
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_clock_call(node.func):
                bad.append(f"{name_of(path)}:{node.lineno} calls {ast.unparse(node.func)}")
    assert not bad


def is_clock_import(name: str) -> bool:
    return name in {
        "chatdong.kernel.clock.now",
        "chatdong.kernel.clock.today",
        "time",
        "time.time",
        "time.monotonic",
        "django.utils.timezone.now",
    }


def is_clock_call(called: ast.Attribute) -> bool:
    owner = called.value.attr if isinstance(called.value, ast.Attribute) else getattr(called.value, "id", "")
    return called.attr in CLOCKS and owner in CLOCK_OWNERS


def test_the_clock_test_can_fail():
    read = ast.parse("clock.now(); datetime.datetime.now(); x.today()").body
    assert [is_clock_call(line.value.func) for line in read] == [True, True, False]
    assert is_clock_import("chatdong.kernel.clock.now")
    assert not is_clock_import("chatdong.kernel.clock.KST")


def test_doors_do_not_ask_the_database_themselves():
    bad = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(*(f"src/chatdong/{door}" for door in DOORS))
        for node in ast.walk(tree_of(path))
        # The queue's own table belongs to the package that brings it; nobody else could ask it.
        if isinstance(node, ast.Attribute) and node.attr == "objects" and ast.unparse(node.value) != "DBTaskResult"
    ]
    assert not bad, "views call one query or one action"


def test_no_star_imports():
    bad = [f"{name_of(path)}:{line}" for path in python_files() for line, name in imports_of(path) if name.endswith(".*")]
    assert not bad


def test_nothing_is_left_open():
    words = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "raise NotImplemented" + "Error")))
    bad = [
        f"{name_of(path)}:{number}"
        for path in [*python_files(), *own_pages()]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if words.search(line)
    ]
    assert not bad
