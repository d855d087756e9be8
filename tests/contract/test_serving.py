"""`./run` from an empty folder to an answer, and back: both programs end together and leave nothing running."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.house.sources import ROOT

PATIENCE = 300  # the search learns its sentences at the first start: half a minute of a core, more beside other tests


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> dict[str, str]:
    """The environment of a software that is set up, with an empty database in a `var` of its own."""
    var = tmp_path_factory.mktemp("served") / "var"
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CHATDONG_") and key != "DATABASE_URL"}
    paths = f"{ROOT / 'src'}:{ROOT}"
    env = {**kept, "CHATDONG_VAR": str(var), "CHATDONG_DEMO": "false", "PYTHONPATH": paths}
    done = subprocess.run(
        [sys.executable, "-m", "tools.prepare"], cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    return env


@pytest.fixture
def started(prepared, tmp_path):
    """It served on a port of its own; whatever is left of it afterwards is killed."""
    with socket.socket() as link:
        link.bind(("127.0.0.1", 0))
        port = link.getsockname()[1]
    with (tmp_path / "said").open("w") as said:
        program = subprocess.Popen(
            [sys.executable, "-m", "tools.serve"], cwd=ROOT, env={**prepared, "PORT": str(port)}, stdout=said, stderr=said
        )
    try:
        wait_for(lambda: "열렸습니다" in (tmp_path / "said").read_text() or program.poll() is not None)
        yield program, port, tmp_path
    finally:
        for pid in [*children(program.pid), *([program.pid] if program.poll() is None else [])]:
            kill(pid)
        program.wait()


def kill(pid: int, number: int = signal.SIGKILL) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def wait_for(holds) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "nothing came in time"
        time.sleep(0.1)


def children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in told.read_text().split()] if told.exists() else []


def status(port: int, path: str) -> int:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    link.request("GET", path)
    return link.getresponse().status


def test_it_serves_and_ends_on_ctrl_c(started):
    program, port, folder = started
    assert program.poll() is None, (folder / "said").read_text()
    assert [status(port, path) for path in ("/", "/login/", "/no-such-page/")] == [200, 200, 404]
    assert f"http://127.0.0.1:{port}/" in (folder / "said").read_text()
    both = children(program.pid)
    assert len(both) == 2
    kill(program.pid, signal.SIGINT)
    assert program.wait(PATIENCE) == 0
    assert not [pid for pid in both if Path(f"/proc/{pid}").exists()]
    with pytest.raises(OSError):
        status(port, "/")


def test_when_one_program_dies_the_other_is_stopped_and_said(started):
    program, _port, folder = started
    worker = children(program.pid)[-1]
    kill(worker)
    assert program.wait(PATIENCE) == 1
    assert "작업 일꾼이(가) 멈췄습니다" in (folder / "said").read_text()


def test_what_it_made_is_for_its_owner_alone(prepared):
    var = Path(prepared["CHATDONG_VAR"])
    assert (var / "secret_key").stat().st_mode & 0o077 == 0
    assert var.stat().st_mode & 0o077 == 0
    assert (var / "static" / "staticfiles.json").exists()
