"""Runs the stages of `./test`, times them, and says at the end what passed, what was skipped and why."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tools.stages import GROUPS, STAGES, Skipped, Stage, commands_of, environment, groups_of, install_missing, tests

LEARN = "import sys; from pathlib import Path; from chatdong.safetynet.benefits.finding import warm; warm(Path(sys.argv[1]))"
MARKS = {"passed": "✓ 통과", "failed": "✗ 실패", "skipped": "– 건너뜀"}
LOCAL_DATA = "data:"  # a test that needs data of one's own; never a failure
USAGE = f"""쓰는 법:
  ./test                 모두 (약한 기계에서 없는 것은 건너뛰고 끝에 말합니다)
  ./test --all           오래 걸리는 것과 Spark까지 하고, 건너뛴 것도 실패로 칩니다
  ./test {"|".join(GROUPS)}   한 무리만
  ./test tests/domain/test_places.py -k 이름   pytest로 그대로 넘깁니다"""


@dataclass
class Result:
    """What came of a stage. `told` is what tools.told wrote for a pytest stage."""

    stage: Stage
    state: str
    seconds: float = 0.0
    why: str = ""
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        return dict(self.told.get("counts", {}))

    @property
    def closing(self) -> str:
        """pytest's closing line: 123 passed, 4 skipped."""
        return ", ".join(f"{count} {kind}" for kind, count in self.counts.items() if kind != "deselected")


RUNNING: set[subprocess.Popen[bytes]] = set()
STOPPING = threading.Event()


def run(command: tuple[str, ...], env: dict[str, str], output: IO[bytes] | None = None) -> int:
    """One command in a session of its own, so that it can be ended with all that it started."""
    if STOPPING.is_set():
        return 130
    with subprocess.Popen(command, env=env, start_new_session=True, stdout=output, stderr=output) as program:
        RUNNING.add(program)
        try:
            return program.wait()
        finally:
            RUNNING.discard(program)
            end(program)


