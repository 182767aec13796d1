"""How much of what charts render can be traced to the lines of their templates.

    python benchmarks/source_map.py FOLDER...

Every chart below the folders is rendered in all its profiles. It prints, for each chart that renders, how many files
and lines are mapped exactly, and the sum. A subchart that is missing in charts/ is taken from a folder of its name
beside the chart, where there is one, since repositories of charts often hold the library that their charts share.
What differs between two renderings without marks, too (generated passwords and their checksums), is set aside word
by word. A file whose lines are the same but for lines that differ by themselves is counted as random, where more than
those words differ there: its lines are known, apart from those.

``--sample N`` prints N mapped lines, drawn with a fixed seed, beside their template lines, to be checked by eye.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from todo_lint.errors import TodoLintError
from todo_lint.findings import Exactness
from todo_lint.helm.archive import pack_files
from todo_lint.helm.chart import Chart, load_chart
from todo_lint.helm.checks import check_chart
from todo_lint.helm.dependencies import resolve_dependencies
from todo_lint.helm.profiles import ProfileOptions, profiles_of
from todo_lint.helm.render import Rendered, Renderer
from todo_lint.helm.source_map import TemplateMap, mark_chart, read_map
from todo_lint.helm.subcharts import WholeChart, whole_chart
from todo_lint.kubernetes.schemas import schema_store
from todo_lint.kubernetes.versions import LATEST
from todo_lint.records import replace

DEADLINE = 30.0
_WORDS = {"exact": "exact", "random": "random", "lines": "by line", "file": "not mapped"}
LEAST_SHARE = 0.99


@dataclass
class Score:
    """Files and lines by how they are mapped, and mapped lines to draw a sample from."""

    files: Counter[str] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)
    sample: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        self.files += other.files
        self.lines += other.lines
        self.sample += other.sample


def charts_below(folders: list[Path]) -> Iterator[Path]:
    """The charts below folders that are no subcharts of another."""
    for folder in folders:
        for file in sorted(folder.rglob("Chart.yaml")):
            if "charts" not in file.relative_to(folder).parts[:-2] or not _inside_chart(file.parent):
                yield file.parent


def _inside_chart(folder: Path) -> bool:
    return any((above / "Chart.yaml").exists() for above in folder.parents if above.name != "charts")


def with_neighbours(chart: Chart) -> Chart | None:
    """The chart with its missing subcharts taken from beside it; None where one is not there."""
    resolved = resolve_dependencies(chart)
    files = dict(resolved.chart.files)
    for missing in resolved.missing:
        neighbour = Path(chart.path).parent / missing.dependency.name
        if not (neighbour / "Chart.yaml").exists():
            return None
        inner = load_chart(str(neighbour))
        files.update({f"charts/{missing.dependency.name}/{name}": data for name, data in inner.files.items()})
    return replace(resolved.chart, files=files)


def score_chart(path: Path, renderer: Renderer) -> Score | None:
    """The score of a chart over all its profiles; None where it cannot be rendered with any."""
    chart = with_neighbours(load_chart(str(path)))
    if chart is None or any(problem.stops for problem in check_chart(chart.metadata, (), LATEST)):
        return None
    whole = whole_chart(chart)
    marked = mark_chart(whole.files)
    plain_archive, marked_archive = (pack_files(chart.metadata.name, f) for f in (whole.files, marked.files))
    apis = tuple(schema_store(LATEST).api_versions())
    total = Score()
    for profile in profiles_of(chart, ProfileOptions(LATEST, api_versions=apis)):
        plain = renderer.render(plain_archive, profile.values, profile.options, DEADLINE, chart)
        if not isinstance(plain, Rendered):
            continue
        again = renderer.render(marked_archive, profile.values, profile.options, DEADLINE, chart)
        texts = again.files if isinstance(again, Rendered) else {}
        once_more = renderer.render(plain_archive, profile.values, profile.options, DEADLINE, chart)
        others = once_more.files if isinstance(once_more, Rendered) else {}
        for name, text in plain.files.items():
            found = read_map(text, texts.get(name), marked.marks, others.get(name))
            random_lines = differing(text, others.get(name, ""))
            total.add(score_file(text, found, random_lines, whole))
    return total if total.files else None


def differing(one: str, other: str) -> set[int]:
    """The numbers, from 1, of the lines in which two renderings differ."""
    pairs = zip(one.split("\n"), other.split("\n"), strict=False)
    return {number for number, (line, again) in enumerate(pairs, start=1) if line != again}


def score_file(text: str, found: TemplateMap, random_lines: set[int], whole: WholeChart) -> Score:
    """The score of one rendered file; ``random_lines`` differ with each rendering."""
    by_itself = found.exactness is Exactness.LINES and found.differing <= random_lines
    score = Score(Counter(["random" if by_itself else found.exactness.value]))
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = found.find(number, len(line) - len(line.lstrip()) + 1)
        exactness = found.exactness_at(number).value if place else Exactness.FILE.value
        if exactness == Exactness.LINES and number in random_lines:
            exactness = "random"
        score.lines[exactness] += 1
        if place:
            source = whole.files[place.file].decode("utf-8", "replace").split("\n")[place.line - 1]
            score.sample.append(f"{whole.shown(place.file)}:{place.line}\n    {line}\n    {source}")
    return score


def shares(counts: Counter[str]) -> str:
    total = sum(counts.values()) or 1
    found = ", ".join(f"{counts[kind]} {words}" for kind, words in _WORDS.items() if counts[kind])
    return (
        f"{found} of {total}: {counts['exact'] / total:.2%} exact, {known(counts) / total:.2%} with the random ones"
    )


def known(counts: Counter[str]) -> int:
    return counts["exact"] + counts["random"]


def main() -> int:
    """Print the scores. The exit code is 1 where fewer than 99 % of the files are mapped."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, default=0, metavar="N")
    parser.add_argument("--most", type=int, default=1000, metavar="CHARTS", help="draw evenly")
    asked = parser.parse_args()
    total, charts, left = Score(), 0, 0
    with Renderer() as renderer:
        every = list(charts_below(asked.folders))
        for path in every[:: max(1, len(every) // asked.most)]:
            try:
                score = score_chart(path, renderer)
            except TodoLintError:
                score = None
            if score is None:
                left += 1
                continue
            charts += 1
            total.add(score)
            if known(score.files) < sum(score.files.values()):
                print(f"{path}: files {shares(score.files)}")
    for shown in random.Random(5).sample(total.sample, min(asked.sample, len(total.sample))):  # noqa: S311
        print(shown)
    print(f"{charts} charts, {left} more do not render with any of their profiles")
    print(f"files: {shares(total.files)}")
    print(f"lines: {shares(total.lines)}")
    return int(known(total.files) < LEAST_SHARE * sum(total.files.values()))


if __name__ == "__main__":
    sys.exit(main())
