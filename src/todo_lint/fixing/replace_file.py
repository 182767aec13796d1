"""Replaces a file as a whole: whoever looks, whenever it is interrupted, the file is the old or the new one."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from todo_lint.errors import UserError


def replace_file(path: str, old: bytes, new: bytes) -> None:
    """Put ``new`` in the place of a file that holds ``old``; its mode stays.

    A link is followed, and stays a link. The new text is written beside the file, flushed to the disk, and takes
    the file's name in one step (rename of POSIX, MoveFileEx of Windows, both by os.replace).

    Raises:
        UserError: when the file cannot be written, or no longer holds ``old``: somebody else changed it.
    """
    real = Path(os.path.realpath(path))
    try:
        if real.read_bytes() != old:
            raise UserError("it was changed meanwhile and is left as it is; run todo-lint again", file=path)
        _replace(real, new)
    except OSError as error:
        raise UserError(f"it cannot be written: {error.strerror}", file=path) from error


def _replace(path: Path, data: bytes) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(mode)
        os.replace(beside, path)  # noqa: PTH105 - the name is what the documentation promises to be atomic
    except BaseException:
        with contextlib.suppress(OSError):
            Path(beside).unlink()
        raise
