"""The charts that a chart depends on: those in charts/, those that ``file://`` names, and those that are missing.

``helm dependency build`` copies ``file://../common`` into charts/. That needs no network, so it is done here, in
memory. A chart is untrusted, and reading outside its folder is forbidden to it; what lies in the same repository
(the nearest folder above that holds .git, at most three levels up) may be read if it is itself a chart.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from todo_lint.errors import UserError
from todo_lint.helm.chart import Chart, load_chart
from todo_lint.helm.limits import MAX_CHART_SIZE
from todo_lint.helm.metadata import CHART_FILE, Dependency, read_metadata
from todo_lint.helm.semver import satisfies
from todo_lint.records import dataclass, replace

FOLDER = "charts/"
LOCAL = "file://"
LEVELS_UP = 3
MAX_DEPTH = 10


@dataclass(frozen=True, slots=True)
class MissingDependency:
    """A dependency that is not in charts/, and why it could not be had."""

    dependency: Dependency
    reason: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """A chart with its local dependencies in charts/, and what is missing still."""

    chart: Chart
    missing: tuple[MissingDependency, ...] = ()


class _NotResolvedError(Exception):
    """Why a local dependency cannot be had, in words that follow its name."""


def resolve_dependencies(chart: Chart) -> Resolved:
    """Put the ``file://`` dependencies that charts/ lacks into the chart, in memory, and say what is missing.

    As Helm's CLI does, only names are compared, and dependencies that are switched off must be there, too
    (pkg/action, CheckDependencies).
    """
    return _resolve(chart, ())


def _resolve(chart: Chart, above: tuple[str, ...]) -> Resolved:
    if not chart.metadata.dependencies:
        return Resolved(chart)
    present = set(vendored_names(chart))
    files = dict(chart.files)
    missing = []
    for dependency in chart.metadata.dependencies:
        if dependency.name in present:
            continue
        try:
            local = _load_local(chart, dependency, above)
        except _NotResolvedError as error:
            missing.append(MissingDependency(dependency, str(error)))
            continue
        present.add(dependency.name)
        files.update({f"{FOLDER}{dependency.name}/{name}": data for name, data in local.files.items()})
    if sum(map(len, files.values())) > MAX_CHART_SIZE:
        raise UserError(f"the chart and its local dependencies exceed {MAX_CHART_SIZE >> 20} MiB", file=chart.path)
    return Resolved(replace(chart, files=files), tuple(missing))


def vendored_names(chart: Chart) -> Iterator[str]:
    """The names of the charts in charts/: folders and packages, apart from those that begin with ``_`` or ``.``."""
    for name, data in chart.files.items():
        parts = name.split("/")
        if parts[0] != "charts" or len(parts) < 2 or parts[1].startswith(("_", ".")):
            continue
        try:
            if len(parts) == 3 and parts[2] == CHART_FILE:
                yield read_metadata({CHART_FILE: data}, f"{chart.path}/{FOLDER}{parts[1]}").name
            elif len(parts) == 2 and name.endswith(".tgz"):
                yield _packaged_name(data, chart.place(name))
        except UserError:
            continue  # Helm says what is wrong with it when it loads the chart


def _packaged_name(data: bytes, place: str) -> str:
    from todo_lint.helm.package import unpack

    files = unpack(data, place)
    return read_metadata(files, place).name if CHART_FILE in files else ""


def _load_local(chart: Chart, dependency: Dependency, above: tuple[str, ...]) -> Chart:
    """The chart that a ``file://`` dependency names, with its own local dependencies."""
    if not dependency.repository.startswith(LOCAL):
        raise _NotResolvedError("it is not in this repository, and nothing is fetched")
    if chart.packaged:
        raise _NotResolvedError("a packaged chart cannot refer to a folder")
    here = os.path.realpath(chart.path)
    target = os.path.realpath(Path(here, dependency.repository.removeprefix(LOCAL)))
    root = _readable_root(here)
    if not Path(target).is_relative_to(root):
        raise _NotResolvedError(f"{dependency.repository} lies outside of the repository and is not read")
    if target == here or target in above:
        raise _NotResolvedError(f"{dependency.repository} leads back to a chart that depends on it")
    if len(above) >= MAX_DEPTH:
        raise _NotResolvedError(f"its dependencies are nested more than {MAX_DEPTH} deep")
    try:
        local = load_chart(str(target))
    except UserError as error:
        raise _NotResolvedError(f"{dependency.repository}: {error.message}") from error
    _check_fits(local, dependency)
    return _resolve(local, (*above, here)).chart


def _check_fits(local: Chart, dependency: Dependency) -> None:
    if local.metadata.name != dependency.name:
        raise _NotResolvedError(f'{dependency.repository} holds a chart named "{local.metadata.name}"')
    if dependency.version and not satisfies(local.metadata.version, dependency.version):
        raise _NotResolvedError(
            f"{dependency.repository} holds version {local.metadata.version or '(none)'}, "
            f"which is not in {dependency.version}"
        )


def _readable_root(here: str) -> str:
    """The folder within which a chart may name others: its repository, or itself where there is none."""
    folder = Path(here)
    for candidate in (folder, *list(folder.parents)[:LEVELS_UP]):
        if (candidate / ".git").exists():
            return str(candidate)
    return here
