"""Which formats a report can be written in: each module of this package is one, named as it.

It holds ``write(report, *, colour) -> str``: the whole report, ending in a line feed. ``colour`` is True where the
reader is a terminal; only a format for people heeds it.
"""

from __future__ import annotations

import importlib

from todo_lint.findings import Report
from todo_lint.modules import module_names


def format_names() -> tuple[str, ...]:
    """The names of all formats, in order of the alphabet."""
    return module_names(__file__)


def write_report(report: Report, format_: str, *, colour: bool) -> str:
    """Write a report in one of the formats."""
    text: str = importlib.import_module(f"todo_lint.report.{format_}").write(report, colour=colour)
    return text
