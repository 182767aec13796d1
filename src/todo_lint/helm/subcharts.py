"""A chart and its subcharts as Helm installs them: where each lies, and below which keys its values stand.

A subchart may lie in charts/ as a folder or packaged, be installed several times under aliases, and hold subcharts
itself. In a rendering it goes by its name or alias (``app/charts/ALIAS/templates/x.yaml``), not by its folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from todo_lint.errors import UserError
from todo_lint.helm.chart import Chart
from todo_lint.helm.dependencies import FOLDER
from todo_lint.helm.metadata import CHART_FILE, ChartMetadata, read_metadata
from todo_lint.records import dataclass

MAX_DEPTH = 10
MAX_PARTS = 200
PACKAGE_SUFFIX = ".tgz"


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A chart or subchart as it is installed.

    ``scope`` are the keys below which its values lie in those of the whole chart. ``folder`` is where its files lie
    in ``WholeChart.files``, empty or with a slash at its end; ``shown`` how messages name that folder.
    """

    scope: tuple[str, ...]
    folder: str
    shown: str
    metadata: ChartMetadata

    def holds(self, rendered: str) -> str | None:
        """The name inside this part of a file that Helm names ``charts/ALIAS/templates/x.yaml``, or None."""
        prefix = "".join(f"{FOLDER}{name}/" for name in self.scope)
        inner = rendered.removeprefix(prefix)
        if not rendered.startswith(prefix) or (inner.startswith(FOLDER) and "/" in inner.removeprefix(FOLDER)):
            return None
        return inner


@dataclass(frozen=True, slots=True)
class WholeChart:
    """A chart whose packaged subcharts are unpacked. ``parts`` begins with the chart itself."""

    chart: Chart
    files: Mapping[str, bytes]
    parts: tuple[ChartPart, ...]

    def source_of(self, rendered: str) -> str:
        """The file in ``files`` behind a rendered one, both named relative to the chart."""
        for part in reversed(self.parts):
            inner = part.holds(rendered)
            if inner is not None:
                return f"{part.folder}{inner}"
        return rendered

    def shown(self, file: str) -> str:
        """How messages name one of ``files``: below the path of the chart, through the package it lies in."""
        parts = [part for part in self.parts if file.startswith(part.folder)]
        part = max(parts, key=lambda part: len(part.folder), default=None)
        if part is None:
            return self.chart.place(file)
        inner = file.removeprefix(part.folder)
        return self.chart.place(f"{self._first_like(part, inner).shown}{inner}")

    def _first_like(self, part: ChartPart, inner: str) -> ChartPart:
        """The first part that is installed under the same name and has the same file.

        A subchart may lie in charts/ twice, as a folder and packaged. Helm installs either, now one, now the other.
        """
        raw = self.files.get(f"{part.folder}{inner}")
        same = (p for p in self.parts if p.scope == part.scope and self.files.get(f"{p.folder}{inner}") == raw)
        return next(same, part)


def whole_chart(chart: Chart) -> WholeChart:
    """Unpack the packaged subcharts of a chart, in memory, and say how each is installed.

    What cannot be read is left as it is: Helm says what is wrong with it when it loads the chart.
    """
    files = dict(chart.files)
    shown: dict[str, str] = {}
    _unpack_all(files, shown, chart)
    parts = list(_parts(files, shown, ChartPart((), "", "", chart.metadata)))
    return WholeChart(chart, files, tuple(parts[:MAX_PARTS]))


def _unpack_all(files: dict[str, bytes], shown: dict[str, str], chart: Chart) -> None:
    """Put the files of packaged subcharts in the place of the packages, those inside of them too."""
    for _ in range(MAX_DEPTH):
        packages = [name for name in files if _is_package(name)]
        if not packages:
            return
        for name in packages:
            _unpack(name, files, shown, chart)


def _is_package(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    return file.endswith(PACKAGE_SUFFIX) and f"{folder}/".endswith(FOLDER) and not file.startswith(("_", "."))


def _unpack(name: str, files: dict[str, bytes], shown: dict[str, str], chart: Chart) -> None:
    from todo_lint.helm.package import unpack

    data = files.pop(name)
    folder = f"{name.removesuffix(PACKAGE_SUFFIX)}/"
    try:
        inner = unpack(data, chart.place(name))
    except UserError:
        return
    shown[folder] = f"{name}/"
    files.update({f"{folder}{path}": content for path, content in inner.items()})


def _parts(files: Mapping[str, bytes], shown: Mapping[str, str], part: ChartPart) -> Iterator[ChartPart]:
    """A part and all parts below it, each subchart as often as the chart above installs it."""
    yield part
    if len(part.scope) >= MAX_DEPTH:
        return
    for folder in _folders(files, part.folder):
        try:
            metadata = read_metadata({CHART_FILE: files[f"{folder}{CHART_FILE}"]}, folder)
        except UserError:
            continue
        place = shown.get(folder) or f"{part.shown}{folder.removeprefix(part.folder)}"
        for name in _names(metadata.name, part.metadata):
            yield from _parts(files, shown, ChartPart((*part.scope, name), folder, place, metadata))


def _folders(files: Mapping[str, bytes], above: str) -> list[str]:
    """The folders of the subcharts right below a chart, by name."""
    prefix = f"{above}{FOLDER}"
    rests = (name.removeprefix(prefix) for name in files if name.startswith(prefix))
    found = {rest.partition("/")[0] for rest in rests if rest.count("/") == 1 and rest.endswith(f"/{CHART_FILE}")}
    return [f"{prefix}{name}/" for name in sorted(found) if not name.startswith(("_", "."))]


def _names(name: str, above: ChartMetadata) -> list[str]:
    """The names under which a chart installs a subchart: each alias that its dependencies give, else its own."""
    given = [dependency.alias or name for dependency in above.dependencies if dependency.name == name]
    return list(dict.fromkeys(given)) or [name]
