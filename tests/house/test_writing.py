"""Every write is an action: keyword-only, `by` first, one name in the whole repository."""

import importlib
import inspect
import pkgutil

import pytest
from tests.house.sources import SRC

import chatdong

ROOMS = sorted(
    ".".join(("chatdong", *path.relative_to(SRC).with_suffix("").parts)).removesuffix(".__init__")
    for wing in ("safetynet", "ground")
    for path in SRC.glob(f"{wing}/*/actions*")
    if path.suffix == ".py" or (path / "__init__.py").exists()
)


NAMED = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD)
# Part of another action: a guarded table refuses it outside of one.
PARTS = {"tell"}


def modules_of(room: str):
    module = importlib.import_module(room)
    yield module
    for found in pkgutil.iter_modules(getattr(module, "__path__", [])):
        yield importlib.import_module(f"{room}.{found.name}")


def functions_of(module) -> dict[str, object]:
    """The module's own functions that a reader from outside may call."""
    return {
        name: thing
        for name, thing in vars(module).items()
        if inspect.isfunction(inspect.unwrap(thing)) and not name.startswith("_") and thing.__module__.startswith(module.__name__)
    } if module else {}  # fmt: skip


def test_every_app_has_actions():
    assert len(ROOMS) >= 5
    assert chatdong.__name__ == "chatdong"


def is_named(thing) -> bool:
    """Keyword-only, `by` first."""
    given = list(inspect.signature(thing).parameters.values())
    return bool(given) and given[0].name == "by" and all(one.kind in NAMED for one in given)


@pytest.mark.parametrize("room", ROOMS)
def test_what_a_room_offers_are_actions(room):
    """Or runs of actions, each in its own transaction (a night's work must not fail as a whole): they too say by whom."""
    offered = functions_of(importlib.import_module(room))
    assert any(getattr(thing, "is_action", False) for thing in offered.values())
    others = {name: thing for name, thing in offered.items() if not getattr(thing, "is_action", False)}
    assert [name for name, thing in others.items() if name not in PARTS and not is_named(thing)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_actions_take_names_only_and_by_comes_first(room):
    bad = []
    for module in modules_of(room):
        for name, thing in functions_of(module).items():
            if getattr(thing, "is_action", False) and not is_named(thing):
                bad.append(f"{module.__name__}.{name}")
    assert bad == []


@pytest.mark.parametrize("room", ROOMS)
def test_actions_say_what_they_do(room):
    bad = [
        f"{module.__name__}.{name}"
        for module in modules_of(room)
        for name, thing in functions_of(module).items()
        if getattr(thing, "is_action", False) and not inspect.getdoc(thing)
    ]
    assert bad == []


def test_action_names_are_unique_in_the_repository():
    homes: dict[str, set[str]] = {}
    for found in pkgutil.walk_packages(chatdong.__path__, "chatdong."):
        if found.name.startswith("chatdong.config") or {"migrations", "management"} & set(found.name.split(".")):
            continue
        for name, thing in vars(importlib.import_module(found.name)).items():
            if getattr(thing, "is_action", False) and inspect.isfunction(inspect.unwrap(thing)):
                homes.setdefault(name, set()).add(thing.__module__)
    assert len(homes) > 30
    assert {name: sorted(places) for name, places in homes.items() if len(places) > 1} == {}
