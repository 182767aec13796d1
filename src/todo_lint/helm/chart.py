"""A chart as it lies on disk, in a folder or packaged, read into memory with its limits.

A chart is untrusted input: nothing outside its folder is read, and its size is limited as Helm limits it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from todo_lint.errors import UserError
from todo_lint.helm.ignore import IgnoreProblem, IgnoreRule, ignoring_rule, read_ignore_rules
from todo_lint.helm.limits import BYTE_ORDER_MARK, GZIP_MAGIC, MAX_CHART_SIZE, MAX_FILE_SIZE, MAX_FILES
from todo_lint.helm.metadata import CHART_FILE, ChartMetadata, read_metadata
from todo_lint.patterns import pattern
from todo_lint.records import dataclass, field, replace

IGNORE_FILE = ".helmignore"
CI_VALUES = pattern(r"ci/[^/]*-values\.yaml")


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart. ``files`` holds what Helm would load, by name relative to the chart, with slashes.

    ``path`` is the folder or package as the user named it. ``ci_values`` holds the files ci/*-values.yaml, also
    those that .helmignore leaves out of ``files``.
    """

    path: str
    metadata: ChartMetadata
    files: Mapping[str, bytes]
    packaged: bool = False
    ci_values: Mapping[str, bytes] = field(default_factory=dict)

    def place(self, name: str) -> str:
        """How messages name a file of this chart: below the path that the user named."""
        return _clean(Path(self.path, name))


def is_chart(path: str) -> bool:
    """Whether ``path`` is a folder with a Chart.yaml, or a gzipped file. What else is wrong is said on loading."""
    if Path(path).is_dir():
        return os.path.lexists(Path(path, CHART_FILE))
    try:
        if not Path(path).is_file():
            return False  # opening a named pipe would wait for a writer
        with Path(path).open("rb") as file:
            return file.read(len(GZIP_MAGIC)) == GZIP_MAGIC
    except OSError:
        return False


def load_chart(path: str) -> Chart:
    """Read the chart in the folder or the packaged chart (.tgz) at ``path``.

    Raises UserError, with the file, for what is not there, cannot be read, is no chart, exceeds Helm's limits on
    size, or holds a link that leads out of it.
    """
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError) as error:
        raise UserError(_reason(error), file=path) from error
    if stat.S_ISDIR(mode):
        return _load_folder(path)
    if not stat.S_ISREG(mode):
        raise UserError("it is neither a folder nor a file", file=path)
    return _load_package(path)


def with_texts(chart: Chart, texts: Mapping[str, bytes]) -> Chart:
    """The chart with other texts in the place of some of its files, by the name that messages give to a file."""
    if not texts:
        return chart
    files = {name: texts.get(chart.place(name), data) for name, data in chart.files.items()}
    return replace(chart, files={name: data.removeprefix(BYTE_ORDER_MARK) for name, data in files.items()})


def _load_package(path: str) -> Chart:
    from todo_lint.helm.package import read_package

    files = read_package(path)
    if CHART_FILE not in files:
        raise UserError(f"the package holds no {CHART_FILE}: it is no Helm chart", file=path)
    ci_values = {name: data for name, data in files.items() if CI_VALUES.fullmatch(name)}
    return Chart(path, read_metadata(files, path), files, packaged=True, ci_values=ci_values)


def _load_folder(path: str) -> Chart:
    folder = _Folder(path)
    if not folder.has(CHART_FILE):
        with os.scandir(path) as entries:
            empty = next(entries, None) is None
        raise UserError(
            "the folder is empty" if empty else f"the folder holds no {CHART_FILE}: it is no Helm chart", file=path
        )
    rules = folder.ignore_rules()
    rule = ignoring_rule(rules, CHART_FILE, is_folder=False)
    if rule is not None:
        raise UserError(
            f"the line {rule.text!r} leaves {CHART_FILE} out of the chart, so Helm finds no chart"
            + (": in Helm, unlike in git, `!name` ignores all files but that one" if rule.negated else ""),
            file=folder.place(IGNORE_FILE),
            line=rule.line or None,
        )
    files = dict(folder.walk(rules))
    if CHART_FILE not in files:
        raise UserError("it is a folder, where Helm looks for a file", file=folder.place(CHART_FILE))
    chart = Chart(path, read_metadata(files, _clean(path)), files)
    return Chart(path, chart.metadata, files, ci_values=dict(folder.ci_values()))


