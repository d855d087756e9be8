"""What `./run` does before it serves: the secret key, the database with its demo, the static files, the translations.

Each step says what it does, is skipped when it was done, and leaves nothing half-made: files are written beside and moved in.
"""

import hashlib
import os
import secrets
import sqlite3
import sys
from pathlib import Path

from chatdong.config.env import Env

DATABASE = "chatdong.sqlite3"
# Learning multiplies many small matrices: a second thread for each only waits, for minutes where another program has the core.
# Read by the matrix library when it is first loaded, which is later than this line.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def say(text: str) -> None:
    """One line to the person who started it."""
    print(f"· {text}", flush=True)


def shown(path: Path) -> str:
    """A path as a person reads it: from here, where it lies here."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)


def write_once(path: Path, text: str) -> None:
    """A file only its owner may read; it is whole or not there."""
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    beside.rename(path)


def make_key(var: Path) -> None:
    """The random secret key, once, where the environment gives none."""
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = var / "secret_key"
    if not os.environ.get("CHATDONG_SECRET_KEY") and not (kept.exists() and kept.read_text().strip()):
        say(f"비밀 키를 만듭니다 ({shown(kept)}).")
        write_once(kept, secrets.token_urlsafe(64) + "\n")


def is_untouched(path: Path) -> bool:
    """Whether a SQLite file has neither a gu nor an account: nobody's work is in it."""
    if not path.exists() or path.stat().st_size == 0:
        return True
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as link:
        tables = {name for (name,) in link.execute("select name from sqlite_master where type = 'table'")}
        own = {"places_gu", "accounts_account"} & tables
        return not any(link.execute(f"select 1 from {table} limit 1").fetchone() for table in own)


def build_beside(var: Path) -> None:
    """The demo in a SQLite file of its own, moved in when it is complete: an interrupted build leaves no half district."""
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0, interactive=False)
    call_command("build_demo")
    with connections["default"].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA journal_mode=DELETE")
    connections.close_all()
    for ending in ("", "-wal", "-shm"):
        (var / (DATABASE + ending)).unlink(missing_ok=True)
    (var / (DATABASE + ".new")).rename(var / DATABASE)


def migrate(var: Path) -> None:
    """The tables of a database that is there already; the demo in an empty one that asks for it.

    A demo that was cut off half-way in a database of one's own is said, and never served: only its owner may empty it.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("데이터베이스의 표를 맞춥니다.")
        call_command("migrate", verbosity=0, interactive=False)
    from chatdong.ground.places.queries import has_places

    building = var / "demo.building"
    if building.exists() and has_places():
        sys.exit(f"✗ 시연을 만들다 멈춘 데이터베이스입니다. 비운 뒤 {shown(building)} 파일을 지우고 다시 실행해 주세요.")
    if not has_places() and settings.DEMO:
        say("빈 데이터베이스에 시연용 서대문구를 만듭니다.")
        building.touch()
        call_command("build_demo")
        building.unlink()
    elif not has_places():
        say("데이터베이스에 아직 구와 동이 없습니다. docs/how-to의 '우리 구 넣기'를 따라 지역, 직원, 주민을 넣어 주세요.")


def fingerprint(folders: list[Path]) -> str:
    """Changes when a static file does."""
    print_of = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                stat = path.stat()
                print_of.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return print_of.hexdigest()


def collect(var: Path) -> None:
    """Static files with hashed names, when one of them changed."""
    from django.conf import settings
    from django.core.management import call_command

    folders = [Path(place[1] if isinstance(place, tuple) else place) for place in settings.STATICFILES_DIRS]
    stamp, now = var / "static.stamp", fingerprint(folders)
    if (settings.STATIC_ROOT / "staticfiles.json").exists() and stamp.exists() and stamp.read_text() == now:
        return
    say("화면에 쓰는 파일을 모읍니다.")
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    write_once(stamp, now)


def learn_words(var: Path) -> None:
    """What the search for support learns from its sentences, so that no visitor waits for it."""
    from chatdong.safetynet.benefits.finding import is_learned, warm

    if not is_learned(var):
        say("맞춤복지검색의 말을 익힙니다 (반 분쯤).")
        warm(var)


def compile_texts() -> None:
    """Translations (.po) compiled beside their source, when one is newer."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from django.conf import settings

    for source in (path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        say(f"번역을 엮습니다 ({source.parent.parent.name}).")
        beside = target.with_suffix(".mo.new")
        with source.open("rb") as read, beside.open("wb") as written:
            write_mo(written, read_po(read))
        beside.rename(target)


def main() -> None:
    env = Env()
    make_key(env.var)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatdong.config.settings")
    is_fresh = not env.database_url and env.demo and is_untouched(env.var / DATABASE)
    if is_fresh:
        say(f"시연용 서대문구를 만듭니다 ({shown(env.var / DATABASE)}). 지어낸 사람들뿐입니다. 1분쯤 걸립니다.")
        for ending in (".new", ".new-wal", ".new-shm"):
            (env.var / (DATABASE + ending)).unlink(missing_ok=True)
        os.environ["DATABASE_URL"] = f"sqlite:///{(env.var / DATABASE).resolve()}.new"
    import django

    django.setup()
    compile_texts()
    build_beside(env.var) if is_fresh else migrate(env.var)
    collect(env.var)
    learn_words(env.var)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        say("멈췄습니다. 다시 실행하면 이어서 합니다.")
        sys.exit(130)
