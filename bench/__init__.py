"""Measurements at city size. A bench is a module here with `measure(small: bool) -> list[Row]`; `python -m bench` runs them.

Each one writes `var/bench/<name>.json` and prints its table; a goal that does not hold makes the run fail (bench.report).
"""
