"""YAML as plain values that still know the line they stand on, so a mistake is named where it was made.

Nodes are composed by libyaml (90 files in a fifth of a second) and made into values here: safe scalars only, no tags.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

NULL, BOOL, INT, DATE = (f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "int", "timestamp"))


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """Something wrong in a file of the catalog: where, what, and what to do about it."""

    file: str
    line: int
    says: str
    do: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.says}: {self.do}"


class Entry(dict[str, Any]):
    """A mapping as written; `line` is where it begins, `line_of` where a key stands."""

    line = 0

    def __init__(self, line: int, lines: dict[str, int], values: dict[str, Any]) -> None:
        super().__init__(values)
        self.line = line
        self.lines = lines

    def line_of(self, key: str) -> int:
        """Where a key stands; the beginning for one that was not written."""
        return self.lines.get(key, self.line)


class Entries(list[Any]):
    """A list as written; `lines` says where each item stands."""

    def __init__(self, line: int, lines: list[int], values: list[Any]) -> None:
        super().__init__(values)
        self.line = line
        self.lines = lines

    def with_lines(self) -> Iterator[tuple[int, Any]]:
        """Each item with its line."""
        return zip(self.lines, self, strict=True)


class Reader:
    """Reads files of one folder and gathers what is wrong with them instead of stopping at the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def wrong(self, file: str, line: int, says: object, do: str) -> None:
        """Notes a problem."""
        self.problems.append(Problem(file, line, str(says), do))

    def read(self, file: str) -> Any:
        """The content of a file, or None where it cannot be read at all (the problem is noted)."""
        try:
            text = (self.folder / file).read_text(encoding="utf-8")
            node = yaml.compose(text, Loader=yaml.CSafeLoader)
        except FileNotFoundError:
            self.wrong(file, 1, "the file is missing", "every catalog has it")
        except UnicodeDecodeError:
            self.wrong(file, 1, "the file is not UTF-8", "save it as UTF-8")
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            says = "this is no YAML (" + " ".join(part for part in (error.context, error.problem) if part) + ")"
            self.wrong(file, mark.line + 1 if mark else 1, says, "mind indents, and quote texts that hold : # , or [")
        else:
            if node is None:
                self.wrong(file, 1, "the file is empty", "write it, or take it away")
                return None
            return self._value(file, node)
        return None

    def _value(self, file: str, node: yaml.Node) -> Any:
        line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._entry(file, line, node)
        if isinstance(node, yaml.SequenceNode):
            lines = [item.start_mark.line + 1 for item in node.value]
            return Entries(line, lines, [self._value(file, item) for item in node.value])
        assert isinstance(node, yaml.ScalarNode)
        return self._scalar(file, line, node)

    def _entry(self, file: str, line: int, node: yaml.MappingNode) -> Entry:
        values: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            name, at = str(key.value), key.start_mark.line + 1
            if name in values:
                self.wrong(file, at, f"'{name}' is written twice here", f"keep one (the first is in line {lines[name]})")
            values[name], lines[name] = self._value(file, value), at
        return Entry(line, lines, values)

    def _scalar(self, file: str, line: int, node: yaml.ScalarNode) -> Any:
        text = node.value
        if node.tag == NULL:
            return None
        if node.tag == BOOL:
            return text.lower() in ("true", "yes", "on")
        try:
            if node.tag == INT:
                return int(text.replace("_", ""))
            if node.tag == DATE:
                return date.fromisoformat(text)
        except ValueError:
            what = "day" if node.tag == DATE else "whole number"
            self.wrong(file, line, f"'{text}' is no {what}", "write a day as 2026-01-01, a number as 1234567")
            return None
        return str(text)
