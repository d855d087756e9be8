"""docs/seeds.md keeps its word: every path it names exists, every ID stands once."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| ((?:[ABC]-F?\d+)|S\d+) \| (.+?) \| (.+?) \| (.*?) \|$", re.MULTILINE)
TOLD = re.compile(r"`([a-z_./A-Z0-9-]+)`")
IN_PACKAGE = {"web", "safetynet", "ground", "policy", "engines", "jobs", "demo", "channels", "kernel"}


def rows():
    return ROW.findall((ROOT / "docs/seeds.md").read_text(encoding="utf-8"))


def test_every_id_stands_once():
    ids = [row[0] for row in rows()]
    assert len(ids) == len(set(ids))
    assert {"A-01", "B-22", "C-06", "S20", "B-F10"} <= set(ids)
    assert len(ids) > 140


def test_what_is_built_names_where_and_its_proof():
    for seed, _what, where, proof in rows():
        assert where == "later" or proof, f"{seed} says where it is built and not which test proves it"


def test_every_path_exists():
    missing = []
    for seed, _what, where, proof in rows():
        for told in TOLD.findall(where) + TOLD.findall(proof):
            path = ROOT / "src/chatdong" / told if told.split("/")[0] in IN_PACKAGE else ROOT / told
            if "/" in told and not path.exists():
                missing.append(f"{seed}: {told}")
    assert not missing, missing
