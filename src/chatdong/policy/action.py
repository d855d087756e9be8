"""Every write is an action: one transaction, refused unless it was checked and recorded."""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from chatdong.kernel.errors import HouseRuleBroken

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Doing:
    """What is known of the action under way."""

    name: str
    outer: "Doing | None" = None
    checked: bool = False
    recorded: bool = False
    entries: list[Any] = field(default_factory=list)
    # Set by `record`: adds the entries to their chains.
    append: Callable[[list[Any]], None] | None = None
    kept: dict[Hashable, Any] = field(default_factory=dict)


_doing: ContextVar[Doing | None] = ContextVar("doing", default=None)


def doing() -> Doing | None:
    """The action under way, or None outside of one."""
    return _doing.get()


def remembered(key: Hashable, make: Callable[[], R]) -> R:
    """What `make` answers, asked once an outermost action: for what cannot change while one lasts (rules, days off, a dong's gu).

    Outside an action it is asked every time.
    """
    current = _doing.get()
    if current is None:
        return make()
    while current.outer is not None:
        current = current.outer
    if key not in current.kept:
        current.kept[key] = make()
    answer: R = current.kept[key]
    return answer


def forget_remembered() -> None:
    """Called by an action that changes what others remember."""
    current = _doing.get()
    while current is not None:
        current.kept.clear()
        current = current.outer


def mark_checked() -> None:
    """Called by `ensure`: somebody asked whether this may be done."""
    if current := _doing.get():
        current.checked = True


def action(body: Callable[P, R]) -> Callable[P, R]:
    """Make a function a write: atomic, and rolled back when it never asked `ensure` or never called `record`.

    Raises:
        HouseRuleBroken: the body returned without a check or without a record.
    """

    @wraps(body)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if args:
            raise HouseRuleBroken(f"{body.__name__}: actions take names only, `by` first")
        outer = _doing.get()
        current = Doing(body.__qualname__, outer)
        token = _doing.set(current)
        try:
            with transaction.atomic():
                answer = body(*args, **kwargs)
                if not current.checked:
                    raise HouseRuleBroken(f"{body.__name__} wrote without asking who may")
                if not current.recorded:
                    raise HouseRuleBroken(f"{body.__name__} wrote without a record")
                if outer is None and current.append is not None:
                    # The chain's head is locked last, so that two actions never wait for each other crosswise.
                    current.append(current.entries)
        finally:
            _doing.reset(token)
        if outer is not None:
            outer.entries += current.entries
        return answer

    run.is_action = True  # type: ignore[attr-defined]
    return run
