"""For those who write benefits: reads the files, and runs the worked cases of the named benefits (all when none is named).

`python -m chatdong.safetynet.benefits.catalog living_benefit` prints file:line: what is wrong: what to do; 1 if anything is.
"""

import sys
from collections.abc import Sequence

from chatdong.safetynet.benefits.catalog import NOBODYS, Catalog, read
from chatdong.safetynet.benefits.catalog.cases import differences
from chatdong.safetynet.benefits.catalog.reading import Problem


def main(named: Sequence[str]) -> int:
    """Prints what is wrong with the named benefits; 1 if anything is."""
    found, problems = read()
    unknown = [key for key in named if key not in found.book.benefits]
    wanted = [key for key in named if key not in unknown] or ([] if named else list(found.book.benefits))
    files = {f"benefits/{key}.yaml" for key in wanted}
    shown = [one for one in problems if one.file in files or not named]
    for key in unknown:
        print(f"benefits/{key}.yaml:1: there is no such file: write it")
    ran = 0
    for key in wanted:
        if found.book.benefits[key].criteria != NOBODYS:
            ran += len(found.cases[key])
            shown += failures(found, key)
    for one in sorted(shown):
        print(one)
    elsewhere = sorted({one.file for one in problems} - files) if named else []
    if elsewhere:
        print(f"(wrong elsewhere, and taken as benefits that nobody gets: {', '.join(elsewhere)})")
    print(f"{len(wanted)} benefits, {ran} cases run, {len(shown) + len(unknown)} problems")
    return 1 if shown or unknown else 0


def failures(found: Catalog, key: str) -> list[Problem]:
    """Cases of a benefit that come out otherwise, as problems of its file."""
    return [
        Problem(f"benefits/{key}.yaml", case.line, f"the case '{case.name}': {said}", "mend the rule or the case")
        for case, said in differences(found.book, found.cases[key])
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
