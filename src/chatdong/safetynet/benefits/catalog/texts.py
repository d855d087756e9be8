"""The rule book as texts: read from a folder, read back into a catalog, and what differs between two of them in words."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from chatdong.engines.eligibility.book import Dated, Figure
from chatdong.safetynet.benefits.catalog import HERE, Catalog, CatalogError, load
from chatdong.safetynet.benefits.catalog.cases import differences
from chatdong.safetynet.benefits.catalog.reading import Problem

FOLDERS = ("", "benefits/", "tables/")
ENDING = ".yaml"
# What one file and all of them may weigh; the book as delivered has some 150 files of a few kilobytes.
LARGEST, MOST = 200_000, 600


def texts_of(folder: Path = HERE) -> dict[str, str]:
    """The files of a catalog by their name in it. Raises CatalogError for one that is not UTF-8."""
    found: dict[str, str] = {}
    for inside in FOLDERS:
        for path in sorted((folder / inside).glob(f"*{ENDING}")):
            try:
                found[f"{inside}{path.name}"] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError as error:
                problem = Problem(f"{inside}{path.name}", 1, "the file is not UTF-8", "save it as UTF-8")
                raise CatalogError((problem,)) from error
    return found


def is_file_name(name: str) -> bool:
    """Whether a text may stand in a catalog under this name: facts.yaml, benefits/x.yaml, tables/x.yaml."""
    inside, _slash, last = name.rpartition("/")
    stem = last.removesuffix(ENDING)
    plain = stem.replace("_", "").isalnum() and stem.isascii()
    return last.endswith(ENDING) and plain and (f"{inside}/" if inside else "") in FOLDERS


def catalog_of(texts: Mapping[str, str]) -> Catalog:
    """The catalog that texts make, held to the same strictness as the one delivered, and to its worked cases.

    Raises CatalogError with every problem: file, line, what to do.
    """
    bad = [Problem(name, 1, "this file has no place in the catalog", "benefits/<id>.yaml, tables/<id>.yaml") for name in texts
           if not is_file_name(name)]  # fmt: skip
    bad += [Problem(name, 1, "the file is too large", "split it") for name, text in texts.items() if len(text) > LARGEST]
    if bad or len(texts) > MOST:
        raise CatalogError(tuple(bad) or (Problem("", 1, "too many files", f"{MOST} at the most"),))
    with TemporaryDirectory(prefix="catalog-") as place:
        for name, text in texts.items():
            file = Path(place) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        found = load(Path(place))
    return found


def wrong_cases(found: Catalog) -> tuple[Problem, ...]:
    """Worked cases that do not come out as their file says: a change that meant something else."""
    return tuple(
        Problem(f"benefits/{key}{ENDING}", case.line, f"worked case '{case.name}': {said}", "mend the rule, or the case")
        for key, cases in found.cases.items()
        for case, said in differences(found.book, cases)
    )


def differing(old: Catalog, new: Catalog) -> list[str]:
    """What a change of texts changes, in plain Korean: figures with day and source, then benefits whose conditions differ."""
    said = [line for key in sorted({*old.book.parameters, *new.book.parameters}) for line in _figures(key, old, new)]
    for key in sorted({*old.book.benefits, *new.book.benefits}):
        before, after = old.book.benefits.get(key), new.book.benefits.get(key)
        if before is None and after is not None:
            said.append(_("새 제도: %(name)s") % {"name": after.name})
        elif after is None and before is not None:
            said.append(_("없어지는 제도: %(name)s") % {"name": before.name})
        elif before and after and (before.criteria, before.excluded_by, before.not_with) != (
            after.criteria, after.excluded_by, after.not_with,
        ):  # fmt: skip
            said.append(_("조건이 바뀜: %(name)s") % {"name": after.name})
        elif before and after and before.amount != after.amount:
            said.append(_("금액 계산이 바뀜: %(name)s") % {"name": after.name})
    if not said and old.book.fingerprint != new.book.fingerprint:
        said.append(_("물음이나 설명만 바뀝니다."))
    return said


def _figures(key: str, old: Catalog, new: Catalog) -> Iterator[str]:
    before, after = old.book.parameters.get(key), new.book.parameters.get(key)
    then = {one.since: one for one in before.figures} if before else {}
    now = {one.since: one for one in after.figures} if after else {}
    label = (after or before or Dated(key, key, ())).label
    for since in sorted({*then, *now}):
        one, other = then.get(since), now.get(since)
        if one != other:
            yield _("%(label)s (%(since)s부터): %(before)s → %(after)s") % {
                "label": label, "since": since.isoformat(), "before": _value(one), "after": _value(other),
            } + (f" · {other.cite}" if other else "")  # fmt: skip


def _value(figure: Figure | None) -> str:
    if figure is None:
        return _("없음")
    if isinstance(figure.value, tuple):
        return ", ".join(f"{one:,}" for one in figure.value)
    return f"{figure.value:,}"
