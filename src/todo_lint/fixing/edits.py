"""Edits by span: what is outside of them stays as it is, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from todo_lint.findings import Edit


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The file with the edits made. Lines end at a line feed, columns count characters, from 1.

    Raises:
        ValueError: when edits overlap, lie outside the text, or the file is no UTF-8.
    """
    lines = data.split(b"\n")
    last: tuple[int, int] | None = None
    for edit in sorted(set(edits), key=_start, reverse=True):
        if edit.line != edit.end_line or not 0 < edit.line <= len(lines):
            raise ValueError(f"line {edit.line} cannot be edited")
        if last is not None and (edit.end_line, edit.end_column) > last:
            raise ValueError(f"two edits overlap on line {edit.line}")
        lines[edit.line - 1] = _edited(lines[edit.line - 1], edit)
        last = _start(edit)
    return b"\n".join(lines)


def _edited(line: bytes, edit: Edit) -> bytes:
    text = line.decode()
    mark = int(edit.line == 1 and text.startswith("\ufeff"))  # a byte order mark has no column
    start, end = edit.column - 1 + mark, edit.end_column - 1 + mark
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"column {edit.column} of line {edit.line} cannot be edited")
    return (text[:start] + edit.text + text[end:]).encode()


def _start(edit: Edit) -> tuple[int, int]:
    return edit.line, edit.column


def disjoint(edits: Iterable[Edit]) -> bool:
    """Whether edits can be made together: no two of them touch the same text in different ways."""
    ordered = sorted(set(edits), key=_start)
    return all(
        (first.end_line, first.end_column) <= _start(second) and first != second
        for first, second in pairwise(ordered)
    )
