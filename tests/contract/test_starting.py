"""`./run` and what it stands on: keys, an empty database, settings that may go live, a PostgreSQL of one's own, the benches."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from datetime import date

import psycopg
import pytest
from bench.report import Row, report, table, timing_of
from django.core.checks import Error
from tests.house.sources import ROOT
from tools import prepare
from tools.postgres import Cluster, NoPostgres, clear_leftovers, cluster
from tools.stages import GROUPS, STAGES, Skipped, commands_of, environment, groups_of, needs_spark
from tools.suite import Result, holes, sum_up

from chatdong.config import checks
from chatdong.config.env import FALLBACK_KEY, Env, database


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path, monkeypatch):
    monkeypatch.delenv("CHATDONG_SECRET_KEY", raising=False)
    var = tmp_path / "var"
    prepare.make_key(var)
    first = (var / "secret_key").read_text()
    prepare.make_key(var)
    assert (var / "secret_key").read_text() == first
    assert len(first.strip()) >= 64
    assert stat.S_IMODE((var / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in var.iterdir()] == ["secret_key"]
    assert Env(CHATDONG_VAR=var).key() == first.strip()
    assert Env(CHATDONG_VAR=tmp_path).key() == FALLBACK_KEY


def test_an_empty_key_file_is_made_again(tmp_path, monkeypatch):
    monkeypatch.delenv("CHATDONG_SECRET_KEY", raising=False)
    (tmp_path / "secret_key").write_text("")
    prepare.make_key(tmp_path)
    assert len((tmp_path / "secret_key").read_text()) > 64


@pytest.mark.parametrize(
    ("tables", "untouched"),
    [
        ((), True),
        (("create table places_gu (id)", "create table accounts_account (id)"), True),
        (("create table places_gu (id)", "insert into places_gu values (1)"), False),
        (("create table accounts_account (id)", "insert into accounts_account values (1)"), False),
    ],
)
def test_a_database_with_anybodys_work_is_never_replaced(tmp_path, tables, untouched):
    path = tmp_path / "x.sqlite3"
    assert prepare.is_untouched(path)
    with sqlite3.connect(path) as link:
        for statement in tables:
            link.execute(statement)
    assert prepare.is_untouched(path) is untouched


def test_static_files_are_collected_again_when_one_changes(tmp_path):
    (tmp_path / "a.css").write_text("a{}")
    before = prepare.fingerprint([tmp_path])
    assert prepare.fingerprint([tmp_path]) == before
    (tmp_path / "a.css").write_text("a{b}")
    assert prepare.fingerprint([tmp_path]) != before


LIVE = {
    "SECRET_KEY": "k" * 64,
    "DEBUG": False,
    "DEMO": False,
    "ALLOWED_HOSTS": ["chatdong.example.kr"],
    "SESSION_COOKIE_SECURE": True,
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
}


@pytest.mark.parametrize(("key", "code"), [("", 1), ("k" * 64, 0)])
def test_nobody_serves_with_the_key_that_stands_in_the_source(tmp_path, key, code):
    env = {"PYTHONPATH": "src", "CHATDONG_VAR": str(tmp_path), "CHATDONG_SECRET_KEY": key, "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", "import chatdong.config.wsgi"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    assert ("비밀 키가 없습니다" in done.stderr) is bool(code)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"SECRET_KEY": FALLBACK_KEY}, ["chatdong.E002"]),
        ({"DEBUG": True}, ["chatdong.E003"]),
        ({"DEMO": True}, ["chatdong.E004"]),
        ({"ALLOWED_HOSTS": ["*"]}, ["chatdong.E005"]),
        ({"SESSION_COOKIE_SECURE": False}, ["chatdong.E006"]),
        ({"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}}}, ["chatdong.W001"]),
    ],
)
def test_what_must_not_go_live_is_said(monkeypatch, change, said):
    told = type("Told", (), {**LIVE, **change})
    monkeypatch.setattr(checks, "settings", told)
    assert [message.id for message in checks.goes_live(None)] == said


def test_a_key_that_others_can_read_is_an_error(monkeypatch, tmp_path):
    monkeypatch.setattr(checks, "settings", type("Told", (), {"VAR": tmp_path}))
    assert checks.secret_is_kept(None) == []
    (tmp_path / "secret_key").write_text("k")
    (tmp_path / "secret_key").chmod(0o640)
    found = checks.secret_is_kept(None)
    assert [type(message) for message in found] == [Error]
    (tmp_path / "secret_key").chmod(0o600)
    assert checks.secret_is_kept(None) == []


def test_a_database_url_with_a_socket(tmp_path):
    told = database("postgresql://me:p%40ss@/people?host=/tmp/x&sslmode=disable", tmp_path)
    assert (told["NAME"], told["USER"], told["PASSWORD"], told["HOST"], told["OPTIONS"]) == (
        "people", "me", "p@ss", "/tmp/x", {"sslmode": "disable"},
    )  # fmt: skip
    assert database("", tmp_path)["NAME"] == str(tmp_path / "chatdong.sqlite3")
    with pytest.raises(ValueError, match="not mysql"):
        database("mysql://x", tmp_path)


def test_a_postgresql_of_ones_own_leaves_nothing_behind():
    try:
        made = Cluster({"work_mem": "8MB"})
    except NoPostgres as error:
        pytest.skip(str(error))
    url = made.start()
    try:
        code = "import psycopg, sys; print(psycopg.connect(sys.argv[1]).execute('show work_mem').fetchone()[0])"
        said = subprocess.run([sys.executable, "-c", code, url], capture_output=True, text=True, check=False)
        assert said.stdout.strip() == "8MB", said.stderr
        assert "listen" not in url
    finally:
        made.stop()
    assert not made.folder.exists()


def test_a_postgresql_whose_maker_was_killed_is_cleared_away():
    try:
        made = Cluster()
    except NoPostgres as error:
        pytest.skip(str(error))
    url = made.start()
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True)
    (made.folder / "pid").write_text(gone.stdout.strip())
    assert answers(url)
    clear_leftovers()
    assert not made.folder.exists()
    assert not answers(url)


def answers(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def test_no_postgresql_says_what_to_install(monkeypatch):
    monkeypatch.setattr("tools.postgres.shutil.which", lambda name: None)
    monkeypatch.setattr("tools.postgres.Path.glob", lambda self, pattern: iter(()))
    monkeypatch.setattr("tools.postgres.Path.exists", lambda self: False)
    with pytest.raises(NoPostgres, match="apt-get install postgresql"), cluster():
        pass


def test_a_stage_sees_nothing_of_ones_own_installation(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://real")
    monkeypatch.setenv("CHATDONG_DEMO", "true")
    monkeypatch.setenv("CHATDONG_GEO_SAMPLES", "/samples")
    monkeypatch.delenv("CHATDONG_STEPS", raising=False)
    env = environment(STAGES[0], tmp_path, "", is_all=False)
    assert "DATABASE_URL" not in env
    assert "CHATDONG_DEMO" not in env
    assert (env["CHATDONG_VAR"], env["CHATDONG_GEO_SAMPLES"]) == (str(tmp_path), "/samples")
    assert "CHATDONG_STEPS" not in env
    assert environment(STAGES[0], tmp_path, "", is_all=True)["CHATDONG_STEPS"]


def test_a_skip_is_a_hole_unless_it_ran_elsewhere_or_waits_for_ones_own_data(capsys):
    skips = [
        {"test": name, "reason": reason} for name, reason in (("a", "data: none here"), ("b", "needs PostgreSQL"), ("c", "no"))
    ]
    first = Result(STAGES[0], "passed", 1.0, told={"skips": skips, "counts": {"passed": 5, "skipped": 3}, "ran": []})
    second = Result(STAGES[1], "passed", 2.0, told={"counts": {"passed": 2}, "ran": ["b"]})
    third = Result(STAGES[2], "skipped", why="Chromium이 없습니다.")
    assert holes([first, second]) == ["c: no"]
    assert holes([third]) == [f"{STAGES[2].title}: Chromium이 없습니다."]
    assert sum_up([first, second, third], is_all=False) == 0
    assert sum_up([first, second], is_all=True) == 1
    assert sum_up([second], is_all=True) == 0
    assert sum_up([Result(STAGES[0], "failed", 1.0)], is_all=False) == 1
    said = capsys.readouterr().out
    assert "needs PostgreSQL" not in said
    assert "none here" in said
    assert said.count("7 passed, 3 skipped in 3.00s") == 2


def test_make_and_the_scripts_know_the_same_parts():
    told = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {"run", "test", "check", "fix", "lint", "types", "docs", "bench", "bench-small", "test-postgres", "clean"}
    assert named <= set(told.split(".PHONY:", 1)[1].split("\n", 1)[0].split())
    assert GROUPS == ("lint", "unit", "postgres", "browser", "spark")
    for script in ("run", "test", ".ci/run"):
        assert (ROOT / script).stat().st_mode & stat.S_IXUSR, script


def test_spark_runs_when_asked_for_and_with_all_only(monkeypatch):
    assert "spark" not in groups_of(set(), is_all=False)
    assert "spark" in groups_of(set(), is_all=True)
    assert groups_of({"spark"}, is_all=False) == {"spark"}
    for stage in STAGES:
        if stage.is_pytest and stage.group in ("unit", "postgres"):
            assert all("not spark" in " ".join(command) for command in commands_of(stage, is_all=True)), stage.name
    monkeypatch.setattr("tools.stages.shutil.which", lambda name: None)
    with pytest.raises(Skipped, match="openjdk-17-jre-headless"):
        needs_spark()
    monkeypatch.setattr("tools.stages.shutil.which", lambda name: "/usr/bin/java")
    monkeypatch.setattr("tools.stages.importlib.util.find_spec", lambda name: None)
    with pytest.raises(Skipped, match=r"requirements-spark\.lock"):
        needs_spark()


@pytest.mark.parametrize("script", ["run", "test", "tools/bootstrap.sh"])
def test_the_scripts_are_plain_sh(script):
    assert subprocess.run(["sh", "-n", script], cwd=ROOT, capture_output=True, check=False).returncode == 0
    assert "[[" not in (ROOT / script).read_text(encoding="utf-8")


def test_a_bench_writes_its_rows_and_says_whether_goals_hold(tmp_path, capsys):
    rows = [Row("today, p95", 120.5, "ms", at_most=200), Row("steps", 10_000, "", at_least=10_000), Row("size", 3.2, "GiB")]
    assert report("try", rows, on=date(2026, 11, 21), folder=tmp_path, about="a try")
    told = json.loads((tmp_path / "bench" / "try.json").read_text(encoding="utf-8"))
    assert (told["name"], told["date"], told["holds"]) == ("try", "2026-11-21", True)
    assert told["rows"][0] == {"what": "today, p95", "value": 120.5, "unit": "ms", "goal": "<= 200", "holds": True}
    assert told["rows"][2]["holds"] is None
    assert told["machine"]["cores"] == os.cpu_count()
    assert not report("try", [Row("today, p95", 200.1, "ms", at_most=200)], on=date(2026, 11, 21), folder=tmp_path)
    assert "**no**" in capsys.readouterr().out
    with pytest.raises(ValueError, match="measured nothing"):
        report("try", [], on=date(2026, 11, 21), folder=tmp_path)
    assert "| size | 3.2 | GiB |  |  |" in table("try", rows, date(2026, 11, 21))


def test_times_are_told_by_nearest_rank():
    told = timing_of([float(n) for n in range(1, 101)])
    assert (told.median, told.p95, told.worst) == (50.5, 95.0, 100.0)
    assert timing_of([7.0]).p95 == 7.0