def end(program: subprocess.Popen[bytes]) -> None:
    """Stop a program with all that it started."""
    for number, patience in ((signal.SIGTERM, 10), (signal.SIGKILL, 5)):
        if program.poll() is not None:
            return
        with suppress(ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(program.pid, number)
            program.wait(patience)


def run_stage(stage: Stage, is_all: bool, learned: Path, output: IO[bytes] | None = None) -> Result:
    """One stage in a `var` of its own, with its database where it has one. What the search learns is `learned` once for all."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="chatdong-test-") as folder:
        var = Path(folder)
        (var / "finding").symlink_to(learned, target_is_directory=True)
        try:
            if stage.needs:
                stage.needs()
            with stage.database() as url:
                env = environment(stage, var, url, is_all)
                codes = [run(command, env, output) for command in commands_of(stage, is_all)]
        except Skipped as error:
            return Result(stage, "skipped", why=str(error))
        told = json.loads((var / "told.json").read_text(encoding="utf-8")) if (var / "told.json").exists() else {}
    state = "passed" if not any(codes) else "failed"
    why = "시험이 하나도 없습니다." if stage.is_pytest and 5 in codes else ""
    return Result(stage, state, time.monotonic() - began, why, told)


class Lane(threading.Thread):
    """Stages run one after another beside the others; what they print is kept until those are done."""

    def __init__(self, stages: Sequence[Stage], is_all: bool, learned: Path):
        super().__init__(daemon=True)
        self.stages, self.is_all, self.learned = stages, is_all, learned
        self.results: list[Result] = []
        self.broken: BaseException | None = None
        self.output = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the lane

    def run(self) -> None:
        try:
            for stage in self.stages:
                print(f"\n── 함께 시작: {stage.title}", flush=True)
                self.results.append(run_stage(stage, self.is_all, self.learned, self.output))
                print(f"\n── {told_of(self.results[-1])}", flush=True)
        except BaseException as error:  # told by whoever waits for the lane
            self.broken = error

    def finish(self) -> list[Result]:
        """Wait for it, saying so now and then; then show what it printed."""
        waited = 0
        while self.is_alive():
            self.join(15)
            waited += 15
            if self.is_alive():
                left = [stage.title for stage in self.stages[len(self.results) :]]
                print(f"· 기다리는 중 ({waited}초): {', '.join(left)}", flush=True)
        self.output.seek(0)
        sys.stdout.write("\n" + self.output.read().decode("utf-8", "replace"))
        if self.broken is not None:
            raise self.broken
        return self.results


def run_all(stages: Sequence[Stage], is_all: bool, learned: Path) -> list[Result]:
    """The stages in order; where there are two cores, the second and later test stages run beside the first."""
    testing = [stage for stage in stages if stage.is_pytest]
    beside = testing[1:] if (os.cpu_count() or 1) > 1 else []
    lane, results = Lane(beside, is_all, learned), []
    try:
        for number, stage in enumerate((stage for stage in stages if stage not in beside), start=1):
            if stage.is_pytest and beside:
                lane.start()
            print(f"\n── {number}. {stage.title}", flush=True)
            results.append(run_stage(stage, is_all, learned))
            print(f"── {told_of(results[-1])}", flush=True)
        return results + (lane.finish() if beside else [])
    finally:
        STOPPING.set()
        for program in list(RUNNING):
            end(program)
        if lane.is_alive():
            lane.join(30)  # its PostgreSQL is stopped there
        STOPPING.clear()


def told_of(result: Result) -> str:
    return f"{MARKS[result.state]} {result.stage.title}: {result.why or result.closing} ({result.seconds:.1f}초)"


def holes(results: list[Result]) -> list[str]:
    """What `--all` does not accept: a skipped stage, or a test that ran in no stage and does not wait for local data."""
    found = [f"{result.stage.title}: {result.why}" for result in results if result.state == "skipped"]
    ran = {test for result in results for test in result.told.get("ran", [])}
    for result in results:
        for skip in result.told.get("skips", []):
            if skip["test"] not in ran and not skip["reason"].startswith(LOCAL_DATA):
                found.append(f"{skip['test']}: {skip['reason']}")
    return found


def sum_up(results: list[Result], is_all: bool) -> int:
    """The table at the end. Returns the exit code."""
    print("\n" + "─" * 78)
    for result in results:
        seconds = f"{result.seconds:6.1f}초" if result.seconds else " " * 8
        print(f"  {MARKS[result.state]}\t{seconds}  {result.stage.title}  {result.why or result.closing}")
    slow = sorted(results, key=lambda result: result.seconds, reverse=True)[:3]
    print(
        f"  모두 {sum(result.seconds for result in results):.0f}초. 오래 걸린 것: "
        + ", ".join(f"{r.stage.name} {r.seconds:.0f}초" for r in slow)
    )
    tests_by_time = sorted((line for result in results for line in result.told.get("slowest", [])), reverse=True)[:5]
    for seconds, test in tests_by_time:
        print(f"    {seconds:6.1f}초  {test}")
    waiting = {
        skip["reason"] for result in results for skip in result.told.get("skips", []) if skip["reason"].startswith(LOCAL_DATA)
    }
    for reason in sorted(waiting):
        print(f"  – 내 자료가 없어 건너뜀: {reason.removeprefix(LOCAL_DATA).strip()}")
    missing = holes(results)
    for line in missing:
        print(f"  {'✗ --all에서는 실패' if is_all else '– 건너뜀'}: {line}")
    for result in results:
        for test in result.told.get("failures", []):
            print(f"  ✗ {result.stage.name}: {test}")
    slow_left = sum(result.counts.get("deselected", 0) for result in results if result.stage.has_slow)
    if slow_left and not is_all:
        print("  – 오래 걸리는 시험(slow)과 Spark 시험은 ./test --all에서만 합니다.")
    is_failed = any(result.state == "failed" for result in results) or (is_all and bool(missing))
    total: dict[str, int] = {}
    for result in results:
        for kind, count in result.counts.items():
            if kind != "deselected":
                total[kind] = total.get(kind, 0) + count
    print(f"  {'✗ 실패' if is_failed else '✓ 모두 통과'}" + (" (건너뛴 것이 있습니다)" if missing and not is_failed else ""))
    if total:
        line = ", ".join(f"{count} {kind}" for kind, count in total.items())
        print(f"==== {line} in {sum(result.seconds for result in results):.2f}s ====")
    return 1 if is_failed else 0


def main(args: list[str]) -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda given, _frame: sys.exit(128 + given))
    if args in (["-h"], ["--help"]):
        print(USAGE)
        return 0
    is_all = "--all" in args
    rest = [word for word in args if word != "--all"]
    if rest and not set(rest) <= set(GROUPS):
        env = environment(STAGES[0], Path(tempfile.gettempdir()), os.environ.get("DATABASE_URL", ""), is_all)
        return run(tests(*rest), {**env, "CHATDONG_TOLD": ""})
    groups = groups_of(set(rest), is_all)
    install_missing(groups)
    stages = [stage for stage in STAGES if stage.group in groups]
    with tempfile.TemporaryDirectory(prefix="chatdong-learned-") as folder:
        learned = Path(folder) / "finding"
        learned.mkdir()
        if any(stage.is_pytest for stage in stages):
            print("· 맞춤복지검색의 말을 익힙니다 (시험마다 다시 익히지 않게 한 번).", flush=True)
            env = environment(stages[0], Path(folder), "", is_all) | {"OPENBLAS_NUM_THREADS": "1"}  # as tools.prepare does
            run((sys.executable, "-c", LEARN, folder), env)
        return sum_up(run_all(stages, is_all, learned), is_all)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
