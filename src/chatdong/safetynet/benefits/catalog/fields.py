"""Takes the fields of one written entry by the type they must have, and notes what is missing, of another type or unknown."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from chatdong.engines.eligibility.formula import FormulaError
from chatdong.safetynet.benefits.catalog.reading import Entries, Entry, Reader

Made = TypeVar("Made")


class Fields:
    """One entry of a file. Every getter gives an empty value of its type after noting a problem, so reading goes on."""

    def __init__(self, reader: Reader, file: str, entry: Any, line: int = 1) -> None:
        self.reader, self.file = reader, file
        if not isinstance(entry, Entry):
            self.reader.wrong(file, line, f"an entry is a mapping, not {entry!r}", "write '- {id: ..., ...}' or 'id: ...'")
            entry = Entry(line, {}, {})
        self.entry: Entry = entry

    def wrong(self, key: str, says: object, do: str) -> None:
        """Notes a problem where a key stands."""
        self.reader.wrong(self.file, self.entry.line_of(key), says, do)

    def only(self, *known: str) -> None:
        """Notes keys that nobody reads: a misspelled one would silently do nothing."""
        for key in self.entry:
            if key not in known:
                cut = self.entry[key] is None
                do = "quote the text before it: its comma ends it" if cut else f"use one of {', '.join(known)}"
                self.wrong(key, f"unknown field '{key}'", do)

    def text(self, key: str, *, must: bool = True) -> str:
        """A text; whole numbers (a phone number) are taken as written."""
        value = self.entry.get(key)
        if isinstance(value, str) and (value.strip() or not must):
            return value.strip()
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if must or value is not None:
            self.wrong(key, f"'{key}' has no text", f"write {key}: ...")
        return ""

    def choice(self, key: str, known: tuple[str, ...]) -> str:
        """One of some words."""
        value = self.text(key)
        if value and value not in known:
            self.wrong(key, f"'{value}' is no {key}", f"use one of {', '.join(known)}")
            return ""
        return value

    def number(self, key: str, otherwise: int = 0) -> int:
        """A whole number; `otherwise` where it is not written."""
        value = self.entry.get(key, otherwise)
        if isinstance(value, bool) or not isinstance(value, int):
            self.wrong(key, f"'{key}' is no whole number", f"write {key}: 1234567")
            return otherwise
        return value

    def flag(self, key: str, otherwise: bool = False) -> bool:
        """true or false."""
        value = self.entry.get(key, otherwise)
        if not isinstance(value, bool):
            self.wrong(key, f"'{key}' is neither true nor false", f"write {key}: true or {key}: false")
            return otherwise
        return value

    def day(self, key: str, *, must: bool = False) -> date | None:
        """A day."""
        value = self.entry.get(key)
        if isinstance(value, date):
            return value
        if must or value is not None:
            self.wrong(key, f"'{key}' is no day", f"write {key}: 2026-01-01")
        return None

    def texts(self, key: str, *, must: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        found = []
        for line, one in self.items(key, must=must):
            if isinstance(one, (str, int)) and not isinstance(one, bool):
                found.append(str(one).strip())
            else:
                self.reader.wrong(self.file, line, f"'{key}' holds texts, not {one!r}", "quote texts that hold : # , or [")
        return tuple(found)

    def items(self, key: str, *, must: bool = False) -> list[tuple[int, Any]]:
        """The items of a list with their lines; nothing where it is not written."""
        value = self.entry.get(key)
        if isinstance(value, Entries):
            if must and not value:
                self.wrong(key, f"'{key}' is empty", "write at least one")
            return list(value.with_lines())
        if must or value is not None:
            self.wrong(key, f"'{key}' is no list", f"write {key}: [..., ...]")
        return []

    def inside(self, key: str, *, must: bool = False) -> "Fields | None":
        """The fields of a mapping inside this one."""
        if key not in self.entry and not must:
            return None
        if key not in self.entry:
            self.wrong(key, f"'{key}' is missing", f"write {key}: ...")
            return None
        return Fields(self.reader, self.file, self.entry[key], self.entry.line_of(key))

    def formula(self, key: str, read: Callable[[Any], Made], value: Any = None) -> Made | None:
        """What `read` makes of a formula; None after noting that it cannot be read."""
        try:
            return read(self.entry.get(key) if value is None else value)
        except FormulaError as error:
            self.wrong(key, error, "see the notation in engines/eligibility/formula.py")
        return None


def entries(reader: Reader, file: str) -> list[Fields]:
    """The entries of a file that is a list, each with an id that no other has."""
    written = reader.read(file)
    if written is None:
        return []
    if not isinstance(written, Entries):
        reader.wrong(file, 1, "this file is a list", "begin every entry with '- '")
        return []
    found: list[Fields] = []
    seen: dict[str, int] = {}
    for line, one in written.with_lines():
        fields = Fields(reader, file, one, line)
        name = fields.text("id")
        if name in seen:
            fields.wrong("id", f"the id '{name}' is given twice", f"choose another (the first is in line {seen[name]})")
        elif name:
            seen[name] = line
            found.append(fields)
    return found
