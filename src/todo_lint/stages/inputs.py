"""What the user named becomes units of work: charts, and sets of manifest files."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from todo_lint.errors import TodoLintError, UserError
from todo_lint.findings import Skip
from todo_lint.helm.chart import is_chart
from todo_lint.records import dataclass

STDIN = "-"
STDIN_NAME = "<stdin>"
MANIFEST_SUFFIXES = (".yaml", ".yml", ".json")
MAX_MANIFEST_SIZE = 64 << 20


@dataclass(frozen=True, slots=True)
class ChartUnit:
    """A chart, in a folder or packaged. ``named`` is False for one that was found in a folder."""

    path: str
    named: bool = True


@dataclass(frozen=True, slots=True)
class ManifestUnit:
    """Manifest files. ``named`` is False for files found in a folder, which may hold other YAML as well.

    ``skipped`` lists what in the folder was passed over.
    """

    path: str
    files: tuple[str, ...]
    named: bool
    skipped: tuple[Skip, ...] = ()


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
    files: list[str] = []
    charts: list[str] = []
    skipped: list[Skip] = []
    for found, is_folder in _walk(path, os.path.realpath(path), skipped):
        (charts if is_folder else files).append(found)
    if any((Path(path) / part).exists() for part in ("templates", "values.yaml")):
        yield WrongUnit(path, UserError("the folder has no Chart.yaml: it is no Helm chart", file=path))
        return
    yield from (ChartUnit(chart, named=False) for chart in charts)
    if files:
        yield ManifestUnit(path, tuple(files), named=False, skipped=tuple(skipped))
    elif not charts:
        empty = not any(Path(path).iterdir())
        what = "the folder is empty" if empty else "the folder holds no Chart.yaml and no .yaml, .yml or .json file"
        yield WrongUnit(path, UserError(f"{what}: name a chart or manifests", file=path))


def _walk(path: str, root: str, skipped: list[Skip]) -> Iterator[tuple[str, bool]]:
    """The manifest files below a folder, and the folders below it that are charts (True), in order of names.

    ``root`` is the real path of the folder that was named. There can be 100,000 files: what the folder's listing
    says of an entry is not asked for again.
    """
    with os.scandir(path) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    below: list[str] = []
    files: list[os.DirEntry[str]] = []
    for entry in entries:
        if not entry.is_dir():
            files.append(entry)
        elif is_chart(entry.path):
            yield entry.path, True
        elif not entry.name.startswith(".") and not entry.is_symlink():
            below.append(entry.path)
    for entry in files:
        if entry.name.startswith(".") or not entry.name.endswith(MANIFEST_SUFFIXES):
            continue
        if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(root):
            skipped.append(Skip(entry.path, "a link that leads out of the folder"))
        else:
            yield entry.path, False
    for folder in below:
        yield from _walk(folder, root, skipped)


def read_manifest(file: str) -> str:
    """The text of a manifest file, or of standard input for ``-``.

    Raises:
        UserError: when it cannot be read, is too large, or is no text.
    """
    from todo_lint.kubernetes_yaml.document import YamlProblem
    from todo_lint.kubernetes_yaml.reader import decode

    name = STDIN_NAME if file == STDIN else file
    raw = _bytes(file, name)
    if len(raw) > MAX_MANIFEST_SIZE:
        raise UserError(f"the file is larger than {MAX_MANIFEST_SIZE >> 20} MiB", file=name)
    text = decode(raw)
    if isinstance(text, YamlProblem):
        raise UserError(f"this is no YAML: {text.message}", file=name, line=text.line)
    return text


def _bytes(file: str, name: str) -> bytes:
    import sys

    try:
        if file == STDIN:
            if sys.stdin is None:  # so Python says that it is closed
                raise UserError("it cannot be read: standard input is closed", file=name)
            return sys.stdin.buffer.read(MAX_MANIFEST_SIZE + 1)
        return _file_bytes(file, name)
    except OSError as error:
        raise UserError(f"it cannot be read: {error.strerror}", file=name) from error


def _file_bytes(file: str, name: str) -> bytes:
    """The first bytes of a file, one more than is allowed; raw calls, since there can be 100,000 files."""
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise UserError("it is neither a folder nor a file", file=name)
        size = min(found.st_size, MAX_MANIFEST_SIZE) + 1
        raw = os.read(descriptor, size)
        while 0 < len(raw) < size and len(raw) != found.st_size and (more := os.read(descriptor, size - len(raw))):
            raw += more
        return raw
    finally:
        os.close(descriptor)
