"""`python -m bench [--small] [name ...]`: run the benches, all of them or some, and fail when a goal does not hold."""

import argparse
import pkgutil
import sys
from importlib import import_module

import bench
from bench.report import report
from chatdong.config.env import Env
from chatdong.kernel import clock

HARNESS = {"report", "__main__"}


def main() -> int:
    names = sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if module.name not in HARNESS)
    parser = argparse.ArgumentParser(prog="bench", description=bench.__doc__)
    parser.add_argument("--small", action="store_true", help="a few thousand households instead of the city")
    parser.add_argument("names", nargs="*", metavar="name", help=f"of: {', '.join(names)}")
    told = parser.parse_args()
    unknown = set(told.names) - set(names)
    if unknown:
        parser.error(f"no such bench: {', '.join(sorted(unknown))}")
    held = []
    for name in told.names or names:
        module = import_module(f"bench.{name}")
        if not hasattr(module, "measure"):
            continue
        rows = module.measure(small=told.small)
        about = (module.__doc__ or "").strip().splitlines()[0] + (" (small)" if told.small else "")
        file = f"{name}-small" if told.small else name
        held.append(report(file, rows, on=clock.today(), folder=Env().var, about=about))
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
