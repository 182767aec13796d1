"""Holds todo-lint's verdict on objects against recorded verdicts of a real API server.

    python benchmarks/verdicts.py [FOLDER] [--misses N]

FOLDER holds verdicts-VERSION.jsonl.gz and bases/ (default: shared/verdicts beside the checkout). Each case is a
base manifest with a patch; the server said of it accepted, or refused with fields. Printed are: agreement, refusals
caught, accepted ones refused, and in how many of the refusals with a field todo-lint blames that field. With
--misses the first N cases of each kind of disagreement are printed, too.
"""

from __future__ import annotations

import argparse
import copy
import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from todo_lint.kubernetes.problems import Checked
from todo_lint.kubernetes.validate import check_object
from todo_lint.kubernetes_yaml.document import Json

DEFAULT = Path(__file__).resolve().parent.parent.parent / "shared" / "verdicts"


@dataclass(slots=True)
class Measurement:
    """Counts of cases, and the cases in which todo-lint and the server disagree."""

    cases: int = 0
    refused: int = 0
    caught: int = 0
    accepted: int = 0
    wrongly_refused: list[dict[str, Any]] = field(default_factory=list)
    missed: list[dict[str, Any]] = field(default_factory=list)
    invalid: int = 0
    same_field: int = 0
    other_field: list[dict[str, Any]] = field(default_factory=list)
    skipped: int = 0

    def lines(self) -> list[str]:
        """Return the figures as lines of text."""
        agreed = self.caught + self.accepted - len(self.wrongly_refused)
        return [
            f"cases                   {self.cases}",
            f"agreement               {_percent(agreed, self.cases)}",
            f"refusals caught         {_percent(self.caught, self.refused)}",
            f"accepted ones refused   {len(self.wrongly_refused)} of {self.accepted}",
            f"field agreement (422)   {_percent(self.same_field, self.invalid)}",
            f"skipped                 {self.skipped}",
        ]


def load_bases(folder: Path) -> dict[str, Json]:
    """Return the base manifests by FILE#INDEX."""
    import yaml

    bases: dict[str, Json] = {}
    for path in sorted(folder.glob("*.yaml")):
        documents = [doc for doc in yaml.safe_load_all(path.read_text(encoding="utf-8")) if doc]
        bases.update({f"{path.stem}#{number}": document for number, document in enumerate(documents)})
    return bases


def apply_patch(document: Any, patch: list[dict[str, Any]]) -> Any:
    """Return a copy of the document with the operations of RFC 6902 add, replace and remove done to it."""
    document = copy.deepcopy(document)
    for operation in patch:
        steps = [step.replace("~1", "/").replace("~0", "~") for step in operation["path"].split("/")[1:]]
        if not steps:
            document = copy.deepcopy(operation.get("value"))
            continue
        at = document
        for step in steps[:-1]:
            at = at[int(step)] if isinstance(at, list) else at[step]
        _change(at, steps[-1], operation)
    return document


def _change(at: Any, step: str, operation: dict[str, Any]) -> None:
    kind, value = operation["op"], copy.deepcopy(operation.get("value"))
    if kind == "remove":
        del at[int(step) if isinstance(at, list) else step]
    elif isinstance(at, list) and step == "-":
        at.append(value)
    elif isinstance(at, list) and kind == "add":
        at.insert(int(step), value)
    else:
        at[int(step) if isinstance(at, list) else step] = value


def load_cases(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (minor version, case) of every verdicts-VERSION.jsonl.gz in the folder."""
    for path in sorted(folder.glob("verdicts-*.jsonl.gz")):
        version = path.name.removeprefix("verdicts-").removesuffix(".jsonl.gz")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield version, json.loads(line)


def measure(folder: Path) -> Measurement:
    """Run todo-lint over every case of the folder."""
    bases = load_bases(folder / "bases")
    result = Measurement()
    for version, case in load_cases(folder):
        _count(result, case, check_object(apply_patch(bases[case["base"]], case["patch"]), version))
    return result


def _count(result: Measurement, case: dict[str, Any], verdict: object) -> None:
    result.cases += 1
    problems = [p for p in verdict.problems if p.refused] if isinstance(verdict, Checked) else []
    result.skipped += not isinstance(verdict, Checked)
    case["ours"] = [(p.rule, p.field, p.message) for p in problems]
    if case["accepted"]:
        result.accepted += 1
        if problems:
            result.wrongly_refused.append(case)
        return
    result.refused += 1
    result.caught += bool(problems)
    if not problems:
        result.missed.append(case)
    if case["code"] == 422 and case["causes"]:
        result.invalid += 1
        blamed = {cause["field"] for cause in case["causes"]}
        if blamed & {p.field for p in problems}:
            result.same_field += 1
        elif problems:
            result.other_field.append(case)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} % ({part} of {whole})" if whole else "no case"


def main(arguments: list[str]) -> int:
    """Print the figures; return 1 when there are no verdicts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--misses", type=int, default=0, metavar="N")
    options = parser.parse_args(arguments)
    result = measure(options.folder)
    if not result.cases:
        print(f"no verdicts in {options.folder}", file=sys.stderr)
        return 1
    print("\n".join(result.lines()))
    for title, cases in (
        ("wrongly refused", result.wrongly_refused),
        ("missed", result.missed),
        ("another field", result.other_field),
    ):
        for case in cases[: options.misses]:
            print(f"\n{title}: {json.dumps(case, ensure_ascii=False)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