class _Folder:
    """A chart folder while it is read: where it really lies, and how much has been read of it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._root = os.path.realpath(path)
        self._size = 0
        self._count = 0

    def place(self, name: str) -> str:
        return _clean(Path(self.path, name))

    def has(self, name: str) -> bool:
        return os.path.lexists(Path(self.path, name))

    def ignore_rules(self) -> tuple[IgnoreRule, ...]:
        text = ""
        if self.has(IGNORE_FILE):
            text = self._read(IGNORE_FILE).decode(errors="replace")
        rules = read_ignore_rules(text)
        if isinstance(rules, IgnoreProblem):
            raise UserError(rules.message, file=self.place(IGNORE_FILE), line=rules.line)
        return rules

    def walk(self, rules: tuple[IgnoreRule, ...]) -> Iterator[tuple[str, bytes]]:
        """Names and contents of the files that Helm would load, in the order of names."""
        yield from self._walk("", rules, (self._root,))

    def ci_values(self) -> Iterator[tuple[str, bytes]]:
        """Names and contents of the files ci/*-values.yaml, ignored by Helm or not."""
        for name in self._names("ci") if self.has("ci") else ():
            if CI_VALUES.fullmatch(f"ci/{name}"):
                yield f"ci/{name}", self._read(f"ci/{name}")

    def _walk(
        self, folder: str, rules: tuple[IgnoreRule, ...], above: tuple[str, ...]
    ) -> Iterator[tuple[str, bytes]]:
        for entry in self._names(folder):
            name = f"{folder}/{entry}" if folder else entry
            mode = self._mode(name)
            is_folder = stat.S_ISDIR(mode)
            if ignoring_rule(rules, name, is_folder=is_folder):
                continue
            if not is_folder:
                yield name, self._read(name)
                continue
            real = self._inside(name)
            if real in above:
                raise UserError("the link leads back to a folder that holds it", file=self.place(name))
            yield from self._walk(name, rules, (*above, real))

    def _names(self, folder: str) -> list[str]:
        self._inside(folder)
        try:
            return sorted(entry.name for entry in Path(self.path, folder).iterdir())
        except NotADirectoryError:
            return []
        except OSError as error:
            raise UserError(_reason(error), file=self.place(folder)) from error

    def _mode(self, name: str) -> int:
        try:
            return os.stat(os.path.join(self.path, name)).st_mode  # noqa: PTH116, PTH118
        except OSError as error:
            raise UserError(_reason(error), file=self.place(name)) from error

    def _inside(self, name: str) -> str:
        """The real path of a file or folder of the chart; refuses one that lies outside."""
        real = os.path.realpath(os.path.join(self.path, name))  # noqa: PTH118 - each costs start-up time
        if real != self._root and not real.startswith(os.path.join(self._root, "")):  # noqa: PTH118
            raise UserError(
                "the link leads out of the chart's folder and is not followed; put a copy in its place",
                file=self.place(name),
            )
        return real

    def _read(self, name: str) -> bytes:
        """Read a regular file within the limits."""
        real = self._inside(name)
        if not stat.S_ISREG(self._mode(name)):
            raise UserError("it is no regular file, so Helm refuses the chart", file=self.place(name))
        try:
            with Path(real).open("rb") as file:
                data = file.read(MAX_FILE_SIZE + 1)
        except OSError as error:
            raise UserError(_reason(error), file=self.place(name)) from error
        self._size += len(data)
        self._count += 1
        if len(data) > MAX_FILE_SIZE:
            raise UserError(
                f"the file is larger than Helm's limit of {MAX_FILE_SIZE >> 20} MiB", file=self.place(name)
            )
        if self._size > MAX_CHART_SIZE or self._count > MAX_FILES:
            raise UserError(
                f"the chart is larger than {MAX_CHART_SIZE >> 20} MiB or {MAX_FILES} files; "
                f"list what is not part of it in {IGNORE_FILE}",
                file=self.path,
            )
        return data.removeprefix(BYTE_ORDER_MARK)


def _clean(path: str | Path) -> str:
    """A path as messages show it: with slashes, and without ``./``."""
    return os.path.normpath(path).replace(os.sep, "/")


def _reason(error: Exception) -> str:
    """What the system says of a file that cannot be read, in plain words."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "it cannot be read: permission denied"
    return f"it cannot be read: {getattr(error, 'strerror', None) or error}"
