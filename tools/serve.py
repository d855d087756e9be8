"""Starts the web server and the job worker, and stops both together."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time

STOP_SECONDS = 25
READY_SECONDS = 60


def say(text: str) -> None:
    """One line to the person who started it."""
    print(f"· {text}", flush=True)


def is_free(port: int) -> bool:
    """Whether nobody listens on the port."""
    with socket.socket() as link:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            link.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def start(port: int) -> dict[str, subprocess.Popen[bytes]]:
    """Both programs, each in a session of its own so that Ctrl-C reaches them only through us."""
    server = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2",
        "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "chatdong.config.wsgi:application",
    ]  # fmt: skip
    commands = {"웹 서버": server, "작업 일꾼": [sys.executable, "manage.py", "work"]}
    return {name: subprocess.Popen(command, start_new_session=True) for name, command in commands.items()}


def answers(port: int) -> bool:
    """Whether the server answers at all: a redirect to https or a refusal of this address is an answer too."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        link.request("GET", "/login/")
        return link.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        link.close()


def ended(running: dict[str, subprocess.Popen[bytes]]) -> str:
    """The name of a program that is over; empty while all run."""
    return next((name for name, program in running.items() if program.poll() is not None), "")


def wait_until_ready(running: dict[str, subprocess.Popen[bytes]], port: int, stopping: list[int]) -> bool:
    """Until the first page comes; False when a program ends before that, we are stopped, or nothing comes for a minute."""
    for _ in range(READY_SECONDS * 5):
        if stopping or ended(running):
            return False
        if answers(port):
            return True
        time.sleep(0.2)
    return False


def stop(running: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask each to finish what it is doing, then insist."""
    for program in running.values():
        if program.poll() is None:
            program.send_signal(signal.SIGTERM)
    patience = time.monotonic() + STOP_SECONDS
    for program in running.values():
        try:
            program.wait(max(0.1, patience - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()


def tell(port: int) -> None:
    """The address, and who may log in."""
    print(f"\n  찾동이 열렸습니다:  http://127.0.0.1:{port}/        (주민 신고 화면)")
    print(f"  직원 로그인:        http://127.0.0.1:{port}/login/")
    if os.environ.get("CHATDONG_DEMO", "").lower() in {"1", "true", "yes", "on"}:
        print("  시연용 아이디와 비밀번호는 로그인 화면과 README.md에 있습니다.")
    print("  멈추려면 Ctrl-C를 누르세요.\n", flush=True)


def main() -> int:
    port = int(os.environ.get("PORT") or 8000)
    if not is_free(port):
        print(f"✗ {port}번 포트를 다른 프로그램이 쓰고 있습니다. 예: PORT={port + 1} ./run", file=sys.stderr)
        return 1
    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda given, _frame: stopping.append(given))
    say("웹 서버와 작업 일꾼을 켭니다.")
    running = start(port)
    try:
        if wait_until_ready(running, port, stopping):
            tell(port)
            while not stopping and not ended(running):
                time.sleep(0.2)
        gone = "" if stopping else ended(running) or "웹 서버"
    finally:
        say("멈춥니다.")
        stop(running)
    if gone:
        print(f"✗ {gone}이(가) 멈췄습니다. 위의 오류를 확인해 주세요.", file=sys.stderr)
    return 1 if gone else 0


if __name__ == "__main__":
    sys.exit(main())
