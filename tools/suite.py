"""Runs the stages of `./test`, times them, and says at the end what passed, what was skipped and why."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.stages import GROUPS, STAGES, Skipped, Stage, environment, install_missing, tests

LOCAL_DATA = "data:"  # a test that needs data of one's own; never a failure
USAGE = f"""쓰는 법:
  ./test                 모두 (약한 기계에서 없는 것은 건너뛰고 끝에 말합니다)
  ./test --all           건너뛴 것도 실패로 칩니다
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


def run(command: tuple[str, ...], env: dict[str, str]) -> int:
    """One command in a session of its own; whatever ends us ends it and all it started."""
    with subprocess.Popen(command, env=env, start_new_session=True) as program:
        try:
            return program.wait()
        except BaseException:
            os.killpg(program.pid, signal.SIGTERM)
            try:
                program.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(program.pid, signal.SIGKILL)
            raise


def run_stage(stage: Stage, is_all: bool) -> Result:
    """One stage in an empty `var` of its own, with its database where it has one."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="chatdong-test-") as folder:
        var = Path(folder)
        try:
            if stage.needs:
                stage.needs()
            with stage.database() as url:
                env = environment(stage, var, url, is_all)
                codes = [run(command, env) for command in stage.commands]
        except Skipped as error:
            return Result(stage, "skipped", why=str(error))
        told = json.loads((var / "told.json").read_text(encoding="utf-8")) if (var / "told.json").exists() else {}
    state = "passed" if not any(codes) else "failed"
    why = "시험이 하나도 없습니다." if stage.is_pytest and 5 in codes else ""
    return Result(stage, state, time.monotonic() - began, why, told)


def holes(results: list[Result]) -> list[str]:
    """What `--all` does not accept: a skipped stage, or a test that ran in no stage and does not wait for local data."""
    found = [f"{result.stage.title}: {result.why}" for result in results if result.state == "skipped"]
    ran = {test for result in results for test in result.told.get("ran", [])}
    for result in results:
        for skip in result.told.get("skips", []):
            if skip["test"] not in ran and not skip["reason"].startswith(LOCAL_DATA):
                found.append(f"{skip['test']}: {skip['reason']}")
    return found


MARKS = {"passed": "✓ 통과", "failed": "✗ 실패", "skipped": "– 건너뜀"}


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
    groups = set(rest) or set(GROUPS)
    install_missing(groups)
    results = []
    chosen = [stage for stage in STAGES if stage.group in groups]
    for number, stage in enumerate(chosen, start=1):
        print(f"\n── {number}/{len(chosen)} {stage.title}", flush=True)
        result = run_stage(stage, is_all)
        results.append(result)
        print(f"── {MARKS[result.state]} {stage.title}: {result.why or f'{result.seconds:.1f}초'}", flush=True)
    return sum_up(results, is_all)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
