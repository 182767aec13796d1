"""What is said of an exception that nobody expected."""

from __future__ import annotations


def describe(error: BaseException) -> str:
    """An unexpected exception in one line: its type, and the place in todo-lint that raised it.

    Its text is left out: it may quote what was being read.
    """
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
