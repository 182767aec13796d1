"""Finds the rules: every module in a folder of this package is one.

What a rule declares is read from the text of its file; the module is imported when its check is first called. A run
in which nothing is wrong needs few of them, and to import them all would take longer than to render a chart.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import os
from collections.abc import Iterator
from typing import Any

from todo_lint.findings import Severity
from todo_lint.rules.api import Context, Defect, Rule, Subject

_HERE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib costs start-up time
_QUOTES = b'"""'


@functools.cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of its id."""
    found = [
        _read(family.name, entry.name.removesuffix(".py"), entry.path)
        for family in os.scandir(_HERE)
        if family.is_dir() and not family.name.startswith("_")
        for entry in os.scandir(family.path)
        if entry.name.endswith(".py") and not entry.name.startswith("_")
    ]
    return tuple(sorted(found, key=lambda rule: rule.id))


@functools.cache
def rules_for(subject: Subject) -> tuple[Rule, ...]:
    """The rules that look at one kind of subject."""
    return tuple(rule for rule in all_rules() if rule.subject is subject)


def import_rules(*subjects: Subject) -> None:
    """Import the rules about these subjects, where there is time for it; one that cannot be is told when it runs."""
    for subject in subjects:
        for rule in rules_for(subject):
            if isinstance(rule.check, _Check):
                rule.check.import_ahead()


class _Check:
    """The check of a rule whose module is imported at the first call."""

    __slots__ = ("_check", "_module")

    def __init__(self, module: str) -> None:
        self._module = module
        self._check: Any = None

    def __call__(self, subject: Any, context: Context) -> Iterator[Defect]:
        """Give what the rule finds in a subject."""
        if self._check is None:
            self._check = importlib.import_module(self._module).check
        found: Iterator[Defect] = self._check(subject, context)
        return found

    def import_ahead(self) -> None:
        """Import the module now, if that is possible."""
        with contextlib.suppress(Exception):  # the call raises it again, and knows how to tell it
            self._check = importlib.import_module(self._module).check


def _read(family: str, name: str, path: str) -> Rule:
    """The rule in a file, from its text.

    Raises:
        ValueError: where the file declares no subject or severity, or not on a line of their own.
    """
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - pathlib costs start-up time
        raw = file.readall()
    return Rule(
        id=name.replace("_", "-"),
        family=family,
        severity=Severity[_declared(raw, b"SEVERITY", path).removeprefix("Severity.")],
        subject=Subject[_declared(raw, b"SUBJECT", path).removeprefix("Subject.")],
        documentation=raw.partition(_QUOTES)[2].partition(_QUOTES)[0].decode(),
        check=_Check(f"todo_lint.rules.{family}.{name}"),
        sign=_declared(raw, b"SIGN", path).strip('"') if b"\nSIGN = " in raw else "",
    )


def _declared(raw: bytes, name: bytes, path: str) -> str:
    """What stands on the line ``NAME = ...`` of a rule's file."""
    _, mark, after = raw.rpartition(b"\n%b = " % name)
    if not mark:
        raise ValueError(f"{path}: the line `{name.decode()} = ...` is missing")
    return after.partition(b"\n")[0].strip().decode()
