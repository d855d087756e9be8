"""Failures in the middle: at the n-th statement, the n-th line of the log, or the n-th call of an engine."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection

PLACES = ("sql", "record", "due", "judge", "assess", "tell", "chain")


class PowerCut(Exception):
    """A failure that nobody foresaw."""


@contextmanager
def cut(where: str, after: int) -> Iterator[None]:
    """Fail at the n-th statement, the n-th line of the log, or the n-th call of an engine."""
    left = [after]

    def count(*_args: Any, **_rest: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise PowerCut

    def statement(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            count()
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        if where == "sql":
            stack.enter_context(connection.execute_wrapper(statement))
        else:
            target = {
                "record": "chatdong.policy.record.doing",
                "due": "chatdong.engines.clocks.due",
                "judge": "chatdong.safetynet.discovery.queries.matching.judge",
                "assess": "chatdong.engines.risk.assess",
                "tell": "chatdong.ground.messages.actions.Message",
                "chain": "chatdong.policy.record.digest",
            }[where]
            module, name = target.rsplit(".", 1)
            real = getattr(__import__(module, fromlist=[name]), name)

            def stand_in(*args: Any, **rest: Any) -> Any:
                count()
                return real(*args, **rest)

            stand_in.objects = getattr(real, "objects", None)  # type: ignore[attr-defined]
            stack.enter_context(patch(target, stand_in))
        yield
