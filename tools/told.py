"""A pytest plugin: tells `./test` what came out, and can keep to the tests that use the database."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}
KINDS = ("passed", "failed", "error", "skipped", "xfailed", "xpassed", "deselected")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="only tests that use the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--database-only"):
        return
    kept, left = [], []
    for item in items:
        uses = item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        (kept if uses else left).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def pytest_terminal_summary(terminalreporter: Any, exitstatus: int) -> None:
    target = os.environ.get("CHATDONG_TOLD")
    if not target:
        return
    stats = terminalreporter.stats
    calls = [report for key in ("passed", "failed") for report in stats.get(key, []) if getattr(report, "when", "") == "call"]
    slowest = sorted(calls, key=lambda report: report.duration, reverse=True)[:5]
    told = {
        "counts": {kind: len(stats[kind]) for kind in KINDS if stats.get(kind)},
        "skips": [{"test": report.nodeid, "reason": reason_of(report)} for report in stats.get("skipped", [])],
        "ran": sorted({report.nodeid for report in calls}),
        "slowest": [[round(report.duration, 1), report.nodeid] for report in slowest],
        "failures": [report.nodeid for kind in ("failed", "error") for report in stats.get(kind, [])],
    }
    Path(target).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def reason_of(report: Any) -> str:
    """Why a test was skipped, without pytest's own prefix."""
    told = report.longrepr
    text = told[2] if isinstance(told, tuple) else str(told)
    return str(text).removeprefix("Skipped: ").strip()
