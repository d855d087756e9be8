"""A database of a test's own, for child processes: a file on SQLite, a fresh database of the same server on PostgreSQL."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]


class Children:
    """Starts children of the test on one database."""

    def __init__(self, url: str, var: Path) -> None:
        self.env = {
            **os.environ, "DATABASE_URL": url, "CHATDONG_VAR": str(var), "CHATDONG_LOG_LEVEL": "ERROR",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }  # fmt: skip

    def start(self, *words: str) -> subprocess.Popen:
        """A child under way, its output kept."""
        return subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def writer(self, *words: str) -> subprocess.Popen:
        """A child of tests.domain.writer."""
        return self.start("-m", "tests.domain.writer", *words)

    def run(self, child: subprocess.Popen, seconds: int = 240) -> str:
        """Wait for a child; what it said. Fails the test when the child failed."""
        said, _ = child.communicate(timeout=seconds)
        assert child.returncode == 0, said[-4000:]
        return said


@contextmanager
def own_database(tmp_path: Path) -> Iterator[Children]:
    """Children on a database that nobody else uses; it is gone afterwards."""
    told = settings.DATABASES["default"]
    if "sqlite" in told["ENGINE"]:
        yield Children(f"sqlite:///{tmp_path / 'own.sqlite3'}", tmp_path)
        return
    import psycopg

    name = f"own_{uuid4().hex[:12]}"
    login = {name.lower(): told[name] for name in ("HOST", "PORT", "USER", "PASSWORD") if told[name]}
    with psycopg.connect(dbname="postgres", autocommit=True, **login) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            who = quote(told["USER"]) + (f":{quote(told['PASSWORD'])}" if told["PASSWORD"] else "")
            port = f":{told['PORT']}" if told["PORT"] else ""
            yield Children(f"postgresql://{who}@{port}/{name}?host={quote(told['HOST'], safe='')}", tmp_path)
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
