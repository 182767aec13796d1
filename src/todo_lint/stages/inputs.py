"""What the user named becomes units of work: charts, and sets of manifest files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from todo_lint.config import FILE_NAME
from todo_lint.errors import TodoLintError, UserError
from todo_lint.findings import Skip
from todo_lint.helm.chart import is_chart
from todo_lint.records import dataclass
from todo_lint.stages.paths import Paths

STDIN = "-"
STDIN_NAME = "<stdin>"
MANIFEST_SUFFIXES = (".yaml", ".yml", ".json")
MOST_NAMED = 5
_NO_MANIFESTS = frozenset((".git", FILE_NAME))
_SILENT = "no manifest"
_CAPITALS = "kubectl as well reads .yaml, .yml and .json in small letters only"


@dataclass(frozen=True, slots=True)
class ChartUnit:
    """A chart, in a folder or packaged. ``named`` is False for one that was found in a folder."""

    path: str
    named: bool = True


@dataclass(frozen=True, slots=True)
class ManifestUnit:
    """Manifest files. ``named`` is False for files found in a folder, which may hold other YAML as well.

    ``skipped`` lists what in the folder was passed over; ``remarks`` tell of what may have been meant as a manifest
    and is none by its name.
    """

    path: str
    files: Sequence[str]
    named: bool
    skipped: tuple[Skip, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrongUnit:
    """An input that is neither."""

    path: str
    error: TodoLintError


Unit = ChartUnit | ManifestUnit | WrongUnit


def units_of(path: str) -> Iterator[Unit]:
    """Tell what a path is: a chart, a manifest file, a folder of manifests or charts, or ``-``."""
    if path == STDIN:
        yield ManifestUnit(STDIN_NAME, (STDIN,), named=True)
        return
    try:
        if is_chart(path):
            yield ChartUnit(path)
        elif Path(path).is_dir():
            yield from _folder(path)
        elif Path(path).exists() and path.endswith((".tgz", ".tar.gz")):
            yield ChartUnit(path)
        elif Path(path).exists():
            yield ManifestUnit(path, (path,), named=True)
        else:
            yield WrongUnit(path, UserError("there is no such file or folder", file=path))
    except OSError as error:
        yield WrongUnit(path, UserError(f"it cannot be read: {error.strerror}", file=path))


def _folder(path: str) -> Iterator[Unit]:
    """A folder without a Chart.yaml: the manifests in it, and the charts in folders below it."""
    files = Paths()
    charts: list[str] = []
    skipped: list[Skip] = []
    passed: dict[str, list[str]] = {}
    for found, is_folder in _walk(path, os.path.realpath(path), skipped, passed):
        if is_folder:
            charts.append(found)
        else:
            files.append(found)
    if any((Path(path) / part).exists() for part in ("templates", "values.yaml")):
        yield WrongUnit(path, UserError("the folder has no Chart.yaml: it is no Helm chart", file=path))
        return
    yield from (ChartUnit(chart, named=False) for chart in charts)
    if files:
        remarks = [remark for why, names in passed.items() for remark in remark_on(why, names)]
        yield ManifestUnit(path, files, named=False, skipped=tuple(skipped), remarks=tuple(remarks))
    elif not charts:
        empty = not any(Path(path).iterdir())
        what = "the folder is empty" if empty else "the folder holds no Chart.yaml and no .yaml, .yml or .json file"
        told = "".join(f"; {remark}" for why, names in passed.items() for remark in remark_on(why, names))
        yield WrongUnit(path, UserError(f"{what}: name a chart or manifests{told}", file=path))


def remark_on(why: str, names: Sequence[str]) -> tuple[str, ...]:
    """What to say of files or folders that were passed over for one reason; nothing where there are none."""
    if not names:
        return ()
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return (f"passed over ({why}): {', '.join(names[:MOST_NAMED])}{more}",)


def _why_passed(entry: os.DirEntry[str], *, is_folder: bool) -> str:
    """Why an entry of a folder is no manifest file, and no folder to look into, by its name; empty: it may be one."""
    if entry.name in _NO_MANIFESTS:
        return _SILENT
    if entry.name.startswith("."):
        return "hidden" if is_folder or entry.name.lower().endswith(MANIFEST_SUFFIXES) else _SILENT
    if is_folder:
        return "links to folders" if entry.is_symlink() else ""
    if entry.name.endswith(MANIFEST_SUFFIXES):
        return ""
    return _CAPITALS if entry.name.lower().endswith(MANIFEST_SUFFIXES) else _SILENT


def _walk(path: str, root: str, skipped: list[Skip], passed: dict[str, list[str]]) -> Iterator[tuple[str, bool]]:
    """The manifest files below a folder, and the folders below it that are charts (True), in order of names.

    ``root`` is the real path of the folder that was named. What is passed over is added to ``skipped``, or by the
    reason to ``passed``. There can be 100,000 files: what the folder's listing
    says of an entry is not asked for again.
    """
    with os.scandir(path) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    below: list[str] = []
    files: list[os.DirEntry[str]] = []
    for entry in entries:
        is_folder = entry.is_dir()
        if is_folder and is_chart(entry.path):
            yield entry.path, True
        elif why := _why_passed(entry, is_folder=is_folder):
            if why is not _SILENT:
                passed.setdefault(why, []).append(entry.path)
        elif is_folder:
            below.append(entry.path)
        else:
            files.append(entry)
    for entry in files:
        if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(root):
            skipped.append(Skip(entry.path, "a link that leads out of the folder"))
        else:
            yield entry.path, False
    for folder in below:
        yield from _walk(folder, root, skipped, passed)
