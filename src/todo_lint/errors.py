"""The two ways in which a run can go wrong that are no findings about a chart."""

from __future__ import annotations


class TodoLintError(Exception):
    """An error with one clear line for the user: what is wrong, where, and what to do.

    ``file`` and ``line`` (counted from 1) say where it is, as far as that is known.
    """

    def __init__(self, message: str, *, file: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line

    def __str__(self) -> str:
        place = self.file or ""
        if self.file and self.line:
            place = f"{self.file}:{self.line}"
        return f"{place}: {self.message}" if place else self.message


class UserError(TodoLintError):
    """The user's input or options are wrong: exit code 2."""


class ToolError(TodoLintError):
    """todo-lint could not finish (a deadline, a crashed engine, a defect of its own): exit code 3."""
