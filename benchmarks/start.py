"""From a cold start to the verdict on one chart: todo-lint against helm and kubeconform, and against bare Python.

Each run is a new process (or pipeline of processes). The commands are run in turn, A B C A B C ..., so that a
machine that slows down slows all of them; medians, minima and the ratios of medians are printed. todo-lint is run
twice: on a chart that is as it was at an earlier run, and with nothing remembered of any (TODO_LINT_CACHE_DIR=off).
helm and kubeconform are taken from PATH or from --helm and --kubeconform; without them their row is left out.
kubeconform is given standalone schemas of the same version, on disk, made before the clock starts.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from todo_lint.kubernetes.schemas import schema_store
from todo_lint.kubernetes.versions import LATEST

ROOT = Path(__file__).parents[1]
CHART = ROOT / "chart"
VALUES = CHART / "ci" / "minimal-values.yaml"
KINDS = (("apps/v1", "Deployment"), ("v1", "Service"), ("v1", "ConfigMap"), ("v1", "Secret"), ("v1", "Pod"))


def write_schemas(folder: Path) -> str:
    """Write standalone strict schemas of the chart's kinds, and return kubeconform's -schema-location for them."""
    store = schema_store(LATEST)
    for api_version, kind in KINDS:
        group = api_version.replace("/", "-").lower()
        (folder / f"{kind.lower()}-{group}.json").write_text(json.dumps(store.schema(api_version, kind)))
    return f"{folder}/{{{{ .ResourceKind }}}}{{{{ .KindSuffix }}}}.json"


UNCHANGED = "todo-lint chart/, unchanged"
NOTHING_KNOWN = "todo-lint chart/, nothing known"


def commands(helm: str | None, kubeconform: str | None, folder: Path) -> dict[str, list[str]]:
    """The commands to measure, by name."""
    tool = shutil.which("todo-lint", path=str(Path(sys.executable).parent)) or "todo-lint"
    measured = {UNCHANGED: [tool, str(CHART)], NOTHING_KNOWN: [tool, str(CHART)]}
    measured["python -c pass"] = [sys.executable, "-c", "pass"]
    if helm and kubeconform:
        location = write_schemas(folder)
        pipe = f'"{helm}" template "{CHART}" -f "{VALUES}" | "{kubeconform}" -strict -schema-location "{location}"'
        measured["helm template | kubeconform"] = ["sh", "-c", pipe]
    return measured


def seconds(command: list[str], cache: str) -> float:
    """The wall time of one run. The run must succeed, else it measures something else."""
    environment = _environment(cache)
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - started


def _environment(cache: str) -> dict[str, str]:
    """Byte code may be written, as it is by every installation."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "TODO_LINT_CACHE_DIR": cache}


def main() -> int:
    """Measure and print. Returns the exit code."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--runs", type=int, default=15)
    options.add_argument("--helm", default=shutil.which("helm"))
    options.add_argument("--kubeconform", default=shutil.which("kubeconform"))
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = commands(asked.helm, asked.kubeconform, Path(folder))
        caches = dict.fromkeys(measured, "off") | {UNCHANGED: f"{folder}/cache"}
        for name, command in measured.items():
            seconds(command, caches[name])
        times: dict[str, list[float]] = {name: [] for name in measured}
        for _ in range(asked.runs):
            for name, command in measured.items():
                times[name].append(seconds(command, caches[name]))
    ours = [statistics.median(times[name]) for name in (UNCHANGED, NOTHING_KNOWN)]
    print(f"{'':34}{'median ms':>10}{'min ms':>8}{'unchanged / this':>18}{'nothing known / this':>22}")
    for name, found in times.items():
        median = statistics.median(found)
        ratios = f"{ours[0] / median:18.2f}{ours[1] / median:22.2f}"
        print(f"{name:34}{median * 1000:10.0f}{min(found) * 1000:8.0f}{ratios}")
    print(f"{asked.runs} runs each")
    if len(measured) < 4:
        print("helm and kubeconform are not both on PATH: that comparison was left out")
    return 0


if __name__ == "__main__":
    sys.exit(main())
