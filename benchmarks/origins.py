"""What it costs to say where a finding comes from, and to work out the origins of all values.

    python benchmarks/origins.py [CHART]

Times depend on the machine; so each is printed as a ratio to one rendering of the chart, too. The finding is a port
that is out of range, in a template that is added to a copy of the chart; without it the same template has a port that
is right. ``warm`` is a run in this process, whose render worker is up, ``cold`` a process of its own. The rules about
values take part in both; what they found nothing in is not remembered here.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["TODO_LINT_CACHE_DIR"] = "off"

from todo_lint.__main__ import SWITCH_AFTER
from todo_lint.config import Config
from todo_lint.helm.profiles import ValueOptions
from todo_lint.helm.render import Rendered, Renderer
from todo_lint.helm.subcharts import whole_chart
from todo_lint.pipeline import run
from todo_lint.stages.plan_chart import plan_chart
from todo_lint.stages.render_chart import ChartRenderer
from todo_lint.stages.request import Request, Settings
from todo_lint.stages.value_origins import ChartOrigins, slim_archive

ROOT = Path(__file__).parents[1]
RUNS = 15
SERVICE = """apiVersion: v1
kind: Service
metadata:
  name: measured
spec:
  clusterIP: None
  ports:
    - port: {{ .Values.measured.port }}
"""


def least(action: Callable[[], object], runs: int = RUNS) -> float:
    """The least time of several runs, in milliseconds: what the machine did besides only adds to it."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return min(times) * 1000


def copies(chart: Path, folder: Path) -> tuple[Path, Path]:
    """Two copies of a chart, one without and one with the finding."""
    for name, port in (("right", 80), ("wrong", 99999)):
        shutil.copytree(chart, folder / name)
        (folder / name / "templates/measured.yaml").write_text(SERVICE)
        values = folder / name / "values.yaml"
        values.write_text(values.read_text() + f"\nmeasured:\n  port: {port}\n")
        (folder / name / "values.schema.json").unlink(missing_ok=True)
    return folder / "right", folder / "wrong"


def origins_of(chart: Path, renderer: Renderer) -> tuple[float, float, int]:
    """Milliseconds of one rendering and of all origins, and how many renderings those took."""
    settings = Settings(ValueOptions(), "", "default", None, (), None, False, 60.0, True)
    plan = plan_chart(str(chart), settings, Config())
    rendering = ChartRenderer(renderer, plan.chart, 600.0)
    rendered = rendering.render_all(plan.profiles).rendered
    profiles = {profile.name: profile for profile in plan.profiles}
    whole = whole_chart(plan.chart)
    archive = slim_archive(whole)
    first = profiles[next(iter(rendered))]

    def one() -> None:
        assert isinstance(renderer.attempt(archive, first.values, first.options, 20.0), Rendered)

    counts = []

    def every() -> None:
        chart_origins = ChartOrigins(rendering, whole, profiles, rendered, most_seconds=60.0)
        origins = chart_origins.of_profile(first.name)
        assert origins is not None
        origins.all()
        counts.append(chart_origins.renders)

    return least(one), least(every, 5), counts[0]


def main() -> int:
    """Print the times and ratios."""
    sys.setswitchinterval(SWITCH_AFTER)  # as todo-lint's own process has it
    chart = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "chart"
    with tempfile.TemporaryDirectory() as scratch, Renderer() as renderer:
        right, wrong = copies(chart, Path(scratch))
        rendering, every, count = origins_of(chart, renderer)
        print(f"one rendering: {rendering:.1f} ms")
        print(f"origins of all leaves: {every:.0f} ms, {every / rendering:.0f} renderings' time, {count} renderings")
        warm = [least(lambda path=path: run(Request((str(path),)), renderer)) for path in (right, wrong)]  # type: ignore[misc]
        added = warm[1] - warm[0]
        print(f"one finding, warm: {added:.1f} ms more than none, {added / rendering:.1f} renderings' time")

        def cold(path: Path) -> float:
            command = [sys.executable, "-m", "todo_lint", str(path)]
            return least(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=False), 1)

        pairs = [(cold(right), cold(wrong)) for _ in range(RUNS)]
        added = min(after for _, after in pairs) - min(before for before, _ in pairs)
        middle = statistics.median(after - before for before, after in pairs)
        times = f"{added:.0f} ms more than none (median {middle:.0f})"
        print(f"one finding, cold: {times}, {added / rendering:.0f} renderings' time")
    return 0


if __name__ == "__main__":
    sys.exit(main())
