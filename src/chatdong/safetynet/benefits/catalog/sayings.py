"""What people say in each situation and what their words mean: read from YAML beside this module.

`situations/<id>.yaml`: id, hotlines (numbers to call at once), benefits (the most helpful first) and says, one sentence a line;
"@other" at the end of a line names another situation the sentence speaks of as well. `concepts.yaml`: concept -> words.
`nothing.yaml`: what speaks of no trouble though it may sound like one (웃겨 죽겠어요), so that no number is shown in vain.
`people.yaml`: kind of person -> words and ages that tell it, kinds that speak against it, benefits meant for it.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from chatdong.engines.situations import Example, Kind

HERE = Path(__file__).resolve().parent
# Raised when the model of chatdong.engines.situations changes, so that a kept one of before is not read.
FORM = 3
_ALSO = re.compile(r"\s+@([a-z_]+)")


class SayingsError(Exception):
    """A file of sayings cannot be used; the text says which and why."""


@dataclass(frozen=True)
class Sayings:
    """Examples, each situation's benefits and hotlines, concepts, kinds of people, and a fingerprint of examples and concepts."""

    examples: tuple[Example, ...]
    benefits: Mapping[str, tuple[str, ...]]
    hotlines: Mapping[str, tuple[str, ...]]
    concepts: Mapping[str, tuple[str, ...]]
    people: Mapping[str, Kind]
    fingerprint: str


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
    said = [FORM, sorted((one.says, *one.situations) for one in examples), sorted(benefits), sorted(concepts.items())]
    fingerprint = hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:24]
    people = {name: _kind(name, told) for name, told in _read(folder / "people.yaml").items()}
    return Sayings(tuple(examples), benefits, hotlines, concepts, people, fingerprint)


def _read(path: Path) -> dict:
    with path.open(encoding="utf-8") as file:
        told = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if not isinstance(told, dict):
        raise SayingsError(f"{path.name}: must be a mapping")
    return told


def _kind(name: str, told: Mapping) -> Kind:
    try:
        span = told.get("ages")
        ages = (int(span[0]), int(span[1])) if span else None
        return Kind(tuple(str(told["words"]).split()), ages, tuple(told["against"]), tuple(told["benefits"]))
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise SayingsError(f"people.yaml: {name} needs words, ages (from, to), against and benefits") from wrong


def _example(situation: str, line: str) -> Example:
    return Example(_ALSO.sub("", line).strip(), tuple(dict.fromkeys([situation, *_ALSO.findall(line)])))
