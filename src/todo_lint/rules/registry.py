"""Finds the rules: every module in a folder of this package is one."""

from __future__ import annotations

import functools
import importlib
import os

from todo_lint.rules.api import Rule, Subject

_HERE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib costs start-up time


@functools.cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of its id."""
    found = [
        _load(family.name, entry.name.removesuffix(".py"))
        for family in os.scandir(_HERE)
        if family.is_dir() and not family.name.startswith("_")
        for entry in os.scandir(family.path)
        if entry.name.endswith(".py") and not entry.name.startswith("_")
    ]
    return tuple(sorted(found, key=lambda rule: rule.id))


def rules_for(subject: Subject) -> tuple[Rule, ...]:
    """The rules that look at one kind of subject."""
    return tuple(rule for rule in all_rules() if rule.subject is subject)


def _load(family: str, name: str) -> Rule:
    module = importlib.import_module(f"todo_lint.rules.{family}.{name}")
    return Rule(
        id=name.replace("_", "-"),
        family=family,
        severity=module.SEVERITY,
        subject=module.SUBJECT,
        documentation=module.__doc__ or "",
        check=module.check,
    )
