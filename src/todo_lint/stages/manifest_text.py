"""Manifest files become text."""

from __future__ import annotations

import os
import stat
import sys

from todo_lint.errors import UserError
from todo_lint.kubernetes_yaml.document import YamlProblem
from todo_lint.kubernetes_yaml.reader import decode
from todo_lint.stages.inputs import STDIN, STDIN_NAME

MAX_MANIFEST_SIZE = 64 << 20
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def read_manifest(file: str) -> str:
    """The text of a manifest file, or of standard input for ``-``.

    Raises:
        UserError: when it cannot be read, is too large, or is no text.
    """
    name = STDIN_NAME if file == STDIN else file
    raw = _bytes(file, name)
    if len(raw) > MAX_MANIFEST_SIZE:
        raise UserError(f"the file is larger than {MAX_MANIFEST_SIZE >> 20} MiB", file=name)
    text = decode(raw)
    if isinstance(text, YamlProblem):
        raise UserError(f"this is no YAML: {text.message}", file=name, line=text.line)
    return text


def _bytes(file: str, name: str) -> bytes:
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
    descriptor = os.open(file, _FLAGS)
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
