"""Holds todo-lint against cases that two Kubernetes versions judge otherwise, at both of them.

    python benchmarks/versions.py [FOLDER] [--misses N]

FOLDER holds differs-OLD.jsonl.gz and bases/ (default: shared/verdicts beside the checkout). Each case is a base
manifest with a patch, and what servers of an older and a newer version said of it (``accepted_1.30``,
``accepted_1.37``). One run of todo-lint over all versions between them is asked for its verdict at both ends. Printed
are: cases right at both ends, accepted ones refused, and refusals missed. With --misses the first N wrong cases are
printed, too.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from todo_lint.kubernetes.problems import Checked, Piece
from todo_lint.kubernetes.validate import check_versions
from todo_lint.kubernetes.versions import minor_of, parse_versions
from verdicts import DEFAULT, apply_patch, load_bases  # type: ignore[import-not-found]  # beside this script

MARK = "accepted_"


@dataclass(slots=True)
class Measurement:
    """Counts of cases, and those that came out wrong at some version."""

    cases: int = 0
    right: int = 0
    wrongly_refused: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    missed: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return the figures as lines of text."""
        return [
            f"cases                   {self.cases}",
            f"right at both ends      {self.right} ({100 * self.right / self.cases:.2f} %)",
            f"accepted ones refused   {len(self.wrongly_refused)}",
            f"refusals missed         {len(self.missed)}",
        ]


def load_cases(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the cases of every differs-VERSION.jsonl.gz in the folder."""
    for path in sorted(folder.glob("differs-*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def measure(folder: Path) -> Measurement:
    """Run todo-lint over every case of the folder."""
    bases = load_bases(folder / "bases")
    result = Measurement()
    for case in load_cases(folder):
        expected = {key.removeprefix(MARK): accepted for key, accepted in case.items() if key.startswith(MARK)}
        ends = sorted(expected, key=minor_of)
        versions = parse_versions(f"{ends[0]}-{ends[-1]}")
        pieces = check_versions(apply_patch(bases[case["base"]], case["patch"]), versions)
        wrong = [version for version in ends if accepts(pieces, version) is not expected[version]]
        for version in wrong:
            (result.wrongly_refused if expected[version] else result.missed).append((version, case))
        result.cases += 1
        result.right += not wrong
    return result


def accepts(pieces: tuple[Piece, ...], version: str) -> bool | None:
    """Whether a server of a version takes the object; None where it was not checked."""
    minor = minor_of(version)
    piece = next(piece for piece in pieces if minor_of(piece.oldest) <= minor <= minor_of(piece.newest))
    if not isinstance(piece.verdict, Checked):
        return None
    return not any(problem.refused for problem in piece.verdict.problems)


def main(arguments: list[str]) -> int:
    """Print the figures; return 1 when there are no cases."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--misses", type=int, default=0, metavar="N")
    options = parser.parse_args(arguments)
    result = measure(options.folder)
    if not result.cases:
        print(f"no cases in {options.folder}", file=sys.stderr)
        return 1
    print("\n".join(result.lines()))
    for title, cases in (("accepted, but refused", result.wrongly_refused), ("missed", result.missed)):
        for version, case in cases[: options.misses]:
            print(f"\n{title} at {version}: {json.dumps(case, ensure_ascii=False)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
