"""A packaged chart (.tgz) read into memory, with the checks that Helm makes and a few more.

Helm's own checks are in pkg/chart/loader/archive; links and devices, of which Helm makes empty files, are refused.
"""

from __future__ import annotations

import posixpath
import zlib
from pathlib import Path

from todo_lint.errors import UserError
from todo_lint.helm.limits import BYTE_ORDER_MARK, GZIP_MAGIC, MAX_CHART_SIZE, MAX_FILE_SIZE, MAX_FILES
from todo_lint.patterns import pattern

GZIP_WINDOW = 31
READ_STEP = 1 << 20
TAR_BLOCK = 512
TAR_OVERHEAD = MAX_FILES * 4 * TAR_BLOCK
DRIVE = pattern(r"[a-zA-Z]:/")


def read_package(path: str) -> dict[str, bytes]:
    """The files of the package at ``path``, by name relative to the chart. Raises UserError with the file."""
    try:
        with Path(path).open("rb") as file:
            packed = file.read(MAX_CHART_SIZE + 1)
    except OSError as error:
        raise UserError(f"it cannot be read: {error.strerror}", file=path) from error
    if not packed.startswith(GZIP_MAGIC):
        raise UserError("it is no packaged chart: not a gzipped archive", file=path)
    return unpack(packed, path)


def unpack(packed: bytes, path: str) -> dict[str, bytes]:
    """The files of a gzipped chart archive, the first folder of each name left off.

    Raises UserError for damaged archives, unsafe names, links, and sizes beyond Helm's limits.
    """
    import io
    import tarfile

    files: dict[str, bytes] = {}
    size = 0
    count = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(_gunzip(packed, path)), mode="r:") as archive:
            for member in archive:
                count += 1
                size += member.size
                if count > MAX_FILES or size > MAX_CHART_SIZE:
                    raise _too_large(path)
                if member.isdir():
                    continue
                name = _safe_name(member.name, path)
                if not member.isreg():
                    raise UserError(f"{name} is a link or a device, which a chart may not hold", file=path)
                if member.size > MAX_FILE_SIZE:
                    raise UserError(f"{name} is larger than Helm's limit of {MAX_FILE_SIZE >> 20} MiB", file=path)
                content = archive.extractfile(member)
                files[name] = content.read().removeprefix(BYTE_ORDER_MARK) if content else b""
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise UserError("it is no packaged chart: the archive is damaged", file=path) from error
    if not files:
        raise UserError("the archive is empty", file=path)
    return files


def _too_large(path: str) -> UserError:
    return UserError(f"the chart is larger than {MAX_CHART_SIZE >> 20} MiB or {MAX_FILES} files", file=path)


def _gunzip(packed: bytes, path: str) -> bytes:
    """Unzip step by step, so that a bomb is noticed before it has grown."""
    parts: list[bytes] = []
    size = 0
    while packed:
        stream = zlib.decompressobj(wbits=GZIP_WINDOW)
        try:
            while not stream.eof:
                part = stream.decompress(packed, READ_STEP)
                packed = stream.unconsumed_tail
                if not part and not packed and not stream.eof:
                    raise UserError("it is no packaged chart: the archive is cut off", file=path)
                parts.append(part)
                size += len(part)
                if size > MAX_CHART_SIZE + TAR_OVERHEAD:
                    raise _too_large(path)
        except zlib.error as error:
            raise UserError("it is no packaged chart: the archive is damaged", file=path) from error
        packed = stream.unused_data
        if not packed.startswith(GZIP_MAGIC):
            break
    return b"".join(parts)


def _safe_name(name: str, path: str) -> str:
    """The name inside the chart, after Helm's checks: nothing absolute, and no way up."""
    if "\\" in name:
        name = name.replace("\\", "/")  # packed on Windows
    first, _, rest = name.partition("/")
    if first == "Chart.yaml" and not rest:
        raise UserError("Chart.yaml does not lie in a folder of the archive, as Helm demands", file=path)
    clean = posixpath.normpath(rest) if rest else "."
    if clean == "." or rest.startswith("/") or clean.startswith("..") or DRIVE.match(clean):
        raise UserError(f"the archive holds a file outside of the chart's folder: {name!r}", file=path)
    return clean
