"""Every address says who may open it, and no page loads anything from outside."""

import re

import pytest
from django.urls import URLPattern, get_resolver
from tests.house.sources import ROOT, SRC, name_of

# Names of vocabularies, not places to load from.
NAMESPACES = ("http://www.w3.org/",)
OUTSIDE = re.compile(r"(?:https?:)?//(?=[\w-]+\.)[\w.-]+[^\s\"'`)]*")
LINK = re.compile(r"<a\b[^>]*\bhref=\"https://[^\"]*\"")


def patterns(resolver=None, before: str = ""):
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route, entry.callback
        else:
            yield from patterns(entry, route)


def test_every_view_is_gated_or_said_to_be_public():
    found = list(patterns())
    assert len(found) > 20
    assert [route for route, view in found if not hasattr(view, "gate")] == []


def test_staff_addresses_are_never_public():
    assert [route for route, view in patterns() if route.startswith("staff/") and view.gate is None] == []


def test_staff_views_name_a_right():
    # An address open to everybody who works here stands in this list, with its reason.
    everybody = re.compile(r"^staff/notices")  # one's own notices
    assert [
        route for route, view in patterns() if route.startswith("staff/") and not view.gate and not everybody.match(route)
    ] == []


def pages():
    suffixes = {".html", ".js", ".css", ".svg"}
    return sorted(path for path in (SRC / "web").rglob("*") if path.suffix in suffixes)


def outside_of(text: str) -> list[str]:
    """Addresses a page would load from; links that a person may follow are not among them."""
    text = re.sub(r"\{#.*?#\}|/\*.*?\*/", "", LINK.sub("", text), flags=re.S)
    return [found for found in OUTSIDE.findall(text) if not found.startswith(NAMESPACES)]


def test_no_page_names_an_outside_address():
    assert len(pages()) > 20
    bad = {name_of(path): found for path in pages() if (found := outside_of(path.read_text(encoding="utf-8")))}
    assert bad == {}


def test_the_outside_test_can_fail():
    assert outside_of('<script src="https://cdn.example.com/x.js">') == ["https://cdn.example.com/x.js"]
    assert outside_of("@import url(//fonts.example.com/a.css)") == ["//fonts.example.com/a.css"]
    assert outside_of('<svg xmlns="http://www.w3.org/2000/svg"> // a comment') == []


def test_no_inline_script_or_style():
    """The content-security-policy allows neither; a page with one would break silently."""
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:json|ld\+json)\")|<style|\son[a-z]+=\"|\sstyle=\"", re.I
    )
    bad = [name_of(path) for path in pages() if path.suffix == ".html" and inline.search(path.read_text(encoding="utf-8"))]
    assert bad == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock", "requirements-uv.lock"])
def test_locks_have_hashes_and_no_addresses(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    blocks = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", text, flags=re.M).strip())
    assert blocks
    assert [
        block.split()[0] for block in blocks if not re.match(r"[\w.\[\],-]+==\S+", block) or "--hash=sha256:" not in block
    ] == []


def test_no_file_names_a_registry():
    hosts = re.compile(
        "|".join(("py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.org", "registry" + r"\.npm", "--index" + "-url"))
    )
    suffixes = {".py", ".toml", ".lock", ".md", ".sh", ".cfg", ".ini", ".html", ".js", ".css", ".json", ".yaml", ".yml", ""}
    skipped = {".git", ".venv", "var", "node_modules", "__pycache__"}
    bad = []
    for path in ROOT.rglob("*"):
        inside = path.relative_to(ROOT)
        if skipped & set(inside.parts) or inside.parts[0].endswith("_cache") or not path.is_file() or path.suffix not in suffixes:
            continue
        if inside.name != "uv.lock" and hosts.search(path.read_text(encoding="utf-8", errors="ignore")):
            bad.append(str(inside))
    assert bad == []
