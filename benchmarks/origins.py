"""What it costs to say where a finding comes from, and to work out the origins of all values.

    python benchmarks/origins.py [CHART] [--pairs N]

Times depend on the machine; so each is printed as a ratio to one rendering of the chart, too. The finding is a port
that is out of range, in a template that is added to a copy of the chart; without it the same template has a port that
is right. ``warm`` is a run in this process, whose render worker is up, ``cold`` a process of its own. The rules about
values take part in both; what they found nothing in is not remembered here.

What else runs on the machine changes from second to second. So what is compared is measured in turn, and what counts
is the median of the differences of pairs that were measured one right after the other. Beside it stand the difference
of the two least times, and the processor time, which other programs disturb less: that of this process and of the
render worker together (cold: of the process that is started, without its worker).

The exit code is 1 where a median is above its limit: 10 ms warm, 60 ms cold, 200 ms for the origins of all values.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
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
PAIRS = 40
ORIGINS_RUNS = 15
MOST_WARM, MOST_COLD, MOST_ORIGINS = 10.0, 60.0, 200.0  # milliseconds
SERVICE = """apiVersion: v1
kind: Service
metadata:
  name: measured
spec:
  clusterIP: None
  ports:
    - port: {{ .Values.measured.port }}
"""


@dataclass(frozen=True)
class Times:
    """Milliseconds of one run: on the clock, and of processors."""

    clock: float
    processors: float


@dataclass(frozen=True)
class Difference:
    """What one thing takes longer than another, in milliseconds, over pairs of runs that follow each other."""

    median: float
    least: float
    processors: float

    def __str__(self) -> str:
        return (
            f"{self.median:.1f} ms more than none (median of pairs; least against least {self.least:.1f}; "
            f"processors {self.processors:.1f})"
        )


def worker_seconds(renderer: Renderer) -> float:
    """Seconds of processors that the render worker has used, where the system tells them of a running process."""
    engine = renderer._engine
    tasks = Path(f"/proc/{getattr(engine, 'pid', None)}/task")
    try:
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e9
    except OSError:
        return 0.0


def times(action: Callable[[], object], processors: Callable[[], float]) -> Times:
    """Run something once; ``processors`` tells the seconds of processors that were used until now."""
    used, started = processors(), time.perf_counter()
    action()
    took = time.perf_counter() - started
    return Times(took * 1000, (processors() - used) * 1000)


def difference(one: Callable[[], Times], other: Callable[[], Times], pairs: int) -> Difference:
    """How much longer the other takes. Which of a pair comes first changes from pair to pair."""
    found = []
    for number in range(pairs):
        if number % 2:
            after, before = other(), one()
        else:
            before, after = one(), other()
        found.append((before, after))
    return Difference(
        statistics.median(after.clock - before.clock for before, after in found),
        min(after.clock for _, after in found) - min(before.clock for before, _ in found),
        statistics.median(after.processors - before.processors for before, after in found),
    )


def copies(chart: Path, folder: Path) -> tuple[Path, Path]:
    """Two copies of a chart, one without and one with the finding."""
    for name, port in (("right", 80), ("wrong", 99999)):
        shutil.copytree(chart, folder / name)
        (folder / name / "templates/measured.yaml").write_text(SERVICE)
        values = folder / name / "values.yaml"
        values.write_text(values.read_text() + f"\nmeasured:\n  port: {port}\n")
        (folder / name / "values.schema.json").unlink(missing_ok=True)
    return folder / "right", folder / "wrong"


def origins_of(chart: Path, renderer: Renderer) -> tuple[float, list[Times], int]:
    """The median of one rendering in milliseconds, the times of all origins, and how many renderings those took."""
    settings = Settings(ValueOptions(), "", "default", None, (), None, False, 60.0, True)
    plan = plan_chart(str(chart), settings, Config())
    rendering = ChartRenderer(renderer, plan.chart, 600.0)
    rendered = rendering.render_all(plan.profiles).rendered
    profiles = {profile.name: profile for profile in plan.profiles}
    whole = whole_chart(plan.chart)
    archive = slim_archive(whole)
    first = profiles[next(iter(rendered))]
    counts = []

    def one() -> None:
        assert isinstance(renderer.attempt(archive, first.values, first.options, 20.0), Rendered)

    def every() -> None:
        chart_origins = ChartOrigins(rendering, whole, profiles, rendered, most_seconds=60.0)
        origins = chart_origins.of_profile(first.name)
        assert origins is not None
        origins.all()
        counts.append(chart_origins.renders)

    def processors() -> float:
        return time.process_time() + worker_seconds(renderer)

    ones = [times(one, processors) for _ in range(PAIRS)]
    return (
        statistics.median(t.clock for t in ones),
        [times(every, processors) for _ in range(ORIGINS_RUNS)],
        counts[0],
    )


def warm(right: Path, wrong: Path, renderer: Renderer, pairs: int) -> Difference:
    """What the finding adds to a run in this process."""

    def measured(path: Path) -> Times:
        return times(
            lambda: run(Request((str(path),)), renderer), lambda: time.process_time() + worker_seconds(renderer)
        )

    for path in (right, wrong):
        measured(path)
    return difference(lambda: measured(right), lambda: measured(wrong), pairs)


def cold(right: Path, wrong: Path, pairs: int) -> Difference:
    """What the finding adds to a run in a process of its own."""

    def processors() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    def measured(path: Path) -> Times:
        command = [sys.executable, "-m", "todo_lint", str(path)]
        return times(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=False), processors)

    for path in (right, wrong):
        measured(path)
    return difference(lambda: measured(right), lambda: measured(wrong), pairs)


def verdict(value: float, most: float) -> str:
    """Whether a limit is kept, in words."""
    return f"at most {most:.0f}: {'kept' if value <= most else 'NOT KEPT'}"


def main() -> int:
    """Print the times and ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("chart", nargs="?", type=Path, default=ROOT / "chart")
    parser.add_argument("--pairs", type=int, default=PAIRS, help="runs with and without the finding")
    asked = parser.parse_args()
    sys.setswitchinterval(SWITCH_AFTER)  # as todo-lint's own process has it
    with tempfile.TemporaryDirectory() as scratch, Renderer() as renderer:
        right, wrong = copies(asked.chart, Path(scratch))
        rendering, every, count = origins_of(asked.chart, renderer)
        clock = statistics.median(t.clock for t in every)
        used = statistics.median(t.processors for t in every)
        print(f"one rendering: {rendering:.1f} ms")
        shown = f"{clock:.0f} ms (least {min(t.clock for t in every):.0f}; processors {used:.0f})"
        ratio = f"{clock / rendering:.0f} renderings' time, {count} renderings"
        print(f"origins of all leaves: {shown}, {ratio}; {verdict(clock, MOST_ORIGINS)}")
        added = warm(right, wrong, renderer, asked.pairs)
        ratio = f"{added.median / rendering:.1f} renderings' time"
        print(f"one finding, warm: {added}, {ratio}; {verdict(added.median, MOST_WARM)}")
        added_cold = cold(right, wrong, asked.pairs)
        ratio = f"{added_cold.median / rendering:.0f} renderings' time"
        print(f"one finding, cold: {added_cold}, {ratio}; {verdict(added_cold.median, MOST_COLD)}")
    return int(clock > MOST_ORIGINS or added.median > MOST_WARM or added_cold.median > MOST_COLD)


if __name__ == "__main__":
    sys.exit(main())
