"""A temporary PostgreSQL of one's own: for the tests, for the benches, or around a command.

`python -m tools.postgres -- pytest tests/domain` runs a command with DATABASE_URL set. The cluster lies in a new folder, listens
on a socket in it and nowhere else, and is removed when the block ends. As root it runs as `postgres` (or `nobody`): PostgreSQL
refuses root.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

PREFIX = "chatdong-pg-"
NAME = "chatdong"
# The data is thrown away: nothing has to survive a power cut.
THROWN_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class NoPostgres(Exception):
    """There is no PostgreSQL here; the text says what to install."""


def programs() -> Path:
    """The folder with initdb and pg_ctl, the newest version first. Raises NoPostgres."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    folders += [Path("/usr/local/pgsql/bin"), Path("/opt/homebrew/opt/postgresql/bin")]
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoPostgres("PostgreSQL이 없습니다. 설치: apt-get install postgresql")


def owner() -> str:
    """Who PostgreSQL runs as: empty for the person at the keyboard, another name where that is root."""
    if os.geteuid() != 0:
        return ""
    names = {entry.pw_name for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in names and shutil.which("runuser"):
            return name
    raise NoPostgres("root로는 PostgreSQL을 켤 수 없습니다. postgres 사용자와 runuser가 필요합니다.")


class Cluster:
    """One PostgreSQL. `start` makes and starts it, `stop` stops and removes it."""

    def __init__(self, settings: Mapping[str, str] | None = None):
        self.programs, self.owner = programs(), owner()
        self.settings = {**THROWN_AWAY, "max_connections": "60", "shared_buffers": "256MB", **(settings or {})}
        self.folder = Path()

    def _do(self, program: str, *args: str) -> None:
        command = [str(self.programs / program), *args]
        if self.owner:
            command = ["runuser", "-u", self.owner, "--", *command]
        # Its output goes to a file: the server inherits it and would keep a pipe open for ever.
        with (self.folder / "said").open("a") as said:
            done = subprocess.run(command, stdout=said, stderr=said, cwd="/", check=False)
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n" + (self.folder / "said").read_text()[-2000:])

    def start(self) -> str:
        """Make and start it; the URL of its empty database. What a killed run left behind is cleared away first."""
        clear_leftovers()
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir="/tmp"))  # a socket's path must be short
        (self.folder / "pid").write_text(str(os.getpid()))
        if self.owner:
            shutil.chown(self.folder, self.owner)
        try:
            data = str(self.folder / "data")
            self._do("initdb", "-D", data, "-U", NAME, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
            settings = {**self.settings, "listen_addresses": "", "unix_socket_directories": str(self.folder)}
            options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
            self._do("pg_ctl", "-D", data, "-w", "-t", "60", "-o", options, "start")
            self._do("createdb", "-h", str(self.folder), "-U", NAME, NAME)
        except BaseException:
            self.stop()
            raise
        return self.url(NAME)

    def url(self, database: str) -> str:
        """The URL of one of its databases, as DATABASE_URL takes it."""
        return f"postgresql://{NAME}@/{database}?host={quote(str(self.folder))}"

    def stop(self) -> None:
        """Stop and remove it; nothing is left."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self._do("pg_ctl", "-D", str(self.folder / "data"), "-w", "-m", "immediate", "stop")
        if self.folder.name.startswith(PREFIX):
            shutil.rmtree(self.folder, ignore_errors=True)


def clear_leftovers() -> None:
    """Stop and remove clusters whose maker is gone (killed before it could clean up)."""
    for folder in Path("/tmp").glob(PREFIX + "*"):
        try:
            maker = int((folder / "pid").read_text())
            os.kill(maker, 0)
        except ProcessLookupError:
            left = Cluster()
            left.folder = folder
            left.stop()
        except (OSError, ValueError):
            continue  # somebody else's, or just being made


@contextmanager
def cluster(settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """A running PostgreSQL for the block: its URL. Raises NoPostgres where none can be had."""
    made = Cluster(settings)
    try:
        yield made.start()
    finally:
        made.stop()


def main(args: list[str]) -> int:
    command = args[1:] if args[:1] == ["--"] else args
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with cluster() as url:
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    except NoPostgres as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
