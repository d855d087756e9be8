"""The stages of `./test`: what each runs, in which environment, and what it needs from the machine."""

import importlib.util
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from tools.postgres import NoPostgres, cluster, programs

PYTHON = sys.executable
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What a person may set for the tests; every other CHATDONG_ name and DATABASE_URL is set here.
PASSED_ON = ("CHATDONG_GEO_SAMPLES", "CHATDONG_STEPS")
ALL_STEPS = "500"
SPARK_LOCK = "requirements-spark.lock"
# `--all` alone runs the slow ones (ten thousand steps and the like), and on SQLite alone: what they prove is our own logic.
QUICK = " and not slow"
OURS = ("src", "tests", "tools", "bench", "manage.py")
RUFF = (PYTHON, "-m", "ruff")
LAYERS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


class Skipped(Exception):
    """The machine lacks what a stage needs; the text says what to install."""


@dataclass(frozen=True)
class Stage:
    """One stage: its group (what `./test <group>` runs), a Korean title, its commands, and what it needs."""

    group: str
    name: str
    title: str
    commands: tuple[tuple[str, ...], ...]
    is_pytest: bool = False
    has_slow: bool = False
    only_all: bool = False
    production: bool = False
    needs: Callable[[], None] | None = None
    database: Callable[[], AbstractContextManager[str]] = lambda: nullcontext("")


def chromium() -> str:
    """The path of a Chromium; empty where there is none."""
    return next((found for name in CHROMIUMS if (found := shutil.which(name))), "")


def has_korean_font() -> bool:
    """Whether the machine can draw Korean: without a font every screenshot is boxes."""
    if not shutil.which("fc-list"):
        return any(Path("/usr/share/fonts").rglob("*anum*")) or any(Path("/usr/share/fonts").rglob("*CJK*"))
    return bool(subprocess.run(["fc-list", ":lang=ko"], capture_output=True, check=False).stdout.strip())


def needs_browser() -> None:
    if not chromium():
        raise Skipped("Chromium이 없습니다. 설치: apt-get install chromium fonts-nanum")
    if not has_korean_font():
        raise Skipped("한글 글꼴이 없습니다. 설치: apt-get install fonts-nanum")


def needs_postgres() -> None:
    try:
        programs()
    except NoPostgres as error:
        raise Skipped(str(error)) from error


def needs_spark() -> None:
    if not shutil.which("java"):
        raise Skipped("자바가 없습니다. 설치: apt-get install openjdk-17-jre-headless")
    if not importlib.util.find_spec("pyspark"):
        raise Skipped(f"pyspark가 없습니다. 설치: .venv/bin/python -m pip install --require-hashes -r {SPARK_LOCK}")


def install_missing(groups: set[str]) -> None:
    """Debian packages that the stages need and the machine lacks, where we are root; elsewhere the stage says what is missing.

    Spark is an extra of half a gigabyte: it comes into .venv with the stage that needs it, every file by its hash.
    """
    if "spark" in groups and not importlib.util.find_spec("pyspark"):
        print(f"· Spark를 설치합니다 ({SPARK_LOCK})", flush=True)
        pip = (PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", SPARK_LOCK)
        subprocess.run(pip, check=False)
        importlib.invalidate_caches()
    wanted = []
    if "browser" in groups:
        wanted += [] if chromium() else ["chromium"]
        wanted += [] if has_korean_font() else ["fonts-nanum"]
    if "postgres" in groups:
        try:
            programs()
        except NoPostgres:
            wanted.append("postgresql")
    if "spark" in groups and not shutil.which("java"):
        wanted.append("openjdk-17-jre-headless")
    if not wanted or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"· 시스템 패키지를 설치합니다: {' '.join(wanted)}", flush=True)
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL, "check": False}
    subprocess.run(["apt-get", "update", "-qq"], **quiet)
    subprocess.run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", *wanted], **quiet)


def manage(*args: str) -> tuple[str, ...]:
    return (PYTHON, "manage.py", *args)


def tests(*args: str) -> tuple[str, ...]:
    return (PYTHON, "-m", "pytest", "-q", "-p", "tools.told", *args)


STAGES = (
    Stage("lint", "style", "글의 모양 (ruff)", ((*RUFF, "check", *OURS), (*RUFF, "format", "--check", "-q", *OURS))),
    Stage("lint", "floors", "층 (import-linter)", ((PYTHON, "-c", LAYERS, "--no-logo"),)),
    Stage("lint", "types", "형 (mypy)", ((PYTHON, "-m", "mypy"),)),
    Stage(
        "lint", "settings", "운영 설정 (check --deploy)", (manage("check", "--deploy", "--fail-level", "ERROR"),), production=True
    ),
    Stage("lint", "migrations", "표와 모델 (makemigrations)", (manage("makemigrations", "--check", "--dry-run"),)),
    Stage(
        "unit",
        "sqlite",
        "시험: SQLite",
        (tests("-m", "not browser and not postgresql and not spark", "tests"),),
        is_pytest=True,
        has_slow=True,
    ),
    Stage(
        "postgres",
        "postgres",
        "데이터베이스 시험: PostgreSQL",
        (tests("-m", "not browser and not spark" + QUICK, "--database-only", "tests"),),
        is_pytest=True,
        needs=needs_postgres,
        database=cluster,
    ),
    Stage("browser", "browser", "브라우저 시험", (tests("-m", "browser", "tests"),), is_pytest=True, needs=needs_browser),
    Stage(
        "spark",
        "spark",
        "온 도시의 규칙: Spark (한 기계 안)",
        (tests("-m", "spark", "tests"),),
        is_pytest=True,
        only_all=True,
        needs=needs_spark,
    ),
)
GROUPS = tuple(dict.fromkeys(stage.group for stage in STAGES))


def groups_of(asked: set[str], is_all: bool) -> set[str]:
    """The groups that a run has: those asked for, else all; what only `--all` does is left out without it."""
    return asked or {stage.group for stage in STAGES if is_all or not stage.only_all}


def commands_of(stage: Stage, is_all: bool) -> list[tuple[str, ...]]:
    """What a stage runs; without `--all` the slow tests are left out."""
    if is_all or not stage.has_slow:
        return list(stage.commands)
    return [tuple(word + QUICK if word.startswith("not browser") else word for word in command) for command in stage.commands]


def environment(stage: Stage, var: Path, url: str, is_all: bool) -> dict[str, str]:
    """The environment of a stage: nothing of the person's own installation reaches it."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CHATDONG_") and key != "DATABASE_URL"}
    kept |= {key: os.environ[key] for key in PASSED_ON if os.environ.get(key)}
    kept |= {
        "CHATDONG_VAR": str(var),
        "PYTHONPATH": f"{Path.cwd() / 'src'}:{Path.cwd()}",
        "CHATDONG_TOLD": str(var / "told.json"),
    }
    if url:
        kept["DATABASE_URL"] = url
    if is_all:
        kept.setdefault("CHATDONG_STEPS", ALL_STEPS)
    if stage.production:
        kept |= {
            "CHATDONG_SECRET_KEY": secrets.token_urlsafe(64),
            "CHATDONG_HTTPS": "true",
            "CHATDONG_HOSTS": "chatdong.example.kr",
            "CHATDONG_ORIGINS": "https://chatdong.example.kr",
            "CHATDONG_PROXIES": "1",
        }
    return kept
