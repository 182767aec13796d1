"""How the time of a check grows with a document: the shipped chart against documents that all of it contradicts.

Each document has statements of one form, none of which holds, so that every one of them becomes a finding. Printed is
the time for each number of statements, and its ratio to the time for half of them: 2 is growth with their number, 4
with its square. Nothing is remembered between runs.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

CHART = Path(__file__).parents[1] / "chart"
SIZES = (250, 500, 1000, 2000)
RUNS = 3
MODULE = "todo_lint"


def _data(number: int) -> str:
    return f"- `key_{number}`: `{number}`\n"


def _values(number: int) -> str:
    return f"- `frontend.key{number}`: `{number}`\n"


def _workload(number: int) -> str:
    return f"## Deployment: `part-{number}-web`\n\n- Replicas: {number % 5 + 1}\n- Port: {number + 3000}\n\n"


def _sentence(number: int) -> str:
    return f"The Service `part{number}-service` is of type ClusterIP and listens on port {number + 3000}.\n\n"


def _row(number: int) -> str:
    return f"| part-{number}-web | shop/part{number}:1.0 | {number % 5 + 1} | {number + 3000} |\n"


FORMS: dict[str, tuple[str, Callable[[int], str]]] = {
    "keys of a ConfigMap": ("## ConfigMap: app-config\n\n", _data),
    "keys of the values": ("## values.yaml\n\n", _values),
    "workloads": ("", _workload),
    "sentences": ("## Services\n\n", _sentence),
    "rows of a table": ("## Deployments\n\n| Name | Image | Replicas | Port |\n|---|---|---|---|\n", _row),
}
"""What stands before the statements of a form, and what makes one of a number."""


def _seconds(folder: Path, head: str, made: Callable[[int], str], size: int) -> float:
    """The least time in seconds of some checks of the chart against a document of so many statements."""
    document = folder / "document.md"
    document.write_text(f"# Deployment\n\n{head}" + "".join(map(made, range(size))))
    command = [sys.executable, "-m", MODULE, str(folder / "chart"), "--data-model", str(document)]
    environment = {**os.environ, "TODO_LINT_CACHE_DIR": "off"}
    taken: list[float] = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        taken.append(time.perf_counter() - start)
        if run.returncode != 1 or f"{size} errors" not in run.stdout:
            sys.exit(f"not every statement became an error: exit {run.returncode}\n{run.stdout[-500:]}{run.stderr}")
    return min(taken)


def main() -> None:
    """Print a line for each form, with times in seconds and ratios."""
    print("form".ljust(22), *(f"{size:>14}" for size in SIZES))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(CHART, folder / "chart")
        for form, (head, made) in FORMS.items():
            times = [_seconds(folder, head, made, size) for size in SIZES]
            ratios = ["", *(f"x{after / before:.1f}" for before, after in itertools.pairwise(times))]
            print(form.ljust(22), *(f"{taken:7.2f} s {ratio:>4}" for taken, ratio in zip(times, ratios, strict=True)))


if __name__ == "__main__":
    main()
