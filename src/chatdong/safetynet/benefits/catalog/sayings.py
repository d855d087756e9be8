"""What people say in each situation and what their words mean: read from YAML beside this module.

`situations/<id>.yaml`: id, hotlines (numbers to call at once), benefits that answer it and says, one sentence a line:
    words somebody says @other => benefit benefit
"@other" names another situation the sentence speaks of as well; behind "=>" stand the benefits that help whoever says just
this, the most helpful first. `concepts.yaml`: concept -> words.
`calls.yaml`: benefit -> numbers to call at once when it is among the first found.
`nothing.yaml`: what speaks of no trouble though it may sound like one (웃겨 죽겠어요), so that no number is shown in vain.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from chatdong.engines.situations import Example

HERE = Path(__file__).resolve().parent
# Raised when the model of chatdong.engines.situations changes, so that a kept one of before is not read.
FORM = 7
_ALSO = re.compile(r"\s+@([a-z0-9_]+)")
_HELPS = " => "


class SayingsError(Exception):
    """A file of sayings cannot be used; the text says which and why."""


@dataclass(frozen=True)
class Sayings:
    """Examples, each situation's benefits and hotlines, numbers to call by benefit, concepts, and their fingerprint."""

    examples: tuple[Example, ...]
    benefits: Mapping[str, tuple[str, ...]]
    hotlines: Mapping[str, tuple[str, ...]]
    calls: Mapping[str, tuple[str, ...]]
    concepts: Mapping[str, tuple[str, ...]]
    fingerprint: str

    @property
    def taught(self) -> tuple[str, ...]:
        """The benefits that examples name, in alphabetical order."""
        return tuple(sorted({name for one in self.examples for name in one.helps}))


@cache
def sayings(folder: Path = HERE) -> Sayings:
    """The sayings of a folder, read once. Raises SayingsError."""
    examples: list[Example] = []
    benefits: dict[str, tuple[str, ...]] = {}
    hotlines: dict[str, tuple[str, ...]] = {}
    for path in sorted((folder / "situations").glob("*.yaml")):
        told = _read(path)
        if told.get("id") != path.stem or not told.get("says"):
            raise SayingsError(f"{path.name}: needs `id: {path.stem}` and `says`, one sentence a line")
        benefits[path.stem] = tuple(told.get("benefits", ()))
        hotlines[path.stem] = tuple(told.get("hotlines", ()))
        examples += [_example(path.stem, line) for line in told["says"].splitlines() if line.strip()]
    unknown = {name for one in examples for name in one.situations} - set(benefits)
    if unknown:
        raise SayingsError(f"sentences speak of situations that have no file: {', '.join(sorted(unknown))}")
    examples += [Example(line.strip(), ()) for line in _read(folder / "nothing.yaml")["says"].splitlines() if line.strip()]
    concepts = {name: tuple(str(line).split()) for name, line in _read(folder / "concepts.yaml").items()}
    said = [FORM, sorted((one.says, one.situations, one.helps) for one in examples), sorted(benefits), sorted(concepts.items())]
    fingerprint = hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:24]
    calls = {name: tuple(numbers) for name, numbers in _read(folder / "calls.yaml").items()}
    return Sayings(tuple(examples), benefits, hotlines, calls, concepts, fingerprint)


def _read(path: Path) -> dict:
    with path.open(encoding="utf-8") as file:
        told = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if not isinstance(told, dict):
        raise SayingsError(f"{path.name}: must be a mapping")
    return told


def _example(situation: str, line: str) -> Example:
    told, _, helps = line.partition(_HELPS)
    situations = dict.fromkeys([situation, *_ALSO.findall(told)])
    return Example(_ALSO.sub("", told).strip(), tuple(situations), tuple(dict.fromkeys(helps.split())))
